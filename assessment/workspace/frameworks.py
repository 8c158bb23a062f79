"""The instruments of a workspace, each version as the file it was: scores can be computed again years later."""

import tomllib
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, insert, select

from assessment.faults import Fault, Faults
from assessment.framework import Framework, load_framework
from assessment.framework.loading import bundled_or_file, framework_from
from assessment.workspace.packing import damaged
from assessment.workspace.schema import FRAMEWORKS
from assessment.workspace.seals import only, sealed
from assessment.workspace.workspace import Workspace


def add_framework(workspace: Workspace, source: str | Path) -> Framework:
    """Keep an instrument, as its file is.

    Parameters
    ----------
    workspace
        An open workspace.
    source
        A file, or the id of a bundled framework.

    Raises
    ------
    Faults
        All that is wrong with the file; ``framework_changed`` when the workspace has another file of the same id and
        version: answers already given were given to that one.
    """
    framework, text = load_framework(source), text_of(source)
    with workspace.writing() as connection:
        kept = framework_text(connection, framework.id, framework.version)
        if kept is None:
            row = {"framework": framework.id, "version": framework.version, "content": text}
            connection.execute(insert(FRAMEWORKS), sealed(FRAMEWORKS, row))
        elif kept != text:
            values = {"value": framework.id, "version": framework.version}
            raise Faults([Fault("framework_changed", {"file": workspace.name}, values)])
    return framework


def text_of(source: str | Path) -> str:
    """Read a framework's file as it is, its line ends apart."""
    return bundled_or_file(source).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def framework_text(connection: Connection, id_: str, version: str) -> str | None:
    """Give the file of an instrument; None where it is not kept."""
    chosen = select(FRAMEWORKS).where(FRAMEWORKS.c.framework == id_, FRAMEWORKS.c.version == version)
    found = only(FRAMEWORKS, connection.execute(chosen))
    return None if found is None else found.content


def kept_framework(workspace: Workspace, id_: str, version: str) -> Framework:
    """Load an instrument from its file in the workspace, checked like any other file.

    Raises
    ------
    Faults
        ``workspace_damaged`` where it is not there; all that is wrong with it.
    """
    with workspace.reading() as connection:
        text = framework_text(connection, id_, version)
    if text is None:
        raise damaged("frameworks", f"{id_} {version}")
    return framework_in(text, workspace.name)


@lru_cache(maxsize=8)
def framework_in(text: str, name: str) -> Framework:
    """Read an instrument; the same text is read once."""
    try:
        return framework_from(tomllib.loads(text), name)
    except (ValueError, RecursionError) as error:
        if isinstance(error, Faults):
            raise
        raise damaged("frameworks", "toml") from error
