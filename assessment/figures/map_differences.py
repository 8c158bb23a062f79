"""What lies between two versions of a map: what came, what went, what changed, in words and on the map."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from assessment.figures.map_overlay import GONE, Telling, item, legend_entry, overlay, table_of
from assessment.figures.map_words import listed, plain
from assessment.systems.changes import difference, laid_out, top_of
from assessment.systems.model import map_graph
from assessment.texts import word
from assessment.texts.words import dictionary

NAME = "difference"

DRAWN = ("actors", "variables", "ties")
BLOCKS = (*DRAWN, "loops", "participants")
PLACES = ("x", "y")
"""Where an element stands on the page: told once for all, not one by one."""

BADGES = {"added": "+", "removed": GONE["badge"], "changed": "~"}
PAINTS = {
    "added": {"colour": "positive", "badge": BADGES["added"]},
    "changed": {"colour": "caution", "badge": BADGES["changed"]},
}
WIDTHS = {"added": 0.7, "changed": 0.45}

Values = Mapping[str, Any]
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """One thing that came, went or changed.

    Parameters
    ----------
    how
        ``"added"``, ``"removed"`` or ``"changed"``.
    block
        Where in the document.
    before, after
        What it was and what it is; empty where it was not or is no more.
    values
        The keys that changed, each with its new value.
    """

    how: str
    block: str
    before: Values
    after: Values
    values: Values

    @property
    def one(self) -> Values:
        """Give what it is, or was last."""
        return self.after or self.before


def map_difference(
    old: Document, new: Document, language: str, unit_names: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Learn what changed from one version of a map to another.

    Parameters
    ----------
    old, new
        Contents of ``*.map.json`` files that have passed the check.
    language
        ``"fr"`` or ``"en"``.
    unit_names
        Names of units by id.

    Returns
    -------
    dict
        A reading, as `map_reading` gives, to be laid over the newer map: ``ghosts`` holds what is no longer there;
        ``items`` has one entry a change, in words. Elements that were only moved are counted, not listed.

    Notes
    -----
    **Missing answers**: a key without a value is the same as no key.

    Examples
    --------
    >>> old = {"actors": [{"id": "a", "label": "Mayor"}], "variables": [], "ties": []}
    >>> new = {"actors": [{"id": "a", "label": "The mayor"}], "variables": [], "ties": []}
    >>> [one["title"] for one in map_difference(old, new, "en")["items"]]
    ['Actor changed: “The mayor”']
    """
    old, new = laid_out(old), laid_out(new)
    graph = nx.compose(map_graph(old), map_graph(new))
    telling = Telling(graph, language, unit_names or {})
    every = list(differences(old, new))
    found = [one for one in every if one.how != "moved"]
    named = top_words(old, new, telling)
    drawn = [one for one in found if one.how in PAINTS and one.block in DRAWN]
    return overlay(
        NAME,
        title_of(found, named, telling),
        sentences_of(found, len(every) - len(found), telling),
        legend=legend_of(telling),
        nodes={one.one["id"]: dict(PAINTS[one.how]) for one in drawn if one.block != "ties"},
        ties={one.one["id"]: PAINTS[one.how] | {"width": WIDTHS[one.how]} for one in drawn if one.block == "ties"},
        ghosts=[
            {"block": one.block, "values": dict(one.before)}
            for one in found
            if one.how == "removed" and one.block in DRAWN
        ],
        table=change_table(found, named, telling) if found or named else None,
        items=[
            *(item(text, [], badge=BADGES["changed"]) for text in named),
            *(change_item(one, new, telling) for one in found),
        ],
    )


def differences(old: Document, new: Document) -> Iterator[Difference]:
    """Pair what both versions hold by id: what came, what went, what has other values, what was only moved."""
    for block in BLOCKS:
        before, after = ({one["id"]: one for one in document[block]} for document in (old, new))
        for key, one in before.items():
            if key not in after:
                yield Difference("removed", block, one, {}, {})
        for key, one in after.items():
            if key not in before:
                yield Difference("added", block, {}, one, {})
            elif values := difference(before[key], one):
                kept = {name: value for name, value in values.items() if name not in PLACES}
                yield Difference("changed" if kept else "moved", block, before[key], one, kept)


def title_of(found: list[Difference], named: list[str], telling: Telling) -> str:
    """Give the finding: how much came, went, changed."""
    if not found and not named:
        return telling.say("difference_title_none")
    counts = {how: sum(one.how == how for one in found) for how in BADGES}
    counts["changed"] += len(named)
    return listed([telling.count(f"count_{how}", count) for how, count in counts.items() if count])


