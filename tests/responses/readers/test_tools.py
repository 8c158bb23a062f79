"""Each survey tool's export, as the tool writes it: small files made by hand, and real ones where they are at hand."""

import io
import json
import zipfile

import pandas as pd
import pyreadstat
import pytest
import xlsxwriter

from assessment.responses.readers import load_mapping, read_export
from assessment.responses.readers.opening import open_export
from assessment.responses.readers.recognising import read_as


def codes(remarks):
    return [one.code for one in remarks]


def book(rows):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        page = workbook.add_worksheet("Form1")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return content.getvalue()


# --- LimeSurvey

LIME = (
    '"id";"submitdate";"lastpage";"startlanguage";"seed";"startdate";"ipaddr";"G1[a01R]";"G2[a01V]";"e01";'
    '"levers[form]";"levers[time]";"levers[other]";"site";"site[other]";"comment"\r\n'
    '"7";"1980-01-01 00:00:00";"3";"fr";"14";"1980-01-01 00:00:00";"192.0.2.1";"A5";"AO02";"4";'
    '"Y";"";"Réseau";"north";"";"=1+1"\r\n'
    '"8";"1980-01-01 00:00:00";"3";"fr";"15";"1980-01-01 00:00:00";"192.0.2.2";"";"A1";"na";"";'
    '"Y";"";"-oth-";"Est";""\r\n'
    '"9";;"1";"fr";"16";"1980-01-01 00:00:00";"192.0.2.3";"A3";;;;;;;;\r\n'
    "\r\n"
)


def test_limesurvey_in_codes(read, answers):
    found = read("\ufeff" + LIME)
    assert found.preview.tool == "limesurvey"
    assert found.preview.encoding == "UTF-8 (BOM)"
    assert answers(found, "a_01.reality", "a_01.vision", "e_01.reality") == [[5], [2], [4]]
    assert found.responses[["respondent", "levers", "site"]].values.tolist() == [["7", "form", "north"]]
    assert found.verbatims["text"].tolist() == ["=1+1"]
    assert [(one.code, one.place["row"]) for one in found.preview.faults] == [
        ("choices_unknown", 3),  # -oth-: the tool's own mark for "other", which the instrument does not offer
        ("response_incomplete", 4),
    ]
    assert "label_by_code" in codes(found.preview.findings)
    assert found.preview.language == "fr"
    assert set(found.preview.personal["heading"]) == {"submitdate", "seed", "startdate", "ipaddr"}
    assert found.preview.unmatched == ["levers[other]", "site[other]"]


def test_limesurvey_tells_never_shown_from_left_blank(read):
    columns = read("\ufeff" + LIME, incomplete=True).preview.columns.set_index("heading")
    assert columns.loc["G1[a01R]", ["filled", "blank", "not_shown"]].tolist() == [2, 1, 0]
    assert columns.loc["G2[a01V]", ["filled", "blank", "not_shown"]].tolist() == [2, 0, 1]


def test_limesurvey_s_dates_of_an_anonymised_survey_make_no_wave(read, faults_of):
    faults = faults_of(read, LIME, mapping='[dates]\ncolumn = "startdate"')
    assert codes(faults) == ["date_hidden"]


def test_limesurvey_in_full_wordings(read, answers):
    rows = (
        '"ID de la réponse","Date de soumission","Dernière page","Langue de départ","Tête de série",'
        '"Aujourd’hui ? [La collectivité apprend de ses erreurs]","Demain ? [La collectivité apprend de ses erreurs]",'
        '"Quels leviers d’apprentissage ? [Formation]","Quels leviers d’apprentissage ? [Temps]"\n'
        '"7","1980-01-01 00:00:00","3","fr","1","Tout à fait","Non concerné","Oui","Non"\n'
    )
    found = read(rows)
    assert found.preview.tool == "limesurvey"
    assert answers(found, "a_01.reality", "a_01.vision") == [[5], ["na"]]
    assert found.responses["levers"].tolist() == ["form"]


