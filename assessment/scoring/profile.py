"""From responses to every table of a campaign, not yet released."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import combinations

import numpy as np
import pandas as pd

from assessment.faults import Fault, refuse
from assessment.framework.model import Framework
from assessment.responses.columns import RESERVED, answer_columns
from assessment.responses.units import ancestors
from assessment.responses.waves import in_natural_order
from assessment.scoring.design import Design, design_of
from assessment.scoring.dimensions import (
    CROSSED,
    GROUP_COLUMNS,
    UNRELEASED,
    group_name,
    score_dimensions,
    score_groups,
)
from assessment.scoring.headcounts import ABOVE, check_headcounts
from assessment.scoring.items import score_items
from assessment.scoring.maturity import score_overall
from assessment.scoring.tally import Tally, numbered, tally
from assessment.scoring.tension import score_tension

Tables = dict[str, pd.DataFrame]
Grouping = tuple[str, ...]
Scorer = Callable[[Tally, Grouping], pd.DataFrame]
"""Scores a tally by some of its columns."""

TOTALS = ("wave", "by", "group", "total_by", "total_group")
"""One row is one group and one of the groups it is a part of; the organisation is None, None."""


def waves_of(responses: pd.DataFrame) -> list[str]:
    """Give the waves of a responses table in natural order."""
    return in_natural_order(responses["wave"].unique())


def lattice(responses: pd.DataFrame) -> list[Grouping]:
    """Give the groupings a campaign is released over: unit, role and both crossed, where the responses have them."""
    single = [(column,) for column in ("unit", "role") if (responses[column] != "").any()]
    return [*single, *([("unit", "role")] if len(single) == 2 else [])]


def score_wave(
    responses: pd.DataFrame,
    framework: Framework,
    by: Sequence[Grouping] = (),
    wave: str | None = None,
    units: pd.DataFrame | None = None,
    design: Design | None = None,
) -> Tables:
    r"""Learn all that one wave says, for the organisation and for groups.

    Parameters
    ----------
    responses
        The responses table (`load_responses`).
    framework
        The instrument.
    by
        Groupings: each a tuple of columns, crossed when there are two.
    wave
        The wave; None = the last in natural order.
    units
        The units table (`load_units`): headcounts for the intervals, parents for the roll-up.
    design
        How people came to answer; None = stratified with headcounts, simple without.

    Returns
    -------
    dict
        Unreleased tables: ``dimensions``, ``groups``, ``tension`` (organisation, then groups), ``items``, ``overall``,
        and ``totals`` (which group is a part of which).

    Raises
    ------
    Faults
        A wave or column the responses do not have, a headcount below the number of respondents.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"wave,st_04.reality,st_05.reality\n9,1,1\n10,3,5\n10,4,4")
    >>> score_wave(load_responses(file, framework), framework)["dimensions"][["wave", "mean"]].values.tolist()
    [['10', 4.0]]
    """
    wave = checked_wave(responses, wave)
    return score_tally(count_wave(responses, framework, by, wave, units, design), by, wave, units, design)


def count_wave(
    responses: pd.DataFrame,
    framework: Framework,
    by: Sequence[Grouping],
    wave: str,
    units: pd.DataFrame | None = None,
    design: Design | None = None,
) -> Tally:
    """Tally one wave, told apart by all that its scores need; parameters and faults as in `score_wave`."""
    check_columns(responses, framework, by)
    columns = [column for grouping in by for column in grouping] + ["unit"] * (units is not None)
    columns = dict.fromkeys([*columns, *design_of(units, design).columns])
    counts = tally(of_wave(responses, wave), framework, list(columns))
    if units is not None:
        check_headcounts(counts, units)
    return counts


def of_wave(responses: pd.DataFrame, wave: str) -> pd.DataFrame:
    """Give the responses of a wave, without a copy where there is no other."""
    inside = (responses["wave"] == wave).to_numpy()
    return responses if inside.all() else responses[inside]


def score_tallied(
    counts: Tally,
    by: Sequence[Grouping] = (),
    wave: str | None = None,
    units: pd.DataFrame | None = None,
    design: Design | None = None,
) -> tuple[str, list[str], Tally, Tables]:
    """Learn all that one wave of a tally says.

    Parameters
    ----------
    counts
        Told apart by ``wave``, by all columns of `by` and of the design, and by ``unit`` where `units` is given
        (`tally_file`).
    by, wave, units, design
        As in `score_wave`.

    Returns
    -------
    tuple
        The wave, all waves in natural order, the wave's own tally and its unreleased tables, as in `score_wave`.

    Raises
    ------
    Faults
        As `score_wave`.
    """
    waves = in_natural_order(counts.keys["wave"].unique())
    wave = chosen_wave(waves, wave)
    own = counts.only("wave", wave)
    for column in dict.fromkeys(name for grouping in by for name in grouping):
        if (own.keys[column] == "").all():
            allowed = [name for name in own.keys if (own.keys[name] != "").any()]
            refuse(Fault("column_unknown", {"column": column}, {"allowed": ", ".join(allowed)}))
    if units is not None:
        check_headcounts(own, units)
    return wave, waves, own, score_tally(own, by, wave, units, design)


def score_tally(
    counts: Tally,
    by: Sequence[Grouping],
    wave: str,
    units: pd.DataFrame | None = None,
    design: Design | None = None,
) -> Tables:
    """Learn all that a tally says; parameters and tables as in `score_wave`."""
    known = {"wave": wave, "units": units, "design": design}
    dimensions, tension = score_dimensions(counts, **known), partial(score_tension, **known)
    no_group = dimensions.loc[[], [*GROUP_COLUMNS, *UNRELEASED]]
    return {
        "dimensions": dimensions,
        "groups": grouped(partial(score_groups, **known), counts, by, units) if by else no_group,
        "tension": joined([tension(counts), *([grouped(tension, counts, by, units)] if by else [])]),
        "items": score_items(counts, wave),
        "overall": score_overall(counts, dimensions),
        "totals": totals_of(counts.keys, counts.framework, by, wave, units),
    }


def joined(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put tables one below the other; an empty one only lends its columns."""
    filled = [table for table in tables if not table.empty]
    return pd.concat(filled, ignore_index=True) if filled else tables[0]


