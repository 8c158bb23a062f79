"""One call reads everything, in the contract's words, whatever the map."""

import json

import networkx as nx
import pytest

from assessment.systems.analysis import TABLES, analyse_map, analysis_document
from assessment.systems.loading import load_map
from assessment.texts import LANGUAGES
from assessment.texts.maps import tell_loop, tell_note

FEW = {"permutations": 50}
CONTRACT = {
    "actors": "id in_degree out_degree betweenness closeness eigenvector constraint effective_size core community",
    "loops": "nodes kind length delays uncertain declared",
    "archetypes": "archetype roles rank why",
    "silos": "attribute kind ei_index null_mean null_sd p_value permutations seed modularity",
    "leverage": "id direct_influence direct_dependence indirect_influence indirect_dependence",
}


@pytest.fixture(scope="module")
def document(valclair):
    return analysis_document(analyse_map(valclair, **FEW))


def test_the_keys_are_the_contracts(document):
    assert list(document)[:6] == [*CONTRACT, "faults"]
    for name, keys in CONTRACT.items():
        assert document[name]
        for row in document[name]:
            assert set(keys.split()) <= set(row), name


def test_it_is_json_without_nan(document):
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_the_example_is_read_whole(document):
    assert len(document["actors"]) == 32
    assert len(document["loops"]) == 8
    assert [row["archetype"] for row in document["archetypes"]] == ["shifting_the_burden", "limits_to_growth"]
    assert document["faults"] == []
    assert document["circle"][0]["drawn"] is True


def test_a_map_of_variables_has_no_actors(causal):
    tables = analyse_map(causal("a -> b +", "b -> a -"), **FEW)
    assert tuple(tables) == TABLES
    assert tables["actors"].empty
    assert tables["loops"]["kind"].tolist() == ["balancing"]


@pytest.mark.parametrize("nodes", [0, 1])
def test_nothing_or_one_actor_alone_breaks_nothing(nodes):
    graph = nx.MultiDiGraph(name="", participants=[], loops=[])
    graph.add_nodes_from(range(nodes), type="actor")
    document = analysis_document(analyse_map(graph, **FEW))
    assert len(document["actors"]) == nodes
    json.dumps(document, allow_nan=False)


def test_a_named_loop_that_does_not_hold_is_a_fault(causal):
    graph = causal("a -> b +", loops=[{"id": "l", "name": "L", "nodes": ["a", "b"], "kind": "balancing"}])
    (fault,) = analysis_document(analyse_map(graph, **FEW))["faults"]
    assert fault["code"] == "loop_does_not_hold"
    assert (fault["values"]["reason"], fault["values"]["source"]) == ("link_missing", "b")


def test_too_many_loops_are_told(causal):
    names = [f"n{place}" for place in range(12)]
    graph = causal(*(f"{a} -> {b} +" for a in names for b in names if a != b))
    tables = analyse_map(graph, **FEW)
    assert len(tables["loops"]) == 10_000
    assert tables["faults"]["code"].tolist() == ["loops_incomplete"]
    assert len(analyse_map(graph, longest=2, **FEW)["loops"]) == 66


def test_relations_that_join_a_variable_are_told_as_not_read(actors):
    graph = actors([("a", "b")])
    graph.add_node("v", type="variable")
    graph.add_edge("a", "v", "r", kind="uses")
    faults = analyse_map(graph, **FEW)["faults"]
    assert faults.to_dict("records") == [{"code": "relations_not_read", "values": {"count": 1}}]


def test_a_map_that_has_changed_is_read_anew(actors):
    graph = actors([("a", "b")])
    assert analyse_map(graph, **FEW)["actors"]["out_degree"].sum() == 1
    graph.add_edge("b", "a", "back", kind="informs")
    assert analyse_map(graph, **FEW)["actors"]["out_degree"].sum() == 2


def test_kinds_and_longest_are_passed_on(krackhardt):
    tables = analyse_map(krackhardt, kinds=["reports"], longest=1, **FEW)
    assert tables["actors"]["out_degree"].sum() == 20
    assert tables["silos"]["kind"].unique().tolist() == ["reports"]


def test_progress_is_told_and_may_stop_the_work(causal):
    told = []
    analyse_map(causal("a -> b +"), progress=lambda done, total: told.append((done, total)), **FEW)
    assert told[-1][0] == told[-1][1] == len(told)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        analyse_map(causal("a -> b +"), progress=stop, **FEW)


def test_the_map_is_left_as_it_was(valclair):
    before = nx.to_dict_of_dicts(valclair), dict(valclair.nodes(data=True)), dict(valclair.graph)
    analyse_map(valclair, **FEW)
    assert (nx.to_dict_of_dicts(valclair), dict(valclair.nodes(data=True)), dict(valclair.graph)) == before


def test_the_same_seed_gives_the_same_analysis(krackhardt):
    one, two = (analyse_map(krackhardt, **FEW) for _ in range(2))
    assert all(one[name].equals(two[name]) for name in TABLES)


def test_every_fault_of_an_analysis_is_told(causal):
    names = [f"n{place}" for place in range(9)]
    lines = [f"{a} -> {b} +" for a in names for b in names if a != b]
    graph = causal(*lines, loops=[{"id": "l", "name": "L", "nodes": ["n0", "nobody"], "kind": None}])
    for fault in analysis_document(analyse_map(graph, **FEW))["faults"]:
        for language in LANGUAGES:
            assert "{" not in tell_note(fault, dict(graph.nodes(data="label")), language)


def test_every_loop_of_the_example_is_told(valclair):
    links = {(s, t): tie for s, t, tie in valclair.edges(data=True)}
    labels = dict(valclair.nodes(data="label"))
    for loop in analyse_map(valclair, **FEW)["loops"].itertuples():
        ties = [links[pair] for pair in zip(loop.nodes, (*loop.nodes[1:], loop.nodes[0]), strict=True)]
        names = [labels[node] for node in loop.nodes]
        told = tell_loop(names, [tie.get("polarity") for tie in ties], [tie.get("delay", 0) for tie in ties], "fr")
        word = {"reinforcing": "amplifie tout", "balancing": "freine tout", None: "on ne sait donc pas"}[loop.kind]
        assert word in told


@pytest.mark.parametrize("name", ["alternet_kumu.json", "alternet_stella_cld.stmx", "alternet_decision_explorer.mdx"])
def test_one_diagram_in_three_formats_shows_the_same_balancing_loop(real, name):
    tables = analyse_map(load_map(real(name)), **FEW)
    assert tables["loops"][["kind", "length"]].values.tolist() == [["balancing", 3]]
