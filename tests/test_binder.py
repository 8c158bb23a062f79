"""Binder opens the checkout: what its builder would do, done here without Docker.

The steps are those of the Dockerfile that repo2docker prints. They run as a user without rights, in an empty home,
in an environment that holds what Binder's images hold, under the Python that the image would have.
"""

import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from importlib.resources import files
from pathlib import Path

import pytest
import uv

from assessment.apps.serving import EXTENSIONS

ROOT = Path(__file__).resolve().parents[1]
TOOLS = sorted((ROOT / "notebooks" / "tools").glob("*.ipynb"))
BASE_URL = "/user/somebody/"
PASSED_ON = re.compile(  # how this machine reaches a package index; not how much pip says
    r"PIP_(CERT|CONFIG_FILE|DEFAULT_TIMEOUT|(EXTRA_)?INDEX_URL|FIND_LINKS|TRUSTED_HOST)$"
    r"|SSL_|REQUESTS_CA_BUNDLE|.*_proxy$",
    re.I,
)
IN_EVERY_IMAGE = {
    "ipywidgets": "ipywidgets",
    "jupyter-offlinenotebook": "jupyter-offlinenotebook",
    "jupyter-resource-usage": "jupyter-resource-usage",
    "jupyter_server": "jupyter_server",
    "jupyterhub-base": "jupyterhub",
    "jupyterlab": "jupyterlab",
    "notebook": "notebook",
}

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(sys.platform != "linux", reason="Binder's images are Linux"),
]