def test_limesurvey_in_codes_and_wordings(read, answers):
    rows = (
        '"id. ID de la réponse","submitdate. Date de soumission","lastpage. Dernière page",'
        '"startlanguage. Langue de départ","G1[a01R]. Aujourd’hui ? [La collectivité apprend]","e01. Accueil"\n'
        '"7","2026-10-01 09:00:00","3","fr","Un peu","5"\n'
    )
    found = read(rows)
    assert answers(found, "a_01.reality", "e_01.reality") == [[2], [5]]


def archive(answers, questions, parts, labels):
    def rows(tables):
        return "".join(
            "<row>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in row.items()) + "</row>" for row in tables
        )

    tables = {"questions": questions, "subquestions": parts, "answers": labels}
    told = "".join(f"<{name}><rows>{rows(table)}</rows></{name}>" for name, table in tables.items())
    names = "".join(f"<fieldname>{name.lstrip('_')}</fieldname>" for name in answers[0])
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as folder:
        folder.writestr("survey_1.lss", f"<document>{told}</document>")
        fields = f"<responses><fields>{names}</fields><rows>{rows(answers)}</rows></responses>"
        folder.writestr("survey_1_responses.lsr", f"<document>{fields}</document>")
    return content.getvalue()


@pytest.mark.parametrize("names", [("_1X2X30a01R", "_1X2X31", "_1X2X32form"), ("_Q30_S40", "_Q31", "_Q32_S41")])
def test_limesurvey_s_archive_explains_its_own_codes(read, answers, names):
    first = {"id": "7", "submitdate": "1980-01-01 00:00:00", "lastpage": "3", "startlanguage": "fr"}
    first |= dict(zip(names, ("B2", "5", "Y"), strict=True))
    questions = [
        {"qid": "30", "parent_qid": "0", "title": "G1", "question": "<p>Aujourd’hui&nbsp;?</p>"},
        {"qid": "31", "parent_qid": "0", "title": "Q7", "question": "L’accueil <b>s’améliore</b>"},
        {"qid": "32", "parent_qid": "0", "title": "levers", "question": "Quels leviers d’apprentissage ?"},
    ]
    parts = [
        {"qid": "40", "parent_qid": "30", "title": "a01R", "question": "…"},
        {"qid": "41", "parent_qid": "32", "title": "form", "question": "Formation"},
    ]
    labels = [
        {"qid": "30", "code": "B1", "answer": "Tout à fait"},
        {"qid": "30", "code": "B2", "answer": "Plutôt d&rsquo;accord"},
    ]
    found = read(archive([first], questions, parts, labels), "survey.lsa")
    assert found.preview.kind == "LSA"
    assert answers(found, "a_01.reality", "e_01.reality") == [[4], [5]]
    assert found.responses[["respondent", "levers"]].values.tolist() == [["7", "form"]]


# --- KoboToolbox, ODK


def test_kobo_in_xml_values_with_a_column_for_all_and_one_for_each(read, answers):
    found = read(
        "start;end;g/a01R;e01;levers;levers/form;levers/time;comment;_id;_uuid;_submission_time;__version__\n"
        '2026-10-01T09:00:00;2026-10-01T09:05:00;5;1;form time;1;1;"=HYPERLINK(""x"")";1;u-1;2026-10-01T09:00:00;v1\n'
        "2026-10-01T09:00:00;2026-10-01T09:05:00;;na;form;1;0;;2;u-2;2026-10-01T09:00:00;v2\n"
    )
    assert found.preview.tool == "kobo"
    assert found.responses[["respondent", "levers"]].values.tolist() == [["u-1", "form+time"], ["u-2", "form"]]
    assert answers(found, "a_01.reality", "e_01.reality") == [[5, ""], [1, "na"]]
    assert found.verbatims["text"].tolist() == ['=HYPERLINK("x")']
    assert not {"start", "end", "_submission_time"} & set(found.responses)


