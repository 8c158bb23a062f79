"""Brokers on the map: who passes between others that are not tied themselves, and in which role."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from assessment.figures.map_overlay import (
    Telling,
    category,
    grown,
    item,
    legend_entry,
    nothing_yet,
    overlay,
    relation_ties,
    table_of,
)
from assessment.figures.map_words import listed, rows_of, say
from assessment.systems.brokerage import ROLES, score_brokerage
from assessment.systems.positions import score_positions
from assessment.systems.silos import ATTRIBUTES
from assessment.texts import format_share
from assessment.texts.maps import tell_note

NAME = "brokers"

NAMED = 3
"""Brokers named in a sentence, and marked on the map."""

LISTED = 8
"""Brokers one can click."""

COLOURS = {role: category(number) for number, role in enumerate(ROLES)}

Row = Mapping[str, Any]


def brokers_reading(telling: Telling) -> dict[str, Any]:
    """Read who passes between others: Gould and Fernandez' roles between groups, and shortest paths.

    Parameters
    ----------
    telling
        The map, the language, the names.
    """
    if not relation_ties(telling.graph):
        return nothing_yet(NAME, telling, telling.say("draw_relations"))
    attribute, brokers = grouped(telling)
    rows = joined(score_positions(telling.graph), brokers, telling)
    found = sorted((row for row in rows if row["across"]), key=lambda row: -row["across"])
    between = sorted((row for row in rows if row["betweenness"] > 0), key=lambda row: -row["betweenness"])
    return overlay(
        NAME,
        title_of(found, between, attribute, telling),
        sentences_of(found, between, attribute, telling),
        legend=legend_of(rows, telling),
        nodes=nodes_of(rows, between),
        table=broker_table(rows, attribute, telling),
        items=[broker_item(row, telling) for row in (found or between)[:LISTED]],
    )


def grouped(telling: Telling) -> tuple[str | None, pd.DataFrame]:
    """Count brokerage between what most actors have: a unit, a role, a level; between nothing where none is told."""
    scored = [(attribute, score_brokerage(telling.graph, attribute)) for attribute in ATTRIBUTES]
    several = [(attribute, brokers) for attribute, brokers in scored if brokers["group"].nunique() > 1]
    return max(several, key=lambda one: len(one[1]), default=(None, scored[0][1].head(0)))


def joined(actors: pd.DataFrame, brokers: pd.DataFrame, telling: Telling) -> list[dict]:
    """Put each actor's position and brokerage together: its main role, and what it passes between groups."""
    known = {row["id"]: row for row in rows_of(brokers)}
    nothing = dict.fromkeys((*ROLES, "brokerage"), 0) | {"group": None}
    found = []
    for row in rows_of(actors):
        whole = row | known.get(row["id"], nothing)
        main = max(ROLES, key=whole.get)
        across = whole["brokerage"] - whole["coordinator"]
        found.append(whole | {"across": across, "main": main, "badge": telling.say(f"badge_{main}")})
    return found


def title_of(found: list[Row], between: list[Row], attribute: str | None, telling: Telling) -> str:
    """Give the finding: who passes most between groups, else at all."""
    first = (found or between)[:1]
    if not first:
        return telling.say("brokers_title_none")
    name = telling.labels[first[0]["id"]]
    if found:
        return telling.say("brokers_title", name=name, groups=telling.groups(attribute))
    return telling.say("brokers_title_paths", name=name)


