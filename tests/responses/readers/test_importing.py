"""From an export to responses: columns, labels, choices, persons, rows; every row has its place in the sum."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.responses import load_responses
from assessment.responses.answers import MISSING
from assessment.responses.columns import answer_columns
from assessment.responses.readers.saving import responses_csv


def codes(remarks):
    return [one.code for one in remarks]


def test_our_own_headings_are_read_as_they_are(read, answers):
    found = read("respondent,unit,a_01.reality,a_01.vision,e_01\np1,Voirie,2,5,na\np2,,,3,1\n")
    assert answers(found, "a_01.reality", "a_01.vision", "e_01.reality") == [[2, ""], [5, 3], ["na", 1]]
    assert found.responses["respondent"].tolist() == ["p1", "p2"]
    assert set(found.preview.mapped["how"]) == {"heading"}


@pytest.mark.parametrize("code", ["a01R", "A01r", "a_01R", "G01[a01R]", "groupe/a01R", "G1_a01R", "grp-a01R"])
def test_the_contract_s_codes_are_recognised_wherever_tools_put_them(read, answers, code):
    found = read(f"{code};e01\n4;2\n")
    assert answers(found, "a_01.reality", "e_01.reality") == [[4], [2]]
    assert set(found.preview.mapped["how"]) == {"code"}


def test_wordings_are_matched_exactly_and_then_but_for_typography(read):
    found = read("L’accueil s’améliore;Aujourd'hui\u202f? [Je partage  mes échecs]\n4;5\n")
    assert found.preview.mapped[["target", "how"]].values.tolist() == [
        ["e_01.reality", "exact"],
        ["a_02.reality", "normalised"],
    ]


def test_a_role_s_own_wording_is_the_same_item_and_versions_of_a_form_become_one_column(read, answers):
    found = read("L’accueil s’améliore;L’accueil des habitants s’améliore\n4;\n;2\n3;3\n")
    assert answers(found, "e_01.reality") == [[4, 2, 3]]
    assert "columns_joined" in codes(found.preview.findings)


def test_versions_of_a_form_that_differ_are_a_fault_of_the_row(read):
    found = read("e01;g/e01\n4;\n5;1\n")
    assert [(one.code, one.place["row"]) for one in found.preview.faults] == [("answers_conflict", 3)]
    assert found.preview.kept == 1


def test_an_item_without_its_perspective_is_never_guessed(read):
    found = read("e01;Je partage mes échecs;Je partage mes échecs\n4;1;2\n")
    assert codes(found.preview.findings) == ["perspective_undecided"] * 2
    assert found.preview.unmatched == ["Je partage mes échecs", "Je partage mes échecs #2"]


def test_labels_are_read_exactly_then_but_for_typography_and_the_report_says_which(read, answers):
    cells = [
        "Plutôt d’accord",
        "plutôt d'accord",
        "PLUTÔT\u00a0D’ACCORD",
        "Entirely",
        "Non concerné",
        "3,0",
        "2.0",
        "",
        "na",
    ]
    found = read("e01\n" + "\n".join(f'"{cell}"' for cell in cells[:-2]) + "\nna\n")
    assert answers(found, "e_01.reality") == [[4, 4, 4, 5, "na", 3, 2, "na"]]
    how = dict(zip(found.preview.labels["label"], found.preview.labels["how"], strict=True))
    assert [how[cell] for cell in (*cells[:-2], "na")] == [
        *("exact", "normalised", "normalised", "exact", "exact", "number", "number", "exact"),
    ]


def test_a_label_nobody_knows_is_no_answer_and_is_counted(read):
    found = read("e01;unit\nParfois;A\nParfois;B\n4;C\n6;D\n2,5;E\n")
    assert found.preview.unknown.values.tolist() == [["Parfois", 2], ["2,5", 1]]
    assert codes(found.preview.faults) == ["answer_text", "answer_text", "answer_out_of_range", "answer_decimal_comma"]
    assert found.responses["unit"].tolist() == ["C"]


def test_a_number_in_front_of_other_words_is_read_and_told(read, answers):
    found = read("e01\n4 - Assez\n5 – Tout à fait\n4 - Pas du tout\n")
    assert answers(found, "e_01.reality") == [[4, 5]]
    assert codes(found.preview.findings) == ["label_by_number"]
    assert codes(found.preview.faults) == ["answer_text"]  # "Pas du tout" is 1, not 4: never guessed


def test_a_mapping_goes_before_everything(read, answers):
    mapping = """
    wave = "2026"
    [columns]
    "Assez bien accueilli ?" = "e_01"
    "Direction" = "unit"
    "a01R" = ""
    [keep]
    "Ancienneté" = "seniority"
    [answers]
    "Assez" = 4
    "Bof" = ""
    "Sans avis" = "na"
    [values.role]
    "Agent·e" = "agent"
    """
    rows = (
        "Assez bien accueilli ?;Direction;role;Ancienneté;a01R;Âge\nAssez;A;Agent·e;3 ans;1;40\n"
        "sans AVIS;B;Élu;;1;41\nBof;B;;;1;4\n"
    )
    found = read(rows, mapping=mapping)
    assert answers(found, "e_01.reality") == [[4, "na", ""]]
    assert found.responses[["unit", "role", "wave", "seniority"]].values.tolist() == [
        ["A", "agent", "2026", "3 ans"],
        ["B", "elected", "2026", ""],
        ["B", "", "2026", ""],
    ]
    assert "Âge" in found.preview.unmatched
    assert "Âge" not in found.responses
    assert "a_01.reality" not in found.responses


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ("a = ", "mapping_syntax"),
        ("collumns = 1", "mapping_key_unknown"),
        ("columns = 1", "mapping_type"),
        ('[columns]\n"x" = 1', "mapping_type"),
        ('[columns]\n"x" = "a_99.reality"', "mapping_target_unknown"),
        ('[answers]\n"x" = "beaucoup"', "mapping_answer"),
        ('[dates]\norder = "dym"', "mapping_value"),
        ('form = "longue"', "mapping_value"),
        ('[columns]\n"absent" = "unit"', "mapping_heading_unknown"),
        ('[columns]\n"Double" = "unit"', "mapping_heading_ambiguous"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(read, faults_of, mapping, code):
    rows = "e01;double;double\n4;a;b\n"
    assert codes(faults_of(read, rows, mapping=mapping)) == [code]


def test_the_second_of_two_headings_can_be_named(read):
    found = read("e01;Double;Double\n4;a;b\n", mapping='[columns]\n"Double #2" = "unit"')
    assert found.responses["unit"].tolist() == ["b"]


def test_empty_headings_have_a_number_and_columns_at_the_edge_without_anything_are_left_out(read):
    found = read("e01;;\n4;x;\n")
    assert found.preview.columns["heading"].tolist() == ["e01", "#2"]


def test_nothing_that_can_be_matched_is_a_fault_that_shows_the_columns(read, faults_of):
    faults = faults_of(read, "Question;Autre\n1;2\n")
    assert codes(faults) == ["export_unmatched"]
    assert "Question" in faults[0].values["names"]


PERSONAL = {
    "Adresse IP": ("192.0.2.1", "ip"),
    "Courriel": ("x", "email"),
    "Contact": ("a.b@c.fr", "email"),
    "Nom": ("Durand", "name"),
    "Réseau": ("2001:db8:0:0:0:0:2:1", "ip"),
    "Joindre": ("06 12 34 56 78", "telephone"),
    "Où": ("48.85661, 2.35222", "location"),
    "LocationLatitude": ("48.8", "location"),
    "Horodateur": ("2026", "time"),
    "Quand": ("01/10/2026 09:00:00", "time"),
    "Date de naissance": ("1980", "birth"),
    "token": ("abc", "trace"),
}


def test_personal_columns_are_dropped_at_the_door_and_named(read):
    found = read(";".join(["e01", *PERSONAL]) + "\n4;" + ";".join(cell for cell, _ in PERSONAL.values()) + "\n")
    assert dict(found.preview.personal.values.tolist()) == {name: why for name, (_, why) in PERSONAL.items()}
    assert not set(PERSONAL) & set(found.responses)
    for cell, _ in PERSONAL.values():
        assert cell not in found.responses.to_csv().split(",")


@pytest.mark.parametrize("target", ["unit", "respondent"])
def test_a_mapping_may_keep_a_heading_that_only_sounds_personal_and_never_what_is(read, target):
    mapping = f'[columns]\n"Nom" = "{target}"'
    assert read("e01;Nom\n4;Voirie\n", mapping=mapping).responses[target].tolist() == ["Voirie"]
    assert "a@b.fr" not in read("e01;Nom\n4;a@b.fr\n", mapping=mapping).responses.to_csv()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("levers[form];levers[peers]\nY;\n;Y\nY;Y\n", ["form", "peers", "form+peers"]),
        ("levers/form;levers/peers\n1;0\n0;1\n1;1\n", ["form", "peers", "form+peers"]),
        ("levers___form;levers___peers\nChecked;Unchecked\nUnchecked;Checked\n1;1\n", ["form", "peers", "form+peers"]),
        ("Quels leviers d'apprentissage ?\nFormation;\n", ["form"]),
        (
            'Quels leviers d’apprentissage ?\n"Formation;"\n"Formation, Échanges entre pairs, réseaux"\nTemps\n',
            ["form", "form+peers", "time"],
        ),
        ('levers\nform+time\n"Training;Time"\n', ["form+time", "form+time"]),
    ],
)
def test_several_choices_are_read_apart_or_in_one_cell(read, rows, expected):
    apart = rows.startswith(("levers[", "levers/", "levers___"))
    heading, *lines = (rows.replace(";", "\t") if apart else rows).splitlines()
    table = "\n".join([f"{heading}\te01", *(f"{line}\t4" for line in lines)])
    assert read(table).responses["levers"].tolist() == expected


def test_choices_that_can_be_taken_apart_in_two_ways_are_refused_with_what_to_tick(read):
    mapping = '[values.levers]\n"Échanges entre pairs" = "form"\n"réseaux" = "time"'
    found = read('levers;e01\n"Échanges entre pairs, réseaux";4\nTemps;5\nautre;1\n', mapping=mapping)
    assert codes(found.preview.faults) == ["choices_ambiguous", "choices_unknown"]
    assert found.responses["levers"].tolist() == ["time"]


def test_what_people_wrote_stands_apart_and_in_no_order_of_the_file(read):
    found = read("respondent;comment;e01\n1;Zut;4\n2;=1+1;5\n3;;5\n")
    assert found.verbatims.values.tolist() == [["2", "", "comment", "=1+1"], ["1", "", "comment", "Zut"]]
    assert "comment" not in found.responses


def test_rows_add_up_and_the_same_row_twice_is_a_duplicate(read):
    found = read("respondent;e01\n1;4\n1;4\n1;5\n2;9\n3;3\n")
    assert codes(found.preview.faults) == ["respondent_duplicate", "answer_out_of_range"]
    sums = found.preview
    assert (sums.read, sums.kept, sums.rejected, sums.duplicates) == (5, 2, 2, 1)


def test_without_numbers_the_same_file_and_a_longer_one_give_the_same_names(read):
    rows = ["4;5;A", "4;5;B", "1;;A"]
    first = read("a01R;a01V;unit\n" + "\n".join(rows))
    longer = read(
        "Courriel;unit;a01V;a01R;e01\n"
        + "\n".join(f"x{n}@y.fr;{u};{v};{r};" for n, (r, v, u) in enumerate(row.split(";") for row in (*rows, "4;5;C")))
    )
    names = first.responses["respondent"].tolist()
    assert len(set(names)) == 3
    assert longer.responses["respondent"].tolist()[:3] == names
    assert longer.responses["respondent"].tolist()[3] == names[0][:-1] + "3"


def test_two_forms_of_one_wave_may_both_count_from_one(read):
    assert read("respondent;e01\n1;4\n", mapping='prefix = "nord-"').responses["respondent"].tolist() == ["nord-1"]


@pytest.mark.parametrize(
    ("dates", "order", "expected"),
    [
        (["2026-10-01", "2025-01-02"], "", ["2026-10", "2025-01"]),
        (["23/10/2026", "01/02/2025"], "", ["2026-10", "2025-02"]),
        (["10/23/2026", "01/02/2025"], "", ["2026-10", "2025-01"]),
        (["01/02/2026", "03/04/2026"], "dmy", ["2026-02", "2026-04"]),
        (["01/02/2026", "03/04/2026"], "mdy", ["2026-01", "2026-03"]),
        (["01/02/2026", "03/04/2026"], "", "date_order_undecided"),
        (["23/10/2026", "10/23/2026"], "dmy", "date_order_undecided"),
        (["1980-01-01 00:00:00", "1980-01-01 00:00:00"], "", "date_hidden"),
        (["2026-10-01", "hier"], "", "date_unreadable"),
    ],
)
def test_the_wave_may_be_the_month_of_a_date_whose_order_can_be_told(read, faults_of, dates, order, expected):
    mapping = '[dates]\ncolumn = "Quand"\nwave = "month"\n' + (f'order = "{order}"' if order else "")
    rows = "e01;Quand\n" + "\n".join(f"4;{date}" for date in dates)
    if isinstance(expected, str):
        assert codes(faults_of(read, rows, mapping=mapping)) == [expected]
    else:
        assert read(rows, mapping=mapping).responses["wave"].tolist() == expected


def test_a_year_needs_no_order(read):
    assert read("e01;D\n4;01/02/2026\n", mapping='[dates]\ncolumn = "D"').responses["wave"].tolist() == ["2026"]


HOSTILE = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_what_is_written_is_read_back_whatever_the_cells(read, door, upload, data):
    count = data.draw(st.integers(1, 6))
    columns = [column.name for column in answer_columns(door)]
    cells = st.sampled_from(["", "na", "1", "2", "3", "4", "5"])
    rows = pd.DataFrame({name: data.draw(st.lists(cells, min_size=count, max_size=count)) for name in columns})
    rows["unit"] = data.draw(st.lists(HOSTILE, min_size=count, max_size=count))
    rows["respondent"] = [f"p{n}" for n in range(count)]
    found = read(rows.to_csv(index=False, lineterminator="\n", quoting=1).encode())
    assert found.preview.kept == count
    again = load_responses(upload(responses_csv(found.responses, door)), door)
    for name in (*columns, "respondent"):
        np.testing.assert_array_equal(again[name], found.responses[name])
    assert (found.responses[columns].to_numpy() == MISSING).tolist() == (rows[columns] == "").to_numpy().tolist()


def test_how_far_the_reading_is_is_told_and_what_is_raised_stops_it(read):
    told = []
    read("a01R;a01V\n5;4\n", progress=lambda done, total: told.append((done, total)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)

    def stop(done, total):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read("a01R;a01V\n5;4\n", progress=stop)
