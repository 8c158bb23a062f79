"""The profile: every dimension under every perspective, for the organisation and for groups."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.scoring.design import Groups, groups_of
from assessment.scoring.maturity import maturity
from assessment.scoring.sums import Sums
from assessment.scoring.tally import Tally
from assessment.statistics import (
    Interval,
    average_deviation,
    covariance_from_sums,
    cronbach_alpha,
    one_factor,
    rwg_j,
)

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
    tally: Tally, by: Sequence[str] = (), wave: str = "", units: pd.DataFrame | None = None
) -> pd.DataFrame:
    r"""Learn the scores of every dimension in each group.

    Parameters
    ----------
    tally
        The tally of one wave, told apart at least by `by` (and by ``unit`` where `units` is given).
    by
        Columns that make the groups; none = the organisation.
    wave
        The wave's name, for the rows.
    units
        The units table, for headcounts; None = intervals of a simple sample.

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
    groups = groups_of(tally, by, units)
    tables = [
        pd.DataFrame(group_rows(groups, pair) | {"dimension": pair[0], "perspective": pair[1]})
        for pair in tally.dimensions
    ]
    return keyed(tables, groups.cells, by, wave, GROUP_COLUMNS)


def score_dimensions(tally: Tally, wave: str = "", units: pd.DataFrame | None = None) -> pd.DataFrame:
    r"""Learn the organisation's profile: scores of every dimension with their measurement quality.

    Parameters
    ----------
    tally
        The tally of one wave (told apart by ``unit`` where `units` is given).
    wave
        The wave's name, for the rows.
    units
        The units table, for headcounts.

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
    table = score_groups(tally, (), wave, units)
    if table.empty:
        return table.reindex(columns=[*DIMENSION_COLUMNS, *UNRELEASED])
    whole = tally.by()
    quality = pd.DataFrame([reliability(whole.sums[pair]) for pair in tally.dimensions], index=table.index)
    reason = table["reason"].where(table["reason"].notna(), quality.pop("reason"))
    across = dict.fromkeys(("rwg_j", "ad", "icc1", "icc2"), np.nan)
    return table.assign(**quality, **across, reason=reason)[[*DIMENSION_COLUMNS, *UNRELEASED]]


def reliability(sums: Sums) -> dict:
    """Give alpha, omega and the fit of the one-factor model of one dimension in the first cell, with a reason code."""
    n = int(sums.n_complete[0])
    covariance = covariance_from_sums(n, sums.item_sums[0], sums.cross[0])
    factor = one_factor(covariance, n)
    return {
        "cronbach_alpha": float(cronbach_alpha(covariance)),
        "omega": factor.omega,
        "cfi": factor.cfi,
        "rmsea": factor.rmsea,
        "srmr": factor.srmr,
        "reason": "too_few_complete" if n < 2 else factor.reason,
    }


def group_rows(groups: Groups, pair: tuple[str, str]) -> dict:
    """Compute one dimension under one perspective in every cell."""
    cells, interval = groups.cells, groups.interval(pair)
    sums = cells.sums[pair]
    rows = base_rows(cells, sums, interval) | {
        "mean": interval.mean,
        "score": 100 * (interval.mean - sums.shift) / (sums.span - 1),
        "se": interval.se,
        "ci_low": interval.low,
        "ci_high": interval.high,
        "rwg_j": rwg_j(sums.complete),
        "ad": average_deviation(sums.complete),
        "maturity_level": None,
        "probability": np.nan,
    }
    if pair[1] == "reality":
        sampled = known_interval(interval, rows["reason"])
        rows["maturity_level"], rows["probability"] = maturity(sums, sampled, cells.framework)
    return rows


def known_interval(interval: Interval, reason: np.ndarray) -> Interval:
    """Give an interval with no sampling error where everyone answered."""
    se = np.where(reason == "everyone_answered", 0, interval.se)
    return Interval(interval.mean, se, interval.df, interval.low, interval.high)


def base_rows(cells: Tally, sums: Sums, interval: Interval) -> dict:
    """Give what every row of every table carries, and what stays inside until `release`."""
    mean, variance = sums.mean_and_variance()
    return {
        "cell": np.arange(len(cells.keys)),
        "n": sums.n,
        "n_complete": sums.n_complete,
        "na": sums.na,
        "missing": sums.missing,
        "suppressed": False,
        "reason": reasons(sums, interval),
        "respondents": cells.respondents,
        "asked": sums.asked,
        "given": sums.given,
        "df": interval.df,
        "width": sums.span - 1,
        "plain_mean": mean,
        "variance": variance,
    }


def reasons(sums: Sums, interval: Interval) -> np.ndarray:
    """Say of each cell why it has no number or no interval; None where nothing is wanting."""
    n = sums.n
    return np.select(
        [sums.asked == 0, n == 0, ~(interval.df > 0), np.isnan(interval.se)],
        ["not_asked", "nobody_scored", "one_respondent", "everyone_answered"],
        None,
    ).astype(object)


def keyed(
    tables: Sequence[pd.DataFrame], cells: Tally, by: Sequence[str], wave: str, columns: Sequence[str]
) -> pd.DataFrame:
    """Put the rows of all dimensions together under their keys."""
    if not tables:
        return pd.DataFrame(columns=[*columns, *UNRELEASED])
    names = group_names(cells.keys, by)
    table = pd.concat(tables, ignore_index=True)
    table["wave"], table["by"] = wave, CROSSED.join(by) or None
    table["group"] = names[table.pop("cell")]
    return table[[*columns, *UNRELEASED]]


def group_names(keys: pd.DataFrame, by: Sequence[str]) -> np.ndarray:
    """Name each cell by its values."""
    return np.array([group_name([row[column] for column in by]) for row in keys.to_dict("records")], dtype=object)


def group_name(values: Sequence[str]) -> str | None:
    """Name a group by its values; None where it has none of them."""
    return CROSSED.join(values) if any(values) else None
