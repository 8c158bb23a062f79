"""Which groups to put together so that fewer are hidden: to be announced before anyone answers, never after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from assessment.framework.model import Framework
from assessment.practices.framing.document import ROLE, listed
from assessment.practices.framing.people import announce_mergers, framing_people, framing_units
from assessment.practices.framing.visibility import expectation, visible_groups
from assessment.progress import Progress
from assessment.responses.units import ancestors
from assessment.scoring.confidentiality import Settings
from assessment.scoring.profile import own_name, parents_of

COLUMNS = ("kind", "mergers", "merged", "groups_shown", "people_shown", "groups_hidden", "people_hidden")
"""Columns of the mergers table."""

NEIGHBOURS = (("executive", "manager"), ("manager", "agent"))
"""Roles near enough to be told together. Elected members, staff and citizens never are: they are asked other things."""

WIDTH = 3
"""Plans from which the search goes on."""

PARTNERS = 3
"""Groups that each hidden one is tried with."""

Pair = tuple[str, str]
Plan = tuple[Pair, ...]


class Result(NamedTuple):
    """What a plan leads to: people and groups of a kind that stay hidden, and how many people it puts together."""

    people: int
    groups: int
    together: int
    plan: Plan


@dataclass(frozen=True, eq=False)
class House:
    """People and units, with all that decides what is shown of them, and what plans were found to lead to."""

    kind: str
    people: pd.DataFrame
    units: pd.DataFrame
    framework: Framework
    rate: float
    least: int
    known: dict[tuple, pd.DataFrame] = field(default_factory=dict)

    @cached_property
    def parents(self) -> dict[str, str]:
        """Give what each role or unit is a part of."""
        return parents_of(self.kind, self.framework, self.units)

    def groups(self, plan: Plan, whole_release: bool = False) -> pd.DataFrame:
        """Give who belongs directly to each unit or role under a plan, and whether it is shown."""
        key = frozenset(plan), whole_release
        if key not in self.known:
            self.known[key] = self.seen(plan, whole_release)
        return self.known[key]

    def seen(self, plan: Plan, whole_release: bool) -> pd.DataFrame:
        """Work out `groups`; ``own`` names the unit or role."""
        mergers = [{"kind": self.kind, "from": one, "into": into} for one, into in plan]
        people, units = announce_mergers(self.people, self.units, mergers)
        by = None if whole_release else [(self.kind,)]
        table = visible_groups(people, units, self.framework, self.rate, self.least, by)
        present = dict.fromkeys(people[self.kind])
        wholes = {above for one in present for above in ancestors(one, self.parents)}
        names = {own_name(one, sorted(wholes)): one for one in present}
        own = table[(table["by"] == self.kind) & table["group"].isin([*names])]
        return own.assign(own=own["group"].map(names))

    def judged(self, plan: Plan, whole_release: bool = False) -> Result:
        """Count what stays hidden under a plan."""
        groups = self.groups(plan, whole_release)
        hidden, met = groups[~groups["shown"]], groups["own"].isin([into for _, into in plan])
        together = int(groups.loc[met, "headcount"].sum())
        return Result(int(hidden["headcount"].sum()), len(hidden), together, plan)


def find_mergers(
    document: Mapping[str, Any],
    framework: Framework,
    kind: str = ROLE,
    rate: float | None = None,
    settings: Settings | None = None,
    most: int = 4,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Learn which roles, or units, to announce as one so that fewer people stand in hidden groups.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass; mergers it announces are made already.
    framework
        The instrument.
    kind
        ``"role"`` or ``"unit"``: the grouping that is to be seen.
    rate, settings
        As in `score_visibility`.
    most
        Mergers in a plan at most.
    progress
        Called as ``progress(done, total)`` while plans are tried; what it raises ends the search.

    Returns
    -------
    pandas.DataFrame
        One row is one plan, the fewest mergers first, then those that leave the fewest people hidden: `COLUMNS`.
        ``merged`` holds pairs: what is merged, and into what. ``groups_shown`` and ``people_shown`` count what it
        brings to light among groups of this kind (who belongs directly to each; parents are their sums),
        ``groups_hidden`` and ``people_hidden`` what stays hidden. Nothing where nothing is hidden, or nothing helps.

    Notes
    -----
    **Missing answers**: people of an unknown headcount are not counted.

    Tried are a sub-role with its role or a sister, executives with managers, managers with agents; a unit with a sister
    or with those who belong to their parent directly. Plans grow from the best plans of one merger fewer, over this
    grouping; the plans told are then judged over the whole release. Plans of one merger are all tried among these
    pairs; a longer plan may exist that no such step leads to. Whether two groups make sense together only the house
    can say.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> people = [{"role": "agent", "headcount": 40}, {"role": "manager", "headcount": 12},
    ...     {"role": "executive", "headcount": 3}]
    >>> table = find_mergers({"people": people}, load_framework("collectivite-apprenante"), rate=0.9)
    >>> table[["merged", "groups_shown", "people_hidden"]].values.tolist()
    [[(('executive', 'manager'),), 1, 0]]
    """
    people, units = announce_mergers(framing_people(document), framing_units(document), listed(document, "mergers"))
    if people.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    house = House(kind, people, units, framework, *expectation(document, rate, settings))
    before = house.judged((), whole_release=True)
    after = [house.judged(plan, whole_release=True) for plan in plans_of(house, most, progress)]
    told = sorted((one for one in after if one.people < before.people), key=lambda one: (len(one.plan), *one))
    rows = [
        (kind, len(one.plan), one.plan, brought(house, one.plan), before.people - one.people, one.groups, one.people)
        for one in told
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def brought(house: House, plan: Plan) -> int:
    """Count the groups that a plan brings to light: those shown that hold anybody hidden before."""
    before, after = house.groups((), whole_release=True), house.groups(plan, whole_release=True)
    into = dict(plan)
    now = {into.get(one, one) for one in before.loc[~before["shown"], "own"]}
    return int((after["shown"] & after["own"].isin(now)).sum())


def plans_of(house: House, most: int, progress: Progress | None = None) -> Iterator[Plan]:
    """Yield the best plans of one merger, of two and so on, until nothing that can be shown is hidden."""
    best = [house.judged(())]
    for number in range(most):
        if not best or not best[0].people:
            return
        longer: dict[frozenset, Result] = {}
        tried = [(result, pair) for result in best for pair in candidates(house, result.plan)]
        for place, (result, pair) in enumerate(tried):
            if progress:
                progress(number + place / len(tried), most)
            found = house.judged((*result.plan, pair))
            if found.people < result.people:
                longer.setdefault(frozenset(found.plan), found)
        best = sorted(longer.values())[:WIDTH]
        yield from (one.plan for one in best)


def candidates(house: House, plan: Plan) -> Iterator[Pair]:
    """Yield pairs one of which at least is hidden; what was merged is not merged again."""
    groups = house.groups(plan)
    size = dict(zip(groups["own"], groups["headcount"], strict=True))
    shown = dict(zip(groups["own"], groups["shown"], strict=True))
    grown, pairs = {into for _, into in plan}, set()
    for one in sorted((one for one in size if one and not shown[one]), key=size.get):
        near = [other for other in size if other and other != one and is_near(one, other, house)]
        near.sort(key=lambda other: (house.rate * (size[one] + size[other]) < house.least, shown[other], size[other]))
        ordered = (directed(one, other, size, house) for other in near[:PARTNERS])
        pairs |= {(gone, into) for gone, into in ordered if gone not in grown and may_leave(gone, house)}
    yield from sorted(pairs)


def is_near(one: str, other: str, house: House) -> bool:
    """Say whether two roles or units may be told as one: sisters, a part and its whole, neighbours."""
    above, beside = house.parents.get(one, ""), house.parents.get(other, "")
    if above == other or beside == one:
        return True
    sisters = above == beside
    if house.kind == ROLE:
        return (one, other) in NEIGHBOURS or (other, one) in NEIGHBOURS or (sisters and above != "")
    return sisters


def directed(one: str, other: str, size: dict[str, int], house: House) -> Pair:
    """Say which of two goes into the other: a part into its whole, neighbours upwards, else the smaller."""
    if house.parents.get(other) == one or (other, one) in NEIGHBOURS:
        return other, one
    if house.parents.get(one) == other or (one, other) in NEIGHBOURS or has_parts(other, house):
        return one, other
    return (other, one) if has_parts(one, house) or (size[other], other) < (size[one], one) else (one, other)


def may_leave(one: str, house: House) -> bool:
    """Say whether a group can be put into another: a unit of units cannot."""
    return house.kind == ROLE or not has_parts(one, house)


def has_parts(one: str, house: House) -> bool:
    """Say whether anything is a part of a role or unit."""
    return one in house.parents.values()
