"""The questionnaire's page: it goes out as the command writes it, answers come in as the command reads them."""

import csv
import io
import json
import shutil
import subprocess
import sys
import threading
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pypdf
import pytest
from sqlalchemy import select

from assessment import apps
from assessment.apps import arrivals, keeping, survey
from assessment.apps.contents import look_into
from assessment.apps.journey import states
from assessment.apps.survey import Survey
from assessment.apps.survey_page import ACCEPTED
from assessment.apps.visitors import Visit
from assessment.example import load_example
from assessment.framework import load_framework
from assessment.responses.questionnaire import make_questionnaire
from assessment.responses.readers import load_mapping, mapping_text
from assessment.responses.readers.saving import responses_csv
from assessment.responses.writers import ENDINGS, write_questionnaire
from assessment.widgets.blocks import document_faults
from assessment.widgets.offers import actions_of, blocks_of
from assessment.widgets.tool_page import Event
from assessment.workspace import (
    PlanStore,
    SettingsStore,
    UnitsStore,
    add_campaign,
    add_framework,
    close_wave,
    list_campaigns,
    measure_campaign,
    open_workspace,
    responses_of,
    verbatims_of,
)
from assessment.workspace.schema import CAMPAIGNS, DELIVERIES, FRAMEWORKS, RESPONSES, SCHEMA, VERBATIMS
from assessment.workspace.waves import open_wave

FRAMEWORK = "collectivite-apprenante"
ROOT = Path(__file__).resolve().parents[2]
EXPORTS = next(
    (one / "shared" / "exports" for one in ROOT.parents if (one / "shared" / "exports").is_dir()),
    ROOT.parent / "shared" / "exports",
)

MINI = """
id = "mini"
version = "1"
languages = ["fr"]
perspectives = ["reality"]
[answer_scale]
low = 1
high = 5
labels.fr = ["Pas du tout", "Un peu", "Moyennement", "Plutôt", "Tout à fait"]
[[dimension]]
id = "a"
name = {fr = "A"}
[[item]]
id = "a_01"
dimension = "a"
text = {fr = "La collectivité apprend de ses erreurs"}
[[item]]
id = "a_02"
dimension = "a"
text = {fr = "Je partage mes échecs"}
[[question]]
id = "levers"
kind = "choose"
choose = 2
text = {fr = "Quels leviers d’apprentissage ?"}
[[question.option]]
id = "form"
text = {fr = "Formation"}
[[question.option]]
id = "peers"
text = {fr = "Échanges entre pairs, réseaux"}
[[question.option]]
id = "time"
text = {fr = "Temps"}
[[question]]
id = "comment"
kind = "open"
text = {fr = "Commentaire"}
"""


@pytest.fixture(scope="module")
def example():
    return load_example()


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "valclair.apprenance"
    keeping.create(place, "Valclair")
    return place


@pytest.fixture
def mini(tmp_path):
    place = tmp_path / "mini.toml"
    place.write_text(MINI, "utf-8")
    return place


@pytest.fixture
def page(path):
    return Survey("fr", Visit(), path)


@pytest.fixture
def framed(path, example):
    """A workspace whose campaign was prepared: the instrument, its units, the short form."""
    with open_workspace(path) as workspace:
        add_framework(workspace, FRAMEWORK)
        add_campaign(workspace, "d", "Diagnostic de mandat", example.framework)
        UnitsStore(workspace, "d").keep(example.units)
        PlanStore(workspace, "d").save({"form": "short", "min_group": 10})
    return Survey("fr", Visit(), path)


@pytest.fixture
def announced(framed, path):
    """The same, with a threshold that is higher than usual."""
    with open_workspace(path) as workspace:
        store = PlanStore(workspace, "d")
        store.save({**store.load(), "min_group": 15})
    return Survey("fr", Visit(), path)


@pytest.fixture(scope="module")
def lime(example, limesurvey_results):
    """LimeSurvey's results of the example's last wave, after French Excel: semicolons, Windows-1252."""
    own = example.responses[example.responses["wave"] == "2026"].reset_index(drop=True)
    said = example.verbatims[example.verbatims["wave"] == "2026"]
    return limesurvey_results(example.framework, own, said, example.units).encode("cp1252")


