"""A workspace to test on: a file, and a database of a real PostgreSQL server, by the same fixture."""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from assessment.faults import Faults
from assessment.workspace import open_workspace
from assessment.workspace.server import server_address


@pytest.fixture
def path(tmp_path):
    return tmp_path / "valclair.apprenance"


@pytest.fixture(params=["file", "server"])
def address(request, path):
    """An address where there is no workspace yet."""
    return path if request.param == "file" else request.getfixturevalue("database")


@pytest.fixture
def workspace(address):
    """An empty workspace."""
    with open_workspace(address, create=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def server(missing):
    """The address of an empty PostgreSQL server of our own, without its database's name."""
    found = shutil.which("initdb") or next(
        iter(sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")))), None
    )
    if found is None:
        missing("PostgreSQL (apt-get install postgresql)")
    programs, user = Path(found).parent, "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    with tempfile.TemporaryDirectory(prefix="apprenance-pg-") as folder:
        if user:
            shutil.chown(folder, user)
        port = free_port()
        run = {"user": user, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        initdb = [programs / "initdb", "-D", f"{folder}/data", "-U", "apprenance", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*initdb, "--locale=C", "--no-sync"], check=True, timeout=120, **run)
        options = ["-c", "fsync=off", "-c", f"unix_socket_directories={folder}", "-h", "127.0.0.1", "-p", str(port)]
        process = subprocess.Popen([programs / "postgres", "-D", f"{folder}/data", *options], **run)
        try:
            yield ready(f"postgresql://apprenance@127.0.0.1:{port}", process)
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing in it is to be kept
            process.wait(timeout=30)


def ready(address, process):
    for _ in range(300):
        assert process.poll() is None, "PostgreSQL did not start"
        try:
            open_workspace(f"{address}/postgres").close()
        except Faults as faults:
            if faults.faults[0].code == "workspace_absent":
                return address
        time.sleep(0.1)
    raise TimeoutError(address)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def database(server):
    """The address of an empty database; what a test leaves in it is swept out."""
    address = f"{server}/postgres"
    yield address
    engine = create_engine(server_address(address), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()


@pytest.fixture
def refused():
    """Give a context that expects faults and says their codes."""
    return Refused


class Refused:
    def __init__(self, *codes):
        self.codes = codes

    def __enter__(self):
        self.raises = pytest.raises(Faults)
        self.told = self.raises.__enter__()
        return self

    def __exit__(self, *error):
        done = self.raises.__exit__(*error)
        assert tuple(fault.code for fault in self.told.value.faults) == self.codes
        return done


@pytest.fixture(scope="session")
def full(filled, tmp_path_factory):
    """The bytes of a workspace that has something of everything."""
    folder = tmp_path_factory.mktemp("full")
    return filled.fill(folder / "full.apprenance", folder).read_bytes()


@pytest.fixture(scope="session")
def filled():
    """The module that fills a workspace with something of everything."""
    specification = importlib.util.spec_from_file_location("filled", Path(__file__).with_name("filled.py"))
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module
