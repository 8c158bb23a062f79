"""What changed between two waves: for everyone, for those who answered both times, and how many of them for sure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from assessment.faults import Fault, refuse
from assessment.framework.model import Framework
from assessment.scoring.between import tally_of
from assessment.scoring.blanks import first_of, with_none
from assessment.scoring.common_items import FEWEST, on_common_items
from assessment.scoring.comparisons import certain, compared, empty, keyed, told
from assessment.scoring.design import groups_of
from assessment.scoring.dimensions import CROSSED, group_name
from assessment.scoring.headcounts import check_headcounts
from assessment.scoring.profile import check_columns, checked_wave, waves_of
from assessment.scoring.respondents import fielded_pairs, respondent_scores
from assessment.scoring.sides import dimensions_of
from assessment.scoring.smallest import Smallest
from assessment.scoring.tally import Tally, numbered, tally
from assessment.statistics import covariance_from_sums, cronbach_alpha, difference_within, hedges_g_within

Scores = dict[tuple[str, str], np.ndarray]

CHANGE_COLUMNS = (
    "wave",
    "other_wave",
    "by",
    "group",
    "dimension",
    "perspective",
    "n",
    "items",
    "reliability",
    "threshold",
    "improved",
    "unchanged",
    "worse",
    "share_improved",
    "share_unchanged",
    "share_worse",
    "suppressed",
    "reason",
)
"""Columns of the table of reliable change."""

SURELY = 1.959963984540054
"""Standard errors beyond which a change is not taken for chance: 95 % of the normal distribution."""


@dataclass(frozen=True)
class TwoWaves:
    """The responses of two waves, on the items they have in common.

    Parameters
    ----------
    framework
        The instrument.
    wave, other_wave
        Names, the later first.
    now, before
        Their responses, without the answer columns that are not common.
    asked
        What was fielded in either.
    """

    framework: Framework
    wave: str
    other_wave: str
    now: pd.DataFrame
    before: pd.DataFrame
    asked: Iterable[tuple[str, str]]

    @cached_property
    def common(self) -> dict[tuple[str, str], int]:
        """Give the number of items of each dimension and perspective that were fielded in both."""
        return {pair: len(items) for pair, items in fielded_pairs(self.now, self.framework).items()}

    @cached_property
    def linked(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Give the responses of those who answered both times, in the same order."""
        ways = [one[one["respondent"] != ""].set_index("respondent") for one in (self.now, self.before)]
        both = ways[0].index.intersection(ways[1].index)
        return ways[0].loc[both], ways[1].loc[both]

    @cached_property
    def scores(self) -> tuple[Scores, Scores]:
        """Give the scores of those who answered both times, on the items they were asked both times."""
        now, before = self.linked
        tables = respondent_scores(now, self.framework, before), respondent_scores(before, self.framework, now)
        return tuple({pair: table[pair].to_numpy() for pair in table} for table in tables)

    def members(self, by: Sequence[str]) -> list[tuple[str | None, np.ndarray]]:
        """Give the groups of those who answered both times and were in the same group; all together without `by`."""
        now, before = (one[list(by)].to_numpy(dtype=object) for one in self.linked)
        if not by:
            return [(None, np.ones(len(now), dtype=bool))]
        stayed = (now == before).all(axis=1) & (now != "").any(axis=1)
        place, keys = numbered(self.linked[0][list(by)])
        groups = ((group_name(list(row)), stayed & (place == number)) for number, row in enumerate(keys.to_numpy()))
        return [(name, inside) for name, inside in groups if inside.any()]


def two_waves(
    responses: pd.DataFrame,
    framework: Framework,
    wave: str | None,
    other_wave: str | None,
    by: Sequence[str],
) -> TwoWaves:
    """Give two waves on their common items; by default the last and the one before it."""
    check_columns(responses, framework, [by])
    waves = waves_of(responses)
    if len(waves) < 2:
        refuse(Fault("waves_too_few", values={"value": ", ".join(waves)}))
    wave = checked_wave(responses, wave)
    others = [one for one in waves if one != wave]
    earlier = others[: waves.index(wave)] or others
    other_wave = earlier[-1] if other_wave is None else checked_wave(responses, other_wave)
    sides = [responses[responses["wave"] == one] for one in (wave, other_wave)]
    asked = fielded_pairs(responses, framework)
    return TwoWaves(framework, wave, other_wave, *on_common_items(*sides, framework), asked)


