"""The sections of the profile page: what each figure says, its drawing, its table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from assessment.figures.confidentiality import describe_confidentiality
from assessment.figures.context import describe_tension_context
from assessment.figures.groups import cuts, describe_groups, plot_groups, table_groups
from assessment.figures.passages import Passage, of_everybody
from assessment.figures.profile import describe_profile, plot_profile, table_profile
from assessment.figures.rows import CROSSED, Row, records
from assessment.figures.tension import describe_tension, plot_tension, table_tension
from assessment.framework.model import Framework
from assessment.report.drawing import draw_specification, specification
from assessment.report.markup import Html, join, tag
from assessment.report.tables import Table, folded, written
from assessment.texts import format_number, word

WIDE, SMALL = 700, 340
"""Widths of the two drawings of a chart; the page shows the one that fits."""

OPEN = 15
"""Rows up to which the table of a question without a drawing stands open."""


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
    def further(self) -> dict[str, pd.DataFrame]:
        """Every table's rows of the wave."""
        return {name: self.table(name) for name, table in self.released.items() if "wave" in table}

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
    title = profile.say("tension_title")
    context = of_everybody(profile.further.get("tension_context", profile.tension.iloc[:0]))
    if len(context):  # a gap is never told without what limits it
        words.insert(1, tag("p", describe(profile, describe_tension_context, context), class_="told"))
    table = read(profile, table_tension, profile.tension, context=context)
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


def passage_section(profile: Profile, passage: Passage) -> Html:
    """Write one question with its answer; a short table stands open where the words alone do not say it."""
    table = (passage.columns, passage.rows)
    short = len(passage.rows) <= OPEN and not passage.points
    shown = written(passage.title, table) if short else folded(profile.say("show_table"), passage.title, table)
    return section(
        passage.title,
        [note(passage.note)],
        tag("p", passage.told, class_="answer"),
        tag("ul", *(tag("li", one) for one in passage.points), class_="meaning") if passage.points else None,
        shown if passage.rows else None,
    )


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
    return tag("section", tag("div", tag("h3", title), *words), tag("div", *matter, class_="matter"))


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
