"""The chapters a reader opens after the profile, each a question answered by passages."""

from collections.abc import Mapping

from assessment.figures.agenda import agenda_parts
from assessment.figures.compared import comparison_parts
from assessment.figures.passages import Passage, Tables
from assessment.figures.quality import quality_parts
from assessment.framework.model import Framework

CHAPTERS = ("differences", "agenda", "trust")
"""Who sees things differently and what has changed; what to talk about; whether the numbers can be trusted."""


def chapter_parts(
    chapter: str,
    tables: Tables,
    framework: Framework,
    language: str,
    *,
    names: Mapping[str, str] | None = None,
    min_group: int = 10,
) -> list[Passage]:
    """Learn in words and tables what one chapter tells.

    Parameters
    ----------
    chapter
        One of `CHAPTERS`.
    tables, framework, language, names, min_group
        As in `comparison_parts`; a passage is told where its table is there and has rows.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> chapter_parts("agenda", {}, load_framework("collectivite-apprenante"), "en")
    []
    """
    if chapter == "differences":
        return comparison_parts(tables, framework, language, names=names, min_group=min_group)
    if chapter == "agenda":
        return agenda_parts(tables, framework, language, min_group=min_group)
    return quality_parts(tables, framework, language, names=names, min_group=min_group)
