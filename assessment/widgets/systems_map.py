"""`SystemsMap`: the map of actors, variables and ties, drawn and edited in the browser, held by Python."""

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import networkx as nx
import pandas as pd
import traitlets

from assessment.faults import Fault, Faults
from assessment.framework import Framework
from assessment.systems import check_map, join_scores, map_document, map_graph
from assessment.texts import LANGUAGES, tell
from assessment.texts.words import dictionary
from assessment.widgets.map_answers import ASKS, Question
from assessment.widgets.map_offers import offers_of
from assessment.widgets.map_session import MapSession, Store, ready, reason_of

_BUNDLES = Path(__file__).parent / "js" / "bundles"

FROM_BROWSER = ("selection", "view", "language")
"""Traits that the page may set; words and offers are Python's to say."""


class SystemsMap(anywidget.AnyWidget):
    """A map of actors, variables and ties to draw, to read and to have back in Python.

    The page draws and edits; Python checks every edit, keeps what can be undone, and answers what is asked of the map.
    A map is assigned whole, to `document` or `graph`, never changed in place; assigning is one step that can be undone.

    Parameters
    ----------
    document : dict, optional
        The map, as a ``*.map.json`` file holds it.
    graph : networkx.MultiDiGraph, optional
        The map as a graph, instead. Without either, what the store holds, or an empty map.
    unit_names : mapping, optional
        What people call each unit, by its id.
    scores : pandas.DataFrame, optional
        A *released* table of scores by group: one row is one group, dimension and perspective (``by``, ``group``,
        ``dimension``, ``perspective``, ``score``, ``suppressed``, …), of one wave, to show on the map's actors.
    framework : Framework, optional
        The instrument the scores are of, for the names of dimensions.
    store : Store, optional
        Where the map is saved after every edit and its versions are kept, such as a workspace's.
    language : str
        ``"fr"`` or ``"en"``; can be changed at any time.
    whose : callable, optional
        Gives in a language whose map it is: `organisation`, `campaign`, `state`, `home`, as `ToolPage` has it on top.
    **traits
        Other traits, such as `selection` and `view`.

    Attributes
    ----------
    document : dict
        The map as it is now; observe it to follow the edits.
    selection : list of str
        Ids of what is selected, here and on the page.
    view : dict
        What is looked at: mode, overlay, colour, size, table.
    words, offers, header : dict
        What the page says, what it offers to choose from, and whose map it is, in the language.

    Raises
    ------
    traitlets.TraitError
        If a map does not hold, naming every fault.
    ValueError
        If the scores are not released, or of several waves.

    Notes
    -----
    **Missing answers**: what is not known of a map is left out; scores that are not released stay hidden.

    Examples
    --------
    >>> widget = SystemsMap(language="en")
    >>> actors = [{"id": "dgs", "label": "DGS"}, {"id": "maire", "label": "Maire"}]
    >>> widget.document = {"format": "apprenance-map", "version": 1, "actors": actors}
    >>> graph = widget.graph
    >>> graph.add_edge("maire", "dgs", "t1", kind="decides_with")
    't1'
    >>> widget.graph = graph
    >>> widget.document["ties"]
    [{'id': 't1', 'source': 'maire', 'target': 'dgs', 'kind': 'decides_with'}]
    >>> widget.undo(), widget.document["ties"]
    (True, [])
    """

    _esm = _BUNDLES / "systems_map.js"
    _css = _BUNDLES / "systems_map.css"

    document = traitlets.Dict()
    selection = traitlets.List(traitlets.Unicode()).tag(sync=True)
    view = traitlets.Dict().tag(sync=True)
    language = traitlets.Enum(LANGUAGES, default_value=LANGUAGES[0]).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    offers = traitlets.Dict().tag(sync=True)
    header = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        document: Mapping[str, Any] | None = None,
        graph: nx.MultiDiGraph | None = None,
        *,
        unit_names: Mapping[str, str] | None = None,
        scores: pd.DataFrame | None = None,
        framework: Framework | None = None,
        store: Store | None = None,
        language: str = LANGUAGES[0],
        whose: Callable[[str], Mapping | None] | None = None,
        **traits,
    ):
        if graph is not None:
            document = self._written(graph, language)
        self._session = self._told(lambda: MapSession(document, store), language)
        self._unit_names = dict(unit_names or {})
        self._scores, self._framework, self._whose = scores, framework, whose
        if scores is not None:
            join_scores(self._session.state.graph, scores)  # refuses what is not released, and several waves
        self._accepted: dict[Any, Any] = {}
        super().__init__(language=language, **traits)
        self.document = self._session.document
        self._word()
        self.on_msg(self._receive)

    @property
    def graph(self) -> nx.MultiDiGraph:
        """The map as a graph of one's own; assign one to put it in place of the map."""
        return map_graph(self.document)

    @graph.setter
    def graph(self, graph: nx.MultiDiGraph) -> None:
        self.document = self._written(graph, self.language)

    @property
    def revision(self) -> int:
        """How often the map has changed, counted from 1."""
        return self._session.revision

    def undo(self) -> bool:
        """Undo the last step, whoever made it; say whether there was one."""
        return self._step(self._session.undo, self._session.done)

    def redo(self) -> bool:
        """Do again what was undone last; say whether there was something."""
        return self._step(self._session.redo, self._session.undone)

    def _step(self, step: Callable[[int], dict], log: Sequence) -> bool:
        there = bool(log)
        if there:
            self._publish(step(self._session.revision))
        return there

    @traitlets.validate("document")
    def _check_document(self, proposal) -> dict:
        document = proposal["value"]
        if document is self._session.document:
            return document
        return self._told(lambda: ready(document), self.language)

    @traitlets.observe("document")
    def _take_document(self, change) -> None:
        if change["new"] is not self._session.document:
            self._publish(self._session.replace(change["new"]))

    @traitlets.observe("language")
    def _word(self, _change=None) -> None:
        """Say everything in the language."""
        self.words = {key: text[self.language] for key, text in dictionary("map_editor").items()}
        self.offers = offers_of(
            self.language, self._unit_names, self._scores, self._framework, self._session.store is not None
        )
        self.header = dict((self._whose and self._whose(self.language)) or {})

    def _publish(self, answer: Mapping, view: Any = None, **echoed) -> None:
        """Tell every page what was done, then whoever observes the document here."""
        self.send({**self._worded(answer), "view": view, **echoed})
        self.document = self._session.document

    def _receive(self, _widget, content: Any, buffers: list) -> None:
        """Answer a message of the page; what is wrong with one is told to the page, and changes nothing."""
        message = content if isinstance(content, Mapping) else {}
        echoed = {key: message.get(key) for key in ("edit", "request") if is_token(message.get(key))}
        view = message.get("view") if is_token(message.get("view")) else None
        try:
            done = self._answer(message, buffers, view, echoed)
        except Faults as faults:
            self._refuse(faults.faults, view, echoed)
        except Exception as error:  # a slip of ours: the page must not wait for ever, nor the map be lost
            logging.getLogger(__name__).exception("A message of the map's page was not answered")
            self._refuse([Fault("ask_failed", {}, {"reason": reason_of(error)})], view, echoed)
        else:
            if done is not None:
                self._publish(done, view, **{key: value for key, value in echoed.items() if key == "edit"})

    def _answer(self, message: Mapping, buffers: Sequence, view: Any, echoed: dict) -> dict | None:
        """Do what a message says; give what has become of the map, for all pages, if anything has."""
        base = message.get("base")
        if "ask" in message:
            return self._reply(message, buffers, view, echoed)
        if "changes" in message:
            answer = self._session.edit(base, message["changes"])
            # A page whose answer was lost asks for the map again, and must know whether its edit was taken.
            if "changes" in answer:
                self._accepted[view] = echoed.get("edit")
            return answer
        if message.get("undo") is True:
            return self._session.undo(base)
        if message.get("redo") is True:
            return self._session.redo(base)
        if message.get("open") is not True:
            raise Faults([Fault("message_malformed")])
        self.send({**self._worded(self._session.whole()), "view": view, "accepted": self._accepted.get(view)})
        return None

    def _reply(self, message: Mapping, buffers: Sequence, view: Any, echoed: dict) -> dict | None:
        """Answer what is asked of the map; an answer may bring another map with it."""
        name = message["ask"]
        if not isinstance(name, str) or name not in ASKS:
            raise Faults([Fault("ask_unknown", {}, {"value": str(name)})])
        pieces = [bytes(buffer) for buffer in buffers or ()]
        known = {"unit_names": self._unit_names, "scores": self._scores, "framework": self._framework}
        answer = ASKS[name](Question(self._session, self.language, message, pieces, view=self.view, **known))
        done = None if answer.document is None else self._session.replace(answer.document)
        self.send({"view": view, "answer": answer.values, **echoed}, buffers=list(answer.buffers) or None)
        return done

    def _refuse(self, faults: Sequence[Fault], view: Any, echoed: dict) -> None:
        place = {} if "request" in echoed else {"revision": self._session.revision}
        self.send({**place, "refused": [self._fault(one) for one in faults], "view": view, **echoed})

    def _worded(self, answer: Mapping) -> dict[str, Any]:
        """Say in words why a map could not be saved."""
        told = {"refused": [self._fault(one) for one in answer["refused"]]} if "refused" in answer else {}
        return {**answer, **told}

    def _fault(self, fault: Fault) -> dict[str, str]:
        return {"code": fault.code, "text": tell(fault, self.language)}

    def set_state(self, sync_data: Mapping) -> None:
        """Take what the page says of its selection, view and language; what is none of these goes back as it was.

        Parameters
        ----------
        sync_data : mapping
            New values by trait. Missing answers: not concerned.
        """
        try:
            super().set_state({key: value for key, value in sync_data.items() if key in FROM_BROWSER})
        except traitlets.TraitError:
            logging.getLogger(__name__).warning("The map's page sent a value that is none: %s", sorted(sync_data))
        kept = [key for key in sync_data if key in self.keys and getattr(self, key) != sync_data[key]]
        if kept:
            self.send_state(kept)

    @staticmethod
    def _told(work: Callable, language: str) -> Any:
        """Work; what is wrong with a map becomes the error of a trait, told in the language."""
        try:
            return work()
        except Faults as faults:
            lines = "\n".join(tell(fault, language if language in LANGUAGES else "fr") for fault in faults.faults)
            raise traitlets.TraitError(lines) from faults

    @classmethod
    def _written(cls, graph: nx.MultiDiGraph, language: str) -> dict[str, Any]:
        return cls._told(lambda: map_document(check_map(graph)), language)


def is_token(value: Any) -> bool:
    """Say whether a value can be given back as the page's own mark."""
    return isinstance(value, str | int) and not isinstance(value, bool)
