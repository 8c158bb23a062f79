"""A questionnaire goes to LimeSurvey and its answers come back: the structure is read here as LimeSurvey reads it.

`Survey` takes the file apart after TSVImportSurvey (one row a language, groups by number, questions by code) and
evaluates relevance; `export` writes results after CsvWriter.php. Neither knows the writer.
"""

import csv
import html
import io
import re
from collections import Counter
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessment.faults import Faults
from assessment.framework import load_framework
from assessment.responses.readers import read_export
from assessment.responses.writers import write_questionnaire
from assessment.responses.writers.limesurvey import write

NAMES = ["plain", "one", "long"]
OWN_WORDS = {"LANG", "SID", "SAVEDID", "TOKEN", "QID", "GID", "SGQ", "self", "that", "this"}
CONDITION = re.compile(r"is_empty\((\w+)\.NAOK\)|(\w+)\.NAOK == '(\w+)'")
BRACES = re.compile(r"\{(?!\s).*?(?<!\s)\}")


def rows_of(content):
    """Take the file apart as fgetcsv does (tab, quotation mark, backslash), then as TSVImportSurvey does."""
    text = content.decode("utf-8")
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter="\t", escapechar="\\", doublequote=True)
    told = []
    for row in rows:
        assert len(row) == len(header)
        cells = [cell[1:-1].replace('""', '"') if re.fullmatch('".*"', cell) else cell for cell in row]
        told.append({name: cell for name, cell in zip(header, cells, strict=True) if cell})
    return told


class Survey:
    """What LimeSurvey makes of the file, in its base language; texts of the others beside."""

    def __init__(self, content):
        self.settings, self.texts, self.groups, self.questions = {}, {}, {}, {}
        group = question = None
        for row in rows_of(content):
            name, language = row.get("name", ""), row.get("language", "")
            if row["class"] == "S":
                self.settings |= {name: row["text"]} if "text" in row else {}
            elif row["class"] == "SL":
                self.texts[name, language] = row["text"]
            elif row["class"] == "G":
                group = self.groups.setdefault(row["type/scale"], {"when": row["relevance"], "names": {}})
                group["names"][language] = name
            elif row["class"] == "Q":
                question = self.questions.setdefault(
                    name, {**row, "group": group, "parts": {}, "answers": {}, "texts": {}}
                )
                assert question["group"] is group
                question["texts"][language] = row.get("text", "")
            elif row["class"] == "SQ":
                part = question["parts"].setdefault(name, {"when": row["relevance"], "texts": {}})
                part["texts"][language] = row["text"]
            else:
                question["answers"].setdefault(name, {})[language] = row["text"]

    @property
    def languages(self):
        return [self.settings["language"], *self.settings.get("additional_languages", "").split()]

    def columns(self):
        """List the columns of the results: question, part of it, and whether they are shown for answers given."""
        for name, question in self.questions.items():
            for part in question["parts"] or {"": {"when": "1"}}:
                yield name, part

    def is_shown(self, name, part, given):
        question = self.questions[name]
        when = [question["group"]["when"], question["relevance"]]
        if part:
            when.append(question["parts"][part]["when"])
        return all(holds(one, given) for one in when)


def holds(equation, given):
    """Evaluate a relevance equation."""
    if equation == "1":
        return True
    found = []
    for part in equation.split(" or "):
        condition = CONDITION.fullmatch(part)
        empty, name, value = condition.groups()
        found.append(given.get(empty, "") == "" if empty else given.get(name, "") == value)
    return any(found)


@cache
def shown_text(markup):
    """What a browser shows."""
    return html.unescape(re.sub(r"<br />", "\n", markup))


# --- the structure


@pytest.fixture(scope="session")
def survey(asked):
    def make(*arguments, **options):
        questionnaire = asked(*arguments, **options)
        return Survey(write(questionnaire, questionnaire.languages[0]))

    return make


