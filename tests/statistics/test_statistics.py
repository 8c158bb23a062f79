"""The room as a whole."""

import subprocess
import sys
from pathlib import Path

import pytest

import assessment.statistics as statistics

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", statistics.__all__)
def test_every_public_name_exists_and_is_documented(name):
    documented = getattr(statistics, name)
    assert documented.__doc__
    assert name in dir(statistics)
    if not isinstance(documented, type):
        assert ">>>" in documented.__doc__
        assert "Missing answers" in documented.__doc__
        assert "References" in documented.__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'p_value'"):
        statistics.p_value  # noqa: B018


def test_the_room_loads_nothing_until_asked_and_never_pandas_or_the_slow_parts_of_scipy():
    code = (
        "import sys, assessment.statistics as s; early = 'scipy' in sys.modules or 'numpy' in sys.modules;"
        "[getattr(s, name) for name in s.__all__];"
        "slow = {'pandas', 'scipy.stats', 'scipy.optimize'} & set(sys.modules); print(early, sorted(slow))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert out.split(maxsplit=1) == ["False", "[]\n"]
