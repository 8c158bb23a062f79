"""The door: a path or a server's address becomes an open workspace, or the reason why not."""

import os
from pathlib import Path

from assessment.workspace.files import create_file, open_file
from assessment.workspace.server import open_server, server_address
from assessment.workspace.workspace import Workspace


def open_workspace(
    address: str | Path, create: bool = False, read_only: bool = False, take_over: bool = False
) -> Workspace:
    """Open the durable file of an organisation, or its database on a shared server.

    Parameters
    ----------
    address
        A ``*.apprenance`` file, or ``postgresql://user@server/database``.
    create
        Whether a new one is made where there is none.
    read_only
        Whether it is only looked at; so is a file that is not ours to write.
    take_over
        Whether somebody said that the other machine does not write in it any more.

    Returns
    -------
    Workspace
        To be closed when done, or used in a ``with`` block. Its ``findings`` say what there is to know of where it
        lies.

    Raises
    ------
    Faults
        No such file; not a workspace, or one that holds foreign parts; of a later version; damaged; another machine
        writes in it; the server does not answer. Each says what to do.

    Notes
    -----
    What is acknowledged stays: the journal and the file are written through to the disk before a write returns. Several
    processes of one machine may have the same file open; who writes on top of something that has changed is refused
    with both versions kept.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open_workspace(Path(folder) / "valclair.apprenance", create=True) as workspace:
    ...         workspace.name, workspace.read_only
    ('valclair.apprenance', False)
    """
    if "://" in os.fspath(address):
        return open_server(server_address(str(address)), create, read_only)
    path = Path(address)
    if create and not path.exists():
        create_file(path)
    return open_file(path, read_only, take_over)
