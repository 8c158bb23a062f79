"""What the choices of roles have in common, and what is each one's own."""

from itertools import combinations

import pandas as pd

from assessment.framework.model import Framework
from assessment.scoring.blanks import with_none
from assessment.scoring.plurality import role_rows
from assessment.scoring.unanimity import RARE

COLUMNS = (
    "wave",
    "by",
    "group",
    "question",
    "option",
    "n",
    "share",
    "groups",
    "told",
    "standing",
    "suppressed",
    "reason",
)
"""Columns of the role_choices table."""

OVERLAP_COLUMNS = (
    "wave",
    "by",
    "group",
    "other_group",
    "question",
    "n",
    "other_n",
    "common",
    "own",
    "other_own",
    "jaccard",
    "suppressed",
    "reason",
)
"""Columns of the choice_overlap table."""

JOINED = "+"
CELL = ["wave", "question"]


def compare_role_choices(choices: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Learn which of each role's first choices all share, some share, or are its own.

    Parameters
    ----------
    choices
        The released choices table: its rows by role are used, sub-roles within the role they are a part of.
    framework
        The instrument, for the roles and how many options one may choose.

    Returns
    -------
    pandas.DataFrame
        One row is one of the first choices of one role: its most chosen options, as many as one may choose, and those
        chosen as often as the last of them. `COLUMNS`: ``groups`` of the ``told`` roles have it among their first;
        ``standing`` is ``common`` (all of them), ``own`` (this one alone), ``several``; None where one role only is
        told (``one_role``).

    Notes
    -----
    **Missing answers**: ``n`` respondents of the role who chose anything. Hidden roles do not count: what is common is
    common among those told.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = [("elected", "team_learning", 0.9), ("elected", "means_to_act", 0.0), ("agent", "team_learning", 0.4),
    ...     ("agent", "means_to_act", 0.8)]
    >>> choices = pd.DataFrame([{"wave": "1", "by": "role", "group": role, "question": "three_choices", "n": 20,
    ...     "option": option, "share": share, "suppressed": False, "reason": None} for role, option, share in rows])
    >>> table = compare_role_choices(choices, load_framework("collectivite-apprenante"))
    >>> table[["group", "option", "standing"]].values.tolist()
    [['elected', 'team_learning', 'common'], ['agent', 'means_to_act', 'own'], ['agent', 'team_learning', 'common']]
    """
    first = first_choices(choices, framework)
    told = first.groupby(CELL, sort=False)["group"].transform("nunique")
    groups = first.groupby([*CELL, "option"], sort=False)["group"].transform("size")
    rows = zip(groups, told, strict=True)
    standing = [None if of == 1 else "common" if have == of else "own" if have == 1 else "several" for have, of in rows]
    reason = ["one_role" if one is None else None for one in standing]
    table = first.assign(groups=groups, told=told, standing=standing, suppressed=False, reason=reason)
    return with_none(table, ("standing", "reason"))[list(COLUMNS)].reset_index(drop=True)


def compare_choice_overlap(choices: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Learn how much the first choices of every two roles overlap.

    Parameters
    ----------
    choices
        As in `compare_role_choices`.
    framework
        The instrument.

    Returns
    -------
    pandas.DataFrame
        One row is one pair of roles that are told: `OVERLAP_COLUMNS`. ``common``, ``own`` and ``other_own`` name
        options, joined by ``+``, None where there is none; ``jaccard`` is the share of common ones among all that
        either has, 0–1.

    Notes
    -----
    **Missing answers**: as in `compare_role_choices`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = [("elected", "team_learning", 0.9), ("elected", "means_to_act", 0.0), ("agent", "team_learning", 0.4),
    ...     ("agent", "means_to_act", 0.8)]
    >>> choices = pd.DataFrame([{"wave": "1", "by": "role", "group": role, "question": "three_choices", "n": 20,
    ...     "option": option, "share": share, "suppressed": False, "reason": None} for role, option, share in rows])
    >>> row = compare_choice_overlap(choices, load_framework("collectivite-apprenante")).iloc[0]
    >>> row["group"], row["other_group"], row["common"], row["own"], row["other_own"], float(row["jaccard"])
    ('elected', 'agent', 'team_learning', None, 'means_to_act', 0.5)
    """
    first = first_choices(choices, framework)
    rows = []
    for (wave, question), part in first.groupby(CELL, sort=False):
        sets = {group: list(own["option"]) for group, own in part.groupby("group", sort=False)}
        n = dict(zip(part["group"], part["n"], strict=True))
        same = {"wave": wave, "by": "role", "question": question, "suppressed": False, "reason": None}
        for one, other in combinations(sets, 2):
            pair = {"group": one, "other_group": other, "n": n[one], "other_n": n[other]}
            rows.append(same | pair | overlap(sets[one], sets[other]))
    return with_none(pd.DataFrame(rows, columns=list(OVERLAP_COLUMNS)), ("common", "own", "other_own", "reason"))


def first_choices(choices: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Give each told role's most chosen options, ties with the last of them included, the most chosen first."""
    rows = role_rows(choices, framework)
    rows = rows[~rows["suppressed"].astype(bool) & (rows["share"] > RARE)]
    most = {question.id: question.choose or 1 for question in framework.questions}
    rank = rows.groupby([*CELL, "group"], sort=False)["share"].rank(method="min", ascending=False)
    rows = rows[rank <= rows["question"].map(most).astype(float)]
    group = rows.groupby([*CELL, "group"], sort=False).ngroup()
    order = pd.DataFrame({"group": group, "share": -rows["share"].astype(float)}).sort_values(
        ["group", "share"], kind="stable"
    )
    return rows.loc[order.index]


def overlap(own: list[str], other: list[str]) -> dict:
    """Compare two sets of options."""
    common = [one for one in own if one in other]
    return {
        "common": JOINED.join(common) or None,
        "own": JOINED.join(one for one in own if one not in other) or None,
        "other_own": JOINED.join(one for one in other if one not in own) or None,
        "jaccard": len(common) / len({*own, *other}),
    }
