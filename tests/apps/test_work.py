"""Long work beside a page: it can be stopped, replaced and followed, and what comes of it is told once."""

import asyncio
import threading
from itertools import count

import pytest

from assessment.apps import work as module
from assessment.apps.shell import work_block
from assessment.apps.work import Work, faults_of
from assessment.faults import Fault, Faults
from assessment.texts import LANGUAGES
from assessment.texts.telling import place_and_sentence
from assessment.widgets.blocks import document_faults
from assessment.widgets.tool_page import ToolPage

PATIENCE = 20
"""Seconds after which a test that hangs fails."""


class Page:
    """A page that notes how its bar moves, and in which thread."""

    def __init__(self):
        self.moves, self.threads = [], []

    def tell_work(self, block, done, total):
        self.moves.append((block, done, total))
        self.threads.append(threading.current_thread())


class Steps:
    """Work that waits before each step until it is let go on."""

    def __init__(self, steps=100, result="result"):
        self.steps, self.result, self.done = steps, result, 0
        self.began, self.go, self.ended = threading.Event(), threading.Event(), threading.Event()

    def __call__(self, progress):
        try:
            self.began.set()
            assert self.go.wait(PATIENCE)
            for step in range(self.steps):
                progress(step, self.steps)
                self.done = step + 1
            return self.result
        finally:
            self.ended.set()


@pytest.fixture
def page():
    return Page()


@pytest.fixture
def work(page):
    work = Work(page)
    yield work
    work.stop()


@pytest.fixture
def told():
    return []


def unexpected(error):
    raise AssertionError(error)


def test_what_comes_of_the_work_is_told_once(work, told):
    work.start("study", lambda progress: 42, told.append, unexpected)
    work.wait()
    work.wait()
    assert told == [42]
    assert work.running is None


def test_work_runs_beside_the_page_and_is_known_by_its_block(work, told):
    steps = Steps()
    work.start("study", steps, told.append, unexpected)
    assert steps.began.wait(PATIENCE)
    assert (work.running, work.far, told) == ("study", None, [])
    steps.go.set()
    work.wait()
    assert told == ["result"]


def test_progress_moves_the_bar_of_its_block_and_not_too_often(page, told, monkeypatch):
    ticks = count()
    monkeypatch.setattr(module.time, "monotonic", lambda: next(ticks) * module.OFTEN / 4)
    work, steps = Work(page), Steps(100)
    steps.go.set()
    work.start("study", steps, told.append, unexpected)
    work._thread.join(PATIENCE)
    assert page.moves[0] == ("study", 0, 100)
    assert 20 <= len(page.moves) <= 35
    assert page.moves == sorted(page.moves)


def test_on_a_kernels_loop_the_last_step_before_a_long_one_is_told(page, told):
    work = Work(page)

    async def kernel():
        moved, on = asyncio.Event(), threading.Event()
        loop = asyncio.get_running_loop()
        page.tell_work = lambda block, done, total: done == 2 and loop.call_soon(moved.set)

        def do(progress):
            progress(1, 3)
            progress(2, 3)  # too soon after the one before, and nothing follows for long
            assert on.wait(PATIENCE)

        work.start("study", do, told.append, unexpected)
        await asyncio.wait_for(moved.wait(), PATIENCE)
        on.set()

    asyncio.run(kernel())


def test_how_far_it_is_is_known_to_a_page_written_anew(work, told):
    first, on = threading.Event(), threading.Event()

    def do(progress):
        progress(3, 10)
        first.set()
        assert on.wait(PATIENCE)

    work.start("study", do, told.append, unexpected)
    assert first.wait(PATIENCE)
    assert work.far == (3, 10)
    on.set()
    work.wait()
    assert work.far is None


def test_stopped_work_ends_at_its_next_step_and_nothing_is_told_of_it(work, page, told):
    steps = Steps()
    work.start("study", steps, told.append, told.append)
    assert steps.began.wait(PATIENCE)
    work.stop()
    assert work.running is None
    steps.go.set()
    assert steps.ended.wait(PATIENCE)
    work.wait()
    assert (steps.done, told, page.moves) == (0, [], [])


def test_work_that_tells_no_step_is_not_told_of_either_once_it_is_stopped(work, told):
    began, go = threading.Event(), threading.Event()

    def do(progress):
        began.set()
        assert go.wait(PATIENCE)

    work.start("study", do, told.append, told.append)
    assert began.wait(PATIENCE)
    work.stop()
    go.set()
    work.wait()
    assert told == []


