"""``apprenance lab`` and ``apprenance apps``: the notebooks, copied where one works and opened."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from assessment.apps.notebooks import copy_notebooks
from assessment.cli.messages import note
from assessment.texts import word


def run(program: str, language: str, directory: Path, port: int | None, no_browser: bool) -> None:
    """Copy the notebooks that are not there yet and serve them until stopped."""
    needed = {"lab": "jupyterlab", "apps": "voila"}[program]
    if find_spec(needed) is None or find_spec("anywidget") is None:
        raise click.UsageError(word("commands.extra_needed", language), click.get_current_context())
    copied = copy_notebooks(directory)
    note(word("commands.copied" if copied else "commands.kept", language, folder=str(directory), count=len(copied)))
    finished = subprocess.run(command(program, directory, port, no_browser), check=False)
    if finished.returncode not in (0, 130, -2):
        raise click.exceptions.Exit(finished.returncode)


def command(program: str, directory: Path, port: int | None, no_browser: bool) -> list[str]:
    """Give the server's command line."""
    shared = [f"--port={port}"] if port else []
    if program == "lab":
        shared += ["--no-browser"] if no_browser else []
        return [sys.executable, "-m", "jupyterlab", str(directory), *shared]
    shared += ["--no-browser"] if no_browser else []
    return [sys.executable, "-m", "assessment.apps.page_server", str(directory / "tools"), *shared]
