"""Who differs from whom, by how much, and whether that is worth acting on: groups, roles, a unit against the rest.

Effect sizes come first. All comparisons, also those of waves (`changes`) and with other organisations (`benchmark`),
are rows of one table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from assessment.faults import Fault, Faults, refuse
from assessment.framework.model import Framework
from assessment.scoring.common_items import FEWEST, on_common_items
from assessment.scoring.design import Groups, groups_of
from assessment.scoring.dimensions import CROSSED, group_name
from assessment.scoring.headcounts import ABOVE, check_headcounts
from assessment.scoring.profile import check_columns, checked_wave
from assessment.scoring.respondents import fielded_pairs
from assessment.scoring.sums import Sums
from assessment.scoring.tally import TENSION, Tally, numbered, tally
from assessment.statistics import (
    Difference,
    Effect,
    difference_between,
    hedges_g,
    holm,
    reading_of,
    several_groups,
)

COMPARISON_COLUMNS = (
    "comparison",
    "wave",
    "other_wave",
    "by",
    "group",
    "other_group",
    "dimension",
    "perspective",
    "n",
    "other_n",
    "items",
    "difference",
    "ci_low",
    "ci_high",
    "hedges_g",
    "g_low",
    "g_high",
    "p",
    "p_holm",
    "smallest",
    "reading",
    "suppressed",
    "reason",
)
"""Columns of every comparison."""

SEVERAL_COLUMNS = (
    "wave",
    "by",
    "dimension",
    "perspective",
    "n",
    "groups",
    "omega_squared",
    "eta_squared",
    "f",
    "df1",
    "df2",
    "p",
    "suppressed",
    "reason",
)
"""Columns of the table of several groups at once."""

TEXTS = (
    "other_wave",
    "by",
    "group",
    "other_group",
    "reading",
    "reason",
    "quarter",
    "maturity_level",
    "method",
)
"""Columns that are None where there is nothing to say."""

FAMILY = ["comparison", "wave", "other_wave", "by", "dimension", "perspective"]
"""Comparisons whose p values are held against each other: of one dimension under one perspective in one grouping."""

OF_WORDS = ("role", "form")
"""Columns whose groups are not put the same items."""

UNITS = ("points", "sd")


@dataclass(frozen=True)
class Smallest:
    """The smallest difference worth acting on.

    Parameters
    ----------
    value
        Above 0. The 5 points of the default are a convention of the kit: one answer in five a step higher.
    unit
        ``points`` of 0–100, or ``sd``: standard deviations between respondents (pooled over the two groups).

    Examples
    --------
    >>> Smallest(0.2, "sd").points(np.array([20.0, 25.0])).tolist()
    [4.0, 5.0]
    """

    value: float = 5.0
    unit: str = "points"

    def __post_init__(self):
        if self.unit not in UNITS or not self.value > 0:
            raise Faults([Fault("smallest_unknown", values={"value": f"{self.value} {self.unit}"})])

    def points(self, sd: np.ndarray) -> np.ndarray:
        """Give it on 0–100, from the standard deviation between respondents."""
        return self.value * sd if self.unit == "sd" else np.full_like(sd, self.value)


@dataclass(frozen=True)
class Sides:
    """Groups as they are compared, one entry each; means and their errors on 0–100.

    Parameters
    ----------
    n, asked
        Respondents with a score, respondents asked.
    mean, se, df
        Of the design; `se` is 0 where everyone answered.
    variance
        Between respondents.
    everyone
        Whether everyone answered.
    """

    n: np.ndarray
    asked: np.ndarray
    mean: np.ndarray
    se: np.ndarray
    df: np.ndarray
    variance: np.ndarray
    everyone: np.ndarray

    def take(self, places: Sequence[int]) -> "Sides":
        """Give some of the groups, in this order."""
        return Sides(*(getattr(self, name)[places] for name in self.__dataclass_fields__))


def sides_of(groups: Groups, pair: tuple[str, str]) -> Sides:
    """Give the groups of a dimension under a perspective as they are compared."""
    sums, interval = groups.cells.sums[pair], groups.interval(pair)
    unit = 100 / answer_range(sums, pair[1])
    low = 0 if pair[1] == TENSION else sums.shift
    everyone = (interval.df > 0) & np.isnan(interval.se)
    return Sides(
        sums.n,
        sums.asked,
        unit * (interval.mean - low),
        np.where(everyone, 0, unit * interval.se),
        interval.df,
        unit**2 * sums.mean_and_variance()[1],
        everyone,
    )


def answer_range(sums: Sums, perspective: str) -> int:
    """Give high − low of the answers; a gap counts on the range of one answer."""
    return (sums.span - 1) // 2 if perspective == TENSION else sums.span - 1


def compare_groups(
    responses: pd.DataFrame,
    framework: Framework,
    by: Sequence[str],
    wave: str | None = None,
    units: pd.DataFrame | None = None,
    smallest: Smallest | None = None,
) -> pd.DataFrame:
    r"""Learn how far apart every two groups are, and what that lets one say.

    Parameters
    ----------
    responses
        The responses table (`load_responses`).
    framework
        The instrument.
    by
        Columns that make the groups, crossed when there are several. Between roles and forms only common items count.
    wave
        The wave; None = the last in natural order.
    units
        The units table, for headcounts: everyone was invited, and errors are corrected for who answered.
    smallest
        The smallest difference worth acting on; None = 5 points.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is two groups, one dimension and one perspective (``tension`` too): `COMPARISON_COLUMNS`
        with ``comparison`` "groups". ``difference`` (group − other_group) and its 95 % interval in points of 0–100;
        ``hedges_g`` in standard deviations between respondents; ``p`` of Welch's test, ``p_holm`` over all pairs of the
        grouping; ``reading`` "larger", "smaller", "equivalent" or "unclear" (`reading_of`, by ``p_holm``).

    Raises
    ------
    Faults
        A wave or column the responses do not have, a headcount below the number of respondents.

    Notes
    -----
    **Missing answers**: respondents without a score are in no group. People of no group are compared with nobody. With
    fewer than two common items the row is empty, with its reason.

    Each dimension is a question of its own: p values are not held against each other across dimensions. Headcounts and
    weights act on the difference and its interval; ``hedges_g`` takes respondents for a simple sample.

    References
    ----------
    Welch 1947; Hedges 1981; Holm 1979; Lakens 2017 (equivalence).

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> rows = [f"{unit},{2 + n % 2},{shift + n % 3}" for unit, shift in (("A", 1), ("B", 3)) for n in range(12)]
    >>> file = io.BytesIO("\n".join(["unit,st_04.reality,st_05.reality", *rows]).encode())
    >>> table = compare_groups(load_responses(file, framework), framework, ["unit"])
    >>> table[["group", "other_group", "difference", "reading"]].values.tolist()
    [['A', 'B', -25.0, 'smaller']]
    """
    responses, wave = of_wave(responses, framework, [by], wave)
    smallest = smallest or Smallest()
    if set(by) & set(OF_WORDS):
        asked = fielded_pairs(responses, framework)
        parts = common_pairs(responses, framework, by, tally_of(units, by))
        tables = [pairs_of(part, by, units, smallest, asked) for part in parts]
    else:
        tables = [pairs_of(tally(responses, framework, tally_of(units, by)), by, units, smallest)]
    return keyed(tables, framework, comparison="groups", wave=wave, by=CROSSED.join(by))


def compare_roles(
    responses: pd.DataFrame,
    framework: Framework,
    wave: str | None = None,
    units: pd.DataFrame | None = None,
    smallest: Smallest | None = None,
) -> pd.DataFrame:
    r"""Learn how differently roles see the organisation: elected members, agents, citizens.

    Parameters
    ----------
    responses, framework, wave, units, smallest
        As in `compare_groups`; ``headcount.<role>`` is that of a role with all its parts.

    Returns
    -------
    pandas.DataFrame
        Unreleased. As `compare_groups`, ``comparison`` "roles": roles that are parts of another count with it.

    Notes
    -----
    **Missing answers**: respondents without a score are in no role. Only items put to both roles with the same referent
    and in the same words count; ``items`` says how many, and with fewer than two the row is empty.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> rows = [f"{role},1,{2 + n % 2},{5 - n % 3}" for role in ("elected", "agent") for n in range(9)]
    >>> file = io.BytesIO("\n".join(["role,st_01.reality,st_04.reality,st_05.reality", *rows]).encode())
    >>> table = compare_roles(load_responses(file, framework), framework)  # st_01 has other words for elected members
    >>> table[["group", "other_group", "items", "difference"]].values.tolist()
    [['agent', 'elected', 2, 0.0]]
    """
    responses, wave = of_wave(responses, framework, [("role",)], wave)
    smallest = smallest or Smallest()
    roots = {role: [role, *framework.lineage(role)][-1] for role in responses["role"].unique()}
    whole = responses.assign(**{ABOVE: responses["role"].map(roots)})
    tables, asked = [], fielded_pairs(responses, framework)
    for part in common_pairs(whole, framework, [ABOVE], tally_of(units, ("role",))):
        counts = part.labelled("role", [roots[role] for role in part.keys["role"]])
        tables.append(pairs_of(counts, ["role"], units, smallest, asked))
    return keyed(tables, framework, comparison="roles", wave=wave, by="role")


def compare_with_rest(
    responses: pd.DataFrame,
    framework: Framework,
    by: Sequence[str] = ("unit",),
    wave: str | None = None,
    units: pd.DataFrame | None = None,
    smallest: Smallest | None = None,
) -> pd.DataFrame:
    r"""Learn how each unit (or other group) differs from all the others together.

    Parameters
    ----------
    responses, framework, wave, units, smallest
        As in `compare_groups`.
    by
        Columns that make the groups; not role or form, whose groups are not put the same items.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one group, one dimension and one perspective: `COMPARISON_COLUMNS` with ``comparison``
        "rest", ``other_group`` None and ``other_n`` the respondents of the other groups.

    Raises
    ------
    Faults
        As `compare_groups`; groups by role or form.

    Notes
    -----
    **Missing answers**: respondents without a score, and people of no group (elected members and citizens have no
    unit), are on neither side.

    Against the rest, not against the whole: a unit is a part of the organisation, and would be compared with itself.
    The difference to the whole is (1 − n/N) times the one told here, and its test is the same test.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"unit,st_04.reality,st_05.reality\nA,1,1\nA,2,2\nB,3,3\nB,4,4\nC,5,5\nC,4,4\n,1,1")
    >>> table = compare_with_rest(load_responses(file, framework), framework)
    >>> table[["group", "n", "other_n", "difference"]].values.tolist()
    [['A', 2, 4, -62.5], ['B', 2, 4, 12.5], ['C', 2, 4, 50.0]]
    """
    refuse(*(Fault("rest_of_other_items", {"column": one}) for one in by if one in OF_WORDS))
    responses, wave = of_wave(responses, framework, [by], wave)
    smallest = smallest or Smallest()
    inside = responses[(responses[list(by)] != "").any(axis=1)]
    counts = tally(inside, framework, tally_of(units, by))
    if units is not None:
        check_headcounts(counts, units)
    tables = [rest_of(counts, by, group, units, smallest) for group in group_values(counts, by)]
    return keyed(tables, framework, comparison="rest", wave=wave, by=CROSSED.join(by))


def compare_several(
    responses: pd.DataFrame, framework: Framework, by: Sequence[str], wave: str | None = None
) -> pd.DataFrame:
    r"""Learn whether the groups of a grouping differ at all, and how much of the differences between people they hold.

    Parameters
    ----------
    responses, framework, wave
        As in `compare_groups`.
    by
        Columns that make the groups; not role or form, whose groups are not put the same items.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one dimension under one perspective: `SEVERAL_COLUMNS`. ``omega_squared`` and
        ``eta_squared`` (0–1) are the share of the variance that lies between groups, estimated beyond these respondents
        and in them; ``f``, ``df1``, ``df2``, ``p`` are Welch's test. ``n`` and ``groups`` count groups of two and more.

    Raises
    ------
    Faults
        As `compare_groups`; groups by role or form.

    Notes
    -----
    **Missing answers**: respondents without a score are in no group, nor are people of no group.

    References
    ----------
    Welch 1951, Biometrika 38, 330-336; Hays 1963.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"unit,st_04.reality,st_05.reality\nA,1,1\nA,2,2\nB,3,3\nB,4,4\nC,5,5\nC,4,4\n,1,1")
    >>> compare_several(load_responses(file, framework), framework, ["unit"])[["n", "groups"]].values.tolist()
    [[6, 3]]
    """
    refuse(*(Fault("rest_of_other_items", {"column": one}) for one in by if one in OF_WORDS))
    responses, wave = of_wave(responses, framework, [by], wave)
    groups = groups_of(tally(responses[(responses[list(by)] != "").any(axis=1)], framework, by), by)
    rows = [several_row(sides_of(groups, pair), pair) for pair in groups.cells.sums]
    table = pd.DataFrame(rows, columns=list(SEVERAL_COLUMNS))
    return with_none(table.assign(wave=wave, by=CROSSED.join(by), suppressed=False))


def several_row(sides: Sides, pair: tuple[str, str]) -> dict:
    """Give one dimension's row."""
    found = several_groups(sides.n, sides.mean, sides.variance)
    used = sides.n > 1
    row = {name: float(getattr(found, name)) for name in ("omega_squared", "eta_squared", "f", "df1", "df2", "p")}
    reason = "too_few_groups" if used.sum() < 2 else "no_variance" if np.isnan(found.f) else None
    keys = {"dimension": pair[0], "perspective": pair[1], "n": int(sides.n[used].sum()), "groups": int(used.sum())}
    return keys | row | {"reason": reason}