def compare_waves(
    responses: pd.DataFrame,
    framework: Framework,
    by: Sequence[str] = (),
    wave: str | None = None,
    other_wave: str | None = None,
    units: pd.DataFrame | None = None,
    smallest: Smallest | None = None,
) -> pd.DataFrame:
    r"""Learn what changed from one wave to another.

    Parameters
    ----------
    responses
        The responses table (`load_responses`), with both waves.
    framework
        The instrument.
    by
        Columns that make the groups, crossed when there are several; none = the organisation.
    wave, other_wave
        The later and the earlier wave; None = the last, and the one before it.
    units
        The units table, for headcounts, taken for both waves alike.
    smallest
        The smallest difference worth acting on; None = 5 points.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one group, one dimension and one perspective: `COMPARISON_COLUMNS`, ``group`` and
        ``other_group`` alike. ``comparison`` is "waves": all respondents of one wave against all of the other, taken
        for independent; and where anybody answered both times under the same code a second row, "linked": these
        people's own changes (the paired test), ``n`` and ``other_n`` their number.

    Raises
    ------
    Faults
        Fewer than two waves, a wave or column the responses do not have, a headcount below the number of respondents.

    Notes
    -----
    **Missing answers**: an item counts where it was fielded in both waves, for linked people where it was put to them
    both times; with fewer than two items the row is empty. Who changed group is in no group's linked row.

    Where people are linked, read their row for the change: it is the surer of the two, of those who stayed. The other
    says how the organisation changed, with newcomers and leavers; it is a little too wide where many are the same
    people. Weights and headcounts act on "waves" rows only. ``hedges_g`` of both is in standard deviations between
    respondents.

    References
    ----------
    Welch 1947; Student 1908; Algina & Keselman 2003.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> rows = b"a,1,1,2\nb,1,2,2\nc,1,2,3\na,2,2,2\nb,2,2,3\nd,2,5,5"
    >>> file = io.BytesIO(b"respondent,wave,st_04.reality,st_05.reality\n" + rows)
    >>> table = compare_waves(load_responses(file, framework), framework)
    >>> table[["comparison", "n", "other_n", "difference"]].round(1).values.tolist()
    [['waves', 3, 3, 29.2], ['linked', 2, 2, 12.5]]
    """
    smallest, waves = smallest or Smallest(), two_waves(responses, framework, wave, other_wave, by)
    tables = [all_respondents(waves, by, units, smallest).assign(comparison="waves")]
    tables += [linked_respondents(waves, by, smallest).assign(comparison="linked")] if len(waves.linked[0]) else []
    keys = {"wave": waves.wave, "other_wave": waves.other_wave, "by": CROSSED.join(by) or None}
    return keyed(tables, framework, **keys)


def all_respondents(waves: TwoWaves, by: Sequence[str], units: pd.DataFrame | None, smallest: Smallest) -> pd.DataFrame:
    """Compare each group's respondents of one wave with those of the other."""
    counts = [tally(one, waves.framework, tally_of(units, by)) for one in (waves.now, waves.before)]
    if units is not None:
        for one in counts:
            check_headcounts(one, units)
    names, places = same_groups(counts, by)
    keys = {"group": names, "other_group": names}
    sides = zip(*(dimensions_of(groups_of(one, by, units)) for one in counts), strict=True)
    rows = [
        keys | compared(now.take(places[0]), before.take(places[1]), items, smallest, common=True) | named
        for (named, items, now), (_, _, before) in sides
    ]
    return pd.concat([pd.DataFrame(row) for row in [*rows, *wanting(waves, keys, counts[0].sums)]])


def same_groups(counts: Sequence[Tally], by: Sequence[str]) -> tuple[list[str | None], np.ndarray]:
    """Name the groups there are in both waves, and give their places in each."""
    cells = [one.by(*by).keys[list(by)].to_numpy() for one in counts]
    if not by:
        return [None], np.zeros((2, 1), dtype=int)
    places = [{tuple(row): number for number, row in enumerate(one)} for one in cells]
    both = [row for row in places[0] if row in places[1] and any(row)]
    return [group_name(list(row)) for row in both], np.array([[one[row] for row in both] for one in places], dtype=int)


def wanting(waves: TwoWaves, keys: dict, compared: Mapping[tuple[str, str], object]) -> list[dict]:
    """Give the rows of what was fielded in one wave only."""
    return [
        keys | empty(len(keys["group"]), 0, "too_few_common_items") | {"dimension": pair[0], "perspective": pair[1]}
        for pair in waves.asked
        if pair not in compared
    ]


def linked_respondents(waves: TwoWaves, by: Sequence[str], smallest: Smallest) -> pd.DataFrame:
    """Compare those who answered both times with themselves."""
    members = waves.members(by)
    names = [name for name, _ in members]
    keys = {"group": names, "other_group": names}
    now, before = waves.scores
    rows = [
        keys
        | own_changes(
            [(now[pair][inside], before[pair][inside]) for _, inside in members],
            waves.common[pair],
            smallest,
        )
        | {"dimension": pair[0], "perspective": pair[1]}
        for pair in now
    ]
    return pd.concat([pd.DataFrame(row) for row in [*rows, *wanting(waves, keys, now)]])


def own_changes(groups: Sequence[tuple[np.ndarray, np.ndarray]], items: int, smallest: Smallest) -> dict:
    """Compare the two scores of the same people, group by group."""
    if items < FEWEST:
        return empty(len(groups), items, "too_few_common_items")
    n, mean, variance, first, second = np.array([moments_of_change(*one) for one in groups]).reshape(-1, 5).T
    found = difference_within(n, mean, variance)
    effect = hedges_g_within(mean, n, variance, first, second)
    few = np.select([n == 0, n == 1], ["nobody_scored", "one_respondent"], None).astype(object)
    reason = first_of(few, certain(found, np.zeros(len(n), dtype=bool)))
    n = n.astype(int)
    return told(found, effect, smallest.points(np.sqrt((first + second) / 2)), reason, n, n, items)


