"""Released rows put in reading order: plain values, names in a language, numbers on 0–100."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.texts import word

CROSSED = "·"
"""What joins crossed columns and their values in ``by`` and ``group``."""

Row = Mapping[str, object]


@dataclass(frozen=True)
class Line:
    """One dimension of one group, as it is read: its rows by perspective, where they were fielded.

    Parameters
    ----------
    dimension
        Its id.
    name
        Its name in the language, unlike that of any other line.
    family
        The name of its family in the language, empty where it has none.
    rows
        The released row of each perspective (``reality``, ``vision``, ``tension``).
    """

    dimension: str
    name: str
    family: str
    rows: Mapping[str, Row] = field(default_factory=dict)

    def number(self, perspective: str, column: str) -> float | None:
        """Give a number; None where there is none."""
        return self.rows.get(perspective, {}).get(column)

    @property
    def row(self) -> Row:
        """The first row: reality where it was fielded."""
        return next(iter(self.rows.values()))


def plain(value: object) -> object:
    """Turn a cell into a plain value: undefined is None, numbers are Python's own.

    Examples
    --------
    >>> [plain(cell) for cell in (np.float64(2.5), float("nan"), pd.NA, np.bool_(True), "A")]
    [2.5, None, None, True, 'A']
    """
    if value is None or value is pd.NA:
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value


def records(table: pd.DataFrame) -> list[dict]:
    """Give the rows of a table as dictionaries of plain values."""
    names, columns = list(table), (map(plain, table[name].tolist()) for name in table)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def lines(rows: pd.DataFrame, framework: Framework, language: str) -> list[Line]:
    """Put the rows of one group in the framework's order, families together.

    Parameters
    ----------
    rows
        Released rows of one wave and one group: one row is one dimension under one perspective.
    framework
        The instrument, for order and names.
    language
        ``"fr"`` or ``"en"``.
    """
    found: dict[str, dict[str, Row]] = {}
    for row in records(rows):
        found.setdefault(row["dimension"], {})[row["perspective"]] = row
    return [
        Line(one, name, family_name(framework, one, language), found[one])
        for one, name in dimension_names(framework, language).items()
        if one in found
    ]


def families(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Give the lines family by family."""
    return ((name, list(members)) for name, members in groupby(lines, key=lambda line: line.family))


def dimension_names(framework: Framework, language: str) -> dict[str, str]:
    """Name the dimensions, family by family, no two alike."""
    place = {family.id: number for number, family in enumerate(framework.families)}
    ordered = sorted(framework.dimensions, key=lambda one: place.get(one.family, len(place)))
    names = told_apart([in_language(one.name, language) for one in ordered])
    return {one.id: name for one, name in zip(ordered, names, strict=True)}


def family_name(framework: Framework, dimension: str, language: str) -> str:
    """Name the family of a dimension."""
    family = framework.dimension(dimension).family
    return next((in_language(one.name, language) for one in framework.families if one.id == family), "")


def group_name(by: str | None, group: str | None, framework: Framework, names: Mapping[str, str], language: str) -> str:
    """Name a group for people.

    Parameters
    ----------
    by, group
        As in the released row.
    framework
        The instrument, for the names of roles.
    names
        Names of units by their id; others keep their id.
    language
        ``"fr"`` or ``"en"``.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> framework = load_framework("collectivite-apprenante")
    >>> group_name("unit·role", "rh·agent", framework, {"rh": "Ressources humaines"}, "fr")
    'Ressources humaines · Agent'
    """
    if by is None:
        return word("figures.whole", language)
    roles = {role.id: in_language(role.name, language) for role in framework.roles}
    columns, values = by.split(CROSSED), (group or "").split(CROSSED)
    if len(columns) == 1 and len(values) == 2:  # those of a unit that are in none of its parts
        return word("figures.directly", language, unit=names.get(values[0], values[0]))
    if len(columns) == 1:
        values = [group or ""]
    known = [roles if column == "role" else names for column in columns]
    told = [own.get(value, value) for own, value in zip(known, values, strict=False)]
    return f" {CROSSED} ".join(text or word("figures.no_group", language) for text in told)


def told_apart(names: list[str]) -> list[str]:
    """Number the names that occur again, so that each is one row of a chart."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return result


def in_language(text: Mapping[str, str], language: str) -> str:
    """Give a framework's text; in its first language where it does not speak this one."""
    return text.get(language) or next(iter(text.values()), "")


def interval(row: Row, framework: Framework) -> tuple[float, float] | None:
    """Give a score's 95 % interval on 0–100; None where there is none."""
    if row.get("ci_low") is None or row.get("ci_high") is None:
        return None
    if row.get("perspective") == "tension":
        return row["ci_low"], row["ci_high"]
    scale = framework.scale_of(framework.scored_items(row["dimension"])[0])
    low, high = (100 * (row[end] - scale.low) / (scale.high - scale.low) for end in ("ci_low", "ci_high"))
    return max(low, 0.0), min(high, 100.0)
