"""A copy is a workspace, of one moment, whole or not there; a file goes to a server and comes back the same."""

import io
import os
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select

from assessment.workspace import (
    MapStore,
    add_responses,
    check_workspace,
    open_workspace,
    pour,
    receive_copy,
    save_copy,
    workspace_bytes,
)
from assessment.workspace.schema import OPENED


@pytest.fixture
def made(path, full):
    path.write_bytes(full)
    return path


def test_a_copy_holds_everything_and_no_mark_of_a_machine(made, tmp_path, filled):
    with open_workspace(made) as workspace:
        MapStore(workspace, "late").save(filled.drawing("late"))
        copy = save_copy(workspace, tmp_path / "copy.apprenance")
        with open_workspace(copy, read_only=True) as other:
            assert filled.everything(other) == filled.everything(workspace)
            with other.reading() as connection:
                assert connection.execute(select(OPENED)).fetchall() == []
            assert check_workspace(other) == ()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy.apprenance", made.name]


def test_a_copy_replaces_nothing_unless_it_is_said(made, tmp_path, refused):
    taken = tmp_path / "copy.apprenance"
    taken.write_text("mine")
    with open_workspace(made) as workspace:
        with refused("file_exists"):
            save_copy(workspace, taken)
        assert taken.read_text() == "mine"
        save_copy(workspace, taken, force=True)
    open_workspace(taken).close()


def test_a_copy_to_a_place_that_is_none_leaves_nothing(made, tmp_path, refused):
    with open_workspace(made) as workspace, refused("file_unwritable"):
        save_copy(workspace, tmp_path / "absent" / "copy.apprenance")


def test_what_was_downloaded_can_be_uploaded(made, tmp_path, filled):
    with open_workspace(made) as workspace:
        content, told = workspace_bytes(workspace), filled.everything(workspace)
    path = receive_copy(content, tmp_path / "uploaded.apprenance")
    with open_workspace(path) as workspace:
        assert filled.everything(workspace) == told
        MapStore(workspace, "more").save(filled.drawing("x"))


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "file_empty"), (b"no workspace" * 50, "workspace_foreign"), (None, "workspace_foreign_parts")],
)
def test_what_is_no_workspace_is_not_taken_in(made, tmp_path, refused, content, code):
    kept = made.read_bytes()
    if content is None:
        with closing(sqlite3.connect(tmp_path / "evil")) as connection:
            connection.deserialize(kept[:18] + b"\x01\x01" + kept[20:])
            connection.execute("CREATE TRIGGER t AFTER INSERT ON about BEGIN DELETE FROM documents; END")
            content = connection.serialize()
        os.remove(tmp_path / "evil") if (tmp_path / "evil").exists() else None
    with refused(code):
        receive_copy(content, made, force=True)
    assert made.read_bytes() == kept


def test_an_open_workspace_is_not_replaced_for_its_journal_would_spoil_the_new_one(made, tmp_path, full, refused):
    with open_workspace(made) as workspace:
        copy = save_copy(workspace, tmp_path / "copy.apprenance")
        MapStore(workspace, "late").save({"format": "apprenance-map", "version": 1})
        with refused("workspace_open"):
            receive_copy(full, made, force=True)
        with open_workspace(copy) as other, refused("workspace_open"):
            save_copy(other, made, force=True)
        assert MapStore(workspace, "late").load() is not None
    receive_copy(full, made, force=True)
    with open_workspace(made) as workspace:
        assert MapStore(workspace, "late").load() is None
        assert check_workspace(workspace) == ()


def test_a_copy_taken_while_others_write_is_of_one_moment(made, tmp_path, filled):
    with open_workspace(made) as workspace, open_workspace(made) as other:
        store = MapStore(other, "busy")
        for n in range(5):
            store.save(filled.drawing(str(n)))
            with open_workspace(save_copy(workspace, tmp_path / f"{n}.apprenance"), read_only=True) as copy:
                assert MapStore(copy, "busy").load() == filled.drawing(str(n))


def test_a_file_goes_to_a_server_and_comes_back_the_same(made, database, tmp_path, filled):
    with open_workspace(made) as workspace, open_workspace(database, create=True) as server:
        told = filled.everything(workspace)
        pour(workspace, server)
        assert filled.everything(server) == told
        assert check_workspace(server) == ()
        with open_workspace(save_copy(server, tmp_path / "back.apprenance")) as back:
            assert filled.everything(back) == told


def test_a_pour_that_fails_changes_nothing(made, database, filled, refused):
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("UPDATE verbatims SET text = 'other'")
        connection.commit()
    with open_workspace(made) as workspace, open_workspace(database, create=True) as server:
        MapStore(server, "eau").save(filled.drawing("kept"))
        with refused("workspace_damaged"):
            pour(workspace, server)
        assert MapStore(server, "eau").load() == filled.drawing("kept")


def test_the_answers_of_a_copy_can_go_on_being_collected(made, tmp_path, filled):
    from assessment.responses import load_responses
    from assessment.workspace import framework_of

    with open_workspace(made) as workspace:
        copy = save_copy(workspace, tmp_path / "copy.apprenance")
    with open_workspace(copy) as workspace:
        more = load_responses(io.BytesIO(b"respondent;a_01\nnew;3\nr00;1\n"), framework_of(workspace, "c"))
        assert add_responses(workspace, "c", more).kept == 1
