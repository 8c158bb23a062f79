"""Nothing acknowledged is lost: processes killed at random moments, a full disk, a folder that cannot be written."""

import os
import random
import resource
import secrets
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager, suppress

import pytest

from assessment.faults import Faults
from assessment.workspace import (
    MapStore,
    Response,
    Stale,
    add_campaign,
    add_framework,
    check_workspace,
    open_collection,
    open_workspace,
    receive,
    responses_of,
    save_copy,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="NOT TESTED HERE: processes that are killed need fork")

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def made(path, tmp_path, filled):
    """A workspace with a campaign that is being collected; its path, and the collection."""
    source = tmp_path / "short.toml"
    source.write_text(filled.FRAMEWORK, "utf-8")
    with open_workspace(path, create=True) as workspace:
        add_campaign(workspace, "c", "C", add_framework(workspace, source))
        return path, open_collection(workspace, "c", ["a_01", "a_02"])


@contextmanager
def child(work):
    """A process of its own that does `work(tell)` until it is killed; gives its id and the file of what it told."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        try:
            work(lambda *words: os.write(write, (" ".join(map(str, words)) + "\n").encode()))
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        try:
            yield pid, told
        finally:
            os.waitpid(pid, 0)


def busy(path, collection, map_id, filled, tell):
    """Draw a map and receive answers, as fast as it goes; say what was acknowledged."""
    with open_workspace(path) as workspace:
        store = MapStore(workspace, map_id)
        store.load()
        while True:
            revision = store.save(filled.drawing(secrets.token_hex(random.randrange(1, 9000))), 0)
            tell("map", revision)
            one = Response(secrets.token_hex(16), {"a_01": 3, "a_02": 255}, {"wave": "1"}, texts={"q": "x" * 500})
            receive(workspace, collection, one)
            tell("response", one.id)


def kill_and_check(made, filled, chance, kept):
    path, collection = made
    with (
        child(lambda tell: busy(path, collection, "one", filled, tell)) as (one, told_by_one),
        child(lambda tell: busy(path, collection, "two", filled, tell)) as (two, told_by_two),
    ):
        first = told_by_one.readline() if chance.random() < 0.75 else ""  # else it may still be opening
        time.sleep(chance.uniform(0.001, 0.1))
        os.kill(one, signal.SIGKILL)
        time.sleep(chance.uniform(0, 0.02))
        os.kill(two, signal.SIGKILL)
        told = {"one": [first, *told_by_one], "two": list(told_by_two)}
    with open_workspace(path) as workspace:
        for map_id, lines in told.items():
            store = MapStore(workspace, map_id)
            store.load()
            last = max((int(line.split()[1]) for line in lines if line.startswith("map ")), default=0)
            kept[map_id] = max(kept.get(map_id, 0), last)
            assert store.revision >= kept[map_id]
            kept["responses"] |= {line.split()[1] for line in lines if line.startswith("response ")}
        assert ids(workspace) >= kept["responses"]
        assert check_workspace(workspace) == ()


def ids(workspace):
    with workspace.reading() as connection:
        return {row[0] for row in connection.exec_driver_sql("SELECT response FROM responses")}


def test_a_process_killed_at_any_moment_loses_nothing_it_acknowledged(made, filled):
    kept = {"responses": set()}
    for n in range(5):
        kill_and_check(made, filled, random.Random(n), kept)
    assert kept["responses"]


@pytest.mark.thorough
def test_two_hundred_kills(made, filled):
    kept = {"responses": set()}
    for n in range(200):
        kill_and_check(made, filled, random.Random(1000 + n), kept)
    assert len(kept["responses"]) > 200
    with open_workspace(made[0]) as workspace:
        assert len(responses_of(workspace, "c")) >= len(kept["responses"])


@pytest.mark.thorough
def test_clients_of_a_server_killed_at_any_moment(database, tmp_path, filled):
    source = tmp_path / "short.toml"
    source.write_text(filled.FRAMEWORK, "utf-8")
    with open_workspace(database, create=True) as workspace:
        add_campaign(workspace, "c", "C", add_framework(workspace, source))
        collection = open_collection(workspace, "c", ["a_01", "a_02"])
    kept = {"responses": set()}
    for n in range(40):
        kill_and_check((database, collection), filled, random.Random(3000 + n), kept)
    assert kept["responses"]


def test_two_processes_at_the_same_map_lose_no_version(made, filled):
    """Each saves until it is refused, then loads and goes on; all that was acknowledged or refused is somewhere."""
    path, _ = made

    def draw(name, tell):
        with open_workspace(path) as workspace:
            store = MapStore(workspace, "common")
            store.load()
            for n in range(15):
                try:
                    store.save(filled.drawing(f"{name} {n}"))
                    tell("saved", n)
                except Stale as stale:
                    tell("refused", n, stale.kept)
                    store.load()

    with child(lambda tell: draw("a", tell)) as (_, by_a), child(lambda tell: draw("b", tell)) as (_, by_b):
        told = [*by_a.read().splitlines(), *by_b.read().splitlines()]
    assert len(told) == 30
    with open_workspace(path) as workspace:
        store = MapStore(workspace, "common")
        store.load()
        assert store.revision == sum(line.startswith("saved") for line in told)
        for line in told:
            if line.startswith("refused"):
                assert store.at(line.split()[2])["variables"][0]["label"].endswith(f" {line.split()[1]}")


@pytest.fixture
def small_disk(tmp_path, missing):
    """A disk of its own, of 600 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not ROOT or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", folder], check=False).returncode:
        missing("a small disk (needs root and the right to mount)")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_loses_nothing_and_the_next_save_works_once_there_is_room(small_disk, filled):
    path = small_disk / "a.apprenance"
    ballast = small_disk / "ballast"
    with open_workspace(path, create=True) as workspace:
        store = MapStore(workspace, "eau")
        store.save(filled.drawing("first"))
        ballast.write_bytes(bytes(250_000))
        document, told = fill_up(store, filled)
        assert told == "workspace_full"
        assert MapStore(workspace, "eau").load() == document
        ballast.unlink()
        store.save(filled.drawing("after"))
        assert check_workspace(workspace) == ()
    with open_workspace(path) as workspace:
        assert MapStore(workspace, "eau").load() == filled.drawing("after")


