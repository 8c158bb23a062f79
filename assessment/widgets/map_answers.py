"""What the map's page asks and how it is answered: a name, a function. Reading a map is for figures to do."""

import io
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from assessment import figures
from assessment.example import load_example_map
from assessment.faults import Fault, Faults
from assessment.framework import Framework
from assessment.systems import map_document, read_map, start_map
from assessment.systems.formats.writers.saving import written
from assessment.texts import tell, word
from assessment.widgets.map_session import EMPTY, MapSession, Store

AS = ("size", "colour")
"""How a measure is shown."""

MOST_STEPS = 1_000
"""Of a scenario."""

STORED = "stored"
"""Names, among versions, the one that stands in the workspace."""

FORMATS = {
    "map_json": (".map.json", "application/json"),
    "graphml": (".graphml", "application/xml"),
    "kumu": (".kumu.json", "application/json"),
    "pdf": (".pdf", "application/pdf"),
}
"""Endings and media types of what can be taken away; pictures are made by the page itself."""

LONGEST_NAME = 60
"""Characters of a file's name that come from the map's."""


@dataclass(frozen=True)
class Question:
    """What is asked of a map, and all an answer needs.

    Parameters
    ----------
    session
        The map as it is being edited.
    language
        ``"fr"`` or ``"en"``.
    values
        The message.
    buffers
        The bytes that came with it.
    unit_names
        What people call each unit.
    scores
        A released table of scores, or None.
    framework
        The instrument the scores are of, for the names of dimensions, or None.
    view
        What the page looks at.
    """

    session: MapSession
    language: str
    values: Mapping[str, Any] = field(default_factory=dict)
    buffers: Sequence[bytes] = ()
    unit_names: Mapping[str, str] = field(default_factory=dict)
    scores: pd.DataFrame | None = None
    framework: Framework | None = None
    view: Mapping[str, Any] = field(default_factory=dict)

    @property
    def graph(self) -> nx.MultiDiGraph:
        """Give the map's graph, to read."""
        return self.session.state.graph

    @property
    def store(self) -> Store:
        """Give where versions are kept."""
        if self.session.store is None:
            raise Faults([Fault("store_missing")])
        return self.session.store

    def text(self, key: str) -> str:
        """Give a value that must be a text."""
        value = self.values.get(key)
        return value if isinstance(value, str) else wrong(value)

    def version(self, key: str) -> str | int:
        """Give the id of a version, as the store gave it."""
        value = self.values.get(key)
        return value if isinstance(value, str | int) and not isinstance(value, bool) else wrong(value)

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """Give a value that must be among some."""
        value = self.text(key)
        return value if value in allowed else wrong(value)

    def numbers(self, key: str, low: float, high: float) -> dict[str, float]:
        """Give numbers by the id of what is on the map; none where none is said."""
        found = self.values.get(key)
        found = {} if found is None else found
        if not isinstance(found, Mapping):
            wrong(found)
        for id_, value in found.items():
            if id_ not in self.graph or not is_number(value) or not low <= value <= high:
                wrong(f"{id_} = {value}")
        return dict(found)

    def whole(self, key: str, most: int) -> int:
        """Give a value that must be a whole number from 1."""
        value = self.values.get(key)
        whole = isinstance(value, int) and not isinstance(value, bool)
        return value if whole and 1 <= value <= most else wrong(value)


@dataclass(frozen=True)
class Answer:
    """What is answered.

    Parameters
    ----------
    values
        The answer, as it travels.
    buffers
        The bytes that go with it.
    document
        A map that takes the place of the one being edited, or None.
    """

    values: Mapping[str, Any]
    buffers: Sequence[bytes] = ()
    document: Mapping[str, Any] | None = None


def wrong(value: Any) -> Any:
    """Refuse a value that the page does not offer."""
    raise Faults([Fault("ask_value_wrong", {}, {"value": str(value)})])


