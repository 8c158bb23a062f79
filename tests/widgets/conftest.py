"""What the tests of the map editor share: a small map, a store that can be made to fail."""

import pytest

from assessment.faults import Fault, Faults


class Memory:
    """A store that keeps what it is given, and fails when it is told to."""

    def __init__(self, document=None):
        self.document = document
        self.saved = []
        self.kept = {}
        self.failure = None

    def load(self):
        return self.document

    def save(self, document, revision):
        if self.failure is not None:
            raise self.failure
        self.document = document
        self.saved.append(revision)

    def snapshots(self):
        keys = ("actors", "variables", "ties")
        return [
            {"id": id_, "when": "2026-11-22T12:00:00+00:00", "label": label, "name": document["name"]}
            | {key: len(document[key]) for key in keys}
            for id_, (label, document) in self.kept.items()
        ]

    def snapshot(self, label):
        id_ = f"s{len(self.kept) + 1}"
        self.kept[id_] = label, self.document
        return id_

    def at(self, id_):
        if id_ not in self.kept:
            raise Faults([Fault("ask_value_wrong", {}, {"value": id_})])
        return self.kept[id_][1]


@pytest.fixture
def store():
    """Give a store that holds nothing yet."""
    return Memory()


@pytest.fixture
def document():
    """Give a map of two actors, a variable and two ties."""
    return {
        "format": "apprenance-map",
        "version": 1,
        "name": "Eau",
        "actors": [{"id": "maire", "label": "Maire", "role": "elected"}, {"id": "dgs", "label": "DGS"}],
        "variables": [{"id": "confiance", "label": "Confiance"}],
        "ties": [
            {"id": "t1", "source": "maire", "target": "dgs", "kind": "decides_with", "participants": ["p1"]},
            {"id": "t2", "source": "dgs", "target": "confiance", "kind": "causes", "polarity": "+"},
        ],
        "participants": [{"id": "p1", "role": "agent"}],
        "loops": [],
    }
