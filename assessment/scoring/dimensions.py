"""The profile: every dimension under every perspective, for the organisation and for groups."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.scoring.design import Design, Groups, groups_of
from assessment.scoring.maturity import maturity
from assessment.scoring.sums import Stack, Sums
from assessment.scoring.tally import Tally
from assessment.statistics import (
    Interval,
    average_deviation,
    covariance_from_sums,
    cronbach_alpha,
    one_factor,
    rwg_j,
)

Rows = dict[str, np.ndarray]
"""Columns of a table while it is made."""

KEYS = ("wave", "by", "group", "dimension", "perspective")
"""What a row is about; ``by`` and ``group`` are None for the organisation, ``group`` None for those of no group."""

CROSSED = "·"
"""Joins the names of two columns that are crossed, and their values."""

GROUP_COLUMNS = (
    *KEYS,
    "n",
    "n_complete",
    "na",
    "missing",
    "mean",
    "score",
    "se",
    "ci_low",
    "ci_high",
    "rwg_j",
    "ad",
    "maturity_level",
    "probability",
    "suppressed",
    "reason",
)
"""Columns of the released groups table."""

DIMENSION_COLUMNS = (
    *KEYS,
    "n",
    "n_complete",
    "na",
    "missing",
    "mean",
    "score",
    "se",
    "ci_low",
    "ci_high",
    "cronbach_alpha",
    "omega",
    "cfi",
    "rmsea",
    "srmr",
    "rwg_j",
    "ad",
    "icc1",
    "icc2",
    "maturity_level",
    "probability",
    "suppressed",
    "reason",
)
"""Columns of the released dimensions table (the organisation)."""

UNRELEASED = ("respondents", "asked", "given", "df", "width", "plain_mean", "variance")
"""What `release` needs to know of a group and never lets out."""


def score_groups(
    tally: Tally,
    by: Sequence[str] = (),
    wave: str = "",
    units: pd.DataFrame | None = None,
    design: Design | None = None,
) -> pd.DataFrame:
    r"""Learn the scores of every dimension in each group.

    Parameters
    ----------
    tally
        The tally of one wave, told apart at least by `by` and by the columns of the design.
    by
        Columns that make the groups; none = the organisation.
    wave
        The wave's name, for the rows.
    units
        The units table, for headcounts.
    design
        How people came to answer; None = stratified with headcounts, simple without.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one dimension under one perspective in one group, in the framework's order:
        `GROUP_COLUMNS` and `UNRELEASED`. ``mean``, ``se`` and the interval are on the answer scale, ``score`` on 0–100.

    Notes
    -----
    **Missing answers**: a respondent's score is the mean of the items answered when at least half of the items asked
    (rounded up) and at least two are answered (one where one is asked). ``rwg_j`` and ``ad`` are listwise.

    References
    ----------
    James, Demaree & Wolf 1984 (rwg(j)); Burke, Finkelstein & Dusig 1999 (AD); the contract, section 2.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> from assessment.scoring.tally import tally
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"unit,st_04.reality,st_05.reality,st_06.reality\nA,1,2,3\nA,3,3,\nB,5,5,5")
    >>> counts = tally(load_responses(file, framework), framework, by=["unit"])
    >>> score_groups(counts, ["unit"])[["group", "n", "mean", "score"]].values.tolist()
    [['A', 2, 2.5, 37.5], ['B', 1, 5.0, 100.0]]
    """
    groups = groups_of(tally, by, units, design)
    rows = [group_rows(groups, stack) for stack in groups.cells.stacks_of(tension=False)]
    return keyed(rows, groups.cells, by, wave, GROUP_COLUMNS)


def score_dimensions(
    tally: Tally, wave: str = "", units: pd.DataFrame | None = None, design: Design | None = None
) -> pd.DataFrame:
    r"""Learn the organisation's profile: scores of every dimension with their measurement quality.

    Parameters
    ----------
    tally
        The tally of one wave (told apart by the columns of the design).
    wave
        The wave's name, for the rows.
    units
        The units table, for headcounts.
    design
        How people came to answer; None = stratified with headcounts, simple without.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one dimension under one perspective: `DIMENSION_COLUMNS` and `UNRELEASED`. ``rwg_j``,
        ``ad``, ``icc1``, ``icc2`` are empty here: they are statistics across groups, made by `release` from the groups
        it lets out.

    Notes
    -----
    **Missing answers**: scores by the half rule; ``cronbach_alpha``, ``omega`` and its fit listwise over respondents
    asked every item present (``n_complete``). Omega is McDonald's: one factor, maximum likelihood, model-implied
    variance. A poor fit (cfi, rmsea, srmr) says that one number may not sum the dimension up.

    References
    ----------
    Cronbach 1951; McDonald 1999, Test Theory, eq. 6.20b.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> from assessment.scoring.tally import tally
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"st_04.reality,st_05.reality\n1,2\n2,4\n3,5\n")
    >>> table = score_dimensions(tally(load_responses(file, framework), framework))
    >>> table[["dimension", "n_complete"]].values.tolist(), round(float(table["cronbach_alpha"][0]), 4)
    ([['systems_thinking', 3]], 0.9474)
    """
    groups = groups_of(tally, (), units, design)
    stacks = groups.cells.stacks_of(tension=False)
    rows = [with_reliability(group_rows(groups, stack), stack) for stack in stacks]
    return keyed(rows, groups.cells, (), wave, DIMENSION_COLUMNS)


def with_reliability(rows: Rows, stack: Stack) -> Rows:
    """Add alpha, omega and the fit of the one-factor model; agreement is no statistic of the whole."""
    quality = reliability(stack)
    reason = np.where(pd.isna(rows["reason"]), quality.pop("reason"), rows["reason"])
    across = dict.fromkeys(("rwg_j", "ad", "icc1", "icc2"), np.full(len(reason), np.nan))
    return rows | quality | across | {"reason": reason}


def reliability(stack: Stack) -> Rows:
    """Give alpha, omega and the fit of the one-factor model of every row, with a reason code."""
    n = stack.sums.n_complete
    covariance = covariance_from_sums(n, stack.sums.item_sums, stack.sums.cross)
    factors = [one_factor(*one) for one in zip(covariance, n.tolist(), strict=True)]
    fit = {name: np.array([getattr(one, name) for one in factors]) for name in ("omega", "cfi", "rmsea", "srmr")}
    reason = np.array([one.reason for one in factors], dtype=object)
    return {"cronbach_alpha": cronbach_alpha(covariance), **fit, "reason": np.where(n < 2, "too_few_complete", reason)}


def group_rows(groups: Groups, stack: Stack) -> Rows:
    """Compute dimensions of one shape, every pair in every cell."""
    interval, sums = groups.intervals(stack.pairs), stack.sums
    rows = base_rows(groups, stack, interval)
    reality = np.repeat([pair[1] == "reality" for pair in stack.pairs], stack.cells)
    sampled = known_interval(interval, rows["reason"])
    level, probability = maturity(sums, sampled, groups.cells.framework, reality)
    return rows | {
        "mean": interval.mean,
        "score": 100 * (interval.mean - sums.shift) / (sums.span - 1),
        "se": interval.se,
        "ci_low": interval.low,
        "ci_high": interval.high,
        "rwg_j": rwg_j(sums.complete),
        "ad": average_deviation(sums.complete),
        "maturity_level": level,
        "probability": probability,
    }


def known_interval(interval: Interval, reason: np.ndarray) -> Interval:
    """Give an interval with no sampling error where everyone answered."""
    se = np.where(reason == "everyone_answered", 0, interval.se)
    return Interval(interval.mean, se, interval.df, interval.low, interval.high)


def base_rows(groups: Groups, stack: Stack, interval: Interval) -> Rows:
    """Give what every row of every table carries, and what stays inside until `release`."""
    cells, sums, pairs = groups.cells, stack.sums, len(stack.pairs)
    mean, variance = sums.mean_and_variance()
    return {
        "pair": np.repeat([cells.pairs.index(pair) for pair in stack.pairs], stack.cells),
        "cell": np.tile(np.arange(stack.cells), pairs),
        "n": sums.n,
        "n_complete": sums.n_complete,
        "na": sums.na,
        "missing": sums.missing,
        "suppressed": np.zeros(len(sums.n), dtype=bool),
        "reason": reasons(sums, interval, groups.lonely),
        "respondents": np.tile(cells.respondents, pairs),
        "asked": sums.asked,
        "given": sums.given,
        "df": interval.df,
        "width": np.full(len(sums.n), sums.span - 1),
        "plain_mean": mean,
        "variance": variance,
    }


def reasons(sums: Sums, interval: Interval, lonely: str) -> np.ndarray:
    """Say of each cell why it has no number or no interval; None where nothing is wanting."""
    n = sums.n
    return np.select(
        [sums.asked == 0, n == 0, n == 1, ~(interval.df > 0), np.isnan(interval.se)],
        ["not_asked", "nobody_scored", "one_respondent", lonely, "everyone_answered"],
        None,
    ).astype(object)


def keyed(parts: Sequence[Rows], cells: Tally, by: Sequence[str], wave: str, columns: Sequence[str]) -> pd.DataFrame:
    """Put the rows of all dimensions together under their keys, in the framework's order."""
    if not parts:
        return pd.DataFrame(columns=[*columns, *UNRELEASED])
    rows = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort(rows["pair"], kind="stable")
    dimensions, perspectives = (pd.array(list(one), dtype="str") for one in zip(*cells.pairs, strict=True))
    known = {
        "wave": wave,
        "by": CROSSED.join(by) or None,
        "group": group_names(cells.keys, by)[rows["cell"][order]],
        "dimension": dimensions.take(rows["pair"][order]),
        "perspective": perspectives.take(rows["pair"][order]),
    }
    table = known | {name: rows[name][order] for name in (*columns, *UNRELEASED) if name not in known}
    if "maturity_level" in table:  # texts would turn None, which means that vision has no level, into NaN
        table["maturity_level"] = pd.Series(table["maturity_level"], dtype=object)
    return pd.DataFrame(table)


def group_names(keys: pd.DataFrame, by: Sequence[str]) -> np.ndarray:
    """Name each cell by its values."""
    return np.array([group_name([row[column] for column in by]) for row in keys.to_dict("records")], dtype=object)


def group_name(values: Sequence[str]) -> str | None:
    """Name a group by its values; None where it has none of them."""
    return CROSSED.join(values) if any(values) else None
