"""A responses file is a table that can be scored, or the list of all that is wrong with it."""

import io

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assessment.faults import Faults
from assessment.responses import check_responses, load_responses, read_table, sift_responses

ABOUT = ["respondent", "unit", "role", "wave", "form"]


def places(faults):
    return [(one.code, one.place.get("row"), one.place.get("column")) for one in faults]


def parquet(table):
    buffer = io.BytesIO()
    pq.write_table(pa.table(table), buffer)
    buffer.seek(0)
    return buffer


def test_the_table_has_the_columns_about_the_response_then_background_then_answers(small, upload):
    table = load_responses(upload("e_01;age;a_01.vision;weight;unit;a_01.reality\n10;40;na;1.5;Voirie;1\n"), small)
    assert table.columns.tolist() == [*ABOUT, "weight", "age", "a_01.reality", "a_01.vision", "e_01.reality"]
    assert table.iloc[0].tolist() == ["", "Voirie", "", "", "", 1.5, "40", 1, 255, 11]
    assert (table.dtypes[["a_01.reality", "a_01.vision", "e_01.reality"]] == np.uint8).all()


def test_items_that_were_not_fielded_are_absent(small, upload):
    assert "a_02.reality" not in load_responses(upload("a_01.reality\n3\n"), small)


def test_the_order_of_the_rows_is_kept_and_that_of_the_columns_does_not_matter(small, upload):
    rows = [("b", "3", "1"), ("a", "na", ""), ("c", "", "5")]
    one = "respondent;a_01.reality;a_01.vision\n" + "".join(f"{a};{b};{c}\n" for a, b, c in rows)
    other = "a_01.vision;respondent;a_01.reality\n" + "".join(f"{c};{a};{b}\n" for a, b, c in rows)
    table = load_responses(upload(one), small)
    assert table["respondent"].tolist() == ["b", "a", "c"]
    pd.testing.assert_frame_equal(table, load_responses(upload(other), small))


@pytest.mark.parametrize(
    ("headings", "code", "column"),
    [
        ("a_01", "perspective_missing", "a_01"),
        ("e_01.vision", "perspective_not_asked", "e_01.vision"),
        ("z_99.reality", "item_unknown", "z_99.reality"),
        ("z.vision", "item_unknown", "z.vision"),
        ("A_01.reality", "item_unknown", "A_01.reality"),
        ("e_01;e_01.reality", "heading_duplicate", "e_01.reality"),
        ("age;unit", "answers_absent", None),
    ],
)
def test_a_heading_that_cannot_be_meant_is_told_once(small, upload, faults_of, headings, code, column):
    row = ";".join("1" * len(headings.split(";")))
    faults = faults_of(load_responses, upload(f"{headings}\n{row}\n"), small)
    assert places(faults) == [(code, 1, column)]


def test_all_wrong_headings_are_told_at_once(small, upload, faults_of):
    faults = faults_of(load_responses, upload("a_01;z.reality;e_01.vision;a_02.reality\n1;1;1;1\n"), small)
    assert [one.code for one in faults] == ["perspective_missing", "item_unknown", "perspective_not_asked"]


def test_every_fault_of_every_row_is_told_in_the_order_of_the_rows(small, upload, faults_of):
    text = (
        "respondent;role;form;weight;a_01.reality;e_01\n"
        "p1;agent;full;1;9;11\n"
        "p2;mayor;long;0;x;3\n"
        "\n"
        "p1;agent;short;;2,5;NA\n"
        "p3;agent\n"
    )
    faults = faults_of(load_responses, upload(text), small)
    assert sorted(places(faults)) == sorted(
        [
            ("answer_out_of_range", 2, "a_01.reality"),
            ("answer_out_of_range", 2, "e_01"),
            ("role_unknown", 3, "role"),
            ("form_unknown", 3, "form"),
            ("weight_not_positive", 3, "weight"),
            ("answer_text", 3, "a_01.reality"),
            ("respondent_duplicate", 5, "respondent"),
            ("weight_missing", 5, "weight"),
            ("answer_decimal_comma", 5, "a_01.reality"),
            ("answer_missing_mark", 5, "e_01"),
            ("row_width", 6, None),
        ]
    )
    assert [one.place["row"] for one in faults] == sorted(one.place["row"] for one in faults)
    assert {one.place["file"] for one in faults} == {"answers.csv"}


def test_a_fault_of_an_answer_names_its_item(small, upload, faults_of):
    (fault,) = faults_of(load_responses, upload("a_01.vision\n7\n"), small)
    assert (fault.place["item"], fault.values["value"]) == ("a_01", "7")


