"""Files are written whole or not at all, and never over another by accident."""

import os
import tempfile
from pathlib import Path

from assessment.faults import Fault, Faults


def save(path: str | Path, content: str | bytes, force: bool = False) -> Path:
    r"""Write a file at once: a reader sees the old file or the new one, nothing between.

    Parameters
    ----------
    path
        The file.
    content
        What to write; a text as UTF-8, with its own line ends.
    force
        Whether a file of this name may be replaced.

    Raises
    ------
    Faults
        ``file_exists`` without `force`; ``file_unwritable`` with the system's reason.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(Path(folder) / "a.txt", "é\n").read_bytes()
    b'\xc3\xa9\n'
    """
    path = Path(path)
    check_free(path, force=force)
    try:
        write_beside(path, content.encode("utf-8") if isinstance(content, str) else content, force)
    except FileExistsError:
        raise Faults([Fault("file_exists", {"file": path.name})]) from None
    except OSError as error:
        raise Faults([Fault("file_unwritable", {"file": path.name}, {"reason": error.strerror or error})]) from error
    return path


def check_free(*paths: Path, force: bool) -> None:
    """Refuse to write where a file stands, unless that is asked for: before any work is done for it.

    Raises
    ------
    Faults
        ``file_exists``, of the first that stands there.
    """
    taken = next((path for path in paths if not force and path.exists()), None)
    if taken is not None:
        raise Faults([Fault("file_exists", {"file": taken.name})])


def write_beside(path: Path, content: bytes, force: bool) -> None:
    """Write into a file of the same folder, then give it the name."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:60]}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~current_umask())
        if force:
            os.replace(name, path)
        else:
            claim(name, path)
        flush_folder(path.parent)
    finally:
        Path(name).unlink(missing_ok=True)


def claim(name: str, path: Path) -> None:
    """Give a name that nobody has taken in the meantime."""
    try:
        os.link(name, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        os.replace(name, path)


def flush_folder(folder: Path) -> None:
    """Write a folder through to the disk: the name of a new file is there after a power cut, too."""
    if os.name == "nt":  # Windows writes names through by itself, and opens no folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # a file system that cannot: it keeps its own promise
        pass
    finally:
        os.close(handle)


def current_umask() -> int:
    """Read the mask of permissions (it can only be read by setting it)."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
