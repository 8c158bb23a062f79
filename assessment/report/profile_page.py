"""The profile as a page: one file that opens anywhere, asks for nothing outside, and reads like a report."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from assessment.documents.saving import save
from assessment.figures import readings, theme
from assessment.figures.confidentiality import describe_confidentiality
from assessment.figures.groups import cuts, describe_groups, plot_groups, table_groups
from assessment.figures.profile import describe_profile, plot_profile, table_profile
from assessment.figures.quality import describe_quality, table_quality
from assessment.figures.rows import CROSSED, Row, lines, records
from assessment.figures.tension import describe_tension, plot_tension, table_tension
from assessment.framework.model import Framework
from assessment.report.drawing import draw_specification, specification
from assessment.report.markup import Html, join, tag
from assessment.texts import format_number, word

WIDE, SMALL = 700, 340
"""Widths of the two drawings of a chart; the page shows the one that fits."""

STYLE = Path(__file__).with_suffix(".css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What the page may load: nothing."""

Table = tuple[list[dict], list[list[str]]]


@dataclass(frozen=True)
class Profile:
    """What a page tells: one wave of released tables, and how to tell it.

    Parameters
    ----------
    released
        The tables of `release`.
    framework
        The instrument.
    title, organisation
        What stands at the top.
    language
        ``"fr"`` or ``"en"``.
    wave
        The wave; None = the last of the tables.
    respondents
        Responses of the wave; None leaves the figure out.
    names
        Names of units by their id.
    min_group
        Respondents below which nothing is told.
    fictive
        Whether a badge says that the organisation is fictitious.
    """

    released: Mapping[str, pd.DataFrame]
    framework: Framework
    title: str
    language: str
    organisation: str = ""
    wave: str | None = None
    respondents: int | None = None
    names: Mapping[str, str] | None = None
    min_group: int = 10
    fictive: bool = False

    @cached_property
    def shown_wave(self) -> str:
        """The wave that is told."""
        waves = self.released["dimensions"]["wave"]
        return self.wave if self.wave is not None else (waves.iloc[-1] if len(waves) else "")

    def table(self, name: str) -> pd.DataFrame:
        """Give a released table's rows of the wave."""
        table = self.released[name]
        return table[table["wave"] == self.shown_wave]

    @cached_property
    def tension(self) -> pd.DataFrame:
        """Tension of the organisation."""
        table = self.table("tension")
        return table[table["by"].isna()]

    @cached_property
    def overall(self) -> Row | None:
        """The row of the whole."""
        return next(iter(records(self.table("overall"))), None)

    @cached_property
    def groupings(self) -> list[str]:
        """Give the groupings by one column; crossed ones hold mostly hidden groups."""
        return [by for by in dict.fromkeys(self.table("groups")["by"]) if CROSSED not in by]

    def say(self, key: str, **values: object) -> str:
        """Give a text of the report."""
        return word(f"report.{key}", self.language, **values)


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
    yield header(profile)
    yield profile_section(profile)
    if not profile.tension.empty:
        yield tension_section(profile)
    yield from (groups_section(profile, by) for by in profile.groupings)
    yield meaning_section(profile)
    yield quality_section(profile)
    yield privacy_section(profile)
    framework = profile.framework
    yield tag("footer", profile.say("footer", id=framework.id, version=framework.version))


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


def profile_section(profile: Profile) -> Html:
    """Write reality and vision, dimension by dimension."""
    rows = profile.table("dimensions")
    told = describe(profile, describe_profile, rows)
    words = [tag("p", told, class_="told"), note(profile.say("profile_note"))]
    chart = draw(plot_profile(rows, profile.framework, profile.language, min_group=profile.min_group), told)
    table = read(profile, table_profile, rows)
    title = profile.say("profile_title")
    return section(title, words, chart, folded(profile.say("show_table"), title, table))


def tension_section(profile: Profile) -> Html:
    """Write the distance from reality to vision and its reading."""
    cut, gap = (
        format_number(value, profile.language, 0)
        for value in (profile.framework.tension.vision_cut, profile.framework.tension.smallest_gap)
    )
    told = describe(profile, describe_tension, profile.tension)
    words = [tag("p", told, class_="told"), note(profile.say("tension_note", cut=cut, gap=gap))]
    chart = plot_tension(profile.tension, profile.framework, profile.language, min_group=profile.min_group)
    table = read(profile, table_tension, profile.tension)
    title = profile.say("tension_title")
    return section(title, words, draw(chart, told), folded(profile.say("show_table"), title, table))


