"""The page of the diagnostic: what is chosen and what was released, arranged and worded."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from assessment import figures
from assessment.apps.campaign import Campaign
from assessment.faults import Faults
from assessment.figures import chapters
from assessment.figures.chapters import chapter_parts
from assessment.figures.passages import Passage
from assessment.figures.readings import overall_level, overall_words
from assessment.figures.rows import group_name, records
from assessment.texts import LANGUAGES, format_number, tell_all, word

ALL = ""
CHAPTERS = ("standing", *chapters.CHAPTERS)
"""What a person can look at, each a question; the first is shown at once, the others are worked out when asked for."""

NOTHING_YET = ("campaigns_none", "campaign_empty")
"""What is told of a workspace that is new."""

MOST_FAULTS = 12
"""How many faults a page tells before it counts the rest."""

PARTS = (("disciplines", ("disciplines",)), ("predispositions", ("predispositions",)), ("others", None))
"""The sections of the profile and the families each shows; None = those no other section shows."""


@dataclass(frozen=True)
class Choice:
    """What a person looks at: only what the campaign has."""

    language: str
    wave: str
    chapter: str
    unit: str
    role: str

    @property
    def cell(self) -> dict[str, str]:
        """The unit and role as far as they are chosen."""
        return {name: value for name, value in (("unit", self.unit), ("role", self.role)) if value}


def write_page(
    campaign: Campaign, choice: Mapping[str, str], faults: Faults | None = None, home: Campaign | None = None
) -> dict:
    """Write the page document of `ProfileView`.

    Parameters
    ----------
    campaign
        What was released.
    choice
        ``language, wave, chapter, unit, role``; what the campaign does not have is taken for "all" and said.
    faults
        What is wrong with a file somebody brought, to be told on top.
    home
        What the page goes back to; None = the example.
    """
    chosen, moved = valid_choice(campaign, choice)
    say = speaker(chosen.language)
    return {
        "language": chosen.language,
        "title": campaign.name if not campaign.fictional else say("example_name"),
        "subtitle": say("subtitle"),
        "badge": say("badge") if campaign.fictional else None,
        "languages": [{"value": one, "label": word("diagnostic.own_name", one)} for one in LANGUAGES],
        "languages_label": say("language"),
        "filters": filters(campaign, chosen),
        "upload": upload(campaign, chosen.language, home),
        "facts": facts(campaign, chosen),
        "notices": [*notices(campaign, chosen, faults), *([moved] if moved else [])],
        "sections": list(sections(campaign, chosen)),
        "busy_label": say("busy"),
        "ready_label": say("ready"),
        "footnote": say("footnote", min_group=campaign.settings.min_group, framework=campaign.framework.id),
    }


def speaker(language: str) -> Callable[..., str]:
    """Make what words this page in a language."""
    return lambda name, **values: word(f"diagnostic.{name}", language, **values)


def valid_choice(campaign: Campaign, choice: Mapping[str, str]) -> tuple[Choice, dict | None]:
    """Keep of a choice what the campaign shows; a notice when something had to be let go."""
    language = choice.get("language", LANGUAGES[0])
    wave = choice.get("wave", campaign.waves[-1])
    wave = wave if wave in campaign.waves else campaign.waves[-1]
    chapter = choice.get("chapter", CHAPTERS[0])
    if chapter in CHAPTERS[1:]:  # they tell of the whole organisation
        return Choice(language, wave, chapter, ALL, ALL), None
    chosen = Choice(language, wave, CHAPTERS[0], choice.get("unit", ALL), choice.get("role", ALL))
    if not chosen.cell or campaign.is_shown(wave, **chosen.cell):
        return chosen, None
    say = speaker(language)
    notice = {
        "kind": "info",
        "title": say("moved_title"),
        "lines": [say("moved", min_group=campaign.settings.min_group)],
    }
    return Choice(language, wave, CHAPTERS[0], ALL, ALL), notice


def filters(campaign: Campaign, chosen: Choice) -> list[dict]:
    """Offer the waves, units and roles; those that show nothing beside what is chosen cannot be picked."""
    say = speaker(chosen.language)
    waves = [{"value": wave, "label": wave or say("one_wave")} for wave in campaign.waves]
    chapters = [{"value": one, "label": say(f"chapter_{one}")} for one in CHAPTERS]
    offered = [
        {"id": "chapter", "label": say("chapter"), "value": chosen.chapter, "options": chapters},
        {"id": "wave", "label": say("wave"), "value": chosen.wave, "options": waves},
    ]
    for column in ("unit", "role") if chosen.chapter == CHAPTERS[0] else ():
        options = group_options(campaign, chosen, column)
        if options:
            options = [{"value": ALL, "label": say(f"every_{column}")}, *options]
            offered.append({"id": column, "label": say(column), "value": getattr(chosen, column), "options": options})
    return offered


def group_options(campaign: Campaign, chosen: Choice, column: str) -> list[dict]:
    """Offer the groups of a column."""
    hidden = word("figures.reason_confidential", chosen.language, min_group=campaign.settings.min_group)
    options = []
    for group in campaign.groups(chosen.wave, column)["group"].dropna().unique():
        shown = campaign.is_shown(chosen.wave, **{**chosen.cell, column: group})
        label = group_name(column, group, campaign.framework, campaign.unit_names, chosen.language)
        options.append({"value": group, "label": label, "disabled": not shown, "note": None if shown else hidden})
    return options


def upload(campaign: Campaign, language: str, home: Campaign | None = None) -> dict:
    """Offer to open one's own file, and the way back to the example, or to the campaign of the workspace."""
    say = speaker(language)
    back = say("back_to_example") if home is None or home.fictional else say("back_to", campaign=home.name)
    is_home = campaign.fictional if home is None else campaign is home
    return {
        "label": say("upload"),
        "hint": say("upload_hint"),
        "accept": ".csv,.parquet",
        "too_large": say("too_large"),
        "example_label": None if is_home else back,
    }


