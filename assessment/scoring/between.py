"""Who differs from whom in one wave: groups, roles, a unit against the rest."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from assessment.faults import Fault, refuse
from assessment.framework.model import Framework
from assessment.scoring.common_items import common_columns, met, only_answers
from assessment.scoring.comparisons import compared, empty, keyed, stacked
from assessment.scoring.design import groups_of
from assessment.scoring.dimensions import CROSSED, group_name
from assessment.scoring.headcounts import ABOVE, check_headcounts
from assessment.scoring.profile import check_columns, checked_wave, of_wave
from assessment.scoring.respondents import fielded_pairs
from assessment.scoring.sides import dimensions_of, nobody
from assessment.scoring.smallest import Smallest
from assessment.scoring.tally import Tally, merged, numbered, tally

OF_WORDS = ("role", "form")
"""Columns whose groups are not put the same items."""

Pairing = tuple[tuple[str, ...], tuple[str, ...]]
"""Two groups, by their values."""


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
    responses, wave = checked(responses, framework, [by], wave)
    smallest = smallest or Smallest()
    if set(by) & set(OF_WORDS):
        asked = fielded_pairs(responses, framework)
        parts = common_pairs(responses, framework, by, tally_of(units, by))
        tables = [pairs_of(counts, by, pairs, units, smallest, asked) for counts, pairs in parts]
    else:
        counts = tally(responses, framework, tally_of(units, by))
        tables = [pairs_of(counts, by, every_pair(counts, by), units, smallest)]
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
    responses, wave = checked(responses, framework, [("role",)], wave)
    smallest = smallest or Smallest()
    roots = {role: [role, *framework.lineage(role)][-1] for role in responses["role"].unique()}
    whole = responses.assign(**{ABOVE: responses["role"].map(roots)})
    tables, asked = [], fielded_pairs(responses, framework)
    for part, pairs in common_pairs(whole, framework, [ABOVE], tally_of(units, ("role",))):
        counts = part.labelled("role", [roots[role] for role in part.keys["role"]])
        tables.append(pairs_of(counts, ["role"], pairs, units, smallest, asked))
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
    refuse_other_words(by)
    responses, wave = checked(responses, framework, [by], wave)
    smallest = smallest or Smallest()
    inside = responses[(responses[list(by)] != "").any(axis=1)]
    counts = tally(inside, framework, tally_of(units, by))
    if units is not None:
        check_headcounts(counts, units)
    return keyed([rests_of(counts, by, units, smallest)], framework, comparison="rest", wave=wave, by=CROSSED.join(by))


def refuse_other_words(by: Sequence[str]) -> None:
    """Refuse columns whose groups are not put the same items."""
    refuse(*(Fault("rest_of_other_items", {"column": one}) for one in by if one in OF_WORDS))


def checked(
    responses: pd.DataFrame, framework: Framework, by: Sequence[Sequence[str]], wave: str | None
) -> tuple[pd.DataFrame, str]:
    """Give the responses of one wave, checked to have the columns."""
    check_columns(responses, framework, by)
    wave = checked_wave(responses, wave)
    return of_wave(responses, wave), wave


def tally_of(units: pd.DataFrame | None, by: Sequence[str]) -> list[str]:
    """Name the columns a tally is told apart by: strata are units."""
    return list(dict.fromkeys([*by, *(() if units is None else ("unit",))]))


def common_pairs(
    responses: pd.DataFrame, framework: Framework, by: Sequence[str], columns: Sequence[str]
) -> Iterator[tuple[Tally, list[Pairing]]]:
    """Tally groups on the items that two have in common, with all pairs that have just these in common."""
    place, keys = numbered(responses[list(by)])
    known = [number for number, value in enumerate(keys.to_numpy()) if any(value)]
    side = {one: met(responses[place == one], framework) for one in known}
    one_wording, alike = any(column != "form" for column in by), defaultdict(list)
    for pair in combinations(known, 2):
        alike[common_columns(*(side[one] for one in pair), framework, one_wording)].append(pair)
    values = [tuple(value) for value in keys.to_numpy()]
    for kept, pairs in alike.items():
        inside = responses[np.isin(place, list({one for pair in pairs for one in pair}))]
        counts = tally(only_answers(inside, framework, kept), framework, columns)
        yield counts, [(values[first], values[second]) for first, second in pairs]


def group_values(counts: Tally, by: Sequence[str]) -> list[tuple[str, ...]]:
    """Give the groups that have a name."""
    keys = numbered(counts.keys[list(by)])[1]
    return [tuple(row) for row in keys.to_numpy() if any(row)]


def every_pair(counts: Tally, by: Sequence[str]) -> list[Pairing]:
    """Give every two groups that have a name."""
    return list(combinations(group_values(counts, by), 2))


def pairs_of(
    counts: Tally,
    by: Sequence[str],
    pairs: Sequence[Pairing],
    units: pd.DataFrame | None,
    smallest: Smallest,
    asked: Sequence[tuple[str, str]] = (),
) -> pd.DataFrame:
    """Compare pairs of groups of a tally; where items must be common, also on what was `asked` and is not common."""
    if units is not None:
        check_headcounts(counts, units)
    groups = groups_of(counts, by, units)
    place = {tuple(value): number for number, value in enumerate(groups.cells.keys[list(by)].to_numpy())}
    first, second = np.array([[place[one] for one in pair] for pair in pairs], dtype=int).reshape(-1, 2).T
    keys = {name: [group_name(pair[side]) for pair in pairs] for side, name in enumerate(("group", "other_group"))}
    rows = [
        keys | compared(sides.take(first), sides.take(second), items, smallest, bool(asked)) | named
        for named, items, sides in dimensions_of(groups)
    ]
    rows += [
        keys | empty(len(pairs), 0, "too_few_common_items") | {"dimension": pair[0], "perspective": pair[1]}
        for pair in asked
        if pair not in counts.sums
    ]
    return stacked(rows, len(pairs))


def rests_of(counts: Tally, by: Sequence[str], units: pd.DataFrame | None, smallest: Smallest) -> pd.DataFrame:
    """Compare each group with all the others."""
    values = group_values(counts, by)
    if not values:
        return pd.DataFrame()
    groups = groups_of(merged(apart(counts, by, value) for value in values), [ABOVE], units)
    place = {label: number for number, label in enumerate(groups.cells.keys[ABOVE])}
    names = [group_name(value) for value in values]
    keys = {"group": names, "other_group": None}
    own, others = ([place.get(f"{sign}{one}") for one in names] for sign in "+-")
    rows = []
    for named, items, sides in dimensions_of(groups):
        rest = nobody() if len(values) == 1 else sides.take(others)
        rows.append(keys | compared(sides.take(own), rest, items, smallest) | named)
    return stacked(rows, len(values))


def apart(counts: Tally, by: Sequence[str], value: tuple[str, ...]) -> Tally:
    """Tell a group apart from all the others."""
    inside = (counts.keys[list(by)].to_numpy() == np.array(value, dtype=object)).all(axis=1)
    name = group_name(value)
    return counts.labelled(ABOVE, np.where(inside, f"+{name}", f"-{name}"))