def grouped(score: Scorer, counts: Tally, by: Sequence[Grouping], units: pd.DataFrame | None) -> pd.DataFrame:
    """Score every grouping, and the units and roles that are made of others."""
    tables = []
    for grouping in by:
        table = score(counts, grouping)
        if len(grouping) == 1:
            parents = parents_of(grouping[0], counts.framework, units)
            table = with_own_names(table, wholes_in(counts.keys, grouping[0], parents))
            tables += rolled_up(score, counts, grouping[0], parents)
        tables.append(table)
    return joined(tables) if tables else score(counts, ()).iloc[:0]


def rolled_up(score: Scorer, counts: Tally, column: str, parents: dict[str, str]) -> Iterator[pd.DataFrame]:
    """Score each unit or role that is made of others: the sum of its parts, over their strata.

    Those equally far below the top have nobody in common: they are scored at once.
    """
    label = ABOVE if column == "unit" else f"{ABOVE}_{column}"
    wholes = wholes_in(counts.keys, column, parents)
    level = {whole: len(ancestors(whole, parents)) for whole in wholes}
    scored = {}
    for one in set(level.values()):
        there = {whole for whole in wholes if level[whole] == one}
        inside = [whole_among(there, value, parents) for value in counts.keys[column]]
        scored[one] = score(counts.labelled(label, inside), (label,))
    for whole in wholes:
        table = scored[level[whole]]
        yield table[table["group"] == whole].assign(by=column)


def whole_among(wholes: Collection[str], one: str, parents: dict[str, str]) -> str:
    """Give which of some wholes a unit or role belongs to, or is; empty where to none."""
    return next((above for above in (one, *ancestors(one, parents)) if above in wholes), "")


def with_own_names(table: pd.DataFrame, wholes: Sequence[str]) -> pd.DataFrame:
    """Name those who belong to a whole directly apart from it, in a table of groups."""
    if not wholes:
        return table
    places, names = pd.factorize(table["group"])
    own = np.array([*(own_name(one, wholes) for one in names), None], dtype=object)
    return table.assign(group=own[places])


def own_name(group: str | None, wholes: Sequence[str]) -> str | None:
    """Name those who belong to a whole directly, apart from the whole itself: ``pole·pole``."""
    return f"{group}{CROSSED}{group}" if group in wholes else group or None


def parents_of(column: str, framework: Framework, units: pd.DataFrame | None) -> dict[str, str]:
    """Give what each value of a column is a part of: units in the units table, roles in the framework."""
    if column == "unit" and units is not None:
        return dict(zip(units["unit"], units["parent"], strict=True))
    if column == "role":
        return {role.id: role.parent or "" for role in framework.roles}
    return {}


def wholes_in(keys: pd.DataFrame, column: str, parents: dict[str, str]) -> list[str]:
    """Name the units or roles that have respondents in parts of them."""
    above = [one for value in keys[column] for one in ancestors(value, parents)]
    return in_natural_order(dict.fromkeys(above))


