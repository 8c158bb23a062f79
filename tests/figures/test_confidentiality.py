"""The contract of confidentiality says the thresholds of the release, in both languages."""

import pytest

from assessment.figures.confidentiality import POINTS, describe_confidentiality


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_contract_tells_the_thresholds_of_the_release(language):
    told = dict(zip(POINTS, describe_confidentiality(11, language), strict=True))
    for point in ("threshold", "difference", "memory"):
        assert "11" in told[point]
    assert "33" in told["texts"]
    assert "90" in told["unanimity"]
    assert "10" in told["unanimity"]
    assert not any("{" in text for text in told.values())
