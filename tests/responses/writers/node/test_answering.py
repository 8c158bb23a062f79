"""Questionnaires are answered by the tools' own libraries, exported as the tools do, and read back: the same answers.

The libraries: pyxform makes the form that the servers of ODK and KoboToolbox make, ODK's own engine
(@getodk/xforms-engine) answers it; survey-core is SurveyJS. Exports: ODK Central's CSV (groups before a ``-``) and its
JSON, KoboToolbox' CSV (groups before a ``/``, or left out) with an option a column and without, its JSON; SurveyJS'
list of responses.
"""

import csv
import io
import json
from dataclasses import asdict, replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from assessment.responses.readers import read_export
from assessment.responses.readers.wordings import normalised
from assessment.responses.writers import write_questionnaire

pytestmark = pytest.mark.thorough

EACH = 25
"""People of one example."""

EXAMPLES = 2
"""Fifty people, and as many with values turned, an instrument and a form: 600 responses a tool."""

QUICKLY = {"deadline": None, "suppress_health_check": list(HealthCheck), "phases": [Phase.generate]}
"""So many people are too many to be made fewer and simpler by trial."""

NO_XML = str.maketrans({"\ufffe": "", "\uffff": ""})
"""Characters that are no characters, and that no XML holds."""


class File(io.BytesIO):
    """A file with a name."""

    def __init__(self, content, name):
        super().__init__(content.encode() if isinstance(content, str) else content)
        self.name = name


def told(person):
    """Write a person as Node reads one."""
    own = asdict(person)
    codes = {name.replace("_", ""): value for name, value in own["answers"].items()}
    letters = {".reality": "R", ".vision": "V", "": ""}
    coded = {}
    for name, value in codes.items():
        end = next(one for one in letters if name.endswith(one))
        coded[name.removesuffix(end) + letters[end]] = value
    texts = {name: text.translate(NO_XML) for name, text in own["texts"].items()}
    return own | {"answers": coded, "texts": texts, "before": None}


def without_no_characters(people):
    return [
        replace(one, texts={name: text.translate(NO_XML).strip() for name, text in one.texts.items()}) for one in people
    ]


def as_central(responses, questionnaire):
    """Write ODK Central's CSV."""
    rows = [
        {"-".join(path): text for path, text in one} | {"SubmissionDate": "2026-10-01T09:00:00.000Z"}
        for one in responses
    ]
    rows = [{**row, "KEY": row.pop("meta-instanceID")} for row in rows]
    return csv_of(rows, ","), "form.csv"


def as_central_json(responses, questionnaire):
    """Write ODK Central's OData: groups are blocks."""
    records = []
    for one in responses:
        record = {"__system": {"submissionDate": "2026-10-01T09:00:00.000Z", "submitterName": "Jo"}}
        for path, text in one:
            block = record
            for group in path[:-1]:
                block = block.setdefault(group, {})
            block[path[-1]] = text or None
        record["__id"] = record.pop("meta")["instanceID"]
        records.append(record)
    return json.dumps({"value": records}), "form.json"


def as_kobo(responses, questionnaire, groups=True, apart=True):
    """Write KoboToolbox' CSV in XML values: a question with options in one column, and one for each option."""
    options = {one.id: [each.id for each in one.options] for one in questionnaire.questions if one.kind == "choose"}
    rows = []
    for number, one in enumerate(responses, 1):
        row = {}
        for path, text in one:
            name = "/".join(path if groups else path[-1:])
            assert name not in row
            row[name] = text
            for option in options.get(path[-1], ()) if apart else ():
                row[f"{name}/{option}"] = str(int(option in text.split())) if text else ""
        id_ = row.pop("meta/instanceID" if groups else "instanceID").removeprefix("uuid:")
        rows.append(row | {"_id": number, "_uuid": id_, "_submission_time": "2026-10-01T09:00:00", "_index": number})
    return csv_of(rows, ";"), "form.csv"


def as_kobo_bare(responses, questionnaire):
    return as_kobo(responses, questionnaire, groups=False, apart=False)


def as_kobo_json(responses, questionnaire):
    rows = [{"/".join(path): text for path, text in one if text} for one in responses]
    rows = [row | {"_id": n, "_uuid": f"u{n}", "_submission_time": "2026-10-01"} for n, row in enumerate(rows)]
    return json.dumps({"count": len(rows), "results": rows}), "data.json"


