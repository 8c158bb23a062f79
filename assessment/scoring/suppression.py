"""Which further groups to hide: the fewest, found by a solver against an attacker until the attacker finds nothing.

The problem is cell suppression (Fischetti & Salazar 2001), solved by cutting planes: hide the fewest groups that meet
the conditions known so far (an integer programme), let the attacker solve all that is shown for what is hidden, exactly
and for bounds (linear programmes), add the condition that each success breaks, and begin again.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import block_diag, csr_array

from assessment.scoring.narrowing import AS_IT_STANDS, Means, told_narrowly
from assessment.scoring.subtraction import TINY, Shown, Ties, given_away

EXACT = 400
"""Groups up to which the fewest are sought without any tolerance; above, within `GAP` of the fewest."""

BOUNDED = 300
"""Small groups up to which bounds are attacked: above it would take minutes."""

UNKNOWNS = 2000
"""Unknowns of the programmes that are solved side by side."""

GAP = 0.01
NODES = 2000
MOST_ROUNDS = 200

SLACK = 1e-6
"""People that floating point may lack."""

Condition = tuple[dict[int, float], float]
"""Weights of hidden groups that must add up to a bound at least."""

Determined = tuple[np.ndarray, dict[int, float]]
"""Hidden groups, together, and how many times each shown group is taken to determine them."""


@dataclass(frozen=True, eq=False)
class Web:
    """The groups of one wave, dimension and perspective, with what is to be guarded.

    Parameters
    ----------
    ties
        Which groups are parts of which.
    size
        Respondents of each group, NaN where the group has no answer at all, shape (groups,).
    small
        Groups hidden for their own sake.
    known
        Groups that were told before: their sum is known whatever is hidden now.
    least
        The least number of respondents that may be told of.
    means
        What is behind the means that are told; None = they are not attacked.
    """

    ties: Ties
    size: np.ndarray
    small: np.ndarray
    known: np.ndarray
    least: int
    means: Means | None = None

    @cached_property
    def there(self) -> np.ndarray:
        """Say of each group whether it has answers."""
        return ~np.isnan(self.size)

    def present(self, places: np.ndarray) -> np.ndarray:
        """Keep the places of groups that have answers."""
        return places[self.there[places]]

    @cached_property
    def fixed(self) -> np.ndarray:
        """Groups that may not be hidden, or to no purpose: the organisation, and what was told before."""
        return self.known | self.ties.whole

    @cached_property
    def lines(self) -> list[tuple[int, np.ndarray]]:
        """The sums of groups that have answers: the place of each total, and of its parts."""
        return [(int(total), self.present(parts)) for total, parts in self.ties.sums if self.there[total]]

    @cached_property
    def unions(self) -> list[np.ndarray]:
        """Small groups of one sum that even together are too few to be told of."""
        found = []
        for family in self.ties.families:
            some = self.present(family[self.small[family] & ~self.known[family]])
            if len(some) > 1 and self.size[some].sum() < self.least:
                found.append(some)
        return found

    @cached_property
    def close_pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Groups inside another with some people, fewer than `least`, between them (the remainder rule)."""
        inner, outer = self.ties.nested
        between = self.size[outer] - self.size[inner]
        close = (between > 0) & (between < self.least)
        return inner[close], outer[close]


