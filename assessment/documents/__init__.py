"""The pen: safe CSV and workbooks, files written whole, pages set in type, drawings let in. Knows no domain.

Names are loaded when they are first used: who writes a table needs no reader of drawings.
"""

from importlib import import_module

HOMES = {
    "box_of": "drawings",
    "check_drawing": "drawings",
    "csv_lines": "safe_csv",
    "csv_text": "safe_csv",
    "harmless": "safe_csv",
    "meant": "safe_csv",
    "save": "saving",
    "svg_text": "drawings",
    "typeset": "typesetting",
}

__all__ = sorted(HOMES)


def __getattr__(name: str):
    """Import a name when it is first asked for."""
    if name in HOMES:
        return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