@pytest.mark.parametrize("mark", ["NA", "N/A", "NaN"])
def test_marks_of_a_missing_answer_are_faults_unless_they_are_named(small, upload, faults_of, mark):
    text = f"unit;a_01.reality\n{mark};{mark}\nx;3\n"
    assert [one.code for one in faults_of(load_responses, upload(text), small)] == ["answer_missing_mark"]
    table = load_responses(upload(text), small, [mark])
    assert table["a_01.reality"].tolist() == [0, 3]
    assert table["unit"].tolist() == [mark, "x"]


def test_a_person_answers_once_in_a_wave(small, upload, faults_of):
    text = "respondent;wave;a_01.reality\np;1;3\nq;1;3\np;2;3\np;1;4\n ;1;3\n;1;3\np;1;5\n"
    faults = faults_of(load_responses, upload(text), small)
    assert places(faults) == [("respondent_duplicate", 5, "respondent"), ("respondent_duplicate", 8, "respondent")]
    assert {one.values["first"] for one in faults} == {2}


def test_the_same_person_in_two_waves_and_people_without_a_name_are_right(small, upload):
    text = "respondent;wave;a_01.reality\np;1;3\np;2;3\n;1;3\n;1;3\n;;3\n"
    assert len(load_responses(upload(text), small)) == 5


@pytest.mark.parametrize(
    ("weight", "code"),
    [
        ("0", "weight_not_positive"),
        ("-1", "weight_not_positive"),
        ("-inf", "weight_not_positive"),
        ("0.0", "weight_not_positive"),
        ("one", "weight_not_number"),
        ("1,5", "weight_not_number"),
        ("nan", "weight_not_number"),
        ("inf", "weight_not_number"),
        ("1 000", "weight_not_number"),
        ("", "weight_missing"),
        ("  ", "weight_missing"),
    ],
)
def test_a_weight_is_a_number_above_0(small, upload, faults_of, weight, code):
    faults = faults_of(load_responses, upload(f"weight\ta_01.reality\n{weight}\t3\n2\t3\n"), small)
    assert places(faults) == [(code, 2, "weight")]


def test_weights_are_numbers(small, upload):
    table = load_responses(upload("weight;a_01.reality\n 1.25 ;3\n2;3\n1e-3;3\n"), small)
    assert table["weight"].tolist() == [1.25, 2, 0.001]
    assert "weight" not in load_responses(upload("a_01.reality\n3\n"), small)


def test_a_role_is_one_of_the_frameworks_or_a_part_of_one(small, upload, faults_of):
    table = load_responses(upload("role;a_01.reality\nuser;3\n;3\n agent ;3\n"), small)
    assert table["role"].tolist() == ["user", "", "agent"]
    faults = faults_of(load_responses, upload("role;a_01.reality\nAgent;3\n"), small)
    assert places(faults) == [("role_unknown", 2, "role")]
    assert faults[0].values["allowed"] == "agent, citizen, user"


def test_background_variables_stay_the_texts_they_are(small, upload):
    table = load_responses(upload("age;code;note;a_01.reality\n40;007;NA;3\n4.50;na; x ;3\n;;;3\n"), small)
    assert table[["age", "code", "note"]].values.tolist() == [["40", "007", "NA"], ["4.50", "na", "x"], ["", "", ""]]


def test_a_file_is_not_scored_by_halves_nor_does_sifting_hide_a_row(small, upload):
    text = "respondent;a_01.reality\np;3\n\nq;9\nr;1;2\np;4\n;\ns;\n"
    sifted = sift_responses(upload(text), small)
    assert (sifted.read, len(sifted.responses), sifted.rejected) == (5, 2, 3)
    assert sifted.responses["respondent"].tolist() == ["p", "s"]
    assert sifted.responses.index.tolist() == [0, 1]
    assert [(one.code, one.place["row"]) for one in sifted.faults] == [
        ("answer_out_of_range", 4),
        ("row_width", 5),
        ("respondent_duplicate", 6),
    ]
    with pytest.raises(Faults):
        load_responses(upload(text), small)


def test_sifting_still_refuses_a_file_whose_headings_are_wrong(small, upload):
    with pytest.raises(Faults):
        sift_responses(upload("a_01\n3\n"), small)


def test_a_sifted_file_may_keep_no_row(small, upload):
    sifted = sift_responses(upload("a_01.reality\n9\n8\n"), small)
    assert (sifted.read, sifted.rejected, len(sifted.responses)) == (2, 2, 0)


def test_only_the_first_of_two_responses_of_a_person_is_kept(small, upload):
    sifted = sift_responses(upload("respondent;a_01.reality\np;3\np;4\n"), small)
    assert sifted.responses["a_01.reality"].tolist() == [3]


