"""Every page says on top whose workspace it is about, whether it is kept, and how one gets home."""

import pytest

from assessment import apps
from assessment.apps import keeping
from assessment.apps.shell import HOME, header_here
from assessment.apps.visitors import Visit, new_id
from assessment.texts import LANGUAGES
from assessment.widgets.blocks import document_faults
from assessment.workspace import add_campaign, add_framework, open_workspace

NAME = "Communauté de communes du Pays de Valclair"


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    keeping.create(tmp_path / "valclair.apprenance", NAME)
    return tmp_path / "valclair.apprenance"


@pytest.fixture
def workspace(path):
    with open_workspace(path) as opened:
        yield opened


@pytest.fixture
def beside(path):
    """The home page lies beside the notebook."""
    (path.parent / HOME).write_text("{}", "utf-8")


def test_a_page_about_no_workspace_has_no_header():
    assert header_here(None, "fr") is None
    assert apps.actors_map().header == {}
    assert apps.enter_answers().plan["header"] is None


def test_the_header_names_the_organisation_and_where_its_work_is_kept(workspace, beside):
    header = header_here(workspace, "fr")
    assert header["organisation"] == NAME
    assert header["campaign"] is None
    assert header["state"] == {"kind": "saved", "text": "Enregistré dans valclair.apprenance"}
    assert header["home"] == {"label": "Accueil", "href": HOME}


def test_there_is_no_way_home_where_there_is_no_home_page(workspace):
    assert header_here(workspace, "fr")["home"] is None


def test_a_visitors_way_home_leads_to_the_same_workspace_in_the_same_language(workspace, beside):
    id_ = new_id()
    header = header_here(workspace, "en", visit=Visit(True, id_, "en", True))
    assert header["home"]["href"] == f"{HOME}?workspace={id_}&language=en"
    assert header["state"]["text"] == "Saved on this server"
    assert "valclair" not in header["state"]["text"], "a file's name on a server says nothing to a visitor"


def test_the_campaign_is_the_one_the_page_is_about(workspace):
    framework = add_framework(workspace, "collectivite-apprenante")
    for id_, name in (("first", "Diagnostic 2025"), ("second", "Diagnostic 2026")):
        add_campaign(workspace, id_, name, framework)
    assert header_here(workspace, "fr")["campaign"] == "Diagnostic 2026"
    assert header_here(workspace, "fr", "first")["campaign"] == "Diagnostic 2025"
    assert header_here(workspace, "fr", "absent")["campaign"] == "Diagnostic 2026"


def test_what_can_only_be_looked_at_is_said_not_to_be_kept(path):
    with open_workspace(path, read_only=True) as opened:
        assert header_here(opened, "fr")["state"] == {"kind": "unsaved", "text": "Lecture seule"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_is_one_a_tool_page_may_have(workspace, beside, language):
    header = header_here(workspace, language)
    assert document_faults({"language": language, "title": "T", "blocks": [], "header": header}) == []


def test_key_entry_and_the_map_say_whose_they_are_and_follow_the_language(path, beside):
    entry, editor = apps.enter_answers(workspace=path), apps.actors_map(workspace=path)
    assert entry.plan["header"]["organisation"] == editor.header["organisation"] == NAME
    assert editor.header["state"]["text"] == "Enregistré dans valclair.apprenance"
    for page in (entry, editor):
        page.set_state({"language": "en"})
    assert entry.plan["header"]["home"]["label"] == editor.header["home"]["label"] == "Home"


def test_units_on_the_map_are_called_as_the_workspace_calls_them(tmp_path):
    keeping.put_example(tmp_path / "example.apprenance", NAME, "Diagnostic")
    editor = apps.actors_map(workspace=tmp_path / "example.apprenance")
    names = {unit["value"]: unit["label"] for unit in editor.offers["units"]}
    assert names["espaces_verts"] == "Espaces verts"


def test_a_browser_cannot_change_whose_page_it_is(path):
    editor = apps.actors_map(workspace=path)
    editor.set_state({"header": {"organisation": "X", "home": {"href": "https://evil.example", "label": "x"}}})
    assert editor.header["organisation"] == NAME
