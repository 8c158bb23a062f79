"""One Node process that answers questionnaires by the tools' own libraries, many people at a time."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


class Answering:
    """A line of JSON to Node, a line of JSON back."""

    def __init__(self):
        self.node = subprocess.Popen(
            ["node", str(HERE / "answer.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ask(self, **what):
        """Say something; what Node could not do is raised here."""
        self.node.stdin.write(json.dumps(what) + "\n")
        self.node.stdin.flush()
        told = json.loads(self.node.stdout.readline())
        assert "failed" not in told, told["failed"]
        return told

    def open(self, tool, form):
        """Open a form; a tool that complains of it is told."""
        assert self.ask(tool=tool, form=form)["errors"] == []


@pytest.fixture(scope="session")
def answering(missing):
    """Install the libraries once (`npm ci`), then give the process."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            missing(program)
    installed = HERE / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < (HERE / "package-lock.json").stat().st_mtime:
        told = subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund"], cwd=HERE, capture_output=True, text=True, check=False
        )
        if told.returncode:
            missing(f"npm ci, which said: {told.stderr[-500:]}")
    own = Answering()
    yield own
    own.node.stdin.close()
    own.node.wait(timeout=30)
