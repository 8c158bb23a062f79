"""Domain meets statistics: responses are tallied once, scored from the tally, and let out by `release` only."""

from assessment.scoring.agenda import compare_agenda, score_agenda
from assessment.scoring.agreement import score_agreement, score_agreement_across
from assessment.scoring.benchmark import benchmark_of, compare_benchmark
from assessment.scoring.between import compare_groups, compare_roles, compare_with_rest
from assessment.scoring.careless import score_careless, score_without_careless
from assessment.scoring.certainty import score_certainty
from assessment.scoring.changes import compare_waves, score_reliable_change
from assessment.scoring.confidentiality import Settings, release, select
from assessment.scoring.crossings import add_crossings, cross_items
from assessment.scoring.design import Design
from assessment.scoring.dimensions import score_dimensions, score_groups
from assessment.scoring.discriminant import score_discriminant
from assessment.scoring.files import TalliedFile, tally_file
from assessment.scoring.item_answers import score_item_answers
from assessment.scoring.items import score_items
from assessment.scoring.maturity import score_overall
from assessment.scoring.measurement import score_measurement
from assessment.scoring.profile import lattice, score_tallied, score_tally, score_wave, waves_of
from assessment.scoring.several import compare_several
from assessment.scoring.smallest import Smallest
from assessment.scoring.tally import Tally, merged, tally
from assessment.scoring.tension import score_tension
from assessment.scoring.verbatims import release_verbatims

__all__ = [
    "Design",
    "Settings",
    "Smallest",
    "TalliedFile",
    "Tally",
    "add_crossings",
    "benchmark_of",
    "compare_agenda",
    "compare_benchmark",
    "compare_groups",
    "compare_roles",
    "compare_several",
    "compare_waves",
    "compare_with_rest",
    "cross_items",
    "lattice",
    "merged",
    "release",
    "release_verbatims",
    "score_agenda",
    "score_agreement",
    "score_agreement_across",
    "score_careless",
    "score_certainty",
    "score_dimensions",
    "score_discriminant",
    "score_groups",
    "score_item_answers",
    "score_items",
    "score_measurement",
    "score_overall",
    "score_reliable_change",
    "score_tallied",
    "score_tally",
    "score_tension",
    "score_wave",
    "score_without_careless",
    "select",
    "tally",
    "tally_file",
    "waves_of",
]