def test_kobo_in_labels_and_several_versions_of_the_form(read, answers):
    found = read(
        "Groupe/L’accueil s’améliore;L’accueil s’améliore;Groupe/Quels leviers d’apprentissage ?;"
        "_id;_uuid;_submission_time\n"
        "Tout à fait;;Formation Échanges entre pairs, réseaux;1;u-1;2026-10-01\n"
        ";Un peu;Temps;2;u-2;2026-10-01\n"
    )
    assert answers(found, "e_01.reality") == [[5, 2]]
    assert found.responses["levers"].tolist() == ["form+peers", "time"]


def test_kobo_as_json(read, answers):
    rows = [
        {
            "_id": 1,
            "_uuid": "u-1",
            "_submission_time": "2026-10-01T09:00:00",
            "g/a01R": "4",
            "e01": "na",
            "_geolocation": [None, None],
        },
        {
            "_id": 2,
            "_uuid": "u-2",
            "_submission_time": "2026-10-01T09:00:00",
            "g/a01R": "2",
            "children": [{"children/name": "x"}],
        },
    ]
    found = read(json.dumps({"count": 2, "results": rows}), "data.json")
    assert (found.preview.tool, found.preview.kind) == ("kobo", "JSON")
    assert answers(found, "a_01.reality", "e_01.reality") == [[4, 2], ["na", ""]]
    assert "sheets_left_out" in codes(found.preview.findings)


def test_odk_s_groups_stand_before_a_dash(read, answers):
    found = read(
        "SubmissionDate,g-a01R,g-e01,meta-instanceID,KEY,SubmitterName\n2026-10-01T09:00:00Z,4,2,uuid:1,uuid:1,Jo\n"
    )
    assert found.preview.tool == "odk"
    assert answers(found, "a_01.reality", "e_01.reality") == [[4], [2]]
    assert found.responses["respondent"].tolist() == ["uuid:1"]
    assert "Jo" not in found.responses.to_csv()


def test_odk_s_role_unit_and_questions_in_groups_and_notes_that_nobody_answers(read, answers):
    found = read(
        "SubmissionDate,form,you-role,you-unit,p-note_p01R,p-a01R__elected,end-levers,end-levers/form,end-comment,KEY\n"
        "2026-10-01T09:00:00Z,full,elected,VOI,,4,form time,1,Un fait,uuid:1\n"
    )
    assert found.preview.tool == "odk"
    assert found.responses[["form", "role", "unit", "levers"]].values.tolist() == [["full", "elected", "VOI", "form"]]
    assert answers(found, "a_01.reality") == [[4]]
    assert found.verbatims["text"].tolist() == ["Un fait"]
    assert found.preview.unmatched == []


def test_odk_central_s_json_feed(read, answers):
    row = {"__id": "uuid:1", "__system": {"submissionDate": "2026-10-01T09:00:00Z", "submitterName": "Jo"}}
    row |= {"you": {"role": "agent"}, "p": {"a01R": "4", "e01": "na"}, "end": {"levers": "form time", "comment": None}}
    found = read(json.dumps({"value": [row]}), "form.json")
    assert (found.preview.tool, found.preview.kind) == ("odk", "JSON")
    assert found.responses[["respondent", "role", "levers"]].values.tolist() == [["uuid:1", "agent", "form+time"]]
    assert answers(found, "a_01.reality", "e_01.reality") == [[4], ["na"]]
    assert "Jo" not in found.responses.to_csv()


# --- Google Forms, Microsoft Forms


