"""`ChartPage`: the page of a tool that shows charts, with chapters, filters and passages among its blocks."""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from assessment.widgets.blocks import Kind
from assessment.widgets.passages import CHART_KINDS
from assessment.widgets.tool_page import ToolPage

WORDS = ("see_table", "take_png", "take_svg")
"""What the widget says by itself beside what every page says."""

_BUNDLES = Path(__file__).parent / "js" / "bundles"


class ChartPage(ToolPage):
    """The page of a tool that shows charts: every block of `ToolPage`, and ``tabs``, ``filters`` and ``passage``.

    Charts are Vega-Lite specifications with their data inside; the browser fetches nothing, and lets each be saved as
    PNG or SVG. Colours are best left to the theme: the ranges "category", "ordinal", "ramp" and "diverging", and the
    mark styles of `assessment.figures.theme` follow light and dark.

    Parameters
    ----------
    page : dict
        The document; docs/tool-page.md lists its blocks.

    Raises
    ------
    traitlets.TraitError
        If a page is not one, naming every fault and its place.

    Notes
    -----
    Missing answers: not concerned, a page holds texts; an empty table cell is None and shown as a dash.

    Examples
    --------
    >>> waves = [{"value": "2026", "label": "2026"}, {"value": "2024", "label": "2024"}]
    >>> filters = [{"id": "wave", "label": "Vague", "value": "2026", "options": waves}]
    >>> page = ChartPage(page={"language": "fr", "title": "Diagnostic", "blocks": [
    ...     {"kind": "filters", "id": "choose", "items": filters}]})
    >>> page.on_event(lambda event: None)
    >>> page.page["words"]["see_table"]
    'Voir le tableau'
    """

    _esm = _BUNDLES / "chart_page.js"
    _css = _BUNDLES / "chart_page.css"

    kinds: ClassVar[Mapping[str, Kind]] = CHART_KINDS
    said: ClassVar[Mapping[str, str]] = {**ToolPage.said, **{key: f"chart_page.{key}" for key in WORDS}}
