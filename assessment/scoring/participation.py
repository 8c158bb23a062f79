"""Who answered: how many of each unit and role, and of how many people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.responses.units import ancestors
from assessment.scoring.blanks import with_none
from assessment.scoring.dimensions import CROSSED
from assessment.scoring.membership import Group, groups_in
from assessment.scoring.profile import Grouping, parents_of

COLUMNS = ("wave", "by", "group", "n", "headcount", "rate", "suppressed", "reason")
"""Columns of the participation table."""

COUNTED = ("unit", "role")
"""What headcounts tell apart."""


def score_participation(
    responses: pd.DataFrame,
    framework: Framework,
    by: Sequence[Grouping] = (),
    wave: str = "",
    units: pd.DataFrame | None = None,
) -> pd.DataFrame:
    r"""Learn how many of each group answered, and what share of its people they are.

    Parameters
    ----------
    responses
        The responses table (`load_responses`) of one wave: one row is one response.
    framework
        The instrument, for which role is a part of which.
    by
        Groupings: each a tuple of columns; those by unit and by role are told.
    wave
        The wave's name, for the rows.
    units
        The units table (`load_units`); None = no headcounts.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is the organisation or a group: `COLUMNS`. ``n`` respondents, ``headcount`` the people there
        are, ``rate`` 0–1 the one of the other.

    Notes
    -----
    **Missing answers**: whoever handed in a response counts, however few items it answers. ``headcount`` and ``rate``
    are NaN, ``reason`` ``no_headcount``, where somebody of the group is of a unit (and role) whose people nobody
    counted. A rate does not say that those who answered are like those who did not; no interval covers that.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses, load_units
    >>> framework = load_framework("collectivite-apprenante")
    >>> responses = load_responses(io.BytesIO(b"unit,st_04.reality\nA,1\nA,4\nB,5"), framework)
    >>> units = load_units(io.BytesIO(b"unit,headcount\nA,8\nB,2\n"), framework)
    >>> table = score_participation(responses, framework, [("unit",)], units=units)
    >>> table[["group", "n", "headcount", "rate"]].values.tolist()
    [[None, 3, 10.0, 0.3], ['A', 2, 8.0, 0.25], ['B', 1, 2.0, 0.5]]
    """
    people = Headcounts(units, framework, responses)
    rows, told = [], [grouping for grouping in by if len(grouping) == 1 and grouping[0] in COUNTED]
    for group in groups_in(responses, framework, told, units):
        n, headcount = len(group.members), people.of(group)
        rate = n / headcount if headcount > 0 else np.nan
        reason = "no_headcount" if np.isnan(headcount) else None
        known = {"by": group.by, "group": group.group, "reason": reason}
        rows.append(known | {"n": n, "headcount": headcount, "rate": rate})
    table = pd.DataFrame(rows).assign(wave=wave, suppressed=False)
    return with_none(table, ("by", "group", "reason"))[list(COLUMNS)]


@dataclass(frozen=True)
class Headcounts:
    """How many people the groups of some responses have.

    Parameters
    ----------
    units
        The units table; None = nobody counted.
    framework
        The instrument, for its roles.
    responses
        The responses of one wave.
    """

    units: pd.DataFrame | None
    framework: Framework
    responses: pd.DataFrame

    @cached_property
    def counted(self) -> dict[str, dict[str, float]]:
        """The headcounts of each column by unit."""
        known = self.units.set_index("unit")
        return {name: known[name].to_dict() for name in known if name.split(".")[0] == "headcount"}

    @cached_property
    def parents(self) -> dict[str, dict[str, str]]:
        """What each unit and role is a part of."""
        return {column: parents_of(column, self.framework, self.units) for column in COUNTED}

    @cached_property
    def here(self) -> set[tuple[str, str]]:
        """The unit and role of whoever answered."""
        return set(zip(self.responses["unit"], self.responses["role"], strict=True))

    def of(self, group: Group) -> float:
        """Give how many people a group has; NaN where nobody counted some of them.

        Notes
        -----
        A unit that others are parts of, and of which nobody answered directly, need not have people of its own.
        """
        if self.units is None or (group.by and group.group is None):
            return np.nan
        units = self.inside("unit", group.group) if group.by == "unit" else list(self.units["unit"])
        roles = self.inside("role", group.group) if group.by == "role" else [None]
        if not set(self.responses["unit"].to_numpy()[group.members]) <= set(self.units["unit"]):
            return np.nan
        return float(sum(self.people(unit, role) for unit in units for role in roles))

    def inside(self, column: str, group: str) -> list[str]:
        """Give the units or roles inside one; itself alone where it is named as those who belong to it directly."""
        own, parents = group.split(CROSSED)[0], self.parents[column]
        if own != group:
            return [own]
        return [own, *(one for one in parents if own in ancestors(one, parents))]

    def people(self, unit: str, role: str | None) -> float:
        """Give the people of a unit, or of a role in it."""
        found = self.counted.get(f"headcount.{role}" if role else "headcount", {}).get(unit, np.nan)
        return 0.0 if np.isnan(found) and self.is_whole(unit, role) else found

    def is_whole(self, unit: str, role: str | None) -> bool:
        """Say whether a unit, or a role, may be made of others alone: it has parts, and nobody answered directly."""
        if any(one == unit and role in (None, other) for one, other in self.here):
            return False
        return unit in self.parents["unit"].values() or bool(role and role in self.parents["role"].values())


def least_change(table: pd.DataFrame, earlier: Iterable[pd.DataFrame]) -> np.ndarray:
    """Give for each group by how many respondents it differs least from an earlier release, 0 where it is the same.

    Parameters
    ----------
    table
        Unreleased.
    earlier
        The released tables of earlier releases.
    """
    keys, least = ["wave", "by", "group"], np.full(len(table), np.inf)
    own = list(zip(*(table[key].astype(object).where(table[key].notna(), None) for key in keys), strict=True))
    for one in earlier:
        told = {
            tuple(None if pd.isna(value) else value for value in key): n
            for *key, n in one[[*keys, "n"]].itertuples(index=False, name=None)
            if not pd.isna(n)
        }
        changed = np.array([abs(n - told.get(key, n)) for key, n in zip(own, table["n"], strict=True)], dtype=float)
        least = np.minimum(least, np.where(changed > 0, changed, np.inf))
    return np.where(np.isfinite(least), least, 0)
