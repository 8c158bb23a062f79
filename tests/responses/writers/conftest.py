"""Instruments that a survey tool finds hard, people who answer them, and how what comes back is compared.

``instruments`` are frameworks by name; ``asked`` makes the questionnaire of one; ``people`` is a Hypothesis strategy of
the people who answer it; ``turned`` gives the same people with every value reversed, so that no coincidence passes;
``same`` compares what `read_export` gives with what they answered. Who is asked what is worked out here from the
framework alone, never from the questionnaire.
"""

import io
import random
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pytest
from hypothesis import strategies as st

from assessment.framework import load_framework
from assessment.responses import load_units
from assessment.responses.columns import answer_columns
from assessment.responses.questionnaire import make_questionnaire

NASTY = "{Q1.shown} \"<b>'&amp;| 1, a [x] \\n #hash $1 =1+1"

PLAIN = """
id = "plain"
version = "1"
languages = ["fr", "en"]
perspectives = ["reality", "vision"]
prompt.reality = {fr = "Aujourd’hui ?", en = "Today?"}
prompt.vision = {fr = "Demain ?", en = "Tomorrow?"}

[answer_scale]
low = 1
high = 5
labels.fr = ["Pas du tout", "Un peu", "À moitié", "Plutôt d’accord", "Tout à fait"]
labels.en = ["Not at all", "A little", "Half", "Rather", "Entirely"]
not_concerned = {fr = "Non concerné", en = "Not concerned"}

[[role]]
id = "agent"
name = {fr = "Agent", en = "Member of staff"}
[[role]]
id = "elected"
name = {fr = "Élu", en = "Elected member"}
[[role]]
id = "citizen"
name = {fr = "Citoyen", en = "Citizen"}
[[role]]
id = "user_of_it"
parent = "citizen"
name = {fr = "Usager", en = "User"}

[[dimension]]
id = "a"
name = {fr = "A", en = "A"}
[[dimension]]
id = "e"
name = {fr = "E", en = "E"}
perspectives = ["reality"]
[[dimension]]
id = "s"
name = {fr = "S", en = "S"}
answer_scale = {low = 0, high = 10}

[[item]]
id = "a_01"
dimension = "a"
short = true
text = {fr = "Notre collectivité apprend de ses erreurs", en = "We learn from our mistakes"}
[[item]]
id = "a_02"
dimension = "a"
roles = ["agent", "elected"]
text = {fr = "Je partage mes échecs", en = "I share my failures"}
[[item]]
id = "a_03"
dimension = "a"
short = true
roles = ["citizen"]
reverse = true
text = {fr = "Personne ne m’écoute", en = "Nobody listens to me"}
[[item]]
id = "e_01"
dimension = "e"
short = true
text = {fr = "L’accueil s’améliore", en = "Reception improves"}
[[item]]
id = "s_01"
dimension = "s"
text = {fr = "Sur dix", en = "Out of ten"}

[[wording]]
item = "e_01"
roles = ["elected", "agent"]
text = {fr = "L’accueil des habitants s’améliore", en = "The reception of residents improves"}
[[wording]]
item = "a_01"
roles = ["user_of_it"]
text = {fr = "La mairie apprend de ses erreurs", en = "The town hall learns from its mistakes"}

[[question]]
id = "levers"
kind = "choose"
choose = 2
text = {fr = "Quels leviers ?", en = "Which levers?"}
[[question.option]]
id = "form"
text = {fr = "Formation", en = "Training"}
[[question.option]]
id = "peers_and_networks"
text = {fr = "Échanges entre pairs, réseaux", en = "Exchanges among peers, networks"}
[[question.option]]
id = "time"
text = {fr = "Temps | horaires", en = "Time | hours"}

[[question]]
id = "site_of_work"
kind = "choice"
roles = ["agent"]
text = {fr = "Quel site ?", en = "Which site?"}
[[question.option]]
id = "north"
text = {fr = "Nord", en = "North"}
[[question.option]]
id = "south"
text = {fr = "Sud", en = "South"}
[[question.option]]
id = "a1"
text = {fr = "Ailleurs", en = "Elsewhere"}

[[question]]
id = "comment"
kind = "open"
roles = ["citizen", "agent"]
text = {fr = "Un fait ?", en = "One fact?"}
"""
"""Two perspectives, sub-roles, items in other words for some, a reality-only dimension, a scale of its own."""

ONE = """
id = "one"
version = "1"
languages = ["en"]
perspectives = ["reality"]
answer_scale = {low = 0, high = 10}
dimension = [{id = "d", name.en = "D"}]
item = [
  {id = "d_1", dimension = "d", short = true, text.en = "First"},
  {id = "d_2", dimension = "d", text.en = "Second"},
  {id = "d_10", dimension = "d", text.en = "Tenth"},
]
question = [{id = "why", kind = "open", text.en = "Why?"}]
"""
"""One perspective, no roles, no labels, 0 to 10."""

