"""A framework file is a framework, or the list of all that is wrong with it; nothing in between."""

import ast
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import assessment.framework
from assessment.faults import Faults
from assessment.framework import bundled_frameworks, check_framework, load_framework
from assessment.framework.loading import KINDS, STAND_INS
from assessment.texts.words import dictionary

MINIMAL = """
id = "mini"
version = "1"
languages = ["fr"]
perspectives = ["reality"]
answer_scale = {low = 1, high = 5}
[[dimension]]
id = "d"
name.fr = "Dimension"
[[item]]
id = "i1"
dimension = "d"
text.fr = "Item"
"""

EVERY_BLOCK = """
id = "every-block"
version = "2.1"
languages = ["fr", "en"]
perspectives = ["reality", "vision"]
[prompt]
reality.fr = "Est-ce vrai ?"
reality.en = "Is it true?"
vision.fr = "Le souhaitez-vous ?"
vision.en = "Would you like it?"
[tension]
vision_cut = 60.5
smallest_gap = 0
[answer_scale]
low = 0
high = 2
labels.fr = ["non", "un peu", "oui"]
labels.en = ["no", "a little", "yes"]
not_concerned.fr = "Non concerné"
not_concerned.en = "Not concerned"
[[role]]
id = "citizen"
name.fr = "Citoyen"
name.en = "Citizen"
[[role]]
id = "association"
parent = "citizen"
name.fr = "Association"
name.en = "Association"
[[family]]
id = "f"
name.fr = "Famille"
name.en = "Family"
[[dimension]]
id = "d"
family = "f"
reach = "individual"
name.fr = "Dimension"
name.en = "Dimension"
source = "CA"
[[dimension]]
id = "effects"
name.fr = "Effets"
name.en = "Effects"
perspectives = ["reality"]
answer_scale = {low = 0, high = 10}
[[facet]]
id = "d_facet"
dimension = "d"
name.fr = "Facette"
name.en = "Facet"
[[item]]
id = "d_01"
dimension = "d"
facet = "d_facet"
referent = "me"
reverse = true
short = true
scored = true
roles = ["citizen"]
text.fr = "Un"
text.en = "One"
[[item]]
id = "e_01"
dimension = "effects"
text.fr = "Deux"
text.en = "Two"
[[item]]
id = "e_02"
dimension = "effects"
scored = false
text.fr = "Trois"
text.en = "Three"
answer_scale = {low = 1, high = 2}
[[wording]]
item = "d_01"
roles = ["association"]
referent = "territory"
text.fr = "Un, pour vous"
text.en = "One, for you"
[[maturity_level]]
id = "low"
start = 0
name.fr = "Bas"
name.en = "Low"
[[maturity_level]]
id = "high"
start = 0.5
name.fr = "Haut"
name.en = "High"
[[descriptor]]
dimension = "d"
maturity_level = "low"
text.fr = "Une scène"
text.en = "A scene"
[[practice]]
id = "p"
dimension = "d"
maturity_levels = ["low", "high"]
name.fr = "Pratique"
name.en = "Practice"
text.fr = "Faire"
text.en = "Do"
effort = "medium"
head = "last"
sign.fr = "On voit"
sign.en = "One sees"
source = "kit"
[[question]]
id = "q_open"
kind = "open"
text.fr = "Dites"
text.en = "Say"
[[question]]
id = "q_choose"
kind = "choose"
choose = 1
text.fr = "Choisissez"
text.en = "Choose"
roles = ["citizen"]
[[question.option]]
id = "a"
text.fr = "A"
text.en = "A"
[[question.option]]
id = "b"
text.fr = "B"
text.en = "B"
"""


def role(id, parent=None):
    return f'\n[[role]]\nid = "{id}"\nname.fr = "R"\n' + (f'parent = "{parent}"\n' if parent else "")


def level(id, start):
    return f'\n[[maturity_level]]\nid = "{id}"\nstart = {start}\nname.fr = "N"\n'


def item(id, more="", dimension="d"):
    return f'\n[[item]]\nid = "{id}"\ndimension = "{dimension}"\ntext.fr = "I"\n{more}\n'


def question(kind, more="", id="q"):
    return f'\n[[question]]\nid = "{id}"\nkind = "{kind}"\ntext.fr = "Q"\n{more}\n'


def options(*ids):
    return "option = [" + ", ".join(f'{{id = "{id}", text.fr = "O"}}' for id in ids) + "]"


