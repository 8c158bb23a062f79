"""Released tables in, charts out; each chart with its text alternative and its table.

Charts name styles, never colours (`theme`). Nothing is computed here: what is drawn stands in the released rows.
"""

from importlib import import_module

from assessment.figures.grammar import defer_grammar

defer_grammar()

HOUSE = {
    "confidentiality": ("describe_confidentiality",),
    "profile": ("plot_profile", "describe_profile", "table_profile"),
    "tension": ("plot_tension", "describe_tension", "table_tension"),
    "groups": ("plot_groups", "describe_groups", "table_groups"),
    "quality": ("describe_quality", "table_quality"),
}

__all__ = [name for names in HOUSE.values() for name in names]


def __getattr__(name: str):
    """Import a figure when it is first asked for: altair takes a third of a second, words do not need it."""
    for module, names in HOUSE.items():
        if name in names:
            return getattr(import_module(f"assessment.figures.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
