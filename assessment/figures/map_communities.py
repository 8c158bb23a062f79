"""Communities on the map: groups found from the ties alone, beside the groups of the chart."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pandas as pd

from assessment.figures.map_overlay import (
    Telling,
    category,
    item,
    legend_entry,
    letter,
    nothing_yet,
    overlay,
    relation_ties,
    table_of,
)
from assessment.figures.map_words import communities_told, listed, rows_of, say
from assessment.systems.communities import compare_communities, find_communities
from assessment.texts import format_number

NAME = "communities"

SAME, ALIKE = 0.8, 0.2
"""Adjusted Rand index from which communities are told to follow groups closely (good recovery, Steinley 2004), or in
part: a convention, and the number stands beside it."""

FEW_ACTORS = 10
"""Actors below which a warning says that another division is as good."""


def communities_reading(telling: Telling) -> dict[str, Any]:
    """Read which actors are tied more among themselves, and whether these are the units of the chart.

    Parameters
    ----------
    telling
        The map, the language, the names.
    """
    if not relation_ties(telling.graph):
        return nothing_yet(NAME, telling, telling.say("draw_relations"))
    members, compared = find_communities(telling.graph), compare_communities(telling.graph)
    shared = members[members["size"] > 1]
    return overlay(
        NAME,
        title_of(shared["community"].nunique(), compared, telling),
        sentences_of(members, compared, telling),
        legend=legend_of(shared, telling),
        **paint_of(members, telling),
        table=member_table(members, telling),
        items=list(community_items(shared, telling)),
    )


def title_of(count: int, compared: pd.DataFrame, telling: Telling) -> str:
    """Give the finding: how many groups, and whether they are those of the chart."""
    groups = telling.count("count_groups", count)
    shared = compared[(compared["groups"] < compared["actors"]) & compared["adjusted_rand"].notna()]
    unit = next(iter(rows_of(shared)), None)
    if unit is None:
        return telling.say("communities_title", groups=groups)
    index = unit["adjusted_rand"]
    how = "same" if index >= SAME else "alike" if index >= ALIKE else "other"
    return telling.say(f"communities_title_{how}", groups=groups, chart=telling.groups(unit["attribute"]))


def sentences_of(members: pd.DataFrame, compared: pd.DataFrame, telling: Telling) -> Iterator[str]:
    """Tell how far apart the groups are, how near to the chart, and how sure one may be."""
    yield communities_told(compared, members["community"].nunique(), len(members), telling.language)
    alone = int((members["size"] == 1).sum())
    if alone:
        yield telling.say("communities_alone", actors=telling.count("count_actors", alone))
    yield telling.say("communities_meaning")
    if len(members) < FEW_ACTORS:
        yield telling.say("few_actors", actors=telling.count("count_actors", len(members)))


def paint_of(members: pd.DataFrame, telling: Telling) -> dict[str, dict]:
    """Give each community a colour and a letter; pale who is tied to nobody; dash the ties between communities."""
    of = dict(zip(members["id"], members["community"], strict=True))
    nodes = {
        row["id"]: community_paint(row["community"] - 1) if row["size"] > 1 else {"dim": True}
        for row in rows_of(members)
    }
    ties = {
        key: {"colour": "muted", "dash": True}
        for source, target, key in relation_ties(telling.graph)
        if of[source] != of[target]
    }
    return {"nodes": nodes, "ties": ties}


def community_paint(number: int) -> dict[str, Any]:
    """Give the colour and the letter of a community."""
    return {"colour": category(number), "badge": letter(number)}


def legend_of(shared: pd.DataFrame, telling: Telling) -> list[dict]:
    """Explain every community, those who are in none, the ties between."""
    sizes = shared.drop_duplicates("community").sort_values("community")
    return [
        *(
            legend_entry(community_name(number, size, telling), **community_paint(number - 1))
            for number, size in zip(sizes["community"], sizes["size"], strict=True)
        ),
        legend_entry(telling.say("communities_nobody"), "muted", pattern="dim"),
        legend_entry(telling.say("communities_tie_between"), "muted", pattern="dash"),
    ]


def community_name(community: int, size: int, telling: Telling) -> str:
    """Name a community by its letter and how many it has."""
    return telling.say("community", badge=letter(community - 1), actors=telling.count("count_actors", size))


def member_table(members: pd.DataFrame, telling: Telling) -> dict:
    """Write each actor's community beside its unit and its role."""
    keys = ("column_actor", "column_community", "column_unit", "column_role")
    rows = [
        [
            telling.labels[row["id"]],
            letter(row["community"] - 1) if row["size"] > 1 else "",
            *(telling.group(one, telling.graph.nodes[row["id"]].get(one)) for one in ("unit", "role")),
        ]
        for row in rows_of(members.sort_values("community", kind="stable"))
    ]
    return table_of(telling.say("communities_caption"), {telling.say(key): False for key in keys}, rows)


def community_items(shared: pd.DataFrame, telling: Telling) -> Iterator[dict]:
    """Write each community: who is in it, of which units or roles, with the ties inside."""
    ties = relation_ties(telling.graph)
    for community, rows in shared.groupby("community"):
        members = set(rows["id"])
        inside = [key for *ends, key in ties if members.issuperset(ends)]
        told = [listed([telling.labels[node] for node in rows["id"]]), from_where(rows["id"], telling)]
        title = community_name(community, len(rows), telling)
        yield item(title, told, rows["id"], inside, letter(community - 1))


def from_where(nodes: pd.Series, telling: Telling) -> str:
    """Count the units members come from, else their roles."""
    for attribute in ("unit", "role"):
        found = Counter(
            told for node in nodes if (told := telling.group(attribute, telling.graph.nodes[node].get(attribute)))
        )
        if found:
            names = [
                say("counted", telling.language, name=name, count=format_number(count, telling.language, 0))
                for name, count in found.most_common()
            ]
            return telling.say("communities_from", groups=telling.groups(attribute), names=listed(names))
    return ""