class Image:
    """A stand-in for the image: a copy of the checkout, a home, an environment, a user without rights."""

    def __init__(self, folder):
        self.folder = folder
        self.checkout, self.home, self.venv = folder / "checkout", folder / "home", folder / "venv"
        self.user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        for path in (self.checkout, self.home):
            path.mkdir()

    def settings(self):
        """Keyword arguments of a process in the image."""
        passed_on = {name: value for name, value in os.environ.items() if PASSED_ON.match(name)}
        own = {"HOME": str(self.home), "PATH": f"{self.venv}/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
        own["KERNEL_PYTHON_PREFIX"] = own["NB_PYTHON_PREFIX"] = str(self.venv)
        own["BINDER_SERVICE_HOST"] = "127.0.0.1"
        own["LD_LIBRARY_PATH"] = str(self.folder / "python" / "lib")  # of the interpreter, where it is a copy
        settings = {"cwd": self.checkout, "env": {**passed_on, **own}, "stdin": subprocess.DEVNULL, "text": True}
        if os.getuid() == 0:
            settings |= {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        return settings

    def run(self, *command, timeout=300):
        told = subprocess.run(
            list(map(str, command)),
            **self.settings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout,
            check=False,
        )
        assert told.returncode == 0, told.stdout[-4000:]
        return told.stdout

    def hand_over(self):
        """Give everything to the user without rights, as the image does."""
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", str(self.user.pw_uid), str(self.folder)], check=True)


@pytest.fixture(scope="module")
def image(checkout):
    folder = Path(tempfile.mkdtemp(prefix="binder-"))
    folder.chmod(0o755)
    image = Image(folder)
    checkout(image.checkout)
    yield image
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def dockerfile(image, missing):
    """What repo2docker would build, with what it says about it."""
    program = Path(sys.executable).with_name("jupyter-repo2docker")
    if not program.exists():
        missing("jupyter-repo2docker")
    command = [program, "--no-build", "--debug", image.checkout]
    told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return told.stdout + told.stderr


@pytest.fixture(scope="module")
def python_version(dockerfile):
    return re.search(r"conda environment for python=(\S+)", dockerfile).group(1)


@pytest.fixture(scope="module")
def install_steps(dockerfile):
    """The commands that the image runs after the checkout is in it."""
    after = dockerfile.split("COPY --chown=0:0 src/ ${REPO_DIR}/", 1)[1]
    return re.findall(r"^RUN (.*)$", after, re.M)


@pytest.fixture(scope="module")
def installed(image, python_version, install_steps, find_python, missing):
    """The image with everything installed as Binder would."""
    python = find_python(python_version) or missing(f"Python {python_version}")
    python = readable(python, image)
    image.hand_over()
    image.run(python, "-m", "venv", image.venv)
    base = [uv.find_uv_bin(), "pip", "install", "--quiet", "--python", image.venv, *what_images_hold(python_version)]
    subprocess.run(
        list(map(str, base)), env=image.settings()["env"] | {"HOME": os.environ["HOME"]}, check=True, timeout=300
    )
    image.hand_over()
    for step in install_steps:
        image.run("bash", "-euo", "pipefail", "-c", step, timeout=600)
    return image


def readable(python, image):
    """Copy an interpreter that lies where the user without rights may not go."""
    try:
        image.run(python, "-c", "")
    except PermissionError:
        prefix = python.resolve().parents[1]
        left_out = shutil.ignore_patterns("test", "__pycache__", "site-packages", "share", "*.a")
        shutil.copytree(prefix, image.folder / "python", ignore=left_out, symlinks=True)
        return image.folder / "python" / "bin" / python.name
    return python


def what_images_hold(python_version):
    """Read from repo2docker which Jupyter programs its image holds, in which version."""
    lock = files("repo2docker.buildpacks.conda") / f"environment.py-{python_version}-linux-64.lock"
    held = dict(re.findall(r"/([\w-]+)-([\d.]+)-[^/\s]+\.conda", lock.read_text("utf-8")))
    return [f"{name}=={held[conda_name]}" for conda_name, name in IN_EVERY_IMAGE.items()]


@pytest.fixture(scope="module")
def server(installed):
    """JupyterLab below an address of its own, as on a hub."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", f"--ServerApp.base_url={BASE_URL}"]
    options += ["--IdentityProvider.token=", "--ServerApp.password="]
    with (installed.folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            [str(installed.venv / "bin" / "jupyter-lab"), *options], **installed.settings(), stdout=log, stderr=log
        )
        try:
            yield f"http://127.0.0.1:{port}{BASE_URL}"
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def get(address, patience):
    """Ask for a page until the server is up; any answer ends the waiting."""
    end = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(address, timeout=patience) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


def test_the_image_has_the_python_we_ask_for(python_version):
    asked = (ROOT / "binder" / "runtime.txt").read_text("utf-8").strip()
    assert asked == f"python-{python_version}"


def test_the_image_installs_the_checkout_and_says_what_is_closed(install_steps):
    install, _, close = install_steps
    assert install.endswith('pip install --no-cache-dir -r "binder/requirements.txt"')
    assert close == "./binder/postBuild"


def test_what_is_installed_fits_together(installed):
    assert "No broken requirements" in installed.run("pip", "check")


def test_the_demonstration_runs(installed):
    installed.run("apprenance", "demo", "--output", installed.home / "demo")
    assert any((installed.home / "demo").iterdir())


@pytest.mark.parametrize("notebook", TOOLS, ids=lambda path: path.stem)
def test_a_tool_runs(installed, notebook):
    installed.run("jupyter", "execute", "--timeout=120", f"notebooks/tools/{notebook.name}")


def test_jupyterlab_opens_below_the_address_of_a_hub(server):
    status, page = get(f"{server}lab/tree/notebooks", patience=60)
    assert status == 200
    assert BASE_URL in page


HOME = "voila/render/notebooks/tools/0_accueil.ipynb"


@pytest.fixture(scope="module")
def home(server):
    """The page a Binder link opens."""
    status, page = get(f"{server}{HOME}", patience=120)
    assert status == 200
    return page


def test_the_home_page_opens_as_an_app_and_says_that_it_is_a_demonstration(home):
    assert "widget-view+json" in home
    assert "n’y mettez que des données d’essai" in home


def test_the_home_page_shows_no_source_and_loads_no_more_than_it_needs(home):
    assert "apps.home" not in home
    told = json.loads(re.search(r'id="jupyter-config-data" type="application/json">(.*?)</script>', home, re.S)[1])
    assert sorted(entry["name"] for entry in told["federated_extensions"]) == sorted(EXTENSIONS)


def test_the_readme_names_the_address_of_the_home_page():
    assert f"`{HOME}`" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("path", ["docs/profile.png", "README.md", "notebooks/tools/3_diagnostic.ipynb", "../x", ""])
def test_the_pages_give_no_file(server, path):
    status, _ = get(f"{server}voila/files/{path}", patience=60)
    assert status in (403, 404)


def test_the_home_page_leads_to_a_tool(server, chromium):
    get(f"{server}{HOME}", patience=120)  # the server may still be starting
    page = chromium.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{server}{HOME}", wait_until="commit")
    page.get_by_role("button", name="Ouvrir l’exemple").click()
    page.get_by_role("link", name="Ouvrir, La carte des acteurs").click()
    page.wait_for_url("**/4_carte_des_acteurs.ipynb?**")
    page.wait_for_function("() => Boolean(document.querySelector('.ap-map')?.dataset.revision)")
    assert page.get_by_text("n’y mettez que des données d’essai").is_visible()
    page.close()


@pytest.mark.parametrize("notebook", TOOLS, ids=lambda path: path.stem)
def test_a_tool_opens_as_a_web_page(server, notebook):
    status, page = get(f"{server}voila/render/notebooks/tools/{notebook.name}", patience=120)
    assert status == 200
    assert "Traceback" not in page
    assert "There was an error when executing cell" not in page
    assert "widget-view+json" in page