def fill_up(store, filled):
    """Save larger and larger maps until there is no room; give the last that was acknowledged, and the refusal."""
    document = None
    for n in range(1, 400):
        larger = filled.drawing(*[secrets.token_hex(5000)] * n)
        try:
            store.save(larger)
        except Faults as faults:
            return document, faults.faults[0].code
        document = larger
    return document, None


def test_a_new_workspace_on_a_full_disk_leaves_nothing_half_made(small_disk):
    ballast = small_disk / "ballast"
    with suppress(OSError):
        ballast.write_bytes(bytes(600_000))
    with pytest.raises(Faults) as told:
        open_workspace(small_disk / "a.apprenance", create=True)
    assert told.value.faults[0].code == "file_unwritable"
    assert [one.name for one in small_disk.iterdir()] == ["ballast"]


def test_a_file_that_may_not_grow_loses_nothing(path, filled):
    """The same without a disk of its own: the system refuses to let any file grow beyond a size."""

    def work(tell):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with open_workspace(path, create=True) as workspace:
            store = MapStore(workspace, "eau")
            store.save(filled.drawing("first"))
            resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
            document, code = fill_up(store, filled)
            tell(len(document["variables"]), code)

    with child(work) as (_, told):
        count, code = told.read().split()
    assert code in ("workspace_full", "workspace_unreachable")
    with open_workspace(path) as workspace:
        assert len(MapStore(workspace, "eau").load()["variables"]) == int(count)
        assert check_workspace(workspace) == ()


@pytest.fixture
def read_only_folder(tmp_path, missing):
    """Give a function that makes a folder one that nobody can write to."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    if ROOT and subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=False).returncode:
        missing("a folder that root cannot write to (needs the right to mount)")

    def lock():
        if ROOT:
            subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        else:
            folder.chmod(0o500)

    yield folder, lock
    if ROOT:
        subprocess.run(["umount", "-l", folder], check=True)
    else:
        folder.chmod(0o700)


@pytest.mark.parametrize("journal", ["closed", "open"])
def test_in_a_folder_that_cannot_be_written_a_workspace_is_read(read_only_folder, filled, tmp_path, journal, refused):
    folder, lock = read_only_folder
    path = folder / "a.apprenance"
    if journal == "closed":
        with open_workspace(path, create=True) as workspace:
            MapStore(workspace, "eau").save(filled.drawing("x"))
    else:  # somebody was killed: the journal lies beside the file
        with open_workspace(tmp_path / "a.apprenance", create=True) as workspace:
            MapStore(workspace, "eau").save(filled.drawing("x"))
            for one in tmp_path.glob("a.apprenance*"):
                shutil.copyfile(one, folder / one.name)
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    lock()
    with open_workspace(path) as workspace:
        assert workspace.read_only
        assert [finding.code for finding in workspace.findings] == ["workspace_read_only_here"]
        assert MapStore(workspace, "eau").load() == filled.drawing("x")
        with refused("workspace_read_only"):
            MapStore(workspace, "eau").save(filled.drawing("y"))
        assert check_workspace(workspace) == ()
        copy = save_copy(workspace, tmp_path / "copy.apprenance")
        with refused("workspace_read_only"):
            MapStore(workspace, "eau").save(filled.drawing("y"))
    with open_workspace(copy) as workspace:  # as the message says: work in a copy of one's own
        MapStore(workspace, "new").save(filled.drawing("y"))
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before
    with refused("file_unwritable"):
        open_workspace(folder / "new.apprenance", create=True)
