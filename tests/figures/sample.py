"""A small organisation with a group too small to be told, whose numbers are like no other's: they must appear nowhere.

Units A, B, C and D ("=D", a name that a spreadsheet would run); D has four people with extreme answers.
"""

import io
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.framework import load_framework
from assessment.responses import load_responses
from assessment.scoring import lattice, release, score_wave
from assessment.texts import format_number

DISCIPLINES = ("personal_mastery", "mental_models", "team_learning", "shared_vision", "systems_thinking")
DIMENSIONS = (*DISCIPLINES, "political_project", "outcomes")
SIZES = {"A": 26, "B": 21, "C": 12, "=D": 4}
ROLES = ("agent", "manager", "elected")
NUMBERS = ("mean", "score", "se", "ci_low", "ci_high", "tension", "dz", "share_negative", "rwg_j", "ad", "probability")


@dataclass(frozen=True)
class Sample:
    """Released tables, what was not released, and the instrument."""

    framework: object
    tables: dict
    released: dict
    respondents: int

    def hidden_numbers(self):
        """Give every number of the hidden rows that no released row has too."""
        hidden, shown = set(), set()
        for name in ("dimensions", "groups", "tension"):
            out = self.released[name]["suppressed"].to_numpy(dtype=bool)
            for column in set(NUMBERS) & set(self.tables[name]):
                hidden |= numbers(self.tables[name].loc[out, column])
        for table in self.released.values():
            for column in table.select_dtypes("number"):
                shown |= numbers(table[column])
        return hidden - shown

    def given_away(self, text):
        """Give the hidden numbers that stand in a text."""
        assert len(self.hidden_numbers()) > 50
        return self.hidden_numbers() & set(re.findall(r"-?\d+\.\d+(?:e-?\d+)?", text))

    def hidden_words(self, language):
        """Give the hidden scores as people would read them, where no released one reads alike."""
        told = {True: set(), False: set()}
        for name, column in (("groups", "score"), ("tension", "tension"), ("dimensions", "score")):
            table = self.tables[name]
            out = self.released[name]["suppressed"].to_numpy(dtype=bool)
            for value, hidden in zip(table[column], out, strict=True):
                told[bool(hidden)].add(format_number(float(value), language, 1))
        return {text for text in told[True] - told[False] if "," in text and not text.endswith(",0")}


def numbers(values):
    """Give the numbers of a column that are long enough to be nobody else's by chance."""
    return {repr(float(value)) for value in values.dropna() if len(repr(float(value))) > 9}


def responses(framework, seed=7):
    """Draw answers."""
    random = np.random.default_rng(seed)
    items = [item for item in framework.items if item.dimension in DIMENSIONS and item.scored]
    rows = []
    for unit, size in SIZES.items():
        for person in range(size):
            row = {"unit": unit, "role": ROLES[person % 3] if unit != "=D" else "agent", "wave": "2026"}
            for item in items:
                for perspective in framework.perspectives_of(item.dimension):
                    low, high = (3, 6) if perspective == "vision" else (1, 5)
                    answer = random.integers(low, high)
                    row[f"{item.id}.{perspective}"] = 5 - answer // 5 if unit == "=D" else answer
            rows.append(row)
    return pd.DataFrame(rows)


def make_sample():
    """Score and release."""
    framework = load_framework("collectivite-apprenante")
    table = responses(framework)
    loaded = load_responses(io.BytesIO(table.to_csv(index=False).encode()), framework)
    tables = score_wave(loaded, framework, lattice(loaded))
    return Sample(framework, tables, release(tables), len(table))