@pytest.mark.parametrize("form", ["full", "short"])
@pytest.mark.parametrize("name", [*NAMES, "collectivite-apprenante"])
def test_the_structure_keeps_limesurvey_s_rules(asked, name, form):
    questionnaire = asked(name, form, units=True)
    found = Survey(write(questionnaire, questionnaire.languages[-1]))
    assert found.languages == [questionnaire.languages[-1], *questionnaire.languages[:-1]]
    assert found.settings["sid"].isdigit()
    assert [found.settings[one] for one in ("anonymized", "ipaddr", "datestamp", "format")] == ["Y", "N", "N", "G"]
    assert not [one for one, n in Counter(name.lower() for name in found.questions).items() if n > 1]
    for code, question in found.questions.items():
        assert re.fullmatch("[A-Za-z][A-Za-z0-9]{0,19}", code), code
        assert code not in OWN_WORDS
        assert question["mandatory"] == "N"
        assert set(question["texts"]) == set(questionnaire.languages)
        for part, told in question["parts"].items():
            assert re.fullmatch("[A-Za-z0-9]{1,20}", part), part
            assert part not in ("time", "other")
            assert set(told["texts"]) == set(questionnaire.languages)
        for answer, told in question["answers"].items():
            assert re.fullmatch("[A-Za-z0-9]{1,5}", answer), answer
            assert set(told) == set(questionnaire.languages)
    for group in found.groups.values():
        assert set(group["names"]) == set(questionnaire.languages)


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_runs_breaks_or_hides_anything(asked, name):
    questionnaire = asked(name, units=True)
    text = write(questionnaire, questionnaire.languages[0]).decode()
    assert not BRACES.search(text.replace("&#123;", "{"))  # neither as it stands nor after entities are put back
    for line in text.splitlines()[1:]:
        for cell in line.split("\t"):
            assert cell == "" or (cell[0] == cell[-1] == '"' and '"' not in cell[1:-1])
            assert "\\" not in cell
            assert not cell.strip('"').startswith(("=", "+", "-", "@"))
            assert not re.search(r"<(?!/?p>|br />)", cell)


def test_texts_are_shown_as_they_are_written(survey, asked):
    found, questionnaire = survey("long"), asked("long")
    texts = {shown_text(one) for question in found.questions.values() for one in question["texts"].values()}
    texts |= {
        shown_text(one)
        for question in found.questions.values()
        for part in question["parts"].values()
        for one in part["texts"].values()
    }
    wide = str.maketrans("{}", "｛｝")
    for statement in questionnaire.statements():
        for text in statement.text.values():
            assert text.replace("\t", " ").translate(wide) in texts
    assert "=reality()" in texts


def test_the_welcome_says_how_answers_are_protected_in_each_language(survey):
    found = survey("plain")
    assert "10" in found.texts["surveyls_welcometext", "fr"]
    assert "voluntary" in found.texts["surveyls_welcometext", "en"]
    assert found.texts["surveyls_title", "fr"] != found.texts["surveyls_title", "en"]


def test_attributes_stand_once(asked):
    rows = rows_of(write(asked("plain"), "fr"))
    assert [row["language"] for row in rows if "hidden" in row] == ["fr", "fr"]
    assert [(row["name"], row["max_answers"]) for row in rows if "max_answers" in row] == [("levers", "2")]


def test_ids_that_are_limesurvey_s_own_words_get_another_code(survey):
    parts = list(survey("plain").questions["levers"]["parts"])
    assert parts[:2] == ["form", "peersandnetworks"]
    assert re.fullmatch("timeX[0-9a-f]{6}", parts[2])


def test_questions_that_limesurvey_could_not_tell_apart_are_refused(tmp_path, asked):
    path = tmp_path / "clash.toml"
    path.write_text(
        'id = "clash"\nversion = "1"\nlanguages = ["en"]\nperspectives = ["reality"]\n'
        'answer_scale = {low = 1, high = 5}\ndimension = [{id = "d", name.en = "D"}]\n'
        'item = [{id = "d_1", dimension = "d", text.en = "One"}]\n'
        'question = [{id = "p_01_r", kind = "open", text.en = "Why?"}]\n',
        "utf-8",
    )
    with pytest.raises(Faults) as refused:
        write(asked(load_framework(path)), "en")
    assert [(one.code, one.values["name"]) for one in refused.value.faults] == [("questionnaire_name_twice", "p01r")]


