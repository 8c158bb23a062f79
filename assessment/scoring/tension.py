"""Creative tension: how far the wish stands from reality, for each respondent, and how that distance reads."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import Tension
from assessment.scoring.design import Design, Groups, groups_of
from assessment.scoring.dimensions import KEYS, Rows, base_rows, keyed
from assessment.scoring.sums import Stack, Sums
from assessment.scoring.tally import Tally
from assessment.statistics import Interval, covariance_from_sums, cronbach_alpha

COLUMNS = (
    *KEYS,
    "n",
    "n_complete",
    "na",
    "missing",
    "tension",
    "se",
    "ci_low",
    "ci_high",
    "dz",
    "share_negative",
    "cronbach_alpha",
    "quadrant",
    "suppressed",
    "reason",
)
"""Columns of the released tension table; ``perspective`` is always "tension"."""


def score_tension(
    tally: Tally,
    by: Sequence[str] = (),
    wave: str = "",
    units: pd.DataFrame | None = None,
    design: Design | None = None,
) -> pd.DataFrame:
    r"""Learn how far vision stands from reality in each group.

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
        Unreleased. One row is one dimension in one group: `COLUMNS`, and what `release` needs. ``tension`` and its
        interval on −100–100 (positive: the wish is higher), ``dz`` = mean / standard deviation of respondents' gaps,
        ``share_negative`` 0–1, ``cronbach_alpha`` of the items' gaps, ``quadrant`` a reading of distances only.

    Notes
    -----
    **Missing answers**: an item counts where it is answered under both perspectives; half of the items asked are
    needed, as for a score.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> from assessment.scoring.tally import tally
    >>> framework = load_framework("collectivite-apprenante")
    >>> heading = b"st_04.reality,st_05.reality,st_06.reality,st_04.vision,st_05.vision,st_06.vision"
    >>> file = io.BytesIO(heading + b"\n1,2,3,5,4,3\n2,2,2,4,5,3")
    >>> counts = tally(load_responses(file, framework), framework)
    >>> score_tension(counts)[["dimension", "n", "tension"]].values.tolist()
    [['systems_thinking', 2, 50.0]]
    """
    groups = groups_of(tally, by, units, design)
    rows = [tension_rows(groups, stack) for stack in groups.cells.stacks_of(tension=True)]
    return keyed(rows, groups.cells, by, wave, COLUMNS)


def tension_rows(groups: Groups, stack: Stack) -> Rows:
    """Compute the tension of dimensions of one shape, each in every cell."""
    interval, sums = groups.intervals(stack.pairs), stack.sums
    to_score = 100 / -sums.shift
    mean, variance = sums.mean_and_variance()
    covariance = covariance_from_sums(sums.n_complete, sums.item_sums, sums.cross)
    with np.errstate(invalid="ignore", divide="ignore"):
        dz = np.where(variance > 0, mean / np.sqrt(variance), np.nan)
        share_negative = sums.counted(np.where(negative(sums), sums.scores.count, 0)) / np.where(sums.n, sums.n, np.nan)
    return base_rows(groups, stack, interval) | {
        "tension": to_score * interval.mean,
        "se": to_score * interval.se,
        "ci_low": to_score * interval.low,
        "ci_high": to_score * interval.high,
        "dz": dz,
        "share_negative": share_negative,
        "cronbach_alpha": cronbach_alpha(covariance),
        "quadrant": quadrants(
            scored(interval, to_score, 0),
            vision_scores(groups, stack),
            groups.cells.framework.tension,
        ),
    }


def negative(sums: Sums) -> np.ndarray:
    """Say which scores lie below 0, in whole numbers."""
    return sums.scores.total < -sums.shift * sums.scores.answered


def vision_scores(groups: Groups, stack: Stack) -> np.ndarray:
    """Give the vision of a stack's dimensions with its interval on 0–100, shape (3, rows)."""
    pairs = [(dimension, "vision") for dimension, _ in stack.pairs]
    low = {pair: one.shape.shift for one in groups.cells.stacks for pair in one.pairs}
    lows = np.repeat([low[pair] for pair in pairs], stack.cells)  # one number of options may start at 0 or at 1
    return scored(groups.intervals(pairs), 100 / -stack.shape.shift, lows)


def scored(interval: Interval, to_score: float, low: int | np.ndarray) -> np.ndarray:
    """Give a mean and the ends of its interval on 0–100; where there is no interval the mean stands for it."""
    ends = [np.where(np.isnan(end), interval.mean, end) for end in (interval.low, interval.high)]
    known = np.where(interval.df > 0, 1.0, np.nan)  # one respondent settles nothing
    return to_score * (np.stack([interval.mean, *ends]) - low) * known


def quadrants(gap: np.ndarray, vision: np.ndarray, cuts: Tension) -> np.ndarray:
    """Read vision and gap together; "undetermined" when their intervals allow more than one reading.

    Parameters
    ----------
    gap, vision
        Mean, low end, high end on 0–100, shape (3, cells).
    cuts
        The framework's conventions.

    Returns
    -------
    numpy.ndarray
        Shape (cells,): resting, dormant, mobilising, accomplished, undetermined, or None without a mean.
    """
    readings = np.stack([quadrant(gap[one], vision[other], cuts) for one in (1, 2) for other in (1, 2)])
    settled = np.where((readings == readings[0]).all(axis=0), readings[0], "undetermined")
    return np.where(np.isnan(gap[0]) | np.isnan(vision[0]), None, settled)


def quadrant(gap: np.ndarray, vision: np.ndarray, cuts: Tension) -> np.ndarray:
    """Name the quadrant of one point, in the contract's order."""
    return np.select(
        [gap <= -cuts.smallest_gap, vision < cuts.vision_cut, gap >= cuts.smallest_gap],
        ["resting", "dormant", "mobilising"],
        "accomplished",
    ).astype(object)
