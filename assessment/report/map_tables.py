"""The tables in the text of a map: positions, silos, pluralism, leverage."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from assessment.figures.map_words import (
    NAMED,
    Labels,
    communities_told,
    gap_words,
    kind_words,
    listed,
    p_words,
    plain,
    role_words,
    rows_of,
    say,
    untested,
)
from assessment.report.alignment import aligned_table
from assessment.report.map_page import SEVERAL, WIDTH, paragraph, rest, titled
from assessment.texts import format_number, format_share
from assessment.texts.maps import tell_circle, tell_silo

Tables = Mapping[str, pd.DataFrame]

EXPECTED = 1.0
"""Ties expected between two groups from which none is news."""

MOST_ROLES = 6
"""Roles that fit side by side."""


def grid(titles: Sequence[str], rows: Sequence[Sequence[str]], texts: Sequence[int] = ()) -> str:
    """Align a table to the page."""
    return "\n".join(aligned_table(titles, rows, WIDTH, texts))


def headed(names: Sequence[str], language: str) -> list[str]:
    """Give the titles of columns."""
    return [say(name, language) for name in names]


def positions_block(tables: Tables, labels: Labels, language: str) -> str:
    """Tell where the actors stand, those most in between first."""
    actors = tables["actors"]
    if not is_tied(actors):
        return ""
    order = actors.sort_values(["betweenness", "in_degree", "out_degree"], ascending=False, kind="stable")
    shown = rows_of(order.head(SEVERAL))
    titles = headed(("actor", "in", "out", "between", "close", "constraint", "core", "community"), language)
    cells = [
        [
            labels[row["id"]],
            *(format_number(row[name], language, 0) for name in ("in_degree", "out_degree")),
            format_share(row["betweenness"], language, 1),
            *(format_number(row[name], language, 2) for name in ("closeness", "constraint")),
            *(format_number(row[name], language, 0) for name in ("core", "community")),
        ]
        for row in shown
    ]
    table = "\n".join([grid(titles, cells), *rest(shown, actors, language)])
    legend = paragraph(say("positions_legend", language))
    return titled("positions_title", [table, legend, *between_units(tables, labels, language)], language)


def is_tied(actors: pd.DataFrame) -> bool:
    """Say whether any actor is tied to another."""
    return bool((actors["in_degree"] + actors["out_degree"]).any())


def between_units(tables: Tables, labels: Labels, language: str) -> Iterator[str]:
    """Name who passes between units, and the units nobody ties though one would expect it."""
    brokers = tables["brokerage"]
    across = brokers.assign(across=brokers["brokerage"] - brokers["coordinator"]).astype({"across": int})
    first = rows_of(across[across["across"] > 0].sort_values("across", ascending=False, kind="stable").head(NAMED))
    if first:
        names = [
            say("broker", language, name=labels[row["id"]], count=format_number(row["across"], language, 0))
            for row in first
        ]
        yield paragraph(say("brokers", language, names=listed(names)))
    gaps = tables["gaps"]
    wide = rows_of(gaps[gaps["expected"] >= EXPECTED].head(NAMED))
    if wide:
        yield paragraph(say("gaps", language, names=listed([gap_words(row, labels, language) for row in wide])))


def silos_block(tables: Tables, language: str) -> str:
    """Tell how inward groups are, against chance, and what the ties alone would group."""
    silos = tables["silos"]
    if not is_tied(tables["actors"]):
        return ""
    tested = rows_of(silos[silos["reading"].notna()])
    blocks = [silo_table(tested, language), silo_legend(tested, language)] if tested else []
    blocks += map(paragraph, untested(silos, language))
    groups = tables["actors"]["community"].nunique()
    blocks += [
        paragraph(communities_told(tables["communities"], groups, len(tables["actors"]), language)),
        overlap_words(tables["overlap"], language),
        balance_words(tables["balance"], language),
    ]
    return titled("silos_title", blocks, language)


def silo_table(tested: Sequence[Mapping[str, Any]], language: str) -> str:
    """Write one line for each attribute and kind of relation."""
    titles = headed(("grouping", "ties", "observed", "chance", "p", "reading"), language)
    return grid(titles, [silo_cells(row, language) for row in tested], texts=(5,))


def silo_cells(row: Mapping[str, Any], language: str) -> list[str]:
    """Write one line."""
    kind = kind_words(row["kind"], language)
    return [
        f"{say('by_' + row['attribute'], language)}, {kind}",
        format_number(row["ties"], language, 0),
        *(format_number(row[name], language, 2, sign=True) for name in ("ei_index", "null_mean")),
        p_words(row["p_value"], language),
        say(f"reading_{row['reading']}", language),
    ]


def silo_legend(tested: Sequence[Mapping[str, Any]], language: str) -> str:
    """Say what the numbers are, and what they are not."""
    drawn = {"count": format_number(tested[0]["permutations"], language, 0), "seed": tested[0]["seed"]}
    return paragraph(say("silos_legend", language, inward=tell_silo("inward", language), **drawn))


def overlap_words(overlap: pd.DataFrame, language: str) -> str:
    """Tell how far informal ties follow the chart."""
    row = rows_of(overlap)[0]
    if row["reason"]:
        return ""
    shares = {
        "share": format_share(row["share_informal_along_formal"], language),
        "chance": format_share(row["null_mean"], language),
    }
    values = {"informal": format_number(row["informal"], language, 0), "p": p_words(row["p_value"], language)}
    return paragraph(say("overlap", language, **values, **shares))


def balance_words(balance: pd.DataFrame, language: str) -> str:
    """Tell how far support and opposition hold together."""
    row = rows_of(balance)[0]
    if not row["triangles"] > 0:
        return ""
    counts = {name: format_number(row[name], language, 0) for name in ("positive", "negative")}
    return paragraph(say("balance", language, share=format_share(row["balance"], language), **counts))


def pluralism_block(tables: Tables, language: str) -> str:
    """Tell who is on the map and who is not, who speaks to whom, how closely, across which levels."""
    if tables["actors"].empty and not tables["circle"]["drawn"].any():
        return ""
    blocks = [*roles_told(tables["roles"], language)] if len(tables["actors"]) else []
    blocks += [
        spoken_table(tables["spoken"], language),
        spectrum_table(tables["spectrum"], language),
        level_table(tables["levels"], tables["reach"], language),
        *circle_words(tables["circle"], language),
    ]
    return titled("pluralism_title", blocks, language)


def roles_told(roles: pd.DataFrame, language: str) -> Iterator[str]:
    """Name the roles that are on the map, those that are not, and those who drew it."""
    rows = rows_of(roles)
    if not any(row["actors"] for row in rows if row["role"]):
        yield paragraph(say("no_roles", language))
        return
    yield paragraph(say("present", language, names=listed(role_counts(rows, "actors", language))))
    parents = {row["parent"] for row in rows if row["actors"]}
    absent = [role_words(row["role"], language) for row in rows if not row["actors"] and row["role"] not in parents]
    if absent:
        yield paragraph(say("absent", language, names=listed(absent)))
    drew = role_counts(rows, "participants", language)
    if drew:
        yield paragraph(say("took_part", language, names=listed(drew)))


def role_counts(rows: Sequence[Mapping[str, Any]], column: str, language: str) -> list[str]:
    """Write how many of each role."""
    return [
        say("counted", language, name=role_words(row["role"], language), count=row[column])
        for row in rows
        if row[column]
    ]


def spoken_table(spoken: pd.DataFrame, language: str) -> str:
    """Write who speaks to whom, a line for who speaks."""
    roles = list(dict.fromkeys(spoken["role"]))
    if not 2 <= len(roles) <= MOST_ROLES or not spoken["ties"].any():
        return ""
    count = {(row["role"], row["other_role"]): row["ties"] for row in rows_of(spoken)}
    titles = [say("from_to", language), *(role_words(role, language)[:12] for role in roles)]
    cells = [
        [role_words(one, language), *(format_number(count[one, other], language, 0) for other in roles)]
        for one in roles
    ]
    return grid(titles, cells)


def spectrum_table(spectrum: pd.DataFrame, language: str) -> str:
    """Write how closely people work together, a line a kind of relation."""
    if not spectrum["ties"].any():
        return ""
    on_it = spectrum.loc[spectrum["step"].notna(), "ties"].any()
    titles = headed(("spectrum", "ties", "share", "across_roles", "across_units"), language)
    cells = [
        [
            kind_words(row["kind"], language),
            format_number(row["ties"], language, 0),
            *(format_share(row[name], language) for name in ("share", "across_roles", "across_units")),
        ]
        for row in rows_of(spectrum)
        if row["ties"] or (on_it and pd.notna(row["step"]))
    ]
    return grid(titles, cells)


def level_table(levels: pd.DataFrame, reach: pd.DataFrame, language: str) -> str:
    """Write which hierarchical levels are there, tied to which, and how much of the map they reach."""
    if levels.empty:
        return ""
    reached = dict(zip(reach["rank"], reach["reached"], strict=True))
    titles = headed(("level", "level_actors", "level_within", "level_others", "level_tied", "level_reached"), language)
    counts = ("actors", "ties_within", "ties_to_others", "levels_tied")
    cells = [
        [
            plain(row["rank"]),
            *(format_number(row[name], language, 0) for name in counts),
            format_share(reached.get(row["rank"]), language),
        ]
        for row in rows_of(levels)
    ]
    return "\n".join([grid(titles, cells[:SEVERAL]), *rest(cells[:SEVERAL], cells, language)])


def circle_words(circle: pd.DataFrame, language: str) -> Iterator[str]:
    """Tell whether participants drew Lorino's circle, where its stages are on the map."""
    row = rows_of(circle)[0]
    if row["reason"] != "stage_missing":
        yield paragraph(tell_circle(bool(row["drawn"]), language))


def leverage_block(tables: Tables, labels: Labels, language: str) -> str:
    """Tell what moves the rest and what is moved, the most influential first."""
    leverage = tables["leverage"]
    if not leverage["direct_influence"].any():
        return ""
    shown = rows_of(leverage.sort_values("rank", kind="stable").head(SEVERAL))
    numbers = ("direct_influence", "direct_dependence", "indirect_influence", "indirect_dependence")
    titles = headed(("element", "influence", "dependence", *numbers[2:], "ranks", "quadrant"), language)
    cells = [
        [
            labels[row["id"]],
            *(format_number(row[name], language) for name in numbers),
            rank_words(row),
            say(f"quadrant_{row['indirect_quadrant']}", language),
        ]
        for row in shown
    ]
    table = "\n".join([grid(titles, cells, texts=(6,)), *rest(shown, leverage, language)])
    return titled("leverage_title", [table, paragraph(say("leverage_legend", language))], language)


def rank_words(row: Mapping[str, Any]) -> str:
    """Write the best and the worst rank over all numbers of steps."""
    best, worst = row["rank_best"], row["rank_worst"]
    return str(best) if best == worst else f"{best}–{worst}"