SECOND = '\n[[dimension]]\nid = "e"\nname.fr = "E"\n' + item("i2", dimension="e")
FACET = '\n[[facet]]\nid = "e_facet"\ndimension = "e"\nname.fr = "F"\n'
WORDING = '\n[[wording]]\nitem = "i1"\nroles = {roles}\ntext.fr = "W"\n'
DESCRIPTOR = '\n[[descriptor]]\ndimension = "d"\nmaturity_level = "low"\ntext.fr = "S"\n'
PRACTICE = '\n[[practice]]\nid = "p"\ndimension = "d"\nname.fr = "P"\ntext.fr = "T"\n'


def add(text):
    return MINIMAL + text


def swap(old, new):
    assert old in MINIMAL
    return MINIMAL.replace(old, new)


FAULTY = [
    ("languages_missing", "framework", "languages", ""),
    ("languages_missing", "framework", "languages", swap('["fr"]', '"fr"')),
    ("languages_missing", "framework", "languages", swap('["fr"]', "[]")),
    ("languages_missing", "framework", "languages", swap('["fr"]', '["fr", "fr"]')),
    ("languages_missing", "framework", "languages", swap('["fr"]', '["fr", ""]')),
    ("languages_missing", "framework", "languages", swap('["fr"]', "[1]")),
    ("block_unknown", "items", None, add("\n[[items]]\nid = 'x'\n")),
    ("block_unknown", "name", None, "name = 'x'\n" + MINIMAL),
    ("block_missing", "item", None, MINIMAL.split("[[item]]")[0]),
    ("block_missing", "dimension", None, MINIMAL.split("[[dim")[0] + item("i1")),
    ("block_not_list", "item", None, swap("[[item]]", "[item]")),
    ("block_not_list", "question q", "option", add(question("open", "option = 'a'"))),
    ("block_not_table", "prompt", None, "prompt = 'x'\n" + MINIMAL),
    ("block_not_table", "tension", None, "tension = 3\n" + MINIMAL),
    ("block_not_table", "framework", "answer_scale", swap("{low = 1, high = 5}", "[1, 5]")),
    ("block_not_table", "family n° 1", None, "family = [1]\n" + MINIMAL),
    ("block_not_table", "question q", "option[1]", add(question("choice", "option = [1, {id = 'a', text.fr = 'A'}]"))),
    ("key_missing", "framework", "version", swap('version = "1"', "")),
    ("key_missing", "framework", "answer_scale.high", swap(", high = 5", "")),
    ("key_missing", "item n° 2", "id", add('\n[[item]]\ndimension = "d"\ntext.fr = "x"\n')),
    ("key_missing", "item i1", "dimension", swap('dimension = "d"', "")),
    ("key_missing", "question q", "choose", add(question("choose", options("a", "b")))),
    ("key_unknown", "item i1", "colour", add('colour = "red"\n')),
    ("key_unknown", "prompt", "wish", add('\n[prompt]\nwish.fr = "x"\n')),
    ("key_unknown", "framework", "answer_scale.middle", swap("low = 1", "low = 1, middle = 3")),
    ("type_wrong", "framework", "version", swap('"1"', "1")),
    ("type_wrong", "framework", "id", swap('"mini"', "' '")),
    ("type_wrong", "framework", "answer_scale.low", swap("low = 1", "low = true")),
    ("type_wrong", "framework", "answer_scale.low", swap("low = 1", "low = '1'")),
    ("type_wrong", "framework", "answer_scale.high", swap("high = 5", "high = 5.0")),
    ("type_wrong", "framework", "answer_scale.high", swap("high = 5", "high = " + "9" * 400)),
    ("type_wrong", "framework", "answer_scale.high", swap("high = 5", "high = 0x" + "f" * 9000)),
    ("type_wrong", "framework", "answer_scale.labels.fr", swap("high = 5", "high = 5, labels.fr = 'oui, non'")),
    ("type_wrong", "framework", "perspectives", swap('["reality"]', '"reality"')),
    ("type_wrong", "item i1", "short", add("short = 1\n")),
    ("type_wrong", "item i1", "scored", add('scored = "no"\n')),
    ("type_wrong", "item i1", "text.fr", swap('text.fr = "Item"', "text.fr = 3")),
    ("type_wrong", "item i1", "roles", add('roles = "agent"\n')),
    ("type_wrong", "tension", "vision_cut", add("\n[tension]\nvision_cut = true\n")),
    ("type_wrong", "maturity_level a", "start", add(level("a", "'0'"))),
    ("value_not_allowed", "item i1", "referent", add('referent = "moon"\n')),
    ("value_not_allowed", "dimension d", "reach", swap('name.fr = "Dimension"', 'name.fr = "D"\nreach = "x"')),
    ("value_not_allowed", "practice p", "effort", add(PRACTICE + 'effort = "huge"\n')),
    ("value_not_allowed", "question q", "kind", add(question("rating"))),
    ("text_without_languages", "item i1", "text", swap("text.fr", "text")),
    ("language_missing", "item i1", "text.fr", swap('"Item"', '"  "')),
    (
        "language_missing",
        "item i1",
        "text.en",
        swap('["fr"]', '["fr", "en"]').replace("name.fr", "name.en = 'D'\nname.fr"),
    ),
    ("language_missing", "framework", "answer_scale.labels.fr", swap("high = 5", "high = 5, labels = {}")),
    ("language_undeclared", "item i1", "text.en", add('text.en = "Item"\n')),
    ("framework_id_malformed", "framework", "id", swap('"mini"', '"mon cadre"')),
    ("id_malformed", "item é1", "id", swap('"i1"', '"é1"')),
    ("id_malformed", "item 1i", "id", swap('"i1"', '"1i"')),
    ("id_malformed", "item {x}", "id", swap('"i1"', '"{x}"')),
    ("id_malformed", f"item {'a' * 32}", "id", swap('"i1"', f'"{"a" * 32}"')),
    ("id_malformed", "question q", "option.id", add(question("choice", options("a b", "c")))),
    ("id_duplicate", "item I_1", "id", add(item("I_1"))),
    ("id_duplicate", "item i1", "id", add(item("i1"))),
    ("id_duplicate", "question I_1", "id", add(question("open", id="I_1"))),
    ("id_duplicate", "question q", "option.id", add(question("choice", options("a_", "A", "b")))),
    ("id_reserved", "item Unit", "id", swap('"i1"', '"Unit"')),
    ("id_reserved", "item we_ight", "id", swap('"i1"', '"we_ight"')),
    ("id_reserved", "question wave", "id", add(question("open", id="wave"))),
    ("reference_unknown", "item i1", "dimension", swap('dimension = "d"', 'dimension = "z"')),
    ("reference_unknown", "item i1", "facet", add('facet = "z"\n')),
    ("reference_unknown", "item i1", "roles", add('roles = ["z"]\n')),
    ("reference_unknown", "role a", "parent", add(role("a", "z"))),
    ("reference_unknown", "dimension d", "family", swap('name.fr = "D', 'family = "z"\nname.fr = "D')),
    (
        "reference_unknown",
        "wording z · a",
        "item",
        add(role("a") + WORDING.format(roles='["a"]').replace('"i1"', '"z"')),
    ),
    ("reference_unknown", "descriptor d · low", "maturity_level", add(DESCRIPTOR)),
    ("reference_unknown", "practice p", "maturity_levels", add(PRACTICE + 'maturity_levels = ["z"]\n')),
    ("perspectives_wrong", "framework", "perspectives", swap('["reality"]', '["vision"]')),
    ("perspectives_wrong", "framework", "perspectives", swap('["reality"]', '["vision", "reality"]')),
    ("perspectives_wrong", "framework", "perspectives", swap('["reality"]', "[]")),
    (
        "perspectives_wrong",
        "dimension d",
        "perspectives",
        swap('name.fr = "D', 'perspectives = ["vision"]\nname.fr = "D'),
    ),
    ("answer_scale_wrong", "framework", "answer_scale", swap("low = 1, high = 5", "low = 5, high = 1")),
    ("answer_scale_wrong", "framework", "answer_scale", swap("high = 5", "high = 1")),
    ("answer_scale_wrong", "item i1", "answer_scale", add("answer_scale = {low = 0, high = 200}\n")),
    ("labels_count", "framework", "answer_scale.labels.fr", swap("high = 5", 'high = 5, labels.fr = ["non", "oui"]')),
    ("answer_scale_mixed", "item i2", "answer_scale", add(item("i2", "answer_scale = {low = 0, high = 5}"))),
    ("cut_out_of_range", "tension", "vision_cut", add("\n[tension]\nvision_cut = 650\n")),
    ("cut_out_of_range", "tension", "smallest_gap", add("\n[tension]\nsmallest_gap = -1\n")),
    ("cut_out_of_range", "tension", "vision_cut", add("\n[tension]\nvision_cut = nan\n")),
    ("nobody_asked", "item i1", "roles", add("roles = []\n")),
    ("nobody_asked", "question q", "roles", add(question("open", "roles = []"))),
    (
        "wording_not_asked",
        "wording i1 · b",
        "roles",
        add('roles = ["a"]\n' + role("a") + role("b") + WORDING.format(roles='["b"]')),
    ),
    ("wording_duplicate", "wording i1 · a", "roles", add(role("a") + 2 * WORDING.format(roles='["a"]'))),
    ("facet_elsewhere", "item i1", "facet", add('facet = "e_facet"\n' + SECOND + FACET)),
    ("level_first_not_zero", "maturity_level a", "start", add(level("a", 0.1))),
    ("levels_unordered", "maturity_level c", "start", add(level("a", 0) + level("b", 0.5) + level("c", 0.4))),
    ("levels_unordered", "maturity_level b", "start", add(level("a", 0) + level("b", 0))),
    ("levels_unordered", "maturity_level b", "start", add(level("a", 0) + level("b", 1))),
    ("levels_unordered", "maturity_level b", "start", add(level("a", 0) + level("b", "nan"))),
    ("descriptor_duplicate", "descriptor d · low", "maturity_level", add(level("low", 0) + 2 * DESCRIPTOR)),
    ("role_circle", "role a", "parent", add(role("a", "b") + role("b", "a"))),
    ("role_circle", "role a", "parent", add(role("a", "a"))),
    ("options_too_few", "question q", "option", add(question("choice", options("a")))),
    ("options_too_few", "question q", "option", add(question("choose", "choose = 2\n" + options("a", "b")))),
    ("choose_too_small", "question q", "choose", add(question("choose", "choose = -1\n" + options("a", "b")))),
]

