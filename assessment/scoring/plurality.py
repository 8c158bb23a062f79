"""The pluralist index: what the organisation looks like when every role weighs the same, however many answered in it.

A convention of the kit, inspired by pluralist governance (Lorino 2020): a role is a voice, not a number of people.
"""

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.scoring.blanks import with_none
from assessment.statistics import degrees_of_freedom, equal_weight_interval

COLUMNS = (
    "wave",
    "dimension",
    "perspective",
    "n",
    "roles",
    "roles_absent",
    "mean",
    "score",
    "se",
    "ci_low",
    "ci_high",
    "score_by_respondents",
    "suppressed",
    "reason",
)
"""Columns of the plurality table."""

VOICE_COLUMNS = (
    "wave",
    "by",
    "group",
    "dimension",
    "perspective",
    "n",
    "score",
    "weight",
    "weight_by_respondents",
    "suppressed",
    "reason",
)
"""Columns of the voices table."""

SILENT = ("not_asked", "nobody_scored")
"""A role to which a dimension is not put, or of which nobody answered enough, has no voice in it."""

HIDDEN, ALONE = "role_hidden", "one_role"
CELL = ["wave", "dimension", "perspective"]


def compare_voices(groups: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Learn how much each role weighs, by the number who answered and as one voice among others.

    Parameters
    ----------
    groups
        The released groups table: its rows by role are used, sub-roles within the role they are a part of.
    framework
        The instrument, for the roles.

    Returns
    -------
    pandas.DataFrame
        One row is one role in one dimension under one perspective: `VOICE_COLUMNS`. ``weight`` in the pluralist index,
        ``weight_by_respondents`` in the plain mean over respondents of these roles (both 0–1); a hidden role keeps its
        row without numbers.

    Notes
    -----
    **Missing answers**: ``n`` respondents with a score. Where a role is hidden no weights are told.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = [("elected", 10, 60.0), ("agent", 90, 40.0)]
    >>> groups = pd.DataFrame([{"wave": "1", "by": "role", "group": role, "dimension": "team_learning", "n": n,
    ...     "perspective": "reality", "score": score, "suppressed": False, "reason": None} for role, n, score in rows])
    >>> table = compare_voices(groups, load_framework("collectivite-apprenante"))
    >>> table[["group", "weight", "weight_by_respondents"]].values.tolist()
    [['elected', 0.5, 0.1], ['agent', 0.5, 0.9]]
    """
    rows = in_order(role_rows(groups, framework), framework)
    if rows.empty:
        return pd.DataFrame(columns=list(VOICE_COLUMNS))
    told = rows.groupby(CELL, sort=False)["suppressed"].transform("any").astype(bool).map({True: np.nan, False: 1.0})
    n = pd.to_numeric(rows["n"]).astype(float)
    voices = rows.groupby(CELL, sort=False)["group"].transform("size")
    rows["weight"] = told / voices
    rows["weight_by_respondents"] = told * n / n.groupby([rows[one] for one in CELL], sort=False).transform("sum")
    rows["reason"] = rows["reason"].where(rows["suppressed"].astype(bool))  # why there is no alpha is no matter here
    return with_none(rows, ("reason",))[list(VOICE_COLUMNS)].reset_index(drop=True)


def score_plurality(groups: pd.DataFrame, dimensions: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Learn the organisation's scores when every role weighs the same, beside those where every respondent does.

    Parameters
    ----------
    groups
        The released groups table: its rows by role are used, sub-roles within the role they are a part of.
    dimensions
        The released dimensions table.
    framework
        The instrument, for the roles.

    Returns
    -------
    pandas.DataFrame
        One row is one dimension under one perspective: `COLUMNS`. ``n`` respondents in ``roles`` roles;
        ``roles_absent`` further roles the dimension is put to, of which nobody answered; ``mean``, ``se`` and the
        interval on the answer scale, ``score`` 0–100; ``score_by_respondents`` the same organisation with every
        respondent weighing the same.

    Notes
    -----
    **Missing answers**: as in the roles' scores. Empty where one role is hidden (``role_hidden``; it could be worked
    out) or alone (``one_role``). A role to which the dimension is not put, or of which nobody answered enough items
    (citizens, about vision), has no voice in it. Var = Σ se² / roles², Welch and Satterthwaite's degrees of freedom; a
    role of which everybody answered adds no error. Each role answers what it is asked: the index adds up voices, it
    compares none.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> framework = load_framework("collectivite-apprenante")
    >>> rows = [("elected", 10, 3.4, 0.3), ("agent", 90, 2.6, 0.1)]
    >>> groups = pd.DataFrame([{"wave": "1", "by": "role", "group": role, "dimension": "team_learning", "n": n,
    ...     "perspective": "reality", "mean": mean, "score": 25 * (mean - 1), "se": se, "ci_low": mean - 2 * se,
    ...     "ci_high": mean + 2 * se, "suppressed": False, "reason": None} for role, n, mean, se in rows])
    >>> whole = groups.iloc[:1].assign(by=None, group=None, n=100, mean=2.68, score=42.0)
    >>> row = score_plurality(groups, whole, framework).iloc[0]
    >>> float(row["score"]), float(row["score_by_respondents"]), round(float(row["se"]), 4), int(row["roles_absent"])
    (50.0, 42.0, 0.1581, 2)
    """
    rows = in_order(role_rows(groups, framework), framework)
    plain = dimensions.set_index(CELL)["score"]
    found = [
        dict(zip(CELL, cell, strict=True)) | index_of(part) | {"roles_absent": absent(part, framework, cell[1])}
        for cell, part in rows.groupby(CELL, sort=False)
    ]
    table = pd.DataFrame(found, columns=[one for one in COLUMNS if one != "score_by_respondents"])
    places = pd.MultiIndex.from_frame(table[CELL])
    table["score_by_respondents"] = pd.to_numeric(plain.reindex(places)).to_numpy(dtype=float, na_value=np.nan)
    return with_none(table.astype({"n": "Int64"}), ("reason",))[list(COLUMNS)]


def role_rows(groups: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Give the rows of the roles that are part of no other and that have a voice in the dimension."""
    top = {role.id for role in framework.roles if role.parent is None} or set(groups["group"].dropna())
    mine = (groups["by"] == "role") & groups["group"].isin(top) & ~groups["reason"].isin(SILENT)
    return groups[mine].copy()


def in_order(rows: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Put rows in the framework's order of dimensions, roles in theirs."""
    dimensions = {one.id: number for number, one in enumerate(framework.dimensions)}
    roles = {one.id: number for number, one in enumerate(framework.roles)}
    places = rows.assign(dimension=rows["dimension"].map(dimensions), group=rows["group"].map(roles))
    return rows.loc[places.sort_values(["wave", "dimension", "perspective", "group"], kind="stable").index]


def index_of(rows: pd.DataFrame) -> dict:
    """Compute the index of one dimension under one perspective from its roles' rows."""
    reason = why_no_index(rows)
    empty = dict.fromkeys(("mean", "score", "se", "ci_low", "ci_high"), np.nan)
    same = {"roles": len(rows), "suppressed": reason == HIDDEN, "reason": reason}
    if reason:
        return same | empty | {"n": pd.NA if reason == HIDDEN else int(rows["n"].sum())}
    mean, high = (rows[name].to_numpy(dtype=float) for name in ("mean", "ci_high"))
    se = np.where(rows["reason"] == "everyone_answered", 0.0, rows["se"].to_numpy(dtype=float))
    found = equal_weight_interval(mean, se, degrees_of_freedom(mean, se, high))
    numbers = {"mean": found.mean, "se": found.se, "ci_low": found.low, "ci_high": found.high}
    score = {"n": int(rows["n"].sum()), "score": float(rows["score"].mean())}
    return same | score | {name: float(number) for name, number in numbers.items()}


def why_no_index(rows: pd.DataFrame) -> str | None:
    """Say why there is no index; None where there is one."""
    if rows["suppressed"].any():
        return HIDDEN
    return ALONE if len(rows) < 2 else None


def absent(rows: pd.DataFrame, framework: Framework, dimension: str) -> int:
    """Count the roles the dimension is put to of which nobody answered."""
    items = framework.scored_items(dimension)
    top = [role.id for role in framework.roles if role.parent is None]
    asked = {role for role in top if any(framework.is_asked(item, role) for item in items)}
    return len(asked - set(rows["group"]))
