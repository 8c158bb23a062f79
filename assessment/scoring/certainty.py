"""How sure a maturity level is when no formula is trusted: resampling the respondents."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.scoring.blanks import with_none
from assessment.scoring.dimensions import CROSSED, group_names
from assessment.scoring.maturity import DIVIDED, ROUNDING, divided, level_of, level_probability, starts_of
from assessment.scoring.sums import Sums
from assessment.scoring.tally import Tally
from assessment.statistics import bootstrap_interval, mean_interval

CERTAINTY_COLUMNS = (
    "wave",
    "by",
    "group",
    "dimension",
    "perspective",
    "n",
    "score",
    "boot_low",
    "boot_high",
    "maturity_level",
    "probability",
    "boot_probability",
    "method",
    "suppressed",
    "reason",
)
"""Columns of the table of bootstrapped levels."""


def score_certainty(
    tally: Tally, by: Sequence[str] = (), wave: str = "", seed: int = 1, resamples: int = 2000
) -> pd.DataFrame:
    r"""Learn how sure each maturity level is, by resampling beside the t distribution.

    Parameters
    ----------
    tally
        The tally of one wave, told apart at least by `by`.
    by
        Columns that make the groups; none = the organisation.
    wave
        The wave's name, for the rows.
    seed
        The same seed gives the same numbers, whatever the order of the responses.
    resamples
        How many; 2,000 know a probability to about ±0.02.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one dimension's reality in one group: `CERTAINTY_COLUMNS`. ``boot_low`` and ``boot_high``
        are the 95 % interval of ``score`` by BCa (``method`` "percentile" where that degenerates), ``boot_probability``
        the share of resamples in the level; ``probability`` is that of the t distribution. Both are empty where the
        answers are ``divided``.

    Notes
    -----
    **Missing answers**: respondents without a score are not resampled.

    Respondents are taken for a simple sample, without weights and headcounts: where many of those invited answered,
    the level is surer than this says. The two probabilities differ where people are few or their answers skewed;
    believe the lower.

    References
    ----------
    Efron 1987; Efron & Tibshirani 1998, The Annals of Statistics 26, 1687-1718 (the probability of a region).

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> from assessment.scoring.tally import tally
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"st_04.reality,st_05.reality\n" + b"2,3\n3,3\n2,2\n1,2\n" * 2)
    >>> table = score_certainty(tally(load_responses(file, framework), framework))
    >>> table[["score", "maturity_level", "probability", "boot_probability"]].round(1).values.tolist()
    [[31.2, 'started', 0.8, 0.9]]
    """
    cells = tally.by(*by)
    names = group_names(cells.keys, by)
    pairs = [pair for pair in cells.sums if pair[1] == "reality"]
    seeds = iter(np.random.SeedSequence(seed).spawn(len(pairs) * len(names)))
    rows = [
        {"group": name, "dimension": pair[0], "perspective": pair[1]} | row
        for pair in pairs
        for name, row in zip(names, certainty(cells.sums[pair], tally.framework, seeds, resamples), strict=True)
    ]
    table = pd.DataFrame(rows, columns=list(CERTAINTY_COLUMNS))
    return with_none(
        table.assign(wave=wave, by=CROSSED.join(by) or None, suppressed=False),
        ("by", "group", "maturity_level", "method", "reason"),
    )


def certainty(sums: Sums, framework: Framework, seeds: Iterator, resamples: int) -> Iterator[dict]:
    """Resample each cell of one dimension."""
    mean, variance = sums.mean_and_variance()
    interval, width = mean_interval(sums.n, mean, variance), sums.span - 1
    share = (mean - sums.shift) / width
    probability = level_probability(share, interval.se / width, interval.df, framework)
    edges = np.concatenate([[-np.inf], starts_of(framework)[1:] - ROUNDING, [np.inf]])
    level, split = level_of(share, framework), divided(sums)
    for cell, n in enumerate(sums.n):
        values, counts = histogram(sums, cell)
        found = bootstrap_interval(mean_of(values), counts, next(seeds), resamples)
        one = level[cell]
        known = one >= 0 and not split[cell]
        yield {
            "n": int(n),
            "score": 100 * share[cell],
            "boot_low": 100 * found.low,
            "boot_high": 100 * found.high,
            "maturity_level": DIVIDED if split[cell] else framework.maturity_levels[one].id if one >= 0 else None,
            "probability": probability[cell] if known else np.nan,
            "boot_probability": found.share(edges[one], edges[one + 1]) if known else np.nan,
            "method": found.method,
            "reason": why_not(found.reason, n),
        }


def why_not(reason: str | None, n: int) -> str | None:
    """Give the reason as the other tables do."""
    return ("one_respondent" if n else "nobody_scored") if reason == "nobody" else reason


def histogram(sums: Sums, cell: int) -> tuple[np.ndarray, np.ndarray]:
    """Give the scores of a cell as shares of the scale, from the lowest, and how many people have each."""
    own = sums.scores.cell == cell
    values, place = np.unique(sums.scores.value[own] / (sums.span - 1), return_inverse=True)
    return values, np.bincount(place, weights=sums.scores.count[own], minlength=len(values)).astype(np.int64)


def mean_of(values: np.ndarray):
    """Give the function from counts to the mean of values."""
    return lambda counts: counts @ values / counts.sum(axis=-1)
