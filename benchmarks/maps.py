"""Speed of what is read from a systems map, side by side with networkx and, where installed, rustworkx and igraph.

Run `python benchmarks/maps.py`; `--whole` also times networkx at 10,000 nodes (it is stopped after five minutes).
igraph is GPL: it is compared with, never required. One line is one measure; ratios are of the same run.
"""

import argparse
import multiprocessing
import random
import time

import networkx as nx
import numpy as np
from scipy import sparse

from assessment.systems.analysis import steps
from assessment.systems.cycles import find_cycles
from assessment.systems.paths import betweenness
from assessment.systems.permutations import PERMUTATIONS
from assessment.systems.positions import exact_betweenness
from assessment.systems.silos import score_silos

PATIENCE = 300
KINDS = ("informs", "coordinates", "cooperates", "collaborates", "decides_with", "reports_to")
ROLES = ("elected", "agent", "manager", "user")


def timed(work, *given):
    """Give what a computation gives, and the seconds it takes."""
    started = time.perf_counter()
    return work(*given), time.perf_counter() - started


def line(name, seconds, **others):
    """Print a measure and, for each other program, its time and the ratio."""
    told = "  ".join(f"{other} {value:.3f} s ({value / seconds:.1f} ×)" for other, value in others.items())
    print(f"{name:<58} {seconds:8.3f} s  {told}", flush=True)


def loops(nodes, links, longest, with_networkx):
    """Time loops up to a length, and check that they are networkx's."""
    graph = nx.gnm_random_graph(nodes, links, seed=1, directed=True)
    found, seconds = timed(find_cycles, [list(graph[node]) for node in range(nodes)], longest)
    name = f"loops, {nodes:,} nodes, {links:,} links, up to {longest}"
    if with_networkx is None:
        return line(name, seconds)
    every, other = with_networkx(graph, longest)
    if every is not None:
        assert sorted(map(turned, every)) == sorted(found.cycles), "the loops differ"
    return line(f"{name}: {len(found.cycles)}", seconds, networkx=other)


def turned(cycle):
    """Begin a cycle with its smallest node."""
    first = cycle.index(min(cycle))
    return (*cycle[first:], *cycle[:first])


def of_networkx(graph, longest):
    """Time networkx's search."""
    return timed(lambda: list(nx.simple_cycles(graph, longest)))


def patiently(graph, longest):
    """Time networkx's search in a process of its own that is stopped after a while: then no loops, a lower bound."""
    process = multiprocessing.Process(target=of_networkx, args=(graph, longest))
    started = time.perf_counter()
    process.start()
    process.join(PATIENCE)
    process.terminate()
    return None, time.perf_counter() - started


def positions(nodes, links):
    """Time exact betweenness by each program."""
    graph = nx.gnm_random_graph(nodes, links, seed=2, directed=True)
    ties = sparse.csr_array(nx.to_scipy_sparse_array(graph, format="csr", dtype=float))
    ours, seconds = timed(exact_betweenness, ties)
    plain, alone = timed(betweenness, ties, np.arange(nodes))
    theirs, networkx = timed(lambda: nx.betweenness_centrality(graph, normalized=False))
    assert np.allclose(ours, plain)
    assert np.allclose(ours, list(theirs.values()))
    others = {"without_rustworkx": alone, "networkx": networkx}
    try:
        import igraph
    except ImportError:
        print("igraph is not installed: not compared")
    else:
        other = igraph.Graph(n=nodes, edges=list(graph.edges), directed=True)
        values, others["igraph"] = timed(other.betweenness)
        assert np.allclose(ours, values)
    line(f"betweenness, {nodes:,} actors, {links:,} ties", seconds, **others)


def town(nodes, links):
    """Make a map of actors in units, half of the ties inside them."""
    draw = random.Random(1)
    units = nodes // 50
    graph = nx.MultiDiGraph(name="", participants=[], loops=[])
    for node in range(nodes):
        known = {"unit": f"u{node % units}", "role": draw.choice(ROLES), "rank": draw.randint(1, 5)}
        graph.add_node(node, type="actor", label=str(node), **known)
    for link in range(links):
        one, near = draw.randrange(nodes), draw.random() < 0.5
        other = (one + units * draw.randrange(1, 40)) % nodes if near else draw.randrange(nodes)
        graph.add_edge(one, other, link, kind=draw.choice(KINDS), weight=draw.random())
    return graph


def whole(nodes, links):
    """Time every table of an analysis."""
    graph, tables, total = town(nodes, links), {}, 0.0
    for names, make in steps(graph, None, None, PERMUTATIONS, 1):
        found, seconds = timed(make, tables)
        tables |= dict(zip(names, found, strict=True))
        total += seconds
        if seconds > 0.5:
            line(f"  {', '.join(names)}", seconds)
    line(f"analysis, {nodes:,} actors, {links:,} ties, all tables", total)


def main():
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--whole", action="store_true", help="time networkx at 10,000 nodes too")
    more = parser.parse_args().whole
    for longest in (3, 4, 5):
        loops(1_000, 5_000, longest, of_networkx)
    for longest in (4, 6):
        loops(10_000, 50_000, longest, patiently if more else None)
    positions(1_000, 5_000)
    line("silos, 1,000 actors, 5,000 permutations", timed(score_silos, town(1_000, 5_000), ["unit"])[1])
    whole(10_000, 50_000)


if __name__ == "__main__":
    main()
