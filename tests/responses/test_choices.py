"""What people chose: read, or refused with the row and what is wrong."""

import io

import pytest

from assessment.faults import Faults
from assessment.framework import load_framework
from assessment.responses import load_responses, sift_responses
from assessment.responses.choices import choice_questions, chosen_options

INSTRUMENT = """
id = "small"
version = "1"
languages = ["fr"]
perspectives = ["reality"]
answer_scale = {low = 1, high = 5}
role = [
  {id = "agent", name.fr = "Agent"},
  {id = "citizen", name.fr = "Citoyen"},
  {id = "user", parent = "citizen", name.fr = "Usager"},
]
dimension = [{id = "a", name.fr = "A"}]
item = [{id = "a_01", dimension = "a", text.fr = "Un"}]

[[question]]
id = "first"
kind = "choose"
choose = 2
text.fr = "Lesquels ?"
option = [{id = "x", text.fr = "X"}, {id = "y", text.fr = "Y"}, {id = "z", text.fr = "Z"}]

[[question]]
id = "where"
kind = "choice"
roles = ["citizen"]
text.fr = "Où ?"
option = [{id = "north", text.fr = "Nord"}, {id = "south", text.fr = "Sud"}]

[[question]]
id = "said"
kind = "open"
text.fr = "Dites."
"""


@pytest.fixture(scope="module")
def framework(tmp_path_factory):
    path = tmp_path_factory.mktemp("framework") / "small.toml"
    path.write_text(INSTRUMENT, "utf-8")
    return load_framework(path)


def read(text, framework):
    return load_responses(io.BytesIO(text.encode()), framework)


def faults_of(text, framework):
    found = sift_responses(io.BytesIO(text.encode()), framework).faults
    return [(fault.code, fault.place["row"], fault.place["column"]) for fault in found]


def test_each_option_is_true_where_it_was_chosen_in_any_order(framework):
    table = read("first,a_01\nz+x,1\n y ,2\n,3\n", framework)
    chosen = chosen_options(table, framework, framework.questions[0])
    assert chosen.columns.tolist() == ["x", "y", "z"]
    assert chosen.values.tolist() == [[True, False, True], [False, True, False], [False] * 3]


def test_only_those_who_are_asked_count(framework):
    table = read("role,where,a_01\nuser,north,1\nagent,south,2\n,south,3\n", framework)
    chosen = chosen_options(table, framework, framework.questions[1])
    assert chosen.values.tolist() == [[True, False], [False, False], [False, True]]


def test_only_questions_with_options_and_a_column_are_found(framework):
    table = read("first,said,a_01\nx,bonjour,1\n", framework)
    assert [one.id for one in choice_questions(table, framework)] == ["first"]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("w", ["choice_unknown"]),
        ("x+w+v", ["choice_unknown", "choice_unknown", "choices_too_many"]),
        ("x+x", ["choice_twice"]),
        ("x+y+z", ["choices_too_many"]),
        ("x+y+", []),
        ("x;y", ["choice_unknown"]),
        ("X", ["choice_unknown"]),
    ],
)
def test_every_cell_that_cannot_be_is_told_with_its_row(framework, cell, codes):
    assert faults_of(f'a_01,first\n3,x\n2,"{cell}"\n', framework) == [(code, 3, "first") for code in codes]


def test_choices_with_faults_are_refused_all_at_once(framework):
    table = read("a_01,first,where\n3,x,north\n2,y,south\n", framework).assign(first=["w", "x+x"])
    with pytest.raises(Faults) as refused:
        chosen_options(table, framework, framework.questions[0])
    assert [(fault.code, fault.place["row"]) for fault in refused.value.faults] == [
        ("choice_unknown", 2),
        ("choice_twice", 3),
    ]


def test_nobody_chose_nothing(framework):
    table = read("a_01,first\n3,x\n", framework).iloc[:0]
    assert chosen_options(table, framework, framework.questions[0]).shape == (0, 3)


def test_the_choices_of_valclair_are_read_without_fault():
    from assessment.example.loading import load_example

    example = load_example()
    chosen = chosen_options(example.responses, example.framework, example.framework.questions[0])
    assert chosen.sum(axis=1).max() == 3


def test_a_file_with_wrong_choices_is_refused_by_row_and_a_mark_for_missing_is_none(framework):
    file = io.BytesIO(b"first,a_01\nx,3\ny+football,4\nNA,5\nx+x,1\n")
    sifted = sift_responses(file, framework, missing=["NA"])
    told = [(fault.code, fault.place["row"], fault.place["column"]) for fault in sifted.faults]
    assert told == [("choice_unknown", 3, "first"), ("choice_twice", 5, "first")]
    assert sifted.responses["first"].tolist() == ["x", ""]
