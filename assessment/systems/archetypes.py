"""Archetypes: old stories of systems thinking that the loops of a map may be telling. Candidates, never verdicts."""

import math
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, permutations
from pathlib import Path
from typing import Any, NamedTuple

import networkx as nx
import pandas as pd

from assessment.systems.causes import causal_links
from assessment.systems.loops import BALANCING, REINFORCING, around, loop_table, search_loops
from assessment.systems.model import CAUSES
from assessment.systems.tables import table

MOST = 3
"""Candidates given for each archetype: a workshop looks at few."""

SHORTEST = 100
"""Loops compared, the first of the ranking: an archetype is a short story."""

LATE_TURN = 0.75
"""A loop that closes a gap by acting turns the change in its last quarter, as what was reached lessens the gap; one
that lowers the goal turns it earlier."""

COLUMNS = ("rank", "archetype", "roles", "loops", "why", "nodes", "delay")
"""Columns of the archetypes table."""


class Loop(NamedTuple):
    """A loop as the stories need it: its number in the loops table, its path, what lies on it."""

    number: int
    path: tuple
    kind: str
    delay: int
    nodes: frozenset
    links: frozenset


class Match(NamedTuple):
    """A story found: who plays which role, in which loops, and what speaks for it beyond the signs."""

    archetype: str
    roles: dict[str, tuple]
    loops: tuple[Loop, ...]
    why: tuple[dict[str, Any], ...] = ()

    @property
    def nodes(self) -> frozenset:
        """Give all that takes part."""
        return frozenset().union(*(loop.nodes for loop in self.loops))


@cache
def templates() -> dict[str, tuple[tuple[str, str, str, int], ...]]:
    """Give each archetype's structure as links (source, target, polarity, delay), the order of the book.

    Examples
    --------
    >>> templates()["balancing_with_delay"][1]
    ('action', 'etat', '+', 1)
    """
    data = tomllib.loads(Path(__file__).with_name("archetypes.toml").read_text("utf-8"))
    return {name: tuple(parsed(line) for line in one["links"]) for name, one in data.items()}


def parsed(line: str) -> tuple[str, str, str, int]:
    """Read a line of the templates."""
    source, _, target, polarity, *later = line.split()
    return source, target, polarity, len(later)


def template_map(archetype: str) -> nx.MultiDiGraph:
    """Give an archetype as a small map of its own, to draw and to teach.

    Examples
    --------
    >>> len(template_map("limits_to_growth"))
    4
    """
    graph = nx.MultiDiGraph(name=archetype, participants=[], loops=[])
    for number, (source, target, polarity, delay) in enumerate(templates()[archetype]):
        for node in (source, target):
            graph.add_node(node, type="variable", label=node.replace("_", " "))
        graph.add_edge(source, target, f"l{number}", kind=CAUSES, polarity=polarity, delay=delay)
    return graph


def find_archetypes(graph: nx.MultiDiGraph, most: int = MOST, shortest: int = SHORTEST) -> pd.DataFrame:
    """Learn which archetypes the loops of a map may be telling.

    Parameters
    ----------
    graph
        A systems map.
    most
        Candidates to give of each archetype.
    shortest
        Loops to compare, the first of the ranking of `find_loops`.

    Returns
    -------
    pandas.DataFrame
        One row is one candidate, ranked from 1: those that explain most loops first, then those with more that speaks
        for them, then the small ones: `COLUMNS`. ``roles`` maps each role of the story to its nodes; ``loops`` are the
        numbers in the loops table; ``why`` lists what it rests on, each a dict with a ``code`` and values (worded in
        ``texts``); ``nodes`` counts the nodes, ``delay`` sums the delays of its loops.

    Notes
    -----
    **Missing answers**: loops of unknown sign take no part. Where no delay was declared, the stories that live by one
    are not told.

    On one teaching map with 193 loops pairing loops that touch gives 10,084 candidates. Here the loops of a story must
    meet as its template has them meet, its delays must be declared where it needs them, a candidate that shares most of
    its nodes with a better one of the same archetype is dropped, and so is one whose loops a richer story explains. A
    candidate says that the drawing has the form of the story; whether the story holds is for the group to say.

    References
    ----------
    Senge 1990, The Fifth Discipline, appendix 2; Kim 1992, Systems Archetypes I.

    Examples
    --------
    >>> find_archetypes(template_map("fixes_that_fail"))[["archetype", "roles"]].values.tolist()[0][0]
    'fixes_that_fail'
    """
    links = causal_links(graph)
    nodes, search = search_loops(graph, links)
    return match_loops(links, loop_table(graph, links, nodes, search), most, shortest)


