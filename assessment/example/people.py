"""Who answers: each person has a code, a place in the commune, dispositions, and the waves they took part in."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.example.chance import Chance
from assessment.example.commune import OUTSIDE, SERVICES, STAFF, WAVES, Service

LINKED = {"executive": 0.85, "manager": 0.65, "agent": 0.52, "elected": 0.6, "association": 0.35}
"""Share of the smaller wave that took part in both, by role; the other citizens answer once."""

SENIORITY = {"moins de 5 ans": 0.3, "5 à 15 ans": 0.42, "plus de 15 ans": 0.28}
LARGE = ("voirie", "petite_enfance", "ecoles", "ccas")
CARELESS = 0.04
BREAKS_OFF = 0.06
"""Of the agents in the `LARGE` services: who ticks one column throughout, who stops before the end."""

LETTERS, DIGITS = "BCDFGHJKLMNPQRSTVWXZ", "23456789"


@dataclass(frozen=True)
class Person:
    """Someone who answered at least once.

    Parameters
    ----------
    code
        The pseudonym under which the answers of both waves meet.
    role, unit, site, seniority
        As in the responses file.
    waves
        The waves answered.
    forms
        The form of each wave.
    careless, breaks_off
        Whether they tick one column throughout; whether they stop before the end.
    like, side
        Whose dispositions they share, and which way round (1 or -1): people of a place come in pairs of opposite
        minds. So a small service is where the intentions put it, not where a dozen draws happen to.
    """

    code: str
    role: str
    unit: str
    site: str
    seniority: str
    waves: tuple[str, ...]
    forms: dict[str, str]
    careless: bool
    breaks_off: bool
    like: str
    side: int


def everybody(seed: int) -> list[Person]:
    """Give everyone who answered, in the order of the commune's drawing."""
    chance, codes = Chance(seed, "people"), set()
    people = []
    for unit, role, counts, short in places():
        for number, waves in enumerate(attendance(role, *counts)):
            like = people[-1].code if number % 2 else ""
            people.append(person(seed, new_code(chance, codes), role, unit, waves, number, short, like))
    return people


def places() -> Iterator[tuple[Service | None, str, tuple[int, int], tuple[int, int]]]:
    """Yield each service and role with its respondents and short forms by wave, then those without a service."""
    for service in SERVICES:
        for place, role in enumerate(STAFF):
            counts = service.answered[0][place], service.answered[1][place]
            yield service, role, counts, service.short if role == "agent" else (0, 0)
    for role, counts in OUTSIDE.items():
        yield None, role, counts, (0, 0)


def attendance(role: str, first: int, second: int) -> Iterator[tuple[str, ...]]:
    """Yield the waves each person of a place took part in: both, then the first only, then the second only."""
    both = int(LINKED.get(role, 0) * min(first, second) + 0.5)
    yield from [WAVES] * both
    yield from [WAVES[:1]] * (first - both)
    yield from [WAVES[1:]] * (second - both)


def new_code(chance: Chance, taken: set[str]) -> str:
    """Give a code nobody has: letters and digits in turn, so that no software takes it for a number or a word."""
    while True:
        code = "".join(chance.one_of(signs) for signs in (LETTERS, DIGITS, LETTERS, DIGITS))
        if code not in taken:
            taken.add(code)
            return code


def person(seed: int, code: str, role: str, unit: Service | None, waves, number: int, short, like: str) -> Person:
    """Make one person; those met first in each wave are asked on paper, until the short forms run out."""
    chance = Chance(seed, code, "place")
    seniority, sloppy, hurried = chance.drawn(SENIORITY), chance.happens(CARELESS), chance.happens(BREAKS_OFF)
    in_large = unit is not None and unit.id in LARGE and role == "agent"
    short_here = {wave: number_in(wave, waves, number, short) for wave in waves}
    return Person(
        code,
        role,
        unit.id if unit else "",
        unit.sites[number % len(unit.sites)] if unit else "",
        seniority if unit else "",
        waves,
        {wave: "short" if short_here[wave] else "full" for wave in waves},
        sloppy and role in ("agent", "user", "taxpayer"),
        hurried and in_large and not any(short_here.values()),
        like or code,
        -1 if like else 1,
    )


def number_in(wave: str, waves: tuple[str, ...], number: int, short: tuple[int, int]) -> bool:
    """Say whether someone is among the first of a wave; people of both waves come first in each."""
    return len(waves) == 2 and number < short[WAVES.index(wave)]
