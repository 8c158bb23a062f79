"""``apprenance apps`` serves pages and no file: asked for some forty addresses, it gives none away."""

import http.client
import json
import os
import posixpath
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from assessment.apps.serving import CLOSED, closed_arguments
from assessment.apps.visitors import INSIDE
from assessment.cli.notebooks import command

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]
SECRET = "SECRET-OF-A-VISITOR"
ID = "QmFsYW5jZXNBcmVGaXhlZEhlcmUwMTIz"  # every worker must collect the same tests
KERNEL = "21687bb6-9a7b-4c2b-9694-a85d044544b1"

STATIC = ["/static", "/voila/static", "/voila/templates/lab/static", "/voila/templates/apprenance/static"]
STATIC += ["/voila/labextensions", "/voila/labextensions/anywidget", "/voila/api/themes", "/voila/files", "/files"]
CLIMBS = ["/etc/passwd", "//etc/passwd", "/../../../../../../../../etc/passwd"]
CLIMBS += ["/..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd"]
CLIMBS += ["/%252e%252e%252f%252e%252e%252fetc%252fpasswd", "/%2fetc%2fpasswd", "/..%5c..%5cetc%5cpasswd"]
CLIMBS += ["/%00/etc/passwd", "/....//....//etc/passwd"]

FILES = [
    *["/valclair.apprenance", "/files/valclair.apprenance", "/voila/files/valclair.apprenance"],
    *["/voila/files/picture.png", "/voila/files/3_diagnostic.ipynb", "/voila/render/valclair.apprenance"],
    *["/voila/render/picture.png", "/voila/render/notes.py", "/voila/render/.hidden.ipynb"],
    *["/voila/render/../outside.ipynb", "/voila/render/..%2foutside.ipynb", "/voila/render/%2e%2e/outside.ipynb"],
    *["/voila/render/below/inner.ipynb", "/voila/render/below%2finner.ipynb", "/voila/render/nowhere.ipynb"],
    *["/voila/render/", "/voila/render/%00.ipynb", "/voila/render//etc/passwd", "/voila/render/3_diagnostic.ipynb/.."],
    *["/voila/render/..%2f..%2fworkspaces%2f" + ID + "%2f" + INSIDE, f"/voila/files/../workspaces/{ID}/{INSIDE}"],
    *["/notebooks/3_diagnostic.ipynb", "/nbconvert/html/3_diagnostic.ipynb", "/edit/notes.py", "/lab", "/tree"],
    *["/voila/tree", "/voila/tree/below", "/voila/tree/..", "/voila", "/voila/"],
    *["/api", "/api/contents", "/api/contents/valclair.apprenance", "/voila/api/contents", "/voila/api/contents/.."],
    *["/api/kernels", f"/api/kernels/{KERNEL}", "/api/sessions", "/api/terminals", "/terminals/1", "/api/status"],
    *["/api/kernelspecs", "/api/config/notebook", "/metrics", "/login", "/logout", "/api/shutdown", "/api/me"],
    *[
        "/voila/templates/",
        "/voila/templates/lab",
        "/voila/templates/lab/index.html.j2",
        "/voila/templates/../static/x",
    ],
    *["/voila/templates/lab/static/", "/voila/templates/%2e%2e/static/x", "/voila/templates/nowhere/static/x"],
    *[
        "/voila/templates/apprenance/conf.json",
        "/voila/static/",
        "/voila/labextensions/jupyterlab_pygments/package.json",
    ],
    *["/voila/execution/" + KERNEL, "/voila/query/" + KERNEL, "/%ff", "/favicon.ico", "/robots.txt"],
]