def of_wave(
    responses: pd.DataFrame, framework: Framework, by: Sequence[Sequence[str]], wave: str | None
) -> tuple[pd.DataFrame, str]:
    """Give the responses of one wave, checked to have the columns."""
    check_columns(responses, framework, by)
    wave = checked_wave(responses, wave)
    return responses[responses["wave"] == wave], wave


def tally_of(units: pd.DataFrame | None, by: Sequence[str]) -> list[str]:
    """Name the columns a tally is told apart by: strata are units."""
    return list(dict.fromkeys([*by, *(() if units is None else ("unit",))]))


def common_pairs(
    responses: pd.DataFrame, framework: Framework, by: Sequence[str], columns: Sequence[str]
) -> Iterable[Tally]:
    """Tally every two groups on the items they have in common."""
    place, keys = numbered(responses[list(by)])
    known = np.flatnonzero((keys != "").any(axis=1))
    one_wording = any(column != "form" for column in by)
    for first, second in combinations(known, 2):
        sides = on_common_items(*(responses[place == one] for one in (first, second)), framework, one_wording)
        yield tally(pd.concat(sides), framework, columns)


def group_values(counts: Tally, by: Sequence[str]) -> list[tuple[str, ...]]:
    """Give the groups that have a name."""
    keys = numbered(counts.keys[list(by)])[1]
    return [tuple(row) for row in keys.to_numpy() if any(row)]


