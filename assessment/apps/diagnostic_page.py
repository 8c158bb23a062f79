"""The page of the diagnostic: its chapters, what is chosen, what was released, arranged and worded."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessment.apps.campaign import Campaign
from assessment.apps.chapters import CHAPTERS, chapter_of
from assessment.apps.looking import Choice, filters_block
from assessment.apps.shell import faults_block, work_block
from assessment.faults import Fault
from assessment.figures.readings import overall_level
from assessment.figures.rows import group_name, records
from assessment.texts import format_number, word

NOTHING_YET = ("campaigns_none", "campaign_empty")
"""What is told of a workspace that is new."""

LARGEST_FILE = 50 * 1024 * 1024


@dataclass(frozen=True)
class Waiting:
    """What is not known yet: the block of the work, and how far it is; ``stopped`` where somebody stopped it."""

    block: str
    far: tuple[float, float] | None = None
    stopped: bool = False


@dataclass(frozen=True)
class Looking:
    """What the page is about.

    Parameters
    ----------
    campaign, home
        What is shown, and what the page was opened with.
    chosen
        What is looked at.
    header
        The top of the page.
    blocks
        What the chapter shows.
    moved
        Whether a group that was asked for is not shown.
    faults
        What is wrong with a file somebody brought, or why there is nothing of one's own yet.
    waiting
        The work that goes on, or was stopped.
    kept
        Whether others may work on the same: what they did is shown as one comes back.
    """

    campaign: Campaign
    home: Campaign
    chosen: Choice
    header: Mapping
    blocks: Sequence[dict] = ()
    moved: bool = False
    faults: Sequence[Fault] = ()
    waiting: Waiting | None = None
    kept: bool = False


def write_diagnostic(looking: Looking) -> dict:
    """Write the page document of `ChartPage`.

    Parameters
    ----------
    looking
        What the page is about.
    """
    campaign, chosen, say = looking.campaign, looking.chosen, speaker(looking.chosen.language)
    return {
        "language": chosen.language,
        "title": campaign.name if not campaign.fictional else say("example_name"),
        "lead": say("subtitle"),
        "header": looking.header,
        "blocks": [*told(looking), *chapter(looking), own_file(looking)],
        "footnote": say("footnote", min_group=campaign.settings.min_group, framework=campaign.framework.id),
        "refresh": looking.kept,
    }


def speaker(language: str) -> Callable[..., str]:
    """Make what words this page in a language."""
    return lambda name, **values: word(f"diagnostic.{name}", language, **values)


def told(looking: Looking) -> Iterator[dict]:
    """Tell what is wrong, and whose answers these are where they are not the workspace's."""
    campaign, say = looking.campaign, speaker(looking.chosen.language)
    if looking.faults:
        yield faults_told(looking)
    if looking.moved:
        few = say("moved", min_group=campaign.settings.min_group)
        yield {"kind": "notice", "id": "moved", "tone": "info", "title": say("moved_title"), "lines": [few]}
    if campaign is not looking.home:
        home = looking.home
        label = say("back_to_example") if home.fictional else say("back_to", campaign=home.name)
        notice = {"title": say("own_file", file=campaign.name), "lines": [say("own_file_kept")]}
        yield {
            "kind": "notice",
            "id": "whose",
            "tone": "info",
            **notice,
            "actions": [{"id": "example", "label": label}],
        }
    elif campaign.fictional and not looking.faults:
        notice = {"title": say("badge"), "lines": [say("example_lead")]}
        yield {"kind": "notice", "id": "whose", "tone": "info", **notice}


def faults_told(looking: Looking) -> dict:
    """Tell what is wrong with a file, or that the workspace is new."""
    language, say = looking.chosen.language, speaker(looking.chosen.language)
    block = faults_block(language, "wrong", say("wrong_file"), looking.faults)
    if all(fault.code in NOTHING_YET for fault in looking.faults):
        lines = [one["text"] for one in block["items"]]
        return {"kind": "notice", "id": "new", "tone": "info", "title": say("nothing_yet"), "lines": lines}
    return block


