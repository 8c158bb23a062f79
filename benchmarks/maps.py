"""What is read from a systems map: how fast, side by side with networkx and, for comparison only, igraph.

Run `python benchmarks/maps.py` (or name some rows): it prints each, keeps `measured-maps.json` and writes the page.
`--patience` is how long networkx may look for the loops of 10,000 elements. igraph is GPL: it is compared with where it
is installed, never required. What both sides give is compared before the times are. Seconds of the clock, the best of
three where a run takes less than five seconds; ratios are of one run.
"""

import argparse
import datetime
import importlib
import json
import multiprocessing
import os
import platform
import random
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import networkx as nx
import numpy as np
from scipy import sparse

from assessment.systems.analysis import analyse_map
from assessment.systems.communities import quality
from assessment.systems.cycles import find_cycles
from assessment.systems.louvain import louvain
from assessment.systems.paths import betweenness
from assessment.systems.permutations import PERMUTATIONS
from assessment.systems.positions import exact_betweenness
from assessment.systems.silos import score_silos

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks-maps.md"
MEASURED = Path(__file__).with_name("measured-maps.json")
KINDS = ("informs", "coordinates", "cooperates", "collaborates", "decides_with", "reports_to")
ROLES = ("elected", "agent", "manager", "user")
SHORT = 5.0

HEAD = """# Benchmarks of the systems map

Seconds of the clock, the best of three where one run takes under five seconds, on two cores that eight other processes
used too: ratios are what counts. The last rows also give CPU seconds of all threads: on cores of its own the analysis
takes no longer than these, and is judged by them. Written by `benchmarks/maps.py`, which first checks that both sides
give the same. igraph is compared with, never required.

"""


def timed(work, *given):
    """Give what a computation gives, and the seconds it takes: the best of three where it is short."""
    best, again = np.inf, 3
    while again:
        started = time.perf_counter()
        found = work(*given)
        spent = time.perf_counter() - started
        best, again = min(best, spent), again - 1 if spent < SHORT else 0
    return found, best


def row(what, ours, others="", target="", reached=None):
    """Make and print a row of the page."""
    told = {True: "reached", False: "**missed**", None: ""}[reached]
    cells = (what, seconds(ours), others, target, told)
    print(" | ".join(cells), flush=True)
    return cells


def seconds(value):
    """Write a time."""
    return f"{1000 * value:.0f} ms" if value < 1 else f"{value:.1f} s"


def loops(nodes, links, longest, patience=None):
    """Time all loops up to a length, against networkx; with patience, in a process that is stopped after it."""
    graph = nx.gnm_random_graph(nodes, links, seed=1, directed=True)
    found, ours = timed(find_cycles, [list(graph[node]) for node in range(nodes)], longest, 10**7)
    what = f"loops up to {longest}, {nodes:,} elements, {links:,} links: {len(found.cycles):,}"
    if patience is None:
        theirs, spent = timed(of_networkx, graph, longest)
        assert sorted(map(turned, theirs)) == sorted(found.cycles), "the loops differ"
        told = f"networkx {seconds(spent)}"
    else:
        spent = patiently(graph, longest, patience)
        told = f"networkx over {seconds(spent)}, then stopped" if spent >= patience else f"networkx {seconds(spent)}"
    return row(what, ours, f"{told}: {spent / ours:.0f} ×", "≥ 20 ×", spent / ours >= 20)


def of_networkx(graph, longest):
    """Find loops with networkx."""
    return list(nx.simple_cycles(graph, longest))


def turned(cycle):
    """Begin a cycle with its smallest node."""
    first = cycle.index(min(cycle))
    return (*cycle[first:], *cycle[:first])


def patiently(graph, longest, patience):
    """Time networkx in a process of its own that is stopped after a while."""
    process = multiprocessing.Process(target=of_networkx, args=(graph, longest))
    started = time.perf_counter()
    process.start()
    process.join(patience)
    process.terminate()
    process.join()
    return time.perf_counter() - started


def between(nodes, links):
    """Time exact betweenness by each program."""
    graph = nx.gnm_random_graph(nodes, links, seed=2, directed=True)
    ties = sparse.csr_array(nx.to_scipy_sparse_array(graph, format="csr", dtype=float))
    ours, spent = timed(exact_betweenness, ties)
    plain, alone = timed(betweenness, ties, np.arange(nodes))
    theirs, networkx = timed(lambda: nx.betweenness_centrality(graph, normalized=False))
    assert np.allclose(ours, plain)
    assert np.allclose(ours, list(theirs.values()))
    others, reached = f"without rustworkx {seconds(alone)}, networkx {seconds(networkx)}", None
    if installed("igraph"):
        other = importlib.import_module("igraph").Graph(n=nodes, edges=list(graph.edges), directed=True)
        values, igraph = timed(other.betweenness)
        assert np.allclose(ours, values)
        others += f", igraph {seconds(igraph)}: {spent / igraph:.1f} × igraph"
        reached = spent <= 3 * igraph
    return row(f"betweenness, {nodes:,} actors, {links:,} ties", spent, others, "≤ 3 × igraph", reached)


