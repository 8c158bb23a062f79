"""Every code has a sentence, every sentence is used, and both languages say it as they write."""

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import assessment
from assessment.faults import Remark
from assessment.framework import load_framework
from assessment.texts import LANGUAGES, tell, word
from assessment.texts.words import dictionary, rooms

ROOT = Path(assessment.__file__).parent
THIN, WIDE = "\u202f", "\u00a0"

LISTED = {"faults.file_kind_unknown": "apprenance check, for a file that is none of the three"}
"""Words nobody asks for yet, with who will."""

TYPES = {"places.bool", "places.float", "places.int", "places.str"}
"""Asked for by the name of a Python type (framework/blocks.py)."""

ENTRIES = [(room, key) for room in rooms() for key in dictionary(room)]
TEXTS = [
    (f"{room}.{key}", language, dictionary(room)[key][language]) for room, key in ENTRIES for language in LANGUAGES
]


@cache
def trees():
    return {path: ast.parse(path.read_text("utf-8")) for path in ROOT.rglob("*.py")}


def nodes(kind):
    return [(path, node) for path, tree in trees().items() for node in ast.walk(tree) if isinstance(node, kind)]


def name_of(call):
    return getattr(call.func, "id", None) or getattr(call.func, "attr", None)


def calls(*names):
    return [(path, node) for path, node in nodes(ast.Call) if name_of(node) in names and node.args]


