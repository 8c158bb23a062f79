"""`ToolPage`: the page of a tool, written by Python as a document of blocks and drawn by the browser."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from assessment.texts import LANGUAGES, word
from assessment.widgets.arriving import LARGEST_FILE, Arriving
from assessment.widgets.blocks import KINDS, Kind, document_faults, offers_of
from assessment.widgets.offers import is_offered, offered_languages, uploads_of

WORDS = (
    "busy",
    "choose",
    "file_too_large",
    "language",
    "lost",
    "needed",
    "no",
    "not_number",
    "not_whole",
    "optional",
    "reload",
    "step_done",
    "step_later",
    "step_next",
    "too_large",
    "too_small",
    "total",
    "yes",
)
"""What the widget says by itself."""

LANGUAGE, SEEN = "language", "seen"
"""Actions every page has: another language is chosen; somebody comes back to a page that says ``refresh``."""

_BUNDLES = Path(__file__).parent / "js" / "bundles"


@dataclass(frozen=True)
class Event:
    """What somebody did on a page.

    Parameters
    ----------
    action
        The ``id`` of the button, form or upload; ``"language"``; ``"seen"``.
    values
        What the button carries; of a form, the value of each field by its ``id``.
    name, content
        Of an upload: the file's name without a path, and its bytes.
    """

    action: str
    values: Mapping[str, Any] = field(default_factory=dict)
    name: str | None = None
    content: bytes = b""


class ToolPage(anywidget.AnyWidget):
    """The page of a tool: a header that is always the same, and blocks under one another.

    Python writes the page; the browser draws it and says what people do. Whatever is done is answered with a new
    `page`: what stays the same on it keeps its place, its focus and what was typed. Assign, never change in place.

    Parameters
    ----------
    page : dict
        The document. `language` and `title` are needed; docs/tool-page.md lists the rest.

    Raises
    ------
    traitlets.TraitError
        If a page is not one, naming every fault and its place.

    Notes
    -----
    Missing answers: a field left empty is None, or ``""`` where it holds text.
    What the browser asks is done only if the page offers it, with values that its fields can hold.

    Examples
    --------
    >>> done = []
    >>> page = ToolPage(page={"language": "fr", "title": "Accueil", "blocks": [{"kind": "actions", "items": [
    ...     {"id": "begin", "label": "Commencer"}]}]})
    >>> page.on_event(done.append)
    >>> page.page["words"]["yes"]
    'Oui'
    """

    _esm = _BUNDLES / "tool_page.js"
    _css = _BUNDLES / "tool_page.css"

    kinds: ClassVar[Mapping[str, Kind]] = KINDS
    said: ClassVar[Mapping[str, str]] = {key: f"tool_page.{key}" for key in WORDS}

    page = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits):
        self._revision = 0
        self._arriving = Arriving()
        self._callbacks = []
        super().__init__(**traits)
        self.on_msg(self._receive)

    def on_event(self, callback: Callable[[Event], None]) -> None:
        """Call `callback(event)` with whatever somebody does; it assigns a new page.

        Parameters
        ----------
        callback : callable
            Gets the `Event`.
        """
        self._callbacks.append(callback)

    def send_file(self, name: str, content: bytes, media_type: str = "application/octet-stream") -> None:
        """Let the browser save a file.

        Parameters
        ----------
        name : str
            What the file is called.
        content : bytes
            All of it.
        media_type : str
            Its media type.
        """
        self.send({"kind": "download", "name": name, "type": media_type}, [content])

    def say(self, text: str) -> None:
        """Say something to whoever only listens, in passing.

        Parameters
        ----------
        text : str
            One sentence.
        """
        self.send({"kind": "say", "text": text})

    def tell_work(self, block: str, done: float, total: float) -> None:
        """Move the bar of a progress block.

        Parameters
        ----------
        block : str
            The block's id.
        done, total : float
            How far the work is.
        """
        self.send({"kind": "work", "id": block, "done": done, "total": total})

    @traitlets.validate("page")
    def _check_page(self, proposal) -> dict:
        page = proposal["value"]
        if not page:
            return page
        faults = document_faults(page, self.kinds)
        if faults:
            raise traitlets.TraitError("Not a page: " + "; ".join(faults))
        self._revision += 1
        return {**page, **said_by_itself(page["language"], self.said), "revision": self._revision}

    def _receive(self, _widget, content: Mapping, buffers: list) -> None:
        number = content.get("number")
        if content.get("kind") not in ("event", "file"):
            return
        self.send({"kind": "heard", "number": number})
        try:
            event = self._event(content, buffers)
            for callback in list(self._callbacks) if event else ():
                callback(event)
        except Exception:
            self.send({"kind": "settled", "number": number})
            raise
        if event or content["kind"] == "event":
            self.send({"kind": "settled", "number": number})

    def _event(self, content: Mapping, buffers: list) -> Event | None:
        """Make an event of a message, if the page offers it; None for what it does not, and for half a file."""
        action, values = content.get("action"), content.get("values")
        if content["kind"] == "file":
            return self._file(action, content, buffers)
        if not isinstance(action, str) or not isinstance(values, Mapping):
            return None
        return Event(action, dict(values)) if self._may(action, values) else None

    def _may(self, action: str, values: Mapping) -> bool:
        if action == LANGUAGE:
            return set(values) == {LANGUAGE} and values[LANGUAGE] in offered_languages(self.page)
        if action == SEEN:
            return bool(self.page.get("refresh")) and not values
        return is_offered(action, values, self.page, offers_of(self.kinds))

    def _file(self, action: Any, content: Mapping, buffers: list) -> Event | None:
        uploads = uploads_of(self.page)
        if action not in uploads:
            raise traitlets.TraitError("The page takes no such file")
        if content.get("size", 0) > (uploads[action] or LARGEST_FILE):
            raise traitlets.TraitError("The file is larger than the page takes")
        whole = self._arriving.take(content, buffers)
        return None if whole is None else Event(action, {}, *whole)


def said_by_itself(language: str, said: Mapping[str, str]) -> dict:
    """Give what every page says in a language: its words by where they stand, and the languages to choose from."""
    languages = [{"value": one, "label": word("diagnostic.own_name", one)} for one in LANGUAGES]
    return {"words": {key: word(place, language) for key, place in said.items()}, "languages": languages}