@dataclass(frozen=True, eq=False)
class Search:
    """The search for what to hide, in one wave: what was found for one dimension is tried on the next.

    Parameters
    ----------
    ties
        Which groups are parts of which.
    """

    ties: Ties
    shown: dict[tuple[bytes, bytes], Shown] = field(default_factory=dict)
    solved: dict[tuple[bytes, bytes, bytes], Determined | None] = field(default_factory=dict)
    shifts: dict[tuple[bytes, bytes], list[np.ndarray]] = field(default_factory=dict)
    proofs: dict[tuple[bytes, bytes], dict[int, list[np.ndarray]]] = field(default_factory=dict)
    tried: dict[tuple[bytes, ...], list[np.ndarray]] = field(default_factory=dict)

    def groups_to_hide(self, webs: Sequence[Web], was_hidden: Sequence[np.ndarray] = ()) -> np.ndarray:
        """Find the fewest groups to hide so that no sum, and no combination of sums, gives a hidden one away.

        Parameters
        ----------
        webs
            The same groups with different numbers of people (reality, vision, tension): a group is hidden in all or
            none.
        was_hidden
            Groups that each earlier release hid: of those in one sum, two at least stay hidden, for one that has not
            changed since, shown now, would give the other away. Each of shape (groups,).

        Returns
        -------
        numpy.ndarray
            Which groups are hidden, those hidden for their own sake included, shape (groups,).

        Notes
        -----
        Every sum hides no part, or parts who are `least` together at least, of two or more groups; two groups one
        inside the other are not both shown where fewer than `least` people are between them; no hidden group is the
        solution of any combination of sums; and a small group's bounds, from all sums and from numbers of people being
        0 at least, leave open that it may have `least` people. Where all that may be hidden is, and it is not enough,
        no more is hidden.

        References
        ----------
        Fischetti & Salazar 2001, Solving the cell suppression problem on tabular data with linear constraints,
        Management Science 47(7).
        """
        small = webs[0].small
        stay = [condition for one in was_hidden for condition in stay_hidden(webs[0], one)]
        if not small.any() and not stay and not any(len(web.close_pairs[0]) for web in webs):
            return small.copy()
        before = self.tried.setdefault((small.tobytes(), webs[0].fixed.tobytes()), [])
        for hidden in before:
            if meets(hidden, stay) and not self.broken(webs, hidden):
                return hidden.copy()
        conditions = stay + [
            condition for web in webs for condition in (*broken_sums(web, small), *broken_pairs(web, small))
        ]
        for _ in range(MOST_ROUNDS):
            hidden = fewest(webs, conditions)
            broken = self.broken(webs, hidden)
            if not broken:
                break
            conditions += broken
        before.append(hidden)
        return hidden.copy()

    def broken(self, webs: Sequence[Web], hidden: np.ndarray) -> list[Condition]:
        """Give conditions that are broken where some groups are hidden; those easily found first."""
        for attack in (broken_sums, broken_pairs, self.solve, self.bound, self.near):
            found = [condition for web in webs for condition in attack(web, hidden)]
            if found:
                return found
        return []

    def known(self, web: Web, hidden: np.ndarray) -> tuple[tuple[bytes, bytes], Shown]:
        """Give what is shown, and the key under which it was worked out."""
        key = hidden.tobytes(), web.there.tobytes()
        return key, self.shown.setdefault(key, Shown(self.ties, web.there, hidden))

    def solve(self, web: Web, hidden: np.ndarray) -> Iterable[Condition]:
        """Give the conditions broken where sums together determine a hidden group, or small ones together."""
        key, known = self.known(web, hidden)
        singles = [np.array([place]) for place in known.secret]
        for places, times in self.determined(key, known, [*singles, *web.unions]):
            sure = len(places) > 1 or web.small[places[0]]
            secret = {} if sure else {int(places[0]): 1.0}
            yield from possible(web, dict.fromkeys(times, 1.0), secret, float(sure))

    def determined(self, key: tuple[bytes, bytes], known: Shown, sets: Sequence[np.ndarray]) -> list[Determined]:
        """Give the sets of hidden groups that sums determine; each is solved once."""
        names = [(*key, places.tobytes()) for places in sets]
        new = {name: places for name, places in zip(names, sets, strict=True) if name not in self.solved}
        self.solved.update(dict.fromkeys(new))
        for places, times in given_away(known, list(new.values())):
            self.solved[*key, places.tobytes()] = places, times
        return [found for name in names if (found := self.solved[name])]

    def bound(self, web: Web, hidden: np.ndarray) -> Iterable[Condition]:
        """Give the conditions broken where sums together prove a small group to be small; of very many groups none.

        There, the rules of single sums alone leave a few small groups in a hundred proved to be small.
        """
        if web.small.sum() > BOUNDED:
            return
        key, known = self.known(web, hidden)
        if not len(known.unknown):
            return
        shifts, proofs, sums = self.shifts.setdefault(key, []), self.proofs.setdefault(key, {}), sums_of(web, known)
        needed = web.least - known.told_in(np.arange(len(hidden)), web.size)  # people of a group who are not told
        asked = not_settled(web, known, shifts)
        tried = ((place, most_proving(proofs.get(place, ()), sums, needed[place])) for place in asked)
        proved = {place: often for place, often in tried if often is not None}
        asked = unsettled(web, known, [one for one in asked if one not in proved], shifts)
        for place, table, often in most_of_each(known, asked, sums):
            proofs.setdefault(place, []).append(often)
            if needed[place] - sums @ often > SLACK:
                proved[place] = often
            else:
                keep_shift(web, known, table, shifts)
        for place, often in proved.items():
            yield from narrow(web, known, place, often, needed[place] - sums @ often)

    def near(self, web: Web, hidden: np.ndarray) -> Iterable[Condition]:
        """Give the conditions broken where sums bound the mean of a small group to hardly more than a point."""
        if web.means is None or web.small.sum() > BOUNDED:
            return
        key, known = self.known(web, hidden)
        if not len(known.rows) or (known.own_place < 0).any():
            return
        few = web.small & ~web.known & (web.size < web.least)
        places = known.secret[few[known.secret]]
        for place, often in told_narrowly(known, web.means, places, self.shifts.setdefault(key, [])):
            taken = [known.combined(one, np.array([place])) for one in often]
            yield from possible(web, dict.fromkeys((shown for times in taken for shown in times), 1.0), {}, 1.0)


