"""Domain meets statistics: responses are tallied once, scored from the tally, and let out by `release` only."""

from assessment.scoring.benchmark import benchmark_of, compare_benchmark
from assessment.scoring.certainty import score_certainty
from assessment.scoring.changes import compare_waves, score_reliable_change
from assessment.scoring.comparisons import (
    Smallest,
    compare_groups,
    compare_roles,
    compare_several,
    compare_with_rest,
)
from assessment.scoring.confidentiality import Settings, release, select
from assessment.scoring.design import Design
from assessment.scoring.dimensions import score_dimensions, score_groups
from assessment.scoring.items import score_items
from assessment.scoring.maturity import score_overall
from assessment.scoring.profile import lattice, score_tally, score_wave, waves_of
from assessment.scoring.tally import Tally, tally
from assessment.scoring.tension import score_tension

__all__ = [
    "Design",
    "Settings",
    "Smallest",
    "Tally",
    "benchmark_of",
    "compare_benchmark",
    "compare_groups",
    "compare_roles",
    "compare_several",
    "compare_waves",
    "compare_with_rest",
    "lattice",
    "release",
    "score_certainty",
    "score_dimensions",
    "score_groups",
    "score_items",
    "score_overall",
    "score_reliable_change",
    "score_tally",
    "score_tension",
    "score_wave",
    "select",
    "tally",
    "waves_of",
]