def csv_of(rows, separator):
    names = list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, names, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


EXPORTS = {
    "central": as_central,
    "central json": as_central_json,
    "kobo": as_kobo,
    "kobo without groups": as_kobo_bare,
    "kobo json": as_kobo_json,
}


def as_surveyjs(responses, questionnaire):
    return json.dumps(responses, ensure_ascii=False), "results.json"


def form_of(written, tool):
    """Give what the tool's library opens."""
    if tool == "surveyjs":
        return written.content.decode()
    made = convert(io.BytesIO(written.content), file_type=".xlsx")
    assert made.warnings == []
    return made.xform


def check_asked(response, person, questionnaire, asked_of):
    """A person is asked what the framework says, each thing once."""
    put = asked_of(questionnaire.framework, person.role, questionnaire.form)
    names = told(replace(person, answers=dict.fromkeys(put.scales, "")))["answers"]
    assert sorted(response["asked"]) == sorted(names)
    assert response["beside"] == [one.id for one in put.questions]


def went_round(answering, questionnaire, written, people, exports, same, asked_of, before=None):
    """Answer for each person, export in each way, read, compare."""
    units = {unit: f"u{place}" if written.mapping else unit for place, (unit, _) in enumerate(questionnaire.units, 1)}
    own = [replace(one, unit=units.get(one.unit, "")) for one in people]
    lines = [told(one) | {"before": before(one) if before else None} for one in own]
    answered = answering.ask(people=lines)["responses"]
    for response, person in zip(answered, people, strict=True):
        check_asked(response, person, questionnaire, asked_of)
    for name, export in exports.items():
        content, file = export([one["data"] for one in answered], questionnaire)
        found = read_export(File(content, file), questionnaire.framework, mapping=written.mapping)
        assert found.preview.tool == {"central": "odk", "kobo": "kobo"}.get(name.split()[0], "surveyjs")
        same(found, without_no_characters(people), questionnaire)
        assert set(found.responses["form"]) == {questionnaire.form}
        assert set(found.responses["wave"]) == {questionnaire.wave}
        assert not found.preview.unmatched


TOOLS = {"xlsform": EXPORTS, "surveyjs": {"surveyjs": as_surveyjs}}


@pytest.mark.parametrize("form", ["full", "short"])
@pytest.mark.parametrize("instrument", ["plain", "one", "long"])
@pytest.mark.parametrize("tool", TOOLS)
def test_what_people_answer_comes_back_whichever_way_it_is_exported(
    answering, asked, people, turned, same, asked_of, tool, instrument, form
):
    questionnaire = asked(instrument, form, units=True, wave='l\'été "2026" ${x} {role}')
    written = write_questionnaire(questionnaire, tool)
    answering.open(tool, form_of(written, tool))

    @settings(max_examples=EXAMPLES, **QUICKLY)
    @given(people(questionnaire, least=EACH, most=EACH))
    def goes_round(several):
        for own in (several, turned(questionnaire, several)):
            went_round(answering, questionnaire, written, own, TOOLS[tool], same, asked_of)

    goes_round()


@pytest.mark.parametrize("tool", TOOLS)
def test_what_was_answered_under_a_role_that_is_taken_back_is_not_in_the_response(
    answering, asked, people, same, asked_of, tool
):
    questionnaire = asked("plain", units=True)
    written = write_questionnaire(questionnaire, tool)
    answering.open(tool, form_of(written, tool))
    roles = ["", *(one.id for one in questionnaire.roles)]

    @settings(max_examples=2, **QUICKLY)
    @given(people(questionnaire, least=EACH, most=EACH), st.integers(1, len(roles) - 1))
    def goes_round(several, by):
        def before(person):
            return roles[(roles.index(person.role) + by) % len(roles)]

        went_round(answering, questionnaire, written, several, TOOLS[tool], same, asked_of, before)

    goes_round()


