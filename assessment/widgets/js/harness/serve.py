"""Serve a widget without Jupyter, answered by the package's own Python: ``python harness/serve.py [PORT]``.

Opens http://127.0.0.1:PORT/harness/index.html?map=valclair&language=fr&theme=light, where ``map`` is ``valclair``,
``empty``, a template's name or the path of a file; and …/harness/entry.html?form=short&output=FILE, where paper forms
are keyed in; and …/harness/tool.html?app=diagnostic, the page of a tool by its function in `assessment.apps`, with its
arguments. For looking and for tests; one thread, one machine.
"""

import asyncio
import base64
import json
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from urllib.parse import parse_qs

JS = Path(__file__).resolve().parents[1]
TRAITS = {
    "map": ("selection", "view", "language", "words", "offers", "header"),
    "entry": ("plan", "language"),
    "tool": ("page",),
}
FROM_PAGE = {"map": ("selection", "view", "language"), "entry": ("language",), "tool": ()}
lock = Lock()
sessions: dict[str, "Behind"] = {}
loop = asyncio.new_event_loop()  # what comes of work beside a page is handed over on it, as on a kernel's


class Behind:
    """A widget whose messages are kept until the page's request is answered."""

    def __init__(self, search: str):
        asked = {key: values[0] for key, values in parse_qs(search.lstrip("?")).items()}
        self.kind = "tool" if "app" in asked else "entry" if "output" in asked else "map"
        self.widget = {"tool": tool_page, "entry": entry_page, "map": map_editor}[self.kind](asked)
        self.messages: list = []
        self.widget.send = self.keep
        self.before = self.traits()

    def keep(self, content, buffers=None):
        """Keep a message for the page."""
        texts = [base64.b64encode(bytes(one)).decode() for one in buffers or ()]
        self.messages.append({"content": content, "buffers": texts})

    def traits(self):
        """Give what the page and Python share."""
        return {name: json.loads(json.dumps(getattr(self.widget, name))) for name in TRAITS[self.kind]}

    def answer(self):
        """Give what is new since the last answer."""
        now, messages = self.traits(), self.messages
        changed = {name: value for name, value in now.items() if value != self.before[name]}
        self.before, self.messages = now, []
        return {"messages": messages, "traits": changed}


def map_editor(asked):
    """Open a map."""
    from assessment.example import example_files
    from assessment.systems import load_map, start_map, start_names
    from assessment.widgets.systems_map import SystemsMap

    name, language = asked.get("map", "valclair"), asked.get("language", "fr")
    traits = {"language": language}
    if name == "valclair":
        traits["graph"] = load_map(example_files()["map"])
    elif name in start_names():
        traits["graph"] = start_map(name, language)
    elif name != "empty":
        traits["graph"] = load_map(name)
    return SystemsMap(**traits)


def entry_page(asked):
    """Open the page on which paper forms are keyed in, with the example's units."""
    from assessment.apps import enter_answers
    from assessment.example import example_files

    form, language = asked.get("form", "full"), asked.get("language", "fr")
    return enter_answers(form=form, language=language, units=example_files()["units"], output=asked["output"])


def tool_page(asked):
    """Open the page of a tool: ``app`` names its function, all else but ``theme`` and ``bundle`` are its arguments."""
    from assessment import apps

    own = {name: value for name, value in asked.items() if name not in ("app", "theme", "bundle")}
    return getattr(apps, asked["app"])(**own)


class Handler(SimpleHTTPRequestHandler):
    """Files of the folder, and the three things a page asks."""

    def do_POST(self):
        """Answer the page."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = {"open": opened, "traits": shared, "message": told, "news": heard}[self.path.rsplit("/", 1)[-1]]
        with lock:
            reply = loop.run_until_complete(on_loop(asked, body))
        data = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Say nothing."""


async def on_loop(asked, body):
    """Answer the page after all that waits on the loop: whatever begins work here is told of it here."""
    await asyncio.sleep(0)
    return asked(body)


def opened(body):
    """Open a widget for a page."""
    name = str(len(sessions))
    sessions[name] = Behind(body["search"])
    return {"session": name, "traits": sessions[name].before}


def shared(body):
    """Take what the page changed of the shared traits."""
    behind = sessions[body["session"]]
    mine = {name: body["traits"][name] for name in FROM_PAGE[behind.kind]}
    for name, value in mine.items():
        setattr(behind.widget, name, value)
        behind.before[name] = value
    return behind.answer()


def told(body):
    """Take a message of the page."""
    behind = sessions[body["session"]]
    buffers = [memoryview(base64.b64decode(text)) for text in body["buffers"]]
    behind.widget._handle_custom_msg(body["content"], buffers)
    return behind.answer()


def heard(body):
    """Give what has come of work beside the page since the last answer."""
    return sessions[body["session"]].answer()


def serve(port: int = 0) -> ThreadingHTTPServer:
    """Make the server; its address holds the port."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(JS)))


if __name__ == "__main__":
    server = serve(int(sys.argv[1]) if len(sys.argv) > 1 else 8765)
    print(f"http://127.0.0.1:{server.server_address[1]}/harness/index.html", flush=True)
    server.serve_forever()
