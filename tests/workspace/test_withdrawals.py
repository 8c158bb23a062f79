"""An import is taken back as if it had never come, and put back row by row as it lay there."""

import pandas as pd
import pytest
from sqlalchemy import select

from assessment.example import load_example
from assessment.faults import Faults
from assessment.workspace import (
    add_campaign,
    add_framework,
    add_responses,
    check_workspace,
    close_wave,
    keep_release,
    list_campaigns,
    list_deliveries,
    put_back,
    responses_of,
    take_back,
    verbatims_of,
)
from assessment.workspace.schema import DELIVERIES, RELEASES, RESPONSES, VERBATIMS

FRAMEWORK = "collectivite-apprenante"
TABLES = (DELIVERIES, RESPONSES, VERBATIMS)


@pytest.fixture(scope="module")
def example():
    return load_example()


@pytest.fixture
def campaign(workspace, example):
    add_framework(workspace, FRAMEWORK)
    add_campaign(workspace, "c", "Diagnostic", example.framework)
    return workspace


def rows(workspace, *tables):
    with workspace.reading() as connection:
        return {table.name: sorted(map(tuple, connection.execute(select(table)))) for table in tables or TABLES}


def half(example, wave):
    own = example.responses[example.responses["wave"] == wave]
    return own, example.verbatims[example.verbatims["wave"] == wave]


def test_taken_back_and_put_back_gives_the_very_same_rows(campaign, example):
    add_responses(campaign, "c", *half(example, "2025"), "2025.csv")
    before = rows(campaign)
    received = add_responses(campaign, "c", *half(example, "2026"), "2026.csv")
    both = rows(campaign)
    withdrawn = take_back(campaign, "c", received.delivery)
    assert rows(campaign) == before
    assert (withdrawn.responses, withdrawn.source, withdrawn.waves) == (received.kept, "2026.csv", ("2026",))
    assert put_back(campaign, withdrawn) == received.kept
    assert rows(campaign) == both
    assert check_workspace(campaign) == ()


def test_all_that_came_with_a_file_goes_with_it(campaign, example):
    received = add_responses(campaign, "c", example.responses, example.verbatims, "a.csv")
    take_back(campaign, "c", received.delivery)
    assert responses_of(campaign, "c").empty
    assert verbatims_of(campaign, "c").empty
    assert list_deliveries(campaign, "c") == []
    assert list_campaigns(campaign)[0].waves == {"2025": 0, "2026": 0}


def test_texts_without_a_name_go_with_the_file_they_came_with(campaign, example):
    def nameless(wave):
        responses, texts = half(example, wave)
        return responses.drop(columns="respondent"), texts.assign(respondent="")

    add_responses(campaign, "c", *nameless("2025"), "first.csv")
    before = rows(campaign)
    received = add_responses(campaign, "c", *nameless("2026"), "second.csv")
    take_back(campaign, "c", received.delivery)
    assert rows(campaign) == before


def test_the_same_file_can_be_imported_again_after_it_was_taken_back(campaign, example):
    received = add_responses(campaign, "c", example.responses, example.verbatims, "a.csv")
    withdrawn = take_back(campaign, "c", received.delivery)
    assert add_responses(campaign, "c", example.responses, example.verbatims, "a.csv").kept == received.kept
    held = rows(campaign)
    with pytest.raises(Faults) as told:
        put_back(campaign, withdrawn)
    assert [fault.code for fault in told.value.faults] == ["delivery_overtaken"]
    assert rows(campaign) == held, "nothing is half put back"


def test_people_who_came_meanwhile_are_not_doubled(campaign, example):
    own, texts = half(example, "2026")
    withdrawn = take_back(campaign, "c", add_responses(campaign, "c", own, texts, "a.csv").delivery)
    add_responses(campaign, "c", own.head(3), source="b.csv")
    with pytest.raises(Faults, match="delivery_overtaken"):
        put_back(campaign, withdrawn)
    assert len(responses_of(campaign, "c")) == 3


def test_a_closed_wave_is_left_as_it_is(campaign, example):
    received = add_responses(campaign, "c", *half(example, "2026"), "a.csv")
    close_wave(campaign, "c", "2026")
    before = rows(campaign)
    with pytest.raises(Faults, match="wave_closed"):
        take_back(campaign, "c", received.delivery)
    assert rows(campaign) == before


def test_a_delivery_that_is_not_there_is_told(campaign):
    with pytest.raises(Faults, match="delivery_absent"):
        take_back(campaign, "c", "0" * 32)


def test_what_was_released_stays(campaign, example):
    received = add_responses(campaign, "c", *half(example, "2026"), "a.csv")
    table = pd.DataFrame({"wave": ["2026"], "n": [216]})
    keep_release(campaign, "c", {"quality": table})
    before = rows(campaign, RELEASES)
    take_back(campaign, "c", received.delivery)
    assert rows(campaign, RELEASES) == before


def test_the_list_says_how_many_of_a_delivery_are_kept(campaign, example):
    received = add_responses(campaign, "c", *half(example, "2026"), "a.csv")
    (told,) = list_deliveries(campaign, "c")
    assert (told["delivery"], told["held"], told["kept"]) == (received.delivery, received.kept, received.kept)
    assert len(told["delivery"]) == 32


def test_what_is_held_says_nothing_of_anybody(campaign, example):
    received = add_responses(campaign, "c", *half(example, "2026"), "a.csv")
    withdrawn = take_back(campaign, "c", received.delivery)
    assert str(withdrawn.rows[RESPONSES.name][0][2]) not in repr(withdrawn)