def pairs_of(
    counts: Tally,
    by: Sequence[str],
    units: pd.DataFrame | None,
    smallest: Smallest,
    asked: Sequence[tuple[str, str]] = (),
) -> pd.DataFrame:
    """Compare every two groups of a tally; where items must be common, also on what was `asked` and is not common."""
    if units is not None:
        check_headcounts(counts, units)
    groups = groups_of(counts, by, units)
    values = groups.cells.keys[list(by)].to_numpy()
    known = [number for number, value in enumerate(values) if any(value)]
    first, second = np.array(list(combinations(known, 2)), dtype=int).reshape(-1, 2).T
    names = [group_name(list(value)) for value in values]
    keys = {"group": [names[one] for one in first], "other_group": [names[one] for one in second]}
    rows = [
        keys | compared(sides.take(first), sides.take(second), items, smallest, bool(asked)) | named
        for named, items, sides in dimensions_of(groups)
    ]
    rows += [
        keys | empty(len(first), 0, "too_few_common_items") | {"dimension": pair[0], "perspective": pair[1]}
        for pair in asked
        if pair not in counts.sums
    ]
    return stacked(rows, len(first))


def stacked(parts: Sequence[dict], rows: int) -> pd.DataFrame:
    """Put parts of as many rows each into one table at once: a table for each would take longer than the numbers."""
    names = dict.fromkeys(name for part in parts for name in part)
    return pd.DataFrame({name: np.concatenate([column(part[name], rows) for part in parts]) for name in names})