UNREADABLE = {"framework_missing", "file_unreadable", "toml_not_utf8", "toml_syntax"}


def faults_in(path):
    with pytest.raises(Faults) as refused:
        load_framework(path)
    return [(one.code, one.place.get("block"), one.place.get("key")) for one in refused.value.faults]


def test_the_smallest_framework_has_dimensions_and_items_only(written):
    framework = load_framework(written(MINIMAL))
    assert framework.scale_of(framework.items[0]).options == 5
    assert framework.items[0].scored
    assert not framework.items[0].reverse
    assert not framework.items[0].short
    assert (framework.tension.vision_cut, framework.tension.smallest_gap) == (65, 10)


def test_every_block_and_key_of_the_contract_is_read(written):
    framework = load_framework(written(EVERY_BLOCK))
    first, second, third = framework.items
    assert framework.lineage("association") is not None
    assert framework.is_asked(first, "association", "short")
    assert not framework.is_asked(second, form="short")
    assert framework.wording_for(first, "association") == ({"fr": "Un, pour vous", "en": "One, for you"}, "territory")
    assert framework.wording_for(first, "citizen")[1] == "me"
    assert framework.perspectives_of("d") == ("reality", "vision")
    assert framework.perspectives_of("effects") == ("reality",)
    assert framework.scale_of(second).high == 10
    assert framework.scale_of(third).high == 2
    assert framework.scored_items("effects") == (second,)
    assert framework.answer_scale.labels["fr"] == ("non", "un peu", "oui")
    assert framework.prompt["vision"]["en"] == "Would you like it?"
    assert framework.practices[0].sign["fr"] == "On voit"
    assert [option.id for option in framework.questions[1].options] == ["a", "b"]
    assert check_framework(framework) is framework


