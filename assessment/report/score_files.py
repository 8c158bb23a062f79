"""The scores as files: the JSON and the CSV of the contract, from released tables only."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from assessment.documents import csv_text
from assessment.documents.saving import save
from assessment.figures.rows import records
from assessment.framework.model import Framework

Tables = Mapping[str, pd.DataFrame]

CELL = ("by", "group")
COUNTS = ("n", "n_complete", "na", "missing")
MEAN = ("mean", "score", "se", "ci_low", "ci_high")
QUALITY = ("cronbach_alpha", "omega", "cfi", "rmsea", "srmr")
AGREEMENT = ("rwg_j", "ad")
END = ("suppressed", "reason")

JSON_COLUMNS = {
    "dimensions": (
        "dimension",
        "perspective",
        *COUNTS,
        *MEAN,
        *QUALITY,
        *AGREEMENT,
        "icc1",
        "icc2",
        "maturity_level",
        "probability",
        *END,
    ),
    "groups": (*CELL, "dimension", "perspective", *COUNTS, *MEAN, *AGREEMENT, "maturity_level", "probability", *END),
    "tension": (
        *CELL,
        "dimension",
        *COUNTS,
        "tension",
        "se",
        "ci_low",
        "ci_high",
        "dz",
        "share_negative",
        "cronbach_alpha",
        "quadrant",
        *END,
    ),
    "items": ("dimension", "item", "perspective", *COUNTS, "mean", "sd", "r_drop", "alpha_drop", *END),
}
"""The keys of each list of the JSON, in order; further tables have those of their columns."""

FURTHER = (
    "measurement",
    "item_answers",
    "answer_labels",
    "participation",
    "discriminant",
    "agreement",
    "agreement_across",
    "careless",
    "without_careless",
    "comparisons",
    "change",
    "choices",
    "choice_agreement",
    "tension_context",
    "outcome_weights",
    "dimension_ties",
    "plurality",
    "voices",
    "priorities",
    "shared_vision",
    "role_choices",
    "choice_overlap",
)
"""Further tables that stand under their own keys where they were made (`assessment.scoring.study`)."""

OVERALL = ("score", "maturity_level", "probability", "held_back_by", "n", "se", "suppressed", "reason")
"""The keys of the whole."""

CSV_COLUMNS = (
    "wave",
    *CELL,
    "dimension",
    "perspective",
    *COUNTS,
    *MEAN,
    *QUALITY,
    *AGREEMENT,
    "icc1",
    "icc2",
    "maturity_level",
    "probability",
    "tension",
    "dz",
    "share_negative",
    "quadrant",
    *END,
)
"""The columns of the CSV: one row is one dimension under one perspective (or tension) in one group."""


def score_document(
    released: Tables, framework: Framework, wave: str, waves: Sequence[str], min_group: int, respondents: int
) -> dict:
    """Give the scores of one wave as the contract's JSON document.

    Parameters
    ----------
    released
        The tables of `release`.
    framework
        The instrument.
    wave
        The wave.
    waves
        All waves of the responses, in natural order.
    min_group
        Respondents below which nothing is told.
    respondents
        Responses of the wave.

    Returns
    -------
    dict
        Plain values; numbers unrounded, undefined None. ``overall`` is None for an instrument without disciplines.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.scoring.confidentiality import COLUMNS
    >>> released = {name: pd.DataFrame(columns=list(columns)) for name, columns in COLUMNS.items()}
    >>> document = score_document(released, load_framework("collectivite-apprenante"), "2026", ["2026"], 10, 0)
    >>> list(document)[:7]
    ['framework', 'version', 'wave', 'waves', 'min_group', 'respondents', 'dimensions']
    """
    rows = {name: of_wave(released[name], wave) for name in (*JSON_COLUMNS, "overall")}
    lists = {name: [pick(row, columns) for row in rows[name]] for name, columns in JSON_COLUMNS.items()}
    items = lists.pop("items")
    return {
        "framework": framework.id,
        "version": framework.version,
        "wave": wave,
        "waves": list(waves),
        "min_group": min_group,
        "respondents": respondents,
        **lists,
        "overall": pick(rows["overall"][0], OVERALL) if rows["overall"] else None,
        "items": items,
        **{name: without_wave(released[name], wave) for name in FURTHER if name in released},
    }


def without_wave(table: pd.DataFrame, wave: str) -> list[dict]:
    """Give the rows of one wave of a further table, under all its columns but the wave."""
    return records(table[table["wave"] == wave].drop(columns="wave"))


def of_wave(table: pd.DataFrame, wave: str) -> list[dict]:
    """Give the rows of one wave as plain values."""
    return records(table[table["wave"] == wave])


def pick(row: Mapping[str, object], columns: Sequence[str]) -> dict:
    """Keep some keys of a row, in their order."""
    return {name: row[name] for name in columns}


def json_text(document: Mapping) -> str:
    r"""Write a score document as JSON, numbers exact, each row of a table on a line of its own.

    Examples
    --------
    >>> json_text({"wave": "2026", "score": 0.1, "name": "é"})
    '{\n "wave": "2026",\n "score": 0.1,\n "name": "é"\n}\n'
    """
    return "{\n" + ",\n".join(f" {value_text(name)}: {rows_text(value)}" for name, value in document.items()) + "\n}\n"


def rows_text(value: object) -> str:
    """Write a value as JSON; the rows of a table one below the other."""
    if not (isinstance(value, list) and value and isinstance(value[0], dict)):
        return value_text(value)
    return "[\n" + ",\n".join(f"  {value_text(row)}" for row in value) + "\n ]"


def value_text(value: object) -> str:
    """Write a value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def write_score_json(document: Mapping, path: str | Path, force: bool = False) -> Path:
    """Write a score document into a JSON file.

    Parameters
    ----------
    document
        As `score_document` gives it.
    path
        The file.
    force
        Whether a file of this name may be replaced.

    Raises
    ------
    Faults
        ``file_exists``, ``file_unwritable``.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_score_json({"wave": "2026"}, Path(folder) / "scores.json").name
    'scores.json'
    """
    return save(path, json_text(document), force)


