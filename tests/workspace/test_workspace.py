"""A transaction is kept or undone as a whole, what is done within it included; who only looked waits for nobody."""

import threading

import pytest

from assessment.workspace import (
    SettingsStore,
    add_campaign,
    add_framework,
    files,
    list_campaigns,
    open_workspace,
)

FRAMEWORK = "collectivite-apprenante"


class Stopped(Exception):
    """Somebody pressed Stop."""


def begin(workspace):
    add_campaign(workspace, "c", "Diagnostic", add_framework(workspace, FRAMEWORK))


def begin_and_stop(workspace):
    with workspace.writing():
        begin(workspace)
        raise Stopped


def test_what_is_written_within_a_transaction_is_kept_with_it(workspace):
    with workspace.writing():
        begin(workspace)
        SettingsStore(workspace).save({"min_group": 12})
        assert [one.id for one in list_campaigns(workspace)] == ["c"], "what it has done is seen within it"
    assert [one.id for one in list_campaigns(workspace)] == ["c"]
    assert SettingsStore(workspace).load() == {"min_group": 12}


def test_what_is_written_within_a_transaction_is_undone_with_it(workspace):
    with pytest.raises(Stopped):
        begin_and_stop(workspace)
    assert list_campaigns(workspace) == []
    begin(workspace)
    assert [one.id for one in list_campaigns(workspace)] == ["c"], "the next one is a transaction of its own"


def test_a_part_that_fails_is_undone_and_the_rest_kept(workspace):
    with workspace.writing():
        SettingsStore(workspace).save({"min_group": 12})
        with pytest.raises(Stopped):
            begin_and_stop(workspace)
    assert list_campaigns(workspace) == []
    assert SettingsStore(workspace).load() == {"min_group": 12}


def test_another_thread_is_no_part_of_a_transaction(workspace):
    seen = []
    with workspace.writing():
        begin(workspace)
        looking = threading.Thread(target=lambda: seen.append(list_campaigns(workspace)))
        looking.start()
        looking.join()
    assert seen == [[]]


def test_who_only_looked_leaves_without_waiting_for_who_writes(path, monkeypatch):
    monkeypatch.setattr(files, "PATIENCE", 60.0)
    open_workspace(path, create=True).close()
    begun, left, in_time = threading.Event(), threading.Event(), []

    def write():
        with open_workspace(path) as workspace, workspace.writing():
            begun.set()
            in_time.append(left.wait(20))

    with open_workspace(path) as other:  # an app beside it, by which the mark of this machine stands
        SettingsStore(other).save({"min_group": 12})
        writer = threading.Thread(target=write)
        writer.start()
        assert begun.wait(20)
        open_workspace(path).close()
        left.set()
        writer.join()
    assert in_time == [True]
