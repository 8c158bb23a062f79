"""What was put into the answers on purpose, on the answer scale (1 to 5); the README tells the same in words.

Everything here is an addition to a latent position, before it is rounded to an answer: what is scored afterwards is
near these numbers, not equal to them.
"""

REALITY = {
    "personal_mastery": 3.36,
    "mental_models": 3.08,
    "team_learning": 3.2,
    "shared_vision": 2.85,
    "systems_thinking": 2.36,
    "common_interest": 3.05,
    "plurality_of_actors": 2.9,
    "political_project": 2.72,
    "experience_feedback": 2.95,
    "shared_stakes": 2.45,
    "means_to_act": 3.0,
    "collaborative_practice": 2.7,
    "outcomes": 3.05,
}
"""Where reality stands in 2026 for an agent of an average service."""

VISION = {
    "personal_mastery": 4.4,
    "mental_models": 4.3,
    "team_learning": 4.7,
    "shared_vision": 4.6,
    "systems_thinking": 4.5,
    "common_interest": 4.65,
    "plurality_of_actors": 4.55,
    "political_project": 4.2,
    "experience_feedback": 4.5,
    "shared_stakes": 4.15,
    "means_to_act": 4.8,
    "collaborative_practice": 4.35,
}
"""Where wishes stand."""

BEFORE = {"shared_vision": -0.42, "experience_feedback": -0.55, "team_learning": -0.08, "means_to_act": 0.05}
"""How far 2025 stood from 2026 in reality: progress where the commune worked, none on systems thinking."""

ROLES = {
    "elected": {
        "": 0.2,
        "political_project": 0.85,
        "shared_vision": 0.75,
        "common_interest": 0.75,
        "systems_thinking": 0.1,
        "means_to_act": 0.25,
    },
    "executive": {"": 0.3, "political_project": 0.6, "shared_stakes": 0.6, "systems_thinking": 0.1},
    "manager": {"": 0.12, "shared_stakes": 0.25, "political_project": 0.3},
    "user": {"": -0.1},
    "taxpayer": {"": -0.3},
    "association": {"": 0.0, "plurality_of_actors": 0.35},
    "partner": {"": 0.05, "collaborative_practice": 0.3},
}
"""What a role adds to reality in every dimension ("") or, in its place, in one."""

SERVICES = {
    "voirie": {"": -0.2, "team_learning": -0.45, "plurality_of_actors": -0.45, "shared_vision": -0.35},
    "espaces_verts": {"": -0.05, "team_learning": -0.35, "plurality_of_actors": -0.35, "personal_mastery": 0.3},
    "batiments": {"": -0.3, "team_learning": -0.5, "plurality_of_actors": -0.5, "means_to_act": -0.1},
    "petite_enfance": {"": -0.42, "means_to_act": -0.92, "outcomes": -0.5, "personal_mastery": -0.55},
    "ecoles": {"": 0.05, "shared_stakes": -0.25},
    "ccas": {"": 0.3, "experience_feedback": 0.55, "common_interest": 0.4, "means_to_act": 0.1},
    "mediatheque": {"": 0.5, "shared_stakes": 0.2, "political_project": 0.15, "means_to_act": 0.35},
    "sports": {"": -0.05, "experience_feedback": -0.3},
    "urbanisme": {"": 0.2, "systems_thinking": 0.45, "political_project": 0.5, "personal_mastery": 0.3},
    "finances": {"": 0.1, "shared_stakes": 0.75},
    "rh": {"": 0.2},
    "accueil": {"": 0.25, "common_interest": 0.45, "shared_stakes": 0.4, "experience_feedback": 0.1},
}
"""What a service adds to reality, in the same way."""

FALLEN = {
    ("petite_enfance", "2025"): {"": -0.1, "means_to_act": -0.2},
    ("petite_enfance", "2026"): {"": -0.6, "means_to_act": -1.5},
}
"""What a service adds to wishes in a wave: in the service in distress, reality and then wishes fell."""

WORSENED = {("petite_enfance", "2025"): {"means_to_act": 0.45}}
"""What a service's reality had more of in a wave than afterwards."""

SPLIT = {("sports", "shared_vision"): {"Gymnases et stade": -1.4, "Maison des associations": 2.0}}
"""A service of two minds: those of one site took part in drawing up the plan, the others learned of it."""

SENIORITY = {"plus de 15 ans": -0.12, "moins de 5 ans": 0.06}
"""What seniority adds to reality."""

ITEMS = {
    "pm_02": 0.35,
    "pm_04": -0.4,
    "mm_06": -0.5,
    "mm_01": 0.35,
    "tl_03": -0.7,
    "tl_04": 0.25,
    "sv_01": 0.1,
    "sv_04": 0.3,
    "sv_02": -0.3,
    "st_04": -0.35,
    "st_02": 0.3,
    "ci_02": 0.35,
    "ci_04": -0.55,
    "pa_03": -0.35,
    "pa_02": 0.3,
    "pp_01": 0.2,
    "pp_03": -0.3,
    "ef_03": -0.4,
    "ef_01": 0.25,
    "ss_04": 0.35,
    "ss_01": -0.1,
    "ma_04": -0.5,
    "ma_01": 0.35,
    "cp_06": -0.6,
    "cp_02": 0.45,
    "oc_02": 0.4,
    "oc_06": -0.3,
}
"""What makes a statement easier or harder to agree with than the others of its dimension."""

PERSONAL = ("personal_mastery", "mental_models", "means_to_act")
"""Dimensions of one's own work; the others are of work together. People differ in how they see each."""

NOISE = {"experience_feedback": 0.68, "shared_stakes": 0.62}
"""What is particular to one answer, where it is not `USUAL_NOISE`: short sets of statements hold closer together."""

USUAL_NOISE = {"reality": 0.8, "vision": 0.5}

SPECTRUM = {"reality": 2.15, "vision": 3.35}
"""The unscored collaboration spectrum: between information and coordination; wished, cooperation and more."""

CHOICES = {
    "personal_mastery": 2.0,
    "mental_models": 2.0,
    "team_learning": 6.0,
    "shared_vision": 5.0,
    "systems_thinking": 2.5,
    "common_interest": 2.5,
    "plurality_of_actors": 4.0,
    "political_project": 2.0,
    "experience_feedback": 3.0,
    "shared_stakes": 2.0,
    "means_to_act": 9.0,
    "collaborative_practice": 3.0,
}
"""How often each subject is among the three choices, as weights."""

CHOICES_OF = {
    "elected": {"political_project": 8.0, "shared_stakes": 6.0, "means_to_act": 2.0, "plurality_of_actors": 6.0},
    "executive": {"shared_stakes": 5.0, "systems_thinking": 6.0, "means_to_act": 4.0},
    "user": {"plurality_of_actors": 10.0, "common_interest": 7.0, "means_to_act": 2.0},
    "taxpayer": {"shared_stakes": 10.0, "common_interest": 6.0, "means_to_act": 2.0},
    "association": {"plurality_of_actors": 10.0, "collaborative_practice": 6.0, "means_to_act": 2.0},
    "partner": {"collaborative_practice": 10.0, "systems_thinking": 5.0},
    "petite_enfance": {"means_to_act": 30.0},
}
"""Where a role or a service chooses otherwise."""


def addition(table: dict[str, float] | None, dimension: str) -> float:
    """Give what a role or a service adds in a dimension: its own number, or the one for every dimension.

    Examples
    --------
    >>> addition(ROLES["manager"], "shared_stakes"), addition(ROLES["manager"], "outcomes")
    (0.25, 0.12)
    """
    return (table or {}).get(dimension, (table or {}).get("", 0.0))
