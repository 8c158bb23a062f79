"""The chapter of other organisations: what was brought, and where one stands beside it; arranged and worded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from assessment.apps.kept_sheet import Happened, told
from assessment.figures.elsewhere import elsewhere_part
from assessment.framework.model import PERSPECTIVES, Framework
from assessment.practices.elsewhere import LARGEST, MOST_ORGANISATIONS
from assessment.scoring.elsewhere import FEWEST_ORGANISATIONS, compare_norms, compare_organisation, norms_of
from assessment.texts import format_number, word
from assessment.widgets.passages import passage_block

DONE = ("norms_brought", "scores_brought", "removed", "renamed")


@dataclass(frozen=True)
class ElsewhereStanding:
    """What the page tells.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    framework
        The instrument.
    document
        The sheet of `assessment.practices.elsewhere`.
    released
        Released tables: ``dimensions``, ``items``.
    wave
        The wave.
    min_group
        The threshold.
    happened
        What has just happened.
    """

    language: str
    framework: Framework
    document: Mapping[str, Any]
    released: Mapping[str, pd.DataFrame]
    wave: str
    min_group: int = 10
    happened: Happened | None = None
    notices: Sequence[dict] = ()

    def say(self, key: str, **values: object) -> str:
        """Word something of this page."""
        return word(f"elsewhere.{key}", self.language, **values)

    @property
    def organisations(self) -> Sequence[Mapping[str, Any]]:
        """The organisations whose scores were brought."""
        return self.document["organisations"]


def write_elsewhere(standing: ElsewhereStanding) -> list[dict]:
    """Write the blocks of the chapter.

    Parameters
    ----------
    standing
        What the page tells.

    Returns
    -------
    list of dict
        Blocks of `ChartPage`.

    Notes
    -----
    **Missing answers**: what cannot be compared is told with its reason.
    """
    titles = {key: standing.say(f"done_{key}") for key in DONE}
    top = [*told("elsewhere", standing.happened, standing.language, "elsewhere_undo", titles), *standing.notices]
    has_any = bool(standing.document["norms"] or standing.organisations)
    lead = {"kind": "paragraph", "id": "elsewhere_lead", "text": standing.say("lead")}
    return [*top, lead, *(compared(standing) if has_any else nothing(standing)), *bringing(standing)]


def nothing(standing: ElsewhereStanding) -> Iterator[dict]:
    """Say that no norms are shipped, and how to bring some."""
    lines = [standing.say("none"), standing.say("none_bring")]
    yield {
        "kind": "notice",
        "id": "elsewhere_none",
        "tone": "info",
        "title": standing.say("none_title"),
        "lines": lines,
    }


def compared(standing: ElsewhereStanding) -> Iterator[dict]:
    """Tell where the organisation stands: among norms, among those that were brought, beside each of them."""
    norms = standing.document["norms"]
    if norms:
        sources = dict.fromkeys(row["source"] for row in norms["rows"] if row.get("source"))
        source = standing.say("source", source=" · ".join(sources)) if sources else ""
        yield from passages(standing, "norms", among(standing, norms["rows"]), source=source)
    if len(standing.organisations) >= FEWEST_ORGANISATIONS:
        yield from passages(standing, "brought", among(standing, norms_of(standing.organisations)))
    for place, one in enumerate(standing.organisations):
        rows = compare_organisation(standing.released, one["rows"], standing.framework, standing.wave)
        source = standing.say("their_wave", wave=one["wave"]) if one.get("wave") else ""
        yield from passages(standing, f"one_{place}", rows, other=one["name"], source=source)
    yield {"kind": "paragraph", "id": "elsewhere_not", "text": standing.say("not_for")}


def among(standing: ElsewhereStanding, norms: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Compare with medians and quartiles."""
    return compare_norms(standing.released, norms, standing.framework, standing.wave)


