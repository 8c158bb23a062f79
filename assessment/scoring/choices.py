"""The scarce choice: which subjects people want to see move first, and whether they want the same ones."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import Framework, Question
from assessment.responses.choices import choice_questions, chosen_options
from assessment.scoring.blanks import with_none
from assessment.scoring.membership import Group, groups_in
from assessment.scoring.profile import Grouping
from assessment.statistics import choice_agreement, share_interval

COLUMNS = (
    "wave",
    "by",
    "group",
    "question",
    "option",
    "n",
    "share",
    "ci_low",
    "ci_high",
    "by_chance",
    "suppressed",
    "reason",
)
"""Columns of the choices table."""

AGREEMENT_COLUMNS = (
    "wave",
    "by",
    "group",
    "question",
    "n",
    "overlap",
    "by_chance",
    "agreement",
    "p_value",
    "suppressed",
    "reason",
)
"""Columns of the choice_agreement table."""


def score_choices(
    responses: pd.DataFrame,
    framework: Framework,
    by: Sequence[Grouping] = (),
    wave: str = "",
    units: pd.DataFrame | None = None,
) -> pd.DataFrame:
    r"""Learn how many chose each option of each question, in the organisation and in groups.

    Parameters
    ----------
    responses
        The responses of one wave.
    framework
        The instrument.
    by
        Groupings: each a tuple of columns.
    wave
        The wave's name, for the rows.
    units
        The units table, for the roll-up.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one option in one group, in the question's order: `COLUMNS`. ``n`` respondents who chose
        anything, ``share`` of them who chose the option, its interval (Wilson), ``by_chance`` the share if everybody
        had drawn as many options at random.

    Raises
    ------
    Faults
        Choices that cannot be (`chosen_options`).

    Notes
    -----
    **Missing answers**: those who chose nothing are not in ``n``. Weights do not act on shares. The interval takes
    respondents as a simple sample.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"three_choices,pm_01.reality\nteam_learning+means_to_act,3\nmeans_to_act,4\n,4")
    >>> table = score_choices(load_responses(file, framework), framework)
    >>> table.loc[table["share"] > 0, ["option", "n", "share", "by_chance"]].values.tolist()
    [['team_learning', 2, 0.5, 0.125], ['means_to_act', 2, 1.0, 0.125]]
    """
    tables = [
        share_rows(chosen[group.members], group, question)
        for question, chosen, group in in_every_group(responses, framework, by, units)
    ]
    return finished(tables, COLUMNS, wave)


def score_choice_agreement(
    responses: pd.DataFrame,
    framework: Framework,
    by: Sequence[Grouping] = (),
    wave: str = "",
    units: pd.DataFrame | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    r"""Learn whether people choose the same options more than chance would have it.

    Parameters as in `score_choices`; `seed` of the random sets of choices.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one question in one group: `AGREEMENT_COLUMNS`. ``overlap`` options that two people have
        in common on average, ``by_chance`` the same at random, ``agreement`` 0 (as by chance) to 1 (all choose the
        same), ``p_value`` of at least this overlap by chance, from 1,999 random sets.

    Notes
    -----
    **Missing answers**: those who chose nothing do not count. In a large organisation any slight preference is beyond
    chance: read ``agreement`` with ``p_value``.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"three_choices,pm_01.reality\nteam_learning,3\nteam_learning,4\nmeans_to_act,4")
    >>> row = score_choice_agreement(load_responses(file, framework), framework).iloc[0]
    >>> int(row["n"]), round(float(row["overlap"]), 4), round(float(row["by_chance"]), 4)  # a pair of three; 1 of 12
    (3, 0.3333, 0.0833)
    """
    rows = [
        pd.DataFrame([agreement_row(chosen[group.members], group, question, seed)])
        for question, chosen, group in in_every_group(responses, framework, by, units)
    ]
    return finished(rows, AGREEMENT_COLUMNS, wave)


def in_every_group(responses, framework, by, units):
    """Go through the questions with options and, within each, the groups of respondents."""
    groups = list(groups_in(responses, framework, by, units))
    for question in choice_questions(responses, framework):
        chosen = chosen_options(responses, framework, question).to_numpy()
        yield from ((question, chosen, group) for group in groups)


def share_rows(chosen: np.ndarray, group: Group, question: Question) -> pd.DataFrame:
    """Count one question's options in one group."""
    count, n = chosen.sum(axis=0), int(chosen.any(axis=1).sum())
    low, high = share_interval(count, n)
    nothing = np.full(len(count), np.nan)
    return pd.DataFrame(
        {
            "by": group.by,
            "group": group.group,
            "question": question.id,
            "option": [option.id for option in question.options],
            "n": n,
            "share": count / n if n else nothing,
            "ci_low": low,
            "ci_high": high,
            "by_chance": count.sum() / n / len(count) if n else np.nan,
            "reason": None if n else "nobody_chose",
        }
    )


def agreement_row(chosen: np.ndarray, group: Group, question: Question, seed: int) -> dict:
    """Compare one group's choices with chance."""
    found = choice_agreement(chosen.sum(axis=0), np.bincount(chosen.sum(axis=1), minlength=1), seed=seed)
    reason = None
    if found.n < 2:
        reason = "one_respondent" if found.n else "nobody_chose"
    elif np.isnan(found.p_value):
        reason = "everything_chosen"
    return {"by": group.by, "group": group.group, "question": question.id, "reason": reason, **vars(found)}


def finished(tables: Sequence[pd.DataFrame], columns: Sequence[str], wave: str) -> pd.DataFrame:
    """Put rows together under their keys."""
    if not tables:
        return pd.DataFrame(columns=list(columns))
    table = pd.concat(tables, ignore_index=True).assign(wave=wave, suppressed=False)
    return with_none(table, ("by", "group", "reason"))[list(columns)]