def match_loops(links: pd.DataFrame, loops: pd.DataFrame, most: int = MOST, shortest: int = SHORTEST) -> pd.DataFrame:
    """Tell the stories from the links and the loops already found."""
    sign = {(row.source, row.target): row.polarity for row in links.itertuples(index=False)}
    sure = loops[~loops["uncertain"]].head(shortest)
    known = [
        Loop(row.loop, row.nodes, row.kind, row.delay, frozenset(row.nodes), frozenset(around(row.nodes)))
        for row in sure.itertuples(index=False)
    ]
    reinforcing = [loop for loop in known if loop.kind == REINFORCING]
    balancing = [loop for loop in known if loop.kind == BALANCING]
    matches = [match for find in STORIES for match in find(reinforcing, balancing, sign)]
    rows = (
        {
            "rank": rank,
            "archetype": match.archetype,
            "roles": match.roles,
            "loops": tuple(loop.number for loop in match.loops),
            "why": why_of(match),
            "nodes": len(match.nodes),
            "delay": sum(loop.delay for loop in match.loops),
        }
        for rank, match in enumerate(few(matches, most), 1)
    )
    return table(rows, COLUMNS, rank=int, nodes=int, delay=int)


def why_of(match: Match) -> list[dict[str, Any]]:
    """Say what a candidate rests on: its loops, then what else speaks for it."""
    counted = {kind: [loop.number for loop in match.loops if loop.kind == kind] for kind in (REINFORCING, BALANCING)}
    return [{"code": "loops", **counted}, *match.why]


def few(matches: list[Match], most: int) -> list[Match]:
    """Keep the best candidates: none that repeats a better one, none that a richer story explains."""
    best = sorted(matches, key=lambda match: (-len(match.loops), -len(match.why), len(match.nodes)))
    kept: list[Match] = []
    for match in best:
        same = [one for one in kept if one.archetype == match.archetype]
        if len(same) == most or any(alike(match, one) for one in same):
            continue
        if not any(set(match.loops) < set(one.loops) for one in kept):
            kept.append(match)
    return kept


def alike(one: Match, other: Match) -> bool:
    """Say whether two candidates share at least half of their nodes."""
    return 2 * len(one.nodes & other.nodes) >= len(one.nodes | other.nodes)


Story = Callable[[Sequence[Loop], Sequence[Loop], Mapping[tuple, str | None]], Iterator[Match]]


def stretch(one: Loop, other: Loop) -> tuple:
    """Give the nodes two loops share when they run together once, in order; empty where they do not, or part and meet.

    Examples
    --------
    >>> left = Loop(1, ("a", "b", "c"), "", 0, frozenset("abc"), frozenset([("a", "b"), ("b", "c"), ("c", "a")]))
    >>> right = Loop(2, ("a", "b"), "", 0, frozenset("ab"), frozenset([("a", "b"), ("b", "a")]))
    >>> stretch(left, right)
    ('a', 'b')
    """
    shared = one.nodes & other.nodes
    if not shared or len(one.links & other.links) != len(shared) - 1:
        return ()
    heads = {head for _, head in one.links & other.links}
    (first,) = shared - heads
    place = one.path.index(first)
    return (one.path[place:] + one.path[:place])[: len(shared)]


def only(one: Loop, *others: Loop) -> tuple:
    """List the nodes of a loop that none of the others has, in its order."""
    return tuple(node for node in one.path if not any(node in other.nodes for other in others))


def net(links: Iterable[tuple], sign: Mapping[tuple, str | None]) -> str:
    """Give the sign of a change after these links."""
    return "-" if sum(sign[link] == "-" for link in links) % 2 else "+"


