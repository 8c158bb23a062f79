"""Silos on the map: who is tied inside the group, who outside, and whether more than chance would have it."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from assessment.figures.intervals import probability_of_chance
from assessment.figures.map_overlay import (
    Telling,
    actors_of,
    item,
    legend_entry,
    nothing_yet,
    overlay,
    relation_ties,
    table_of,
)
from assessment.figures.map_words import gap_words, rows_of, untested
from assessment.systems.brokerage import find_gaps
from assessment.systems.contacts import score_contacts
from assessment.systems.silos import score_silos
from assessment.texts.maps import sentence, tell_silo

NAME = "silos"

FEW_TIES = 20
"""Ties below which a warning says that chance explains much."""

GAPS = 5
"""Pairs of groups without a tie listed."""

EXPECTED = 1.0
"""Ties expected between two groups from which none is news."""

COLOURS = {"inside": "diverging-1", "half": "diverging-3", "outside": "diverging-5"}
"""How an actor is tied, and its colour."""

WIDTHS = {"inside": 0.3, "outside": 0.7}

Row = Mapping[str, Any]


def silos_reading(telling: Telling) -> dict[str, Any]:
    """Read whether groups keep to themselves, against chance; units where they can be tested, else roles, else levels.

    Parameters
    ----------
    telling
        The map, the language, the names.
    """
    if not actors_of(telling.graph):
        return nothing_yet(NAME, telling, telling.say("draw_actors"))
    silos = score_silos(telling.graph)
    row = next((one for one in rows_of(silos.drop_duplicates("attribute")) if one["reading"]), None)
    if row is None:
        drawn = telling.say("say_units" if relation_ties(telling.graph) else "draw_relations")
        return nothing_yet(NAME, telling, *untested(silos, telling.language), drawn)
    contacts = score_contacts(telling.graph, row["attribute"])
    return overlay(
        NAME,
        title_of(row, telling),
        sentences_of(row, telling),
        legend=legend_of(telling),
        **paint_of(contacts, telling),
        table=contact_table(contacts, row["attribute"], telling),
        items=[*group_items(contacts, row["attribute"], telling), *gap_items(row["attribute"], telling)],
    )


def title_of(row: Row, telling: Telling) -> str:
    """Give the finding: the groups, and how they stand against chance."""
    told = tell_silo(row["reading"], telling.language)
    return sentence(telling.say("silos_title", groups=telling.groups(row["attribute"]), reading=told))


def sentences_of(row: Row, telling: Telling) -> Iterator[str]:
    """Tell the numbers, what chance would give, what it does not mean, how few they are."""
    counts = {name: telling.number(row[name]) for name in ("internal", "external")}
    groups = telling.groups(row["attribute"])
    ties, actors = telling.count("count_ties", row["ties"]), telling.count("count_actors", row["actors"])
    yield telling.say("silos_counts", ties=ties, actors=actors, groups=groups, **counts)
    yield telling.say(
        "silos_chance_outward" if row["reading"] == "outward" else "silos_chance",
        observed=telling.number(row["ei_index"], 2, sign=True),
        chance=telling.number(row["null_mean"], 2, sign=True),
        p=probability_of_chance(row["p_value"], telling.language),
        draws=telling.number(row["permutations"]),
    )
    yield telling.say("silos_no_fault")
    if row["ties"] < FEW_TIES:
        yield telling.say("few_ties", ties=ties)


def side(row: Row) -> str | None:
    """Say where most of an actor's ties go; None without a tie."""
    if not row["internal"] + row["external"]:
        return None
    return "inside" if row["ei_index"] < 0 else "outside" if row["ei_index"] > 0 else "half"


def paint_of(contacts: pd.DataFrame, telling: Telling) -> dict[str, dict]:
    """Colour actors by where their ties go; draw ties inside thin and dashed, ties between groups thick."""
    group = dict(zip(contacts["id"], contacts["group"], strict=True))
    nodes = {node: {"colour": "muted", "border": "dashed"} for node in actors_of(telling.graph) if node not in group}
    for row in rows_of(contacts):
        found = side(row)
        nodes[row["id"]] = actor_paint(found, telling) if found else {"dim": True}
    ties = {
        key: tie_paint("inside" if group[source] == group[target] else "outside")
        for source, target, key in relation_ties(telling.graph)
        if source in group and target in group
    }
    return {"nodes": nodes, "ties": ties}


def actor_paint(found: str, telling: Telling) -> dict[str, Any]:
    """Colour an actor by where most of its ties go."""
    return {"colour": COLOURS[found], "badge": telling.say(f"badge_{found}")}


def tie_paint(where: str) -> dict[str, Any]:
    """Draw a tie inside a group, or between two."""
    if where == "inside":
        return {"colour": "muted", "width": WIDTHS[where], "dash": True}
    return {"colour": "accent", "width": WIDTHS[where]}


def legend_of(telling: Telling) -> list[dict]:
    """Explain the paint."""
    return [
        *(legend_entry(telling.say(f"silos_{one}"), **actor_paint(one, telling)) for one in COLOURS),
        legend_entry(telling.say("silos_untied"), "muted", pattern="dim"),
        legend_entry(telling.say("silos_left_out"), "muted", pattern="dashed"),
        legend_entry(telling.say("silos_tie_inside"), "muted", pattern="dash"),
        legend_entry(telling.say("silos_tie_outside"), "accent", pattern="line"),
    ]


def contact_table(contacts: pd.DataFrame, attribute: str, telling: Telling) -> dict:
    """Write each actor's ties inside and outside."""
    keys = {"column_actor": False, "column_group": False, "column_inside": True, "column_outside": True}
    keys |= {"column_ei": True, "column_side": False}
    rows = [
        [
            telling.labels[row["id"]],
            telling.group(attribute, row["group"]),
            telling.number(row["internal"]),
            telling.number(row["external"]),
            telling.number(row["ei_index"], 2, sign=True),
            telling.say(f"silos_{side(row) or 'none'}"),
        ]
        for row in rows_of(contacts)
    ]
    return table_of(telling.say("silos_caption"), {telling.say(key): one for key, one in keys.items()}, rows)


def group_items(contacts: pd.DataFrame, attribute: str, telling: Telling) -> Iterator[dict]:
    """Write each group: its members, its ties inside and with the other groups."""
    ties = relation_ties(telling.graph)
    for group, members in contacts.groupby("group", sort=False):
        inside, known = set(members["id"]), set(contacts["id"])
        told = telling.say(
            "silos_group",
            actors=telling.count("count_actors", len(members)),
            internal=telling.count("count_ties", int(members["internal"].sum()) // 2),
            external=telling.number(members["external"].sum()),
        )
        touching = [key for *ends, key in ties if inside.intersection(ends) and known.issuperset(ends)]
        yield item(sentence(telling.group(attribute, group)), [told], members["id"], touching)


def gap_items(attribute: str, telling: Telling) -> Iterator[dict]:
    """Write the pairs of groups without a tie, where one at least would be expected."""
    gaps = find_gaps(telling.graph, attribute)
    of = telling.graph.nodes(data=attribute)
    for row in rows_of(gaps[gaps["expected"] >= EXPECTED].head(GAPS)):
        named = {end: telling.group(attribute, row[end]) for end in ("group", "other_group")}
        members = [node for node, group in of if group in (row["group"], row["other_group"])]
        told = telling.say("silos_gap", expected=telling.number(row["expected"], 1))
        bridged = [node for node in row["bridges"] if node not in members]
        yield item(gap_words({**row, **named}, telling.labels, telling.language), [told], [*members, *bridged])
