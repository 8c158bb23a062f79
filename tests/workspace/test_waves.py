"""A further wave is opened, answered, told of; one that nobody answered can be taken back."""

import io

import pytest

from assessment.responses import load_responses
from assessment.scoring import release, score_wave
from assessment.workspace import (
    add_campaign,
    add_framework,
    add_responses,
    check_workspace,
    drop_wave,
    framework_of,
    keep_release,
    last_wave,
    list_campaigns,
    open_wave,
    released_waves,
)


@pytest.fixture
def campaign(workspace, tmp_path, filled):
    source = tmp_path / "short.toml"
    source.write_text(filled.FRAMEWORK, "utf-8")
    return add_campaign(workspace, "c", "C", add_framework(workspace, source)).id


@pytest.fixture
def answer(workspace, campaign):
    """Give a function that brings twelve responses of a wave."""

    def bring(wave):
        rows = "".join(f"{wave},{1 + n % 5},{1 + n % 3}\n" for n in range(12))
        file = io.BytesIO(f"wave,a_01,a_02\n{rows}".encode())
        responses = load_responses(file, framework_of(workspace, campaign))
        add_responses(workspace, campaign, responses)
        return responses

    return bring


def waves(workspace):
    return list_campaigns(workspace)[0].waves


def test_before_the_first_there_is_no_wave(workspace, campaign):
    assert last_wave(workspace, campaign) == ""
    assert released_waves(workspace, campaign) == set()


def test_the_last_wave_is_the_last_in_natural_order(workspace, campaign):
    for wave in ("T10", "T9"):
        open_wave(workspace, campaign, wave)
    assert last_wave(workspace, campaign) == "T10"
    assert waves(workspace) == {"T9": 0, "T10": 0}


def test_a_wave_is_opened_once(workspace, campaign, answer, refused):
    answer("2025")
    with refused("wave_exists"):
        open_wave(workspace, campaign, "2025")
    open_wave(workspace, campaign, "2026")
    with refused("wave_exists"):
        open_wave(workspace, campaign, "2026")


@pytest.mark.parametrize("name", ["", "a\nb", "x" * 1000])
def test_a_wave_has_a_name_that_can_be_read(workspace, campaign, refused, name):
    with refused("document_name_wrong"):
        open_wave(workspace, campaign, name)


def test_only_a_wave_that_nobody_answered_is_taken_back(workspace, campaign, answer):
    answer("2025")
    open_wave(workspace, campaign, "2026")
    assert drop_wave(workspace, campaign, "2026")
    assert not drop_wave(workspace, campaign, "2026")
    assert not drop_wave(workspace, campaign, "2025")
    assert waves(workspace) == {"2025": 12}
    assert check_workspace(workspace) == ()


def test_the_waves_that_were_told_are_those_of_the_last_release(workspace, campaign, answer):
    responses = answer("2025")
    tables = release(score_wave(responses, framework_of(workspace, campaign), wave="2025"))
    keep_release(workspace, campaign, tables)
    answer("2026")
    assert released_waves(workspace, campaign) == {"2025"}
