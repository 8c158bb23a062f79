"""The responses every side scores: 72 twin items, 12 dimensions of 6, answers 1–5, made from a seed.

Units differ, items of a dimension go together, one answer in fifty is missing and one in a hundred "not concerned".
"""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from assessment.framework import load_framework

DIMENSIONS, ITEMS, SEED = 12, 6, 20261122
PERSPECTIVES = ("reality", "vision")
LEVELS = {"scattered": 0, "started": 0.25, "organised": 0.45, "shared": 0.65, "learning": 0.8}


def columns(dimension, perspective):
    """Name the answer columns of a dimension under a perspective."""
    return [f"d{dimension:02}_{item}.{perspective}" for item in range(ITEMS)]


def framework():
    """Give the instrument."""
    lines = ['id = "bench"', 'version = "1"', 'languages = ["en"]', 'perspectives = ["reality", "vision"]']
    lines += ["[answer_scale]", "low = 1", "high = 5"]
    for level, start in LEVELS.items():
        lines += ["[[maturity_level]]", f'id = "{level}"', f"start = {start}", f'name.en = "{level}"']
    for dimension in range(DIMENSIONS):
        name = f"d{dimension:02}"
        lines += ["[[dimension]]", f'id = "{name}"', f'name.en = "{name}"', 'reach = "individual"']
        for item in range(ITEMS):
            lines += ["[[item]]", f'id = "{name}_{item}"', f'dimension = "{name}"', 'text.en = "…"']
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.toml")
        path.write_text("\n".join(lines), "utf-8")
        return load_framework(path)


def codes(rows, units, seed=SEED):
    """Give the unit of each row and the codes (0 missing, 1–5, 255 not concerned), shape (144, rows)."""
    rng = np.random.default_rng(seed)
    unit = rng.integers(0, units, rows)
    of_unit = rng.normal(0, 0.3, (units, DIMENSIONS)).astype("f4")
    found = np.empty((DIMENSIONS * ITEMS * 2, rows), dtype=np.uint8)
    for dimension in range(DIMENSIONS):
        for side in range(2):
            person = rng.standard_normal(rows, "f4") + of_unit[unit, dimension]
            for item in range(ITEMS):
                answer = 3 + 0.8 * side + 0.7 * person + 0.8 * rng.standard_normal(rows, "f4")
                row = np.clip(np.rint(answer), 1, 5).astype(np.uint8)
                chance = rng.random(rows, "f4")
                row[chance < 0.03] = 255
                row[chance < 0.02] = 0
                found[(dimension * ITEMS + item) * 2 + side] = row
    return unit, found


def responses(rows, units, seed=SEED):
    """Give the responses table, as `load_responses` would."""
    unit, found = codes(rows, units, seed)
    names = pd.array([f"u{number:04}" for number in range(units)], dtype="str")
    about = {name: pd.Series("", index=range(rows), dtype="str") for name in ("respondent", "role", "wave", "form")}
    about["unit"] = names.take(unit)
    order = [
        f"d{one:02}_{item}.{which}" for one in range(DIMENSIONS) for item in range(ITEMS) for which in PERSPECTIVES
    ]
    return pd.concat([pd.DataFrame(about), pd.DataFrame(found.T, columns=order)], axis=1)


def answers(table):
    """Give what an analyst starts from: answers as numbers, NaN where there is none, and the unit as a category."""
    own = table[[name for name in table.columns if "." in name]]
    found = own.astype("float64").where((own > 0) & (own < 255))
    return found.assign(unit=table["unit"].astype("category"))


def withheld(table):
    """Say which answers are "not concerned": they are counted apart."""
    return table[[name for name in table.columns if "." in name]] == 255