def settled(page):
    page.work.wait()
    assert document_faults(page.view.page) == []
    return page.view.page


def press(page, action, **values):
    """Play a browser: what the page does not offer is not done."""
    offered = {one.get("id") for one in actions_of(page.view.page)}
    assert action in offered, f"{action} is not offered: {offered}"
    page.view._handle_custom_msg({"kind": "event", "number": 1, "action": action, "values": values}, [])
    return settled(page)


def bring(page, name, content, upload="arrive"):
    page.view._callbacks[0](Event(upload, {}, name, content))
    return settled(page)


def block(page, id_, kind=None):
    own = (one for one in blocks_of(page) if one.get("id") == id_ and kind in (None, one["kind"]))
    return next(own, None)


def facts(page):
    return [one["value"] for one in block(page, "counts")["items"]]


def texts(page):
    return " ".join(_texts(page))


def _texts(part):
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)


def sent(page, monkeypatch):
    """Note the files that the browser is given."""
    files = []
    monkeypatch.setattr(page.view, "send_file", lambda name, content, kind: files.append((name, content, kind)))
    return files


def rows(path, *tables):
    with open_workspace(path) as workspace, workspace.reading() as connection:
        return {table.name: sorted(map(tuple, connection.execute(select(table)))) for table in tables}


ALL = (FRAMEWORKS, CAMPAIGNS, DELIVERIES, RESPONSES, VERBATIMS)


def real(name):
    place = EXPORTS / name
    if not place.exists():
        pytest.skip(f"NOT TESTED HERE: {place} is absent")
    return place.read_bytes()


def kept_of(path):
    with open_workspace(path) as workspace:
        (campaign,) = list_campaigns(workspace)
        return responses_of(workspace, campaign.id), verbatims_of(workspace, campaign.id), campaign


# --- the form


def test_the_page_opens_without_a_workspace_and_says_so():
    page = apps.questionnaire(language="fr").page
    assert block(page, "nowhere")["title"] == "Aucun espace de travail n’est ouvert"
    assert block(page, "nowhere")["actions"][0]["href"] == "0_accueil.ipynb"
    assert document_faults(page) == []


def test_the_burden_of_each_role_is_counted_as_the_questionnaire_asks(page, example):
    table = block(page.view.page, "burden")
    asked = make_questionnaire(example.framework)
    counted = {}
    for role in example.framework.roles:
        own = [one for one in asked.statements() if one.roles is None or role.id in one.roles]
        counted[role.name["fr"]] = str(len(own))
    assert {row[0]: row[1] for row in table["rows"]} == counted


def test_the_short_form_is_chosen(page):
    before = block(page.view.page, "burden")["rows"]
    after = block(press(page, "choose", form="short"), "burden")["rows"]
    assert all(int(short[1]) < int(full[1]) for short, full in zip(after, before, strict=True))


def test_a_campaign_that_was_framed_brings_its_form_and_its_units(framed):
    shown = framed.view.page
    assert block(shown, "choose")["fields"][0]["value"] == "short"
    assert "Services proposés" in block(shown, "units")["text"]
    assert shown["header"]["campaign"] == "Diagnostic de mandat"


def test_of_several_campaigns_one_is_chosen_with_its_own_plan(framed, path, example):
    with open_workspace(path) as workspace:
        add_campaign(workspace, "e", "Suivi", example.framework)
    framed.answer(Event("seen"))
    shown = framed.view.page
    assert [one["id"] for one in block(shown, "choose")["fields"]] == ["campaign", "form"]
    assert block(shown, "choose")["fields"][0]["value"] == "e", "the one begun last"
    shown = press(framed, "choose", campaign="d", form="full")
    assert block(shown, "choose")["fields"][0]["value"] == "d"


def wave_of(shown):
    return block(shown, "outgoing")["fields"][0]["value"]


