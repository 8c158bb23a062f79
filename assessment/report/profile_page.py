"""The profile as a page: one file that opens anywhere, asks for nothing outside, and reads like a report."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from assessment.documents.saving import save
from assessment.figures import readings, theme
from assessment.figures.chapters import chapter_parts
from assessment.figures.rows import lines
from assessment.framework.model import Framework
from assessment.report.markup import Html, tag
from assessment.report.profile_sections import (
    Profile,
    groups_section,
    meaning_section,
    passage_section,
    privacy_section,
    profile_section,
    tension_section,
)
from assessment.texts import format_number

STYLE = Path(__file__).with_suffix(".css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What the page may load: nothing."""


def write_profile(
    released: Mapping[str, pd.DataFrame],
    framework: Framework,
    path: str | Path,
    title: str,
    language: str,
    *,
    force: bool = False,
    **options: object,
) -> Path:
    """Write the profile page into a file.

    Parameters
    ----------
    released
        The tables of `release`.
    framework
        The instrument.
    path
        The file.
    title
        What stands at the top.
    language
        ``"fr"`` or ``"en"``.
    force
        Whether a file of this name may be replaced.
    **options
        ``organisation``, ``wave``, ``respondents``, ``names``, ``min_group``, ``fictive``, as in `Profile`.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    Faults
        ``file_exists``, ``file_unwritable``.

    Notes
    -----
    **Missing answers**: where there is no number the page says why.

    Examples
    --------
    >>> import tempfile
    >>> from assessment.framework import load_framework
    >>> from assessment.scoring.confidentiality import COLUMNS
    >>> released = {name: pd.DataFrame(columns=list(columns)) for name, columns in COLUMNS.items()}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "profile.html"
    ...     write_profile(released, load_framework("collectivite-apprenante"), file, "Valclair", "fr").name
    'profile.html'
    """
    return save(path, profile_html(Profile(released, framework, title, language, **options)), force)


def profile_html(profile: Profile) -> str:
    r"""Give the page's HTML.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.scoring.confidentiality import COLUMNS
    >>> released = {name: pd.DataFrame(columns=list(columns)) for name, columns in COLUMNS.items()}
    >>> profile_html(Profile(released, load_framework("collectivite-apprenante"), "<Valclair>", "en"))[:32]
    '<!doctype html>\n<html lang="en">'
    """
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("title", profile.title),
        tag("style", Html(style_sheet())),
    )
    body = tag("body", tag("main", *page_parts(profile)))
    return f"<!doctype html>\n{tag('html', head, body, lang=profile.language)}\n"


def style_sheet() -> str:
    """Give the style sheet: the theme's colours, light and dark, then the page's rules."""
    light, dark = (
        "".join(f"--ap-{name}:{color};" for name, color in theme.TOKENS[look].items()) for look in ("light", "dark")
    )
    colors = f":root{{{light}}}\n@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"
    return colors + STYLE.read_text("utf-8")


def page_parts(profile: Profile) -> Iterator[Html]:
    """Give the parts of the page, from the top."""
    told = {name: list(sections) for name, sections in chapters(profile).items()}
    names = [name for name, sections in told.items() if sections]
    yield header(profile)
    yield contents(profile, names)
    for name in names:
        title = tag("h2", profile.say(f"chapter_{name}"), id=name)
        yield tag("article", title, *told[name], class_="chapter", aria_labelledby=name)
    framework = profile.framework
    yield tag("footer", profile.say("footer", id=framework.id, version=framework.version))


def contents(profile: Profile, names: list[str]) -> Html:
    """Write where each chapter is."""
    links = (tag("li", tag("a", profile.say(f"chapter_{name}"), href=f"#{name}")) for name in names)
    return tag("nav", tag("ol", *links), class_="contents", aria_label=profile.say("contents"))


def chapters(profile: Profile) -> dict[str, Iterator[Html]]:
    """Give the chapters, each a question a reader comes with; those of further tables only where these are there."""
    return {
        "standing": standing(profile),
        "differences": passages(profile, "differences"),
        "agenda": passages(profile, "agenda"),
        "trust": trust(profile),
    }


def passages(profile: Profile, chapter: str) -> Iterator[Html]:
    """Write the questions of a chapter with their answers."""
    asked = (chapter, profile.further, profile.framework, profile.language)
    for one in chapter_parts(*asked, names=profile.names, min_group=profile.min_group):
        yield passage_section(profile, one)


def standing(profile: Profile) -> Iterator[Html]:
    """Write where the organisation and its groups stand."""
    yield profile_section(profile)
    if not profile.tension.empty:
        yield tension_section(profile)
    yield from (groups_section(profile, by) for by in profile.groupings)


def trust(profile: Profile) -> Iterator[Html]:
    """Write how far the numbers may be trusted, and how people are protected."""
    yield meaning_section(profile)
    yield from passages(profile, "trust")
    yield privacy_section(profile)


def header(profile: Profile) -> Html:
    """Write the top: what it is, of whom, the sentence of the whole, the key figures."""
    badge = tag("span", profile.say("fictive"), class_="badge") if profile.fictive else None
    wave = profile.say("wave", wave=profile.shown_wave) if profile.shown_wave else ""
    subtitle = " · ".join(part for part in (profile.organisation, wave) if part)
    whole = readings.overall_words(profile.overall, profile.framework, profile.language, profile.min_group)
    return tag(
        "header",
        tag("p", tag("span", profile.say("page_kind"), class_="kind"), badge),
        tag("h1", profile.title),
        tag("p", subtitle, class_="subtitle") if subtitle else None,
        tag("p", whole, class_="lead"),
        tag("dl", *(fact(*one) for one in facts(profile)), class_="facts"),
    )


def fact(label: str, value: str, note: str) -> Html:
    """Write one key figure."""
    return tag("div", tag("dt", label), tag("dd", value), tag("dd", note))


def facts(profile: Profile) -> Iterator[tuple[str, str, str]]:
    """Give the key figures: label, value, note."""
    say, language = profile.say, profile.language
    if profile.respondents is not None:
        wave = say("fact_responses_note", wave=profile.shown_wave) if profile.shown_wave else ""
        yield say("fact_responses"), format_number(profile.respondents, language, 0), wave
    if profile.overall is not None:
        yield say("fact_score"), format_number(profile.overall.get("score"), language), say("fact_score_note")
        yield say("fact_level"), *level_fact(profile)
    widest = widest_gap(profile)
    if widest is not None:
        value = format_number(widest.number("tension", "tension"), language, 0, sign=True)
        yield say("fact_gap"), value, say("fact_gap_note", dimension=widest.name)


def level_fact(profile: Profile) -> tuple[str, str]:
    """Give the level of the whole and what must be said of it."""
    row, language = profile.overall, profile.language
    if row.get("maturity_level") is None:
        return "–", readings.reason_words(row.get("reason"), language, profile.min_group)
    level = readings.overall_level(row, profile.framework, language)
    if row.get("held_back_by"):
        held = readings.held_by(row, profile.framework, language)
        return level, profile.say("fact_level_held", dimension=held)
    if (row.get("probability") if row.get("probability") is not None else 1) < readings.SURE:
        return level, profile.say("fact_level_unsure")
    told = readings.probability_words(row.get("probability"), language)
    return level, profile.say("fact_level_sure", probability=told)


def widest_gap(profile: Profile):
    """Give the dimension where vision stands furthest above reality."""
    drawn = lines(profile.tension, profile.framework, profile.language)
    known = [line for line in drawn if line.number("tension", "tension") is not None]
    return max(known, key=lambda line: line.number("tension", "tension"), default=None)
