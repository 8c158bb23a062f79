"""Paper forms kept in a workspace: one number each, the same when sent again, none twice, corrected in one step."""

import pytest

from assessment.faults import Faults
from assessment.workspace import Response, add_campaign, add_framework, close_wave, open_collection, responses_of
from assessment.workspace.paper import correct_sheet, drop_sheet, keep_sheet, kept_sheet


@pytest.fixture
def collection(workspace):
    """A collection of two lines and a choice."""
    add_campaign(workspace, "c", "C", add_framework(workspace, "collectivite-apprenante"))
    return open_collection(workspace, "c", ["pm_01.reality", "pm_01.vision"], ["three_choices"])


def response(digit, wave="2026", **values):
    answers = {"pm_01.reality": 4, "pm_01.vision": 255}
    return Response(digit * 32, values.get("answers", answers), {"wave": wave}, {}, values.get("texts", {}))


def test_numbers_go_on_over_the_waves_and_a_form_sent_again_keeps_its_own(workspace, collection):
    assert keep_sheet(workspace, collection, response("a")) == 1
    assert keep_sheet(workspace, collection, response("b", "2027")) == 2
    assert keep_sheet(workspace, collection, response("a")) == 1
    assert keep_sheet(workspace, collection, response("c"), above=7) == 8
    assert sorted(responses_of(workspace, "c")["respondent"]) == ["paper-1", "paper-2", "paper-8"]


def test_a_form_is_corrected_with_its_texts_and_others_are_left_alone(workspace, collection):
    for digit in "ab":
        keep_sheet(workspace, collection, response(digit, texts={"verbatim_event": "=un mot"}))
    correct_sheet(workspace, collection, 1, response("a", answers={"pm_01.reality": 2}))
    first, second = (kept_sheet(workspace, "c", "2026", number) for number in (1, 2))
    assert (dict(first.answers), dict(first.texts)) == ({"pm_01.reality": 2}, {})
    assert (dict(second.answers), dict(second.texts)) == (
        {"pm_01.reality": 4, "pm_01.vision": 255},
        {"verbatim_event": "=un mot"},
    )


def test_a_correction_that_is_refused_leaves_what_was_kept(workspace, collection):
    keep_sheet(workspace, collection, response("a"))
    close_wave(workspace, "c", "2026")
    with pytest.raises(Faults, match="wave_closed"):
        correct_sheet(workspace, collection, 1, response("a", answers={"pm_01.reality": 2}))
    assert kept_sheet(workspace, "c", "2026", 1).answers["pm_01.reality"] == 4


def test_a_form_taken_out_is_gone(workspace, collection):
    keep_sheet(workspace, collection, response("a"))
    assert drop_sheet(workspace, "c", 1)
    assert not drop_sheet(workspace, "c", 1)
    assert kept_sheet(workspace, "c", "2026", 1) is None