def not_settled(web: Web, known: Shown, shifts: Sequence[np.ndarray]) -> list[int]:
    """Name the small groups that no known shift makes large enough."""
    asked = known.secret[web.small[known.secret] & ~web.known[known.secret]]
    truth = true_table(web, known)
    if truth is not None and len(asked):
        asked = asked[~settled(web, known, asked, truth, shifts)]
    return asked.tolist()


def true_table(web: Web, known: Shown) -> np.ndarray | None:
    """Give the people of each unknown; None where not all of them are groups of their own."""
    return web.size[known.own_place] if (known.own_place >= 0).all() else None


def unsettled(web: Web, known: Shown, asked: Sequence[int], shifts: list[np.ndarray]) -> list[int]:
    """Name the groups of which no table with the same sums was found that has `least` people in them.

    Such a table settles all groups it makes large enough; the shift from the true table to it is kept, for it may serve
    where the numbers of people are others.
    """
    asked = np.array(asked, dtype=np.int64)
    while len(asked) * len(known.unknown) > UNKNOWNS:
        table = table_with_most(web, known, asked)
        reached = people_in(web, known, asked, table) >= web.least - SLACK if table is not None else None
        if reached is None or not reached.any():
            break
        keep_shift(web, known, table, shifts)
        asked = asked[~reached]
    return asked.tolist()


def keep_shift(web: Web, known: Shown, table: np.ndarray, shifts: list[np.ndarray]) -> None:
    """Keep the shift from the true table to another with the same sums, for other numbers of people."""
    truth = true_table(web, known)
    if truth is not None:
        shifts.append(table - truth)


def settled(web: Web, known: Shown, asked: np.ndarray, truth: np.ndarray, shifts: Sequence[np.ndarray]) -> np.ndarray:
    """Say which groups some known shift makes large enough without leaving fewer than 0 people anywhere."""
    people, inside = people_in(web, known, asked, truth), known.unknown_members[asked]
    enough = people >= web.least
    for shift in shifts:
        falling = shift < -TINY
        times = (truth[falling] / -shift[falling]).min(initial=np.inf)
        if np.isfinite(times):
            enough |= people + times * (inside @ shift) >= web.least - SLACK
    return enough