def moments_of_change(now: np.ndarray, before: np.ndarray) -> tuple[float, ...]:
    """Give how many have both scores, mean and variance of their changes, and the variances of the scores."""
    both = ~(np.isnan(now) | np.isnan(before))
    now, before = now[both], before[both]
    if len(now) < 2:
        return len(now), float((now - before).sum()) if len(now) else np.nan, np.nan, np.nan, np.nan
    change = now - before
    return len(now), change.mean(), change.var(ddof=1), now.var(ddof=1), before.var(ddof=1)


def score_reliable_change(
    responses: pd.DataFrame,
    framework: Framework,
    by: Sequence[str] = (),
    wave: str | None = None,
    other_wave: str | None = None,
    min_group: int = 10,
    reliability: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    r"""Learn how many of those who answered twice changed by more than the questionnaire's own error.

    Parameters
    ----------
    responses, framework, by, wave, other_wave
        As in `compare_waves`.
    min_group
        Linked people below whom a row is empty: nobody's change is to be read off.
    reliability
        By dimension, 0–1; None = Cronbach's alpha of the earlier wave, of the common items.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one group, one dimension and one perspective: `CHANGE_COLUMNS`. ``improved``,
        ``unchanged``, ``worse`` count people, the shares are 0–1; ``threshold``, in points of 0–100, is the change that
        counts: from all linked people, alike in every group. No row without anybody linked.

    Raises
    ------
    Faults
        As `compare_waves`.

    Notes
    -----
    **Missing answers**: people without both scores are not counted. Never one by one: the people themselves are in
    no table.

    A change counts when it is beyond 1.96 · s · √(2·(1 − r)), with s the standard deviation of the earlier scores.
    Someone "unchanged" may have changed less than can be seen; and of people who did not change at all, one in twenty
    counts as changed.

    References
    ----------
    Jacobson & Truax 1991, Journal of Consulting and Clinical Psychology 59, 12-19.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> rows = [f"p{n},{wave},{1 + n % 3 + wave * (n == 0)},{1 + n % 3 + 2 * wave * (n == 0)}" for wave in (0, 1)
    ...     for n in range(12)]
    >>> file = io.BytesIO("\n".join(["respondent,wave,st_04.reality,st_05.reality", *rows]).encode())
    >>> table = score_reliable_change(load_responses(file, framework), framework, reliability={"systems_thinking": 0.9})
    >>> table[["n", "improved", "unchanged", "worse"]].values.tolist()
    [[12, 1, 11, 0]]
    """
    waves = two_waves(responses, framework, wave, other_wave, by)
    rows = [] if waves.linked[0].empty else list(change_rows(waves, by, min_group, reliability))
    keys = {"wave": waves.wave, "other_wave": waves.other_wave, "by": CROSSED.join(by) or None}
    return with_none(pd.DataFrame(rows, columns=list(CHANGE_COLUMNS)).assign(**keys), ("by", "group", "reason"))


def change_rows(waves: TwoWaves, by: Sequence[str], min_group: int, reliability: Mapping[str, float] | None):
    """Yield the rows of reliable change."""
    known = reliability or {}
    alpha = alphas(tally(waves.before, waves.framework))
    now, before = waves.scores
    for pair, later in now.items():
        r = known.get(pair[0], alpha.get(pair, np.nan))
        change = later - before[pair]
        spread = moments_of_change(later, before[pair])[-1]
        threshold = SURELY * np.sqrt(spread * 2 * (1 - r)) if 0 < r <= 1 else np.nan
        keys = {"dimension": pair[0], "perspective": pair[1], "items": waves.common[pair]}
        for name, inside in waves.members(by):
            yield keys | {"group": name} | change_row(change[inside], threshold, r, min_group)


def change_row(change: np.ndarray, threshold: float, reliability: float, min_group: int) -> dict:
    """Count the people of one group whose change counts."""
    change = change[~np.isnan(change)]
    n = len(change)
    if n < min_group:
        return {"suppressed": True, "reason": "confidential"}
    row = {"n": n, "reliability": reliability, "threshold": threshold, "suppressed": False}
    if not threshold > 0:
        return row | {"reason": "no_variance" if threshold == 0 else "no_reliability"}
    counts = {"improved": change > threshold, "worse": change < -threshold, "unchanged": np.abs(change) <= threshold}
    row |= {name: int(those.sum()) for name, those in counts.items()}
    return row | {f"share_{name}": those.mean() for name, those in counts.items()} | {"reason": None}


def alphas(counts: Tally) -> dict[tuple[str, str], float]:
    """Give Cronbach's alpha of every dimension under every perspective."""
    whole = counts.by()
    covariances = {
        pair: covariance_from_sums(int(sums.n_complete[0]), sums.item_sums[0], sums.cross[0])
        for pair, sums in whole.sums.items()
    }
    return {pair: float(cronbach_alpha(covariance)) for pair, covariance in covariances.items()}