@pytest.mark.parametrize("form", ["full", "short"])
@pytest.mark.parametrize("tool", TOOLS)
def test_each_role_answers_the_framework_that_comes_with_the_kit(answering, asked, people, same, asked_of, tool, form):
    questionnaire = asked("collectivite-apprenante", form)
    written = write_questionnaire(questionnaire, tool)
    answering.open(tool, form_of(written, tool))

    @settings(max_examples=1, **QUICKLY)
    @given(people(questionnaire, least=2, most=2))
    def goes_round(several):
        roles = ["", *(one.id for one in questionnaire.roles)]
        asked_all = [one for one in several if one.role == ""] or several
        own = several + [with_role(questionnaire, asked_all[0], role) for role in roles]
        went_round(answering, questionnaire, written, own, TOOLS[tool], same, asked_of)

    def with_role(questionnaire, person, role):
        put = asked_of(questionnaire.framework, role, form)
        beside = {one.id for one in put.questions}
        return replace(
            person,
            role=role,
            answers={name: person.answers.get(name, "na") for name in put.scales},
            chosen={name: value for name, value in person.chosen.items() if name in beside},
            texts={name: value for name, value in person.texts.items() if name in beside},
        )

    goes_round()


@pytest.mark.parametrize("instrument", ["plain", "one", "long", "collectivite-apprenante"])
@pytest.mark.parametrize("tool", TOOLS)
def test_every_text_is_shown_as_it_stands_in_each_language(answering, asked, tool, instrument):
    questionnaire = asked(instrument, units=True)
    for opens_in in questionnaire.languages:
        answering.open(tool, form_of(write_questionnaire(questionnaire, tool, opens_in), tool))
        for language in questionnaire.languages:
            shown = {normalised(text) for _, text in answering.ask(texts=language)["texts"]}
            expected = texts_of(questionnaire, language)
            assert not {text for text in expected if normalised(text) not in shown}


def texts_of(questionnaire, language):
    """Give all that somebody of no role is shown."""
    scale = questionnaire.framework.answer_scale
    blocks = [block for page in questionnaire.pages for block in page.blocks]
    texts = [one.text for one in questionnaire.statements() if one.roles is None or "" in one.roles]
    texts += [block.prompt for block in blocks if block.roles is None or "" in block.roles]
    texts += [one.name for one in questionnaire.roles]
    texts = [text[language] for text in texts]
    texts += [one.text[language] for question in questionnaire.questions for one in (question, *question.options)]
    texts += [name for _, name in questionnaire.units if name != "Voirie"]
    return {*texts, *scale.labels.get(language, ()), *filter(None, [scale.not_concerned.get(language)])}


MARKED = (
    *("Bürger*innen und Mitarbeiter*innen", "Bürger_innen und Mitarbeiter_innen", "**gras** et __gras__", "# titre"),
    *("[lien](https://example.org)", "![image](x.png)", "<b>gras</b>", "<span style='color:red'>x</span>", "a < b > c"),
    *("<script>alert(1)</script>", "&amp; &#95; &lt;", "1. Une", "- une", "+ une", "> une", "\\*", "\\", "`code`"),
    *("${role}", "${form} ${x}", "$ {x}", "{role}", "{ role }", "{unit} {d_1} {#role}", "=1+1", "'a' \"b\"", "~~a~~"),
    *(
        "jr:itext('x')",
        "{{role}}",
        "a\n# b\n- c\n2) d",
        "https://example.org",
        "_x0041_",
        "***",
        "---",
        "===",
        "    quatre",
    ),
)


@pytest.mark.parametrize("tool", TOOLS)
def test_marks_that_tools_follow_are_shown_and_not_followed(answering, asked, tool):
    questionnaire = asked("plain")
    for text in MARKED:
        own = replace(questionnaire.framework, items=with_text(questionnaire.framework.items, f"{text}"))
        own = replace(own, wordings=(), roles=with_name(own.roles, text))
        answering.open(tool, form_of(write_questionnaire(asked(own), tool), tool))
        shown = [normalised(words) for _, words in answering.ask(texts="fr")["texts"]]
        assert shown.count(normalised(text)) == 1 + 9, text  # the role; who says none meets all nine


def with_text(items, text):
    return tuple(replace(one, text={"fr": text, "en": "x"}) for one in items)


def with_name(roles, text):
    return (replace(roles[0], name={"fr": text, "en": "x"}), *roles[1:])
