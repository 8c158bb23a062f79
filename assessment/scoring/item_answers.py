"""How the answers to each item lie: piled up at an end of the answer scale, or withheld."""

import numpy as np
import pandas as pd

from assessment.framework.model import Framework, Item
from assessment.responses.answers import NOT_CONCERNED
from assessment.responses.values import AnswerSheets

COLUMNS = (
    "wave",
    "dimension",
    "item",
    "perspective",
    "n",
    "asked",
    "floor",
    "ceiling",
    "na_share",
    "missing_share",
    "suppressed",
    "reason",
)
"""Columns of the item answers table."""


def score_item_answers(responses: pd.DataFrame, framework: Framework, wave: str = "") -> pd.DataFrame:
    r"""Learn which items everybody answers at one end, and which many cannot answer.

    Parameters
    ----------
    responses
        The responses table (`load_responses`) of one wave: one row is one response.
    framework
        The instrument.
    wave
        The wave's name, for the rows.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one scored item under one perspective: `COLUMNS`. ``n`` answers among ``asked``
        respondents; ``floor`` and ``ceiling`` the shares, 0–1, of answers at the low and the high end (reversed items
        turned, so that the ceiling is always the learning end); ``na_share`` the share of those asked who are not
        concerned or do not know, ``missing_share`` of those who left the item empty.

    Notes
    -----
    **Missing answers**: neither at the floor nor at the ceiling; counted apart. An item many do not know says who can
    observe it, before it says anything about them.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> responses = load_responses(io.BytesIO(b"st_04.reality,st_05.reality\n5,1\n5,na\n2,\n1,3"), framework)
    >>> score_item_answers(responses, framework)[["item", "n", "floor", "ceiling", "na_share"]].values.tolist()
    [['st_04', 4, 0.25, 0.5, 0.0], ['st_05', 2, 0.5, 0.0, 0.25]]
    """
    sheets = AnswerSheets(responses, framework)
    tables = [
        item_rows(sheets, items, perspective)
        for dimension in framework.dimensions
        for perspective in framework.perspectives_of(dimension.id)
        if (items := sheets.fielded(dimension.id, perspective))
    ]
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(COLUMNS))
    return table.assign(wave=wave, suppressed=False)[list(COLUMNS)]


def item_rows(sheets: AnswerSheets, items: tuple[Item, ...], perspective: str) -> pd.DataFrame:
    """Count the answers to the items of one dimension under one perspective."""
    values, asked = sheets.turned(items, perspective), sheets.asked(items)
    withheld, answered = asked & (sheets.codes(items, perspective) == NOT_CONCERNED), ~np.isnan(values)
    scales = [sheets.framework.scale_of(item) for item in items]
    n, put = answered.sum(axis=0), asked.sum(axis=0)
    return pd.DataFrame(
        {
            "dimension": items[0].dimension,
            "item": [item.id for item in items],
            "perspective": perspective,
            "n": n,
            "asked": put,
            "floor": shares((values == [scale.low for scale in scales]).sum(axis=0), n),
            "ceiling": shares((values == [scale.high for scale in scales]).sum(axis=0), n),
            "na_share": shares(withheld.sum(axis=0), put),
            "missing_share": shares((asked & ~answered & ~withheld).sum(axis=0), put),
            "reason": np.select([put == 0, n == 0], ["not_asked", "nobody_scored"], None).astype(object),
        }
    )


def shares(counts: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Give shares; NaN of nobody."""
    return np.where(of > 0, counts / np.maximum(of, 1), np.nan)
