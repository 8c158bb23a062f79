"""One function a tool notebook: each arranges figures in a widget and answers what is chosen there."""

from importlib import import_module

__all__ = ["actors_map", "diagnostic"]


def __getattr__(name: str):
    """Import an app when it is first asked for: the widgets need Jupyter, finding the notebooks does not."""
    if name in __all__:
        return getattr(import_module(f"assessment.apps.{name}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