def column(values: object, rows: int) -> np.ndarray:
    """Give one value, or one for each row, as a column; texts and None as objects."""
    words = values is None or isinstance(values, list | str)
    return np.broadcast_to(np.array(values, dtype=object) if words else np.asarray(values), rows)


def rest_of(
    counts: Tally, by: Sequence[str], group: tuple[str, ...], units: pd.DataFrame | None, smallest: Smallest
) -> pd.DataFrame:
    """Compare a group with all the others."""
    inside = (counts.keys[list(by)].to_numpy() == np.array(group, dtype=object)).all(axis=1)
    groups = groups_of(counts.labelled(ABOVE, np.where(inside, "1", "2")), [ABOVE], units)
    keys = {"group": group_name(list(group)), "other_group": None}
    alone = len(groups.cells.keys) == 1
    rows = []
    for named, items, sides in dimensions_of(groups):
        rest = nobody() if alone else sides.take([1])
        rows.append(keys | compared(sides.take([0]), rest, items, smallest) | named)
    return stacked(rows, 1)


def nobody() -> Sides:
    """Give the side where nobody stands."""
    none, undefined = np.zeros(1, dtype=int), np.full(1, np.nan)
    return Sides(none, none, undefined, undefined, none, undefined, none.astype(bool))


def dimensions_of(groups: Groups) -> Iterable[tuple[dict, int, Sides]]:
    """Give each dimension under each perspective, its number of items, and the groups as they are compared."""
    for pair, sums in groups.cells.sums.items():
        yield {"dimension": pair[0], "perspective": pair[1]}, len(sums.items), sides_of(groups, pair)


