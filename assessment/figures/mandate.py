"""The mandate on paper: one to two pages that those who decide sign before anyone is asked."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assessment.documents import typeset
from assessment.figures.framing import mandate_parts, told_day
from assessment.figures.framing_passages import headed
from assessment.figures.passages import Passage
from assessment.framework.model import Framework
from assessment.texts import word

TEMPLATE = Path(__file__).with_suffix(".typ")

SIGNED = "group"
"""The part whose people sign."""


def mandate_page(
    document: Mapping[str, Any],
    framework: Framework,
    language: str,
    organisation: str = "",
    when: datetime.date | None = None,
) -> bytes:
    """Make the mandate of an assessment as a PDF: A4, tagged (PDF/UA-1), with a place to sign for each of the group.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass.
    framework
        The instrument, for its roles' names.
    language
        ``"fr"`` or ``"en"``.
    organisation
        The organisation's name.
    when
        The day the page is made; today where it is not said.

    Returns
    -------
    bytes
        A PDF, the same for the same content and day. Missing answers: what is not known yet is told to be so.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> mandate_page({}, load_framework("collectivite-apprenante"), "fr", "Valclair")[:5]
    b'%PDF-'
    """
    day = when or datetime.date.today()
    title = word("framing.mandate", language)
    made = word("framing.made_on", language, date=told_day(day, language))
    data = {
        "language": language,
        "title": title,
        "facts": [fact for fact in (organisation.strip(), made) if fact],
        "about": word("framing.mandate_about", language),
        "footer": word("framing.footer", language),
        "page_of": word("framing.page_of", language),
        "parts": [part_data(one, language) for one in mandate_parts(document, framework, language, day)],
    }
    return typeset(TEMPLATE, data, when=day)


def part_data(part: Passage, language: str) -> dict[str, Any]:
    """Give a passage as the page reads it; the people of the group get a place to sign."""
    columns, rows = part.columns, part.rows
    if part.id == SIGNED and rows:
        columns, rows = [*columns, *headed(language, signature=False)], [[*row, ""] for row in rows]
    return {
        "id": part.id,
        "title": part.title,
        "told": part.told,
        "note": part.note,
        "points": list(part.points),
        "columns": columns,
        "rows": rows,
    }