def chapter(looking: Looking) -> Iterator[dict]:
    """Show the chapters, the filters of the one that is open, and what it tells."""
    campaign, chosen, say = looking.campaign, looking.chosen, speaker(looking.chosen.language)
    tabs = [{"id": one.id, "label": say(f"chapter_{one.id}")} for one in CHAPTERS]
    yield {"kind": "tabs", "id": "chapter", "label": say("chapters"), "value": chosen.chapter, "items": tabs}
    if looking.waiting:
        yield from waiting(looking.waiting, looking)
        return
    yield filters_block(campaign, chosen, chapter_of(chosen.chapter).filters)
    if not campaign.is_shown(chosen.wave, **chosen.cell):
        few = say("too_few", min_group=campaign.settings.min_group)
        yield {"kind": "notice", "id": "few", "tone": "warning", "title": say("too_few_title"), "lines": [few]}
        return
    if chosen.chapter == CHAPTERS[0].id:
        yield {"kind": "facts", "id": "facts", "items": list(facts(campaign, chosen))}
    if not looking.blocks:
        yield {"kind": "notice", "id": "nothing", "tone": "info", "lines": [say("nothing_told")]}
    yield from looking.blocks


def waiting(work: Waiting, looking: Looking) -> Iterator[dict]:
    """Show work under way; where it was stopped, how to go on."""
    say = speaker(looking.chosen.language)
    if work.stopped:
        yield stopped_notice(say, "study_why")
        return
    yield work_block(looking.chosen.language, work.block, say(f"work_{work.block}"), work.far)
    yield {"kind": "paragraph", "id": "why", "text": say("study_why" if work.block == "study" else "file_why")}


def stopped_notice(say: Callable[..., str], why: str) -> dict:
    """Say that work was stopped, why it is needed, and how to go on."""
    again = {"id": "study", "label": say("study_again")}
    notice = {"title": say("study_stopped"), "lines": [say(why)], "actions": [again]}
    return {"kind": "notice", "id": "stopped", "tone": "info", **notice}


def facts(campaign: Campaign, chosen: Choice) -> Iterator[dict]:
    """Give the few figures on top: who answered, where reality and wish stand, how mature the whole is."""
    say, language = speaker(chosen.language), chosen.language
    scores = campaign.rows("scores", chosen.wave, **chosen.cell)
    answered = campaign.respondents[chosen.wave] if not chosen.cell else scores["n"].max()
    yield {"label": say("answered"), "value": format_number(answered, language, 0), "note": whom(campaign, chosen)}
    reach = [one.id for one in campaign.framework.dimensions if one.reach]
    for perspective in campaign.framework.perspectives:
        rows = scores[(scores["perspective"] == perspective) & scores["dimension"].isin(reach)]
        value = format_number(rows["score"].mean(skipna=False) if len(rows) else None, language, 0)
        yield {"label": say(f"mean_{perspective}"), "value": value, "note": say("out_of_100")}
    yield from level_fact(campaign, chosen)


def whom(campaign: Campaign, chosen: Choice) -> str:
    """Name who is looked at."""
    if not chosen.cell:
        return speaker(chosen.language)("everybody")
    framework, units = campaign.framework, campaign.unit_names
    return " · ".join(group_name(*one, framework, units, chosen.language) for one in chosen.cell.items())


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


def own_file(looking: Looking) -> dict:
    """Offer to look at one's own file, at the end of every chapter."""
    say = speaker(looking.chosen.language)
    upload = {"label": say("upload"), "hint": say("upload_hint"), "accept": ".csv,.parquet", "largest": LARGEST_FILE}
    door = {"kind": "upload", "id": "file", **upload}
    return {"kind": "details", "id": "own", "label": say("own_responses"), "blocks": [door]}
