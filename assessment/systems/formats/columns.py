"""The columns of tables of a map: how each key is headed, in other people's tables too."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from assessment.systems.formats.notation import as_text, understood, written
from assessment.systems.model import ACTOR_KEYS, LOOP_KEYS, PARTICIPANT_KEYS, TIE_KEYS, VARIABLE_KEYS

SHEETS = {
    "actors": ("actor", ACTOR_KEYS),
    "variables": ("variable", VARIABLE_KEYS),
    "ties": ("tie", TIE_KEYS),
    "participants": ("participant", PARTICIPANT_KEYS),
    "loops": ("loop", LOOP_KEYS),
}
"""Sheets of a map's workbook: what one row is, and the columns that are always there."""

SHEET_NAMES = {"acteurs": "actors", "liens": "ties", "relations": "ties", "boucles": "loops", "carte": "map"}

ALIASES = {
    "id": ("identifiant",),
    "label": ("name", "nom", "libellé", "libelle"),
    "unit": (
        "unité",
        "unite",
        "service",
        "dept",
        "department",
        "département",
        "équipe",
        "team",
        "bureau",
        "office",
        "pôle",
    ),
    "role": ("rôle",),
    "rank": ("rang", "level", "niveau"),
    "involvement": ("implication",),
    "note": ("notes", "description"),
    "source": ("from", "de", "origine", "a"),
    "target": ("to", "vers", "à", "destination", "b"),
    "kind": ("relation", "nature", "genre", "type de lien", "type de relation"),
    "formal": ("formel", "formelle"),
    "weight": ("poids",),
    "polarity": ("sign", "signe", "polarité", "polarite"),
    "delay": ("délai", "delai", "retard"),
    "confidence": ("confiance",),
    "participants": ("participant",),
    "type": ("element type",),
    "direction": (),
}
"""Other headings of the same columns; ours go before, so that a column of one's own is never taken for one."""

WORDS = {
    "kind": {
        "causes": ("cause", "agit sur", "influe sur", "influence", "acts on"),
        "informs": ("informe", "information"),
        "coordinates": ("coordonne", "se coordonne", "se coordonne avec", "coordination"),
        "cooperates": ("coopère", "coopère avec", "coopération", "cooperation"),
        "collaborates": ("collabore", "collabore avec", "collaboration"),
        "decides_with": ("décide avec", "décident ensemble", "co-décide", "codécision", "decides with"),
        "funds": ("finance", "financement"),
        "supports": ("soutient", "appuie"),
        "trusts": ("fait confiance à", "a confiance en"),
        "opposes": ("s’oppose à", "s'oppose à", "en désaccord avec"),
        "conflicts_with": ("en conflit avec", "conflit"),
        "competes_with": ("en concurrence avec", "concurrence"),
        "distrusts": ("se méfie de",),
        "reports_to": ("rend compte à", "rapporte à", "dépend de", "reports to"),
    },
    "role": {
        "elected": ("élu", "élue", "élus", "élu·e", "élu(e)"),
        "executive": ("direction", "direction générale", "dgs"),
        "manager": ("encadrant", "encadrante", "cadre", "chef de service"),
        "agent": ("agente", "agents"),
        "citizen": ("citoyen", "citoyenne", "citoyens", "habitant", "habitants"),
        "taxpayer": ("contribuable", "contribuables"),
        "user": ("usager", "usagère", "usagers"),
        "association": ("associations",),
        "partner": ("partenaire", "partenaires"),
    },
}
"""Words people write for the kinds and roles we know; a sheet that we wrote is taken at its word."""

TEXTS = ("id", "label", "role", "unit", "note", "source", "target", "kind", "name", "polarity")
LISTS = ("participants", "nodes")

FOR_ACTORS = ("role", "unit", "rank", "influence", "involvement")
"""Columns only actors have: a sheet with one of them lists actors."""


def keys_of(headings: Sequence[str], known: Collection[str] = tuple(ALIASES)) -> list[str]:
    """Give the key each heading stands for, among those known; a heading that is none stands for itself."""
    said = [as_text(heading) for heading in headings]
    lowered = [heading.strip().lower() for heading in said]
    keys = list(said)
    for key, others in ALIASES.items():
        if key in said or key not in known:
            continue
        place = next((lowered.index(name) for name in (key, *others) if name in lowered), None)
        if place is not None:
            keys[place] = key
    return keys


def is_ours(headings: Collection[str], keys: Sequence[str] | None) -> bool:
    """Say whether a sheet has every column that we write: then each word in it is meant as it stands."""
    return any(set(one) <= set(headings) for one in ((keys,) if keys else (ACTOR_KEYS, TIE_KEYS)))


def known_word(cell: Any, key: str) -> Any:
    """Give the kind or the role that a word stands for; any other cell as it is.

    Examples
    --------
    >>> known_word("Décide avec", "kind"), known_word("élue", "role"), known_word("prête la clé", "kind")
    ('decides_with', 'elected', 'prête la clé')
    """
    said = cell.strip().lower() if isinstance(cell, str) and key in WORDS else ""
    return next((name for name, words in WORDS[key].items() if said in (name, *words)), cell) if said else cell


def value_of(cell: Any, key: str, known: Sequence[str]) -> Any:
    """Read a cell of a column."""
    if not isinstance(cell, str):
        return cell
    if key in known and key in TEXTS:
        return as_text(cell)
    value = understood(cell)
    if key in known and key in LISTS and cell:
        return [str(one) for one in value] if isinstance(value, list) else parts_of(str(value))
    return value


def parts_of(text: str) -> list[str]:
    """Give the ids of a list written with semicolons or bars."""
    return [part.strip() for part in text.replace("|", ";").split(";") if part.strip()]


def cell_of(value: Any, key: str, known: Sequence[str]) -> str:
    """Write a value of a column."""
    if value is None:
        return ""
    if key in known and key in LISTS:
        text = "; ".join(value)
        return text if value and text and value_of(text, key, known) == list(value) else written(list(value))
    return written(value) if not (key in known and key in TEXTS and plain_text(value)) else value


def plain_text(value: str) -> bool:
    """Say whether a text of a text column can stand as it is: reading gives it back."""
    return value != "" and not value.startswith("'") and value == value.strip()


def all_keys(blocks: Sequence[Mapping[str, Any]], known: Sequence[str]) -> list[str]:
    """Give the columns a table needs: those always there, then any other key in the order met."""
    return list(dict.fromkeys([*known, *(key for block in blocks for key in block)]))