def test_the_questionnaire_goes_out_for_the_wave_that_is_awaited_and_before_any_for_the_year(framed, path, monkeypatch):
    monkeypatch.setattr(survey, "now", lambda: datetime(2031, 5, 1))
    framed.answer(Event("seen"))
    assert wave_of(framed.view.page) == "2031"
    with open_workspace(path) as workspace:
        open_wave(workspace, "d", "2026")
        open_wave(workspace, "d", "Automne 2032")
    framed.answer(Event("seen"))
    assert wave_of(framed.view.page) == "Automne 2032"
    assert wave_of(press(framed, "outgoing", wave="", first="fr")) == "", "what somebody said stays said"


def test_a_wave_that_is_closed_is_not_proposed(framed, path, monkeypatch):
    monkeypatch.setattr(survey, "now", lambda: datetime(2031, 5, 1))
    with open_workspace(path) as workspace:
        open_wave(workspace, "d", "2026")
        close_wave(workspace, "d", "2026")
    framed.answer(Event("seen"))
    assert wave_of(framed.view.page) == "2031"


def test_another_campaign_has_its_own_wave(framed, path, example):
    with open_workspace(path) as workspace:
        open_wave(workspace, "d", "2026")
        add_campaign(workspace, "e", "Suivi", example.framework)
        open_wave(workspace, "e", "2028")
    framed.answer(Event("seen"))
    assert wave_of(press(framed, "outgoing", wave="2029", first="fr")) == "2029"
    assert wave_of(press(framed, "choose", campaign="d", form="full")) == "2026"


# --- as a respondent sees it


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("form", ["full", "short"])
def test_each_role_reads_its_own_statements_reality_first_in_its_words(example, language, form):
    page = Survey(language, Visit())
    press(page, "see")
    asked = make_questionnaire(example.framework, form)
    for role in example.framework.roles:
        shown = press(page, "see", role=role.id, form=form)
        met = []
        for fold in (one for one in shown["blocks"] if one["kind"] == "details"):
            met.append([(part["caption"], [row[0] for row in part["rows"]]) for part in fold["blocks"]])
            answers = [one["label"] for one in fold["blocks"][0]["columns"]][1:]
            assert answers[:5] == list(example.framework.answer_scale.labels[language])
            assert len(answers) == 6
        assert met == list(pages_of(asked, role.id, language))
        wanted = any(
            one.id == "three_choices" and (asked.roles_of(one) is None or role.id in asked.roles_of(one))
            for one in asked.questions
        )
        assert (block(shown, "three_choices") is not None) == wanted


def pages_of(asked, role, language):
    for page in asked.pages:
        own = [
            (part, [one.text[language] for one in part.statements if one.roles is None or role in one.roles])
            for part in page.blocks
        ]
        met = [(part, statements) for part, statements in own if statements]
        assert [part.perspective for part, _ in met] == sorted(part.perspective for part, _ in met), "reality first"
        if met:
            yield [(part.prompt[language], statements) for part, statements in met]


def test_before_the_first_question_stands_the_threshold_that_was_announced(announced):
    told = texts(block(press(announced, "see"), "opening"))
    assert "moins de 15 réponses" in told
    assert "moins de 10 réponses" not in told


def test_without_a_plan_the_threshold_promised_is_the_one_of_the_workspace(page, path):
    assert "moins de 10 réponses" in texts(block(press(page, "see"), "opening"))
    with open_workspace(path) as workspace:
        store = SettingsStore(workspace)
        store.save({**(store.load() or {}), "min_group": 12})
    press(page, "back")
    assert "moins de 12 réponses" in texts(block(press(page, "see"), "opening"))


def test_one_leads_back(page):
    press(page, "see")
    assert press(page, "back")["title"] == "Le questionnaire"


# --- out


