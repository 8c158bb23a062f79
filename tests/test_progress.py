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
from assessment.workspace.deliveries import responses_of, verbatims_of

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


def test_responses_and_texts_are_told_along_to_the_end_and_stopped_at_any_step_leave_nothing(
    workspace, framework, answers
):
    responses = load_responses(io.BytesIO(answers), framework)
    people = responses[["respondent", "wave"]].astype("str")
    texts = people.assign(question="strengths", text="Une équipe soudée")
    steps = told_of(lambda progress: stopped_at_the_end(workspace, responses, texts, progress))
    assert len(steps) >= 5
    for place in range(len(steps)):
        with pytest.raises(Stopped):
            add_responses(workspace, "c", responses, texts, progress=stop_at(place))
        assert list_deliveries(workspace, "c") == []
        assert len(responses_of(workspace, "c")) == len(verbatims_of(workspace, "c")) == 0
    add_responses(workspace, "c", responses, texts)
    assert len(verbatims_of(workspace, "c")) == PEOPLE


def test_responses_that_are_there_already_are_told_along_as_they_are_compared(workspace, framework, answers):
    responses = load_responses(io.BytesIO(answers), framework)
    add_responses(workspace, "c", responses.iloc[:2000], source="first.csv")
    told = told_of(lambda progress: add_responses(workspace, "c", responses, progress=progress))
    assert sum(done <= 2000 for done, _ in told) >= 3, "while they are compared"
    assert len(responses_of(workspace, "c")) == PEOPLE


def told_of(work):
    """Note what a work tells: it goes forward only, to its end."""
    told = []
    work(lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len({total for _, total in told}) == 1
    assert told[-1][0] == told[-1][1]
    return told


def stopped_at_the_end(workspace, responses, texts, progress):
    """Do all of the work but its last step."""

    def step(done, total):
        progress(done, total)
        if done == total:
            raise Stopped

    with pytest.raises(Stopped):
        add_responses(workspace, "c", responses, texts, progress=step)


def stop_at(place):
    """Give what stops a work at one of its steps."""
    steps = iter(range(place + 1))

    def step(done, total):
        if next(steps) == place:
            raise Stopped

    return step


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