def groups_section(profile: Profile, by: str) -> Html:
    """Write the scores of the groups of one grouping."""
    groups = profile.table("groups")
    rows = groups[groups["by"] == by]
    known = by if by in ("unit", "role") else "other"
    title = profile.say(f"groups_title_{known}", by=by)
    told = describe(profile, describe_groups, rows, names=profile.names)
    edges = ", ".join(format_number(cut, profile.language, 0) for cut in cuts(profile.framework))
    words = [tag("p", told, class_="told"), note(profile.say("groups_note", cuts=edges))]
    chart = plot_groups(
        pd.concat([profile.table("dimensions"), rows]),
        profile.framework,
        profile.language,
        names=profile.names,
        min_group=profile.min_group,
    )
    tables = [folded(profile.say("show_table"), title, read(profile, table_groups, rows, names=profile.names))]
    if (rows["perspective"] == "vision").any():
        vision = read(profile, table_groups, rows, names=profile.names, perspective="vision")
        tables.append(folded(profile.say("show_vision_table"), title, vision))
    return section(title, words, draw(chart, told, label=title), *tables)


def meaning_section(profile: Profile) -> Html:
    """Write what the numbers may be taken to say."""
    keys = ["interval", "level", "vision", "cause"]
    labels = profile.framework.answer_scale.labels.get(profile.language)
    told = [profile.say("meaning_score", low=labels[0], high=labels[-1])] if labels else []
    told += [profile.say(f"meaning_{key}") for key in keys]
    return section(profile.say("meaning_title"), [], tag("ul", *(tag("li", one) for one in told), class_="meaning"))


def privacy_section(profile: Profile) -> Html:
    """Write the contract of confidentiality."""
    told = (tag("li", one) for one in describe_confidentiality(profile.min_group, profile.language))
    return section(word("confidentiality.title", profile.language), [], tag("ul", *told, class_="meaning"))


def quality_section(profile: Profile) -> Html:
    """Write whether each dimension is measured well."""
    rows = profile.table("dimensions")
    title = profile.say("quality_title")
    words = tag("p", describe(profile, describe_quality, rows), class_="told")
    return section(title, [words], written(profile.say("quality_caption"), read(profile, table_quality, rows)))


def describe(profile: Profile, describing: Callable[..., str], rows: pd.DataFrame, **options) -> str:
    """Give a figure's text alternative; it stands in sight of everybody."""
    return describing(rows, profile.framework, profile.language, min_group=profile.min_group, **options)


def read(profile: Profile, reading: Callable[..., Table], rows: pd.DataFrame, **options) -> Table:
    """Give a figure's table."""
    return reading(rows, profile.framework, profile.language, min_group=profile.min_group, **options)


def note(text: str) -> Html:
    """Write a remark."""
    return tag("p", text, class_="note")


def section(title: str, words: Sequence[Html], *matter: Html) -> Html:
    """Write a section: its words at the side of what they tell, where there is room."""
    return tag("section", tag("div", tag("h2", title), *words), tag("div", *matter, class_="matter"))


def draw(chart, told: str, label: str = "") -> Html:
    """Draw a chart for wide and for narrow screens; with a label, in a place of that name that scrolls instead."""
    spec = specification(chart)
    wide = Html(inline(draw_specification(spec, WIDE, "page")))
    if label:
        picture = tag("div", wide, role="img", aria_label=told)
        return tag(
            "figure",
            tag("div", picture, class_="scrolls", tabindex="0", role="group", aria_label=label),
            class_="drawing",
        )
    small = Html(inline(draw_specification(spec, SMALL, "page")))
    pictures = join([tag("div", wide, class_="large"), tag("div", small, class_="small")])
    return tag("figure", tag("div", pictures, role="img", aria_label=told), class_="drawing")


def inline(svg: str) -> str:
    """Make a drawing a part of the page: without the names of formats, which read like addresses."""
    for name in (' xmlns="http://www.w3.org/2000/svg"', ' xmlns:xlink="http://www.w3.org/1999/xlink"'):
        svg = svg.replace(name, "")
    return svg


def folded(label: str, caption: str, table: Table) -> Html:
    """Write a table that opens on demand."""
    return tag("details", tag("summary", label), written(caption, table))


def written(caption: str, table: Table) -> Html:
    """Write a table."""
    columns, rows = table
    head = tag("tr", *(tag("th", column["label"], scope="col", class_=kind(column)) for column in columns))
    body = [tag("tr", *cells(row, columns)) for row in rows]
    whole = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *body))
    return tag("div", whole, class_="frame", tabindex="0", role="group", aria_label=caption)


def cells(row: Sequence[str], columns: Sequence[Mapping]) -> Iterator[Html]:
    """Write the cells of a row, its name first."""
    for place, (text, column) in enumerate(zip(row, columns, strict=True)):
        if place == 0:
            yield tag("th", text, scope="row")
        else:
            yield tag("td", text, class_=kind(column, text))


def kind(column: Mapping, text: str = "") -> str | None:
    """Name the class of a cell: numbers at the right; words among numbers may wrap."""
    if not column.get("numeric"):
        return None
    return "number words" if text[:1].isalpha() else "number"