def compared(first: Sides, second: Sides, items: int, smallest: Smallest, common: bool = False) -> dict:
    """Compare independent groups, one pair in each place.

    Parameters
    ----------
    first, second
        The two sides.
    items
        Number of items compared.
    smallest
        The smallest difference worth acting on.
    common
        Whether two items are needed, for only those both sides have in common are compared.
    """
    if common and items < FEWEST:
        return empty(len(first.n), items, "too_few_common_items")
    found = difference_between(first.mean, first.se, first.df, second.mean, second.se, second.df)
    effect = hedges_g(found.difference, first.n, first.variance, second.n, second.variance)
    with np.errstate(invalid="ignore", divide="ignore"):
        squares = sum(np.where(one.n > 1, (one.n - 1) * one.variance, 0) for one in (first, second))
        sd = np.sqrt(squares / (first.n + second.n - 2))
    reason = first_of(why_not(first), why_not(second), certain(found, first.everyone & second.everyone))
    return told(found, effect, smallest.points(sd), reason, first.n, second.n, items)


def why_not(side: Sides) -> np.ndarray:
    """Say of each group why it cannot be compared; None where it can."""
    return np.select(
        [side.asked == 0, side.n == 0, ~(side.df > 0)], ["not_asked", "nobody_scored", "one_respondent"], None
    ).astype(object)


