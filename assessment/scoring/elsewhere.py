"""Where an organisation's released scores stand among others', on the same items in the same words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.scoring.benchmark import QUARTERS, benchmark_of
from assessment.statistics import difference_between

FEWEST_ORGANISATIONS = 5
"""Organisations of which medians and quartiles are told: those of fewer would tell single ones (a convention)."""

COLUMNS = (
    "wave",
    "dimension",
    "perspective",
    "n",
    "score",
    "low",
    "high",
    "other_n",
    "other",
    "other_low",
    "other_high",
    "difference",
    "difference_low",
    "difference_high",
    "quarter",
    "reading",
    "reason",
)
"""One row is one dimension under one perspective, numbers on 0–100. ``other`` is the median, ``other_low, other_high``
the quartiles and ``other_n`` the organisations; or another organisation's score, interval and respondents. ``reading``:
``above``, ``below``, ``unclear`` (the interval of the difference holds 0), None with its ``reason``."""


def compare_norms(
    released: Mapping[str, pd.DataFrame], norms: Sequence[Mapping[str, Any]], framework: Framework, wave: str
) -> pd.DataFrame:
    """Learn where the organisation stands among those that norms tell of.

    Parameters
    ----------
    released
        Released tables: ``dimensions`` and ``items``.
    norms
        One is one dimension under one perspective: ``dimension, perspective, items`` (how many were asked),
        ``organisations, median, q25, q75``.
    framework
        The instrument.
    wave
        The wave.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, in the instrument's order. The median is taken as it is: the interval is of the own score only.
        ``reason``: that of the released row, ``too_few_organisations``, ``other_items``.

    Notes
    -----
    **Missing answers**: a dimension that is hidden or has no score is not compared.

    That the items were asked in the same words is known from the instrument's version, and how many were, from
    ``items``. Who was asked is not known: a median over organisations where agents alone answered is another one.
    """

    def beside(own: Mapping[str, Any], other: Mapping[str, Any], asked: set[str]) -> dict:
        if other["organisations"] < FEWEST_ORGANISATIONS:
            return {"reason": "too_few_organisations", "other_n": None}
        shown = {"other_n": other["organisations"]}
        if other["items"] != len(asked):
            return {**shown, "reason": "other_items"}
        shown |= {"other": other["median"], "other_low": other["q25"], "other_high": other["q75"]}
        place = sum(own["score"] >= other[one] for one in ("q25", "median", "q75"))
        ends = (own["low"] - other["median"], own["high"] - other["median"])
        return shown | read(own["score"] - other["median"], *ends) | {"quarter": QUARTERS[place]}

    return compared(released, norms, framework, wave, beside)


def compare_organisation(
    released: Mapping[str, pd.DataFrame], scores: Sequence[Mapping[str, Any]], framework: Framework, wave: str
) -> pd.DataFrame:
    """Learn how far the organisation stands from one other, with the interval of the difference.

    Parameters
    ----------
    released, framework, wave
        As in `compare_norms`.
    scores
        The other's released scores: ``dimension, perspective, n, score, se`` (on the answer scale; None or 0 where
        everyone answered), ``items`` (a list of ``item``).

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`. Welch's interval, with n − 1 degrees of freedom on each side.

    Notes
    -----
    **Missing answers**: a dimension that either has no score for is not compared.
    """

    def beside(own: Mapping[str, Any], other: Mapping[str, Any], asked: set[str]) -> dict:
        shown = {"other_n": other["n"]}
        if {one["item"] for one in other.get("items") or ()} != asked:
            return {**shown, "reason": "other_items"}
        se = 100 * (other.get("se") or 0) / own["width"]
        sides = (own["score"], own["se"], max(own["n"] - 1, 1), other["score"], se, max(other["n"] - 1, 1))
        found = difference_between(*sides)
        alone = difference_between(other["score"], se, max(other["n"] - 1, 1), 0.0, 0.0, 1)
        low, high = (float(one) if np.isfinite(one) else other["score"] for one in (alone.low, alone.high))
        shown |= {"other": other["score"], "other_low": max(low, 0.0), "other_high": min(high, 100.0)}
        difference = own["score"] - other["score"]
        ends = (float(one) if np.isfinite(one) else difference for one in (found.low, found.high))
        return shown | read(difference, *ends)

    return compared(released, scores, framework, wave, beside)


def norms_of(organisations: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Learn the medians and quartiles of organisations that were asked the same items.

    Parameters
    ----------
    organisations
        One has a ``name`` and ``rows`` as `compare_organisation` takes them.

    Returns
    -------
    list of dict
        As `compare_norms` takes them; of the items most of them were asked, those asked others left out.
    """
    every = [
        {**row, "organisation": one["name"], "asked": asked_of(row)} for one in organisations for row in one["rows"]
    ]
    table = pd.DataFrame(every, columns=["organisation", "dimension", "perspective", "score", "asked"])
    most = table.groupby(["dimension", "perspective"])["asked"].transform(lambda own: own.mode().iloc[0])
    kept = table[table["asked"] == most]
    items = kept.drop_duplicates(["dimension", "perspective"]).set_index(["dimension", "perspective"])["asked"]
    rows = benchmark_of(kept.astype({"score": float})).to_dict("records")
    return [row | {"items": len(items[row["dimension"], row["perspective"]].split())} for row in rows]


def asked_of(row: Mapping[str, Any]) -> str:
    """Write the items of a row so that they can be compared."""
    return " ".join(sorted(one["item"] for one in row.get("items") or ()))


def compared(
    released: Mapping[str, pd.DataFrame],
    others: Sequence[Mapping[str, Any]],
    framework: Framework,
    wave: str,
    beside: Callable[[Mapping, Mapping, set[str]], dict],
) -> pd.DataFrame:
    """Set each released row beside the other side's."""
    dimensions, items = (table[table["wave"] == wave] for table in (released["dimensions"], released["items"]))
    known = {(one["dimension"], one["perspective"]): one for one in others}
    asked = items.groupby(["dimension", "perspective"])["item"].agg(set).to_dict() if len(items) else {}
    order = {one.id: place for place, one in enumerate(framework.dimensions)}
    rows = []
    for row in sorted(dimensions.to_dict("records"), key=lambda one: order[one["dimension"]]):
        pair = (row["dimension"], row["perspective"])
        if pair in known:
            keys = {"wave": wave, "dimension": pair[0], "perspective": pair[1]}
            own = own_side(row, framework)
            told = (
                {"reason": own["reason"]} if own["score"] is None else beside(own, known[pair], asked.get(pair, set()))
            )
            shown = {name: own[name] for name in ("n", "score", "low", "high")}
            rows.append({**dict.fromkeys(COLUMNS), **keys, **shown, **told})
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def own_side(row: Mapping[str, Any], framework: Framework) -> dict[str, Any]:
    """Give the own released row on 0–100; its interval is the score itself where everyone answered."""
    scale = framework.scale_of(framework.scored_items(row["dimension"])[0])
    width = scale.high - scale.low
    if row["suppressed"] or pd.isna(row["score"]):
        reason = row["reason"] if isinstance(row["reason"], str) else "nobody_scored"
        return {**dict.fromkeys(("n", "score", "low", "high", "se")), "reason": reason, "width": width}
    score = float(row["score"])
    ends = [score if pd.isna(row[end]) else 100 * (row[end] - scale.low) / width for end in ("ci_low", "ci_high")]
    se = 0.0 if pd.isna(row["se"]) else 100 * row["se"] / width
    return {
        "n": int(row["n"]),
        "score": score,
        "low": max(ends[0], 0.0),
        "high": min(ends[1], 100.0),
        "se": se,
        "reason": None,
        "width": width,
    }


def read(difference: float, low: float, high: float) -> dict[str, Any]:
    """Say which way a difference goes, where its interval leaves no doubt."""
    reading = "above" if low > 0 else "below" if high < 0 else "unclear"
    return {"difference": difference, "difference_low": low, "difference_high": high, "reading": reading}