def sentences_of(found: list[Difference], moved: int, telling: Telling) -> list[str]:
    """Say what kinds of things differ, and how many elements were only moved."""
    told = []
    for how in BADGES:
        counts = {block: sum(one.how == how and one.block == block for one in found) for block in BLOCKS}
        names = [telling.count(f"count_{block}", count) for block, count in counts.items() if count]
        if names:
            told.append(telling.say(f"difference_{how}", names=listed(names)))
    if moved:
        told.append(telling.say("difference_moved", elements=telling.count("count_elements", moved)))
    return told or [telling.say("difference_none")]


def legend_of(telling: Telling) -> list[dict]:
    """Explain the paint."""
    return [
        *(
            legend_entry(telling.say(f"legend_{how}"), paint["colour"], badge=BADGES[how])
            for how, paint in PAINTS.items()
        ),
        legend_entry(telling.say("legend_removed"), GONE["colour"], badge=GONE["badge"], pattern=GONE["border"]),
    ]


def name_of(one: Difference, telling: Telling) -> str:
    """Name what differs: the ends of a tie, the label of an element, the name of a loop."""
    values = one.one
    if one.block == "ties":
        return telling.tie(values["source"], values["target"], values.get("kind"))
    if one.block == "participants":
        return plain(values["id"])
    return telling.say("quoted", text=plain(values.get("label") or values.get("name") or values["id"]))


def change_words(one: Difference, telling: Telling) -> str:
    """Say what came, went or changed."""
    return telling.say(f"change_{one.how}_{one.block}", name=name_of(one, telling))


def details(one: Difference, telling: Telling) -> list[str]:
    """Say each value that changed, before and after."""
    return [
        telling.say(
            "value_changed",
            what=key_words(key, telling),
            before=value_words(key, one.before.get(key), telling),
            after=value_words(key, value, telling),
        )
        for key, value in one.values.items()
    ]


def key_words(key: str, telling: Telling) -> str:
    """Name a key; people's own keys stay as they are."""
    known = f"key_{key}" in dictionary("map_readings")
    return word(f"map_readings.key_{key}", telling.language) if known else plain(key)


def value_words(key: str, value: Any, telling: Telling) -> str:
    """Write a value as people read it."""
    if value is None:
        return telling.say("no_value_before")
    if isinstance(value, bool):
        return telling.say("yes" if value else "no")
    if isinstance(value, (int, float)):
        return telling.number(value, 0 if float(value).is_integer() else 2)
    if isinstance(value, (list, tuple)):
        return listed([value_words(key, one, telling) for one in value]) or telling.say("no_value_before")
    return text_words(key, str(value), telling)


def text_words(key: str, value: str, telling: Telling) -> str:
    """Write a text: a role, a kind, a sign, a unit, an element by their words."""
    if key in ("source", "target", "nodes"):
        return telling.say("quoted", text=telling.labels.get(value, plain(value)))
    if key == "unit" and value in telling.unit_names:
        return telling.group("unit", value)
    if key == "polarity":
        return {"-": "−"}.get(value, value)
    known = {"role": f"role_{value}", "kind": f"kind_{value}"}.get(key, "")
    if known in dictionary("map_reading"):
        return word(f"map_reading.{known}", telling.language)
    return telling.say("quoted", text=plain(value)) if value else telling.say("no_value_before")


def top_words(old: Document, new: Document, telling: Telling) -> list[str]:
    """Say what changed of the document itself: its name, and keys of one's own."""
    before = top_of(old)
    return [
        telling.say(
            "map_changed",
            what=key_words(key, telling),
            before=value_words(key, before.get(key), telling),
            after=value_words(key, value, telling),
        )
        for key, value in difference(before, top_of(new)).items()
    ]


def change_table(found: list[Difference], named: list[str], telling: Telling) -> dict:
    """Write each change."""
    columns = {telling.say(key): False for key in ("column_change", "column_detail")}
    rows = [[text, ""] for text in named]
    rows += [[change_words(one, telling), listed(details(one, telling))] for one in found]
    return table_of(telling.say("difference_caption"), columns, rows)


def change_item(one: Difference, new: Document, telling: Telling) -> dict:
    """Write one change, with what of it stands on the newer map."""
    there = {each["id"] for block in BLOCKS[:2] for each in new[block]}
    values = one.one
    near = {"ties": ("source", "target"), "actors": ("id",), "variables": ("id",)}.get(one.block, ())
    nodes = [values[end] for end in near] + list(values.get("nodes") or () if one.block == "loops" else ())
    ties = [values["id"]] if one.block == "ties" and one.how in PAINTS else []
    on_map = [node for node in dict.fromkeys(nodes) if node in there]
    return item(change_words(one, telling), details(one, telling), on_map, ties, BADGES[one.how])
