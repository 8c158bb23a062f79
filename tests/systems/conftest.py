"""What the tests of the systems map share: maps from a few words, from the example and from the reference files."""

import csv
import io
import json
import warnings
from pathlib import Path

import networkx as nx
import pytest

import assessment
from assessment.systems.model import map_graph

MAPS = Path(__file__).resolve().parents[3] / "shared" / "maps"
VALCLAIR = Path(assessment.__file__).parent / "example" / "valclair_map.map.json"


@pytest.fixture(autouse=True)
def _no_warning_escapes():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture(scope="session")
def maps():
    """Give the folder of real maps and published values."""
    if not MAPS.is_dir():
        pytest.skip(f"NOT TESTED HERE: real maps and published values (no {MAPS})")
    return MAPS


@pytest.fixture(scope="session")
def real():
    """Give a function from a name to the path of one of the real files."""

    def find(name):
        path = MAPS / name
        if not path.is_file():
            pytest.skip(f"NOT TESTED HERE: {name}, a real file of another tool (no {MAPS})")
        return path

    return find


@pytest.fixture(scope="session")
def upload():
    """Give a function from a name and a content to an open file, as a page receives it."""

    def open_(name, content):
        file = io.BytesIO(content.encode() if isinstance(content, str) else content)
        file.name = name
        return file

    return open_


@pytest.fixture(scope="session")
def valclair():
    """Give the example's map."""
    return map_graph(json.loads(VALCLAIR.read_text("utf-8")))


@pytest.fixture(scope="session")
def krackhardt(maps):
    """Give Krackhardt's managers: unit is the department, kind the relation."""
    return csv_map(maps, "krackhardt_hightech", "dept")


@pytest.fixture(scope="session")
def lazega(maps):
    """Give Lazega's lawyers: unit is the office, kind the relation."""
    return csv_map(maps, "lazega_lawyers", "office")


@pytest.fixture(scope="session")
def causal():
    """Give a function from lines such as ``"a -> b + 2"`` (source, target, sign or ?, delay) to a map of variables."""
    return causal_map


@pytest.fixture(scope="session")
def actors():
    """Give a function from pairs of actors and attributes of actors to a map of actors."""
    return actor_map


@pytest.fixture(scope="session")
def renamed():
    """Give a function that gives every node another name and every block another order."""
    return rename


def csv_map(folder, name, unit):
    graph = nx.MultiDiGraph(name=name, participants=[], loops=[])
    for row in read(folder / f"{name}_nodes.csv"):
        graph.add_node(row["id"], type="actor", label=row["id"], unit=row[unit], rank=row.get("level") or None)
    for number, row in enumerate(read(folder / f"{name}_ties.csv")):
        graph.add_edge(row["from"], row["to"], number, kind=row["relation"])
    return graph


def read(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def causal_map(*lines, loops=(), **kept):
    graph = nx.MultiDiGraph(name="", participants=[], loops=list(loops))
    for number, line in enumerate(lines):
        source, _, target, sign, *delay = line.split()
        for node in (source, target):
            graph.add_node(node, type="variable", label=node)
        signed = {} if sign == "?" else {"polarity": sign}
        graph.add_edge(source, target, f"t{number}", kind="causes", delay=int(*delay), **signed, **kept)
    return graph


def actor_map(pairs, both_ways=False, kind="cooperates", **attributes):
    """Attributes are dicts: ``unit={"a": "x"}``."""
    graph = nx.MultiDiGraph(name="", participants=[], loops=[])
    ends = [node for pair in pairs for node in pair[:2]]
    for node in dict.fromkeys([*ends, *(one for values in attributes.values() for one in values)]):
        known = {key: values[node] for key, values in attributes.items() if node in values}
        graph.add_node(node, type="actor", label=str(node), **known)
    for number, (source, target, *weight) in enumerate(pairs):
        graph.add_edge(source, target, f"t{number}", kind=kind, **({"weight": weight[0]} if weight else {}))
        if both_ways:
            graph.add_edge(target, source, f"b{number}", kind=kind, **({"weight": weight[0]} if weight else {}))
    return graph


def rename(graph):
    names = {node: f"z{len(graph) - place:05d}" for place, node in enumerate(graph)}
    other = nx.MultiDiGraph(**{**graph.graph, "loops": []})
    for node in reversed(list(graph)):
        other.add_node(names[node], **graph.nodes[node])
    for source, target, key, tie in reversed(list(graph.edges(keys=True, data=True))):
        other.add_edge(names[source], names[target], key, **tie)
    return other, names
