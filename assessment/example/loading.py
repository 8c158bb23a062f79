"""The example's files become what the other rooms work with."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from assessment.example.generator import FILES, FRAMEWORK
from assessment.framework import load_framework
from assessment.framework.model import Framework
from assessment.responses import load_responses
from assessment.responses.units import load_units

if TYPE_CHECKING:
    import networkx as nx

EXAMPLE = Path(__file__).parent
"""The folder of the shipped files."""


@dataclass(frozen=True)
class Example:
    """Everything of the example commune, each part as its loader gives it.

    Parameters
    ----------
    framework
        The instrument asked.
    responses
        One row is one person's response in one wave (`load_responses`).
    units
        One row is one service or pole (`load_units`).
    map
        The systems map's document, as its JSON holds it.
    verbatims
        One row is one answer to an open question: ``respondent, wave, question, text``.
    paths
        Where each file is, by what it holds.
    """

    framework: Framework
    responses: pd.DataFrame
    units: pd.DataFrame
    map: dict
    verbatims: pd.DataFrame
    paths: dict[str, Path]


def example_files() -> dict[str, Path]:
    """Find the shipped files: ``responses``, ``units``, ``map``, ``verbatims``.

    Examples
    --------
    >>> example_files()["units"].name
    'valclair_units.csv'
    """
    return {kind: EXAMPLE / name for kind, name in FILES.items()}


def load_example() -> Example:
    """Load the fictional commune of Valclair: two waves of answers, units, systems map and verbatims.

    Returns
    -------
    Example
        Fresh tables at each call.

    Notes
    -----
    **Missing answers**: as people leave them; some 4 % are empty, more towards the end, and some 3 % not concerned.

    What was put in on purpose is told in the folder's README.

    Examples
    --------
    >>> from assessment.scoring import score_wave
    >>> example = load_example()
    >>> tables = score_wave(example.responses, example.framework, wave="2026", units=example.units)
    >>> tables["overall"][["maturity_level", "held_back_by"]].values.tolist()
    [['started', 'systems_thinking']]
    """
    paths = example_files()
    framework = load_framework(FRAMEWORK)
    return Example(
        framework,
        load_responses(paths["responses"], framework),
        load_units(paths["units"], framework),
        json.loads(paths["map"].read_text(encoding="utf-8")),
        pd.read_csv(paths["verbatims"], dtype="str", keep_default_na=False),
        paths,
    )


def load_example_map() -> "nx.MultiDiGraph":
    """Load the systems map of Valclair alone.

    Examples
    --------
    >>> load_example_map().graph["name"]
    'Valclair, atelier de mars 2026'
    """
    from assessment.systems import load_map  # networkx takes a fifth of a first score, which draws no map

    return load_map(example_files()["map"])
