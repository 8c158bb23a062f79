"""A workspace of any version ever released opens; before it changes, the old file is kept beside."""

import shutil
from pathlib import Path

import pytest

from assessment.framework import load_framework
from assessment.workspace import (
    MapStore,
    SettingsStore,
    check_workspace,
    count_tokens,
    files,
    framework_of,
    list_campaigns,
    list_maps,
    migrations,
    open_workspace,
    recognising,
    released_tables,
    responses_of,
    server,
    verbatims_of,
)
from assessment.workspace import about as about_module
from assessment.workspace.schema import VERSION

GOLDEN = Path(__file__).parent / "golden"


def test_there_is_a_golden_file_of_every_version():
    assert [one.name for one in sorted(GOLDEN.glob("*.apprenance"))] == [
        f"version-{version}.apprenance" for version in range(1, VERSION + 1)
    ]


@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("*.apprenance")), ids=lambda path: path.stem)
def test_a_file_of_an_earlier_release_says_what_it_said(golden, tmp_path, filled):
    """What `filled.fill` put into it when it was made; the file is never made again."""
    path = shutil.copy(golden, tmp_path / "old.apprenance")
    with open_workspace(path) as workspace:
        assert check_workspace(workspace) == ()
        assert [(one["id"], one["variables"]) for one in list_maps(workspace)] == [(f"map {n}", 3) for n in range(3)]
        store = MapStore(workspace, "map 1")
        assert store.load() == filled.drawing("Confiance", "Eau", "Temps" * 50)
        assert [(one["label"], store.at(one["id"])) for one in store.snapshots()] == [
            ("First", filled.drawing("Confiance", "Eau"))
        ]
        (campaign,) = list_campaigns(workspace)
        assert (campaign.id, campaign.name, campaign.waves) == ("c", "Campaign", {"": 40})
        source = tmp_path / "short.toml"
        source.write_text(filled.FRAMEWORK, "utf-8")
        assert framework_of(workspace, "c") == load_framework(source)
        answers = responses_of(workspace, "c").set_index("respondent").sort_index()
        assert answers[["unit", "a_01", "a_02"]].values.tolist() == [
            ["AB"[n % 2], 1 + n % 5, 1 + n % 4] for n in range(40)
        ]
        assert verbatims_of(workspace, "c")["text"].tolist() == ["What I think of it."] * 40
        assert count_tokens(workspace, "c").values.tolist() == [["", "A", "", 10, 0]]
        assert released_tables(workspace, "c")["groups"]["n"].tolist() == [20, 20]
        assert SettingsStore(workspace).release().min_group == 11
        store.save(filled.drawing("goes on"))


@pytest.fixture
def later(monkeypatch):
    """A kit of the next version, whose migration leaves a trace."""

    def trace(connection):
        connection.execute(about_module.ABOUT.insert(), about_module.row("traced", "yes"))

    for module in (files, migrations, recognising, server):
        monkeypatch.setattr(module, "VERSION", VERSION + 1)
    monkeypatch.setattr(migrations, "MIGRATIONS", {VERSION: trace})


def told(workspace):
    with workspace.reading() as connection:
        return about_module.about(connection)


@pytest.fixture
def old(path, full):
    path.write_bytes(full)
    return path


def test_an_older_file_is_migrated_and_kept_beside(old, tmp_path, request, filled):
    request.getfixturevalue("later")
    with open_workspace(old) as workspace:
        assert (told(workspace)["traced"], told(workspace)["version"]) == ("yes", str(VERSION + 1))
        assert len(responses_of(workspace, "c")) == 40
    kept = tmp_path / f"{old.stem} (version {VERSION}).apprenance"
    assert kept.exists()
    open_workspace(old).close()  # a second time: nothing to do
    assert sorted(one.name for one in tmp_path.glob("*.apprenance")) == sorted([old.name, kept.name])
    request.getfixturevalue("monkeypatch").undo()
    with open_workspace(kept) as workspace:
        assert "traced" not in told(workspace)
    with pytest.raises(Exception, match="workspace_newer"):
        open_workspace(old)


def test_an_older_file_that_is_only_looked_at_stays_as_it_is(old, tmp_path, later):
    content = old.read_bytes()
    with open_workspace(old, read_only=True) as workspace:
        assert told(workspace)["traced"] == "yes"
    assert old.read_bytes() == content
    assert [one.name for one in tmp_path.glob("*.apprenance")] == [old.name]


def test_a_migration_that_fails_changes_nothing(old, later, monkeypatch):
    def fail(connection):
        connection.execute(about_module.ABOUT.delete())
        raise RuntimeError("half way")

    monkeypatch.setattr(migrations, "MIGRATIONS", {VERSION: fail})
    with pytest.raises(RuntimeError):
        open_workspace(old)
    monkeypatch.undo()
    with open_workspace(old) as workspace:
        assert check_workspace(workspace) == ()
        assert told(workspace)["version"] == str(VERSION)


def test_a_server_is_migrated(database, request):
    open_workspace(database, create=True).close()
    request.getfixturevalue("later")
    with open_workspace(database) as workspace:
        assert (told(workspace)["traced"], told(workspace)["version"]) == ("yes", str(VERSION + 1))
    request.getfixturevalue("monkeypatch").undo()
    with pytest.raises(Exception, match="workspace_newer"):
        open_workspace(database)
