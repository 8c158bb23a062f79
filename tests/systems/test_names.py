"""The page of the map's tables lists what the code gives, and what is exported is documented with an example."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

import assessment.systems as systems

PAGE = Path(__file__).resolve().parents[2] / "docs" / "maps.md"
TABLES = {
    "actors": ("positions", "COLUMNS"),
    "loops": ("loops", "COLUMNS"),
    "archetypes": ("archetypes", "COLUMNS"),
    "silos": ("silos", "COLUMNS"),
    "leverage": ("leverage", "COLUMNS"),
    "declared": ("loops", "DECLARED_COLUMNS"),
    "stability": ("leverage", "STABILITY_COLUMNS"),
    "brokerage": ("brokerage", "COLUMNS"),
    "gaps": ("brokerage", "GAP_COLUMNS"),
    "reach": ("positions", "REACH_COLUMNS"),
    "densities": ("silos", "DENSITY_COLUMNS"),
    "overlap": ("overlap", "COLUMNS"),
    "balance": ("balance", "COLUMNS"),
    "communities": ("communities", "COLUMNS"),
    "roles": ("pluralism", "ROLE_COLUMNS"),
    "spoken": ("pluralism", "SPOKEN_COLUMNS"),
    "spectrum": ("pluralism", "SPECTRUM_COLUMNS"),
    "levels": ("pluralism", "LEVEL_COLUMNS"),
    "circle": ("pluralism", "CIRCLE_COLUMNS"),
    "consensus": ("consensus", "COLUMNS"),
    "participants": ("consensus", "PAIR_COLUMNS"),
    "faults": ("analysis", "FAULT_COLUMNS"),
    "scenario": ("scenarios", "COLUMNS"),
    "trajectory": ("scenarios", "TRAJECTORY_COLUMNS"),
    "circle in time": ("circle", "COLUMNS"),
    "power": ("mactor", "POWER_COLUMNS"),
    "positions of actors": ("mactor", "PAIR_COLUMNS"),
    "objectives": ("mactor", "OBJECTIVE_COLUMNS"),
    "contacts": ("contacts", "COLUMNS"),
    "scores on the map": ("scores", "COLUMNS"),
    "scores along ties": ("scores", "ALONG_COLUMNS"),
    "scores across a tie": ("scores", "TIE_COLUMNS"),
}


def documented():
    """Read the page's table: name to its maker and its columns."""
    lines = re.findall(r"^\| ([^|`]+) \| [^|]+ \| `(\w+)` \| (`.*`) \|$", PAGE.read_text("utf-8"), re.M)
    return {name: (maker, tuple(re.findall(r"`([^`]+)`", columns))) for name, maker, columns in lines}


@pytest.mark.parametrize("name", TABLES)
def test_the_columns_are_those_the_page_lists(name):
    module, constant = TABLES[name]
    maker, columns = documented()[name]
    assert columns == getattr(import_module(f"assessment.systems.{module}"), constant)
    assert callable(getattr(systems, maker))


def test_the_page_lists_every_table():
    assert set(documented()) == set(TABLES)


@pytest.mark.parametrize("name", [name for name in systems.__all__ if name.islower()])
def test_every_function_is_documented_with_an_example(name):
    text = inspect.getdoc(getattr(systems, name))
    assert ">>> " in text


def test_a_name_there_is_not_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nothing"):
        systems.nothing  # noqa: B018
