"""The items one by one: how each is answered and how it stands with the others of its dimension."""

import numpy as np
import pandas as pd

from assessment.responses.columns import column_name
from assessment.scoring.tally import Tally
from assessment.statistics import alpha_if_dropped, corrected_item_total, covariance_from_sums

COLUMNS = (
    "wave",
    "dimension",
    "item",
    "perspective",
    "n",
    "n_complete",
    "na",
    "missing",
    "mean",
    "sd",
    "r_drop",
    "alpha_drop",
    "suppressed",
    "reason",
)
"""Columns of the items table."""


def score_items(tally: Tally, wave: str = "") -> pd.DataFrame:
    r"""Learn how each item was answered in the organisation and what it does for its dimension.

    Parameters
    ----------
    tally
        The tally of one wave.
    wave
        The wave's name, for the rows.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one scored item under one perspective: `COLUMNS`. ``n`` answers, ``mean`` and ``sd`` on
        the answer scale with reversed items turned, ``r_drop`` the correlation with the rest of the dimension,
        ``alpha_drop`` the dimension's alpha without the item.

    Notes
    -----
    **Missing answers**: ``mean``, ``sd``, ``r_drop``, ``alpha_drop`` are listwise (``n_complete``).

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> from assessment.scoring.tally import tally
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"st_04.reality,st_05.reality\n1,2\n2,4\n3,5")
    >>> score_items(tally(load_responses(file, framework), framework))[["item", "mean"]].values.tolist()
    [['st_04', 2.0], ['st_05', 3.6666666666666665]]
    """
    whole = tally.by()
    tables = [item_rows(whole, *pair) for pair in whole.dimensions]
    if not tables:
        return pd.DataFrame(columns=list(COLUMNS))
    return pd.concat(tables, ignore_index=True).assign(wave=wave, suppressed=False)[list(COLUMNS)]


def item_rows(whole: Tally, dimension: str, perspective: str) -> pd.DataFrame:
    """Compute the items of one dimension under one perspective."""
    sums, framework = whole.sums[dimension, perspective], whole.framework
    items = [item for item in framework.scored_items(dimension) if item.id in sums.items]
    counts = np.stack([whole.answers[column_name(framework, item, perspective)][0] for item in items])
    n = int(sums.n_complete[0])
    covariance = covariance_from_sums(n, sums.item_sums[0], sums.cross[0])
    return pd.DataFrame(
        {
            "dimension": dimension,
            "item": list(sums.items),
            "perspective": perspective,
            "n": counts[:, 1:-1].sum(axis=1),
            "n_complete": n,
            "na": counts[:, -1],
            "missing": counts[:, 0],
            "mean": sums.item_sums[0] / n + sums.shift if n else np.nan,
            "sd": np.sqrt(np.diag(covariance)),
            "r_drop": corrected_item_total(covariance),
            "alpha_drop": alpha_if_dropped(covariance),
            "reason": None if n > 1 else "too_few_complete",
        }
    )
