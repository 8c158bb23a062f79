"""How people answer: dispositions and what was put in on purpose make a latent position, rounding makes the answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.example import intentions
from assessment.example.chance import Chance
from assessment.example.intentions import addition
from assessment.example.people import Person
from assessment.framework.model import Framework, Item

CITIZENS = ("user", "taxpayer", "association")
NA_OFTEN = ("political_project", "shared_stakes")

Cells = dict[tuple[str, str], str]
"""The cells of one response, by item and perspective; what is not in it was not asked."""

Mood = Mapping[tuple[str, str], float]
"""How someone sees each dimension under each perspective in one wave, besides their disposition."""


@dataclass(frozen=True)
class Disposition:
    """How someone sees things, whatever they are asked: deviates of mean 0 and variance 1.

    `outlook` colours every statement about reality, `own` and `together` those about one's own work and work together,
    `wish` every wish; `yes` is the habit of agreeing, whichever way a statement is turned.
    """

    outlook: float
    own: float
    together: float
    wish: float
    yes: float


def disposition(seed: int, person: Person) -> Disposition:
    """Give the dispositions someone keeps from one wave to the next."""
    chance = Chance(seed, person.like, "disposition")
    outlook, own, together, wish, yes = (person.side * chance.normal() for _ in range(5))
    return Disposition(outlook, own, together, 0.25 * outlook + 0.97 * wish, yes)


def mood_of(seed: int, person: Person, wave: str, framework: Framework) -> Mood:
    """Give what is particular to each dimension in one wave: deviates of mean 0 and variance 1."""
    return {
        (dimension.id, one): person.side * Chance(seed, person.like, wave, dimension.id, one).normal()
        for dimension in framework.dimensions
        for one in framework.perspectives_of(dimension.id)
    }


def answer(seed: int, person: Person, wave: str, framework: Framework) -> Cells:
    """Give all the cells of one person's response in one wave."""
    asked = [item for item in framework.items if framework.is_asked(item, person.role, person.forms[wave])]
    chance = Chance(seed, person.code, wave, "style")
    column = 3 + int(2 * chance.uniform())
    stop = len(asked) * (45 + int(40 * chance.uniform())) // 100 if person.breaks_off else len(asked)
    own, mood = disposition(seed, person), mood_of(seed, person, wave, framework)
    cells: Cells = {}
    for number, item in enumerate(asked):
        draw = Chance(seed, person.code, wave, item.id)
        perspectives = perspectives_asked(person, item, framework)
        positions = positions_of(person, wave, item, own, mood, draw)
        marks = absences(person, item, number / len(asked), draw)
        for one in perspectives:
            given = str(column) if person.careless else rounded(positions[one])
            cells[item.id, one] = "" if number >= stop else (given if marks[one] is None else marks[one])
    return cells


def perspectives_asked(person: Person, item: Item, framework: Framework) -> tuple[str, ...]:
    """Say under which perspectives someone answers an item; citizens are asked about reality only."""
    return ("reality",) if person.role in CITIZENS else framework.perspectives_of(item.dimension)


def positions_of(
    person: Person, wave: str, item: Item, own: Disposition, mood: Mood, draw: Chance
) -> Mapping[str, float]:
    """Give the latent positions of an answer under both perspectives, turned round where the item is reversed."""
    reality, vision = reality_of(person, wave, item, own, mood), vision_of(person, wave, item, own, mood)
    agreeing = 0.14 * own.yes
    noise = intentions.NOISE.get(item.dimension, intentions.USUAL_NOISE["reality"])
    wish_noise = intentions.USUAL_NOISE["vision"]
    positions = {"reality": reality + noise * draw.normal(), "vision": vision + wish_noise * draw.normal()}
    return {one: (6 - value if item.reverse else value) + agreeing for one, value in positions.items()}


def reality_of(person: Person, wave: str, item: Item, own: Disposition, mood: Mood) -> float:
    """Give where someone sees reality in an item."""
    dimension = item.dimension
    if not item.scored:
        return intentions.SPECTRUM["reality"] + 0.3 * own.outlook
    cluster = own.own if dimension in intentions.PERSONAL else own.together
    felt = 0.42 * own.outlook + 0.32 * cluster + 0.4 * mood[dimension, "reality"]
    return intended(person, wave, dimension) + intentions.ITEMS.get(item.id, 0.0) + felt


def intended(person: Person, wave: str, dimension: str) -> float:
    """Give where reality was meant to be for someone of this role and service."""
    before = intentions.BEFORE.get(dimension, 0.0) if wave == "2025" else 0.0
    split = intentions.SPLIT.get((person.unit, dimension), {}).get(person.site, 0.0) if wave == "2026" else 0.0
    return (
        intentions.REALITY[dimension]
        + before
        + addition(intentions.ROLES.get(person.role), dimension)
        + addition(intentions.SERVICES.get(person.unit), dimension)
        + addition(intentions.WORSENED.get((person.unit, wave)), dimension)
        + intentions.SENIORITY.get(person.seniority, 0.0)
        + split
    )


def vision_of(person: Person, wave: str, item: Item, own: Disposition, mood: Mood) -> float:
    """Give what someone wishes in an item; 0 where no wish is asked for."""
    if not item.scored:
        return intentions.SPECTRUM["vision"] + 0.35 * own.wish
    if item.dimension not in intentions.VISION:
        return 0.0
    fallen = addition(intentions.FALLEN.get((person.unit, wave)), item.dimension)
    easier = 0.3 * intentions.ITEMS.get(item.id, 0.0)
    return intentions.VISION[item.dimension] + fallen + easier + 0.36 * own.wish + 0.34 * mood[item.dimension, "vision"]


def absences(person: Person, item: Item, progress: float, draw: Chance) -> Mapping[str, str | None]:
    """Say which answers of an item are missing (empty) or not concerned (``na``), more of the first near the end."""
    unconcerned = draw.happens(0.12 if person.role == "agent" and item.dimension in NA_OFTEN else 0.022)
    also_wish, tired = draw.happens(0.8), 0.012 + 0.045 * progress
    marks: dict[str, str | None] = {"reality": None, "vision": None}
    if draw.happens(tired):
        marks["reality"] = ""
    if draw.happens(tired + 0.01):
        marks["vision"] = ""
    if unconcerned:
        marks["reality"] = "na"
        marks["vision"] = "na" if also_wish else marks["vision"]
    return marks


def rounded(position: float) -> str:
    """Give the answer nearest to a position: a whole number from 1 to 5.

    Examples
    --------
    >>> rounded(2.5), rounded(-0.3), rounded(7.1)
    ('3', '1', '5')
    """
    return str(max(1, min(5, int(position + 0.5 if position > 0 else 0))))


def three_choices(seed: int, person: Person, wave: str, framework: Framework) -> str:
    """Give the three subjects someone wants to see move first, in the questionnaire's order, joined by ``+``."""
    chance = Chance(seed, person.code, wave, "choices")
    if chance.happens(0.05) or person.breaks_off:
        return ""
    weights = intentions.CHOICES | intentions.CHOICES_OF.get(person.role, {})
    weights |= intentions.CHOICES_OF.get(person.unit, {}) if person.unit else {}
    chosen = set()
    for _ in range(3):
        chosen.add(chance.drawn({id: weight for id, weight in weights.items() if id not in chosen}))
    return "+".join(id for id in weights if id in chosen)
