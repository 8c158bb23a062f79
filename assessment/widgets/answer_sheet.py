"""`AnswerSheet`: paper forms keyed in by keyboard or touch; the browser takes the keys, Python keeps the sheets."""

import logging
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from assessment.faults import Fault, Faults
from assessment.responses.questionnaire import Questionnaire
from assessment.texts import LANGUAGES, tell
from assessment.widgets.entry_plan import entry_plan
from assessment.widgets.entry_session import EntrySession, SheetStore

_BUNDLES = Path(__file__).parent / "js" / "bundles"

ID = re.compile(r"[0-9a-f]{32}\Z")


class AnswerSheet(anywidget.AnyWidget):
    """A page on which paper forms are keyed in, line after line, as fast as one types.

    The browser holds the sheet in progress and waits for nothing between two keys. A whole sheet is sent; it is called
    saved when Python has kept it and given its number, and stays on the page until then.

    Parameters
    ----------
    questionnaire : Questionnaire
        What was printed.
    store : SheetStore
        Where sheets are kept.
    place : str
        Where that is, in a few words for the page.
    language : str
        ``"fr"`` or ``"en"``; can be changed at any time.
    trial : bool
        Whether the sheets are gone when the page is closed, which it then says.
    header : callable, optional
        Gives in a language whose page it is: `organisation`, `campaign`, `state`, `home`, as `ToolPage` has it on top.

    Attributes
    ----------
    session : EntrySession
        The sheets; ``session.compared`` and ``session.differing`` count what second entries found.
    plan : dict
        What the page asks, in the language.

    Notes
    -----
    **Missing answers**: a line left blank is missing; "not concerned" is kept apart.
    """

    _esm = _BUNDLES / "answer_sheet.js"
    _css = _BUNDLES / "answer_sheet.css"

    plan = traitlets.Dict().tag(sync=True)
    language = traitlets.Enum(LANGUAGES, default_value=LANGUAGES[0]).tag(sync=True)

    def __init__(
        self,
        questionnaire: Questionnaire,
        store: SheetStore,
        place: str = "",
        language: str = LANGUAGES[0],
        trial: bool = False,
        header: Callable[[str], Mapping | None] | None = None,
    ):
        self.session = EntrySession(questionnaire, store)
        self._place, self._trial, self._header = place, trial, header
        super().__init__(language=language)
        self._word()
        self.on_msg(self._receive)

    @traitlets.observe("language")
    def _word(self, _change=None) -> None:
        """Say everything in the language."""
        plan = entry_plan(self.session.questionnaire, self.session.forms, self.language, self._place)
        self.plan = plan | {"trial": self._trial, "header": self._header(self.language) if self._header else None}

    def set_state(self, sync_data: Mapping) -> None:
        """Take the language the page chose; the plan is Python's to make.

        Parameters
        ----------
        sync_data : mapping
            New values by trait. Missing answers: not concerned.
        """
        super().set_state({key: value for key, value in sync_data.items() if key == "language" and value in LANGUAGES})

    def _receive(self, _widget, content: Any, _buffers: list) -> None:
        """Answer a message; what goes wrong is told to the page, which keeps its sheet."""
        message = content if isinstance(content, Mapping) else {}
        try:
            answer = self._answer(message)
        except Faults as faults:
            answer = {"refused": [tell(one, self.language) for one in faults.faults]}
        except Exception as error:  # a slip of ours, or the disk's: the page must not wait for ever
            logging.getLogger(__name__).exception("A sheet was not kept")
            answer = {"refused": [f"{type(error).__name__}"]}
        self.send({"request": message.get("request"), **answer})

    def _answer(self, message: Mapping) -> dict[str, Any]:
        """Do what a message asks."""
        kind, sheet = message.get("kind"), message.get("sheet")
        if kind == "keep":
            return {"serial": self.session.keep(id_of(message), sheet)}
        serial = serial_of(message)
        if kind == "correct":
            self.session.correct(serial, id_of(message), sheet)
        elif kind == "drop":
            self.session.drop(serial)
        elif kind == "check":
            self.session.kept(serial)
        elif kind == "open":
            return {"serial": serial, "sheet": self.session.kept(serial)}
        elif kind == "compare":
            found = self.session.compare(serial, sheet)
            counts = {"compared": self.session.compared, "differing": self.session.differing}
            return {"serial": serial, "differences": found, **counts}
        else:
            raise Faults([Fault("message_malformed")])
        return {"serial": serial}


def id_of(message: Mapping) -> str:
    """Give the id that the page drew for a sheet."""
    drawn = message.get("id")
    if not isinstance(drawn, str) or not ID.match(drawn):
        raise Faults([Fault("message_malformed")])
    return drawn


def serial_of(message: Mapping) -> int:
    """Give the number a message speaks of."""
    serial = message.get("serial")
    if isinstance(serial, bool) or not isinstance(serial, int) or not 0 < serial < 10**9:
        raise Faults([Fault("message_malformed")])
    return serial