def turn(loop: Loop, node: Any, sign: Mapping[tuple, str | None]) -> float:
    """Tell how far round from a node a loop turns the change, 0–1; NaN where it turns it more than once or never."""
    place = loop.path.index(node)
    links = around(loop.path[place:] + loop.path[:place])
    turns = [number for number, link in enumerate(links, 1) if sign[link] == "-"]
    return turns[0] / len(links) if len(turns) == 1 else math.nan


def later(slow: Loop, quick: Loop) -> dict[str, Any]:
    """Say that one loop takes longer than another."""
    return {"code": "later", "loop": slow.number, "delay": slow.delay, "other": quick.number, "than": quick.delay}


def limits_to_growth(reinforcing, balancing, sign) -> Iterator[Match]:
    """Growth that a slower brake holds back: both run through the same, and a limit may feed the brake."""
    for growth in reinforcing:
        for brake in balancing:
            shared = stretch(growth, brake)
            if not shared or not only(growth, brake) or not only(brake, growth):
                continue
            limits = tuple(
                dict.fromkeys(
                    source
                    for source, target in sign
                    if target in brake.nodes - growth.nodes and source not in brake.nodes | growth.nodes
                )
            )
            why = [later(brake, growth)] if brake.delay > growth.delay else []
            if why:
                why += [{"code": "limit", "nodes": list(limits)}] if limits else []
                roles = {"growth": only(growth, brake), "performance": shared, "brake": only(brake, growth)}
                yield Match("limits_to_growth", roles | {"limit": limits}, (growth, brake), tuple(why))


def fixes_that_fail(reinforcing, balancing, sign) -> Iterator[Match]:
    """A fix that soothes the problem, and feeds it later by what nobody wanted."""
    for fix in balancing:
        for harm in reinforcing:
            shared = stretch(fix, harm)
            if len(shared) < 2 or not only(harm, fix) or harm.delay <= fix.delay:
                continue
            roles = {"problem": shared[:1], "fix": shared[1:], "side_effect": only(harm, fix)}
            yield Match("fixes_that_fail", roles, (fix, harm), (later(harm, fix),))


def shifting_the_burden(reinforcing, balancing, sign) -> Iterator[Match]:
    """A quick remedy and a slow one for the same symptom, the quick weakening the slow."""
    for quick, slow in permutations(balancing, 2):
        shared = stretch(quick, slow)
        if len(shared) != 1 or slow.delay <= quick.delay:
            continue
        for habit in reinforcing:
            if shared[0] not in habit.nodes or not (habit.links & quick.links and habit.links & slow.links):
                continue
            crossing = habit.links - quick.links - slow.links
            if crossing and net(crossing, sign) == "-":
                between = tuple(node for node in habit.path if node not in quick.nodes | slow.nodes)
                roles = {"symptom": shared, "quick_fix": only(quick, slow), "cure": only(slow, quick)}
                found = roles | {"side_effect": between}
                yield Match("shifting_the_burden", found, (quick, slow, habit), (later(slow, quick),))


def eroding_goals(reinforcing, balancing, sign) -> Iterator[Match]:
    """A gap that is closed by acting, slowly, or by asking for less, at once."""
    for acting, yielding in permutations(balancing, 2):
        shared = stretch(acting, yielding)
        if len(shared) != 1 or acting.delay <= yielding.delay:
            continue
        (gap,) = shared
        if turn(acting, gap, sign) > LATE_TURN >= turn(yielding, gap, sign):
            roles = {"gap": shared, "action": only(acting, yielding), "goal": only(yielding, acting)}
            yield Match("eroding_goals", roles, (acting, yielding), (later(acting, yielding),))


def escalation(reinforcing, balancing, sign) -> Iterator[Match]:
    """Two sides, each keeping its balance against the other, both driven up."""
    for one, other in combinations(balancing, 2):
        if one.nodes & other.nodes:
            continue
        for race in reinforcing:
            if len(stretch(race, one)) > 1 and len(stretch(race, other)) > 1:
                roles = {"one_side": one.path, "other_side": other.path}
                yield Match("escalation", roles, (one, other, race), ({"code": "race", "loop": race.number},))


