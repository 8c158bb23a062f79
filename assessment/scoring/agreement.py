"""Do people say the same, or stand in two camps? In each group, in the whole, and how much lies between groups."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.scoring.dimensions import CROSSED, KEYS, group_names
from assessment.scoring.sums import Sums
from assessment.scoring.tally import Tally
from assessment.statistics import (
    average_deviation,
    average_deviation_cut,
    awg,
    icc,
    icc1_reml,
    ordinal_polarisation,
    r_star_wg_j,
    rwg_j,
    slight_skew_null,
)

COLUMNS = (
    *KEYS,
    "n",
    "n_complete",
    "rwg_j",
    "rwg_j_skewed",
    "r_star_wg_j",
    "awg",
    "ad",
    "ad_cut",
    "agreement",
    "polarisation",
    "suppressed",
    "reason",
)
"""Columns of the released agreement table."""

UNRELEASED = ("plain_mean", "variance")
"""What statistics across groups need of a group, and never lets out from here: its plain mean and variance."""

ACROSS = (
    "wave",
    "by",
    "dimension",
    "perspective",
    "groups",
    "n",
    "rwg_j",
    "ad",
    "ad_cut",
    "share_agreeing",
    "icc1",
    "icc1_reml",
    "icc2",
    "means",
    "suppressed",
    "reason",
)
"""Columns of the table of agreement across the groups of one kind."""

ENOUGH = 0.70
"""rwg(j) from which groups are usually said to agree (a habit: Lance, Butts & Michels 2006, Organizational
Research Methods 9, 202-220); never read here without AD."""

DISTINCT = 0.05
"""ICC(1) from which groups are said to differ in earnest (LeBreton & Senter 2008: 0.05, small to medium)."""

RELIABLE = 0.70
"""ICC(2) from which the means of groups may be ranked (LeBreton & Senter 2008)."""

ROUNDING = 1e-12


def score_agreement(tally: Tally, by: Sequence[str] = (), wave: str = "") -> pd.DataFrame:
    r"""Learn in which groups people say the same, dimension by dimension.

    Parameters
    ----------
    tally
        The tally of one wave, told apart at least by `by`.
    by
        Columns that make the groups; none = the organisation as one group.
    wave
        The wave's name, for the rows.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one dimension under one perspective in one group: `COLUMNS` and `UNRELEASED`. ``rwg_j``
        against the uniform null, ``rwg_j_skewed`` against a slight skew (five answers only), ``r_star_wg_j``,
        ``awg``, ``ad`` with its cut a sixth of the number of answers; ``agreement`` reads them:

        - ``agreement``: AD passes its cut and rwg(j) 0.70; the mean may stand for the group;
        - ``weak_agreement``: one of the two passes; the mean stands beside its spread;
        - ``no_agreement``: neither; show how the answers are spread before the mean;
        - ``diversity``: AD does not pass, in a dimension of individual reach: people differ, as persons do, and the
          mean may be told.

        ``polarisation`` is the mean over items of (1 − A)/2, A van der Eijk's agreement: 0 all in one place, 0.5 spread
        evenly, 1 half at either end.

    Notes
    -----
    **Missing answers**: listwise, over respondents asked every item present.

    rwg(j) alone is weak evidence: it grows with the number of items and with a null nobody believes in.

    References
    ----------
    James, Demaree & Wolf 1984; Lindell, Brandt & Whitney 1999; Burke & Dunlap 2002; Brown & Hauenstein 2005; LeBreton &
    Senter 2008; van der Eijk 2001, Quality & Quantity 35, 325-341 (polarisation).

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> from assessment.scoring.tally import tally
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"unit,st_04.reality,st_05.reality\nA,3,2\nA,3,3\nA,4,4\nB,1,1\nB,5,5\nB,1,5")
    >>> table = score_agreement(tally(load_responses(file, framework), framework, by=["unit"]), ["unit"])
    >>> table[["group", "rwg_j", "ad", "agreement"]].round(3).values.tolist()
    [['A', 0.8, 0.556, 'agreement'], ['B', 0.0, 1.778, 'no_agreement']]
    """
    cells = tally.by(*by)
    names = group_names(cells.keys, by)
    parts = [agreement_rows(cells.sums[pair], reach_of(cells.framework, pair[0])) for pair in cells.dimensions]
    if not parts:
        return pd.DataFrame(columns=[*COLUMNS, *UNRELEASED])
    table = pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})
    pairs = np.repeat(np.array(cells.dimensions, dtype=object), len(names), axis=0)
    table = table.assign(group=np.tile(names, len(parts)), dimension=pairs[:, 0], perspective=pairs[:, 1])
    return table.assign(wave=wave, by=CROSSED.join(by) or None, suppressed=False)[[*COLUMNS, *UNRELEASED]]


def score_agreement_across(groups: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Learn how much of the differences lies between groups, and whether their means may be compared.

    Parameters
    ----------
    groups
        Rows of `score_agreement` of the groups that a release lets out, none of which is a part of another, with
        `UNRELEASED`: over all groups a hidden mean could be worked out.
    framework
        The instrument.

    Returns
    -------
    pandas.DataFrame
        One row is one dimension under one perspective over the groups of one kind: `ACROSS`. ``groups`` and ``n`` are
        those counted; ``rwg_j`` and ``ad`` plain averages, ``share_agreeing`` the share of groups whose AD passes;
        ``icc1`` by analysis of variance, ``icc1_reml`` by restricted maximum likelihood, ``icc2``; ``means`` says
        whether the means of these groups may be reported side by side:

        - ``means_shared``: in most groups people agree, and ICC(2) is at least 0.70;
        - ``means_unreliable``: they agree, but the groups hardly differ or are too small to be ranked;
        - ``means_divided``: in most groups people do not agree; show the spread beside each mean;
        - ``means_personal``: reach is individual: a mean of persons, whatever their agreement.

    Notes
    -----
    **Missing answers**: groups without a score are not counted.

    References
    ----------
    Bliese 2000, in Klein & Kozlowski, Multilevel Theory, 349-381; LeBreton & Senter 2008.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> groups = pd.DataFrame({"wave": "1", "by": "unit", "group": ["A", "B"], "dimension": "team_learning",
    ...     "perspective": "reality", "n": 2, "plain_mean": [2.0, 6.0], "variance": 2.0, "rwg_j": [0.8, 0.6],
    ...     "ad": [0.5, 1.0], "ad_cut": 5 / 6})
    >>> across = score_agreement_across(groups, load_framework("collectivite-apprenante"))
    >>> across[["groups", "share_agreeing", "icc1", "icc2", "means"]].round(3).values.tolist()
    [[2, 0.5, 0.778, 0.875, 'means_shared']]
    """
    keys = ["wave", "by", "dimension", "perspective"]
    parts = list(groups[groups["n"] > 0].groupby(keys, sort=False, dropna=False))
    rows = [
        dict(zip(keys, names, strict=True)) | across_row(part, reach_of(framework, names[2])) for names, part in parts
    ]
    table = pd.DataFrame(rows, columns=list(ACROSS)).assign(suppressed=False)
    return table.assign(icc1_reml=icc1_reml(*side_by_side([part for _, part in parts])))