def test_no_key_that_a_block_may_have_is_left_untried():
    tried = tomllib.loads(EVERY_BLOCK)
    for kind, declared in KINDS.items():
        keys = {key for block in tried[kind] for key in block}
        wanted = {"option" if one.name == "options" else one.name for one in fields(declared)}
        if kind in ("facet", "item"):
            wanted -= {"source"}
        assert keys == wanted, kind
    assert set(tried) == {"languages", "prompt", "tension", *STAND_INS, *KINDS}


def test_a_byte_order_mark_is_no_fault(written):
    assert load_framework(written(b"\xef\xbb\xbf" + MINIMAL.encode())).id == "mini"


def test_windows_line_ends_are_no_fault(written):
    assert load_framework(written(MINIMAL.replace("\n", "\r\n"))).id == "mini"


@pytest.mark.parametrize(("code", "block", "key", "text"), FAULTY, ids=lambda value: str(value)[:30].strip())
def test_each_fault_is_told_with_its_block_and_key(written, code, block, key, text):
    assert (code, block, key) in faults_in(written(text))


@pytest.mark.parametrize(
    ("code", "block", "key", "text"),
    [one for one in FAULTY if one[0] not in ("languages_missing", "id_malformed", "role_circle", "block_missing")],
    ids=lambda value: str(value)[:30].strip(),
)
def test_one_slip_is_told_once(written, code, block, key, text):
    assert faults_in(written(text)) == [(code, block, key)]