def test_stopping_where_nothing_is_under_way_does_nothing(work):
    work.stop()
    work.wait()
    assert work.running is None


def test_new_work_stops_the_old_and_begins_when_that_has_come_to_rest(work, told):
    order, old = [], Steps()

    def first(progress):
        try:
            return old(progress)
        finally:
            order.append("old is at rest")

    def second(progress):
        order.append("new begins")
        return "new"

    work.start("old", first, told.append, told.append)
    assert old.began.wait(PATIENCE)
    work.start("new", second, told.append, unexpected)
    assert work.running == "new"
    old.go.set()
    work.wait()
    assert order == ["old is at rest", "new begins"]
    assert told == ["new"]


def test_work_replaced_before_it_began_is_never_done(work, told):
    old, never = Steps(), Steps()
    work.start("old", old, told.append, told.append)
    assert old.began.wait(PATIENCE)
    work.start("never", never, told.append, told.append)
    work.start("new", lambda progress: "new", told.append, unexpected)
    old.go.set()
    work.wait()
    assert not never.began.is_set()
    assert told == ["new"]


def test_faults_reach_the_page(work, told):
    def do(progress):
        raise Faults([Fault("file_empty", {"file": "a.csv"})])

    work.start("study", do, unexpected, told.append)
    work.wait()
    assert faults_of(told[0]) == (Fault("file_empty", {"file": "a.csv"}),)
    assert work.running is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_foresaw_is_a_plain_sentence_without_its_innards(work, told, language, capsys):
    def do(progress):
        return {}["/home/secret/path"]

    work.start("study", do, unexpected, told.append)
    work.wait()
    (fault,) = faults_of(told[0])
    assert "secret" not in " ".join(place_and_sentence(fault, language))
    assert capsys.readouterr() == ("", ""), "a traceback would stand on the page of a visitor"


def test_a_full_disk_is_told_with_its_reason():
    (fault,) = faults_of(OSError(28, "No space left on device"))
    assert fault.values["reason"] == "No space left on device"


def test_work_may_begin_where_other_work_ends(work, told):
    work.start(
        "one",
        lambda progress: 1,
        lambda one: work.start("two", lambda progress: one + 1, told.append, unexpected),
        unexpected,
    )
    work.wait()
    assert told == [2]


def test_waiting_has_an_end(work, told):
    steps = Steps()
    work.start("study", steps, told.append, unexpected)
    with pytest.raises(TimeoutError):
        work.wait(0.01)
    steps.go.set()
    work.wait()


def test_on_a_kernels_loop_everything_is_told_in_the_loops_thread(page, told):
    work = Work(page)
    threads = []

    async def kernel():
        ended = asyncio.Event()

        def done(result):
            told.append(result)
            threads.append(threading.current_thread())
            ended.set()

        steps = Steps()
        steps.go.set()
        work.start("study", steps, done, unexpected)
        await asyncio.wait_for(ended.wait(), PATIENCE)

    asyncio.run(kernel())
    assert told == ["result"]
    assert page.moves
    assert {*threads, *page.threads} == {threading.main_thread()}


def test_on_a_kernels_loop_work_stopped_after_its_end_is_not_told_of(page, told):
    work = Work(page)

    async def kernel():
        work.start("study", lambda progress: 1, told.append, unexpected)
        work._thread.join(PATIENCE)  # it has ended, and the loop has not heard of it yet
        work.stop()
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    asyncio.run(kernel())
    assert told == []


def test_on_a_kernels_loop_a_script_may_wait_and_is_told_once(page, told):
    work = Work(page)

    async def kernel():
        work.start("study", lambda progress: 1, told.append, unexpected)
        work.wait()
        assert told == [1]
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    asyncio.run(kernel())
    assert told == [1]


def test_a_kernel_that_is_gone_is_told_nothing(page, told):
    work, steps = Work(page), Steps()

    async def kernel():
        work.start("study", steps, told.append, unexpected)
        steps.began.wait(PATIENCE)

    asyncio.run(kernel())
    steps.go.set()
    work._thread.join(PATIENCE)
    assert not work._thread.is_alive()
    assert told == []


def test_a_page_shows_work_with_its_way_out():
    view = ToolPage(page={"language": "fr", "title": "Essai", "blocks": [work_block("fr", "study", "Calcul", (2, 8))]})
    assert document_faults(view.page) == []
    heard = []
    view.on_event(lambda event: heard.append(event.action))
    view._receive(view, {"kind": "event", "number": 1, "action": "stop", "values": {}}, [])
    assert heard == ["stop"]