def sentences_of(found: list[Row], between: list[Row], attribute: str | None, telling: Telling) -> Iterator[str]:
    """Name those who pass between groups, those on the shortest paths, and say what it means."""
    if attribute is None:
        yield telling.say("brokers_no_groups")
    elif found:
        names = [(telling.labels[row["id"]], telling.number(row["across"])) for row in found[:NAMED]]
        told = listed([say("broker", telling.language, name=name, count=count) for name, count in names])
        yield telling.say("brokers_between", groups=telling.groups(attribute), names=told)
    else:
        yield telling.say("brokers_none_between", groups=telling.groups(attribute))
    if between:
        shares = [(telling.labels[row["id"]], share(row, telling)) for row in between[:NAMED]]
        told = listed([say("broker", telling.language, name=name, count=count) for name, count in shares])
        yield telling.say("brokers_paths", names=told)
    yield telling.say("brokers_meaning")
    pivots = next((row["pivots"] for row in between), 0)
    if between and pivots < sum(kind == "actor" for _, kind in telling.graph.nodes(data="type")):
        yield tell_note({"code": "betweenness_sampled", "values": {"pivots": pivots}}, {}, telling.language)


def share(row: Row, telling: Telling) -> str:
    """Write betweenness as a share of the shortest paths."""
    return format_share(row["betweenness"], telling.language, 1)


def nodes_of(rows: list[Row], between: list[Row]) -> dict[Any, dict]:
    """Colour actors by their main role, size them by betweenness, mark the first; the others are pale."""
    most = between[0]["betweenness"] if between else 0
    first = {row["id"] for row in between[:NAMED]}
    return {row["id"]: node_paint(row, most, row["id"] in first) for row in rows}


def node_paint(row: Row, most: float, first: bool) -> dict[str, Any]:
    """Paint one actor."""
    if not row["brokerage"] and not row["betweenness"]:
        return {"dim": True}
    paint = {"size": grown(row["betweenness"], most)} | ({"border": "double"} if first else {})
    if not row["brokerage"]:
        return paint | {"colour": "muted", "badge": "?"}
    return paint | {"colour": COLOURS[row["main"]], "badge": row["badge"]}


def legend_of(rows: list[Row], telling: Telling) -> list[dict]:
    """Explain the roles there are, the sizes, the marks."""
    there = {row["main"] for row in rows if row["brokerage"]}
    entries = [
        legend_entry(telling.say(f"broker_{role}"), colour, badge=telling.say(f"badge_{role}"))
        for role, colour in COLOURS.items()
        if role in there
    ]
    return [
        *entries,
        legend_entry(telling.say("brokers_ungrouped"), "muted", badge="?"),
        legend_entry(telling.say("brokers_size"), "muted", pattern="size"),
        legend_entry(telling.say("brokers_first", count=NAMED), "muted", pattern="double"),
        legend_entry(telling.say("brokers_others"), "muted", pattern="dim"),
    ]


def broker_table(rows: list[Row], attribute: str | None, telling: Telling) -> dict:
    """Write every actor's counts."""
    columns = {telling.say("column_actor"): False, telling.say("column_group"): False}
    columns |= {telling.say(f"column_{role}"): True for role in ROLES}
    columns |= {telling.say("column_between"): True, telling.say("column_role"): False}
    cells = [
        [
            telling.labels[row["id"]],
            telling.group(attribute, row["group"]) if attribute else "",
            *(telling.number(row[role]) for role in ROLES),
            share(row, telling),
            telling.say(f"column_{row['main']}") if row["brokerage"] else "",
        ]
        for row in sorted(rows, key=lambda row: (-row["brokerage"], -row["betweenness"]))
    ]
    return table_of(telling.say("brokers_caption"), columns, cells)


def broker_item(row: Row, telling: Telling) -> dict:
    """Write one broker: what it passes, in which role; with its ties and those at their other ends."""
    ties = [tie for tie in relation_ties(telling.graph) if row["id"] in tie[:2]]
    near = dict.fromkeys(node for source, target, _ in ties for node in (source, target))
    counts = [
        say("broker", telling.language, name=telling.say(f"column_{role}"), count=telling.number(row[role]))
        for role in ROLES
        if row[role]
    ]
    told = [telling.say("broker_roles", names=listed(counts)) if counts else ""]
    told.append(telling.say("broker_paths", share=share(row, telling)))
    badge = row["badge"] if row["brokerage"] else "?"
    return item(telling.labels[row["id"]], told, near, [key for *_, key in ties], badge)
