"""Whoever waits is told how far a work is; whoever does not want it any more ends it, and nothing is left of it."""

import io

import pytest

from assessment.example.generator import FRAMEWORK
from assessment.framework import load_framework
from assessment.progress import Steps, told_along
from assessment.responses import load_responses
from assessment.scoring import lattice
from assessment.scoring.study import study
from assessment.workspace import (
    add_campaign,
    add_framework,
    add_responses,
    check_workspace,
    list_deliveries,
    open_workspace,
)
from assessment.workspace.deliveries import responses_of

PEOPLE = 2500


class Stopped(Exception):
    """Somebody pressed Stop."""


@pytest.fixture(scope="module")
def framework():
    return load_framework(FRAMEWORK)


@pytest.fixture(scope="module")
def answers():
    rows = [f"r{n},{wave},{'AB'[n % 2]},agent,{1 + n % 5},{1 + n % 4}" for wave in (1, 2) for n in range(PEOPLE // 2)]
    return "\n".join(["respondent,wave,unit,role,st_04.reality,st_05.reality", *rows]).encode()


@pytest.fixture
def workspace(tmp_path, framework):
    with open_workspace(tmp_path / "a.apprenance", create=True) as opened:
        add_campaign(opened, "c", "C", add_framework(opened, FRAMEWORK))
        yield opened


def works(name, framework, answers):
    """Give a work that takes `progress`."""
    responses = load_responses(io.BytesIO(answers), framework)
    return {
        "load_responses": lambda progress: load_responses(io.BytesIO(answers), framework, progress=progress),
        "study": lambda progress: study(responses, framework, lattice(responses), progress=progress),
    }[name]


@pytest.mark.parametrize("name", ["load_responses", "study"])
def test_a_work_says_how_far_it_is_to_its_end_and_may_be_stopped_at_any_step(name, framework, answers):
    work, told = works(name, framework, answers), []
    work(lambda done, total: told.append((done, total)))
    assert len(told) >= 2
    assert [done for done, _ in told] == sorted({done for done, _ in told}), "it goes forward only"
    assert len({total for _, total in told}) == 1
    assert told[-1][0] == told[-1][1]

    def stop(done, total):
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        work(stop)


def test_responses_that_are_stopped_on_their_way_leave_nothing(workspace, framework, answers):
    def stop(done, total):
        assert total == PEOPLE
        if done >= 2000:
            raise Stopped

    responses = load_responses(io.BytesIO(answers), framework)
    with pytest.raises(Stopped):
        add_responses(workspace, "c", responses, progress=stop)
    assert list_deliveries(workspace, "c") == []
    assert len(responses_of(workspace, "c")) == 0
    assert add_responses(workspace, "c", responses).kept == PEOPLE


def test_a_workspace_is_looked_through_table_by_table(workspace):
    told = []
    assert check_workspace(workspace, progress=lambda done, total: told.append((done, total))) == ()
    assert told == [(done + 1, len(told)) for done in range(len(told))]


def test_steps_never_count_beyond_their_end():
    told = []
    step = Steps(lambda *far: told.append(far), 1)
    assert [step("a"), step("b")] == ["a", "b"]
    assert told == [(1, 1), (1, 1)]


def test_rows_are_the_same_whether_somebody_is_told_or_not():
    assert list(told_along(range(5), None, 5, every=1)) == list(range(5))
    assert list(told_along(range(5), lambda done, total: None, 5, every=1)) == list(range(5))