LONG = """
id = "long"
version = "1"
languages = ["fr", "en", "de"]
perspectives = ["reality", "vision"]
prompt.reality = {fr = "{reality} ?", en = "=reality()", de = "Heute?"}
prompt.vision = {fr = "{vision} ?", en = "@vision", de = "Morgen?"}

[answer_scale]
low = -2
high = 2
labels.fr = ["1, non | jamais", "{non}", "=0", "<b>oui</b>", "-2, « oui »"]
labels.en = ["1, no | never", "{no}", "=1+0", "<b>yes</b>", "-2, \\"yes\\""]
labels.de = ["1, nein | nie", "{nein}", "=0", "<b>ja</b>", "-2, „ja“"]
not_concerned = {fr = "| sans objet", en = "| not applicable", de = "| entfällt"}

[[role]]
id = "a_role_whose_id_is_31_letters_a"
name = {fr = "A | 1, b", en = "A | 1, b", de = "A | 1, b"}
[[role]]
id = "a_role_whose_id_is_31_letters_b"
name = {fr = "{B}", en = "{B}", de = "{B}"}
[[dimension]]
id = "d"
name = {fr = "D", en = "D", de = "D"}

[[item]]
id = "an_item_whose_id_is_31_letters1"
dimension = "d"
short = true
text = {fr = "Un NASTY", en = "One NASTY", de = "Eins NASTY"}
[[item]]
id = "an_item_whose_id_is_31_letters2"
dimension = "d"
text = {fr = "=DEUX() NASTY", en = "=TWO() NASTY", de = "=ZWEI() NASTY"}
[[item]]
id = "x"
dimension = "d"
text = {fr = "Une\\tligne\\net une autre", en = "A\\tline\\nand another", de = "Eine\\tZeile\\nund noch eine"}
roles = ["a_role_whose_id_is_31_letters_b"]
[[wording]]
item = "an_item_whose_id_is_31_letters1"
roles = ["a_role_whose_id_is_31_letters_b"]
referent = "me"
text = {fr = "Moi NASTY", en = "Me NASTY", de = "Ich NASTY"}

[[question]]
id = "a_question_whose_id_is_long_one"
kind = "choose"
choose = 3
text = {fr = "Lesquels NASTY", en = "Which NASTY", de = "Welche NASTY"}
option = [
  {id = "an_option_whose_id_is_31_chars1", text = {fr = "A, B", en = "A, B", de = "A, B"}},
  {id = "an_option_whose_id_is_31_chars2", text = {fr = "A", en = "A", de = "A"}},
  {id = "an_option_whose_id_is_31_chars3", text = {fr = "B | 3, C", en = "B | 3, C", de = "B | 3, C"}},
  {id = "four", text = {fr = "{D}", en = "{D}", de = "{D}"}},
]
[[question]]
id = "a_question_whose_id_is_long_two"
kind = "choice"
text = {fr = "Lequel ?", en = "Which one?", de = "Welches?"}
option = [
  {id = "an_option_whose_id_is_31_chars1", text = {fr = "A, B", en = "A, B", de = "A, B"}},
  {id = "an_option_whose_id_is_31_chars2", text = {fr = "A", en = "A", de = "A"}},
]
[[question]]
id = "a_question_whose_id_is_long_txt"
kind = "open"
text = {fr = "Quoi NASTY", en = "What NASTY", de = "Was NASTY"}
roles = ["a_role_whose_id_is_31_letters_a"]
"""
"""Three languages, ids as long as they may be that begin alike, -2 to 2, and words that tools take for their own."""

SOURCES = {"plain": PLAIN, "one": ONE, "long": LONG}

UNITS = "unit;name\nVOI;Voirie\nCCAS;Action sociale\nA9-x;Voirie\nL'été;« Les autres » | 2, {x}\n"

WRITTEN = (
    *('=HYPERLINK("https://evil.example","x")', "+1-1", "@SUM(A1)", "-2+3", '"', '""', "'", "a;b,c\td", "two\nlines"),
    *("three\n\nlines; \"quoted\", and more\n=cmd|' /C calc'!A0", "‮RTL‬ مرحبا שלום", "👩🏽‍🚒 é é", "<script>x</script>"),
    *("na", "NA", "NULL", "-oth-", "N/A", "A1", "Y", "0", "1", "{Q1}", "[x]", "%41", "\\", "\\n"),
    *("＝１＋１", "a\ufeffb", "x " * 3000 + "x"),
)
"""What somebody may write who means no good, or means nothing by it."""

SURROGATES_AND_CONTROLS = ("Cs", "Cc")


@dataclass(frozen=True)
class Person:
    """What one person answered; only what the person is asked is in it.

    Parameters
    ----------
    role, unit
        Ids; empty = not said.
    answers
        By column of our responses: a number, ``na``, or nothing.
    chosen
        By question: ids of options, in the question's order.
    texts
        By open question.
    """

    role: str
    unit: str = ""
    answers: dict = field(default_factory=dict)
    chosen: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)


class PutTo(NamedTuple):
    """What one role is asked: columns of answers with their scales, and questions."""

    scales: dict
    questions: tuple


