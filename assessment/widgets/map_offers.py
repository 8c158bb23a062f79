"""What the map's page offers to choose from, in words: roles, kinds of ties, units, readings, starts, exports."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from assessment import figures
from assessment.framework import Framework
from assessment.systems.balance import NEGATIVE, POSITIVE
from assessment.systems.model import CAUSES, FORMAL, RELATES, RELATIONS, ROLES
from assessment.systems.starts import start_groups, start_title
from assessment.texts import word
from assessment.widgets.map_answers import FORMATS

SHAPES = {
    "elected": "hexagon",
    "executive": "diamond",
    "manager": "pentagon",
    "agent": "ellipse",
    "citizen": "triangle",
    "taxpayer": "rhomboid",
    "user": "barrel",
    "association": "concave-hexagon",
    "partner": "octagon",
}
"""A shape for each role, as the drawing library names it: roles are told apart without colour."""

WORKS_FOR = "works_for"
"""The kind of tie of the workshop's first question: for whom do I work?"""

KINDS = tuple(dict.fromkeys((CAUSES, *RELATIONS, WORKS_FOR, *POSITIVE, *NEGATIVE, RELATES)))
"""Kinds of ties that have words: the causal link first, then relations from the loosest to the closest, the rest."""

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
    language: str,
    unit_names: Mapping[str, str],
    scores: pd.DataFrame | None = None,
    framework: Framework | None = None,
    store: bool = False,
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
    framework
        The instrument they are of, for the names of dimensions.
    store
        Whether versions of the map are kept.

    Examples
    --------
    >>> offers = offers_of("en", {"dg": "General management"})
    >>> offers["units"], offers["roles"][0]["label"]
    ([{'value': 'dg', 'label': 'General management'}], 'Elected members')
    """
    return {
        "roles": list(roles(language)),
        "kinds": list(kinds(language)),
        "units": [{"value": unit, "label": name} for unit, name in unit_names.items()],
        "readings": figures.reading_offers(language),
        "measures": figures.measure_offers(language, scores, framework),
        "starts": list(starts(language)),
        "exports": list(exports(language)),
        "accept": list(ACCEPT),
        "store": store,
    }


def roles(language: str) -> Iterator[dict[str, str]]:
    """Give the roles of actors, each with its shape."""
    for role in ROLES:
        label = word(f"map_reading.role_{role}", language)
        yield {"value": role, "label": label[:1].upper() + label[1:], "shape": SHAPES[role]}


def kinds(language: str) -> Iterator[dict[str, Any]]:
    """Give the kinds of ties, as the verb between two labels, and whether they are formal by nature."""
    for kind in KINDS:
        key = "map_editor.field_kind_causes" if kind == CAUSES else f"map_reading.kind_{kind}"
        yield {"value": kind, "label": word(key, language), "formal": kind in FORMAL}


def exports(language: str) -> Iterator[dict[str, str]]:
    """Give the files a map can be taken away as."""
    for format_, (ending, _) in FORMATS.items():
        yield {"value": format_, "label": word(f"map_editor.export_{format_}", language), "ending": ending}


def starts(language: str) -> Iterator[dict[str, str]]:
    """Give the maps one can begin with: none, the example, the templates, the archetypes."""
    for name in ("empty", "example"):
        yield {"value": name, "label": word(f"map_editor.start_{name}", language), "group": ""}
    for group, names in start_groups().items():
        heading = word(f"map_editor.start_group_{group}", language)
        for name in names:
            yield {"value": name, "label": start_title(name, language), "group": heading}