def score_csv(released: Tables, framework: Framework, wave: str) -> str:
    r"""Give the scores of one wave as one CSV table: the organisation first, then each group.

    Parameters
    ----------
    released
        The tables of `release`.
    framework
        The instrument, for the order of dimensions.
    wave
        The wave.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.scoring.confidentiality import COLUMNS
    >>> released = {name: pd.DataFrame(columns=list(columns)) for name, columns in COLUMNS.items()}
    >>> score_csv(released, load_framework("collectivite-apprenante"), "2026").count("\n")
    1
    """
    rows = [row for name in ("dimensions", "groups", "tension") for row in of_wave(released[name], wave)]
    dimensions = {one.id: place for place, one in enumerate(framework.dimensions)}
    cells = {key: place for place, key in enumerate(dict.fromkeys((row["by"], row["group"]) for row in rows))}
    rows.sort(key=lambda row: (row["by"] is not None, cells[row["by"], row["group"]], dimensions[row["dimension"]]))
    return csv_text(CSV_COLUMNS, rows)


def write_score_csv(released: Tables, framework: Framework, wave: str, path: str | Path, force: bool = False) -> Path:
    """Write the scores of one wave into a CSV file.

    Parameters as in `score_csv` and `write_score_json`.

    Raises
    ------
    Faults
        ``file_exists``, ``file_unwritable``.

    Examples
    --------
    >>> import tempfile
    >>> from assessment.framework import load_framework
    >>> from assessment.scoring.confidentiality import COLUMNS
    >>> released = {name: pd.DataFrame(columns=list(columns)) for name, columns in COLUMNS.items()}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "scores.csv"
    ...     write_score_csv(released, load_framework("collectivite-apprenante"), "2026", file).name
    'scores.csv'
    """
    return save(path, score_csv(released, framework, wave), force)
