"""The readings of a map, by name: each a finding, its paint, its legend, its table, what one can click."""

from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx

from assessment.figures.map_archetypes import archetypes_reading
from assessment.figures.map_brokers import brokers_reading
from assessment.figures.map_communities import communities_reading
from assessment.figures.map_consensus import consensus_reading
from assessment.figures.map_micmac import micmac_reading
from assessment.figures.map_overlay import Telling
from assessment.figures.map_silos import silos_reading
from assessment.systems.network import read_once
from assessment.texts import word

READINGS: dict[str, tuple[str, Callable[[Telling], dict[str, Any]]]] = {
    "silos": ("people", silos_reading),
    "brokers": ("people", brokers_reading),
    "communities": ("people", communities_reading),
    "micmac": ("causes", micmac_reading),
    "archetypes": ("causes", archetypes_reading),
    "consensus": ("participants", consensus_reading),
}
"""Each reading's group among the offers, and what makes it."""


def map_reading(
    graph: nx.MultiDiGraph, name: str, language: str, unit_names: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Learn what a map says under one reading, ready to be laid over it.

    Parameters
    ----------
    graph
        A systems map.
    name
        ``"silos"``, ``"brokers"``, ``"communities"``, ``"micmac"``, ``"archetypes"`` or ``"consensus"``.
    language
        ``"fr"`` or ``"en"``.
    unit_names
        Names of units by id.

    Returns
    -------
    dict
        ``name``; ``title``: the finding; ``sentences``; ``legend`` (each colour with a badge or a pattern beside it);
        ``paint`` of ``nodes`` and ``ties`` by id; ``ghosts``; ``table``: the same in texts; ``items`` to click.

    Raises
    ------
    KeyError
        When there is no such reading.

    Notes
    -----
    **Missing answers**: as the table's function says. Where there is nothing to read yet the paint is empty, the
    table None, and the sentences say what to draw first.

    A reading says what was drawn, to be talked over with those who drew it; it judges nobody.

    Examples
    --------
    >>> from assessment.systems.archetypes import template_map
    >>> told = map_reading(template_map("fixes_that_fail"), "archetypes", "en")
    >>> told["title"], told["paint"]["nodes"]["probleme"]
    ('“Fixes that fail” may be at work here', {'colour': 'category-1', 'badge': '1'})
    """
    _, make = READINGS[name]
    with read_once(graph):
        return make(Telling(graph, language, unit_names or {}))


def reading_offers(language: str) -> list[dict[str, str]]:
    """List the readings there are, to be chosen from.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.

    Returns
    -------
    list of dict
        ``value``, ``label``, ``group``.

    Examples
    --------
    >>> reading_offers("en")[0]
    {'value': 'silos', 'label': 'Among themselves or with others', 'group': 'Who is tied to whom'}
    """
    return [
        {
            "value": name,
            "label": word(f"map_readings.offer_{name}", language),
            "group": word(f"map_readings.offers_{group}", language),
        }
        for name, (group, _) in READINGS.items()
    ]
