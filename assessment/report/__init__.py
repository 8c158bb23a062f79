"""The profile made readable: in a terminal, as a page, and as the score files of the contract.

Names are imported when they are first asked for: the terminal's text and the files need no charts.
"""

from importlib import import_module

HOUSE = {
    "profile_page": ("Profile", "profile_html", "write_profile"),
    "score_files": ("json_text", "score_csv", "score_document", "write_score_csv", "write_score_json"),
    "terminal": ("profile_text",),
}

__all__ = [name for names in HOUSE.values() for name in names]


def __getattr__(name: str):
    """Import a writer when it is first asked for."""
    for module, names in HOUSE.items():
        if name in names:
            return getattr(import_module(f"assessment.report.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
