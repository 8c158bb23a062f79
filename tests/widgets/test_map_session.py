"""A map being edited: what is accepted moves it on, what is refused leaves it, everything can be undone."""

import json
import subprocess
import sys
from copy import deepcopy
from fractions import Fraction
from types import MappingProxyType

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.faults import Fault, Faults
from assessment.systems import apply_changes, check_map, map_document, map_graph
from assessment.widgets.map_session import MapSession

ADD = {"do": "add", "block": "actors", "values": {"id": "cabinet", "label": "Cabinet"}}
LABEL = {"do": "set", "block": "actors", "id": "dgs", "values": {"label": "Direction"}}
DANGLING = {"do": "remove", "block": "actors", "id": "dgs"}


@pytest.fixture
def session(document):
    return MapSession(document)


def codes(raised):
    return [fault.code for fault in raised.value.faults]


def test_it_begins_with_the_map_as_it_is(session, document):
    assert session.document == document
    assert session.whole() == {"revision": 1, "undo": 0, "redo": 0, "document": document}


def test_without_a_map_it_begins_with_an_empty_one():
    session = MapSession()
    check_map(session.document)
    assert session.document["actors"] == []


def test_an_edit_moves_the_map_on(session):
    assert session.edit(1, [LABEL]) == {"revision": 2, "undo": 1, "redo": 0, "changes": [LABEL]}
    assert session.document["actors"][1]["label"] == "Direction"


def test_what_is_refused_keeps_the_old_map_and_says_all_that_is_wrong(session, document):
    before = session.document
    with pytest.raises(Faults) as raised:
        session.edit(1, [LABEL, DANGLING])
    assert codes(raised) == ["tie_to_nobody", "tie_to_nobody"]
    assert session.document is before
    assert session.whole() == {"revision": 1, "undo": 0, "redo": 0, "document": document}


def test_a_change_that_cannot_be_made_is_refused_whole(session):
    with pytest.raises(Faults) as raised:
        session.edit(1, [ADD, ADD])
    assert codes(raised) == ["change_id_stands"]
    assert (session.revision, len(session.document["actors"])) == (1, 2)


@pytest.mark.parametrize("base", [0, 2, 99, -1])
def test_an_edit_on_another_revision_is_answered_with_the_whole_map(session, base):
    assert session.edit(base, [LABEL]) == session.whole()
    assert session.undo(base) == session.whole()
    assert session.revision == 1


@pytest.mark.parametrize("base", [None, "1", 1.0, True, [1]])
def test_an_edit_on_no_revision_is_refused(session, base):
    for act in (lambda: session.edit(base, [LABEL]), lambda: session.undo(base), lambda: session.redo(base)):
        with pytest.raises(Faults) as raised:
            act()
        assert codes(raised) == ["message_malformed"]
    assert session.revision == 1


def test_an_edit_of_nothing_is_no_step(session):
    assert session.edit(1, []) == {"revision": 1, "undo": 0, "redo": 0, "changes": []}


def test_undo_and_redo_go_back_and_forth(session, document):
    session.edit(1, [LABEL])
    session.edit(2, [ADD])
    now = session.document
    assert session.undo(3)["changes"] == [{"do": "remove", "block": "actors", "id": "cabinet"}]
    assert session.undo(4) | {"changes": 0} == {"revision": 5, "undo": 0, "redo": 2, "changes": 0}
    assert session.document == document
    session.redo(5)
    assert session.redo(6)["undo"] == 2
    assert session.document == now
    session.undo(7)
    session.undo(8)
    assert session.document == document


def test_there_is_an_end_to_undoing_and_to_redoing(session):
    for act, code in ((session.undo, "undo_nothing"), (session.redo, "redo_nothing")):
        with pytest.raises(Faults) as raised:
            act(1)
        assert codes(raised) == [code]


def test_a_new_edit_ends_what_could_be_redone(session):
    session.edit(1, [LABEL])
    session.undo(2)
    assert session.edit(3, [ADD])["redo"] == 0


def test_a_refused_edit_leaves_what_could_be_redone(session):
    session.edit(1, [LABEL])
    session.undo(2)
    with pytest.raises(Faults):
        session.edit(3, [DANGLING])
    assert session.redo(3)["revision"] == 4


def test_another_map_is_one_step(session, document):
    other = {"format": "apprenance-map", "version": 1, "name": "Air", "actors": [{"id": "dgs", "label": "DGS"}]}
    answer = session.replace(other)
    assert (answer["revision"], answer["undo"]) == (2, 1)
    assert session.document["name"] == "Air"
    assert session.document["ties"] == []
    session.undo(2)
    assert session.document == document


def test_the_same_map_is_no_step(session, document):
    assert session.replace(deepcopy(document))["revision"] == 1
    assert session.replace(document | {"name": "Eau", "loops": None})["changes"] == []


def test_a_map_that_does_not_hold_is_not_taken(session, document):
    with pytest.raises(Faults):
        session.replace(document | {"ties": [{"id": "t", "source": "x", "target": "y", "kind": "informs"}]})
    assert session.document == document


