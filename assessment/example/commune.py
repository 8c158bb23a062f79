"""Valclair as it is drawn up: its services, their people, and how many of them answered in each wave.

A fictional commune of some 18,000 inhabitants in mainland France: a council of 33, twelve services in three poles.
"""

from dataclasses import dataclass

WAVES = ("2025", "2026")
STAFF = ("executive", "manager", "agent")
HEADCOUNT_ROLES = ("manager", "agent", "executive")
"""The order of the headcount columns in the units file."""

Counts = tuple[int, int, int]
"""Numbers of people in the order of `STAFF`."""


@dataclass(frozen=True)
class Service:
    """One service: who works there and who answered.

    Parameters
    ----------
    id, name, pole
        Its id in every file, its name, the id of the pole it is a part of.
    headcount
        People in the order of `STAFF`.
    answered
        Respondents in the order of `STAFF`, for each wave.
    short
        How many of the agents answered the short form on paper, for each wave.
    sites
        Where its people work.
    """

    id: str
    name: str
    pole: str
    headcount: Counts
    answered: tuple[Counts, Counts]
    short: tuple[int, int]
    sites: tuple[str, ...]


POLES = {
    "pole_technique": "Services techniques",
    "pole_population": "Services à la population",
    "pole_ressources": "Ressources et administration",
}

SERVICES = (
    Service(
        "voirie",
        "Voirie et propreté",
        "pole_technique",
        (1, 4, 37),
        ((1, 2, 13), (1, 3, 15)),
        (4, 4),
        ("Centre technique",),
    ),
    Service(
        "espaces_verts",
        "Espaces verts",
        "pole_technique",
        (1, 3, 24),
        ((1, 1, 10), (1, 2, 12)),
        (1, 2),
        ("Centre technique", "Serres"),
    ),
    Service(
        "batiments",
        "Bâtiments",
        "pole_technique",
        (1, 2, 21),
        ((1, 1, 9), (1, 2, 11)),
        (1, 1),
        ("Centre technique",),
    ),
    Service(
        "petite_enfance",
        "Petite enfance",
        "pole_population",
        (1, 4, 29),
        ((1, 2, 12), (1, 2, 15)),
        (2, 2),
        ("Crèche du Moulin", "Crèche des Tilleuls"),
    ),
    Service(
        "ecoles",
        "Écoles et périscolaire",
        "pole_population",
        (1, 6, 71),
        ((1, 3, 15), (1, 4, 18)),
        (4, 4),
        ("Écoles", "Hôtel de ville"),
    ),
    Service(
        "ccas",
        "CCAS",
        "pole_population",
        (1, 3, 26),
        ((1, 1, 10), (1, 2, 12)),
        (1, 1),
        ("Maison des solidarités",),
    ),
    Service(
        "mediatheque",
        "Médiathèque",
        "pole_population",
        (1, 1, 12),
        ((1, 1, 9), (1, 1, 11)),
        (0, 0),
        ("Médiathèque",),
    ),
    Service(
        "sports",
        "Sports et vie associative",
        "pole_population",
        (1, 2, 19),
        ((1, 1, 8), (1, 2, 11)),
        (0, 0),
        ("Gymnases et stade", "Maison des associations"),
    ),
    Service(
        "urbanisme",
        "Urbanisme",
        "pole_ressources",
        (1, 2, 12),
        ((1, 1, 7), (1, 1, 11)),
        (0, 0),
        ("Hôtel de ville",),
    ),
    Service(
        "finances",
        "Finances et achats",
        "pole_ressources",
        (2, 1, 9),
        ((1, 1, 6), (2, 1, 8)),
        (0, 0),
        ("Hôtel de ville",),
    ),
    Service(
        "rh",
        "Ressources humaines",
        "pole_ressources",
        (1, 1, 7),
        ((0, 1, 4), (0, 1, 5)),
        (0, 0),
        ("Hôtel de ville",),
    ),
    Service(
        "accueil",
        "Accueil et état civil",
        "pole_ressources",
        (1, 2, 13),
        ((1, 1, 8), (1, 2, 11)),
        (0, 0),
        ("Hôtel de ville", "Mairie annexe"),
    ),
)

OUTSIDE = {
    "elected": (13, 17),
    "user": (12, 18),
    "taxpayer": (12, 13),
    "association": (12, 12),
    "partner": (0, 12),
}
"""Respondents without a unit, for each wave; partners were asked for the first time in the second."""


def service(id: str) -> Service | None:
    """Give the service of this id; None for none."""
    return next((one for one in SERVICES if one.id == id), None)


def unit_rows() -> list[list[str]]:
    """Give the rows of the units file, headings first; a pole has no people of its own, its services have."""
    rows = [["unit", "name", "parent", "headcount", *(f"headcount.{role}" for role in HEADCOUNT_ROLES)]]
    rows += [[id, name, "", "", *("" for _ in HEADCOUNT_ROLES)] for id, name in POLES.items()]
    for one in SERVICES:
        people = dict(zip(STAFF, one.headcount, strict=True))
        counts = [str(people[role]) for role in HEADCOUNT_ROLES]
        rows.append([one.id, one.name, one.pole, str(sum(one.headcount)), *counts])
    return rows