def certain(found: Difference, everyone: np.ndarray) -> np.ndarray:
    """Say where a standard error of 0 comes from: everyone answered, or all answers are alike."""
    without = found.se == 0
    return np.select([without & everyone, without], ["everyone_answered", "no_variance"], None).astype(object)


def first_of(*reasons: np.ndarray) -> np.ndarray:
    """Give the first reason there is, in each place."""
    result = reasons[0].copy()
    for more in reasons[1:]:
        result = np.where([one is None for one in result], more, result)
    return result


def told(
    found: Difference,
    effect: Effect,
    smallest: np.ndarray,
    reason: np.ndarray,
    n: np.ndarray,
    other_n: np.ndarray,
    items: int,
) -> dict:
    """Put the numbers of comparisons into columns; a difference that is certain has no interval and no p."""
    sure = found.se == 0
    ends = {"ci_low": found.low, "ci_high": found.high, "p": found.p}
    reading = reading_of(found, np.nan_to_num(smallest))
    return {
        "n": n,
        "other_n": other_n,
        "items": items,
        "difference": found.difference,
        **{name: np.where(sure, np.nan, value) for name, value in ends.items()},
        "hedges_g": effect.g,
        "g_low": effect.low,
        "g_high": effect.high,
        "smallest": smallest,
        "reading": np.where(reason == "no_variance", None, reading),
        "reason": reason,
    }


def empty(rows: int, items: int, reason: str) -> dict:
    """Give rows that say only why there is no comparison."""
    numbers = ("difference", "ci_low", "ci_high", "p", "hedges_g", "g_low", "g_high", "smallest")
    undefined = {name: np.full(rows, np.nan) for name in numbers}
    return {"n": 0, "other_n": 0, "items": items, **undefined, "reading": None, "reason": [reason] * rows}


def keyed(tables: Sequence[pd.DataFrame], framework: Framework, **keys: str | None) -> pd.DataFrame:
    """Put comparisons together under their keys, in the framework's order, and hold their p values together."""
    tables = [table for table in tables if not table.empty]
    if not tables:
        return with_none(pd.DataFrame(columns=list(COMPARISON_COLUMNS)))
    table = pd.concat(tables, ignore_index=True).assign(**{"other_wave": None, "suppressed": False} | keys)
    order = {one.id: number for number, one in enumerate(framework.dimensions)}
    perspectives = {"reality": 0, "vision": 1, TENSION: 2}
    place = 3 * table["dimension"].map(order) + table["perspective"].map(perspectives)
    table = table.iloc[np.argsort(place.to_numpy(), kind="stable")].reset_index(drop=True)
    table["p_holm"] = table.groupby(FAMILY, dropna=False)["p"].transform(lambda p: holm(p.to_numpy()))
    return with_none(read_together(table)[list(COMPARISON_COLUMNS)])


def with_none(table: pd.DataFrame) -> pd.DataFrame:
    """Let None stand in every text column where there is nothing to say: a column of texts would write NaN."""
    texts = [name for name in TEXTS if name in table]
    return table.assign(**{name: table[name].astype(object).where(table[name].notna(), None) for name in texts})


def read_together(table: pd.DataFrame) -> pd.DataFrame:
    """Read differences by the p that counts all of the family."""
    unsure = table["reading"].isin(["larger", "smaller"]) & (table["p_holm"] >= 0.05)
    return table.assign(reading=table["reading"].where(~unsure, "unclear").astype(object))