def people_in(web: Web, known: Shown, places: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Give the people of some groups, by the people of each unknown, shape (groups,)."""
    return known.told_in(places, web.size) + known.unknown_members[places] @ table


def sums_of(web: Web, known: Shown) -> np.ndarray:
    """Give how many of the unknown each of the rows holds."""
    return web.size[known.rows] - known.told_in(known.rows, web.size)


def table_with_most(web: Web, known: Shown, asked: np.ndarray) -> np.ndarray | None:
    """Give a table with the same sums that brings the groups asked for as near to `least` people as it can together."""
    sums, among = sums_of(web, known), np.isin(known.secret, asked)
    least = np.concatenate([-known.told_in(known.secret, web.size), sums])
    most = np.concatenate([np.full(len(among), np.inf), sums])
    upper = np.concatenate([np.full(len(known.unknown), np.inf), np.where(among, float(web.least), 0)])
    aim = np.concatenate([np.zeros(len(known.unknown)), -among.astype(float)])
    found = milp(aim, constraints=LinearConstraint(known.reach, least, most), bounds=Bounds(0, upper))
    return None if found.x is None else found.x[: len(known.unknown)]


def most_of_each(known: Shown, places: Sequence[int], sums: np.ndarray) -> Iterable[tuple[int, np.ndarray, np.ndarray]]:
    """Give, for each group, a table with the same sums that has as many of it as can be, and what bounds it.

    The programmes are small and many: they are solved side by side, as one. A group that nothing bounds is left out.

    Returns
    -------
    Iterable
        The group; people of each unknown; how often each of the rows is taken. Whatever the numbers of people are, so
        many times their sums are no less than the unknown people of the group: what proves one small may prove it
        again where the numbers are others.
    """
    at_once = max(1, UNKNOWNS // max(1, len(known.unknown)))
    for first in range(0, len(places), at_once):
        some = list(places[first : first + at_once])
        aim = known.unknown_members[some].toarray().ravel()
        same = block_diag([known.matrix] * len(some), format="csc")
        found = linprog(-aim, A_eq=same, b_eq=np.tile(sums, len(some)), options=AS_IT_STANDS)
        if found.status == 0:
            tables, often = found.x.reshape(len(some), -1), -found.eqlin.marginals.reshape(len(some), -1)
            yield from zip(some, tables, often, strict=True)
        elif len(some) > 1:  # one that nothing bounds leaves all without an answer
            for one in some:
                yield from most_of_each(known, [one], sums)


def most_proving(bounds: Sequence[np.ndarray], sums: np.ndarray, needed: float) -> np.ndarray | None:
    """Give the bound found before that proves a group to lack most; None where none proves it to lack anybody."""
    least, often = min(((sums @ often, often) for often in bounds), key=lambda one: one[0], default=(np.inf, None))
    return often if needed - least > SLACK else None


def narrow(web: Web, known: Shown, place: int, often: np.ndarray, lack: float) -> Iterable[Condition]:
    """Give the condition broken when sums, each taken so often, prove that a group lacks people to be `least`."""
    times = known.combined(often, np.array([place]))
    weights = {
        one: 1.0 if many > 0 else min(1.0, rounded_up(-many * web.size[one] / lack)) for one, many in times.items()
    }
    yield from possible(web, weights, {}, 1.0)


def cost_of(webs: Sequence[Web]) -> np.ndarray:
    """Give what hiding each group costs: a group is a group; among as many groups, the fewest respondents."""
    size = np.max([np.nan_to_num(web.size) for web in webs], axis=0)
    return 1 + size / (1 + size.sum())


def fewest(webs: Sequence[Web], conditions: Sequence[Condition]) -> np.ndarray:
    """Hide the fewest groups under some conditions; all that may be hidden where they cannot be met."""
    small = webs[0].small
    free = ~small & ~webs[0].fixed & np.any([web.there for web in webs], axis=0)
    cost = cost_of(webs)
    options = {} if free.sum() <= EXACT else {"mip_rel_gap": GAP, "node_limit": NODES}
    found = milp(
        cost,
        constraints=constraint(conditions, len(cost)),
        integrality=np.ones(len(cost)),
        bounds=Bounds(small.astype(float), (small | free).astype(float)),
        options=options,
    )
    return small | free if found.x is None else found.x > 0.5


def constraint(conditions: Sequence[Condition], count: int) -> LinearConstraint:
    """Write conditions as the solver reads them."""
    rows = np.repeat(np.arange(len(conditions)), [len(weights) for weights, _ in conditions])
    columns = np.array([place for weights, _ in conditions for place in weights], dtype=np.int64)
    values = np.array([value for weights, _ in conditions for value in weights.values()], dtype=float)
    matrix = csr_array((values, (rows, columns)), shape=(len(conditions), count))
    return LinearConstraint(matrix, np.array([bound for _, bound in conditions]), np.inf)


def rounded_up(weight: float) -> float:
    """Give a weight of few digits that is no smaller: solvers stumble over what floating point leaves of 0."""
    return math.ceil(1000 * weight - SLACK) / 1000


def stay_hidden(web: Web, was_hidden: np.ndarray) -> Iterable[Condition]:
    """Give the conditions that keep two groups of every sum hidden, of those an earlier release hid."""
    for _, parts in web.lines:
        some = parts[was_hidden[parts]]
        if len(some) > 1:
            yield from possible(web, dict.fromkeys(some.tolist(), 1.0), {}, 2)


def meets(hidden: np.ndarray, conditions: Sequence[Condition]) -> bool:
    """Say whether hiding some groups meets conditions."""
    return all(sum(value for one, value in weights.items() if hidden[one]) >= bound for weights, bound in conditions)


def broken_sums(web: Web, hidden: np.ndarray) -> Iterable[Condition]:
    """Give the conditions of single sums that are broken.

    The hidden parts of a shown total are two at least and not too few together; a hidden total has a hidden part.
    """
    for total, parts in web.lines:
        out = parts[hidden[parts]]
        if hidden[total]:
            if not len(out):
                yield from possible(web, dict.fromkeys(parts.tolist(), 1.0), {total: 1.0}, 0)
        elif len(out) == 1:
            others = dict.fromkeys([total, *parts[parts != out[0]].tolist()], 1.0)
            yield from possible(web, others, {int(out[0]): 1.0}, 0)
        if not hidden[total] and len(out) > 1 and web.means and web.means.alike(out):
            yield from other_than(web, total, parts, out)
        if not hidden[total] and len(out) and web.size[out].sum() < web.least:
            size = np.minimum(web.size[parts], web.least)
            together = dict(zip(parts.tolist(), size.tolist(), strict=True)) | {total: float(web.least)}
            yield from possible(web, together, {int(out[0]): float(web.least)}, 0)


def other_than(web: Web, total: int, parts: np.ndarray, out: np.ndarray) -> Iterable[Condition]:
    """Give the condition that not just these parts of a sum are hidden: more of them, the total, or fewer."""
    more = dict.fromkeys([total, *np.setdiff1d(parts, out).tolist()], 1.0)
    free = [int(one) for one in out if not web.small[one]]
    yield from possible(web, more, dict.fromkeys(free, 1.0), 1.0 - len(free))


def broken_pairs(web: Web, hidden: np.ndarray) -> Iterable[Condition]:
    """Give the pairs that are both shown though some people, and too few, are between them."""
    for inner, outer in zip(*web.close_pairs, strict=True):
        if not hidden[inner] and not hidden[outer]:
            yield from possible(web, {int(inner): 1.0, int(outer): 1.0}, {}, 1)


def possible(web: Web, more: dict[int, float], when: dict[int, float], bound: float) -> Iterable[Condition]:
    """Give the condition ``more − when ≥ bound``, where hiding all that may be hidden meets it."""
    weights = {place: value for place, value in more.items() if web.small[place] or not web.fixed[place]}
    if sum(weights.values()) - sum(when.values()) < bound - TINY:
        return
    for place, value in when.items():
        weights[place] = weights.get(place, 0) - value
    yield weights, bound
