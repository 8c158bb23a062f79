import importlib.util
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sample():
    path = Path(__file__).parents[1] / "figures" / "sample.py"
    place = importlib.util.spec_from_file_location("figures_sample", path)
    module = importlib.util.module_from_spec(place)
    sys.modules[place.name] = module  # dataclasses look their module up
    place.loader.exec_module(module)
    return module.make_sample()