@pytest.mark.parametrize(
    "joined", ["Formation;Échanges entre pairs, réseaux", "Formation, Échanges entre pairs, réseaux"]
)
@pytest.mark.parametrize("time", ["2026/10/01 9:00:00 AM UTC+2", "01/10/2026 09:00:00"])
def test_google_forms(read, answers, joined, time):
    rows = (
        "Horodateur,Nom d'utilisateur,Aujourd'hui ? [Je partage mes échecs],Demain ? [Je partage mes échecs],"
        f"Quels leviers d'apprentissage ?,Commentaire\n"
        f'{time},a@b.fr,4 - Assez,Plutôt d\'accord,"{joined}","ligne 1\nligne 2, avec ""guillemets"""\n'
    )
    found = read(rows)
    assert found.preview.tool == "google"
    assert answers(found, "a_02.reality", "a_02.vision") == [[4], [4]]
    assert found.responses["levers"].tolist() == ["form+peers"]
    assert found.verbatims["text"].tolist() == ['ligne 1\nligne 2, avec "guillemets"']
    assert found.preview.personal["why"].tolist() == ["time", "email"]
    assert found.responses["respondent"].str.fullmatch(r"r[0-9a-f]{16}-1").all()


def test_microsoft_forms(read, answers):
    heading = ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", "L’accueil s’améliore"]
    rows = [
        [*heading, "Quels leviers d’apprentissage\u00a0?", "role"],
        [1, "2026-10-01 09:00:00", "2026-10-01 09:04:00", "anonymous", "", "Tout à fait", "Formation;Temps;", "élu"],
        [2, "2026-10-01 09:10:00", "2026-10-01 09:12:00", "anonymous", "", 2, "Temps;", "Agent"],
    ]
    found = read(book(rows), "Réponses.xlsx")
    assert (found.preview.tool, found.preview.kind) == ("microsoft", "XLSX")
    assert answers(found, "e_01.reality") == [[5, 2]]
    assert found.responses[["respondent", "role", "levers"]].values.tolist() == [
        ["1", "elected", "form+time"],
        ["2", "agent", "time"],
    ]
    assert len(found.preview.personal) == 4


# --- Framaforms, Qualtrics

