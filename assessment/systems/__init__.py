"""The systems map: actors, the variables they act on, the ties between them; read, checked, written, analysed."""

from importlib import import_module

_HOME = {
    "Reading": "loading",
    "analyse_map": "analysis",
    "analysis_document": "analysis",
    "apply_changes": "changes",
    "check_declared": "loops",
    "check_map": "rules",
    "compare_communities": "communities",
    "compare_ends": "scores",
    "compare_maps": "changes",
    "compare_participants": "consensus",
    "compare_positions": "mactor",
    "compare_scenario": "scenarios",
    "find_archetypes": "archetypes",
    "find_circle": "pluralism",
    "find_communities": "communities",
    "find_gaps": "brokerage",
    "find_loops": "loops",
    "invert_changes": "changes",
    "join_scores": "scores",
    "load_map": "loading",
    "map_document": "model",
    "map_graph": "model",
    "merge_maps": "consensus",
    "read_map": "loading",
    "score_along": "scores",
    "score_balance": "balance",
    "score_brokerage": "brokerage",
    "score_contacts": "contacts",
    "score_densities": "silos",
    "score_levels": "pluralism",
    "score_leverage": "leverage",
    "score_objectives": "mactor",
    "score_overlap": "overlap",
    "score_positions": "positions",
    "score_power": "mactor",
    "score_reach": "positions",
    "score_roles": "pluralism",
    "score_silos": "silos",
    "score_spectrum": "pluralism",
    "score_spoken": "pluralism",
    "score_stability": "leverage",
    "simulate": "scenarios",
    "simulate_circle": "circle",
    "simulate_map": "scenarios",
    "start_map": "starts",
    "start_names": "starts",
    "template_map": "archetypes",
    "write_map": "loading",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    # Lazy: checking a map needs no sparse matrices.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return sorted({*globals(), *__all__})