def passages(standing: ElsewhereStanding, id_: str, rows: pd.DataFrame, **settings: Any) -> Iterator[dict]:
    """Write one comparison's passages: reality, and the wishes folded, for these lie close together everywhere."""
    for perspective in PERSPECTIVES:
        if not (rows["perspective"] == perspective).any():
            continue
        settings |= {"perspective": perspective, "min_group": standing.min_group}
        block = passage_block(elsewhere_part(rows, standing.framework, standing.language, **settings))
        block |= {"id": f"elsewhere_{id_}_{perspective}"}
        if perspective == PERSPECTIVES[0]:
            yield block
        else:
            label = {"label": standing.say("see_wishes"), "id": f"elsewhere_{id_}_wishes"}
            yield {"kind": "details", **label, "blocks": [block]}


def bringing(standing: ElsewhereStanding) -> Iterator[dict]:
    """List what was brought, and take more."""
    items = list(cards(standing))
    if items:
        cards_block = {"kind": "cards", "look": "rows", "label": standing.say("brought"), "items": items}
        renaming = [rename_form(standing)] if standing.organisations else []
        blocks = [cards_block, *renaming]
        yield {"kind": "section", "id": "elsewhere_brought", "title": standing.say("brought"), "blocks": blocks}
    megabytes = format_number(LARGEST / 1024**2, standing.language, 0)
    scores = {
        "kind": "upload",
        "id": "elsewhere_scores",
        "label": standing.say("bring_scores"),
        "hint": standing.say("bring_scores_hint", most=megabytes),
        "accept": ".json",
        "largest": LARGEST,
    }
    norms = {
        "kind": "upload",
        "id": "elsewhere_norms",
        "label": standing.say("bring_norms"),
        "hint": standing.say("bring_norms_hint", least=FEWEST_ORGANISATIONS, most=megabytes),
        "accept": ".csv,.txt",
        "largest": LARGEST,
    }
    template = {
        "kind": "download",
        "id": "elsewhere_template",
        "label": standing.say("template"),
        "hint": standing.say("template_hint"),
    }
    more = [scores] if len(standing.organisations) < MOST_ORGANISATIONS else []
    section = {
        "kind": "section",
        "id": "elsewhere_bring",
        "title": standing.say("bring"),
        "text": standing.say("bring_text"),
    }
    yield section | {"blocks": [*more, norms, template]}


def cards(standing: ElsewhereStanding) -> Iterator[dict]:
    """Show what was brought, each with the way to take it away."""
    norms = standing.document["norms"]
    if norms:
        remove = {"id": "elsewhere_remove_norms", "label": standing.say("remove"), "about": norms["name"]}
        yield {"id": "norms", "title": norms["name"], "badge": standing.say("badge_norms"), "actions": [remove]}
    for place, one in enumerate(standing.organisations):
        remove = {"id": "elsewhere_remove", "label": standing.say("remove"), "values": {"name": one["name"]}}
        text = standing.say("their_wave", wave=one["wave"]) if one.get("wave") else ""
        card = {"id": f"one_{place}", "title": one["name"], "text": text, "badge": standing.say("badge_scores")}
        yield card | {"actions": [remove | {"about": one["name"]}]}


def rename_form(standing: ElsewhereStanding) -> dict:
    """Offer to call an organisation otherwise than its file."""
    options = [{"value": one["name"], "label": one["name"]} for one in standing.organisations]
    fields = [
        {"kind": "menu", "id": "old", "label": standing.say("rename_old"), "options": options, "required": True}
        | {"value": options[0]["value"] if len(options) == 1 else ""},
        {
            "kind": "text",
            "id": "new",
            "label": standing.say("rename_new"),
            "longest": 120,
            "required": True,
            "value": "",
        },
    ]
    submit = {"id": "elsewhere_rename", "label": standing.say("rename"), "quiet": True}
    form = {
        "kind": "form",
        "id": "elsewhere_names",
        "label": standing.say("rename"),
        "fields": fields,
        "submit": submit,
    }
    return {"kind": "details", "id": "elsewhere_renaming", "label": standing.say("rename"), "blocks": [form]}