def reach_of(framework: Framework, dimension: str) -> str | None:
    """Give the reach of a dimension."""
    return framework.dimension(dimension).reach


def agreement_rows(sums: Sums, reach: str | None) -> dict:
    """Compute one dimension under one perspective in every group."""
    mean, variance = sums.mean_and_variance()
    uniform, deviation, cut = rwg_j(sums.complete), average_deviation(sums.complete), average_deviation_cut(sums.span)
    return {
        "n": sums.n,
        "n_complete": sums.n_complete,
        "rwg_j": uniform,
        "rwg_j_skewed": rwg_j(sums.complete, slight_skew_null(sums.span)),
        "r_star_wg_j": r_star_wg_j(sums.complete),
        "awg": awg(sums.complete),
        "ad": deviation,
        "ad_cut": np.full(len(uniform), cut),
        "agreement": agreement_reading(uniform, deviation, cut, reach),
        "polarisation": ordinal_polarisation(sums.complete).mean(axis=-1),
        "reason": np.select(
            [sums.asked == 0, sums.n == 0, sums.n_complete < 2],
            ["not_asked", "nobody_scored", "too_few_complete"],
            None,
        ).astype(object),
        "plain_mean": mean,
        "variance": variance,
    }


def agreement_reading(rwg: np.ndarray, deviation: np.ndarray, cut: float, reach: str | None) -> np.ndarray:
    """Read AD and rwg(j) together; None where there is none.

    Examples
    --------
    >>> rwg, deviation = np.array([0.9, 0.9, 0.2, np.nan]), np.array([0.5, 0.9, 1.2, np.nan])
    >>> agreement_reading(rwg, deviation, 5 / 6, "collective").tolist()
    ['agreement', 'weak_agreement', 'no_agreement', None]
    >>> agreement_reading(rwg, deviation, 5 / 6, "individual").tolist()
    ['agreement', 'diversity', 'diversity', None]
    """
    near = deviation <= cut + ROUNDING
    alike = rwg >= ENOUGH
    far = "diversity" if reach == "individual" else None
    return np.select(
        [np.isnan(deviation), near & alike, ~near & (far is not None), near | alike],
        [None, "agreement", far, "weak_agreement"],
        "no_agreement",
    ).astype(object)


def across_row(groups: pd.DataFrame, reach: str | None) -> dict:
    """Compute one dimension under one perspective over groups."""
    n, mean, variance = (groups[name].to_numpy(dtype=float) for name in ("n", "plain_mean", "variance"))
    one_way, told = icc(n, mean, variance), groups.dropna(subset="ad")
    agreeing = (told["ad"] <= told["ad_cut"] + ROUNDING).mean()
    reading = means_reading(agreeing, float(one_way.icc1), float(one_way.icc2), reach)
    return {
        "groups": len(groups),
        "n": int(n.sum()),
        "rwg_j": told["rwg_j"].mean(),
        "ad": told["ad"].mean(),
        "ad_cut": groups["ad_cut"].iloc[0],
        "share_agreeing": agreeing,
        "icc1": float(one_way.icc1),
        "icc2": float(one_way.icc2),
        "means": reading,
        "reason": None if reading else ("too_few_groups" if len(groups) < 2 else "too_few_complete"),
    }


def side_by_side(parts: Sequence[pd.DataFrame]) -> np.ndarray:
    """Lay respondents, means and variances of several sets of groups into one array, shape (3, sets, groups)."""
    laid = np.zeros((3, len(parts), max((len(part) for part in parts), default=0)))
    for place, part in enumerate(parts):
        laid[:, place, : len(part)] = part[["n", "plain_mean", "variance"]].to_numpy(dtype=float).T
    return laid


def means_reading(agreeing: float, icc1: float, icc2: float, reach: str | None) -> str | None:
    """Say in a code whether the means of groups may be reported side by side; None where nothing can be said."""
    if np.isnan(agreeing) or np.isnan(icc1):
        return None
    if reach == "individual":
        return "means_personal"
    if agreeing < 0.5:
        return "means_divided"
    return "means_shared" if icc1 >= DISTINCT and icc2 >= RELIABLE else "means_unreliable"