@pytest.mark.parametrize("tool", list(ENDINGS))
def test_the_file_for_a_tool_is_the_one_the_command_writes(framed, example, tool, monkeypatch):
    files = sent(framed, monkeypatch)
    press(framed, "outgoing", wave="2026", first="fr")
    shown = press(framed, "export", tool=tool)
    asked = make_questionnaire(example.framework, "short", example.units, "2026")
    ((name, content, kind),) = files
    assert name == f"questionnaire-{tool}-court{ENDINGS[tool]}"
    assert kind
    if tool == "xlsform":  # a workbook bears the moment it was made
        book = openpyxl.load_workbook(io.BytesIO(content))
        wanted = openpyxl.load_workbook(io.BytesIO(write_questionnaire(asked, tool, "fr").content))
        for sheet in wanted.sheetnames:
            assert list(book[sheet].values) == list(wanted[sheet].values)
    elif tool == "paper":
        assert content.startswith(b"%PDF")
    else:
        assert content == write_questionnaire(asked, tool, "fr").content
    assert block(shown, "told")["title"] == f"{name} est téléchargé"


@pytest.mark.parametrize("tool", list(ENDINGS))
def test_every_file_promises_the_threshold_that_was_announced(announced, tool, monkeypatch):
    files = sent(announced, monkeypatch)
    press(announced, "export", tool=tool)
    told = "".join(words_in(tool, files[0][1]).split())
    assert "moinsde15réponses" in told
    assert "moinsde10réponses" not in told


def words_in(tool, content):
    """Give all that can be read in a file."""
    if tool == "xlsform":
        book = openpyxl.load_workbook(io.BytesIO(content))
        return " ".join(str(value) for sheet in book for row in sheet.values for value in row)
    if tool == "paper":
        return pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    return texts(json.loads(content)) if tool == "surveyjs" else content.decode("utf-8-sig")


def test_unit_codes_of_a_questionnaire_that_went_out_lead_its_answers_home(framed, example, lime, monkeypatch):
    sent(framed, monkeypatch)
    press(framed, "choose", form="full")
    press(framed, "export", tool="limesurvey")
    with open_workspace(framed.path) as workspace:  # units are listed in another order since
        store = UnitsStore(workspace, "d")
        store.load()
        store.keep(example.units.iloc[::-1].reset_index(drop=True))
    bring(framed, "results.csv", lime)
    press(framed, "keep", wave="2026")
    own = example.responses[example.responses["wave"] == "2026"]
    assert kept_of(framed.path)[0]["unit"].value_counts().to_dict() == own["unit"].value_counts().to_dict()
    assert "warning" not in {one.get("tone") for one in blocks_of(framed.view.page)}
    shown = press(framed, "export", tool="limesurvey")
    assert any("a changé" in line for line in block(shown, "told")["lines"])


# --- in


def test_nothing_is_written_before_somebody_says_so(framed, lime):
    before = rows(framed.path, *ALL)
    shown = bring(framed, "results.csv", lime)
    assert facts(shown) == ["247", "247", "0", "0"]
    assert "LimeSurvey" in shown["lead"]
    assert "Windows-1252" in shown["lead"]
    assert rows(framed.path, *ALL) == before
    press(framed, "leave")
    assert rows(framed.path, *ALL) == before


def test_personal_columns_and_hostile_headings_are_only_told(framed, lime):
    shown = bring(framed, '<b onclick="x">é.csv', lime)
    told = block(shown, "columns", "section")["blocks"]
    said = " ".join(one["text"] for one in told if one["kind"] == "paragraph")
    assert "ipaddr (adresse IP)" in said
    assert '<img src=x onerror="window.harmed = true">' in said
    assert "192.0.2.1" not in texts(shown)


def test_how_often_an_answer_was_given_is_not_on_the_page(framed, lime):
    shown = bring(framed, "results.csv", lime)
    labels = block(shown, "labels")
    assert [one["label"] for one in labels["columns"]] == ["Écrit dans le fichier", "Lu comme"]
    assert {row[3] for row in block(shown, "columns", "table")["rows"]} <= {"Oui", "Vide"}


def test_the_columns_of_our_own_questionnaire_give_no_cause_for_alarm(framed, lime):
    (line,) = block(bring(framed, "results.csv", lime), "findings")["lines"]
    assert "Windows-1252" in line


