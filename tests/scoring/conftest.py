"""What the tests of scoring share: instruments in a few words, files from rows, and scoring again in plain Python.

`direct` computes from respondents' answers, in fractions, from the contract's sentences alone: it shares nothing with
the tally.
"""

import csv
import io
import json
import math
import warnings
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from assessment.framework import load_framework
from assessment.responses import load_responses, load_units

ROOT = Path(__file__).resolve().parents[2]
REFDATA = ROOT.parent / "shared" / "refdata"
LEVELS = (("scattered", 0), ("started", 0.25), ("organised", 0.45), ("shared", 0.65), ("learning", 0.8))


@pytest.fixture(autouse=True)
def _no_warning_escapes():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture(scope="session")
def refdata():
    """Give the folder of reference data, which the project may not copy (GPL)."""
    if not REFDATA.is_dir():
        pytest.skip(f"NOT TESTED HERE: scoring of real data against R (no {REFDATA})")
    return REFDATA


@pytest.fixture(scope="session")
def reference(refdata):
    """Give the numbers R computed on the reference data."""
    return json.loads((refdata / "reference_values.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def instrument(tmp_path_factory):
    """Give a function from dimensions (name → options with "items": name → options) to a loaded framework."""

    def make(dimensions, roles=(), perspectives=("reality",), low=1, high=5, levels=LEVELS, tension=None):
        lines = ['id = "small"', 'version = "1"', 'languages = ["en"]', f"perspectives = {json.dumps(perspectives)}"]
        lines += ["[answer_scale]", f"low = {low}", f"high = {high}"]
        if tension:
            lines += ["[tension]", *(f"{key} = {value}" for key, value in tension.items())]
        for role in roles:
            name, _, parent = role.partition("<")
            lines += block("role", {"id": name, "name": {"en": name}} | ({"parent": parent} if parent else {}))
        for name, options in dimensions.items():
            own = {key: value for key, value in options.items() if key != "items"}
            lines += block("dimension", {"id": name, "name": {"en": name}} | own)
            for item, kind in options["items"].items():
                lines += block("item", {"id": item, "dimension": name, "text": {"en": item}} | kind)
        for name, start in levels:
            lines += block("maturity_level", {"id": name, "start": start, "name": {"en": name}})
        path = tmp_path_factory.mktemp("framework") / "small.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        return load_framework(path)

    return make


def block(kind, keys):
    """Write one block of a framework file."""
    return [f"[[{kind}]]", *(f"{key} = {toml(value)}" for key, value in keys.items())]


def toml(value):
    """Write a value of a framework file."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + " }"
    return json.dumps(value)


@pytest.fixture(scope="session")
def items():
    """Give a function that names plain items: a number of them and a prefix."""
    return lambda count, prefix="i", **options: {f"{prefix}{one + 1}": dict(options) for one in range(count)}


@pytest.fixture(scope="session")
def answered():
    """Give a function from rows (heading → cell) and a framework to the responses table, through a CSV file."""

    def load(rows, framework):
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        text = io.StringIO()
        writer = csv.DictWriter(text, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)
        return load_responses(io.BytesIO(text.getvalue().encode()), framework)

    return load


@pytest.fixture(scope="session")
def unit_table():
    """Give a function from rows of units to the units table, through a CSV file."""

    def load(rows, framework):
        content = pd.DataFrame(rows).to_csv(index=False).encode()
        return load_units(io.BytesIO(content), framework)

    return load


@pytest.fixture(scope="session")
def direct():
    """Give the plain Python scorer."""
    return SimpleNamespace(scores=scores, row=row, tension=tension, values=values)


def lineage(framework, role):
    parents = {one.id: one.parent for one in framework.roles}
    found = []
    while role in parents and role not in found:
        found.append(role)
        role = parents[role]
    return found


def put_to(framework, item, person):
    """Say whether an item is put to a person: the role (or what it is a part of), the short form."""
    if person.get("form") == "short" and not item.short:
        return False
    role = person.get("role", "")
    return item.roles is None or not role or any(one in item.roles for one in lineage(framework, role))


def heading(framework, item, perspective):
    return item.id if len(framework.perspectives) == 1 else f"{item.id}.{perspective}"


def fielded(framework, people, dimension, *perspectives):
    present = {one for person in people for one in person}
    return [
        item
        for item in framework.items
        if item.dimension == dimension
        and item.scored
        and all(heading(framework, item, one) in present for one in perspectives)
    ]


def scale_of(framework, item):
    (dimension,) = (one for one in framework.dimensions if one.id == item.dimension)
    return item.answer_scale or dimension.answer_scale or framework.answer_scale


def values(framework, people, dimension, perspective):
    """Give, for each person, the items asked with their value: a number, None (missing) or "na"."""
    asked = ("reality", "vision") if perspective == "tension" else (perspective,)
    kept = fielded(framework, people, dimension, *asked)
    return kept, [
        {item.id: value_of(framework, item, person, perspective) for item in kept if put_to(framework, item, person)}
        for person in people
    ]


def value_of(framework, item, person, perspective):
    if perspective == "tension":
        pair = [value_of(framework, item, person, one) for one in ("vision", "reality")]
        if "na" in pair:
            return "na"
        return None if None in pair else pair[0] - pair[1]
    cell = person.get(heading(framework, item, perspective), "")
    if cell in ("", "na"):
        return cell or None
    scale = scale_of(framework, item)
    return scale.low + scale.high - int(cell) if item.reverse else int(cell)


def numbers(asked):
    return [value for value in asked.values() if value not in (None, "na")]


def scores(framework, people, dimension, perspective):
    """Give each person's score as a fraction, or None."""
    found = []
    for asked in values(framework, people, dimension, perspective)[1]:
        given, half = numbers(asked), math.ceil(len(asked) / 2)
        enough = len(given) >= half and len(given) >= (1 if len(asked) == 1 else 2)
        found.append(Fraction(sum(given), len(given)) if asked and enough else None)
    return found


def row(framework, people, dimension, perspective):
    """Give what the contract says of one dimension and perspective over these people."""
    kept, answers = values(framework, people, dimension, perspective)
    known = [score for score in scores(framework, people, dimension, perspective) if score is not None]
    complete = [list(asked.values()) for asked in answers if len(numbers(asked)) == len(kept)]
    cells = [value for asked in answers for value in asked.values()]
    n = len(known)
    mean = sum(known) / n if n else None
    variance = sum((score - mean) ** 2 for score in known) / (n - 1) if n > 1 else None
    return SimpleNamespace(
        n=n,
        n_complete=len(complete),
        na=cells.count("na"),
        missing=cells.count(None),
        mean=mean,
        variance=variance,
        se=math.sqrt(variance / n) if n > 1 else None,
        alpha=alpha(np.array(complete, dtype=float).reshape(-1, len(kept))),
        **agreement(complete, scale_of(framework, kept[0])),
    )


def alpha(rows):
    n, k = rows.shape
    if n < 2 or k < 2 or rows.sum(axis=1).var() < 1e-20:
        return None
    return k / (k - 1) * (1 - rows.var(axis=0, ddof=1).sum() / rows.sum(axis=1).var(ddof=1))


def agreement(complete, scale):
    n = len(complete)
    if n < 2:
        return {"rwg_j": None, "ad": None}
    columns = list(zip(*complete, strict=True))
    options = scale.high - scale.low + 1
    null = Fraction(options**2 - 1, 12)
    means = [Fraction(sum(column), n) for column in columns]
    variances = [
        sum((value - mean) ** 2 for value in column) / (n - 1) for column, mean in zip(columns, means, strict=True)
    ]
    share = min(sum(variances) / len(columns) / null, Fraction(1))
    j = len(columns)
    deviations = [sum(abs(value - mean) for value in column) / n for column, mean in zip(columns, means, strict=True)]
    return {"rwg_j": j * (1 - share) / (j * (1 - share) + share), "ad": sum(deviations) / j}


def tension(framework, people, dimension):
    """Give what the contract says of a dimension's tension over these people."""
    found = row(framework, people, dimension, "tension")
    (item, *_) = fielded(framework, people, dimension, "reality", "vision")
    scale = scale_of(framework, item)
    known = [score for score in scores(framework, people, dimension, "tension") if score is not None]
    found.tension = found.mean * 100 / (scale.high - scale.low) if known else None
    found.share_negative = Fraction(sum(score < 0 for score in known), len(known)) if known else None
    found.dz = float(found.mean) / math.sqrt(found.variance) if found.variance else None
    return found


@pytest.fixture(scope="session")
def same():
    """Give a function that says whether a number is the expected one; None stands for undefined."""

    def compare(found, expected, tolerance=1e-12):
        if expected is None or pd.isna(expected):
            return bool(pd.isna(found))
        return not pd.isna(found) and abs(float(found) - float(expected)) <= tolerance * max(1, abs(float(expected)))

    return compare


@pytest.fixture(scope="session")
def only():
    """Give a function that finds the one row of a table where columns have these values (None = empty)."""

    def find(table, **wanted):
        for column, value in wanted.items():
            table = table[table[column].isna() if value is None else table[column] == value]
        assert len(table) == 1, f"{len(table)} rows for {wanted}"
        return table.iloc[0]

    return find
