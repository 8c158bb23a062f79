"""The home page: a workspace is made, brought, taken along, erased and brought back; the journey is what is in it."""

import sqlite3
import struct
import threading

import pytest

from assessment import apps
from assessment.apps import keeping, welcome
from assessment.apps.contents import Contents, look_into
from assessment.apps.home_page import write_home
from assessment.apps.journey import PATHS, TOOLS, on_path, states
from assessment.apps.notebooks import notebooks_folder
from assessment.apps.visitors import Visit, found
from assessment.apps.welcome import Home
from assessment.apps.whereabouts import Standing
from assessment.faults import Faults
from assessment.texts.words import dictionary
from assessment.widgets.blocks import document_faults
from assessment.widgets.offers import actions_of
from assessment.widgets.tool_page import Event
from assessment.workspace import MapStore, check_workspace, measure_campaign, open_workspace, workspace_bytes
from assessment.workspace.schema import APPLICATION

NAME = "Commune de Saint-Rémy"
BINDER = ("BINDER_SERVICE_HOST", "BINDER_REPO_URL", "BINDER_LAUNCH_HOST")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Keep the workspaces of visitors in a folder of the test."""
    for variable in BINDER:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("APPRENANCE_WORKSPACES", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def visitor():
    """Give a page that is served to a visitor."""
    return Home("fr", Visit(served=True))


@pytest.fixture
def consultant(tmp_path):
    """Give a page beside files in a folder."""
    (tmp_path / "notebooks").mkdir()
    return Home("fr", Visit(), folder=tmp_path / "notebooks")


def do(home, action, name=None, content=b"", **values):
    """Play somebody who does something, as the widget lets it through; give the page that answers."""
    home.view._callbacks[0](Event(action, values, name, content))
    home.work.wait()
    return home.view.page


def press(home, action, **values):
    """Play a browser: what the page does not offer is not done."""
    home.view._handle_custom_msg({"kind": "event", "number": 1, "action": action, "values": values}, [])
    home.work.wait()
    return home.view.page


def block(page, id_):
    return next((one for one in page["blocks"] if one.get("id") == id_), None)


def offered(page):
    return {one["id"] for one in actions_of(page) if one.get("id")}


def links(page):
    return [one["href"] for one in actions_of(page) if one.get("href")]


def content_of(path):
    with open_workspace(path) as workspace:
        return workspace_bytes(workspace)


def test_a_visitor_finds_a_door_and_nobody_elses_file(visitor, folder):
    page = visitor.view.page
    assert page["screen"] == "door"
    assert offered(page) == {"create", "example"}
    assert not folder.exists(), "nothing is made before it is asked for"


def test_a_workspace_is_made_under_an_id_nobody_can_guess(visitor, folder):
    page = press(visitor, "create", organisation=f"  {NAME} ")
    assert page["screen"] == "journey"
    assert page["header"]["organisation"] == NAME
    assert page["address"]["workspace"] == visitor.id
    assert found(visitor.id, folder) == visitor.path
    assert look_into(visitor.path).organisation == NAME


def test_a_name_of_nothing_makes_nothing(visitor, folder):
    assert press(visitor, "create", organisation="  ")["screen"] == "door"
    assert not folder.exists()


def test_the_address_opens_the_same_workspace_again_and_only_that(visitor):
    press(visitor, "create", organisation=NAME)
    again = Home("fr", Visit(True, visitor.id, named=True))
    assert again.view.page["header"]["organisation"] == NAME
    other = Home("fr", Visit(True, None))
    assert other.view.page["screen"] == "door"


@pytest.mark.parametrize("id_", [None, "a" * 32])
def test_an_address_that_names_none_of_ours_is_told(id_):
    page = Home("fr", Visit(True, id_, named=True)).view.page
    assert page["screen"] == "door"
    assert block(page, "told")["tone"] == "warning"


def test_two_visitors_never_meet(folder):
    one, other = Home("fr", Visit(served=True)), Home("fr", Visit(served=True))
    press(one, "create", organisation="Une")
    press(other, "create", organisation="Autre")
    assert one.path != other.path
    assert one.id != other.id
    assert one.view.page["header"]["organisation"] == "Une"
    assert press(other, "open", file=one.path.name)["header"]["organisation"] == "Autre", "no file is offered to open"


def test_the_example_is_whole(visitor):
    page = press(visitor, "example")
    held = look_into(visitor.path)
    assert held.responses > 400
    assert held.waves == ["2025", "2026"]
    assert held.on_map("actors") > 20
    assert page["title"] == "Votre parcours"
    with open_workspace(visitor.path) as workspace:
        assert check_workspace(workspace) == ()


def test_what_is_taken_along_is_brought_elsewhere_with_the_same_content(visitor, monkeypatch):
    press(visitor, "example")
    given = []
    monkeypatch.setattr(visitor.view, "send_file", lambda *file: given.append(file))
    press(visitor, "download")
    name, content, _ = given[0]
    assert name == "Commune de Valclair exemple fictif.apprenance"
    elsewhere = Home("fr", Visit(served=True))
    page = do(elsewhere, "bring", name=name, content=content)
    assert page["screen"] == "journey"
    assert block(page, "told")["title"] == "Votre fichier est ouvert"
    assert elsewhere.path != visitor.path
    assert look_into(elsewhere.path) == look_into(visitor.path)
    with open_workspace(elsewhere.path) as there, open_workspace(visitor.path) as here:
        assert MapStore(there, "actors").load() == MapStore(here, "actors").load()


def foreign_database(tmp_path):
    path = tmp_path / "foreign.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE a (b)")
    connection.close()
    return path.read_bytes()


def hostile_workspace(tmp_path):
    """Make a workspace with a trigger, which would run something."""
    path = tmp_path / "hostile.apprenance"
    open_workspace(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON about BEGIN DELETE FROM about; END")
    connection.close()
    return path.read_bytes()


def tampered_workspace(tmp_path):
    """Make a workspace one of whose rows was changed behind its back."""
    path = tmp_path / "tampered.apprenance"
    home = Home("fr", Visit(), folder=tmp_path)
    do(home, "create", organisation="Tampered")
    home.path.rename(path)
    with sqlite3.connect(path) as connection:
        connection.execute('UPDATE documents SET content = \'{"organisation": "Autre"}\'')
    connection.close()
    return path.read_bytes()


def cut_workspace(tmp_path):
    return hostile_workspace(tmp_path)[:9000]


def newer_workspace(tmp_path):
    path = tmp_path / "newer.apprenance"
    open_workspace(path, create=True).close()
    content = bytearray(path.read_bytes())
    struct.pack_into(">I", content, 60, 999)
    assert struct.unpack_from(">I", content, 68)[0] == APPLICATION
    return bytes(content)


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: b"",
        lambda folder: b"a;b\n1;2\n" * 100,
        lambda folder: b"PK\x03\x04" + bytes(1000),
        foreign_database,
        hostile_workspace,
        tampered_workspace,
        cut_workspace,
        newer_workspace,
    ],
    ids=["empty", "csv", "zip", "foreign", "hostile", "tampered", "cut", "newer"],
)
@pytest.mark.parametrize("who", ["visitor", "consultant"])
def test_a_file_that_is_no_workspace_is_told_by_its_own_name_and_leaves_nothing(who, make, request, tmp_path, folder):
    home = request.getfixturevalue(who)
    do(home, "create", organisation=NAME)
    (tmp_path / "made").mkdir()
    path, before = home.path, content_of(home.path)
    files = sorted(tmp_path.glob("*/*.apprenance")) + sorted(folder.glob("*/*"))
    page = do(home, "bring", name="<b>brought</b>.apprenance", content=make(tmp_path / "made"))
    told = block(page, "told")
    assert told["kind"] == "faults"
    assert told["items"][0]["where"].startswith("<b>brought</b>.apprenance")
    assert home.path == path
    assert content_of(path) == before
    left = [one for one in [*tmp_path.glob("*/*.apprenance"), *folder.glob("*/*")] if one.parent.name != "made"]
    assert sorted(left) == sorted(one for one in files if one.parent.name != "made")


def test_what_is_brought_is_never_written_over_what_is_there(consultant):
    do(consultant, "create", organisation="Valclair")
    first, content = consultant.path, content_of(consultant.path)
    do(consultant, "rename", organisation="Autre")
    do(consultant, "bring", name="Valclair.apprenance", content=content)
    assert consultant.path.name == "Valclair 2.apprenance"
    assert look_into(first).organisation == "Autre"


@pytest.mark.parametrize(
    "make", [lambda path: keeping.create(path, "B"), lambda path: keeping.put_example(path, "B", "C")]
)
def test_a_place_that_somebody_took_meanwhile_is_left_alone(make, tmp_path):
    path = tmp_path / "a.apprenance"
    keeping.create(path, "A")
    with pytest.raises(Faults):
        make(path)
    with pytest.raises(Faults):
        keeping.bring(content_of(path), "b.apprenance", path)
    assert look_into(path).organisation == "A"


def test_in_jupyterlab_workspaces_are_files_of_the_folder_and_the_one_in_use_is_named(consultant):
    page = press(consultant, "create", organisation=NAME)
    assert consultant.path.name == f"{NAME}.apprenance"
    assert page["header"]["state"]["text"] == f"Enregistré dans {NAME}.apprenance"
    assert page["address"]["workspace"] is None
    assert links(page) == [on_path(path)[0].notebook for path in PATHS]
    page = press(consultant, "leave")
    cards = block(page, "folder")["blocks"][0]["items"]
    assert [card["title"] for card in cards] == [NAME]
    assert press(consultant, "open", file="../../etc/passwd")["screen"] == "door"
    assert press(consultant, "open", file=f"{NAME}.apprenance")["screen"] == "journey"


def test_a_new_page_opens_the_file_used_last(consultant):
    do(consultant, "create", organisation="Une")
    do(consultant, "create", organisation="Deux")
    assert Home("fr", Visit(), folder=consultant.folder).path.name == "Deux.apprenance"
    do(consultant, "open", file="Une.apprenance")
    assert Home("fr", Visit(), folder=consultant.folder).path.name == "Une.apprenance"


def test_a_workspace_may_be_named_by_the_argument(consultant):
    do(consultant, "create", organisation=NAME)
    assert apps.home(consultant.path).page["header"]["organisation"] == NAME
    assert apps.home(consultant.path, language="en").page["title"] == "Where to begin?"


def test_what_is_erased_is_gone_and_comes_back_as_long_as_the_page_is_open(visitor, folder):
    press(visitor, "example")
    id_, held = visitor.id, look_into(visitor.path)
    page = press(visitor, "erase")
    assert list(folder.iterdir()) == []
    assert page["screen"] == "door"
    assert "undo" in offered(page)
    page = press(visitor, "undo")
    assert visitor.id == id_
    assert look_into(visitor.path) == held
    assert "undo" not in offered(page)


def test_nothing_is_erased_from_a_consultants_folder(consultant):
    page = press(consultant, "create", organisation=NAME)
    assert "erase" not in offered(page)


def test_a_workspace_that_disappears_meanwhile_is_told(visitor):
    press(visitor, "create", organisation=NAME)
    visitor.path.unlink()
    page = press(visitor, "seen")
    assert page["screen"] == "door"
    assert block(page, "told")["title"] == "Cet espace de travail ne peut pas être lu"


def test_what_another_tool_did_meanwhile_is_seen(visitor):
    page = press(visitor, "create", organisation=NAME)
    assert page["title"] == "Par où commencer\u202f?"
    with open_workspace(visitor.path) as workspace:
        document = {"format": "apprenance-map", "version": 1, "actors": [{"id": "m", "label": "Maire"}]}
        MapStore(workspace, "actors").save(document)
    page = press(visitor, "seen")
    assert page["title"] == "Votre parcours"
    at = {step["id"]: step["state"] for step in block(page, "tools")["items"]}
    assert at["actors_map"] == "done"
    assert list(at.values()).count("next") == 1


def test_the_organisation_may_change_its_name(visitor):
    press(visitor, "create", organisation="Valclaire")
    assert press(visitor, "rename", organisation="Valclair")["header"]["organisation"] == "Valclair"


def test_links_carry_the_workspace_and_the_language(visitor):
    press(visitor, "example")
    page = press(visitor, "language", language="en")
    assert links(page) == [f"{tool.notebook}?workspace={visitor.id}&language=en" for tool in TOOLS]


def test_on_binder_everything_says_that_it_is_forgotten(visitor, monkeypatch):
    monkeypatch.setenv("BINDER_SERVICE_HOST", "10.0.0.1")
    page = press(visitor, "create", organisation=NAME)
    assert block(page, "demonstration")["tone"] == "warning"
    assert page["header"]["state"]["kind"] == "unsaved"
    texts = str(page)
    assert "votre clé" not in texts, "an address there is worth nothing tomorrow"


def test_a_hostile_name_is_only_text(visitor, hostile):
    for text in list(hostile.hostile_texts())[::8]:
        name = " ".join(str(text).split())[:120]
        if name:
            do(visitor, "create", organisation=name)
            assert visitor.view.page["header"]["organisation"] in (name, "Organisation sans nom")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("demonstration", [False, True])
@pytest.mark.parametrize("served", [False, True])
def test_every_page_is_one_in_both_languages(language, demonstration, served, tmp_path):
    for held in (None, Contents(), Contents(organisation="A", practices=("vision",), read_only=True, releases=1)):
        path = tmp_path / "a.apprenance" if held else None
        standing = Standing(language, path, held, "a" * 32 if held else None, served, demonstration)
        assert document_faults(write_home(standing)) == []


def test_a_tool_is_a_notebook_that_exists_and_has_its_words():
    for tool in TOOLS:
        assert (notebooks_folder() / "tools" / tool.notebook).is_file()
        assert {f"tool_{tool.id}", f"tool_{tool.id}_text"} <= set(dictionary("home"))
        assert tool.is_ready is None or f"tool_{tool.id}_needs" in dictionary("home")
        assert set(tool.paths) <= set(PATHS)


def test_both_ways_to_begin_have_a_first_tool():
    assert all(on_path(path) for path in PATHS)
    assert len({on_path(path)[0].id for path in PATHS}) == len(PATHS)


def test_at_most_one_tool_comes_next():
    for held in (Contents(), Contents(releases=1), Contents(releases=1, maps=({"actors": 1},))):
        assert list(states(held).values()).count("next") <= 1


class Held:
    """Work that waits in its middle until it is let go on."""

    def __init__(self, monkeypatch, name):
        self.reached, self.go, original = threading.Event(), threading.Event(), getattr(keeping, name)

        def slow(*values):
            progress = values[-1]

            def wait(done, total):
                self.reached.set()
                assert self.go.wait(20)
                progress(done, total)

            return original(*values[:-1], wait)

        monkeypatch.setattr(keeping, name, slow)


def begin(home, action, **more):
    """Play somebody who does something that lasts, and does not wait for it."""
    home.view._callbacks[0](Event(action, {}, **more))
    return home.view.page


@pytest.mark.parametrize("who", ["visitor", "consultant"])
def test_the_example_shows_how_far_it_is_and_once_stopped_leaves_nothing(who, request, folder, tmp_path, monkeypatch):
    home, held = request.getfixturevalue(who), Held(monkeypatch, "put_example")
    page = begin(home, "example")
    assert held.reached.wait(20)
    bar = block(page, "example")["blocks"][1]
    assert (bar["kind"], bar["label"], bar["cancel"]["id"]) == ("progress", "L’exemple se prépare", "stop")
    assert begin(home, "seen")["screen"] == "door", "who looks at the page does not stop it"
    assert home.work.running == "example"
    home.view._handle_custom_msg({"kind": "event", "number": 1, "action": "stop", "values": {}}, [])
    held.go.set()
    home.work.wait()
    page = home.view.page
    assert page["screen"] == "door"
    assert len(block(page, "example")["blocks"]) == 1
    left = [*tmp_path.glob("notebooks/*"), *(folder.glob("*") if folder.exists() else ())]
    assert left == []


def test_a_file_that_is_stopped_leaves_nothing(visitor, consultant, folder, monkeypatch):
    do(consultant, "create", organisation=NAME)
    content, held = content_of(consultant.path), Held(monkeypatch, "bring")
    begin(visitor, "bring", name="a.apprenance", content=content)
    assert held.reached.wait(20)
    begin(visitor, "stop")
    held.go.set()
    visitor.work.wait()
    assert list(folder.glob("*")) == []


def test_a_result_that_comes_after_stop_is_taken_away(visitor, folder):
    begin(visitor, "example")
    visitor.work._thread.join(20)
    begin(visitor, "stop")
    visitor.work.wait()
    assert visitor.view.page["screen"] == "door"
    assert list(folder.glob("*")) == []


def test_a_large_workspace_is_copied_beside_the_page(visitor, monkeypatch):
    press(visitor, "create", organisation=NAME)
    monkeypatch.setattr(welcome, "AT_ONCE", 0)
    sent = []
    visitor.view.send_file = lambda *file: sent.append(file)
    page = begin(visitor, "download")
    assert [one["kind"] for one in block(page, "take")["blocks"]][:2] == ["download", "progress"]
    visitor.work.wait()
    assert sent[0][1].startswith(b"SQLite format 3")
    assert "progress" not in [one["kind"] for one in block(visitor.view.page, "take")["blocks"]]


def test_a_name_that_was_changed_comes_back(visitor):
    press(visitor, "create", organisation="Valclair")
    page = press(visitor, "rename", organisation="Valmont")
    told = block(page, "told")
    assert told["title"] == "L’organisation s’appelle maintenant «\u202fValmont\u202f»"
    page = press(visitor, told["actions"][0]["id"], **told["actions"][0]["values"])
    assert page["header"]["organisation"] == "Valclair"
    assert "told" not in str(block(press(visitor, "rename", organisation="Valclair"), "told")), "the same is no change"


@pytest.mark.parametrize("who", ["visitor", "consultant"])
def test_who_leaves_may_come_back(who, request):
    home = request.getfixturevalue(who)
    press(home, "create", organisation=NAME)
    id_, path = home.id, home.path
    page = press(home, "leave")
    assert page["address"]["workspace"] is None
    page = press(home, "go_back")
    assert (home.id, home.path, page["header"]["organisation"]) == (id_, path, NAME)


def test_a_wave_is_opened_and_taken_back_on_the_page(visitor):
    press(visitor, "example")
    with open_workspace(visitor.path) as workspace:
        measure_campaign(workspace, keeping.EXAMPLE_CAMPAIGN)
    page = press(visitor, "seen")
    assert "wave" in offered(page)
    page = press(visitor, "wave", wave=" 2027 ")
    assert block(page, "wave 2027")["title"] == "La vague «\u202f2027\u202f» attend ses réponses"
    assert {step["id"]: step["state"] for step in block(page, "tools")["items"]}["questionnaire"] == "next"
    page = press(visitor, "drop_wave", wave="2027")
    assert block(page, "wave 2027") is None
    page = press(visitor, "wave", wave="2026")
    assert block(page, "told")["items"][0]["text"].startswith("Il y a déjà une vague")


def test_only_practices_that_were_begun_are_counted():
    kept = ("framing", "texts·diagnostic", "group_level·diagnostic", "elsewhere", "vision")
    assert Contents(practices=kept).begun == ["vision"]
