"""How well each dimension is measured: reliability with its uncertainty, and whether one number may sum it up."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from assessment.scoring.crossings import Crossing, Pair
from assessment.scoring.dimensions import KEYS
from assessment.scoring.tally import TENSION
from assessment.statistics import (
    OneFactor,
    alpha_interval,
    cronbach_alpha,
    omega_interval,
    one_factor,
    polychoric_matrix,
)

COLUMNS = (
    *KEYS,
    "n",
    "items",
    "cronbach_alpha",
    "alpha_low",
    "alpha_high",
    "omega",
    "omega_low",
    "omega_high",
    "ordinal_alpha",
    "cfi",
    "rmsea",
    "srmr",
    "fit",
    "suppressed",
    "reason",
)
"""Columns of the released measurement table (the organisation)."""

GOOD = {"cfi": 0.95, "rmsea": 0.06, "srmr": 0.08}
"""Fit is good where cfi is at least, rmsea and srmr at most this (Hu & Bentler 1999, Struct. Equ. Modeling 6, 1-55)."""

POOR = {"cfi": 0.90, "rmsea": 0.10, "srmr": 0.10}
"""Fit is poor where cfi is below, or rmsea or srmr above this: usual conventions (Browne & Cudeck 1993 for rmsea).

They were found on other models and larger samples: with one factor and few items, rmsea errs towards poor (Kenny,
Kaniskan & McCoach 2015, Sociological Methods & Research 44). A reading, not a verdict.
"""


def score_measurement(crossings: Mapping[Pair, Crossing], wave: str = "") -> pd.DataFrame:
    r"""Learn how far the items of each dimension go together, how sure that is, and whether one number is enough.

    Parameters
    ----------
    crossings
        The two-way counts of one wave (`cross_items`).
    wave
        The wave's name, for the rows.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one dimension under one perspective, tension included, for the organisation: `COLUMNS`.
        ``n`` respondents who answered all ``items`` items; ``fit`` is ``fit_good``, ``fit_acceptable``, ``fit_poor``,
        ``not_testable`` (three items always fit), or None where there is no omega.

    Notes
    -----
    **Missing answers**: listwise, over respondents asked every item present.

    ``cronbach_alpha`` with Feldt's interval; ``omega`` (one factor, maximum likelihood, model-implied variance) with
    the interval of its logit; ``ordinal_alpha`` of polychoric correlations: how consistent the opinions behind the
    answers would be, not the scores. For tension all is of the items' gaps, never of the classical difference formula,
    which supposes that errors of twin answers are unrelated; a gap is no ordered answer and has no ordinal alpha.

    References
    ----------
    Feldt 1965; McDonald 1999, eq. 6.20; Kelley & Pornprasertmanit 2016; Zumbo, Gadermann & Zeisser 2007; Hu & Bentler
    1999.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> from assessment.scoring.crossings import cross_items
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"st_04.reality,st_05.reality\n1,2\n2,4\n3,5\n")
    >>> table = score_measurement(cross_items(load_responses(file, framework), framework))
    >>> table[["n", "items", "reason"]].values.tolist(), round(float(table["cronbach_alpha"][0]), 4)
    ([[3, 2, 'too_few_items']], 0.9474)
    """
    rows = [
        {"dimension": one, "perspective": which} | row(crossing, which) for (one, which), crossing in crossings.items()
    ]
    keys = {"wave": wave, "by": None, "group": None, "suppressed": False}
    return pd.DataFrame(rows, columns=list(COLUMNS)).assign(**keys)


def row(crossing: Crossing, perspective: str) -> dict:
    """Compute one dimension under one perspective."""
    n, covariance = crossing.n, crossing.covariance
    alpha, factor = cronbach_alpha(covariance), one_factor(covariance, n)
    alpha_low, alpha_high = alpha_interval(alpha, n, len(crossing.items))
    omega_low, omega_high = omega_interval(factor.omega, factor.omega_se)
    ordinal = np.nan if perspective == TENSION else cronbach_alpha(polychoric_matrix(crossing.counts))
    return {
        "n": n,
        "items": len(crossing.items),
        "cronbach_alpha": float(alpha),
        "alpha_low": float(alpha_low),
        "alpha_high": float(alpha_high),
        "omega": factor.omega,
        "omega_low": float(omega_low),
        "omega_high": float(omega_high),
        "ordinal_alpha": float(ordinal),
        "cfi": factor.cfi,
        "rmsea": factor.rmsea,
        "srmr": factor.srmr,
        "fit": fit_reading(factor),
        "reason": "too_few_complete" if n < 2 else factor.reason,
    }


def fit_reading(factor: OneFactor) -> str | None:
    """Say in a code whether one number sums a dimension up; None where there is no solution.

    Examples
    --------
    >>> from assessment.statistics import one_factor
    >>> fit_reading(one_factor([[1, 0.5, 0.4], [0.5, 1, 0.3], [0.4, 0.3, 1]], 80))
    'not_testable'
    """
    if np.isnan(factor.omega):
        return None
    if factor.reason == "not_testable":
        return "not_testable"
    if factor.cfi < POOR["cfi"] or factor.rmsea > POOR["rmsea"] or factor.srmr > POOR["srmr"]:
        return "fit_poor"
    good = factor.cfi >= GOOD["cfi"] and factor.rmsea <= GOOD["rmsea"] and factor.srmr <= GOOD["srmr"]
    return "fit_good" if good else "fit_acceptable"
