"""Respondents weighted to the headcounts of units and of roles."""

import numpy as np
import pandas as pd

from assessment.faults import Fault, refuse
from assessment.responses.units import headcounts_by_role, headcounts_by_unit
from assessment.scoring.tally import Tally
from assessment.statistics import rake


def rake_units_and_roles(tally: Tally, units: pd.DataFrame) -> pd.DataFrame:
    """Learn how many people a respondent of each unit and role stands for, in shares of the respondents.

    Parameters
    ----------
    tally
        The tally of one wave, told apart by ``unit`` and ``role``.
    units
        The units table: ``headcount``, and ``headcount.<role>`` where roles are to be weighted too.

    Returns
    -------
    pandas.DataFrame
        One row is one unit and role that answered: ``unit``, ``role``, ``margin`` (the role whose headcount counts: its
        own or the nearest it is a part of; "" where none does), ``respondents``, ``weight`` of each of them,
        1 on average.

    Raises
    ------
    Faults
        Empty cells that forbid these margins.

    Notes
    -----
    Missing answers: who answered at all counts; one table of weights for all dimensions.

    Units with a headcount share the respondents who are in them by headcount, and likewise roles. Whoever is in no such
    unit, or has no such role, keeps the share of the respondents: nothing is known to correct it by. A role's headcount
    counts where every unit that answered has it. People of units that did not answer at all are spoken for by nobody;
    the response rate says how many.
    """
    cells = tally.by("unit", "role")
    known, by_role = headcounts_by_unit(units), headcounts_by_role(units, cells.keys["unit"])
    table = cells.keys.assign(respondents=cells.respondents)
    lineage = tally.framework.lineage
    margin = [next((one for one in lineage(role) if one in by_role), "") for role in table["role"]]
    table["margin"] = np.where(table["unit"].isin(known.index), margin, "")
    people = table.pivot_table(index="margin", columns="unit", values="respondents", aggfunc="sum", fill_value=0)
    fitted = rake(people.to_numpy(), shares(people.sum(axis=1), by_role), shares(people.sum(axis=0), known))
    if np.isnan(fitted).any():
        refuse(Fault("raking_impossible", {"column": "unit"}))
    weights = pd.DataFrame(fitted, people.index, people.columns) / people.where(people > 0)
    table["weight"] = [weights.at[margin, unit] for margin, unit in zip(table["margin"], table["unit"], strict=True)]
    return table[["unit", "role", "margin", "respondents", "weight"]]


def shares(respondents: pd.Series, headcounts: pd.Series) -> np.ndarray:
    """Share the respondents of the margins that are known by headcount; the others keep theirs."""
    wanted = headcounts.reindex(respondents.index)
    known = wanted.notna()
    return respondents.where(~known, wanted * respondents[known].sum() / wanted.sum()).to_numpy()
