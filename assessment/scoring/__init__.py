"""Domain meets statistics: responses are tallied once, scored from the tally, and let out by `release` only."""

from importlib import import_module

from assessment.scoring.tally import Tally, merged, tally

_HOME = {
    "Design": "design",
    "Settings": "confidentiality",
    "Smallest": "smallest",
    "TalliedFile": "files",
    "add_crossings": "crossings",
    "benchmark_of": "benchmark",
    "compare_agenda": "agenda",
    "compare_benchmark": "benchmark",
    "compare_groups": "between",
    "compare_roles": "between",
    "compare_several": "several",
    "compare_waves": "changes",
    "compare_with_rest": "between",
    "cross_items": "crossings",
    "lattice": "profile",
    "release": "confidentiality",
    "release_verbatims": "verbatims",
    "score_agenda": "agenda",
    "score_agreement": "agreement",
    "score_agreement_across": "agreement",
    "score_careless": "careless",
    "score_certainty": "certainty",
    "score_dimensions": "dimensions",
    "score_discriminant": "discriminant",
    "score_groups": "dimensions",
    "score_item_answers": "item_answers",
    "score_answer_labels": "answer_labels",
    "score_participation": "participation",
    "score_items": "items",
    "score_measurement": "measurement",
    "score_overall": "maturity",
    "score_reliable_change": "changes",
    "score_tallied": "profile",
    "score_tally": "profile",
    "score_tension": "tension",
    "score_wave": "profile",
    "score_without_careless": "careless",
    "select": "confidentiality",
    "tally_file": "files",
    "waves_of": "profile",
}

_AT_ONCE = (Tally, merged, tally)

__all__ = sorted([*_HOME, *(one.__name__ for one in _AT_ONCE)])


def __getattr__(name: str):
    # Lazy, because a first score needs few of these; not the tally, whose module has the name of its function.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