def facts(campaign: Campaign, chosen: Choice) -> list[dict]:
    """Give the few figures on top: who answered, where reality and wish stand, how mature the whole is."""
    say = speaker(chosen.language)
    scores = campaign.rows("scores", chosen.wave, **chosen.cell)
    answered = campaign.respondents[chosen.wave] if not chosen.cell else scores["n"].max()
    found = [
        {"label": say("answered"), "value": format_number(answered, chosen.language, 0), "note": whom(campaign, chosen)}
    ]
    for perspective in campaign.framework.perspectives:
        rows = scores[(scores["perspective"] == perspective) & scores["dimension"].isin(disciplines(campaign))]
        value = rows["score"].mean(skipna=False) if len(rows) else None
        found.append(
            {
                "label": say(f"mean_{perspective}"),
                "value": format_number(value, chosen.language, 0),
                "note": say("out_of_100"),
            }
        )
    return [*found, *level_fact(campaign, chosen)]


def disciplines(campaign: Campaign) -> list[str]:
    """Name the dimensions that make the whole."""
    return [one.id for one in campaign.framework.dimensions if one.reach]


def whom(campaign: Campaign, chosen: Choice) -> str:
    """Name who is looked at."""
    if not chosen.cell:
        return speaker(chosen.language)("everybody")
    names = [
        group_name(column, group, campaign.framework, campaign.unit_names, chosen.language)
        for column, group in chosen.cell.items()
    ]
    return " · ".join(names)


def level_fact(campaign: Campaign, chosen: Choice) -> Iterator[dict]:
    """Give the level of the whole; of groups there is none."""
    overall = campaign.released["overall"]
    rows = records(overall[overall["wave"] == chosen.wave])
    if rows and rows[0].get("maturity_level") and not chosen.cell:
        say = speaker(chosen.language)
        level = overall_level(rows[0], campaign.framework, chosen.language)
        holding = rows[0].get("held_back_by")
        names = {one.id: one.name[chosen.language] for one in campaign.framework.dimensions} if holding else {}
        note = say("held_back_by", dimension=names[holding]) if holding else say("of_reality")
        yield {"label": say("level"), "value": level, "note": note}


def notices(campaign: Campaign, chosen: Choice, faults: Faults | None) -> list[dict]:
    """Tell what is wrong with a file, and whether anything can be shown at all."""
    say = speaker(chosen.language)
    if faults is not None:
        lines = list(tell_all(faults.faults[:MOST_FAULTS], chosen.language))
        more = len(faults.faults) - len(lines)
        lines += [say("more_faults", count=format_number(more, chosen.language, 0))] if more else []
        if all(fault.code in NOTHING_YET for fault in faults.faults):
            return [{"kind": "info", "title": say("nothing_yet"), "lines": lines}]
        return [{"kind": "error", "title": say("wrong_file"), "lines": lines}]
    if not campaign.is_shown(chosen.wave, **chosen.cell):
        few = say("too_few", min_group=campaign.settings.min_group)
        return [{"kind": "warning", "title": say("too_few_title"), "lines": [few]}]
    return []


def sections(campaign: Campaign, chosen: Choice) -> Iterator[dict]:
    """Arrange the page: the profile by family, the gaps, the groups, the quality of the measure."""
    if not campaign.is_shown(chosen.wave, **chosen.cell):
        return
    if chosen.chapter != CHAPTERS[0]:
        yield from (passage_section(one, chosen) for one in passages(campaign, chosen))
        return
    scores = campaign.rows("scores", chosen.wave, **chosen.cell)
    for part, rows in profile_parts(scores, campaign):
        yield section(part, "profile", rows, campaign, chosen)
    tension = campaign.rows("tension", chosen.wave, **chosen.cell)
    if len(tension):
        context = campaign.rows("tension_context", chosen.wave, **chosen.cell)
        yield tension_section(tension, context, campaign, chosen)
    for column in ("unit", "role"):
        if column not in chosen.cell:
            yield from groups_section(campaign, chosen, column)


