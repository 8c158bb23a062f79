"""How the dimensions go together: a network of correlations, with what one general impression would leave of it."""

from itertools import combinations

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.scoring.blanks import with_none
from assessment.scoring.context import why_no_correlation
from assessment.scoring.respondents import respondent_scores
from assessment.statistics import (
    correlation_interval,
    first_component_share,
    pairwise_correlations,
    partial_correlations,
)

COLUMNS = (
    "wave",
    "by",
    "group",
    "dimension",
    "other_dimension",
    "n",
    "r",
    "ci_low",
    "ci_high",
    "n_complete",
    "partial",
    "partial_low",
    "partial_high",
    "halo",
    "caution",
    "suppressed",
    "reason",
)
"""Columns of the dimension_ties table."""

STRONG_HALO = 0.5
"""Where one component holds half of all variance, correlations say little about which dimensions go together
(a convention of the kit)."""


def score_dimension_ties(responses: pd.DataFrame, framework: Framework, wave: str = "") -> pd.DataFrame:
    r"""Learn which dimensions go together in people's answers about reality.

    Parameters
    ----------
    responses
        The responses of one wave.
    framework
        The instrument.
    wave
        The wave's name, for the rows.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one pair of dimensions, in the framework's order: `COLUMNS`. ``r`` the correlation of
        their reality scores over the ``n`` respondents who have both, with its interval (Fisher); ``partial`` what is
        left of it with all other dimensions held, over the ``n_complete`` who have all; ``halo`` the share of all
        variance that the first principal component holds among these, the same in each row; ``caution``:
        ``halo_strong`` from one half on, else ``halo_possible``.

    Notes
    -----
    **Missing answers**: left out pair by pair for ``r``, listwise for ``partial`` and ``halo``. One general impression
    of the house (a halo) makes every pair of dimensions go together just as a real tie would: no survey of one day can
    tell them apart, which ``caution`` says in every row. No tie is a cause.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> heading = b"st_04.reality,st_05.reality,tl_01.reality,tl_02.reality"
    >>> file = io.BytesIO(heading + b"\n1,1,2,2\n2,2,1,1\n3,3,4,4\n4,4,3,3\n5,5,5,5")
    >>> row = score_dimension_ties(load_responses(file, framework), framework).iloc[0]
    >>> row["dimension"], row["other_dimension"], round(float(row["r"]), 4), round(float(row["halo"]), 4)
    ('team_learning', 'systems_thinking', 0.8, 0.9)
    """
    scores = respondent_scores(responses, framework)
    dimensions = [pair[0] for pair in scores if pair[1] == "reality"]
    rows = scores[[(one, "reality") for one in dimensions]].to_numpy()
    r, n = pairwise_correlations(rows)
    complete = rows[~np.isnan(rows).any(axis=1)]
    listwise = pairwise_correlations(complete)[0]
    ends = correlation_interval(r, n)
    held = held_still(listwise, len(complete))
    halo = first_component_share(listwise)
    pairs = [
        {"dimension": dimensions[one], "other_dimension": dimensions[other], "n": int(n[one, other])}
        | named(("r", "ci_low", "ci_high"), (r, *ends), one, other)
        | named(("partial", "partial_low", "partial_high"), held, one, other)
        | {"reason": why_no_correlation(r[one, other], n[one, other])}
        for one, other in combinations(range(len(dimensions)), 2)
    ]
    caution = "halo_strong" if halo >= STRONG_HALO else "halo_possible"
    same = {"wave": wave, "by": None, "group": None, "n_complete": len(complete), "halo": halo, "caution": caution}
    table = pd.DataFrame([same | pair | {"suppressed": False} for pair in pairs], columns=list(COLUMNS))
    return with_none(table, ("by", "group", "reason"))


def held_still(correlation: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give partial correlations and their intervals; NaN where people are too few for the dimensions held."""
    held = len(correlation) - 2
    partial = partial_correlations(correlation) if n > held + 3 else np.full(correlation.shape, np.nan)
    return partial, *correlation_interval(partial, n, held)


def named(names: tuple[str, ...], tables: tuple[np.ndarray, ...], one: int, other: int) -> dict[str, float]:
    """Give one pair's cell of several matrices."""
    return {name: float(table[one, other]) for name, table in zip(names, tables, strict=True)}