def is_number(value: Any) -> bool:
    """Say whether a value is a number one can reckon with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def loops(question: Question) -> Answer:
    """List the loops of the map as it is now."""
    found = figures.map_loops(question.graph, question.language)
    return Answer({"revision": question.session.revision, **found})


def reading(question: Question) -> Answer:
    """Lay something computed over the map."""
    name = question.choice("name", [one["value"] for one in figures.reading_offers(question.language)])
    return Answer(figures.map_reading(question.graph, name, question.language, question.unit_names))


def measure(question: Question) -> Answer:
    """Show a measure by size or colour."""
    offered = figures.measure_offers(question.language, question.scores, question.framework)
    name, as_ = question.choice("name", [one["value"] for one in offered]), question.choice("as", AS)
    named = {"unit_names": question.unit_names, "framework": question.framework}
    return Answer(figures.map_measure(question.graph, name, as_, question.language, question.scores, **named))


def scenario(question: Question) -> Answer:
    """Follow what happens when some variables are pushed and others held."""
    push, hold = question.numbers("push", -1, 1), question.numbers("hold", 0, 1)
    steps = question.whole("steps", MOST_STEPS)
    return Answer(figures.map_scenario(question.graph, push, hold, steps, question.language))


def layer(question: Question) -> Answer:
    """Show what one participant drew."""
    known = [one["id"] for one in question.session.document["participants"]]
    return Answer(figures.map_layer(question.graph, question.choice("participant", known), question.language))


def difference(question: Question) -> Answer:
    """Show what changed between a version and another, or now."""
    from_ = question.version("from")
    old = question.store.current() if from_ == STORED else question.store.at(from_)
    other = question.values.get("to")
    new = question.session.document if other is None else question.store.at(question.version("to"))
    return Answer(figures.map_difference(old, new, question.language))


def history(question: Question) -> Answer:
    """List the versions that were kept."""
    return Answer({"snapshots": question.store.snapshots()})


def snapshot(question: Question) -> Answer:
    """Keep the map as it is, under a name."""
    question.store.save(question.session.document, question.session.revision)
    question.store.snapshot(question.text("label"))
    return history(question)


def restore(question: Question) -> Answer:
    """Take an older version up again; whoever does has seen what others saved meanwhile, and goes on from it."""
    document = question.store.at(question.version("id"))
    question.store.load()
    return Answer({}, document=document)


def theirs(question: Question) -> Answer:
    """Take the map as somebody else saved it meanwhile; the one that was here comes back by undoing."""
    return Answer({}, document=question.store.load() or EMPTY)


def mine(question: Question) -> Answer:
    """Keep this map, and save it over the one somebody else saved meanwhile, which stays in the history."""
    question.store.load()
    return Answer({}, document=question.session.document)


def start(question: Question) -> Answer:
    """Begin with one of the kit's maps, or with none."""
    return Answer({"findings": []}, document=started(question.text("name"), question.language))


def started(name: str, language: str) -> Mapping[str, Any]:
    """Give the map a start is named for."""
    if name == "empty":
        return EMPTY
    if name == "example":
        return map_document(load_example_map())
    return map_document(start_map(name, language))


def file(question: Question) -> Answer:
    """Begin with a file of any known format; say what was understood of it."""
    source = io.BytesIO(b"".join(question.buffers))
    source.name = question.text("name") or word("map_editor.export_file", question.language)
    found = read_map(source)
    document, told = map_document(found.graph), [tell(one, question.language) for one in found.findings]
    name = document["name"] or Path(source.name).name.split(".")[0]  # few formats name the map
    return Answer({"findings": told}, document=document | {"name": name})


def export(question: Question) -> Answer:
    """Give the map as a file; say what its format cannot hold."""
    format_ = question.choice("format", list(FORMATS))
    ending, type_ = FORMATS[format_]
    document, name = question.session.document, file_name(question.session.document["name"], question.language) + ending
    if format_ == "pdf":
        content, findings = figures.map_page(document, question.text("svg"), question.language, shown(question)), []
    else:
        content, findings = written(document, name)
    told = [tell(one, question.language) for one in findings]
    return Answer({"name": name, "type": type_, "findings": told}, [content])


def shown(question: Question) -> Mapping[str, Any] | None:
    """Give the reading that the page shows on the map, if it shows one: an overlay, or a measure."""
    for name, values in asked_by(question.view):
        try:
            return ASKS[name](replace(question, values=values)).values
        except Faults:  # what was looked at is no longer there
            continue
    return None


def asked_by(view: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give what a page asked to show what it shows, the widest first."""
    overlay = view.get("overlay")
    if isinstance(overlay, str):
        yield "reading", {"name": overlay}
    elif isinstance(overlay, Mapping):
        yield "layer" if "participant" in overlay else "difference", overlay
    for as_ in reversed(AS):
        if view.get(as_):
            yield "measure", {"name": view[as_], "as": as_}


def file_name(name: str, language: str) -> str:
    """Make a file's name of a map's name: letters, figures and hyphens, which every system takes.

    Examples
    --------
    >>> file_name("Projet d’eau : 2026/27", "fr"), file_name("…", "en")
    ('Projet-d-eau-2026-27', 'map')
    """
    words = re.findall(r"\w+", name)
    return "-".join(words)[:LONGEST_NAME].strip("-_") or word("map_editor.export_file", language)


ASKS: dict[str, Callable[[Question], Answer]] = {
    "loops": loops,
    "reading": reading,
    "measure": measure,
    "scenario": scenario,
    "layer": layer,
    "difference": difference,
    "history": history,
    "snapshot": snapshot,
    "restore": restore,
    "theirs": theirs,
    "mine": mine,
    "start": start,
    "file": file,
    "export": export,
}
"""What can be asked, and what answers it."""
