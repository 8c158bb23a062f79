"""A page is about the workspace its address names; an address never leads anywhere else."""

import os
import re
import subprocess
import sys
import tempfile

import pytest

from assessment import apps
from assessment.apps import keeping
from assessment.apps.visitors import (
    Visit,
    address_of,
    file_name,
    files_in,
    found,
    free_file,
    is_demonstration,
    is_id,
    language_here,
    new_id,
    new_place,
    place_of,
    use,
    visit_of,
    workspace_here,
    workspaces_folder,
)
from assessment.apps.welcome import Home
from assessment.widgets.offers import actions_of
from assessment.widgets.tool_page import Event

VOILA = "voila/0.5.13"
HOSTILE = [
    "",
    ".",
    "..",
    "../x",
    "../../etc/passwd",
    "/etc/passwd",
    "a/../" + "b" * 27,
    "..%2f" + "a" * 27,
    "a" * 31,
    "a" * 33,
    "a" * 100_000,
    "a" * 31 + "\x00",
    "a" * 31 + "/",
    "a" * 31 + "\\",
    "a" * 31 + ".",
    "a" * 32 + "\n",
    "é" * 32,
    "١" * 32,
    "C:" + "a" * 30,
    "~" + "a" * 31,
    "$HOME" + "a" * 27,
]


def served(query):
    return {"SERVER_SOFTWARE": VOILA, "QUERY_STRING": query, "VOILA_PREHEAT": "False"}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "kept" / "workspaces"


@pytest.fixture
def kept(folder):
    id_, path = new_place(folder)
    path.write_bytes(b"x")
    return id_, path


def test_an_id_is_long_random_and_fit_for_an_address():
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", one) and is_id(one) for one in ids)


@pytest.mark.parametrize("id_", HOSTILE, ids=lambda id_: ascii(id_[:40]))
def test_a_hostile_id_is_none(id_, folder, kept):
    assert not is_id(id_)
    assert found(id_, folder) is None
    with pytest.raises(ValueError, match="no id"):
        place_of(id_, folder)
    assert workspace_here({**served(f"workspace={id_}"), "APPRENANCE_WORKSPACES": str(folder)}) is None


def test_a_workspace_is_found_by_its_id_and_by_nothing_else(folder, kept):
    id_, path = kept
    assert found(id_, folder) == path
    assert found(new_id(), folder) is None
    assert found(None, folder) is None
    environment = {**served(f"theme=dark&workspace={id_}&language=en"), "APPRENANCE_WORKSPACES": str(folder)}
    assert workspace_here(environment) == path


def test_only_the_servers_user_enters_the_folder_of_a_workspace(folder, kept):
    _, path = kept
    assert path.parent.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_is_not_followed(folder, kept, tmp_path):
    _, path = kept
    linked, other = new_id(), new_id()
    (folder / linked).symlink_to(path.parent, target_is_directory=True)
    (folder / other).mkdir()
    (folder / other / path.name).symlink_to(path)
    assert found(linked, folder) is None
    assert found(other, folder) is None


def test_a_folder_in_the_place_of_the_file_is_none(folder):
    id_, path = new_place(folder)
    path.mkdir()
    assert found(id_, folder) is None


@pytest.mark.parametrize(
    ("query", "workspace", "named"),
    [
        ("", None, False),
        ("workspace=", None, False),
        ("workspace=../x", None, True),
        ("workspace=" + "a" * 32, "a" * 32, True),
        ("workspace=" + "a" * 32 + "%00", None, True),
        ("workspace=" + "a" * 32 + "&workspace=" + "b" * 32, "b" * 32, True),
        ("workspace[]=" + "a" * 32, None, False),
        ("&".join(["a=b"] * 10_000), None, False),
        ("%ff%fe&workspace=%", None, True),
    ],
)
def test_an_address_is_read_with_caution(query, workspace, named):
    assert visit_of(served(query)) == Visit(True, workspace, None, named)


