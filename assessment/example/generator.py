"""The example commune's files, made from one seed: the same bytes on every machine and Python."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from assessment.documents.safe_csv import csv_lines
from assessment.example.answers import answer, three_choices
from assessment.example.commune import WAVES, unit_rows
from assessment.example.network import systems_map
from assessment.example.people import Person, everybody
from assessment.example.voices import verbatim_rows
from assessment.faults import Fault, Faults
from assessment.framework import load_framework
from assessment.framework.model import Framework

SEED = 18_046
FRAMEWORK = "collectivite-apprenante"
FILES = {
    "responses": "valclair_responses.csv",
    "units": "valclair_units.csv",
    "map": "valclair_map.map.json",
    "verbatims": "valclair_verbatims.csv",
}
"""What each file holds, and its name."""

ABOUT = ("respondent", "unit", "role", "wave", "form", "seniority", "site")


def make_files(seed: int = SEED) -> dict[str, bytes]:
    """Make the example's files.

    Parameters
    ----------
    seed
        The seed; the shipped files have `SEED`. Another one gives other people and answers under the same intentions.

    Returns
    -------
    dict
        The content of each file by its name.

    Examples
    --------
    >>> sorted(make_files())  # doctest: +NORMALIZE_WHITESPACE
    ['valclair_map.map.json', 'valclair_responses.csv', 'valclair_units.csv', 'valclair_verbatims.csv']
    """
    framework, people = load_framework(FRAMEWORK), everybody(seed)
    contents = {
        "responses": as_csv(response_rows(seed, people, framework)),
        "units": as_csv(unit_rows()),
        "map": as_json(systems_map()),
        "verbatims": as_csv(verbatim_rows(seed, people, framework)),
    }
    return {FILES[kind]: content for kind, content in contents.items()}


def write_example(folder: str | Path, force: bool = False, seed: int = SEED) -> list[Path]:
    """Write the example's files into a folder, which is made if need be.

    Parameters
    ----------
    folder
        Where to.
    force
        Whether files that are there are replaced.
    seed
        The seed.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    Faults
        ``file_exists`` for each file that is there already, when not forced; nothing is written then.
    """
    folder, files = Path(folder), make_files(seed)
    taken = [name for name in files if (folder / name).exists()]
    if taken and not force:
        raise Faults(Fault("file_exists", {"file": str(folder / name)}) for name in taken)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]


def response_rows(seed: int, people: Sequence[Person], framework: Framework) -> list[list[str]]:
    """Give the rows of the responses file, headings first; within a wave by code, so that the order tells nothing."""
    columns = [(item.id, one) for item in framework.items for one in framework.perspectives_of(item.dimension)]
    rows = [[*ABOUT, "three_choices", *(f"{item}.{perspective}" for item, perspective in columns)]]
    for wave in WAVES:
        for person in sorted(people, key=lambda one: one.code):
            if wave in person.waves:
                cells = answer(seed, person, wave, framework)
                choices = three_choices(seed, person, wave, framework)
                rows.append([*about(person, wave), choices, *(cells.get(column, "") for column in columns)])
    return rows


def about(person: Person, wave: str) -> list[str]:
    """Give the cells about the response itself, in the order of `ABOUT`."""
    return [person.code, person.unit, person.role, wave, person.forms[wave], person.seniority, person.site]


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Write rows as the contract's CSV: UTF-8, commas, line feeds."""
    return csv_lines(rows).encode("utf-8")


def as_json(document: Mapping) -> bytes:
    """Write a document as JSON that people can read and compare line by line."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
