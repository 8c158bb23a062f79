"""Whether a shared vision is likely: three conditions, each with its numbers. What is shared is the adopted text."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.scoring.blanks import with_none
from assessment.scoring.plurality import role_rows
from assessment.scoring.priorities import subject_question

COLUMNS = (
    "wave",
    "dimension",
    "n",
    "ad",
    "ad_cut",
    "agrees",
    "overlap",
    "by_chance",
    "choice_agreement",
    "p_value",
    "choose_alike",
    "roles",
    "roles_against",
    "against",
    "roles_unsettled",
    "roles_hidden",
    "none_against",
    "reading",
    "suppressed",
    "reason",
)
"""Columns of the shared_vision table."""

LIKELY, SIDE_BY_SIDE, UNDETERMINED = "likely", "side_by_side", "undetermined"
ALPHA = 0.05
"""Probability below which choices are said to agree beyond chance."""

ROUNDING = 1e-9
"""A deviation that arithmetic left this little above the cut has not passed it."""

JOINED = "+"
WORDS = ("agrees", "choose_alike", "against", "none_against", "reading", "reason")


def judge_shared_vision(tables: Mapping[str, pd.DataFrame], framework: Framework, alpha: float = ALPHA) -> pd.DataFrame:
    """Learn of each dimension whether a shared vision is likely, or visions stand side by side.

    Parameters
    ----------
    tables
        Released tables: ``agreement`` (the organisation's rows on vision), ``choice_agreement`` (the organisation's)
        and ``groups`` (the roles').
    framework
        The instrument, for the cut of vision, the roles, and the question whose options are dimensions.
    alpha
        Probability below which the choices are said to agree beyond chance.

    Returns
    -------
    pandas.DataFrame
        One row is one dimension about which a vision is asked, in the framework's order: `COLUMNS`. Three conditions,
        each True, False or None (not known): ``agrees`` (``ad`` on vision at most ``ad_cut``; ``n`` complete
        respondents), ``choose_alike`` (``p_value`` of the choices' ``overlap`` under alpha; one test for all
        dimensions), ``none_against`` (of the ``roles`` told, ``roles_against`` are against, named in ``against``;
        ``roles_unsettled`` may be; ``roles_hidden`` are hidden, and nobody outside knows whether they are large).
        ``reading``: ``likely`` when all three hold, ``side_by_side`` when one does not, else ``undetermined``, with the
        reason: ``too_few_complete``, ``no_choices``, ``no_roles``, ``role_hidden``, ``role_unsettled``.

    Notes
    -----
    **Missing answers**: as in each table. A role is *against* when its whole 95 % interval of vision lies below the
    framework's vision cut (65 of 100 unless the file says otherwise), *unsettled* when only its mean does: a convention
    of the kit, for the framework file defines none. A hidden role leaves the condition open; roles not asked for a
    vision (citizens, in the bundled framework) speak through the choices alone.

    The survey says at most that a shared vision is likely. It is the text adopted in the workshop that is shared.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> cell = {"wave": "1", "dimension": "team_learning", "perspective": "vision", "suppressed": False, "reason": None}
    >>> agreement = pd.DataFrame([cell | {"by": None, "group": None, "n_complete": 80, "ad": 0.6, "ad_cut": 5 / 6}])
    >>> alike = pd.DataFrame([{"wave": "1", "by": None, "group": None, "question": "three_choices", "n": 80,
    ...     "overlap": 1.2, "by_chance": 0.75, "agreement": 0.2, "p_value": 0.0001, "suppressed": False}])
    >>> roles = [("elected", 88.0, 4.7), ("agent", 45.0, 3.0)]
    >>> groups = pd.DataFrame([cell | {"by": "role", "group": role, "n": 40, "score": score, "ci_high": high}
    ...     for role, score, high in roles])
    >>> tables = {"agreement": agreement, "choice_agreement": alike, "groups": groups}
    >>> row = judge_shared_vision(tables, load_framework("collectivite-apprenante")).iloc[0]
    >>> row["agrees"], row["choose_alike"], row["none_against"], row["against"], row["reading"]
    (True, True, False, 'agent', 'side_by_side')
    """
    agreement = tables["agreement"]
    agreement = agreement[agreement["by"].isna() & (agreement["perspective"] == "vision")]
    roles = role_rows(tables["groups"], framework)
    roles = roles[roles["perspective"] == "vision"]
    rows = []
    for own in agreement.to_dict("records"):
        same = (roles["wave"] == own["wave"]) & (roles["dimension"] == own["dimension"])
        row = agreeing(own) | choosing(tables["choice_agreement"], own["wave"], framework, alpha)
        row |= opposing(roles[same], own["dimension"], framework) | {key: own[key] for key in ("wave", "dimension")}
        rows.append(emptied(row, own) if own["suppressed"] else row | read(row))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    counts = {name: "Int64" for name in ("n", "roles", "roles_against", "roles_unsettled", "roles_hidden")}
    return with_none(table.astype(counts), WORDS)


def agreeing(row: Mapping) -> dict:
    """Judge the first condition: agreement on vision."""
    agrees = None if pd.isna(row["ad"]) else bool(row["ad"] <= row["ad_cut"] + ROUNDING)
    return {"n": row["n_complete"], "ad": row["ad"], "ad_cut": row["ad_cut"], "agrees": agrees}


def choosing(table: pd.DataFrame, wave: str, framework: Framework, alpha: float) -> dict:
    """Judge the second condition: choices that agree beyond chance."""
    mine = table["by"].isna() & (table["wave"] == wave) & (table["question"] == subject_question(framework))
    found = table[mine & ~table["suppressed"].astype(bool)].to_dict("records")
    row = found[0] if found else dict.fromkeys(("overlap", "by_chance", "agreement", "p_value"), np.nan)
    alike = None if pd.isna(row["p_value"]) else bool(row["p_value"] < alpha)
    return {
        "overlap": row["overlap"],
        "by_chance": row["by_chance"],
        "choice_agreement": row["agreement"],
        "p_value": row["p_value"],
        "choose_alike": alike,
    }


def opposing(roles: pd.DataFrame, dimension: str, framework: Framework) -> dict:
    """Judge the third condition: no role against."""
    cut = framework.tension.vision_cut
    told = roles[~roles["suppressed"].astype(bool) & roles["score"].notna()]
    below = told["score"] < cut
    against = below & (upper_score(told, dimension, framework) < cut)
    hidden = int(roles["suppressed"].astype(bool).sum())
    unsettled = int((below & ~against).sum())
    none = False if against.any() else None if hidden or unsettled or told.empty else True
    return {
        "roles": len(told),
        "roles_against": int(against.sum()),
        "against": JOINED.join(told.loc[against, "group"]) or None,
        "roles_unsettled": unsettled,
        "roles_hidden": hidden,
        "none_against": none,
    }


def upper_score(rows: pd.DataFrame, dimension: str, framework: Framework) -> pd.Series:
    """Give the upper end of each role's interval on 0–100; the score itself where there is no interval."""
    scale = framework.scale_of(framework.scored_items(dimension)[0])
    high = 100 * (rows["ci_high"].astype(float) - scale.low) / (scale.high - scale.low)
    return high.fillna(rows["score"].astype(float))


def read(row: Mapping) -> dict:
    """Read the three conditions together."""
    conditions = [row["agrees"], row["choose_alike"], row["none_against"]]
    if False in conditions:
        return {"reading": SIDE_BY_SIDE, "suppressed": False, "reason": None}
    if None not in conditions:
        return {"reading": LIKELY, "suppressed": False, "reason": None}
    return {"reading": UNDETERMINED, "suppressed": False, "reason": why_undetermined(row)}


def why_undetermined(row: Mapping) -> str:
    """Name the first condition that is not known."""
    if row["agrees"] is None:
        return "too_few_complete"
    if row["choose_alike"] is None:
        return "no_choices"
    if row["roles_hidden"]:
        return "role_hidden"
    return "role_unsettled" if row["roles_unsettled"] else "no_roles"


def emptied(row: Mapping, own: Mapping) -> dict:
    """Leave a hidden dimension its keys and its reason only."""
    keys = {name: row[name] for name in ("wave", "dimension")}
    return dict.fromkeys(COLUMNS) | keys | {"suppressed": True, "reason": own["reason"]}
