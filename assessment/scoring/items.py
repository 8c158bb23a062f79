"""The items one by one: how each is answered and how it stands with the others of its dimension."""

import numpy as np
import pandas as pd

from assessment.responses.columns import column_name
from assessment.scoring.dimensions import Rows
from assessment.scoring.following import Follower
from assessment.scoring.sums import Stack
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

RULE = Follower(
    COLUMNS,
    keys=("wave", "dimension", "item", "perspective"),
    parts=("n_complete",),
    alike=("mean", "sd", "r_drop", "alpha_drop"),
)
"""How a release lets the table out."""


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
    parts = [item_rows(whole, stack) for stack in whole.stacks_of(tension=False)]
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort(rows.pop("pair"), kind="stable")
    known = {"wave": wave, "suppressed": False}
    return pd.DataFrame(known | {name: row[order] for name, row in rows.items()})[list(COLUMNS)]


def item_rows(whole: Tally, stack: Stack) -> Rows:
    """Compute the items of dimensions of one shape, dimension after dimension."""
    sums, size = stack.sums, stack.shape.items
    names = [(pair, item) for pair, items in zip(stack.pairs, stack.items, strict=True) for item in items]
    items = {item.id: item for item in whole.framework.items}
    columns = [column_name(whole.framework, items[item], perspective) for (_, perspective), item in names]
    counts = np.stack([whole.answers[column][0] for column in columns])
    n = sums.n_complete
    covariance = covariance_from_sums(n, sums.item_sums, sums.cross)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = sums.item_sums / n[:, None] + sums.shift
    variance = np.diagonal(covariance, axis1=-2, axis2=-1)
    return {
        "pair": np.array([whole.pairs.index(pair) for pair, _ in names]),
        "dimension": np.array([dimension for (dimension, _), _ in names], dtype=object),
        "item": np.array([item for _, item in names], dtype=object),
        "perspective": np.array([perspective for (_, perspective), _ in names], dtype=object),
        "n": counts[:, 1:-1].sum(axis=1),
        "n_complete": np.repeat(n, size),
        "na": counts[:, -1],
        "missing": counts[:, 0],
        "mean": mean.ravel(),
        "sd": np.sqrt(variance).ravel(),
        "r_drop": corrected_item_total(covariance).ravel(),
        "alpha_drop": alpha_if_dropped(covariance).ravel(),
        "reason": np.repeat(np.where(n > 1, None, "too_few_complete"), size),
    }