@pytest.mark.parametrize("form", ["full", "short"])
@pytest.mark.parametrize("name", [*NAMES, "collectivite-apprenante"])
def test_each_role_is_asked_what_the_framework_says_and_nothing_else(asked, asked_of, name, form):
    questionnaire = asked(name, form)
    found = Survey(write(questionnaire, questionnaire.languages[0]))
    codes = {f"{one.item.id}.{one.perspective}": one.code for one in questionnaire.statements()}
    for place, role in enumerate(["", *(one.id for one in questionnaire.roles)]):
        given = {"role": f"A{place}"} if role else {}
        put = asked_of(questionnaire.framework, role, form)
        shown = [(name, part) for name, part in found.columns() if found.is_shown(name, part, given)]
        statements = [part for name, part in shown if found.questions[name]["type/scale"] == "F"]
        assert len(statements) == len(set(statements)) == len(put.scales)
        assert len({name for name, _ in shown if found.questions[name]["type/scale"] in "LMT"}) == (
            len(put.questions) + bool(questionnaire.roles)
        )
        if name != "long":
            columns = {one if "." in one else f"{one}.reality" for one in put.scales}
            assert set(statements) == {codes[one] for one in columns}


# --- the round trip


def stored(found, people, questionnaire):
    """Fill the survey in as people would, and give LimeSurvey's table of answers: None = never shown."""
    met = {role: statements_shown(questionnaire, role) for role in {one.role for one in people}}
    for one in people:
        row = {"form": found.questions["form"]["text"]}
        if "wave" in found.questions:
            row["wave"] = found.questions["wave"]["text"]
        if one.role:
            row["role"] = answer_by_text(found, "role", role_name(questionnaire, one.role))
        if one.unit:
            place = [unit for unit, _ in questionnaire.units].index(one.unit)
            row["unit"] = list(found.questions["unit"]["answers"])[place]
        yield {
            (name, part): told(found, name, part, one, questionnaire, row, met[one.role])
            if found.is_shown(name, part, row)
            else None
            for name, part in found.columns()
        }


def role_name(questionnaire, role):
    return next(one.name[questionnaire.languages[0]] for one in questionnaire.roles if one.id == role)


def answer_by_text(found, name, text):
    """Tick the answer that reads so."""
    language = found.languages[0]
    wanted = text.translate(str.maketrans("{}", "｛｝"))
    return next(
        code for code, texts in found.questions[name]["answers"].items() if shown_text(texts[language]) == wanted
    )


def told(found, name, part, person, questionnaire, row, met):
    """Give what one person enters in one column, found by the words that are shown there."""
    question, language = found.questions[name], found.languages[0]
    if name in ("form", "wave", "role", "unit"):
        return row.get(name, "")
    if question["type/scale"] == "F":
        shown = shown_text(question["parts"][part]["texts"][language])
        statement = met[shown_text(question["texts"][language]), shown]
        answer = person.answers[statement.column]
        if answer in ("", "na"):
            return answer
        return list(question["answers"])[int(answer) - statement_scale(questionnaire, statement).low]
    own = next(
        one
        for one in questionnaire.framework.questions
        if one.text[language].translate(str.maketrans("{}", "｛｝")) == shown_text(question["texts"][language])
    )
    if question["type/scale"] == "T":
        return person.texts[own.id]
    option = {one.id: place for place, one in enumerate(own.options)}
    if question["type/scale"] == "L":
        chosen = person.chosen[own.id]
        return list(question["answers"])[option[chosen[0]]] if chosen else ""
    ticked = [list(question["parts"])[option[one]] for one in person.chosen[own.id]]
    return "Y" if part in ticked else ""


def statements_shown(questionnaire, role):
    """Give what a role meets, by what stands above it and what it reads."""
    marks, language = str.maketrans("{}\t", "｛｝ "), questionnaire.languages[0]
    return {
        (block.prompt[language].translate(marks), words[language].translate(marks)): one
        for page in questionnaire.pages
        for block in page.blocks
        for one in block.statements
        if (words := questionnaire.framework.wording_for(one.item, role)[0]) == one.text
    }


