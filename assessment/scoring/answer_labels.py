"""How many chose each answer of each item, neighbouring answers together where few chose one."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import Framework, Item
from assessment.responses.values import AnswerSheets
from assessment.scoring.following import CONFIDENTIAL, keys_of
from assessment.scoring.label_bands import ITEM, Cuts, Released, cuts_of, labels_of
from assessment.scoring.unanimity import MANY, RARE

COLUMNS = ("wave", "dimension", "item", "perspective", "low", "high", "n", "answers", "share", "suppressed", "reason")
"""Columns of the answer labels table."""

ENDS = ("floor", "ceiling")


def score_answer_labels(responses: pd.DataFrame, framework: Framework, wave: str = "") -> pd.DataFrame:
    r"""Learn how the answers to each item spread over the answer scale.

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
        Unreleased. One row is one answer (``low`` = ``high``) of one scored item under one perspective: `COLUMNS` and
        ``complete``, how many of the ``n`` who gave it answered every item of the dimension. ``share`` 0–1 of the
        item's ``answers``. Reversed items are turned: the high end is the learning end. A release joins answers into
        bands from ``low`` to ``high`` (`assessment.scoring.label_bands`).

    Notes
    -----
    **Missing answers**: not among the answers; ``item_answers`` counts them.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> responses = load_responses(io.BytesIO(b"st_04.reality\n5\n2\n2\nna"), framework)
    >>> score_answer_labels(responses, framework)[["low", "n"]].values.tolist()
    [[1, 0], [2, 2], [3, 0], [4, 0], [5, 1]]
    """
    sheets = AnswerSheets(responses, framework)
    rows = [
        row
        for dimension in framework.dimensions
        for perspective in framework.perspectives_of(dimension.id)
        if (items := sheets.fielded(dimension.id, perspective))
        for row in label_rows(sheets, items, perspective)
    ]
    columns = [*COLUMNS, "complete"]
    table = pd.DataFrame(rows) if rows else pd.DataFrame(columns=columns)
    return table.assign(wave=wave, suppressed=False)[columns]


def label_rows(sheets: AnswerSheets, items: tuple[Item, ...], perspective: str) -> Iterator[dict]:
    """Yield the answers to the items of one dimension under one perspective, counted."""
    values, asked = sheets.turned(items, perspective), sheets.asked(items).any(axis=0)
    complete = ~np.isnan(values).any(axis=1)
    for place, item in enumerate(items):
        scale, own = sheets.framework.scale_of(item), values[:, place]
        size = scale.high - scale.low + 1
        counts, whole = (counted(some, scale.low, size) for some in (own, own[complete]))
        answers = sum(counts)
        known = {"dimension": item.dimension, "item": item.id, "perspective": perspective, "answers": answers}
        known["reason"] = None if answers else "nobody_scored" if asked[place] else "not_asked"
        for label, (n, part) in enumerate(zip(counts, whole, strict=True), start=scale.low):
            share = n / answers if answers else np.nan
            yield known | {"low": label, "high": label, "n": n, "share": share, "complete": part}


def counted(values: np.ndarray, low: int, size: int) -> list[int]:
    """Count how often each answer was given."""
    return np.bincount((values[~np.isnan(values)] - low).astype(int), minlength=size).tolist()


def in_bands(
    told: pd.DataFrame, tables: Mapping[str, pd.DataFrame], least: int, releases: Sequence[Released]
) -> pd.DataFrame:
    """Join the answers of each item into the bands that may be told; a hidden item is one row."""
    table = tables["answer_labels"]
    if table.empty:
        return told
    cuts, counts = cuts_of(table, least, releases), labels_of(table, "n")
    why = dict(zip(keys_of(told, ITEM), told["reason"], strict=True))
    low = dict(zip(reversed(keys_of(table, ITEM)), reversed(table["low"].tolist()), strict=True))
    rows = [
        dict(zip(ITEM, key, strict=True)) | row
        for key, own in counts.items()
        for row in (hidden_row(why[key]) if why[key] or not cuts[key] else band_rows(own, cuts[key], low[key]))
    ]
    whole = {name: "Int64" for name in ("low", "high", "n", "answers")}
    reasons = pd.Series([row["reason"] for row in rows], dtype=object)
    return pd.DataFrame(rows).astype(whole | {"share": float}).assign(reason=reasons)[list(COLUMNS)]


def hidden_row(reason: str | None) -> Iterator[dict]:
    """Yield the one row of a hidden item."""
    empty = dict.fromkeys(("low", "high", "n", "answers"), pd.NA)
    yield empty | {"share": np.nan, "suppressed": True, "reason": reason or CONFIDENTIAL}


def band_rows(counts: Sequence[int], cuts: Cuts, low: int) -> Iterator[dict]:
    """Yield the bands of an item.

    Examples
    --------
    >>> [[row["low"], row["high"], row["n"]] for row in band_rows((4, 20, 30, 26), (1, 2), 1)]
    [[1, 2, 24], [3, 3, 30], [4, 4, 26]]
    """
    answers, first = sum(counts), 0
    for last in (*cuts, len(counts) - 1):
        n = sum(counts[first : last + 1])
        yield {
            "low": low + first,
            "high": low + last,
            "n": n,
            "answers": answers,
            "share": n / answers,
            "suppressed": False,
            "reason": None,
        }
        first = last + 1


def without_pooled_ends(
    told: pd.DataFrame, tables: Mapping[str, pd.DataFrame], least: int, releases: Sequence[Released]
) -> pd.DataFrame:
    """Tell the share at an end of the scale as it is only where its answer is a band of its own.

    Where it is not, it is at most 10 % or at least 90 %, or empty: an exact one would part the band.
    """
    table = tables.get("answer_labels")
    if table is None or told.empty:
        return told
    cuts, counts = cuts_of(table, least, releases), labels_of(table, "n")
    keys = keys_of(told, ITEM)
    alone = {
        "floor": [0 in cuts.get(key, ()) for key in keys],
        "ceiling": [len(counts.get(key, ())) - 2 in cuts.get(key, ()) for key in keys],
    }
    bounds = {end: bounded(told[end], told["n"], least) for end in ENDS}
    return told.assign(**{end: told[end].where(alone[end], bounds[end]) for end in ENDS})


def bounded(share: pd.Series, n: pd.Series, least: int) -> pd.Series:
    """Give a bound in place of a share: at most 10 %, at least 90 %, where so many are `least` people; else none.

    Examples
    --------
    >>> bounded(pd.Series([0.02, 0.3, 0.97, 0.02]), pd.Series([100, 100, 100, 99]), 10).tolist()
    [0.1, nan, 0.9, nan]
    """
    exact, people = share.astype(float), n.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    bound = exact.mask(exact <= RARE, RARE).mask(exact >= MANY, MANY)
    return bound.where(((exact <= RARE) | (exact >= MANY)) & (RARE * people >= least))
