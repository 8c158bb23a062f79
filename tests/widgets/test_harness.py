"""The page without Jupyter that tests and designers look at: what it hears of work beside a page."""

import importlib.util
import json
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from assessment import apps
from assessment.apps.work import Work
from assessment.widgets.tool_page import ToolPage

HARNESS = Path(__file__).resolve().parents[2] / "assessment" / "widgets" / "js" / "harness" / "serve.py"
COUNT = {"kind": "actions", "id": "do", "items": [{"id": "count", "label": "Count"}]}


@pytest.fixture
def ask():
    """Serve the harness; give a function that asks it as its page does."""
    spec = importlib.util.spec_from_file_location("harness_served", HARNESS)
    harness = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(harness)
    server = harness.serve()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def asked(path, **body):
        address = f"http://127.0.0.1:{server.server_address[1]}/harness/{path}"
        request = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as reply:
            return json.load(reply)

    yield asked
    server.shutdown()
    server.server_close()
    thread.join()


def counting_page(begun):
    """Make a page whose button begins a long work that waits until `begun` is set."""
    page = ToolPage(page={"language": "en", "title": "Before", "blocks": [COUNT]})
    work = Work(page)

    def show(title):
        page.page = {**page.page, "title": title}

    page.on_event(lambda event: work.start("count", lambda progress: begun.wait(20) and "After", show, print))
    return page


def test_what_comes_of_long_work_is_heard_by_the_page_that_asks_for_news(ask, monkeypatch):
    begun = threading.Event()
    monkeypatch.setattr(apps, "counting", lambda: counting_page(begun), raising=False)
    session = ask("open", search="?app=counting")["session"]
    event = {"kind": "event", "number": 1, "action": "count", "values": {}}
    ask("message", session=session, content=event, buffers=[])
    assert "page" not in ask("news", session=session)["traits"], "the work has not come to its end"
    begun.set()
    end = time.monotonic() + 20
    while "page" not in (changed := ask("news", session=session)["traits"]):
        assert time.monotonic() < end, "nothing was heard of the work"
        time.sleep(0.01)
    assert changed["page"]["title"] == "After"