def test_a_language_is_one_of_ours():
    assert language_here(served("language=en")) == "en"
    assert language_here(served("language=de")) == "fr"


def test_outside_a_server_the_address_of_another_program_counts_for_nothing():
    assert visit_of({"QUERY_STRING": "workspace=" + "a" * 32, "SERVER_SOFTWARE": "apache"}) == Visit()


def test_a_kernel_that_was_started_ahead_of_its_visitor_sees_nobodys_files(tmp_path):
    (tmp_path / "a.apprenance").write_bytes(b"x")
    assert workspace_here({"VOILA_PREHEAT": "True"}, tmp_path) is None


def test_in_jupyterlab_it_is_the_file_of_the_folder_used_last(tmp_path):
    assert workspace_here({}, tmp_path) is None
    for name in ("b.apprenance", "a.apprenance", ".hidden.apprenance", "a.csv"):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (1, 1))
    (tmp_path / "folder.apprenance").mkdir()
    assert [path.name for path in files_in(tmp_path)] == ["a.apprenance", "b.apprenance"]
    use(tmp_path / "b.apprenance")
    assert workspace_here({}, tmp_path) == tmp_path / "b.apprenance"


def test_two_kernels_have_two_addresses(tmp_path):
    """Each notebook has a process of its own: what one is told, the other never sees."""
    code = "from assessment.apps.visitors import visit_of; print(visit_of().workspace)"
    asked = ["a" * 32, "b" * 32]
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **served(f"workspace={one}")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for one in asked
    ]
    assert told == asked
    assert visit_of() == Visit()


def test_workspaces_lie_where_the_server_was_told_or_among_the_users_own_data(tmp_path):
    assert workspaces_folder({"APPRENANCE_WORKSPACES": str(tmp_path)}) == tmp_path
    found_folder = workspaces_folder({"XDG_DATA_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)})
    assert found_folder.parts[-2:] == ("apprenance", "workspaces")


@pytest.mark.parametrize("variable", ["BINDER_SERVICE_HOST", "BINDER_REPO_URL"])
def test_binder_is_a_demonstration(variable):
    assert is_demonstration({variable: "https://mybinder.org"})
    assert not is_demonstration({variable: ""})
    assert not is_demonstration({})


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Commune de Valclair", "Commune de Valclair.apprenance"),
        ("L’Haÿ-les-Roses", "L’Haÿ-les-Roses.apprenance"),
        ("valclair.apprenance", "valclair.apprenance"),
        ("../../etc/passwd", "etc passwd.apprenance"),
        ("a\x00b\nc", "a b c.apprenance"),
        ("..", "organisation.apprenance"),
        ("", "organisation.apprenance"),
        ("x" * 500, "x" * 60 + ".apprenance"),
        ("-rf", "rf.apprenance"),
    ],
)
def test_a_files_name_is_one_that_any_folder_takes(name, file):
    assert file_name(name) == file


def test_a_new_file_takes_the_place_of_none(tmp_path):
    (tmp_path / "a.apprenance").write_bytes(b"x")
    (tmp_path / "a 2.apprenance").symlink_to(tmp_path / "nowhere")
    assert free_file(tmp_path, "a").name == "a 3.apprenance"


def test_a_link_names_workspace_and_language():
    assert address_of("4.ipynb", "a_-", "en") == "4.ipynb?workspace=a_-&language=en"
    assert address_of("4.ipynb") == "4.ipynb"


@pytest.fixture
def shared(tmp_path, monkeypatch):
    """A server whose folder of notebooks holds somebody's file; workspaces and passing files lie where we look."""
    (tmp_path / "served").mkdir()
    (tmp_path / "passing").mkdir()
    monkeypatch.chdir(tmp_path / "served")
    keeping.create(tmp_path / "served" / "consultant.apprenance", "The consultant's own")
    monkeypatch.setenv("APPRENANCE_WORKSPACES", str(tmp_path / "kept"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "passing"))
    return tmp_path