def communities(nodes, links):
    """Time one search for communities; its modularity beside networkx's."""
    graph = nx.gnm_random_graph(nodes, links, seed=3)
    both = sparse.csr_array(nx.to_scipy_sparse_array(graph, format="csr", dtype=float))
    labels, ours = timed(louvain, both, 0)
    theirs, spent = timed(lambda: nx.community.louvain_communities(graph, seed=0))
    told = f"networkx {seconds(spent)} (modularity {nx.community.modularity(graph, theirs):.3f})"
    what = f"communities, {nodes:,} actors, {links:,} ties (modularity {quality(both, labels):.3f})"
    return row(what, ours, f"{told}: {spent / ours:.1f} ×")


def silos(nodes, links, few=50):
    """Time the permutation null of E-I and modularity, beside a loop over a networkx graph for E-I alone."""
    graph = town(nodes, links)
    _, ours = timed(score_silos, graph, ["unit"])
    _, loop = timed(one_by_one, graph, few)
    told = f"E-I in a loop over networkx {seconds(loop * PERMUTATIONS / few)} ({few} timed)"
    what = f"silos against {PERMUTATIONS:,} permutations, {nodes:,} actors, {links:,} ties, {len(KINDS) + 1} networks"
    return row(what, ours, told, "one computation", None)


def one_by_one(graph, times):
    """Deal labels out anew and count ties one by one, for each kind and all of them."""
    units = [unit for _, unit in graph.nodes(data="unit")]
    found = []
    for _ in range(times):
        random.shuffle(units)
        label = dict(zip(graph, units, strict=True))
        for kind in (None, *KINDS):
            ties = [(one, other) for one, other, this in graph.edges(data="kind") if kind in (None, this)]
            found.append(sum(label[one] == label[other] for one, other in ties) / len(ties))
    return found


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


def whole(nodes, links, target=None):
    """Time every table of an analysis; the CPU seconds of all threads bound what it takes on cores of its own."""
    graph = town(nodes, links)
    started, began = time.perf_counter(), time.process_time()
    tables = analyse_map(graph)
    spent, cpu = time.perf_counter() - started, time.process_time() - began
    pivots = tables["actors"]["pivots"].iloc[0]
    sampled = f", betweenness from {pivots} starts" if pivots < nodes else ""
    what = f"all tables, {nodes:,} actors, {links:,} ties, {PERMUTATIONS:,} permutations{sampled}"
    told = f"{seconds(cpu)} of the CPU; load average {os.getloadavg()[0]:.0f}"
    if target is None:
        return row(what, spent, told)
    return row(what, spent, told, f"≤ {target} s, judged by the CPU", min(spent, cpu) <= target)


def installed(name):
    """Say whether a program can be compared with."""
    return importlib.util.find_spec(name) is not None


def versions():
    """Name the programs compared."""
    names = ("networkx", "numpy", "scipy", "rustworkx", "igraph")
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    cores = multiprocessing.cpu_count()
    return (
        f"{datetime.date.today()}, {cores} cores, {platform.system()}; Python {platform.python_version()}, "
        + ", ".join(found)
    )


def measures(patience):
    """Give each group of rows by its name."""
    return {
        "loops": lambda: [loops(1_000, 5_000, longest) for longest in (3, 4, 5)],
        "long_loops": lambda: [loops(10_000, 50_000, longest, patience) for longest in (4, 6)],
        "betweenness": lambda: [between(1_000, 5_000)],
        "communities": lambda: [communities(1_000, 5_000), communities(10_000, 50_000)],
        "silos": lambda: [silos(1_000, 5_000)],
        "whole": lambda: [whole(1_000, 5_000), whole(10_000, 50_000, 20)],
    }


def main():
    """Run what is asked for, all by default, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="rows to measure; all by default")
    parser.add_argument("--patience", type=float, default=60, help="seconds networkx may take at 10,000 elements")
    asked = parser.parse_args()
    known = json.loads(MEASURED.read_text("utf-8")) if MEASURED.exists() else {}
    for name, measure in measures(asked.patience).items():
        if not asked.names or name in asked.names:
            known[name] = measure()
    known["about"] = versions()
    MEASURED.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", "utf-8")
    lines = [f"| {' | '.join(cells)} |\n" for name in measures(0) for cells in known.get(name, ())]
    table = "| what | ours | others | asked | |\n|---|---|---|---|---|\n"
    PAGE.write_text(f"{HEAD}{known['about']}.\n\n{table}{''.join(lines)}", "utf-8")


if __name__ == "__main__":
    main()