def test_a_map_is_a_copy_of_ones_own_and_plain_json(document):
    session = MapSession(document)
    document["actors"][0]["label"] = "autre"
    assert session.document["actors"][0]["label"] == "Maire"
    graph = nx.MultiDiGraph(name="n", participants=(), loops=[])
    graph.add_node("a", type="actor", label="A", x=np.float64(1.5), rank=np.int64(2), tags=("x", "y"))
    graph.nodes["a"].update(half=Fraction(1, 2), told=MappingProxyType({"k": 1}))
    taken = MapSession(map_document(graph)).document
    assert taken["actors"] == [
        {"id": "a", "label": "A", "rank": 2, "x": 1.5, "tags": ["x", "y"], "half": 0.5, "told": {"k": 1}}
    ]
    assert json.loads(json.dumps(taken)) == taken


def test_a_number_too_long_to_write_is_a_fault(document):
    with pytest.raises(Faults) as raised:
        MapSession(document | {"big": 10**5000})
    assert codes(raised) == ["map_unwritable"]


def test_every_accepted_edit_is_saved(document, store):
    session = MapSession(document, store)
    assert session.edit(1, [LABEL])["saved"] is True
    session.undo(2)
    session.replace(document | {"name": "Air"})
    assert store.saved == [1, 2, 3, 4]
    assert store.document == session.document
    assert MapSession(None, store).document == session.document


@pytest.mark.parametrize(
    ("failure", "code"),
    [(OSError("disque plein"), "map_unsaved"), (Faults([Fault("file_missing")]), "file_missing")],
)
def test_a_failed_save_is_told_and_the_map_is_not_lost(document, store, failure, code):
    session = MapSession(document, store)
    store.failure = failure
    answer = session.edit(1, [LABEL])
    assert (answer["saved"], [fault.code for fault in answer["refused"]]) == (False, [code])
    assert answer["changes"] == [LABEL]
    assert session.document["actors"][1]["label"] == "Direction"
    store.failure = None
    assert session.edit(2, [ADD])["saved"] is True
    assert store.document == session.document


def test_a_map_opened_over_another_that_is_kept_is_a_step_that_can_be_undone(document, store):
    store.document = MapSession(document).document
    session = MapSession(document | {"name": "Air"}, store)
    assert (session.revision, store.document["name"]) == (2, "Air")
    session.undo(2)
    assert store.document["name"] == "Eau"
    assert MapSession(document, store).revision == 1


def test_a_page_that_opens_learns_whether_the_map_is_saved(document, store):
    session = MapSession(document, store)
    assert session.whole()["saved"] is True
    store.failure = OSError("disque plein")
    session.edit(1, [LABEL])
    assert [fault.code for fault in session.whole()["refused"]] == ["map_unsaved"]
    store.failure = None
    assert session.replace(session.document)["saved"] is True
    assert session.whole()["saved"] is True
    assert "saved" not in MapSession(document).whole()


STEPS = st.lists(st.sampled_from(["edit", "undo", "redo", "replace", "wrong"]), max_size=12)


@given(STEPS)
@settings(max_examples=40, deadline=None)
def test_a_page_that_follows_the_answers_always_shows_the_map(steps):
    session = MapSession()
    page, revision = session.document, session.revision
    history, place = [session.document], 0
    for number, step in enumerate(steps):
        add = {"do": "add", "block": "actors", "values": {"id": f"a{number}", "label": ""}}
        whole = {"format": "apprenance-map", "version": 1, "variables": [{"id": f"v{number}", "label": ""}]}
        do = {
            "edit": lambda add=add: session.edit(session.revision, [add]),
            "replace": lambda whole=whole: session.replace(whole),
            "undo": lambda: session.undo(session.revision),
            "redo": lambda: session.redo(session.revision),
            "wrong": lambda: session.edit(session.revision, [{"do": "remove", "block": "ties", "id": "?"}]),
        }[step]
        try:
            answer = do()
        except Faults:
            assert step == "wrong" or (step == "undo" and place == 0) or (step == "redo" and place == len(history) - 1)
            continue
        page, revision = apply_changes(page, answer["changes"]), revision + 1
        assert (page, revision) == (session.document, session.revision)
        if step in ("edit", "replace"):
            history[place + 1 :] = [page]
        place += -1 if step == "undo" else 1
        assert page == history[place]
        assert (answer["undo"], answer["redo"]) == (place, len(history) - 1 - place)


def large(actors, ties):
    people = [{"id": f"a{n}", "label": f"Acteur {n}", "role": "agent", "x": n / 3, "y": -n} for n in range(actors)]
    ends = [(f"a{n % actors}", f"a{n * 7 % actors}") for n in range(ties)]
    links = [
        {"id": f"t{n}", "source": one, "target": other, "kind": "informs", "weight": 0.5}
        for n, (one, other) in enumerate(ends)
    ]
    return {"format": "apprenance-map", "version": 1, "actors": people, "ties": links}


def test_an_edit_of_a_map_asks_little_more_than_one_check_of_it(calls_of):
    session = MapSession(large(500, 1500))
    move = [{"do": "set", "block": "actors", "id": "a7", "values": {"x": 4}}]
    checking = calls_of(lambda: check_map(session.state.document))
    assert calls_of(lambda: session.edit(session.revision, move)) < 1.5 * checking


def test_a_session_needs_no_jupyter():
    code = "import sys, assessment.widgets.map_session; print({'anywidget', 'ipywidgets'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_the_graph_is_made_once_a_revision(session, document):
    assert session.state.graph is session.state.graph
    assert map_document(session.state.graph) == document
    before = session.state.graph
    session.edit(1, [LABEL])
    assert session.state.graph is not before
    assert nx.utils.graphs_equal(before, map_graph(document))
