"""The diagnostic of a workspace in a kernel: there at once, with how far its results are; stopped and begun again."""

import asyncio
import threading

import pytest

from assessment.apps import keeping, opening, profile
from assessment.faults import Fault, Faults
from assessment.widgets.offers import blocks_of
from assessment.widgets.tool_page import Event
from assessment.workspace import open_workspace


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    path = tmp_path_factory.mktemp("here") / "valclair.apprenance"
    keeping.put_example(path, "Valclair", "Diagnostic")
    return path


def in_kernel(do):
    """Do something where a kernel does it: on a loop that is running."""

    async def run():
        return await do()

    return asyncio.run(run())


def kinds(view):
    return [block["kind"] for block in blocks_of(view.page)]


async def until(holds):
    while not holds():
        await asyncio.sleep(0)


@pytest.fixture
def gate(monkeypatch):
    """Hold the measuring back until the gate is opened."""
    own, open_gate = opening.kept_campaign, threading.Event()

    def measure(workspace, campaign, progress):
        while not open_gate.wait(0.01):
            progress(1, 4)
        return own(workspace, campaign, progress)

    monkeypatch.setattr(opening, "kept_campaign", measure)
    return open_gate


def test_the_page_is_there_at_once_and_becomes_the_diagnostic(example, gate):
    async def walk():
        view = profile.diagnostic(workspace=example)
        assert kinds(view)[0] == "progress"
        assert view.page["header"]["organisation"] == "Valclair"
        gate.set()
        await until(lambda: "facts" in kinds(view))
        return view.page

    page = in_kernel(walk)
    assert page["title"] == "Diagnostic"
    assert "tabs" in [block["kind"] for block in blocks_of(page)]


def test_it_is_stopped_in_another_language_and_begun_again(example, gate):
    async def walk():
        view = profile.diagnostic(workspace=example)
        page = view._callbacks[0].__self__
        page.answer(Event("language", {"language": "en"}))
        page.answer(Event("stop", {}))
        assert kinds(view) == ["notice"]
        assert view.page["blocks"][0]["actions"][0]["label"] == "Start again"
        page.answer(Event("study", {}))
        assert kinds(view)[0] == "progress"
        gate.set()
        await until(lambda: "facts" in kinds(view))
        return view.page["language"]

    assert in_kernel(walk) == "en"


def test_a_workspace_without_responses_shows_the_example_and_says_so(tmp_path):
    path = tmp_path / "new.apprenance"
    keeping.create(path, "Nouvelle")

    async def walk():
        view = profile.diagnostic(workspace=path)
        await until(lambda: "tabs" in kinds(view))
        return view.page

    page = in_kernel(walk)
    assert page["title"] == "Commune de Valclair"
    assert next(block for block in page["blocks"] if block.get("id") == "new")["tone"] == "info"


def test_what_keeps_results_from_being_shown_is_told_on_the_page(example, monkeypatch):
    def refuse(*asked):
        raise Faults([Fault("file_empty", {"file": "a.csv"})])

    monkeypatch.setattr(opening, "kept_campaign", refuse)

    async def walk():
        view = profile.diagnostic(workspace=example)
        await until(lambda: "faults" in kinds(view))
        return view.page["blocks"][0]

    told = in_kernel(walk)
    assert told["title"] == "Les résultats ne peuvent pas être montrés"
    assert told["items"][0]["where"] == "a.csv"


def test_an_open_workspace_is_measured_where_it_was_opened(example):
    async def walk():
        with open_workspace(example) as workspace:
            return kinds(profile.diagnostic(workspace=workspace))

    assert "facts" in in_kernel(walk)