def statement_scale(questionnaire, statement):
    return questionnaire.framework.scale_of(statement.item)


def export(found, table, full=False, separator=";", headings="code", language=None):
    """Write results after CsvWriter.php: everything in quotation marks, nothing at all where it was never shown."""
    before = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
    columns = list(found.columns())
    head = [*before, *(f"{name}[{part}]" if part else name for name, part in columns)]
    if headings == "both":
        head = [
            *before,
            *(f"{cell}. {text_of(found, *column)}" for cell, column in zip(head[len(before) :], columns, strict=True)),
        ]
    lines = [separator.join(quoted(one) for one in head)]
    for number, row in enumerate(table, 1):
        cells = [str(number), "1980-01-01 00:00:00", "3", language or found.languages[0], "12"]
        for (name, _), cell in row.items():
            shown = long_answer(found, name, cell, language or found.languages[0]) if full else cell
            cells.append(shown)
        lines.append(separator.join("" if one is None else quoted(one) for one in cells))
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


def text_of(found, name, part):
    language = found.languages[0]
    question = " ".join(shown_text(found.questions[name]["texts"].get(language, "")).split())
    if not part:
        return question
    return f"{question} [{' '.join(shown_text(found.questions[name]['parts'][part]['texts'][language]).split())}]"


def long_answer(found, name, cell, language):
    """Give the full answer, after SurveyObj.php (getFullAnswer)."""
    kind = found.questions[name]["type/scale"]
    if kind == "M":
        return {"Y": {"fr": "Oui", "de": "Ja"}.get(language, "Yes")}.get(
            cell or "", {"fr": "Non", "de": "Nein"}.get(language, "No")
        )
    if cell and kind in "FL!":
        return shown_text(found.questions[name]["answers"][cell][language])
    return cell


@pytest.fixture(scope="session")
def come_back(same, upload):
    def check(questionnaire, people, **options):
        written = write_questionnaire(questionnaire, "limesurvey")
        found = Survey(written.content)
        content = export(found, stored(found, people, questionnaire), **options)
        read = read_export(upload(content, "results.csv"), questionnaire.framework, mapping=written.mapping)
        assert read.preview.tool == "limesurvey"
        same(read, people, questionnaire)
        assert set(read.responses["form"]) == {questionnaire.form}
        assert set(read.responses["wave"]) == {questionnaire.wave}

    return check


LEAN = {"deadline": None, "suppress_health_check": list(HealthCheck), "phases": (Phase.explicit, Phase.generate)}
"""A failure is not made smaller: that would read some hundred exports."""


@pytest.mark.parametrize("full", [False, True], ids=["codes", "full"])
@pytest.mark.parametrize("name", NAMES)
def test_what_people_answer_comes_back(asked, people, turned, come_back, name, full):
    questionnaire = asked(name, units=True)

    @settings(max_examples=2, **LEAN)  # with both variants 3 x 2 x 2 x 2 x 22 = 528 responses at least
    @given(st.data(), st.sampled_from([";", ","]))
    def check(data, separator):
        given = data.draw(people(questionnaire, least=22, most=24))
        come_back(questionnaire, given, full=full, separator=separator)
        come_back(questionnaire, turned(questionnaire, given), full=full, separator=separator)

    check()


@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_full_answers_come_back_in_any_language(asked, people, come_back, language):
    questionnaire = asked("long")

    @settings(max_examples=1, **LEAN)
    @given(people(questionnaire, least=8, most=12))
    def check(given):
        come_back(questionnaire, given, full=True, headings="both", language=language)

    check()


@pytest.mark.parametrize("form", ["full", "short"])
def test_the_bundled_instrument_comes_back(asked, people, turned, come_back, form):
    questionnaire = asked("collectivite-apprenante", form)

    @settings(max_examples=1, **LEAN)
    @given(people(questionnaire, least=10, most=12))
    def check(given):
        come_back(questionnaire, given)
        come_back(questionnaire, turned(questionnaire, given), full=True)

    check()
