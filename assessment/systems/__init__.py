"""The systems map: actors, the variables they act on, the ties between them; read, checked, written, analysed."""

from importlib import import_module

_HOME = {
    "analyse_map": "analysis",
    "check_declared": "loops",
    "check_map": "rules",
    "compare_communities": "communities",
    "find_archetypes": "archetypes",
    "find_communities": "communities",
    "find_gaps": "brokerage",
    "find_loops": "loops",
    "load_map": "loading",
    "map_document": "model",
    "map_graph": "model",
    "score_brokerage": "brokerage",
    "score_densities": "silos",
    "score_overlap": "overlap",
    "score_positions": "positions",
    "score_reach": "positions",
    "score_silos": "silos",
    "template_map": "archetypes",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    # Lazy: checking a map needs no sparse matrices.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return sorted({*globals(), *__all__})
