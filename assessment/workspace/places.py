"""Where a workspace lies: on a disk of this machine, or in a folder that other machines write too."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

CLOUDS = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "my drive",
    "mon drive",
    "mobile documents",
    "icloud",
    "nextcloud",
    "owncloud",
    "kdrive",
    "pcloud",
    "seafile",
    "syncthing",
    "resilio",
    "box sync",
    "mega",
)
"""How folders are called that a program copies to other machines, or how their names begin."""

MARKS = (
    ".dropbox",
    ".dropbox.cache",
    ".stfolder",
    ".owncloudsync.log",
    ".nextcloudsync.log",
    ".sync.ffs_db",
    ".tmp.drivedownload",
    ".seafile-data",
)
"""Files and folders such a program leaves at the top of what it copies."""

NETWORKS = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afs",
    "afpfs",
    "davfs",
    "webdav",
    "ceph",
    "gluster",
    "fuse.",
    "virtiofs",
    "vboxsf",
    "vmhgfs",
    "prl_fs",
    "drvfs",
)
"""How the kinds of file systems begin that lie on another machine."""

IN_CONFLICT = ("conflict", "conflit", "en conflit", "-conflict-")
"""What these programs write into the name of a second file when two machines changed the first."""

REMOTE_DRIVE = 4
"""What Windows calls a drive of another machine (GetDriveTypeW)."""


def synchronised(path: Path) -> str | None:
    """Say by what a file is copied to or shared with other machines; None where nothing shows that it is.

    Parameters
    ----------
    path
        The file; it need not exist.

    Returns
    -------
    str or None
        The name of the folder or of the kind of file system.

    Notes
    -----
    A shared memory beside the file (SQLite's WAL) does not work between machines, and a program that copies the file
    and its journal one after the other can copy two states. There a workspace keeps to one file and a short-lived
    journal.

    References
    ----------
    SQLite, "Write-Ahead Logging", section 1; "How To Corrupt An SQLite Database File", section 2.

    Examples
    --------
    >>> synchronised(Path("/data/OneDrive - Valclair/a.apprenance"))
    'OneDrive - Valclair'
    """
    absolute = Path(os.path.abspath(path))
    return next((name for name in (cloud(absolute), marked(absolute), network(absolute)) if name), None)


def cloud(path: Path) -> str | None:
    """Name the folder above that is called like one that is synchronised."""
    return next((part for part in path.parts[:-1] if part.casefold().startswith(CLOUDS)), None)


def marked(path: Path) -> str | None:
    """Name the folder above in which a program that synchronises has left its mark."""
    return next((above.name for above in path.parents if any((above / mark).exists() for mark in MARKS)), None)


def network(path: Path) -> str | None:
    """Name the kind of file system, or the drive, when it lies on another machine."""
    if sys.platform == "win32":
        return remote_drive(path)
    if sys.platform == "darwin":  # the disks of this machine are there as well: the slower way is right for them too
        return "/Volumes" if path.parts[1:2] == ("Volumes",) else None
    kind = file_system(path, mounts())
    return kind if kind.startswith(NETWORKS) else None


def remote_drive(path: Path) -> str | None:
    """Name a drive of Windows that is another machine's."""
    import ctypes  # there on Windows only with what is asked of it

    if path.drive.startswith("\\\\"):
        return path.drive
    return path.drive if ctypes.windll.kernel32.GetDriveTypeW(path.drive + "\\") == REMOTE_DRIVE else None


def mounts() -> str:
    """Read what is mounted where, as Linux tells it."""
    try:
        return Path("/proc/self/mounts").read_text("utf-8", "replace")
    except OSError:
        return ""


def file_system(path: Path, table: str) -> str:
    r"""Give the kind of the file system a path lies on, by the longest mount point above it.

    Examples
    --------
    >>> file_system(Path("/data/a.apprenance"), "/dev/sda / ext4 rw 0 0\nsrv:/data /data nfs4 rw 0 0\n")
    'nfs4'
    """
    found = {point: kind for point, kind in mount_points(table) if point == "/" or path.is_relative_to(point)}
    return found[max(found, key=len)] if found else ""


def mount_points(table: str) -> Iterator[tuple[str, str]]:
    r"""Give mount points and kinds; a space is written ``\040`` there."""
    for line in table.splitlines():
        fields = line.split()
        if len(fields) > 2:
            yield fields[1].replace("\\040", " "), fields[2]


def conflicts(path: Path) -> list[str]:
    """Name the files beside a workspace that are its copies in conflict.

    Parameters
    ----------
    path
        The workspace.
    """
    try:
        beside = sorted(one.name for one in path.parent.iterdir() if one.suffix == path.suffix and one != path)
    except OSError:
        return []
    return [name for name in beside if name.startswith(path.stem) and is_conflict(name[len(path.stem) :])]


def is_conflict(ending: str) -> bool:
    """Say whether what follows a name is what such a program adds."""
    return any(sign in ending.casefold() for sign in IN_CONFLICT)
