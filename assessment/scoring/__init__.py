"""Domain meets statistics: responses are tallied once, scored from the tally, and let out by `release` only."""

from assessment.scoring.confidentiality import Settings, release, select
from assessment.scoring.dimensions import score_dimensions, score_groups
from assessment.scoring.files import TalliedFile, tally_file
from assessment.scoring.items import score_items
from assessment.scoring.maturity import score_overall
from assessment.scoring.profile import lattice, score_tallied, score_tally, score_wave, waves_of
from assessment.scoring.tally import Tally, merged, tally
from assessment.scoring.tension import score_tension

__all__ = [
    "Settings",
    "TalliedFile",
    "Tally",
    "lattice",
    "merged",
    "release",
    "score_dimensions",
    "score_groups",
    "score_items",
    "score_overall",
    "score_tallied",
    "score_tally",
    "score_tension",
    "score_wave",
    "select",
    "tally",
    "tally_file",
    "waves_of",
]
