"""The map of actors opens on the example, on a file, a graph, a document, or on what a workspace holds."""

import networkx as nx
import pytest

from assessment import apps
from assessment.apps.map_editor import ACTORS
from assessment.example import example_files, load_example_map
from assessment.faults import Faults
from assessment.systems import map_document, start_map
from assessment.workspace import MapStore, open_workspace


def test_it_opens_on_the_example_with_the_names_of_its_units():
    editor = apps.actors_map()
    assert nx.utils.graphs_equal(editor.graph, load_example_map())
    assert {"value": "voirie", "label": "Voirie et propreté"} in editor.offers["units"]
    assert editor.language == "fr"


@pytest.mark.parametrize("as_", [str, lambda path: path])
def test_it_opens_a_file(as_):
    editor = apps.actors_map(as_(example_files()["map"]), language="en")
    assert nx.utils.graphs_equal(editor.graph, load_example_map())
    assert editor.offers["units"] == []
    assert editor.language == "en"


def test_it_opens_a_graph_or_a_document():
    graph = start_map("escalation", "en")
    for map_ in (graph, map_document(graph)):
        assert nx.utils.graphs_equal(apps.actors_map(map_).graph, graph)


def test_a_file_that_is_none_is_a_fault(tmp_path):
    with pytest.raises(Faults):
        apps.actors_map(tmp_path / "none.map.json")


def test_a_workspace_keeps_what_is_drawn_and_the_example_is_never_put_into_it_unasked(tmp_path):
    path = tmp_path / "commune.apprenance"
    with open_workspace(path, create=True) as workspace:
        editor = apps.actors_map(workspace=workspace)
        assert editor.document["actors"] == []
        assert MapStore(workspace, ACTORS).load() is None
        editor.graph = start_map("escalation", "fr")
        assert editor.offers["store"] is True
    again = apps.actors_map(workspace=path)
    assert nx.utils.graphs_equal(again.graph, editor.graph)


@pytest.mark.parametrize("name", apps.__all__)
def test_a_cell_can_be_run_again(name):
    assert callable(getattr(apps, name))
    assert callable(getattr(apps, name))
