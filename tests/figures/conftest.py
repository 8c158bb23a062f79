import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sample():
    place = importlib.util.spec_from_file_location("figures_sample", Path(__file__).with_name("sample.py"))
    module = importlib.util.module_from_spec(place)
    import sys

    sys.modules[place.name] = module  # dataclasses look their module up
    place.loader.exec_module(module)
    return module.make_sample()


@pytest.fixture(scope="session")
def framework(sample):
    return sample.framework


@pytest.fixture(scope="session")
def tension(sample):
    table = sample.released["tension"]
    return table[table["by"].isna()]


@pytest.fixture(scope="session")
def units(sample):
    table = sample.released["groups"]
    return table[table["by"] == "unit"]
