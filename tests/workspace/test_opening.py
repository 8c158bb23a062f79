"""A workspace opens, or says why not; nothing is written into what is not one."""

import os
import sqlite3
import struct
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

import assessment
from assessment.faults import Faults
from assessment.workspace import MapStore, check_workspace, open_workspace
from assessment.workspace import clock as clock_module
from assessment.workspace import files as files_module
from assessment.workspace import machine as machine_module
from assessment.workspace import server as server_module
from assessment.workspace.places import file_system, is_conflict, marked, synchronised
from assessment.workspace.schema import APPLICATION, OPENED, VERSION
from assessment.workspace.seals import sealed
from assessment.workspace.server import server_address

MAP = {"format": "apprenance-map", "version": 1, "variables": [{"id": "v", "label": "Confiance"}]}


@pytest.fixture
def made(path):
    with open_workspace(path, create=True) as workspace:
        MapStore(workspace, "eau").save(MAP, 1)
    return path


def mode_of(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA journal_mode").fetchone()[0]


def test_a_file_says_what_it_is(made):
    header = made.read_bytes()[:100]
    assert struct.unpack_from(">I", header, 68)[0] == APPLICATION
    assert struct.unpack_from(">I", header, 60)[0] == VERSION
    assert [one.name for one in made.parent.iterdir()] == [made.name]  # no journal stays behind


def test_the_package_names_the_door():
    assert assessment.open_workspace is open_workspace


def test_nothing_is_made_where_nobody_asked(path, refused):
    with refused("file_missing"):
        open_workspace(path)
    assert not path.exists()


def test_a_database_without_a_workspace_is_said_to_have_none(database, refused):
    with refused("workspace_absent"):
        open_workspace(database)


@pytest.mark.parametrize(
    "content",
    [
        b"a;b\n1;2\n",
        b"\x89PNG" + bytes(500),
        b"PK\x03\x04" + bytes(500),
        bytes(4096),
        b"SQLite format 3\x00",
        b"\xff" * 99,
    ],
    ids=["csv", "png", "zip", "zeros", "start", "short"],
)
def test_another_file_is_refused_and_left_as_it_is(path, refused, content):
    path.write_bytes(content)
    with refused("workspace_foreign"):
        open_workspace(path, create=True)
    assert path.read_bytes() == content
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_an_empty_file_and_a_folder_are_refused(path, refused):
    path.touch()
    with refused("file_empty"):
        open_workspace(path)
    path.unlink()
    path.mkdir()
    with refused("file_is_folder"):
        open_workspace(path)


def test_a_database_of_another_program_is_refused(path, refused):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
    with refused("workspace_foreign"):
        open_workspace(path)


def test_a_later_version_is_refused_and_left_as_it_is(made, refused):
    with closing(sqlite3.connect(made)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        connection.execute("PRAGMA journal_mode = delete")
    content = made.read_bytes()
    with refused("workspace_newer"):
        open_workspace(made)
    assert made.read_bytes() == content


@pytest.mark.parametrize("address", ["mysql://a:secret@b/c", "http://x", "sqlite:///a.db", "postgresql", "://"])
def test_an_address_that_is_none_is_refused_without_its_password(address):
    with pytest.raises(Faults) as told:
        server_address(address)
    assert told.value.faults[0].code == "workspace_address_unknown"
    assert "secret" not in str(told.value)


def test_a_server_that_does_not_answer_is_said_not_to_without_the_password():
    with pytest.raises(Faults) as told:
        open_workspace("postgresql://ana:secret@127.0.0.1:1/valclair")
    (fault,) = told.value.faults
    assert fault.code == "workspace_unreachable"
    assert "secret" not in str(fault)


def test_a_name_with_every_kind_of_sign_opens(tmp_path):
    path = tmp_path / "Été %41 ?mode=memory#x & “œuvre” 🌊.apprenance"
    with open_workspace(path, create=True) as workspace:
        MapStore(workspace, "eau").save(MAP, 1)
    with open_workspace(path) as workspace:
        assert MapStore(workspace, "eau").load() == MAP


def test_the_file_is_found_again_whatever_folder_one_is_in_and_by_a_link(made, tmp_path, monkeypatch):
    link = tmp_path / "links" / "valclair link.apprenance"
    link.parent.mkdir()
    link.symlink_to(made)
    monkeypatch.chdir(made.parent)
    with open_workspace(made.name) as workspace, open_workspace(link) as other:
        monkeypatch.chdir(link.parent)
        MapStore(workspace, "a").save(MAP, 1)
        assert MapStore(other, "a").load() == MAP
    assert [one.name for one in link.parent.iterdir()] == [link.name]


def test_a_database_of_something_else_is_refused(database, refused):
    engine = create_engine(server_address(database))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE about (a TEXT)")
    engine.dispose()
    for create in (False, True):
        with refused("workspace_foreign"):
            open_workspace(database, create=create)


def test_a_workspace_can_be_only_looked_at(made, refused):
    content = made.read_bytes()
    with open_workspace(made, read_only=True) as workspace:
        assert MapStore(workspace, "eau").load() == MAP
        with refused("workspace_read_only"):
            MapStore(workspace, "eau").save(MAP, 9)
    assert made.read_bytes() == content
    assert [one.name for one in made.parent.iterdir()] == [made.name]


def test_one_on_a_server_can_be_only_looked_at(database, refused):
    open_workspace(database, create=True).close()
    with open_workspace(database, read_only=True) as workspace, refused("workspace_read_only"):
        MapStore(workspace, "eau").save(MAP, 9)


def test_one_who_looks_sees_what_another_writes(made):
    with open_workspace(made) as writer, open_workspace(made, read_only=True) as reader:
        MapStore(writer, "eau2").save(MAP, 1)
        assert MapStore(reader, "eau2").load() == MAP


def test_another_writer_makes_one_wait_then_is_told(made, refused, monkeypatch):
    monkeypatch.setattr(files_module, "PATIENCE", 0.1)
    with open_workspace(made) as workspace, closing(sqlite3.connect(made, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with refused("workspace_busy"):
            MapStore(workspace, "new").save(MAP, 1)
        assert MapStore(workspace, "eau").load() == MAP  # reading goes on
        other.execute("ROLLBACK")
        assert MapStore(workspace, "new").save(MAP, 1) == 1


def test_another_writer_on_a_server_makes_one_wait_then_is_told(database, refused, monkeypatch):
    monkeypatch.setattr(server_module, "PATIENCE", "100ms")
    with open_workspace(database, create=True) as workspace, open_workspace(database) as other:
        with other.writing(), refused("workspace_busy"):
            MapStore(workspace, "new").save(MAP, 1)
        assert MapStore(workspace, "new").save(MAP, 1) == 1


def test_a_connection_to_a_server_that_was_lost_is_made_again(database):
    with open_workspace(database, create=True) as workspace, open_workspace(database) as other:
        MapStore(workspace, "eau").save(MAP, 1)
        with other.writing() as connection:
            others = "pid <> pg_backend_pid() AND datname = current_database()"
            connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
        assert MapStore(workspace, "eau").load() == MAP


def test_a_write_during_which_the_server_was_lost_is_not_acknowledged(database, refused):
    with open_workspace(database, create=True) as workspace:
        with refused("workspace_unreachable"), workspace.writing() as connection:
            connection.execute(
                OPENED.insert(), sealed(OPENED, dict.fromkeys(("machine", "name", "since", "seen"), "x"))
            )
            connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        with workspace.reading() as connection:
            assert connection.execute(OPENED.select()).fetchall() == []


def test_the_file_alone_holds_what_was_acknowledged(made, tmp_path):
    """Somebody copies the file while it is open, and forgets the journal."""
    with open_workspace(made) as workspace:
        assert mode_of(made) == "wal"
        MapStore(workspace, "late").save(MAP, 1)
        (tmp_path / "copied.apprenance").write_bytes(made.read_bytes())
    with open_workspace(tmp_path / "copied.apprenance") as copy:
        assert MapStore(copy, "late").load() == MAP


def test_what_was_written_is_written_through(made):
    with open_workspace(made) as workspace, workspace.reading() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "trusted_schema")
        }
        assert told == {"synchronous": 3, "trusted_schema": 0}


@pytest.fixture
def elsewhere(monkeypatch):
    """Give a context-free switch: work as another machine."""

    def become(name):
        monkeypatch.setattr(machine_module, "machine", lambda: name)
        monkeypatch.setattr(machine_module.platform, "node", lambda: name)

    return become


def test_a_workspace_another_machine_writes_in_is_refused_by_name(made, elsewhere):
    elsewhere("PC-Mairie")
    theirs = open_workspace(made)
    MapStore(theirs, "eau").load()
    MapStore(theirs, "autre").save(MAP, 1)
    elsewhere("Portable")
    with pytest.raises(Faults) as told:
        open_workspace(made)
    (fault,) = told.value.faults
    assert (fault.code, fault.values["machine"]) == ("workspace_elsewhere", "PC-Mairie")
    with open_workspace(made, read_only=True) as workspace:
        assert MapStore(workspace, "eau").load() == MAP
    elsewhere("PC-Mairie")
    theirs.close()
    elsewhere("Portable")
    open_workspace(made).close()


def test_who_was_taken_over_is_told_at_the_next_write(made, elsewhere, refused):
    elsewhere("PC-Mairie")
    theirs = open_workspace(made)
    store = MapStore(theirs, "autre")
    store.save(MAP, 1)
    elsewhere("Portable")
    mine = open_workspace(made, take_over=True)
    elsewhere("PC-Mairie")
    with refused("workspace_elsewhere"):
        store.save(MAP | {"name": "X"}, 2)
    elsewhere("Portable")
    MapStore(mine, "autre2").save(MAP, 1)
    mine.close(), theirs.close()


def test_a_machine_that_went_without_a_word_gives_way(made, elsewhere, monkeypatch):
    elsewhere("PC-Mairie")
    theirs = open_workspace(made)
    MapStore(theirs, "autre").save(MAP, 1)
    elsewhere("Portable")
    true = clock_module.now()
    monkeypatch.setattr(machine_module, "now", lambda: true + timedelta(minutes=11))
    with open_workspace(made) as workspace:
        MapStore(workspace, "mine").save(MAP, 1)
    theirs.close()


def test_several_processes_of_one_machine_share_a_workspace(made):
    with open_workspace(made) as one, open_workspace(made) as other:
        MapStore(one, "a").save(MAP, 1)
        MapStore(other, "b").save(MAP, 1)
        assert MapStore(one, "b").load() == MapStore(other, "a").load() == MAP


def test_in_a_synchronised_folder_a_workspace_is_one_file(tmp_path):
    folder = tmp_path / "OneDrive - Valclair"
    folder.mkdir()
    path = folder / "valclair.apprenance"
    (folder / "valclair-PC-Mairie's conflicted copy.apprenance").touch()
    with open_workspace(path, create=True) as workspace:
        told = {finding.code: finding.values["value"] for finding in workspace.findings}
        assert told == {
            "workspace_synchronised": "OneDrive - Valclair",
            "workspace_in_conflict": "valclair-PC-Mairie's conflicted copy.apprenance",
        }
        MapStore(workspace, "eau").save(MAP, 1)
        assert sum(one.name.startswith("valclair.") for one in folder.iterdir()) == 1
    assert mode_of(path) == "delete"


def test_a_workspace_moved_into_such_a_folder_and_back_changes_its_journal(made, tmp_path):
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    moved = made.rename(folder / made.name)
    with open_workspace(moved) as workspace:
        assert MapStore(workspace, "eau").load() == MAP
    assert mode_of(moved) == "delete"
    back = moved.rename(made)
    open_workspace(back).close()
    assert mode_of(back) == "wal"


@pytest.mark.parametrize(
    ("path", "by"),
    [
        ("/data/OneDrive/a.apprenance", "OneDrive"),
        ("/data/Nextcloud2/dossier/a.apprenance", "Nextcloud2"),
        ("/data/Library/Mobile Documents/com~apple~CloudDocs/a.apprenance", "Mobile Documents"),
        ("/data/Documents/onedrive.apprenance", None),
        ("/data/Documents/a.apprenance", None),
    ],
)
def test_folders_that_are_synchronised_are_known_by_name(path, by, monkeypatch):
    from assessment.workspace import places

    monkeypatch.setattr(places, "network", lambda path: None)
    assert synchronised(Path(path)) == by


def test_folders_that_are_synchronised_are_known_by_what_lies_in_them(tmp_path):
    (tmp_path / "docs" / "deep").mkdir(parents=True)
    (tmp_path / "docs" / ".stfolder").mkdir()
    assert marked(tmp_path / "docs" / "deep" / "a.apprenance") == "docs"
    assert marked(tmp_path / "a.apprenance") is None


def test_the_kind_of_the_file_system_is_that_of_the_nearest_mount():
    table = "/dev/sda1 / ext4 rw 0 0\n//srv/x /mnt/Partage\\040commun cifs rw 0 0\n/dev/sdb /mnt/disk ext4 rw 0 0\n"
    assert file_system(Path("/mnt/Partage commun/x/a.apprenance"), table) == "cifs"
    assert file_system(Path("/mnt/disk/a.apprenance"), table) == "ext4"
    assert file_system(Path("/home/a.apprenance"), table) == "ext4"
    assert file_system(Path("/home/a.apprenance"), "") == ""


@pytest.mark.parametrize(
    ("ending", "found"),
    [
        ("-PC-Mairie", False),
        (" (conflicted copy 2026-11-22 120000)", True),
        (" (copie en conflit de ana 2026-11-22)", True),
        (".sync-conflict-20261122-120000-ABC", True),
        (" (2)", False),
    ],
)
def test_copies_in_conflict_are_known_by_their_names(ending, found):
    assert is_conflict(f"{ending}.apprenance") is found


@pytest.mark.parametrize(
    "name", ["trigger", "view", "virtual", "generated", "check", "table", "column", "index", "missing"]
)
def test_a_file_with_foreign_parts_is_refused_and_nothing_in_it_is_run(made, refused, name):
    foreign = {
        "trigger": "CREATE TRIGGER t AFTER INSERT ON about BEGIN DELETE FROM documents; END",
        "view": "DROP TABLE documents; CREATE VIEW documents AS SELECT load_extension('x') AS kind",
        "virtual": "CREATE VIRTUAL TABLE v USING fts5(a)",
        "generated": "ALTER TABLE about ADD COLUMN g TEXT AS (upper(value))",
        "check": "CREATE TABLE c (a TEXT CHECK (length(a) > randomblob(9)))",
        "table": "CREATE TABLE t (a TEXT)",
        "column": "ALTER TABLE about ADD COLUMN more TEXT",
        "index": "CREATE INDEX i ON documents (upper(content)) WHERE abs(revision) = 1",
        "missing": "DROP TABLE tokens",
    }
    with closing(sqlite3.connect(made)) as connection:
        connection.executescript(foreign[name])
        connection.execute("PRAGMA journal_mode = delete")
    content = made.read_bytes()
    with refused("workspace_foreign_parts"):
        open_workspace(made)
    assert made.read_bytes() == content


def test_an_index_of_ours_by_name_only_is_refused(made, refused):
    with closing(sqlite3.connect(made)) as connection:
        connection.executescript("DROP INDEX respondent_once; CREATE INDEX respondent_once ON about (upper(value))")
    with refused("workspace_foreign_parts"):
        open_workspace(made)


def test_text_that_is_none_and_values_of_another_kind_are_damage(made):
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("UPDATE documents SET content = CAST(x'ff' AS TEXT)")
        connection.commit()
    with open_workspace(made) as workspace:
        assert [fault.code for fault in check_workspace(workspace)] == ["workspace_damaged"]


@pytest.mark.parametrize("how", ["replaced", "moved", "removed"])
def test_nothing_is_written_into_a_file_that_is_not_there_any_more(made, refused, how):
    """A program that synchronises puts another file in the place of ours; somebody tidies up."""
    workspace = open_workspace(made)
    store = MapStore(workspace, "eau")
    store.load()
    if how == "replaced":
        other = made.with_name("other")
        other.write_bytes(made.read_bytes())
        other.replace(made)
    elif how == "moved":
        made.rename(made.with_name("elsewhere.apprenance"))
    else:
        made.unlink()
    for act in (store.load, lambda: store.save(MAP | {"name": "lost?"})):
        with refused("workspace_moved"):
            act()
    workspace.close()


def test_a_closed_workspace_leaves_no_connection_behind(made):
    workspace = open_workspace(made)
    MapStore(workspace, "eau").load()
    workspace.close()
    workspace.close()
    assert not any(str(made) in os.readlink(one) for one in handles())


def handles():
    folder = Path("/proc/self/fd")
    return [one for one in folder.iterdir() if one.is_symlink()] if folder.exists() else []