def totals_of(
    keys: pd.DataFrame, framework: Framework, by: Sequence[Grouping], wave: str = "", units: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say for each group which larger groups it is a part of, of people in some cells (`Tally.keys`).

    Groups that are not told are there too: those of all columns crossed, and of some of the columns of a grouping.
    Whoever knows the house knows who is in them, and their sums are equal whichever way they are made.
    """
    every = with_margins(by)
    parents = {column: parents_of(column, framework, units) for one in every for column in one}
    wholes = {column: wholes_in(keys, column, own) for column, own in parents.items()}
    rows = []
    for finer in every:
        cells = numbered(keys[list(finer)])[1]
        values = list(zip(*(cells[column].tolist() for column in finer), strict=True))
        if len(finer) == 1:
            column = finer[0]
            rows += single_totals([value[0] or None for value in values], column, parents[column], wholes[column])
        else:
            rows += crossed_totals(values, finer, larger_than(finer, every), wholes)
    return pd.DataFrame([(wave, *row) for row in rows], columns=list(TOTALS), dtype=object)  # texts would lose None


def with_margins(by: Sequence[Grouping]) -> list[Grouping]:
    """Give the groupings, all columns crossed, and what is made of some of their columns, the finest first."""
    told = list(dict.fromkeys(by))
    columns = tuple(dict.fromkeys(column for one in told for column in one))
    every = {frozenset(one): one for one in reversed(told)}
    every.setdefault(frozenset(columns), columns)
    for one in list(every.values()):
        for size in range(1, len(one)):
            for part in combinations(one, size):
                every.setdefault(frozenset(part), part)
    return sorted({*every.values(), *told} - {()}, key=lambda one: (-len(one), every[frozenset(one)] != one, one))


def larger_than(finer: Grouping, every: Sequence[Grouping]) -> list[Grouping]:
    """Give the groupings whose groups are made of the finer one's: fewer columns, or the same in another order."""
    first = next(one for one in every if set(one) == set(finer))
    return [
        *(one for one in every if set(one) < set(finer)),
        *(one for one in every if set(one) == set(finer) and one != finer and finer == first),
        (),
    ]


def crossed_totals(
    values: Sequence[Grouping], by: Grouping, larger: Sequence[Grouping], wholes: dict[str, list[str]]
) -> list[tuple]:
    """Say what each cell is a part of: the groups of some of its columns, and the organisation."""
    name, rows = CROSSED.join(by), []
    for value in values:
        own = dict(zip(by, value, strict=True))
        for one in larger:
            total = group_name([own[column] for column in one])
            if len(one) == 1:  # a unit's cell holds those who belong to it directly
                total = own_name(total, wholes[one[0]])
            rows.append((name, group_name(value), CROSSED.join(one) or None, total))
    return rows


def single_totals(groups: list, name: str, parents: dict[str, str], wholes: list[str]) -> list[tuple]:
    """Say what the groups of one column add up to: what they are a part of, or the organisation."""
    rows = [(name, own_name(one, wholes), name, one) for one in groups if one in wholes]
    for one in [*(group for group in groups if group not in wholes), *wholes]:
        parent = parents.get(one or "", "")
        rows.append((name, one, name, parent) if parent in wholes else (name, one, None, None))
    return rows


def checked_wave(responses: pd.DataFrame, wave: str | None) -> str:
    """Give the wave asked for, or the last one."""
    return chosen_wave(waves_of(responses), wave)


def chosen_wave(waves: Sequence[str], wave: str | None) -> str:
    """Give the wave asked for, or the last of all."""
    if wave is not None and wave not in waves:
        refuse(Fault("wave_unknown", values={"value": wave, "allowed": ", ".join(waves)}))
    return waves[-1] if wave is None else wave


def check_columns(responses: pd.DataFrame, framework: Framework, by: Sequence[Grouping]) -> None:
    """Refuse to group by a column that is not there, or is an answer, a question or the respondents themselves."""
    if not by:
        return
    answers = {column.name for column in answer_columns(framework)} | {one.id for one in framework.questions}
    allowed = [
        name for name in responses.columns if name not in answers and name not in ("respondent", "weight", "wave")
    ]
    for column in dict.fromkeys(name for grouping in by for name in grouping):
        given = column in allowed and not (column in RESERVED and (responses[column] == "").all())
        if not given:
            own = [name for name in allowed if name not in RESERVED or (responses[name] != "").any()]
            refuse(Fault("column_unknown", {"column": column}, {"allowed": ", ".join(own)}))
