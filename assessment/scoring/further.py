"""The further tables of a study, and by which rule each of them is let out.

Beside the profile there are the quality of the measure, the comparisons, and the agenda. Their rows follow the cells
they speak of. `assessment.scoring.study` hands these rules to the release, which knows no table by itself.
"""

from assessment.scoring import (
    agreement,
    answer_labels,
    careless,
    changes,
    choices,
    comparisons,
    context,
    discriminant,
    item_answers,
    measurement,
    outcomes,
    participation,
    ties,
)
from assessment.scoring.dimensions import KEYS
from assessment.scoring.following import WHOLE, Follower
from assessment.scoring.label_bands import ITEM

PAIR = ("wave", "by", "group", "dimension", "other_dimension")
SIDES = ("wave", "other_wave", "by", "group", "other_group", "dimension")
QUESTION = ("wave", "by", "group", "question")
OF_AGREEMENT = ("rwg_j", "rwg_j_skewed", "r_star_wg_j", "awg", "ad", "agreement", "polarisation")

FURTHER = {
    "measurement": Follower(measurement.COLUMNS, KEYS),
    "item_answers": Follower(
        item_answers.COLUMNS,
        ITEM,
        shares={"floor": (), "ceiling": ()},
        finish=answer_labels.without_pooled_ends,
    ),
    "answer_labels": Follower(answer_labels.COLUMNS, ITEM, counts=("answers",), finish=answer_labels.in_bands),
    "discriminant": Follower(discriminant.COLUMNS, (*PAIR, "perspective"), counts=("n", "n_complete")),
    "agreement": Follower(agreement.COLUMNS, KEYS, counts=("n", "n_complete"), alike=OF_AGREEMENT),
    "careless": Follower(careless.COLUMNS, ("wave", "perspective", "rule"), counts=(), parts=("n", "n_flagged")),
    "without_careless": Follower(careless.WITHOUT, KEYS, counts=("n", "n_without"), parts=("n_flagged",)),
    "comparisons": Follower(
        comparisons.COMPARISON_COLUMNS,
        ("comparison", *SIDES, "perspective"),
        counts=("n", "other_n"),
        parts=("apart", "other_apart"),
    ),
    "change": Follower(changes.CHANGE_COLUMNS, ("wave", "other_wave", *KEYS[1:])),
    "participation": Follower(
        participation.COLUMNS,
        ("wave", *WHOLE),
        parts=("since",),
        adding=True,
        since=participation.least_change,
    ),
    "choices": Follower(choices.COLUMNS, (*QUESTION, "option"), adding=True, shares={"share": ("ci_low", "ci_high")}),
    "choice_agreement": Follower(choices.AGREEMENT_COLUMNS, QUESTION),
    "tension_context": Follower(context.COLUMNS, KEYS, adding=True, shares={"share_top": ()}),
    "outcome_weights": Follower(outcomes.COLUMNS, PAIR),
    "dimension_ties": Follower(ties.COLUMNS, PAIR),
}
"""Names of the tables with their rules. ``apart`` and ``other_apart``: see `assessment.scoring.study.apart`."""