FRAMA = (
    '"Diagnostic"\t""\t""\t""\t""\t""\t""\t""\t""\n'
    '"Submission Details"\t""\t""\t""\t""\t""\t"Quels leviers d’apprentissage ?"\t""\t""\n'
    '"Serial"\t"SID"\t"Submitted Time"\t"Draft"\t"IP Address"\t"L’accueil s’améliore"\t'
    '"Formation"\t"Temps"\t"Commentaire"\n'
    '"1"\t"101"\t"01/10/2026 - 09:00"\t"0"\t"192.0.2.1"\t"Tout à fait"\t"X"\t""\t"Bien"\n'
    '"2"\t"102"\t"01/10/2026 - 09:00"\t"0"\t"192.0.2.1"\t"1"\t""\t"X"\t""\n'
    '"3"\t"103"\t"01/10/2026 - 09:00"\t"1"\t"192.0.2.1"\t"2"\t""\t""\t""\n'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_framaforms_has_three_rows_of_headings(read, answers, encoding):
    found = read(FRAMA.encode(encoding), "export.xls")
    assert (found.preview.tool, found.preview.header_rows) == ("framaforms", 3)
    assert answers(found, "e_01.reality") == [[5, 1]]
    assert found.responses[["respondent", "levers"]].values.tolist() == [["101", "form"], ["102", "time"]]
    assert found.verbatims["text"].tolist() == ["Bien"]
    assert [(one.code, one.place["row"]) for one in found.preview.faults] == [("response_incomplete", 6)]
    assert "headings_carried" in codes(found.preview.findings)
    assert "192.0.2.1" not in found.responses.to_csv()


QUALTRICS = (
    "StartDate,Status,IPAddress,Finished,ResponseId,LocationLatitude,Q1_1,QX,levers\n"
    "Start Date,Response Type,IP Address,Finished,Response ID,Location Latitude,"
    '"Aujourd’hui ? - Je partage mes échecs",'
    '"<p>L’accueil\ns’améliore</p>",Quels leviers d’apprentissage ?\n'
    '"{""ImportId"":""startDate""}","{""ImportId"":""status""}","{""ImportId"":""ip""}","{""ImportId"":""f""}",'
    '"{""ImportId"":""_recordId""}","{""ImportId"":""lat""}","{""ImportId"":""QID1_1""}",'
    '"{""ImportId"":""QID2""}","{""ImportId"":""QID3""}"\n'
    "2026-10-01 09:00:00,0,192.0.2.1,1,R_1,48.8,5,Un peu,Formation\n"
    '2026-10-01 09:00:00,IP Address,192.0.2.1,True,R_2,48.8,1,Tout à fait,"Formation,Temps"\n'
    "2026-10-01 09:00:00,0,192.0.2.1,0,R_3,48.8,1,,\n"
    "2026-10-01 09:00:00,1,192.0.2.1,1,R_4,48.8,1,,\n"
)


def test_qualtrics_has_three_rows_of_headings(read, answers):
    found = read(QUALTRICS)
    assert (found.preview.tool, found.preview.header_rows) == ("qualtrics", 3)
    assert answers(found, "a_02.reality", "e_01.reality") == [[5, 1], [2, 5]]
    assert found.responses[["respondent", "levers"]].values.tolist() == [["R_1", "form"], ["R_2", "form+time"]]
    assert codes(found.preview.faults) == ["response_incomplete", "response_test"]
    assert set(found.preview.personal["heading"]) == {"StartDate", "IPAddress", "LocationLatitude"}


def test_qualtrics_s_older_csv_has_two(read, answers):
    found = read(
        "V1,V2,V3,V5,V6,V7,V8,V10,e01\nResponseID,ResponseSet,Name,EmailAddress,IPAddress,Status,"
        "StartDate,Finished,Accueil\n"
        "R_1,Default,Durand,a@b.fr,192.0.2.1,0,2026-10-01 09:00:00,1,4\n"
    )
    assert (found.preview.tool, found.preview.header_rows) == ("qualtrics", 2)
    assert answers(found, "e_01.reality") == [[4]]
    assert set(found.preview.personal["heading"]) == {"V3", "V5", "V6", "V8"}


# --- REDCap, Sphinx, SurveyJS


@pytest.mark.parametrize(
    "rows",
    [
        "record_id,a01r,e01,levers___form,levers___time,q_complete\n1,4,na,1,0,2\n2,,3,1,1,0\n",
        "Record ID,a01r,L’accueil s’améliore,Quels leviers d’apprentissage ? (choice=Formation),"
        "Quels leviers d’apprentissage ? (choice=Temps),Complete?\n"
        "1,Plutôt d’accord,Non concerné,Checked,Unchecked,Complete\n2,,À moitié,Checked,Checked,Incomplete\n",
    ],
)
def test_redcap_raw_and_in_labels(read, answers, rows):
    found = read(rows)
    assert found.preview.tool == "redcap"
    assert answers(found, "a_01.reality", "e_01.reality") == [[4, ""], ["na", 3]]
    assert found.responses[["respondent", "levers"]].values.tolist() == [["1", "form"], ["2", "form+time"]]


def test_redcap_s_survey_that_was_never_sent(read):
    found = read("record_id,q_timestamp,e01,q_complete\n1,2026-10-01 09:00:00,4,2\n2,[not completed],3,0\n")
    assert codes(found.preview.faults) == ["response_incomplete"]


@pytest.mark.parametrize("title", [[], [["Diagnostic"]], [[""]]])
def test_sphinx_spreads_answers_over_columns(read, answers, title):
    rows = [
        *title,
        ["N°Obs", "L’accueil s’améliore", "levers_1", "levers_2", "DATE_SAISIE"],
        [1, "Tout à fait", "Formation", "", "01/10/2026 09:00"],
        [2, "Un peu", "Formation", "Échanges entre pairs, réseaux", "01/10/2026 09:00"],
    ]
    found = read(book(rows), "sphinx.xlsx")
    assert (found.preview.tool, found.preview.header_rows) == ("sphinx", len(title) + 1)
    assert answers(found, "e_01.reality") == [[5, 2]]
    assert found.responses[["respondent", "levers"]].values.tolist() == [["1", "form"], ["2", "form+peers"]]


def test_surveyjs_has_blocks_within_blocks_and_lists(read, answers):
    rows = [
        {
            "id": "s1",
            "matrix": {"a01R": 5, "a01V": "Non concerné"},
            "e01": 2,
            "levers": ["form", "time"],
            "site": "north",
        },
        {"id": "s2", "matrix": {"a01R": "Un peu"}, "email": "a@b.fr", "comment": "=1+1"},
    ]
    found = read(json.dumps(rows), "reponses.json")
    assert found.preview.tool == "surveyjs"
    assert answers(found, "a_01.reality", "a_01.vision", "e_01.reality") == [[5, 2], ["na", ""], [2, ""]]
    assert found.responses["levers"].tolist() == ["form+time", ""]
    assert found.preview.personal["heading"].tolist() == ["email"]


def sav(tmp_path, name="a.sav", **more):
    frame = pd.DataFrame(
        {
            "ID": [1.0, 2.0, 3.0, 4.0],
            "a01R": [1.0, 5.0, 98.0, 99.0],
            "e01": [4.0, None, 2.0, 3.0],
            "role": ["Agent", "Élu", "", "élu"],
            "ville": ["a@b.fr", "c@d.fr", "", ""],
        }
    )
    labels = {"a01R": {1: "Tout à fait", 5: "Pas du tout", 98: "Non concerné", 99: "Refus"}}
    path = tmp_path / name
    pyreadstat.write_sav(
        frame,
        path,
        column_labels={"e01": "L’accueil s’améliore"},
        variable_value_labels=labels,
        missing_ranges={"a01R": [98, 99]},
        **more,
    )
    return path.read_bytes()


@pytest.mark.parametrize("compressed", [False, True])
def test_spss_says_what_its_numbers_stand_for_and_the_label_wins(read, answers, tmp_path, compressed):
    found = read(sav(tmp_path, compress=compressed), "a.sav")
    assert (found.preview.tool, found.preview.kind) == ("spss", "SAV")
    assert answers(found, "a_01.reality", "e_01.reality") == [[5, 1, "na", ""], [4, "", 2, 3]]
    assert found.responses[["respondent", "role"]].values.tolist() == [
        ["1", "agent"],
        ["2", "elected"],
        ["3", ""],
        ["4", "elected"],
    ]
    assert found.preview.personal.values.tolist() == [["ville", "email"]]


def test_a_broken_spss_file_is_refused(upload, faults_of, tmp_path):
    content = sav(tmp_path)
    for piece in (content[:50], content[:200], b"$FL2" + b"\xff" * 500):
        assert codes(faults_of(open_export, upload(piece, "a.sav"))) == ["file_unreadable"]


def test_another_tool_may_be_named_and_the_doubt_is_told(read):
    assert read("respondent;e01\n1;4\n", tool="google").preview.tool == "google"
    assert "tool_doubtful" in codes(read("respondent;e01\n1;4\n", tool="google").preview.findings)


def test_a_tool_nobody_knows_is_refused(read, faults_of):
    assert codes(faults_of(read, "e01\n4\n", mapping='tool = "minitel"')) == ["tool_unknown"]


# --- real files

REAL = {
    "limesurvey/CONSTRUCTED_results_code_short_fr.csv": ("limesurvey", 1, 3, {4: "response_incomplete"}),
    "kobo_odk/kobo_csv_fr_labels_both.csv": ("kobo", 1, 3, {}),
    "kobo_odk/kobo_csv_fr_labels_summary.csv": ("kobo", 1, 3, {}),
    "kobo_odk/kobo_csv_fr_xml_details.csv": ("kobo", 1, 3, {}),
    "kobo_odk/kobo_csv_grouped_labels.csv": ("kobo", 1, 3, {}),
    "kobo_odk/kobo_csv_grouped_xmlvalues.csv": ("kobo", 1, 3, {}),
    "kobo_odk/kobo_xlsx_fr_labels_both.xlsx": ("kobo", 1, 3, {}),
    "google_forms/CONSTRUCTED_fr_forms_ui.csv": ("google", 1, 2, {}),
    "google_forms/CONSTRUCTED_fr_sheets.csv": ("google", 1, 2, {}),
    "ms_forms/CONSTRUCTED_fr.xlsx": ("microsoft", 1, 2, {}),
    "framaforms/CONSTRUCTED_webform7_delimited.csv": ("framaforms", 3, 2, {}),
    "framaforms/CONSTRUCTED_webform7_legacy_excel_utf16le_tab.xls": ("framaforms", 3, 2, {}),
    "qualtrics/qualtRics_sample.csv": ("qualtrics", 3, 1, {}),
    "redcap/simple_data.csv": ("redcap", 1, 5, {}),
    "redcap/checkboxes-1_data.csv": ("redcap", 1, 4, {}),
    "redcap/decimal-comma_data.csv": ("redcap", 1, 4, {}),
    "redcap/decimal-comma-and-dot_data.csv": ("redcap", 1, 4, {}),
    "sphinx/CONSTRUCTED_sphinx_layout.xlsx": ("sphinx", 2, 2, {}),
    "surveyjs/novacode_test_survey_form.json": ("surveyjs", 1, 1, {}),
}


@pytest.mark.parametrize("name", REAL)
def test_a_real_export_is_recognised_with_all_its_rows(real, name):
    export = read_as(open_export(real(name)))
    assert (export.tool, export.header_rows, len(export.cells), dict(export.left_out)) == REAL[name]


def test_no_real_export_lets_a_person_through(real):
    hidden = ("@", "192.0.2.", "130.92.34.66", "Nutmouse", "405) 321", "47.115097")
    for name in REAL:
        export = read_as(open_export(real(name)))
        open_ = [
            one for one in export.columns if one.kind != "personal" and one.code not in ("comments", "website", "q3")
        ]
        for column in open_:
            text = " ".join(map(str, export.cells[column.place].cat.categories))
            assert not [one for one in hidden if one in text and "verbatim" not in column.code], (name, column.name)


AGREED = """
[answers]
"Tout à fait d'accord" = 5
"Pas d'accord" = 1
"Pas du tout d'accord" = 1
[columns]
"La collectivité apprend de ses erreurs" = "a_01.reality"
[values.levers]
"Échanges entre pairs" = "peers"
"""
FIRST = {
    "kobo_odk/kobo_csv_fr_labels_both.csv": ([5, 1, ""], ["u1", "u2", "u3"]),
    "kobo_odk/kobo_xlsx_fr_labels_both.xlsx": ([5, 1, ""], ["u1", "u2", "u3"]),
    "framaforms/CONSTRUCTED_webform7_delimited.csv": ([5, 1], ["101", "102"]),
    "framaforms/CONSTRUCTED_webform7_legacy_excel_utf16le_tab.xls": ([5, 1], ["101", "102"]),
    "google_forms/CONSTRUCTED_fr_forms_ui.csv": ([5, 1], None),
    "google_forms/CONSTRUCTED_fr_sheets.csv": ([5, 1], None),
    "ms_forms/CONSTRUCTED_fr.xlsx": ([5, 1], ["1", "2"]),
    "sphinx/CONSTRUCTED_sphinx_layout.xlsx": ([5, 1], ["1", "2"]),
}


@pytest.mark.parametrize("name", FIRST)
def test_a_real_export_becomes_responses_with_a_mapping(real, door, answers, name):
    mapping = load_mapping(io.BytesIO(AGREED.encode()), door)
    found = read_export(real(name), door, mapping=mapping)
    expected, respondents = FIRST[name]
    assert answers(found, "a_01.reality") == [expected]
    assert respondents is None or found.responses["respondent"].tolist() == respondents
    again = read_export(real(name), door, mapping=mapping)
    assert again.responses["respondent"].tolist() == found.responses["respondent"].tolist()
    assert found.preview.read == found.preview.kept == len(expected)
