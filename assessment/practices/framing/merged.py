"""A campaign as it was announced: what people of merged roles and units answered, told as one group."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from assessment.framework.model import Framework, Role
from assessment.practices.framing.document import ROLE, UNIT
from assessment.responses.units import role_headings

Mergers = Sequence[Mapping[str, str]]

TOGETHER = " + "
"""Between the names of what was merged, as the mandate tells them."""


def merge_campaign(
    responses: pd.DataFrame, units: pd.DataFrame | None, framework: Framework, mergers: Mergers
) -> tuple[pd.DataFrame, pd.DataFrame | None, Framework]:
    """Learn who answered once the mergers that were announced are made: nobody can be told from those merged with them.

    Parameters
    ----------
    responses
        The responses table: one row is one person's answers.
    units
        The units table; None without.
    framework
        The instrument.
    mergers
        Each ``kind, from, into``, as a framing announces them (`check_framing`).

    Returns
    -------
    tuple
        Responses, units and instrument in the same shape. Who was of the one role or unit is of the other; headcounts
        are added; a merged unit has no row; what is left bears both names, in the order of the mandate.

    Notes
    -----
    **Missing answers**: a headcount nobody knows adds nothing; where none is known the sum is not known. An item that
    is not put to the role merged into is not counted (`Framework.is_asked`).

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> responses = pd.DataFrame({"unit": ["A", "A"], "role": ["executive", "manager"]})
    >>> merger = {"kind": "role", "from": "executive", "into": "manager"}
    >>> told, _, framework = merge_campaign(responses, None, load_framework("collectivite-apprenante"), [merger])
    >>> told["role"].tolist(), [role.name["en"] for role in framework.roles][2]
    (['manager', 'manager'], 'Manager + Executive')
    """
    if not mergers:
        return responses, units, framework
    into = {kind: {one["from"]: one["into"] for one in mergers if one["kind"] == kind} for kind in (ROLE, UNIT)}
    columns = {kind: responses[kind].replace(gone) for kind, gone in into.items() if kind in responses and gone}
    told = None if units is None else merge_roles_of(merge_units(units, into[UNIT]), into[ROLE])
    return responses.assign(**columns), told, with_merged_roles(framework, into[ROLE])


def merge_units(units: pd.DataFrame, into: Mapping[str, str]) -> pd.DataFrame:
    """Put units together: their people are added, their names stand side by side, what was merged has no row."""
    if not into:
        return units
    held = units["unit"].replace(into)
    counts = ["headcount", *role_headings(units)]
    sums = units.groupby(held)[counts].sum(min_count=1)
    names = units.assign(stays=held == units["unit"]).sort_values("stays", ascending=False, kind="stable")
    told = names.groupby(names["unit"].replace(into))["name"].agg(TOGETHER.join)
    left = units[~units["unit"].isin(into)]
    columns = {name: left["unit"].map(sums[name]) for name in counts} | {"name": left["unit"].map(told)}
    return left.assign(**columns).reset_index(drop=True)


def merge_roles_of(units: pd.DataFrame, into: Mapping[str, str]) -> pd.DataFrame:
    """Add the headcounts of merged roles, unit by unit."""
    table = units
    for gone, stays in into.items():
        before, after = f"headcount.{gone}", f"headcount.{stays}"
        if before in table:
            both = [name for name in (before, after) if name in table]
            table = table.assign(**{after: table[both].sum(axis=1, min_count=1)}).drop(columns=before)
    return table


def with_merged_roles(framework: Framework, into: Mapping[str, str]) -> Framework:
    """Name the roles that others were merged into after all of them; the roles merged keep their place and name."""
    if not into:
        return framework
    return replace(framework, roles=tuple(named(role, framework, into) for role in framework.roles))


def named(role: Role, framework: Framework, into: Mapping[str, str]) -> Role:
    """Name a role with what was merged into it."""
    gone = [one for one in framework.roles if into.get(one.id) == role.id]
    told = {language: TOGETHER.join(one.name[language] for one in (role, *gone)) for language in role.name}
    return replace(role, name=told) if gone else role
