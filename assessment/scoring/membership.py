"""Who belongs to which group: for tables made of rows, under the same names as those made of the tally."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.responses.units import ancestors
from assessment.responses.waves import in_natural_order
from assessment.scoring.dimensions import CROSSED, group_name
from assessment.scoring.profile import Grouping, own_name, parents_of
from assessment.scoring.tally import numbered


@dataclass(frozen=True, eq=False)
class Group:
    """A group of respondents.

    Parameters
    ----------
    by, group
        As in every table: None, None for the organisation; ``group`` None for those who belong to none.
    members
        The places of its respondents in the responses table, ascending.
    """

    by: str | None
    group: str | None
    members: np.ndarray


def groups_in(
    responses: pd.DataFrame, framework: Framework, by: Sequence[Grouping] = (), units: pd.DataFrame | None = None
) -> Iterator[Group]:
    """Give the organisation, then every group, units and roles that are made of others before their parts.

    Parameters
    ----------
    responses
        The responses of one wave.
    framework
        The instrument, for which role is a part of which.
    by
        Groupings: each a tuple of columns, crossed when there are two.
    units
        The units table, for which unit is a part of which.

    Notes
    -----
    The groups and names are those of ``score_wave(responses, framework, by, units=units)["groups"]``.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> framework = load_framework("collectivite-apprenante")
    >>> responses = pd.DataFrame({"role": ["user", "agent", "association"]})
    >>> [(one.group, len(one.members)) for one in groups_in(responses, framework, [("role",)])]
    [(None, 3), ('citizen', 2), ('agent', 1), ('association', 1), ('user', 1)]
    """
    yield Group(None, None, np.arange(len(responses)))
    for grouping in by:
        parents = parents_of(grouping[0], framework, units) if len(grouping) == 1 else {}
        wholes = [*whole_groups(responses, grouping, parents)]
        yield from wholes
        names = [one.group for one in wholes]
        places, keys = numbered(responses[list(grouping)])
        members = np.split(np.argsort(places, kind="stable"), np.bincount(places, minlength=len(keys)).cumsum()[:-1])
        for place, values in enumerate(keys.itertuples(index=False)):
            yield Group(CROSSED.join(grouping), own_name(group_name(list(values)), names), members[place])


def whole_groups(responses: pd.DataFrame, grouping: Grouping, parents: dict[str, str]) -> Iterator[Group]:
    """Give the units or roles that have respondents in parts of them, those who belong to them directly included."""
    if not any(parents.values()):
        return
    values = responses[grouping[0]]
    above = {value: ancestors(value, parents) for value in values.unique()}
    for whole in in_natural_order({one for found in above.values() for one in found}):
        inside = [value for value, found in above.items() if value == whole or whole in found]
        yield Group(grouping[0], whole, np.flatnonzero(values.isin(inside)))
