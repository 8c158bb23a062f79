"""The agenda: all tables beside the profile, which say what to talk about and who wants it."""

from collections.abc import Mapping, Sequence

import pandas as pd

from assessment.framework.model import Framework
from assessment.scoring.choices import score_choice_agreement, score_choices
from assessment.scoring.context import score_tension_context
from assessment.scoring.outcomes import score_outcome_weights
from assessment.scoring.plurality import compare_voices, score_plurality
from assessment.scoring.priorities import compare_priorities
from assessment.scoring.profile import Grouping, Tables, checked_wave, of_wave
from assessment.scoring.role_choices import compare_choice_overlap, compare_role_choices
from assessment.scoring.shared_vision import judge_shared_vision
from assessment.scoring.ties import score_dimension_ties


def score_agenda(
    responses: pd.DataFrame,
    framework: Framework,
    by: Sequence[Grouping] = (),
    wave: str | None = None,
    units: pd.DataFrame | None = None,
    seed: int = 0,
) -> Tables:
    r"""Learn what one wave says of choices, of what goes together, and of agreement on vision.

    Parameters
    ----------
    responses
        The responses table (`load_responses`).
    framework
        The instrument.
    by
        Groupings: each a tuple of columns, crossed when there are two.
    wave
        The wave; None = the last in natural order.
    units
        The units table, for the roll-up.
    seed
        Of everything that is drawn.

    Returns
    -------
    dict
        Unreleased tables: ``choices``, ``choice_agreement`` (crossed groupings left out), ``tension_context``,
        ``outcome_weights``, ``dimension_ties``.

    Notes
    -----
    **Missing answers**: as each table says.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"three_choices,st_04.reality,st_05.reality\nteam_learning,1,1\nteam_learning,3,5")
    >>> tables = score_agenda(load_responses(file, framework), framework)
    >>> {name: len(table) for name, table in tables.items() if len(table)}
    {'choices': 12, 'choice_agreement': 1}
    """
    wave = checked_wave(responses, wave)
    mine = of_wave(responses, wave)
    single = [grouping for grouping in by if len(grouping) == 1]
    return {
        "choices": score_choices(mine, framework, by, wave, units),
        "choice_agreement": score_choice_agreement(mine, framework, single, wave, units, seed),
        "tension_context": score_tension_context(mine, framework, by, wave, units),
        "outcome_weights": score_outcome_weights(mine, framework, wave, seed=seed),
        "dimension_ties": score_dimension_ties(mine, framework, wave),
    }


def compare_agenda(released: Mapping[str, pd.DataFrame], framework: Framework) -> Tables:
    r"""Learn what released tables say together: voices, priorities, whether a vision is likely to be shared.

    Parameters
    ----------
    released
        The released tables of `score_wave` and of `score_agenda`, and ``agreement`` (`score_agreement`).
    framework
        The instrument.

    Returns
    -------
    dict
        ``plurality``, ``voices``, ``priorities``, ``shared_vision``, ``role_choices``, ``choice_overlap``. They are
        made of released numbers only and may be shown as they are.

    Notes
    -----
    **Missing answers**: as each table says.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> from assessment.scoring import release, score_agreement, score_wave, tally
    >>> framework = load_framework("collectivite-apprenante")
    >>> heading = "role,three_choices,st_04.reality,st_04.vision,st_05.reality,st_05.vision"
    >>> roles = ("agent", "elected")
    >>> rows = [f"{role},systems_thinking,{1 + n % 3},{4 + n % 2},2,4" for role in roles for n in range(12)]
    >>> responses = load_responses(io.BytesIO("\n".join([heading, *rows]).encode()), framework)
    >>> by = [("role",)]
    >>> tables = release(score_wave(responses, framework, by)) | score_agenda(responses, framework, by)
    >>> tables["agreement"] = score_agreement(tally(responses, framework))
    >>> found = compare_agenda(tables, framework)
    >>> found["priorities"]["reading"].tolist(), found["shared_vision"]["reading"].tolist()
    (['chosen_gap'], ['likely'])
    """
    return {
        "plurality": score_plurality(released["groups"], released["dimensions"], framework),
        "voices": compare_voices(released["groups"], framework),
        "priorities": compare_priorities(released, framework),
        "shared_vision": judge_shared_vision(released, framework),
        "role_choices": compare_role_choices(released["choices"], framework),
        "choice_overlap": compare_choice_overlap(released["choices"], framework),
    }
