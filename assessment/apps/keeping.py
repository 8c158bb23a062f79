"""Workspaces made, brought and taken along: each new one gets a place of its own, nothing is ever written over."""

from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from assessment.apps.contents import ORGANISATION, TEXTS, sheet_id
from assessment.apps.map_editor import ACTORS
from assessment.apps.visitors import place_of
from assessment.example import example_reading, load_example
from assessment.example.generator import FRAMEWORK
from assessment.faults import Fault, Faults
from assessment.progress import Progress, Steps
from assessment.workspace import (
    MapStore,
    PracticeStore,
    SettingsStore,
    UnitsStore,
    Workspace,
    add_campaign,
    add_framework,
    add_responses,
    check_workspace,
    drop_wave,
    last_campaign,
    open_wave,
    open_workspace,
    receive_copy,
    workspace_bytes,
)
from assessment.workspace.files import create_file

EXAMPLE_CAMPAIGN = "diagnostic"


def create(path: Path, organisation: str) -> None:
    """Make an empty workspace of an organisation.

    Raises
    ------
    Faults
        Why it could not be made; then there is none.
    """
    create_file(path)
    with undone(path), open_workspace(path) as workspace:
        name_organisation(workspace, organisation)


def name_organisation(workspace: Workspace, organisation: str) -> None:
    """Note the organisation's name beside the other settings."""
    store = SettingsStore(workspace)
    store.save({**(store.load() or {}), ORGANISATION: organisation})


def rename(path: Path, organisation: str) -> None:
    """Give the organisation of a workspace another name."""
    with open_workspace(path) as workspace:
        name_organisation(workspace, organisation)


def bring(content: bytes, name: str, path: Path, progress: Progress | None = None) -> None:
    """Put a workspace that somebody brings in its place, once all of it has been looked through.

    Parameters
    ----------
    content
        The file's bytes.
    name
        What the file was called, for messages.
    path
        Where it goes; nothing lies there.
    progress
        Called with (done, total); an exception raised in it stops the work, and nothing is kept of the file.

    Raises
    ------
    Faults
        What is wrong with the file; then nothing is kept of it.
    """
    with called(name):
        receive_copy(content, path)
        with undone(path), open_workspace(path, read_only=True) as workspace:
            wrong = check_workspace(workspace, progress)
            if wrong:
                raise Faults(wrong)


def put_example(path: Path, organisation: str, campaign: str, progress: Progress | None = None) -> None:
    """Make a workspace of the example commune: two waves of answers, its units, its map of actors, its texts read.

    Parameters
    ----------
    path
        Where it goes; nothing lies there.
    organisation, campaign
        What the commune and its campaign are called.
    progress
        Called with (done, total); an exception raised in it stops the work, and nothing is kept.
    """
    step = Steps(progress, 4)
    example = step(load_example())
    source = example.paths["responses"].name
    create_file(path)
    with undone(path), open_workspace(path) as workspace:
        name_organisation(workspace, organisation)
        step(add_framework(workspace, FRAMEWORK))
        add_campaign(workspace, EXAMPLE_CAMPAIGN, campaign, example.framework)
        step(add_responses(workspace, EXAMPLE_CAMPAIGN, example.responses, example.verbatims, source))
        UnitsStore(workspace, EXAMPLE_CAMPAIGN).keep(example.units)
        PracticeStore(workspace, sheet_id(TEXTS, EXAMPLE_CAMPAIGN)).save(example_reading())
        step(MapStore(workspace, ACTORS).save(example.map))


def make(path: Path, is_alone: bool, fill: Callable[[Path], None]) -> None:
    """Make a workspace in its place; where it cannot be brought to its end, its own folder goes, too.

    Parameters
    ----------
    path
        Where it goes; nothing lies there.
    is_alone
        Whether the folder is the workspace's own.
    fill
        Makes the file.
    """
    try:
        fill(path)
    except BaseException:
        if is_alone:
            with suppress(OSError):
                path.parent.rmdir()
        raise


def discard(path: Path, is_alone: bool) -> None:
    """Take away a workspace that was made for somebody who does not want it any more."""
    for beside in (path, *path.parent.glob(f"{path.name}-*")):
        beside.unlink(missing_ok=True)
    if is_alone:
        with suppress(OSError):
            path.parent.rmdir()


def begin_wave(path: Path, wave: str) -> None:
    """Open a further wave of the campaign begun last."""
    with open_workspace(path) as workspace:
        open_wave(workspace, last_campaign(workspace), wave)


def take_back_wave(path: Path, wave: str) -> None:
    """Take away a wave of the campaign begun last, as long as nobody has answered it."""
    with open_workspace(path) as workspace:
        drop_wave(workspace, last_campaign(workspace), wave)


def take_along(path: Path) -> bytes:
    """Give a whole copy of a workspace, of one moment, while others may write in it."""
    with open_workspace(path) as workspace:
        return workspace_bytes(workspace)


def erase(path: Path) -> bytes:
    """Take a workspace away from its own folder on a server; give the copy that `receive_copy` would put back."""
    content = take_along(path)
    for beside in (path, *path.parent.glob(f"{path.name}-*")):
        beside.unlink(missing_ok=True)
    with suppress(OSError):  # whoever still has it open may leave a journal, of nothing
        path.parent.rmdir()
    return content


def bring_back(id_: str, content: bytes, folder: Path) -> Path:
    """Put back what was erased, where it was."""
    path = place_of(id_, folder)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    return receive_copy(content, path)


@contextmanager
def undone(path: Path):
    """Take away what we have made at a place, if it cannot be brought to its end."""
    try:
        yield
    except BaseException:
        for beside in (path, *path.parent.glob(f"{path.name}-*")):
            with suppress(OSError):
                beside.unlink()
        raise


@contextmanager
def called(name: str):
    """Tell faults of a file by the name people know it by."""
    try:
        yield
    except Faults as faults:
        raise Faults([known_as(fault, name) for fault in faults.faults]) from None


def known_as(fault: Fault, name: str) -> Fault:
    """Give a fault with another name of its file.

    Examples
    --------
    >>> known_as(Fault("workspace_foreign", {"file": "organisation.apprenance"}), "photo.jpg").place
    {'file': 'photo.jpg'}
    """
    return replace(fault, place={**fault.place, "file": name})
