"""What the map's page offers to choose from, in the language: roles, kinds of ties, units, readings, starts, exports."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from assessment import figures
from assessment.systems import start_names
from assessment.systems.balance import NEGATIVE, POSITIVE
from assessment.systems.model import CAUSES, FORMAL, RELATES, RELATIONS, ROLES
from assessment.texts import word
from assessment.widgets.map_answers import FORMATS

SHAPES = {
    "elected": "hexagon",
    "executive": "diamond",
    "manager": "pentagon",
    "agent": "ellipse",
    "citizen": "triangle",
    "taxpayer": "cut-rectangle",
    "user": "barrel",
    "association": "concave-hexagon",
    "partner": "octagon",
}
"""A shape for each role, as the drawing library names it: roles are told apart without colour."""

KINDS = tuple(dict.fromkeys((CAUSES, *RELATIONS, *POSITIVE, *NEGATIVE, RELATES)))
"""Kinds of ties that have words: the causal link first, then from the loosest relation to the closest, then the rest."""

ACCEPT = (
    ".json",
    ".csv",
    ".tsv",
    ".xlsx",
    ".graphml",
    ".gexf",
    ".cyjs",
    ".loopy",
    ".xmile",
    ".stmx",
    ".mmp",
    ".mdx",
    ".prsm",
    ".xml",
    ".txt",
)
"""Endings of files that may be a map; what a file is, its content says."""


def offers_of(
    language: str, unit_names: Mapping[str, str], scores: pd.DataFrame | None, store: bool
) -> dict[str, Any]:
    """Give all that can be chosen.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    unit_names
        What people call each unit, by its id.
    scores
        A released table of scores, or None.
    store
        Whether versions of the map are kept.

    Examples
    --------
    >>> offers = offers_of("en", {"dg": "General management"}, None, False)
    >>> offers["roles"][0], offers["units"]
    ({'value': 'elected', 'label': 'Elected members', 'shape': 'hexagon'}, [{'value': 'dg', 'label': 'General management'}])
    """
    return {
        "roles": [one | {"shape": SHAPES[one["value"]]} for one in named(ROLES, "map_reading.role_", language)],
        "kinds": [one | {"formal": one["value"] in FORMAL} for one in kinds(language)],
        "units": [{"value": unit, "label": name} for unit, name in unit_names.items()],
        "readings": figures.reading_offers(language, scores),
        "measures": figures.measure_offers(language, scores),
        "starts": list(starts(language)),
        "exports": [
            one | {"ending": FORMATS[one["value"]][0]} for one in named(FORMATS, "map_editor.export_", language)
        ],
        "accept": list(ACCEPT),
        "store": store,
    }


def named(values, prefix: str, language: str) -> list[dict[str, str]]:
    """Give some values with their words."""
    return [{"value": value, "label": capital(word(prefix + value, language))} for value in values]


def capital(text: str) -> str:
    """Write a word as a choice begins."""
    return text[:1].upper() + text[1:]


def kinds(language: str) -> Iterator[dict[str, str]]:
    """Give the kinds of ties, as the verb between two labels."""
    for kind in KINDS:
        key = "map_editor.field_kind_causes" if kind == CAUSES else f"map_reading.kind_{kind}"
        yield {"value": kind, "label": word(key, language)}


def starts(language: str) -> Iterator[dict[str, str]]:
    """Give the maps one can begin with: none, the example, the templates, the archetypes."""
    for name in ("empty", "example"):
        yield {"value": name, "label": word(f"map_editor.start_{name}", language), "group": ""}
    for group, names in start_names().items():
        heading = word(f"map_editor.start_group_{group}", language)
        for name in names:
            yield {"value": name, "label": start_label(name, group, language), "group": heading}


def start_label(name: str, group: str, language: str) -> str:
    """Name a starting map."""
    return word(f"archetypes.{name}_name" if group == "archetypes" else f"starts.{name}", language)
