"""Small maps for the tests of what the editor shows, and what holds of every answer."""

import json
import re
import warnings
from collections.abc import Sequence
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import strategies as st

import assessment
from assessment.systems import load_map

MAPS = Path(__file__).resolve().parents[4] / "shared" / "maps"
VALCLAIR = Path(assessment.__file__).parent / "example" / "valclair_map.map.json"
TOKEN = re.compile(r"category-[1-6]|ramp-[1-5]|diverging-[1-5]|positive|caution|negative|muted|accent")


@pytest.fixture(autouse=True)
def _no_warning_escapes():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture(scope="session")
def valclair():
    """Give the example's map."""
    return load_map(VALCLAIR)


@pytest.fixture(scope="session")
def real():
    """Give a function from a name to one of the real maps."""

    def find(name):
        path = MAPS / name
        if not path.is_file():
            pytest.skip(f"NOT TESTED HERE: {name}, a real map (no {MAPS})")
        return load_map(path)

    return find


@pytest.fixture(scope="session")
def krackhardt(real):
    """Give Krackhardt's managers: unit is the department, kind the relation."""
    return real("krackhardt_hightech_ties.csv")


@pytest.fixture(scope="session")
def causal():
    """Give a function from lines such as ``"a b + 2 p1,p2"`` (source, target, sign or ?, delay, who) to a map."""
    return causal_map


@pytest.fixture(scope="session")
def social():
    """Give a function from pairs of actors, and attributes of actors, to a map."""
    return social_map


@pytest.fixture(scope="session")
def check_reading():
    """Give the check of what holds of every reading."""
    return checked_reading


@pytest.fixture(scope="session")
def any_map():
    """Give the strategy of small maps."""
    return small_maps()


def causal_map(*lines, loops=(), people=(), name=""):
    graph = nx.MultiDiGraph(name=name, participants=[{"id": one} for one in people], loops=list(loops))
    for number, line in enumerate(lines):
        source, target, sign, delay, drew = (*line.split(), *("?", "0", "")[len(line.split()) - 2 :])
        for node in (source, target):
            graph.add_node(node, type="variable", label=node.capitalize())
        signed = {} if sign == "?" else {"polarity": sign}
        drawn = {"participants": drew.split(",")} if drew else {}
        graph.add_edge(source, target, f"t{number}", kind="causes", delay=int(delay), **signed, **drawn)
    return graph


def social_map(pairs: Sequence, **attributes):
    """Attributes are dicts: ``unit={"a": "x"}``; a pair may carry the kind of its relation."""
    graph = nx.MultiDiGraph(name="", participants=[], loops=[])
    ends = [node for pair in pairs for node in pair[:2]]
    for node in dict.fromkeys([*ends, *(one for values in attributes.values() for one in values)]):
        known = {key: values[node] for key, values in attributes.items() if node in values}
        graph.add_node(node, type="actor", label=str(node).upper(), **known)
    for number, (source, target, *kind) in enumerate(pairs):
        graph.add_edge(source, target, f"t{number}", kind=kind[0] if kind else "cooperates")
    return graph


def checked_reading(reading, graph):
    """What holds of every reading: plain JSON, ids of the map, every colour and badge told in the legend."""
    assert json.loads(json.dumps(reading, allow_nan=False)) == reading
    assert set(reading) == {"name", "title", "sentences", "legend", "paint", "ghosts", "table", "items"}
    assert reading["title"].strip()
    assert 1 <= len(reading["sentences"]) <= 4
    assert all(not re.search(r"\{\w*\}|\bNone\b|\bnan\b", text) for text in texts(reading))
    keys = {key for *_, key in graph.edges(keys=True)}
    assert set(reading["paint"]["nodes"]) <= set(graph)
    assert set(reading["paint"]["ties"]) <= keys
    check_table(reading["table"])
    for item in reading["items"]:
        assert set(item) == {"title", "sentences", "nodes", "ties", "badge"}
        assert set(item["nodes"]) <= set(graph)
        assert set(item["ties"]) <= keys
    check_legend(reading)


def texts(reading):
    yield from (reading["title"], *reading["sentences"], *(entry["label"] for entry in reading["legend"]))
    for item in reading["items"]:
        yield from (item["title"], *item["sentences"])
    for row in (reading["table"] or {"rows": []})["rows"]:
        yield from row


def check_table(table):
    if table is not None:
        assert table["caption"]
        for row in table["rows"]:
            assert len(row) == len(table["columns"])
            assert all(isinstance(cell, str) for cell in row)


def check_legend(reading):
    legend = reading["legend"]
    for entry in legend:
        assert TOKEN.fullmatch(entry["colour"])
        assert entry["label"]
        assert {"badge", "pattern"} & set(entry), "never by colour alone"
        assert entry.get("pattern") in {None, "double", "dashed", "dash", "line", "dim", "size"}
    colours = {entry["colour"] for entry in legend}
    badges = {entry.get("badge") for entry in legend}
    patterns = {entry.get("pattern") for entry in legend}
    for paint in (*reading["paint"]["nodes"].values(), *reading["paint"]["ties"].values()):
        assert set(paint) <= {"colour", "size", "badge", "border", "dim", "width", "dash"}
        assert paint.get("colour") in {None, *colours}
        assert all(part in badges for part in paint.get("badge", "").split(" · ") if part)
        assert paint.get("border") in {None, *patterns}
        assert not paint.get("dash") or "dash" in patterns
        assert not paint.get("dim") or "dim" in patterns
        for number in ("size", "width"):
            assert 0 <= paint.get(number, 0) <= 1


NAMES = st.text("aBdeé {<&\u202e", min_size=1, max_size=8)
SHARE = st.sampled_from([0.0, 0.25, 1.0])


@st.composite
def small_maps(draw):
    """Any valid small map: units, roles, parallel ties, ties to oneself, participants, named loops."""
    people = [f"p{one}" for one in range(draw(st.integers(0, 3)))]
    graph = nx.MultiDiGraph(name="", participants=[{"id": one} for one in people], loops=[])
    for number in range(draw(st.integers(0, 4))):
        known = draw(st.fixed_dictionaries({"label": NAMES}, optional=OF_ACTORS))
        graph.add_node(f"a{number}", type="actor", **known)
    for number in range(draw(st.integers(0, 4))):
        graph.add_node(f"v{number}", type="variable", label=draw(NAMES))
    if len(graph):
        for number in range(draw(st.integers(0, 9))):
            kind = draw(st.sampled_from(["causes", "causes", "informs", "decides_with"]))
            optional = {"weight": SHARE, "confidence": SHARE, "delay": st.integers(0, 2)}
            optional |= {"participants": st.lists(st.sampled_from(people), unique=True, min_size=1)} if people else {}
            optional |= {"polarity": st.sampled_from("+-")} if kind == "causes" else {}
            tie = draw(st.fixed_dictionaries({}, optional=optional))
            graph.add_edge(*(draw(st.sampled_from(list(graph))) for _ in range(2)), f"t{number}", kind=kind, **tie)
        path = st.lists(st.sampled_from(list(graph)), max_size=4)
        for number, nodes in enumerate(draw(st.lists(path, max_size=2))):
            kind = draw(st.sampled_from(["reinforcing", "balancing"]))
            graph.graph["loops"].append({"id": f"l{number}", "name": draw(NAMES), "nodes": nodes, "kind": kind})
    return graph


OF_ACTORS = {
    "unit": st.sampled_from(["x", "y"]),
    "role": st.sampled_from(["agent", "elected"]),
    "rank": st.sampled_from([1, 2, "haut"]),
    "influence": SHARE,
    "involvement": SHARE,
}