def test_import_and_score_give_the_numbers_of_the_command_line(framed, example, lime, tmp_path, monkeypatch):
    sent(framed, monkeypatch)
    press(framed, "choose", form="full")
    press(framed, "export", tool="limesurvey")
    bring(framed, "results.csv", lime)
    press(framed, "keep", wave="2026")
    file, mapping = tmp_path / "results.csv", tmp_path / "m.toml"
    file.write_bytes(lime)
    asked = make_questionnaire(example.framework, "full", example.units)
    mapping.write_text(mapping_text(write_questionnaire(asked, "limesurvey").mapping), "utf-8")
    commanded = tmp_path / "commanded.csv"
    run("import", file, "--framework", FRAMEWORK, "--mapping", mapping, "--wave", "2026", "--output", commanded)
    by_command = run("score", commanded, "--framework", FRAMEWORK, "--by", "role", "--format", "csv")
    responses = kept_of(framed.path)[0]
    on_page = tmp_path / "on_page.csv"
    on_page.write_bytes(responses_csv(responses, example.framework))
    assert run("score", on_page, "--framework", FRAMEWORK, "--by", "role", "--format", "csv") == by_command
    assert len(by_command.splitlines()) > 20
    with open_workspace(framed.path) as workspace:
        measured = measure_campaign(workspace, "d")
    own = {row["dimension"]: row for row in measured.released["dimensions"].to_dict("records")}
    assert own