@dataclass
class Server:
    port: int
    process: subprocess.Popen
    log: Path

    def ask(self, path, method="GET", headers=None, timeout=60):
        """Ask for a path exactly as it is written; give status, body and headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.putrequest(method, path, skip_host=False)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.getheaders())
        finally:
            connection.close()


@contextmanager
def serve(folder, **variables):
    """Run what `apprenance apps` runs, over a folder where there is something to take."""
    if not shutil.which("jupyter-kernelspec", path=str(Path(sys.executable).parent)):
        pytest.skip("no Jupyter in this environment (the lab extra brings it)")
    tools, workspaces = folder / "tools", folder / "workspaces"
    shutil.copytree(ROOT / "notebooks" / "tools", tools)
    for path in (tools / "valclair.apprenance", tools / "picture.png", tools / "notes.py", workspaces / ID / INSIDE):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SECRET, "utf-8")
    says = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(f"print('{SECRET}')")])
    fails = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(f"raise ValueError('{SECRET}')")])
    (tools / "below").mkdir()
    for path in (folder / "outside.ipynb", tools / "below" / "inner.ipynb", tools / ".hidden.ipynb"):
        nbformat.write(says, path)
    nbformat.write(fails, tools / "fails.ipynb")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {name: str(folder / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")}
    own |= {"APPRENANCE_WORKSPACES": str(workspaces), "JUPYTER_PATH": str(ROOT / "assessment" / "share" / "jupyter")}
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command("apps", folder, port, no_browser=True),
            env={**os.environ, **own, **variables},
            cwd=folder,
            stdout=out,
            stderr=out,
        )
        try:
            server = Server(port, process, log)
            wait_up(server)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_up(server):
    end = time.monotonic() + 60
    while time.monotonic() < end and server.process.poll() is None:
        try:
            server.ask("/robots.txt")
        except OSError:
            time.sleep(0.2)  # between two knocks at the door
        else:
            return
    pytest.fail(server.log.read_text("utf-8", "replace")[-3000:])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("apps")) as running:
        yield running


def refused(status, body):
    """Whether an answer gives nothing away and shows nothing of how the server works."""
    leaks = [SECRET, "root:x:", "Traceback", "site-packages", "assessment.apps", str(ROOT), "HTTPError"]
    return status in (400, 403, 404, 405) and not [leak for leak in leaks if leak in body]


@pytest.mark.parametrize("climb", CLIMBS)
@pytest.mark.parametrize("start", STATIC)
def test_no_path_leads_out_of_what_is_served(server, start, climb):
    status, body, _ = server.ask(start + climb)
    assert refused(status, body), (status, body[:500])


@pytest.mark.parametrize("path", FILES)
def test_no_address_gives_a_file_a_listing_or_the_server_s_own_doors(server, path):
    status, body, _ = server.ask(path)
    assert refused(status, body), (status, body[:500])


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/voila/render/0_accueil.ipynb", f"/api/kernels/{KERNEL}", "/api/kernels"])
def test_nothing_can_be_written_or_started(server, method, path):
    status, body, _ = server.ask(path, method, {"Content-Length": "0"})
    assert refused(status, body), (status, body[:500])


def test_a_kernel_is_ended_by_its_own_page_only(server):
    status, body, _ = server.ask(f"/voila/api/shutdown/{KERNEL}", "POST", {"Content-Length": "0"})
    assert refused(status, body)


def test_the_server_s_address_opens_the_home_page_and_keeps_what_it_says(server):
    status, _, headers = server.ask("/?language=en")
    assert status == 302
    assert headers["Location"] == "/voila/render/0_accueil.ipynb?language=en"


def test_what_is_not_there_is_said_in_a_sentence_in_both_languages(server):
    status, body, headers = server.ask("/voila/render/nowhere.ipynb")
    assert status == 404
    assert "Il n’y a rien à cette adresse." in body
    assert "There is nothing at this address." in body
    assert headers["Content-Type"].startswith("text/html")


def test_every_answer_tells_the_browser_to_keep_to_this_server(server):
    for path in ("/", "/nowhere", "/voila/static/voila.js", "/voila/labextensions/anywidget/package.json"):
        _, _, headers = server.ask(path)
        assert headers["Referrer-Policy"] == "same-origin", path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert "default-src 'self'" in headers["Content-Security-Policy"], path


@pytest.fixture(scope="module")
def home(server):
    """The home page as it is served."""
    return server.ask("/voila/render/0_accueil.ipynb?language=en", timeout=120)


def test_a_page_comes_without_source_with_what_it_needs_and_not_more(server, home):
    status, body, headers = home
    assert status == 200
    assert "application/vnd.jupyter.widget-view+json" in body
    assert "apps.home" not in body
    assert "from assessment" not in body
    assert "no-store" in headers["Cache-Control"]
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    extensions = CLOSED["VoilaConfiguration"]["extension_allowlist"]
    entries = {entry["name"]: entry["load"] for entry in page_configuration(body)["federated_extensions"]}
    assert sorted(entries) == sorted(extensions)
    for name, load in entries.items():
        assert server.ask(posixpath.normpath(f"/voila/labextensions/{name}/{load}"))[0] == 200


def page_configuration(body):
    return json.loads(re.search(r'id="jupyter-config-data" type="application/json">(.*?)</script>', body, re.S)[1])


def test_a_page_that_was_left_ends_its_kernel(server, home):
    _, body, headers = home
    kernel = page_configuration(body)["kernelId"]
    cookie = headers["Set-Cookie"].split(";")[0]
    assert server.ask(f"/api/kernels/{kernel}")[0] == 200
    token = cookie.partition("=")[2]
    said = {"Cookie": cookie, "X-XSRFToken": token, "Content-Length": "0"}
    assert server.ask(f"/voila/api/shutdown/{kernel}", "POST", said)[0] == 204
    assert server.ask(f"/api/kernels/{kernel}")[0] == 404


def test_an_app_that_fails_says_a_sentence_and_nothing_of_the_fault(server):
    status, body, _ = server.ask("/voila/render/fails.ipynb", timeout=120)
    assert status == 200
    assert "Cette page n’a pas pu s’ouvrir" in body
    assert "This page could not be opened" in body
    for told in (SECRET, "ValueError", "Traceback", "show_tracebacks", "raise "):
        assert told not in body
    assert SECRET in server.log.read_text("utf-8")


def test_a_theme_from_the_address_is_no_markup(server):
    theme = "x%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    _, body, _ = server.ask(f"/voila/render/fails.ipynb?theme={theme}&template=../../x", timeout=120)
    assert "<script>alert(1)" not in body
    assert "Cette page n’a pas pu s’ouvrir" in body


def test_where_too_many_pages_are_open_another_is_asked_to_wait(tmp_path):
    with serve(tmp_path, APPRENANCE_PAGES="0") as full:
        status, body, _ = full.ask("/voila/render/0_accueil.ipynb")
    assert status == 503
    assert "Trop de pages sont ouvertes" in body


def test_a_plain_voila_takes_what_is_closed_as_arguments():
    from voila.app import Voila

    voila = Voila()
    voila.initialize([*closed_arguments(), str(ROOT / "notebooks" / "tools")])
    held = voila.voila_configuration
    for name, value in CLOSED["VoilaConfiguration"].items():
        assert getattr(held, name) == value, name
