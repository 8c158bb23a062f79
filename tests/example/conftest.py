"""The example commune, loaded and released once."""

import pytest

from assessment.example import load_example
from assessment.scoring import lattice, release, score_wave


@pytest.fixture(scope="session")
def example():
    return load_example()


@pytest.fixture(scope="session")
def released(example):
    """The released tables of each wave, over the whole lattice."""
    by = lattice(example.responses)
    return {
        wave: release(score_wave(example.responses, example.framework, by, wave, example.units))
        for wave in ("2025", "2026")
    }


@pytest.fixture(scope="session")
def by_unit(example):
    """The released tables of the last wave by unit only: statistics across groups are over these."""
    return release(score_wave(example.responses, example.framework, [("unit",)], "2026", example.units))
