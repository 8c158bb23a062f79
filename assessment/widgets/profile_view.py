"""`ProfileView`: a whole page in one widget, written by Python and drawn by the browser."""

from collections.abc import Callable, Mapping
from pathlib import Path

import anywidget
import traitlets

from assessment.widgets.arriving import Arriving
from assessment.widgets.page import choice_faults, page_faults

_BUNDLES = Path(__file__).parent / "js" / "bundles"


class ProfileView(anywidget.AnyWidget):
    """A page of header, filters, upload, figures in words, charts and tables, in one widget.

    Python writes the page; the browser draws it and says what is chosen. A page is answered with a page: observe
    `choice`, register `on_file` and `on_example`, and assign a new `page` in each. Assign, never change in place.

    Parameters
    ----------
    page : dict
        The document. `language` and `title` are needed, all else may be left out or be None: `subtitle`, `badge`,
        `languages` (value, label), `languages_label`, `filters` (id, label, value, options of value, label,
        disabled, note), `upload` (label, hint, accept, too_large, example_label), `facts` (label, value, note),
        `notices` (kind "info", "warning" or "error", title, lines), `sections` (id, title, sentence, charts of
        spec, alt, title, table of caption, columns and rows, table_label, note), `busy_label`, `ready_label`,
        `footnote`. Each assigned page gets a `reply`: the choice it answers and its revision.
    choice : dict
        The language and the value of each filter by its id, as chosen in the browser.

    Raises
    ------
    traitlets.TraitError
        If a page is not one, naming every fault and its place; if a choice is not offered by the page.

    Notes
    -----
    Missing answers: not concerned, a page holds texts; an empty table cell is None and shown as a dash.
    Charts are Vega-Lite specifications with their data inside; the browser fetches nothing. Colours are best left
    to the theme: the ranges "category", "ordinal", "ramp" and "diverging", and the mark styles "accent", "muted",
    "positive", "caution", "negative", "band", "outline", "interval", "reference", "link", "value-label",
    "note-label" and "inverse-label" follow light and dark.

    Examples
    --------
    >>> view = ProfileView(page={"language": "fr", "title": "Profil d'apprentissage"})
    >>> view.observe(lambda change: None, "choice")
    >>> view.on_file(lambda name, content: None)
    >>> view.page["reply"]["revision"]
    1
    """

    _esm = _BUNDLES / "profile_view.js"
    _css = _BUNDLES / "profile_view.css"

    page = traitlets.Dict().tag(sync=True)
    choice = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits):
        self._revision = 0
        self._arriving = Arriving()
        self._file_callbacks = []
        self._example_callbacks = []
        super().__init__(**traits)
        self.on_msg(self._receive)

    def on_file(self, callback: Callable[[str, bytes], None], remove: bool = False) -> None:
        """Call `callback(name, content)` with each file that is brought.

        Parameters
        ----------
        callback : callable
            Gets the file's name, without a path, and its bytes, all of them. It assigns a new page.
        remove : bool
            Whether the callback is taken away instead.
        """
        _register(self._file_callbacks, callback, remove)

    def on_example(self, callback: Callable[[], None], remove: bool = False) -> None:
        """Call `callback()` when the reader wants the example back.

        Parameters
        ----------
        callback : callable
            Gets nothing. It assigns a new page.
        remove : bool
            Whether the callback is taken away instead.
        """
        _register(self._example_callbacks, callback, remove)

    @traitlets.validate("page")
    def _check_page(self, proposal) -> dict:
        page = proposal["value"]
        faults = page_faults(page)
        if faults:
            raise traitlets.TraitError("Not a page: " + "; ".join(faults))
        if not page:
            return page
        # A page equal to the last one is still an answer that the browser waits for: its revision makes it new.
        self._revision += 1
        return {**page, "reply": {"choice": dict(self.choice), "revision": self._revision}}

    @traitlets.validate("choice")
    def _check_choice(self, proposal) -> dict:
        faults = choice_faults(proposal["value"], self.page)
        if faults:
            raise traitlets.TraitError("Not a choice: " + "; ".join(faults))
        return proposal["value"]

    def set_state(self, sync_data: Mapping) -> None:
        """Take what the browser says; if that goes wrong, the browser is told to stop waiting.

        Parameters
        ----------
        sync_data : mapping
            New values by trait. Missing answers: not concerned.
        """
        try:
            super().set_state(sync_data)
        except Exception:
            self.send_state("choice")
            self.send({"kind": "settled"})
            raise

    def _receive(self, _widget, content: Mapping, buffers: list) -> None:
        try:
            if content.get("kind") == "example":
                _call(self._example_callbacks)
            elif content.get("kind") == "file":
                self._take_piece(content, buffers)
        except Exception:
            self.send({"kind": "settled"})
            raise

    def _take_piece(self, message: Mapping, buffers: list) -> None:
        """Keep one piece of a file; hand the file over with its last piece."""
        whole = self._arriving.take(message, buffers)
        if whole is not None:
            _call(self._file_callbacks, *whole)


def _register(callbacks: list, callback: Callable, remove: bool) -> None:
    if remove and callback in callbacks:
        callbacks.remove(callback)
    elif not remove and callback not in callbacks:
        callbacks.append(callback)


def _call(callbacks: list, *arguments) -> None:
    for callback in list(callbacks):
        callback(*arguments)