def put_to(framework, role, form):
    """Work out from the framework alone what a role is asked."""
    scales = {
        one.name: one.scale for one in answer_columns(framework) if framework.is_asked(one.item, role or None, form)
    }
    lineage = set(framework.lineage(role))
    questions = tuple(
        one
        for one in framework.questions
        if (form == "full" or one.kind != "open") and (one.roles is None or not role or lineage & set(one.roles))
    )
    return PutTo(scales, questions)


def texts():
    """Give what somebody may write: never empty, without characters that no tool lets in."""
    free = st.text(st.characters(exclude_categories=SURROGATES_AND_CONTROLS), min_size=1, max_size=20)
    return st.one_of(st.sampled_from(WRITTEN), free.filter(lambda text: text.strip()))


def person(questionnaire):
    """Give a strategy of one person who answers a questionnaire."""

    @st.composite
    def drawn(draw):
        role = draw(st.sampled_from(["", *(one.id for one in questionnaire.roles)]))
        unit = draw(st.sampled_from(["", *(one for one, _ in questionnaire.units)]))
        scales, questions = put_to(questionnaire.framework, role, questionnaire.form)
        chance = random.Random(draw(st.integers(0, 2**32)))  # one draw for all answers: much quicker than one each
        answers = {
            name: chance.choice(["", "na", *map(str, range(scale.low, scale.high + 1))])
            for name, scale in scales.items()
        }
        chosen = {one.id: choice_of(chance, one) for one in questions if one.kind != "open"}
        written = {
            one.id: draw(st.one_of(st.just(""), texts()).map(str.strip)) for one in questions if one.kind == "open"
        }
        return Person(role, unit, answers, chosen, written)

    return drawn()


def choice_of(chance, question):
    """Choose some of a question's options, none included, in the question's order."""
    most = question.choose if question.kind == "choose" else 1
    count = chance.randint(0, min(most or len(question.options), len(question.options)))
    ids = [one.id for one in question.options]
    return sorted(chance.sample(ids, count), key=ids.index)


def reversed_answers(questionnaire, one):
    """Give the same person with each number turned: low + high - number."""
    scales = {column.name: column.scale for column in answer_columns(questionnaire.framework)}

    def turn(name, answer):
        return answer if answer in ("", "na") else str(scales[name].low + scales[name].high - int(answer))

    return replace(one, answers={name: turn(name, answer) for name, answer in one.answers.items()})


def compare(found, people, questionnaire):
    """Compare what an import gives with what people answered, row by row."""
    framework = questionnaire.framework
    told = found.responses
    assert not found.preview.faults
    assert len(told) == len(people)
    scales = {column.name: column.scale for column in answer_columns(framework)}
    for name, scale in scales.items():
        codes = told[name].tolist() if name in told else [0] * len(people)
        read = [{0: "", 255: "na"}.get(code, str(code + scale.low - 1)) for code in codes]
        assert read == [one.answers.get(name, "") for one in people], name
    for name, given in (("role", [one.role for one in people]), ("unit", [one.unit for one in people])):
        assert told[name].tolist() == given, name
    for question in framework.questions:
        if question.kind != "open" and question.id in told:
            assert told[question.id].tolist() == ["+".join(one.chosen.get(question.id, ())) for one in people]
        else:
            assert not any(one.chosen.get(question.id) for one in people), question.id
    written = [(row, name, text) for row, one in enumerate(people) for name, text in one.texts.items() if text]
    rows = {respondent: row for row, respondent in enumerate(told["respondent"])}
    read = [(rows[one.respondent], one.question, one.text) for one in found.verbatims.itertuples()]
    assert sorted(read) == sorted(written)


@pytest.fixture(scope="session")
def instruments(tmp_path_factory):
    """Give frameworks by name: plain, one, long."""
    folder = tmp_path_factory.mktemp("instruments")
    found = {}
    for name, source in SOURCES.items():
        path = folder / f"{name}.toml"
        path.write_text(source.replace("NASTY", NASTY.replace("\\", "\\\\").replace('"', '\\"')), "utf-8")
        found[name] = load_framework(path)
    return found


@pytest.fixture(scope="session")
def asked(instruments):
    """Make the questionnaire of an instrument by its name, of a framework given, or of the bundled one by its id."""

    def make(framework="plain", form="full", units=False, wave="2026"):
        own = instruments.get(framework) if isinstance(framework, str) else framework
        own = own or load_framework(framework)
        table = load_units(io.BytesIO(UNITS.encode()), own) if units else None
        return make_questionnaire(own, form, table, wave)

    return make


@pytest.fixture(scope="session")
def people():
    """Give a strategy of lists of people who answer a questionnaire."""

    def make(questionnaire, least=1, most=12):
        return st.lists(person(questionnaire), min_size=least, max_size=most)

    return make


@pytest.fixture(scope="session")
def turned():
    """Turn every number of people's answers: low + high - number."""

    def turn(questionnaire, several):
        return [reversed_answers(questionnaire, one) for one in several]

    return turn


@pytest.fixture(scope="session")
def same():
    """Assert that an import gives what people answered."""
    return compare


@pytest.fixture(scope="session")
def asked_of():
    """Work out from a framework alone what a role is asked in a form: ``scales`` by column, and ``questions``."""
    return put_to
