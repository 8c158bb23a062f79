"""Widgets: pages that Python writes and the browser draws, and the map that both edit.

`ToolPage` shows a tool, `ChartPage` one with charts: `blocks` and `passages` say what their documents are and check
them, `offers` what a page lets people do. `SystemsMap` is the map editor; `map_session` holds what it edits and knows
no Jupyter, `map_answers` what its page can ask. `AnswerSheet` keys paper forms in; `entry_session` keeps them,
`entry_plan` says what its page asks.
"""

from importlib import import_module

_HOME = {
    "AnswerSheet": "answer_sheet",
    "ChartPage": "chart_page",
    "SystemsMap": "systems_map",
    "ToolPage": "tool_page",
}

__all__ = sorted(_HOME)


def __getattr__(name: str):
    """Import a widget when it is first asked for: a map's session needs no Jupyter."""
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
