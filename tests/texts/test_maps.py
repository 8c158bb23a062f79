"""Loops, named loops and archetypes are told in plain words."""

import pytest

from assessment.texts.maps import tell_circle, tell_declared, tell_loop, tell_silo

THIN, WIDE = "\u202f", "\u00a0"


def test_a_loop_is_told_by_following_a_change_round():
    assert tell_loop(["effort", "résultat"], ["+", "+"], [1, 0], "fr") == (
        f"Quand «{THIN}effort{THIN}» augmente, «{THIN}résultat{THIN}» augmente (avec retard), "
        f"puis «{THIN}effort{THIN}» augmente{WIDE}: la boucle amplifie tout changement, à la hausse comme à la baisse."
    )
    assert tell_loop(["a", "b", "c"], ["-", "-", "-"], [0, 0, 0], "en") == (
        "When “a” goes up, “b” goes down, then “c” goes up, then “a” goes down: the loop holds any change back."
    )


def test_a_loop_of_unknown_sign_is_told_as_such():
    assert "is not known" in tell_loop(["a", "b"], ["+", None], [0, 0], "en")
    assert "ne voient pas tous" in tell_loop(["a", "b"], ["+", None], [0, 0], "fr", disputed=True)


@pytest.mark.parametrize(
    "reason",
    ["no_nodes", "node_unknown", "node_twice", "other_order", "link_missing", "other_kind", "sign_unknown"],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_reason_a_named_loop_may_have_is_told(reason, language):
    row = {"name": "Spirale", "reason": reason, "source": "a", "target": "b", "found": "balancing"}
    assert "Spirale" in tell_declared(row, {"a": "A"}, language)


def test_a_loop_that_holds_needs_no_word():
    assert tell_declared({"reason": None}, {}, "fr") == ""


def test_silos_are_told_against_chance():
    assert tell_silo("inward", "fr") == "plus tournés vers l’intérieur que le hasard ne le donnerait"
    assert "chance" in tell_silo("as_chance", "en")


def test_lorinos_circle_is_what_participants_describe():
    assert tell_circle(True, "fr").startswith("Les participants décrivent un cercle")
    assert "no circle" in tell_circle(False, "en")
