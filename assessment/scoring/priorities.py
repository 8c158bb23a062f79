"""Where to begin: what is chosen, how far the wish stands, what goes with the outcomes, whether people agree.

The columns stand side by side; no score is made of them. Only the order of the rows follows a rule, and says which.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.scoring.blanks import with_none

COLUMNS = (
    "wave",
    "dimension",
    "n",
    "order",
    "reading",
    "chosen",
    "chosen_low",
    "chosen_high",
    "chosen_by_chance",
    "tension",
    "tension_low",
    "tension_high",
    "quadrant",
    "importance",
    "importance_low",
    "importance_high",
    "ad",
    "ad_cut",
    "rwg_j",
    "polarisation",
    "suppressed",
    "reason",
)
"""Columns of the priorities table."""

READINGS = ("chosen_gap", "chosen", "gap", "low_aspiration", "later")
"""In their order: chosen more than by chance with a gap to work on; chosen more than by chance; a gap to work on; a low
aspiration (ask why); nothing of these."""

KEYS = ["wave", "dimension"]

CHOSEN = {"share": "chosen", "ci_low": "chosen_low", "ci_high": "chosen_high", "by_chance": "chosen_by_chance"}
WEIGHED = {"weight": "importance", "ci_low": "importance_low", "ci_high": "importance_high"}
AGREED = {"ad": "ad", "ad_cut": "ad_cut", "rwg_j": "rwg_j", "polarisation": "polarisation"}
TENSE = {
    "n": "n",
    "tension": "tension",
    "ci_low": "tension_low",
    "ci_high": "tension_high",
    "quadrant": "quadrant",
    "suppressed": "suppressed",
    "reason": "reason",
}


def compare_priorities(tables: Mapping[str, pd.DataFrame], framework: Framework) -> pd.DataFrame:
    """Learn what people want to see move, how far it stands, what goes with the outcomes and where people agree.

    Parameters
    ----------
    tables
        Released tables: ``tension``, ``choices``, ``outcome_weights``, ``agreement``; only the organisation's rows
        are used, and any but ``tension`` may be wanting.
    framework
        The instrument, for its order and for the question whose options are dimensions.

    Returns
    -------
    pandas.DataFrame
        One row is one dimension with a tension, in the order to talk about them: `COLUMNS`. ``n`` respondents with a
        tension; ``chosen`` share who chose it, with its interval and what chance would give; ``importance`` relative
        weight for the outcomes (a share of their variance, no cause); ``ad`` and ``rwg_j`` on vision, the organisation
        as one group. ``reading``, one of `READINGS`, makes the ``order`` (1 = first); within a reading the more often
        chosen comes first, then the wider gap. Importance and agreement do not enter it.

    Notes
    -----
    **Missing answers**: as in each table. Without choices the gap alone is read. "Chosen" is said where the interval of
    the share lies above chance.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> tension = pd.DataFrame([{"wave": "1", "by": None, "group": None, "dimension": one, "n": 40, "tension": gap,
    ...     "ci_low": gap - 3, "ci_high": gap + 3, "quadrant": "mobilising", "suppressed": False, "reason": None}
    ...     for one, gap in (("team_learning", 30.0), ("systems_thinking", 20.0))])
    >>> choices = pd.DataFrame([{"wave": "1", "by": None, "group": None, "question": "three_choices", "n": 40,
    ...     "option": "systems_thinking", "share": 0.5, "ci_low": 0.35, "ci_high": 0.65, "by_chance": 0.25}])
    >>> framework = load_framework("collectivite-apprenante")
    >>> table = compare_priorities({"tension": tension, "choices": choices}, framework)
    >>> table[["order", "dimension", "reading"]].values.tolist()
    [[1, 'systems_thinking', 'chosen_gap'], [2, 'team_learning', 'gap']]
    """
    table = of_the_whole(tables["tension"], TENSE)
    for other in (
        chosen_dimensions(tables.get("choices"), framework),
        of_the_whole(tables.get("outcome_weights"), WEIGHED),
        of_the_whole(on_vision(tables.get("agreement")), AGREED),
    ):
        table = table.merge(other, how="left", on=KEYS)
    hidden = table["suppressed"].to_numpy(dtype=bool)
    told = [name for name in COLUMNS if name in table and name not in (*KEYS, "suppressed", "reason")]
    table = table.assign(**{name: table[name].mask(hidden) for name in told})
    untold = hidden | table["tension"].isna().to_numpy()
    table["reading"] = pd.Series(np.where(untold, None, readings(table)), index=table.index, dtype=object)
    return in_order(table, framework)


def of_the_whole(table: pd.DataFrame | None, names: Mapping[str, str]) -> pd.DataFrame:
    """Give the organisation's rows of a table: their keys and some columns under other names."""
    if table is None or table.empty:
        return pd.DataFrame(columns=[*KEYS, *names.values()])
    return table.loc[table["by"].isna(), [*KEYS, *names]].rename(columns=dict(names))


def on_vision(table: pd.DataFrame | None) -> pd.DataFrame | None:
    """Keep the rows about vision: it is the wish that people share or do not."""
    return None if table is None or table.empty else table[table["perspective"] == "vision"]


def chosen_dimensions(choices: pd.DataFrame | None, framework: Framework) -> pd.DataFrame:
    """Give the shares of the question whose options are dimensions, as rows of dimensions."""
    question = subject_question(framework)
    if choices is None or choices.empty or question is None:
        return of_the_whole(None, CHOSEN)
    rows = choices[choices["question"] == question]
    return of_the_whole(rows.rename(columns={"option": "dimension"}), CHOSEN)


def subject_question(framework: Framework) -> str | None:
    """Name the first question that asks to choose among dimensions; None where there is none."""
    known = {one.id for one in framework.dimensions}
    for question in framework.questions:
        if question.kind == "choose" and {option.id for option in question.options} <= known:
            return question.id
    return None


def readings(table: pd.DataFrame) -> np.ndarray:
    """Read choice and gap together."""
    chosen = (number(table["chosen_low"]) > number(table["chosen_by_chance"])).to_numpy()
    gap = (table["quadrant"] == "mobilising").to_numpy()
    low = (table["quadrant"] == "dormant").to_numpy()
    return np.select([chosen & gap, chosen, gap, low], READINGS[:-1], READINGS[-1]).astype(object)


def in_order(table: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Put the rows in the order to talk about them, wave by wave."""
    place = {one.id: number for number, one in enumerate(framework.dimensions)}
    table["rank"] = [READINGS.index(one) if one else len(READINGS) for one in table["reading"]]
    table["less_chosen"], table["narrower"] = -number(table["chosen"]), -number(table["tension"])
    table["place"] = table["dimension"].map(place)
    table = table.sort_values(["wave", "rank", "less_chosen", "narrower", "place"], kind="stable")
    table["order"] = (table.groupby("wave", sort=False).cumcount() + 1).mask(table["reading"].isna()).astype("Int64")
    numbers = [name for name in COLUMNS[5:-2] if name != "quadrant"]
    table = table.astype({name: float for name in numbers} | {"n": "Int64", "suppressed": bool})
    return with_none(table, ("reading", "quadrant", "reason"))[list(COLUMNS)].reset_index(drop=True)


def number(column: pd.Series) -> pd.Series:
    """Give a column as numbers, what is wanting as NaN."""
    return pd.to_numeric(column).astype("Float64").astype(float)
