"""What people do together: each practice is plain data with rules, functions that read it, and no screen."""

from importlib import import_module

HOUSE = {
    "framing": {
        "brakes": ("list_brakes",),
        "cost": ("score_cost",),
        "document": ("check_framing", "load_framing", "new_framing"),
        "merged": ("merge_campaign",),
        "mergers": ("find_mergers",),
        "people": ("announce_mergers", "framing_people", "framing_units", "with_units"),
        "readiness": ("compare_readiness", "score_readiness"),
        "schedule": ("find_schedule_warnings", "list_consulted", "pre_electoral_period", "schedule_backwards"),
        "visibility": ("advise_method", "score_visibility"),
    },
}
"""Each practice's modules, and the public names they give."""

_HOME = {
    name: f"{practice}.{module}"
    for practice, modules in HOUSE.items()
    for module, names in modules.items()
    for name in names
}

__all__ = sorted(_HOME)


def __getattr__(name: str):
    # Lazy: checking a framing needs no solver.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