def act(home, action, name=None, content=b"", **values):
    """Play somebody who does something and waits for it."""
    home.view._callbacks[0](Event(action, values, name, content))
    home.work.wait()
    return home.view.page


def test_an_upload_is_met_by_its_visitor_alone(shared):
    one, other, third = (Home("fr", Visit(served=True)) for _ in range(3))
    keeping.create(shared / "mine.apprenance", "Pontivy")
    act(one, "bring", name="mine.apprenance", content=(shared / "mine.apprenance").read_bytes())
    act(other, "create", organisation="Quimper")
    assert one.view.page["header"]["organisation"] == "Pontivy"
    for page in (other.view.page, third.view.page, act(third, "seen")):
        assert "Pontivy" not in str(page)
        assert one.id not in str(page)
        assert "mine.apprenance" not in str(page)
    assert act(other, "leave")["screen"] == "door"
    assert "Pontivy" not in str(other.view.page)


def test_an_upload_lies_in_a_folder_only_the_servers_user_enters_and_nowhere_else(shared):
    visitor = Home("fr", Visit(served=True))
    keeping.create(shared / "mine.apprenance", "Pontivy")
    content = (shared / "mine.apprenance").read_bytes()
    act(visitor, "bring", name="mine.apprenance", content=content)
    assert visitor.path.parent.parent == shared / "kept"
    assert visitor.path.parent.stat().st_mode & 0o077 == 0
    assert list((shared / "passing").iterdir()) == [], "no copy stays among the passing files"
    assert [one.name for one in (shared / "served").iterdir()] == ["consultant.apprenance"], "nothing is served"
    act(visitor, "bring", name="x.apprenance", content=content[:5000])
    assert list((shared / "passing").iterdir()) == []


def test_a_visitor_never_meets_the_files_beside_the_notebook(shared):
    visitor = Home("fr", Visit(served=True))
    assert visitor.path is None
    assert "consultant" not in str(visitor.view.page)
    assert workspace_here(served("")) is None
    assert "open" not in offered(visitor.view.page)
    message = {"kind": "event", "number": 1, "action": "open", "values": {"file": "consultant.apprenance"}}
    visitor.view._handle_custom_msg(message, [])
    assert visitor.view.page["screen"] == "door"


def test_what_one_visitor_waits_for_is_shown_to_no_other(shared):
    one, other = (Home("fr", Visit(served=True)) for _ in range(2))
    one.view._callbacks[0](Event("example", {}))
    assert other.work.running is None
    assert "progress" not in str(act(other, "seen"))
    one.work.wait()
    assert one.view.page["screen"] == "journey"
    assert other.view.page["screen"] == "door"


def test_paper_forms_tried_out_on_a_server_are_seen_by_nobody_else(shared, monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", VOILA)
    one, other = (apps.enter_answers(form="short") for _ in range(2))
    one.session.keep("0" * 32, {"form": "D", "values": {"role": "user", "ci_01.reality": "4"}})
    assert one.session.store.path != other.session.store.path
    assert other.session.store.kept(1) is None
    assert not (shared / "served" / "saisie.csv").exists()
    assert one.session.store.path.parent.stat().st_mode & 0o077 == 0


def offered(page):
    """Name what a page lets one do."""
    return {one.get("id") for one in actions_of(page)}


def test_two_kernels_of_one_server_open_each_their_own(shared):
    """Each page has a process of its own: the address alone says which workspace it is about."""
    code = "from assessment import apps; print(apps.home().page['header']['organisation'])"
    ids = []
    for name in ("Pontivy", "Quimper"):
        id_, path = new_place(shared / "kept")
        keeping.create(path, name)
        ids.append(id_)
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **served(query)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for query in (*(f"workspace={id_}" for id_ in ids), "")
    ]
    assert told == ["Pontivy", "Quimper", "Apprenance"]