def success_to_the_successful(reinforcing, balancing, sign) -> Iterator[Match]:
    """Two that live on the same: what goes to one is taken from the other."""
    for one, other in permutations(reinforcing, 2):
        shared = stretch(one, other)
        if len(shared) != 1:
            continue
        minus = [sum(sign[link] == "-" for link in loop.links) for loop in (one, other)]
        if minus == [0, 2]:
            roles = {"share": shared, "winner": only(one, other), "loser": only(other, one)}
            yield Match("success_to_the_successful", roles, (one, other), ({"code": "split", "nodes": list(shared)},))


def tragedy_of_the_commons(reinforcing, balancing, sign) -> Iterator[Match]:
    """Each gains by doing more, all wear out what they share, and feel it late."""
    feeding = [(gain, wear) for gain in reinforcing for wear in balancing if stretch(gain, wear) and wear.delay]
    for (gain, wear), (other_gain, other_wear) in combinations(feeding, 2):
        if gain.nodes & other_gain.nodes or wear == other_wear:
            continue
        commons = stretch(wear, other_wear)
        apart = not set(commons) & (gain.nodes | other_gain.nodes)
        if len(commons) > 1 and apart and not gain.nodes & other_wear.nodes and not other_gain.nodes & wear.nodes:
            roles = {"one_gain": gain.path, "other_gain": other_gain.path, "commons": commons}
            why = ({"code": "late", "loop": wear.number, "delay": wear.delay},)
            yield Match("tragedy_of_the_commons", roles, (gain, other_gain, wear, other_wear), why)


def growth_and_underinvestment(reinforcing, balancing, sign) -> Iterator[Match]:
    """Growth that outruns what serves it, while investment comes late because it is felt to be needed late."""
    for brake, investing in permutations(balancing, 2):
        quality = stretch(brake, investing)
        if not quality or not investing.delay:
            continue
        for growth in reinforcing:
            demand = stretch(growth, brake)
            if demand and only(growth, brake) and not growth.nodes & investing.nodes:
                roles = {"growth": only(growth, brake), "demand": demand, "quality": quality}
                roles["capacity"] = only(investing, brake)
                why = ({"code": "late", "loop": investing.number, "delay": investing.delay},)
                yield Match("growth_and_underinvestment", roles, (growth, brake, investing), why)


def accidental_adversaries(reinforcing, balancing, sign) -> Iterator[Match]:
    """Two partners who help each other, each mending its own side in a way that hurts the other."""
    for one, other in combinations(balancing, 2):
        if one.nodes & other.nodes:
            continue
        both = one.nodes | other.nodes
        for feud in reinforcing:
            if len(stretch(feud, one)) < 2 or len(stretch(feud, other)) < 2:
                continue
            for alliance in reinforcing:
                ends = alliance.nodes & one.nodes, alliance.nodes & other.nodes
                if all(len(end) == 1 for end in ends) and alliance.nodes - both:
                    (partner,), (other_partner,) = ends
                    roles = {"partner": (partner,), "other_partner": (other_partner,)}
                    roles |= {"fix": only(one, alliance), "other_fix": only(other, alliance)}
                    roles |= {"alliance": only(alliance, one, other)}
                    why = ({"code": "feud", "loop": feud.number, "other": alliance.number},)
                    yield Match("accidental_adversaries", roles, (alliance, one, other, feud), why)


def balancing_with_delay(reinforcing, balancing, sign) -> Iterator[Match]:
    """A correction that comes late, so that one corrects too much."""
    for loop in balancing:
        if loop.delay:
            why = ({"code": "late", "loop": loop.number, "delay": loop.delay},)
            yield Match("balancing_with_delay", {"correction": loop.path}, (loop,), why)


STORIES: tuple[Story, ...] = (
    limits_to_growth,
    shifting_the_burden,
    fixes_that_fail,
    eroding_goals,
    escalation,
    success_to_the_successful,
    tragedy_of_the_commons,
    growth_and_underinvestment,
    accidental_adversaries,
    balancing_with_delay,
)
"""What finds each archetype, from reinforcing loops, balancing loops and signs by link."""