def constants(node):
    """The texts an expression can be: itself, either branch of an if."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return set()


def assigned(function, name):
    """The texts a name of a function can stand for."""
    values = [
        node.value for node in ast.walk(function) if isinstance(node, ast.Assign) and is_named(node.targets, name)
    ]
    return set().union(*map(constants, values)) if values else set()


def is_named(targets, name):
    return any(isinstance(one, ast.Name) and one.id == name for one in targets)


def codes():
    """Every code a fault or a finding is made with, as far as it stands in the source."""
    found = {}
    for path, function in nodes(ast.FunctionDef):
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and name_of(node) in ("Fault", "Finding", "tell") and node.args:
                first = node.args[0]
                told = assigned(function, first.id) if isinstance(first, ast.Name) else constants(first)
            elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 4:
                told = constants(node.value.elts[0])
            else:
                continue
            found.update(dict.fromkeys(told, path.relative_to(ROOT).as_posix()))
    return found


def test_the_source_shows_its_codes():
    assert len(codes()) > 60


def test_every_code_has_a_sentence():
    assert {code: path for code, path in codes().items() if code not in dictionary("faults")} == {}


def patterns():
    """The keys that are put together from parts, as patterns with something fixed in them."""
    for _, node in nodes(ast.JoinedStr):
        parts = [re.escape(one.value) if isinstance(one, ast.Constant) else r"[\w-]+" for one in node.values]
        fixed = "".join(one.value for one in node.values if isinstance(one, ast.Constant))
        room, _, rest = fixed.partition(".")
        if len(rest if room in rooms() else fixed) > 2 and re.fullmatch(r"[\w.-]+", fixed):
            yield re.compile("".join(parts))


JS = ROOT / "widgets" / "js" / "src"
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\\n]|\\.)*)`')


@cache
def scripts(widget="systems_map"):
    """The sources of a widget for the browser; an installed kit has none."""
    own = (path for path in sorted(JS.rglob("*.js")) if widget in (path.stem, path.parent.name))
    return [path.read_text("utf-8") for path in own]


PAGES = {"map_editor": "systems_map", "entry": "answer_sheet"}
"""Rooms whose words travel to a page, with its widget."""


def literals(text):
    """The texts of a script, those put together from parts as patterns with something fixed in them."""
    for plain, parts in LITERAL.findall(text):
        if "${" in parts:
            fixed = [re.escape(part) for part in re.split(r"\$\{[^}]*\}", parts)]
            if len("".join(fixed)) > 3 and re.fullmatch(r"[a-z_]*", "".join(fixed)):
                yield re.compile(r"\w+".join(fixed))
        else:
            yield plain or parts


def asked_in_scripts(widget="systems_map"):
    """The words a page asks for by their name: `say("key")`, `count("key", n)`, either branch of a choice."""
    for text in scripts(widget):
        for call in re.finditer(r"\b(?:say|count)\(", text):
            yield from literals(argument(text, call.end()))


def argument(text, start):
    """The first argument of a call."""
    depth = 0
    for end in range(start, len(text)):
        depth += (text[end] in "([{") - (text[end] in ")]}")
        if depth < 0 or (depth == 0 and text[end] == ","):
            return text[start:end]
    return ""


@cache
def said_in_scripts(widget):
    """All the texts of a page, and the patterns of those put together from parts."""
    names = {one for text in scripts(widget) for one in literals(text)}
    return names, [one for one in names if isinstance(one, re.Pattern)]


def is_in_scripts(room, key):
    """Whether a page says a word: of a text that counts, it names the one for many."""
    if room not in PAGES:
        return False
    (names, made), said = said_in_scripts(PAGES[room]), key.removesuffix("_one")
    return said in names or any(one.fullmatch(said) for one in made)


@pytest.mark.parametrize("room", PAGES)
def test_every_word_the_page_asks_for_exists(room):
    if not scripts():
        pytest.skip("NOT TESTED HERE: no JavaScript sources")
    asked = set(asked_in_scripts(PAGES[room]))
    known = dictionary(room)
    assert len(asked) > 20
    assert {one for one in asked if isinstance(one, str) and re.fullmatch("[a-z]+_[a-z_]+", one)} - set(known) == set()
    made = [one for one in asked if isinstance(one, re.Pattern)]
    assert [one.pattern for one in made if not any(one.fullmatch(key) for key in known)] == []


def test_every_sentence_is_used_or_listed():
    written = {node.value for _, node in nodes(ast.Constant) if isinstance(node.value, str)}
    made = list(patterns())
    unused = [
        f"{room}.{key}"
        for room, key in ENTRIES
        if key not in written
        and f"{room}.{key}" not in written | TYPES | set(LISTED)
        and not any(one.fullmatch(key) or one.fullmatch(f"{room}.{key}") for one in made)
        and not (room == "guide" and key == "collectivite-apprenante")
        and not is_in_scripts(room, key)
    ]
    assert unused == []


def test_every_word_that_is_asked_for_by_its_name_exists():
    asked = {key for _, call in calls("word") for key in constants(call.args[0])}
    assert asked
    assert {key for key in asked if key.split(".", 1)[1] not in dictionary(key.split(".", 1)[0])} == set()


def test_every_constant_that_looks_like_a_word_is_one():
    known = {f"{room}.{key}" for room, key in ENTRIES}
    pattern = re.compile(rf"({'|'.join(rooms())})\.[a-z_]*[a-z]")
    endings = ("csv", "json", "html", "toml", "py", "css", "js", "ipynb", "run")
    written = {node.value for _, node in nodes(ast.Constant) if isinstance(node.value, str)}
    alike = {text for text in written if pattern.fullmatch(text) and not text.endswith(endings)}
    assert alike <= known


def given(call):
    """The names a call gives a sentence, when they stand in the source: place and values as plain dicts."""
    names = set()
    for part in (*call.args[1:], *(keyword.value for keyword in call.keywords)):
        if not isinstance(part, ast.Dict) or not all(isinstance(key, ast.Constant) for key in part.keys):
            return None
        names |= {key.value for key in part.keys}
    return names


def test_a_fault_is_made_with_all_that_its_sentence_names():
    checked = 0
    for path, call in calls("Fault", "Finding"):
        for code in constants(call.args[0]):
            names = given(call)
            if names is not None:
                checked += 1
                assert fields(dictionary("faults")[code]["fr"]) <= names | {"column"}, (path.name, code)
    assert checked > 20


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("room", rooms())
def test_every_entry_has_both_languages_and_nothing_else(room):
    for key, entry in dictionary(room).items():
        assert set(entry) == set(LANGUAGES), key
        assert all(isinstance(text, str) and text.strip() for text in entry.values()), key


@pytest.mark.parametrize("room", rooms())
def test_both_languages_name_the_same_values(room):
    for key, entry in dictionary(room).items():
        assert fields(entry["fr"]) == fields(entry["en"]), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(dictionary("faults")))
def test_every_sentence_can_be_told(code, language):
    values = dict.fromkeys(fields(dictionary("faults")[code][language]), "X")
    text = tell(Remark(code, {"file": "a.csv", "row": 7}, values), language)
    assert text.startswith("a.csv, ")
    assert text.endswith(".")
    assert not re.search(r"\{\w*\}", text)


FINDINGS = {code for _, call in calls("Finding") for code in constants(call.args[0])}


@pytest.mark.parametrize("code", sorted(set(dictionary("faults")) - FINDINGS))
def test_a_fault_says_what_is_wrong_and_then_what_to_do(code):
    entry = dictionary("faults")[code]
    for language, end in (("fr", f"{THIN};"), ("en", ";")):
        wrong, _, to_do = entry[language].partition(end)
        assert wrong
        assert len(to_do) > 5, f"{language}: {entry[language]}"


def prose(text):
    """A text without what is typed as it stands: code in quotes or backquotes, options, addresses."""
    text = re.sub(r"`[^`]*`|https?://\S+|--\w[\w-]*", "x", text)
    return re.sub(r'"[^"\s]*"', "x", text)


FRENCH = [pytest.param(text, id=key) for key, language, text in TEXTS if language == "fr"]
ENGLISH = [pytest.param(text, id=key) for key, language, text in TEXTS if language == "en"]


@pytest.mark.parametrize("text", FRENCH)
def test_french_is_typeset_as_french_is(text):
    text = prose(text)
    assert "'" not in text
    assert '"' not in text
    assert not re.search(rf"(?<!{THIN})[;!?]", text)
    assert not re.search(rf"(?<!{WIDE}):(?=\s|$)", text)
    assert not re.search(rf"«(?!{THIN})|(?<!{THIN})»", text)
    assert not re.search(r"(\d|\}) ?%", text)
    assert "..." not in text


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_typeset_as_english_is(text):
    text = re.sub("“Les Collectivités[^”]*”", "", prose(text))
    assert "'" not in text
    assert '"' not in text
    assert not re.search(rf"[ {THIN}{WIDE}][;:!?](\s|$)", text)
    assert not re.search("[«»]", text)
    assert "..." not in text


def test_a_word_that_does_not_exist_is_our_slip():
    with pytest.raises(KeyError):
        word("commands.no_such_word", "fr")
    with pytest.raises(KeyError):
        word("commands.wave", "de", wave="1")


def test_the_kit_speaks_the_languages_of_its_framework():
    assert load_framework("collectivite-apprenante").languages == LANGUAGES