def run(*words):
    command = [sys.executable, "-m", "assessment", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_imported_taken_back_and_put_back_is_the_very_same(framed, lime):
    before = rows(framed.path, *ALL)
    bring(framed, "results.csv", lime)
    shown = press(framed, "keep", wave="2026")
    assert block(shown, "told")["title"] == "Réponses ajoutées\u00a0: 247"
    held = rows(framed.path, *ALL)
    delivery = block(shown, "told")["actions"][0]["values"]["delivery"]
    shown = press(framed, "take_back", delivery=delivery)
    assert rows(framed.path, *ALL) == before
    assert block(shown, "imports", "cards")["items"][0]["badge"] == "Retiré"
    assert "ni fermée ni rechargée" in block(shown, "told")["lines"][0], "people know until when it can come back"
    assert "ni fermée ni rechargée" in block(shown, "imports", "cards")["items"][0]["text"]
    shown = press(framed, "put_back", delivery=delivery)
    assert rows(framed.path, *ALL) == held
    assert "badge" not in block(shown, "imports", "cards")["items"][0]


def test_the_same_file_twice_adds_nothing_and_says_so(framed, lime):
    bring(framed, "results.csv", lime)
    press(framed, "keep", wave="2026")
    bring(framed, "results.csv", lime)
    shown = press(framed, "keep", wave="2026")
    assert block(shown, "told")["title"].startswith("Rien de nouveau dans results.csv")
    assert len(block(shown, "imports", "cards")["items"]) == 1


def test_without_a_campaign_the_first_import_begins_one(page, lime):
    bring(page, "results.csv", lime)
    shown = press(page, "keep", wave="  2026 ")
    responses, _, campaign = kept_of(page.path)
    assert (campaign.id, campaign.name, campaign.waves) == (FRAMEWORK, "Diagnostic apprenant", {"2026": 247})
    assert len(responses) == 247
    assert shown["header"]["campaign"] == "Diagnostic apprenant"


def test_the_journey_has_the_tool_and_knows_when_it_was_used(page, lime):
    assert states(look_into(page.path))["questionnaire"] == "later"
    bring(page, "results.csv", lime)
    press(page, "keep", wave="2026")
    assert states(look_into(page.path))["questionnaire"] == "done"


def test_without_a_workspace_a_file_is_checked_and_not_kept(lime):
    page = Survey("fr", Visit())
    shown = bring(page, "results.csv", lime)
    assert facts(shown)[0] == "247"
    assert "keep" not in {one.get("id") for one in actions_of(shown)}
    assert block(shown, "cannot_keep")["actions"][0]["href"] == "0_accueil.ipynb"


def test_results_that_were_released_are_told_before_and_after(framed, example, lime):
    bring(framed, "results.csv", lime)
    press(framed, "keep", wave="2026")
    with open_workspace(framed.path) as workspace:
        measure_campaign(workspace, "d")
    more = b"id;role;pm01R;wave\r\n9001;agent;4;2026\r\n"
    shown = bring(framed, "more.csv", more)
    assert block(shown, "released_before") is not None
    shown = press(framed, "keep")
    assert any("déjà été publiés" in line for line in block(shown, "told")["lines"])


def test_a_wave_that_is_closed_takes_nothing_and_says_so(framed, lime):
    bring(framed, "results.csv", lime)
    press(framed, "keep", wave="2026")
    with open_workspace(framed.path) as workspace:
        close_wave(workspace, "d", "2026")
    before = rows(framed.path, *ALL)
    bring(framed, "more.csv", b"id;role;pm01R;wave\r\n9001;agent;4;2026\r\n")
    shown = press(framed, "keep")
    assert "close" in block(shown, "told", "faults")["items"][0]["text"]
    assert rows(framed.path, *ALL) == before


def test_rows_that_are_wrong_are_left_out_with_row_and_column(page):
    content = b"respondent;role;pm01R;pm02R\r\n1;agent;4;5\r\n2;agent;9;5\r\n3;agent;3;2\r\n3;agent;3;2\r\n"
    shown = bring(page, "a.csv", content)
    assert facts(shown) == ["4", "2", "1", "1"]
    (item,) = block(shown, "rejected")["items"]
    assert "ligne 3" in item["where"]
    assert "pm" in item["where"]
    page.answer(Event("language", {"language": "en"}))
    assert "row 3" in block(page.view.page, "rejected")["items"][0]["where"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("vide.csv", b"", "vide"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\x00\x01" * 200, ""),
        ("rapport.pdf", b"%PDF-1.7 ...", "export"),
        ("vieux.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "Classeur Excel"),
        ("autre.csv", b"nom;prenom\r\na;b\r\n", "correspond"),
    ],
)
def test_a_wrong_file_is_told_with_what_to_do_and_nothing_is_written(page, name, content, said):
    before = rows(page.path, *ALL)
    shown = bring(page, name, content)
    told = block(shown, "wrong")
    assert told["title"] == "Ce fichier n’a pas pu être lu comme des réponses"
    assert said in texts(told)
    assert block(shown, "advice") is not None
    assert rows(page.path, *ALL) == before
    assert press(page, "leave")["title"] == "Le questionnaire"


def test_a_zip_of_one_table_is_read_and_one_of_several_is_told(page, lime):
    assert facts(bring(page, "réponses.zip", zipped({"réponses.csv": lime})))[0] == "247"
    shown = bring(page, "deux.zip", zipped({"a.csv": lime, "b.csv": lime}))
    assert "archive .zip" in texts(block(shown, "advice"))


def zipped(files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, own in files.items():
            folder.writestr(name, own)
    return content.getvalue()


def test_a_workbook_gives_what_its_csv_gives(page, lime):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in csv.reader(io.StringIO(lime.decode("cp1252"), newline=""), delimiter=";"):
        sheet.append([cell if not cell.startswith("=") else f"'{cell}" for cell in row])
    content = io.BytesIO()
    book.save(content)
    assert facts(bring(page, "results.xlsx", content.getvalue())) == ["247", "247", "0", "0"]


# --- real exports


REAL = [
    ("google_forms/CONSTRUCTED_fr_forms_ui.csv", "Google Forms", None),
    ("kobo_odk/kobo_csv_fr_xml_details.csv", "KoboToolbox", "q1"),
    ("limesurvey/CONSTRUCTED_results_code_short_fr.csv", "LimeSurvey", "Q05[1]"),
    ("ms_forms/CONSTRUCTED_fr.xlsx", "Microsoft Forms", None),
]


@pytest.mark.parametrize(("file", "tool", "heading"), REAL, ids=[one[1] for one in REAL])
def test_a_real_export_of_another_questionnaire_is_linked_by_hand(path, mini, file, tool, heading):
    content = real(file)
    page = Survey("fr", Visit(), path, mini)
    shown = bring(page, Path(file).name, content)
    if heading is not None:
        fields = block(shown, "linking", "form")["fields"]
        values = {field["id"]: field["value"] for field in fields}
        (own,) = [field["id"] for field in fields if heading in field["label"]]
        shown = press(page, "link", **{**values, own: "a_02"})
    assert block(shown, "wrong") is None
    assert tool in shown["lead"]
    read, kept, rejected, duplicates = (int(one) for one in facts(shown))
    assert read == kept + rejected + duplicates
    assert read > 0


def test_a_mapping_is_brought_and_what_was_said_is_taken_along(path, mini, monkeypatch):
    page = Survey("fr", Visit(), path, mini)
    files = sent(page, monkeypatch)
    content = "Erreurs;Avis\r\nsuper;5\r\nbof;2\r\n".encode("cp1252")
    bring(page, "a.csv", content)
    told = b'[columns]\n"Erreurs" = "a_01"\n[answers]\n"super" = 5\n"bof" = 1\n'
    shown = bring(page, "m.toml", told, "mapping")
    assert facts(shown)[:2] == ["2", "2"]
    press(page, "take_mapping")
    ((name, text, _),) = files
    assert name == "a.mapping.toml"
    assert load_mapping(io.BytesIO(text), load_framework(mini)).columns == {"Erreurs": "a_01"}
    shown = bring(page, "m.toml", b"[columns", "mapping")
    assert block(shown, "told", "faults")["title"] == "Cette correspondance n’a pas pu être lue"


def test_labels_nobody_knows_are_linked_by_hand(path, mini):
    page = Survey("fr", Visit(), path, mini)
    shown = bring(page, "a.csv", "a_01;a_02\r\nsuper;Plutôt\r\nbof;Un peu\r\n".encode())
    assert facts(shown)[:3] == ["2", "0", "2"]
    fields = {field["label"]: field["id"] for field in block(shown, "linking", "form")["fields"]}
    chosen = {id_: "5" if "super" in label else "blank" for label, id_ in fields.items()}
    assert facts(press(page, "link", **chosen))[:3] == ["2", "2", "0"]
    press(page, "keep", wave="2026")
    assert sorted(kept_of(path)[0]["a_01"]) == [0, 5]


def test_the_work_is_stopped_and_nothing_of_it_is_shown(page, lime, monkeypatch):
    reached, go = threading.Event(), threading.Event()
    look_at = survey.look_at

    def slow(arrived, surveyed, progress):
        reached.set()
        go.wait(20)
        return look_at(arrived, surveyed, progress)

    monkeypatch.setattr(survey, "look_at", slow)
    page.view._callbacks[0](Event("arrive", {}, "a.csv", lime))
    assert reached.wait(20)
    assert block(page.view.page, "reading")["kind"] == "progress"
    page.view._handle_custom_msg({"kind": "event", "number": 2, "action": "stop", "values": {}}, [])
    go.set()
    page.work.wait()
    assert page.view.page["title"] == "Le questionnaire"
    assert page.looked is None


def beginning_to_keep(page, wave, monkeypatch):
    """Press Keep; give what lets the work go on, which waits where all is written and nothing kept yet."""
    reached, go = threading.Event(), threading.Event()
    add_responses = arrivals.add_responses

    def slow(*given, progress):
        def step(done, total):
            if done == total:
                reached.set()
                go.wait(20)
            progress(done, total)

        return add_responses(*given, progress=step)

    monkeypatch.setattr(arrivals, "add_responses", slow)
    page.view._handle_custom_msg({"kind": "event", "number": 1, "action": "keep", "values": {"wave": wave}}, [])
    assert reached.wait(20)
    monkeypatch.setattr(arrivals, "add_responses", add_responses)
    return go


def stopping(page):
    assert block(page.view.page, "keeping")["cancel"]["id"] == "stop"
    page.view._handle_custom_msg({"kind": "event", "number": 2, "action": "stop", "values": {}}, [])


@pytest.mark.parametrize("has_campaign", [True, False])
def test_keeping_that_is_stopped_leaves_the_workspace_as_it_was(has_campaign, request, path, lime, monkeypatch):
    page = request.getfixturevalue("framed" if has_campaign else "page")
    before = rows(path, *SCHEMA.sorted_tables)
    bring(page, "a.csv", lime)
    go = beginning_to_keep(page, "2026 bis", monkeypatch)
    stopping(page)
    go.set()
    shown = settled(page)
    assert block(shown, "told")["title"] == "Arrêté\u00a0: rien n’est gardé de a.csv"
    assert rows(path, *SCHEMA.sorted_tables) == before
    assert block(shown, "keep", "form")["fields"][0]["value"] == "2026 bis"


@pytest.mark.parametrize("has_campaign", [True, False])
def test_what_is_kept_after_a_stop_is_the_same_as_without(has_campaign, request, path, lime, monkeypatch, tmp_path):
    page = request.getfixturevalue("framed" if has_campaign else "page")
    untouched = tmp_path / "other.apprenance"
    shutil.copyfile(path, untouched)
    bring(page, "a.csv", lime)
    go = beginning_to_keep(page, "2026", monkeypatch)
    stopping(page)
    go.set()
    settled(page)
    press(page, "keep", wave="2026")
    other = Survey("fr", Visit(), untouched)
    bring(other, "a.csv", lime)
    press(other, "keep", wave="2026")
    (answers, written, campaign), (same_answers, same_written, same_campaign) = kept_of(path), kept_of(untouched)
    assert in_order(answers).equals(in_order(same_answers))
    assert in_order(written).equals(in_order(same_written))
    assert (campaign.id, campaign.name, campaign.waves) == (same_campaign.id, same_campaign.name, same_campaign.waves)


def in_order(table):
    return table.sort_values(list(table.columns), ignore_index=True)


def test_who_stops_when_all_is_kept_already_is_told_and_can_take_it_back(framed, path, lime, monkeypatch):
    before = rows(path, *ALL)
    reached, go = threading.Event(), threading.Event()
    keep = arrivals.keep

    def late(*given):
        kept = keep(*given)
        reached.set()
        go.wait(20)
        return kept

    monkeypatch.setattr(arrivals, "keep", late)
    bring(framed, "a.csv", lime)
    framed.view._handle_custom_msg({"kind": "event", "number": 1, "action": "keep", "values": {"wave": "2026"}}, [])
    assert reached.wait(20)
    stopping(framed)
    go.set()
    shown = settled(framed)
    assert block(shown, "told")["title"] == "Réponses ajoutées\u00a0: 247"
    assert "déjà écrit quand vous avez arrêté" in block(shown, "told")["lines"][0]
    (action,) = (one for one in block(shown, "told")["actions"] if one.get("id") == "take_back")
    press(framed, "take_back", **action["values"])
    assert rows(path, *ALL) == before


def test_every_screen_is_live_in_both_languages(framed, lime):
    for action in (None, "see"):
        if action:
            press(framed, action)
        for language in ("en", "fr"):
            framed.answer(Event("language", {"language": language}))
            assert document_faults(framed.view.page) == []
    press(framed, "back")
    bring(framed, "results.csv", lime)
    framed.answer(Event("language", {"language": "en"}))
    assert framed.view.page["title"] == "What is in results.csv"
    press(framed, "keep", wave="2026")
    assert block(framed.view.page, "told")["title"] == "Responses added: 247"


def test_hostile_names_are_texts(path, hostile, tmp_path):
    for text in hostile.hostile_texts().values():
        heading = " ".join(text.split())[:60].replace('"', "'").replace(";", ",") or "x"
        content = f'"{heading}";pm01R\r\n"{heading}";4\r\n'.encode("utf-8", "replace")
        page = Survey("fr", Visit(), path)
        bring(page, (text[:50] or "x") + ".csv", content)


def test_a_workspace_that_cannot_be_read_is_told_and_the_page_goes_on(tmp_path):
    place = tmp_path / "a.apprenance"
    place.write_bytes(b"nothing of ours" * 100)
    page = Survey("fr", Visit(), place)
    assert block(page.view.page, "told", "faults")["title"] == "Cet espace de travail ne peut pas être lu"
    assert block(page.view.page, "nowhere") is not None


def test_what_is_accepted_has_the_kinds_of_files_that_are_read():
    assert {".csv", ".xlsx", ".json", ".zip", ".lsa", ".sav"} <= set(ACCEPTED.split(","))
