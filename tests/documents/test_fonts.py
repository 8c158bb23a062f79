"""The typeface draws what French, Greek and our signs need, and says itself what it lacks."""

import pytest

from assessment.documents import fonts

NEEDED = (
    "ABCÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆàâäçéèêëîïôöùûüÿœæß«»’‘“”…–—\u202f\u00a0αβγδεζηθικλμνξοπρστυφχψωάέήίόύώΑΒΓΔ+−×±→←↑↓≤≥½°€•·□"
)


@pytest.mark.parametrize("name", [fonts.REGULAR, "Inter-SemiBold.otf"])
def test_both_weights_draw_the_same_characters(name, monkeypatch):
    regular = fonts.coverage()
    monkeypatch.setattr(fonts, "REGULAR", name)
    fonts.coverage.cache_clear()
    try:
        assert fonts.coverage() == regular
    finally:
        fonts.coverage.cache_clear()


def test_the_typeface_draws_french_greek_and_our_signs():
    assert [one for one in NEEDED if ord(one) not in fonts.coverage()] == []
    assert fonts.drawable(NEEDED) == NEEDED


def test_what_the_font_says_of_itself_is_read_as_its_makers_count_it():
    # fontTools 4, getBestCmap(): 2,505 characters in both files
    assert len(fonts.coverage()) == 2505
    assert ord("מ") not in fonts.coverage()


def test_no_hostile_text_is_left_with_a_character_that_cannot_be_drawn(hostile):
    for name, text in hostile.hostile_texts().items():
        drawn = fonts.drawable(text)
        assert all(ord(one) in fonts.coverage() for one in drawn), name
        assert len(drawn) <= len(text), name
