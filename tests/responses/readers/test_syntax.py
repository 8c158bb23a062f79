"""LimeSurvey's data for SPSS and R, written by hand as application/helpers/export_helper.php writes them."""

import io
import zipfile

import pytest

from assessment.faults import Faults
from assessment.responses.readers import read_export

SYNTAX = """\ufeff*$Rev: 121017 $ - LimeSurvey
SET UNICODE=ON.
GET DATA
 /TYPE=TXT
 /FILE='survey_1_SPSS_data_file.dat'
 /DELCASE=LINE
 /DELIMITERS=","
 /QUALIFIER="'"
 /ARRANGEMENT=DELIMITED
 /FIRSTCASE=1
 /IMPORTCASE=ALL
 /VARIABLES=
 V1 F7
 V2 DATETIME23.2
 V3 F7
 V4 A20
 V5 F1
 V6 A2
 V7 F1
 V8 F1
 V9 A60.
CACHE.
EXECUTE.
*Define Variable Properties.
VARIABLE LABELS V1 "id".
VARIABLE LABELS V5 "[Nous apprenons ""ensemble""] "+
"Aujourd’hui ?".
VARIABLE LABELS V9 "Un mot ?".
*Define Value labels.
VALUE LABELS  V5
 1 "Tout à fait"
 5 "Pas du tout".
VALUE LABELS  V6
 "A1" "Agent"
 "A2" "Élu".
VALUE LABELS  V7
 1 "Yes"
 0 "Not Selected".
RENAME VARIABLES ( V1 = id ).
RENAME VARIABLES ( V2 = submitdate ).
RENAME VARIABLES ( V3 = lastpage ).
RENAME VARIABLES ( V4 = startlanguage ).
RENAME VARIABLES ( V5 = p01R_a01R ).
RENAME VARIABLES ( V6 = role ).
RENAME VARIABLES ( V7 = levers_form ).
RENAME VARIABLES ( V8 = levers_time ).
RENAME VARIABLES ( V9 = comment ).
RESTORE LOCALE.
"""
DATA = """\ufeff'1','01-01-1980 00:00:00','3','fr','1','A2','1','0','L''équipe, oui'
'2','01-01-1980 00:00:00','3','fr','5','A1','0','1',
'3',,'1','fr',,,,,
"""


NAMES = "survey_1_SPSS_data_file.dat", "survey_1_SPSS_syntax_file.sps"


@pytest.fixture
def folder(tmp_path):
    for name, text in zip(NAMES, (DATA, SYNTAX), strict=True):
        (tmp_path / name).write_text(text, "utf-8", newline="")
    return tmp_path


def check(found, answers):
    assert found.preview.tool == "limesurvey"
    assert found.preview.kind == "DAT"
    assert (found.preview.read, found.preview.kept, found.preview.rejected) == (3, 2, 1)
    assert answers(found, "a_01.reality") == [[5, 1]]  # by the label: this survey counts from the best answer down
    assert found.responses["role"].tolist() == ["elected", "agent"]
    assert found.responses["levers"].tolist() == ["form", "time"]
    assert found.responses["respondent"].tolist() == ["1", "2"]
    assert found.verbatims["text"].tolist() == ["L'équipe, oui"]


def test_the_data_are_read_with_the_syntax_that_lies_beside_them(folder, door, answers):
    check(read_export(folder / NAMES[0], door), answers)


def test_the_data_are_read_from_one_folder_packed(folder, door, answers):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name in NAMES:
            file.write(folder / name, name)
    packed.seek(0)
    packed.name = "survey.zip"
    check(read_export(packed, door), answers)


def test_without_the_syntax_it_is_said_what_to_do(folder, door, read):
    (folder / NAMES[1]).unlink()
    for source in (lambda: read_export(folder / NAMES[0], door), lambda: read(DATA, "data.dat")):
        with pytest.raises(Faults) as caught:
            source()
        assert caught.value.faults[0].code == "syntax_missing"


@pytest.mark.parametrize(
    ("data", "syntax", "code", "row"),
    [
        ("'1','2'\n", SYNTAX, "columns_differ", 1),
        (DATA, "EXECUTE.\n", "syntax_unread", None),
        ("\n".join(["'1'," * 8 + "'2'"] * 2 + ["'1'"]), SYNTAX, "columns_differ", 3),
    ],
)
def test_a_pair_that_does_not_fit_is_refused(folder, door, data, syntax, code, row):
    for name, text in zip(NAMES, (data, syntax), strict=True):
        (folder / name).write_text(text, "utf-8")
    with pytest.raises(Faults) as caught:
        read_export(folder / NAMES[0], door)
    assert caught.value.faults[0].code == code
    assert caught.value.faults[0].place.get("row") == row


HEAD = "id;submitdate;lastpage;startlanguage;e01;levers[form];levers[peers];levers[time]\n"


def rows(*ticks):
    lines = [f"{number};1980-01-01;3;fr;4;{one}" for number, one in enumerate(ticks, 1)]
    return HEAD + "\n".join(lines) + "\n"


def test_data_for_r_say_two_for_a_tick_and_one_for_none(read):
    found = read(rows("1;1;2", "1;1;1", "2;1;2", ";;"))
    assert found.responses["levers"].tolist() == ["time", "", "form+time", ""]
    assert [(one.code, one.values["value"]) for one in found.preview.findings if "ticks" in one.code] == [
        ("ticks_by_number", "2")
    ]


def test_a_csv_asked_to_turn_yes_and_no_into_numbers_says_one_for_a_tick(read):
    found = read(rows("2;2;1", "2;2;2", "1;2;1"))
    assert found.responses["levers"].tolist() == ["time", "", "form+time"]


def test_numbers_that_may_mean_either_are_refused_with_what_to_tick(read):
    with pytest.raises(Faults) as caught:
        read(rows("2;2;1", "1;1;2"))
    assert caught.value.faults[0].code == "ticks_undecidable"


def test_one_and_two_of_another_tool_are_not_taken_for_limesurveys(read):
    found = read("respondent;e01;levers[form];levers[peers];levers[time]\n1;4;1;1;2\n2;4;0;1;0\n")
    assert [fault.code for fault in found.preview.faults] == ["tick_unknown"]
    assert found.responses["levers"].tolist() == ["peers"]