def test_every_fault_a_framework_can_have_has_a_file_that_shows_it():
    modules = Path(assessment.framework.__file__).parent.glob("*.py")
    words = {
        node.value
        for module in modules
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    possible = words & set(dictionary("faults"))
    assert possible == {code for code, *_ in FAULTY} | UNREADABLE


def test_all_faults_are_told_at_once(written):
    wrong = MINIMAL.replace('version = "1"', "").replace('"Item"', "3") + 'short = "x"\ncolour = 1\n'
    wrong += level("a", 0.3) + role("a", "a") + question("open", id="unit") + "\n[[thing]]\n"
    assert {code for code, *_ in faults_in(written(wrong))} == {
        "key_missing",
        "type_wrong",
        "key_unknown",
        "level_first_not_zero",
        "role_circle",
        "id_reserved",
        "block_unknown",
    }


def test_an_item_that_cannot_be_read_is_not_told_again_wherever_it_is_named(written):
    text = add(role("a") + WORDING.format(roles='["a"]')).replace('text.fr = "Item"', "")
    assert faults_in(written(text)) == [("key_missing", "item i1", "text")]


def test_an_unscored_item_may_have_answers_of_its_own(written):
    load_framework(written(add(item("i2", "scored = false\nanswer_scale = {low = 0, high = 9}"))))


def test_a_wording_for_a_part_of_a_role_that_is_asked_is_right(written):
    load_framework(written(add('roles = ["a"]\n' + role("a") + role("b", "a") + WORDING.format(roles='["b"]'))))


def test_dimensions_practices_and_options_may_share_an_id(written):
    load_framework(written(add(PRACTICE.replace('"p"', '"d"') + question("choice", options("d", "e")))))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (MINIMAL.replace("Dimension", "Été").encode("cp1252"), "toml_not_utf8"),
        (MINIMAL.encode("utf-16"), "toml_not_utf8"),
        (b"PK\x03\x04\x14\x00\xff", "toml_not_utf8"),
        ("id = ", "toml_syntax"),
        (MINIMAL + "\nid = 'again'\nid = 'again'", "toml_syntax"),
        (MINIMAL + "x = " + "9" * 5000, "toml_syntax"),
        (MINIMAL + "x = " + "[" * 5000, "toml_syntax"),
        (MINIMAL + "x = 2024-02-31", "toml_syntax"),
    ],
)
def test_a_file_that_is_no_toml_is_one_fault(written, text, code):
    assert [told for told, *_ in faults_in(written(text))] == [code]


def test_the_first_line_that_is_no_utf8_is_named(written):
    with pytest.raises(Faults) as refused:
        load_framework(written("# a\n# b\n# été".encode("cp1252")))
    assert refused.value.faults[0].place["row"] == 3


@pytest.mark.parametrize("source", ["no-such", "no-such.toml", "x" * 5000, "", "id = 'x'\nversion = '1'"])
def test_a_framework_that_is_not_there_is_a_fault_that_names_the_kits_own(source):
    with pytest.raises(Faults) as refused:
        load_framework(source)
    (fault,) = refused.value.faults
    assert fault.code == "framework_missing"
    assert "collectivite-apprenante" in fault.values["bundled"]


def test_a_folder_is_no_framework(tmp_path):
    assert [code for code, *_ in faults_in(tmp_path)] == ["framework_missing"]


def test_a_file_nobody_may_read_is_a_fault(written, monkeypatch):
    def denied(path):
        raise PermissionError(13, "Permission denied")

    path = written(MINIMAL)
    monkeypatch.setattr(Path, "read_bytes", denied)
    assert [code for code, *_ in faults_in(path)] == ["file_unreadable"]


@pytest.mark.parametrize("id", bundled_frameworks())
def test_a_bundled_framework_carries_the_id_it_is_loaded_by(id):
    assert load_framework(id).id == id


def test_a_bundled_id_comes_before_a_file_of_that_name(tmp_path, monkeypatch):
    (tmp_path / "collectivite-apprenante").write_text(MINIMAL)
    monkeypatch.chdir(tmp_path)
    assert load_framework("collectivite-apprenante").id == "collectivite-apprenante"
    assert load_framework(tmp_path / "collectivite-apprenante").id == "mini"