CSV = (
    "respondent;unit;role;wave;weight;age;a_01.reality;a_01.vision;a_02.reality;e_01\n"
    "1;3;agent;2026;1.5;40;1;5;na;\n2;;user;2026;2;;;na;;10\n3;4;;2026;1;51;3;;2;0\n"
)
WRITTEN = {
    "respondent": [1, 2, 3],
    "unit": [3.0, None, 4.0],
    "role": pa.array(["agent", "user", None]).dictionary_encode(),
    "wave": [2026, 2026, 2026],
    "weight": [1.5, 2.0, 1.0],
    "age": pa.array([40, None, 51], pa.int16()),
    "a_01.reality": [1.0, None, 3.0],
    "a_01.vision": ["5", "na", None],
    "a_02.reality": pa.array(["na", None, "2"]).dictionary_encode(),
    "e_01": pa.array([None, 10, 0], pa.uint8()),
}


def test_csv_and_parquet_give_the_same_table(small, upload):
    expected = load_responses(upload(CSV), small)
    pd.testing.assert_frame_equal(load_responses(parquet(WRITTEN), small), expected)


def test_a_table_by_hand_gives_the_same_too(small, upload):
    expected = load_responses(upload(CSV), small)
    table = pa.table(WRITTEN).to_pandas()
    pd.testing.assert_frame_equal(read_table(table, small), expected)
    nullable = table.astype({"age": "Int16", "unit": "Int64", "a_01.reality": "Int8", "e_01": "UInt8"})
    pd.testing.assert_frame_equal(read_table(nullable.set_index([[9, 9, 9]]), small), expected)


def test_faults_of_a_parquet_file_are_numbered_as_those_of_a_sheet(small, faults_of):
    faults = faults_of(load_responses, parquet({"a_01.reality": [1.0, None, 2.5, 9.0]}), small)
    assert places(faults) == [("answer_decimal", 4, "a_01.reality"), ("answer_out_of_range", 5, "a_01.reality")]


def test_a_number_of_a_background_variable_may_be_of_any_size(small):
    table = load_responses(parquet({"a_01.reality": [1, 2], "x": [1e300, 2.0], "y": [float("inf"), 0.5]}), small)
    assert table["x"].tolist() == ["1e+300", "2.0"]
    assert table["y"].tolist() == ["inf", "0.5"]


def test_checking_returns_the_same_table_and_changes_nothing(small):
    table = pd.DataFrame({"respondent": [1, 2], "a_01.reality": ["3", None], "age": [40.0, None]}, index=[5, 5])
    before = table.copy(deep=True)
    assert check_responses(table, small) is table
    pd.testing.assert_frame_equal(table, before)


def test_reading_a_table_by_hand_changes_nothing(small):
    table = pd.DataFrame({"role": ["agent", ""], "a_01.reality": [1, 2]})
    before = table.copy(deep=True)
    read_table(table, small)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (pd.DataFrame({"a_01.reality": [1, 6]}), [("answer_out_of_range", 3, "a_01.reality")]),
        (
            pd.DataFrame({"a_01.reality": [[1], {}]}),
            [("answer_text", 2, "a_01.reality"), ("answer_text", 3, "a_01.reality")],
        ),
        (pd.DataFrame([[1, 2]], columns=["a_01.reality"] * 2), [("heading_duplicate", None, "a_01.reality")]),
        (pd.DataFrame([[1, 2]], columns=["a_01.reality", 7]), [("heading_not_text", None, "7")]),
        (pd.DataFrame(), [("answers_absent", 1, None)]),
        (
            pd.DataFrame({"a_01": [9], "a_02.reality": [9]}),
            [("perspective_missing", 1, "a_01"), ("answer_out_of_range", 2, "a_02.reality")],
        ),
    ],
    ids=["range", "lists", "twice", "number as heading", "nothing", "heading and cell"],
)
def test_what_is_wrong_with_a_table_by_hand_is_told_with_its_place(small, faults_of, table, told):
    assert places(faults_of(check_responses, table, small)) == told


def test_a_table_without_rows_is_right(small):
    assert read_table(pd.DataFrame({"a_01.reality": []}), small).empty


def test_columns_of_the_callers_own_may_have_any_name(small, faults_of):
    table = pd.DataFrame({"respondent": ["p", "p"], "row": [1, 2], "again": [1, 2], "a_01.reality": [1, 2]})
    (fault,) = faults_of(check_responses, table, small)
    assert (fault.place["row"], fault.values["first"]) == (3, 2)


def test_a_framework_of_one_perspective_is_headed_by_its_items_alone(small, upload, faults_of):
    from dataclasses import replace

    one = replace(small, perspectives=("reality",))
    table = load_responses(upload("a_01;e_01.reality\n3;0\n"), one)
    assert table.columns.tolist()[5:] == ["a_01", "e_01"]
    assert places(faults_of(load_responses, upload("a_01.vision\n3\n"), one)) == [
        ("perspective_not_asked", 1, "a_01.vision")
    ]