def passages(campaign: Campaign, chosen: Choice) -> list[Passage]:
    """Give the questions of a chapter with their answers."""
    tables = {name: table[table["wave"] == chosen.wave] for name, table in campaign.further.items() if "wave" in table}
    asked = (chosen.chapter, tables, campaign.framework, chosen.language)
    return chapter_parts(*asked, names=campaign.unit_names, min_group=campaign.settings.min_group)


def passage_section(passage: Passage, chosen: Choice) -> dict:
    """Make a section of a question: its answer, its charts, its table."""
    table = {"caption": passage.title, "columns": passage.columns, "rows": passage.rows}
    return {
        "id": passage.id,
        "title": passage.title,
        "sentence": passage.told,
        "points": list(passage.points),
        "charts": [{"spec": one.spec, "alt": one.alt, "title": one.title or None} for one in passage.charts],
        "table": table if passage.rows else None,
        "table_label": speaker(chosen.language)("see_table"),
        "note": passage.note,
    }


def profile_parts(scores: pd.DataFrame, campaign: Campaign) -> Iterator[tuple[str, pd.DataFrame]]:
    """Split the profile's rows by section; a framework of other families is one section."""
    family = scores["dimension"].map({one.id: one.family for one in campaign.framework.dimensions})
    named = {one for _, families in PARTS if families for one in families}
    for part, families in PARTS:
        rows = scores[family.isin(families) if families else ~family.isin(named)]
        if len(rows):
            yield part, rows


def section(part: str, figure: str, rows: pd.DataFrame, campaign: Campaign, chosen: Choice, **named) -> dict:
    """Make a section of one figure: its sentence, its chart with a text alternative, its table."""
    say = speaker(chosen.language)
    arguments = (rows, campaign.framework, chosen.language)
    settings = {"min_group": campaign.settings.min_group, **named}
    told = getattr(figures, f"describe_{figure}")(*arguments, **settings)
    chart = getattr(figures, f"plot_{figure}")(*arguments, **settings).to_dict(validate=False)  # our own charts, tested
    columns, cells = getattr(figures, f"table_{figure}")(*arguments, **settings)
    title = say(f"{part}_title")
    return {
        "id": part,
        "title": title,
        "sentence": sentence(part, told, campaign, chosen),
        "charts": [{"spec": chart, "alt": f"{title}. {told}"}],
        "table": {"caption": title, "columns": columns, "rows": cells},
        "table_label": say("see_table"),
        "note": say(f"{part}_note"),
    }


def tension_section(tension: pd.DataFrame, context: pd.DataFrame, campaign: Campaign, chosen: Choice) -> dict:
    """Show the gaps, and beside them what limits their reading."""
    made = section("tension", "tension", tension, campaign, chosen)
    if context.empty:
        return made
    arguments = (campaign.framework, chosen.language)
    settings = {"min_group": campaign.settings.min_group}
    limits = figures.describe_tension_context(context, *arguments, **settings)
    columns, rows = figures.table_tension(tension, *arguments, context=context, **settings)
    return made | {
        "sentence": f"{made['sentence']} {limits}",
        "table": made["table"] | {"columns": columns, "rows": rows},
    }


def sentence(part: str, told: str, campaign: Campaign, chosen: Choice) -> str:
    """Say in words what a section shows; of the organisation's disciplines, what they make together."""
    overall = campaign.released["overall"]
    rows = records(overall[overall["wave"] == chosen.wave])
    if part == "disciplines" and not chosen.cell and rows:
        return overall_words(rows[0], campaign.framework, chosen.language, campaign.settings.min_group)
    return told


def groups_section(campaign: Campaign, chosen: Choice, column: str) -> Iterator[dict]:
    """Show the groups of a column side by side, within the other filter."""
    other = chosen.cell
    rows = crossed_rows(campaign, chosen, column) if other else campaign.groups(chosen.wave, column)
    rows = rows[rows["perspective"] == "reality"]
    if rows["group"].nunique() > 1:
        yield section(f"{column}s", "groups", rows, campaign, chosen, names=campaign.unit_names)


def crossed_rows(campaign: Campaign, chosen: Choice, column: str) -> pd.DataFrame:
    """Give the cells of a column within the value chosen in the other, named by the column alone."""
    cells: Sequence[pd.DataFrame] = [
        campaign.rows("scores", chosen.wave, **ordered({**chosen.cell, column: group})).assign(by=column, group=group)
        for group in campaign.groups(chosen.wave, column)["group"].dropna().unique()
    ]
    filled = [cell for cell in cells if len(cell)]
    return pd.concat(filled, ignore_index=True) if filled else campaign.groups(chosen.wave, column).iloc[:0]


def ordered(cell: Mapping[str, str]) -> dict[str, str]:
    """Put unit before role, as the lattice crosses them."""
    return {column: cell[column] for column in ("unit", "role") if column in cell}
