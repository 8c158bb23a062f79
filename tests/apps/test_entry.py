"""Paper forms keyed in: what the keys said is what file and workspace give back, nothing is lost, nothing doubled."""

import csv
import io
import json
import random
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.apps.entry import enter_answers
from assessment.apps.entry_stores import FileSheets, WorkspaceSheets, held
from assessment.documents import harmless
from assessment.faults import Faults
from assessment.framework import load_framework
from assessment.responses import load_responses, load_units
from assessment.responses.questionnaire import make_questionnaire
from assessment.widgets.entry_session import EntrySession
from assessment.workspace import add_campaign, add_framework, open_workspace, responses_of, verbatims_of

INSTRUMENT = """
id = "paper"
version = "1"
languages = ["fr", "en"]
perspectives = ["reality", "vision"]
answer_scale = {low = LOW, high = HIGH}
dimension = [
  {id = "a", name = {fr = "A", en = "A"}},
  {id = "e", name = {fr = "E", en = "E"}, perspectives = ["reality"]},
  {id = "s", name = {fr = "S", en = "S"}, answer_scale = {low = 0, high = 10}},
]
role = [
  {id = "agent", name = {fr = "Agent", en = "Staff"}},
  {id = "citizen", name = {fr = "Citoyen", en = "Citizen"}},
  {id = "user", parent = "citizen", name = {fr = "Usager", en = "User"}},
]
item = [
  {id = "a_01", dimension = "a", referent = "me", roles = ["agent"], text = {fr = "Un", en = "One"}},
  {id = "a_02", dimension = "a", referent = "territory", text = {fr = "Deux", en = "Two"}},
  {id = "e_01", dimension = "e", referent = "territory", reverse = true, text = {fr = "Trois", en = "Three"}},
  {id = "s_01", dimension = "s", referent = "territory", text = {fr = "Quatre", en = "Four"}},
]
question = [
  {id = "levers", kind = "choose", choose = 2, text = {fr = "Q", en = "Q"}, option = [
    {id = "one", text = {fr = "1", en = "1"}}, {id = "two", text = {fr = "2", en = "2"}},
    {id = "three", text = {fr = "3", en = "3"}}]},
  {id = "why", kind = "open", roles = ["agent"], text = {fr = "P", en = "W"}},
  {id = "what", kind = "open", text = {fr = "Q", en = "W"}},
]
"""
SCALES = {"one_to_five": (1, 5), "around_zero": (-2, 2)}
ASKED = {"A": ("agent", ["a_01", "a_02", "e_01", "s_01"]), "B": ("citizen", ["a_02", "e_01", "s_01"])}
UNITS = "unit;name\nVOI;Voirie\n=1+1;Égal\n"

HOSTILE = (
    *('=HYPERLINK("https://evil.example","x")', "+1-1", "@SUM(A1)", "-2+3", "'=1+1", '"', "a;b,c\td", "two\n\nlines"),
    *("na", "NA", "NULL", "＝１＋１", "<script>x</script>", "👩🏽‍🚒 é é", "\u202eRTL", "\\n", "x " * 3000 + "x"),
)


@pytest.fixture(scope="module")
def instruments(tmp_path_factory):
    """Two instruments that differ in their answers only, by the name of their scale."""
    folder = tmp_path_factory.mktemp("paper")
    paths = {}
    for name, (low, high) in SCALES.items():
        paths[name] = folder / f"{name}.toml"
        paths[name].write_text(INSTRUMENT.replace("LOW", str(low)).replace("HIGH", str(high)), "utf-8")
    return paths


def bounds(item, scale):
    return (0, 10) if item == "s_01" else SCALES[scale]


def columns(item):
    return [f"{item}.reality"] + ([] if item == "e_01" else [f"{item}.vision"])


@st.composite
def keyed(draw):
    """What one page sends; answers from 0 (lowest) to 1 (highest), so that any instrument can be answered with it."""
    form = draw(st.sampled_from(sorted(ASKED)))
    chance = random.Random(draw(st.integers(0, 2**32)))
    texts = st.one_of(st.just(""), st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs", "Cc"])))
    items = ASKED[form][1]
    return {
        "form": form,
        "role": chance.choice(["", "citizen", "user"]) if form == "B" else "",
        "unit": chance.choice(["", "VOI", "=1+1"]) if form == "A" else "",
        "answers": {
            name: (item, chance.choice([None, "na", chance.random()])) for item in items for name in columns(item)
        },
        "levers": chance.sample(["one", "two", "three"], chance.randint(0, 2)),
        "texts": {name: draw(texts) for name in (["why", "what"] if form == "A" else ["what"])},
    }


def answer(value, low, high, turned):
    if value in (None, "na"):
        return value or ""
    number = low + min(int(value * (high - low + 1)), high - low)
    return str(low + high - number if turned else number)


def message(one, scale, turned):
    """What the page sends for a person."""
    answers = {name: answer(value, *bounds(item, scale), turned) for name, (item, value) in one["answers"].items()}
    return {
        "form": one["form"],
        "values": answers | {"role": one["role"], "unit": one["unit"], "levers": one["levers"]} | one["texts"],
    }


def expected(one, sent):
    """The row of the contract that a person should become, by hand: a citizen's form is a citizen's."""
    values = sent["values"]
    levers = "+".join(name for name in ("one", "two", "three") if name in one["levers"])
    role = one["role"] or ASKED[one["form"]][0]
    answers = {name: value for name, value in values.items() if "." in name}
    return {"role": role, "unit": one["unit"], "levers": levers, "form": "full", "wave": "2026"} | answers


def written(table, framework):
    """A responses table as the contract's texts, by respondent."""
    low = {f"{item.id}.{p}": framework.scale_of(item).low for item in framework.items for p in ("reality", "vision")}
    rows = {}
    for row in table.to_dict("records"):
        told = {name: row[name] for name in ("role", "unit", "form", "wave")} | {"levers": row.get("levers", "")}
        codes = {name: code for name, code in row.items() if name in low}
        told |= {name: {0: "", 255: "na"}.get(code, str(code + low[name] - 1)) for name, code in codes.items()}
        rows[row["respondent"]] = told
    return rows


def check(rows, people, sent):
    assert sorted(rows) == sorted(f"paper-{number}" for number in range(1, len(people) + 1))
    for number, (one, message_) in enumerate(zip(people, sent, strict=True), 1):
        found, wanted = rows[f"paper-{number}"], expected(one, message_)
        assert {name: value for name, value in found.items() if value} == {n: v for n, v in wanted.items() if v}


def ids(people):
    return [f"{number:032x}" for number in range(len(people))]


def there_and_back(instruments, folder, people, scale, turned):
    """Key people's answers into a file and a workspace, and compare what both give back."""
    framework = load_framework(instruments[scale])
    units = load_units(io.BytesIO(UNITS.encode()), framework)
    questionnaire = make_questionnaire(framework, "full", units, "2026")
    sent = [message(one, scale, turned) for one in people]
    path = folder / "answers.csv"
    with open_workspace(folder / "a.apprenance", create=True) as workspace:
        add_campaign(workspace, "c", "C", add_framework(workspace, instruments[scale]))
        stores = [FileSheets(path, framework, "2026"), WorkspaceSheets(workspace, "c", "2026", framework)]
        for store in stores:
            session = EntrySession(questionnaire, store)
            assert [session.keep(*pair) for pair in zip(ids(people), sent, strict=True)] == [*range(1, len(people) + 1)]
            for number, one in enumerate(sent[:3], 1):
                assert session.compare(number, one) == [], "what was kept is what was keyed in"
                assert session.compare(number, session.kept(number)) == []
                texts = {name: text.strip() for name, text in people[number - 1]["texts"].items() if text.strip()}
                assert {name: session.kept(number)["values"].get(name) for name in texts} == texts
        check(written(load_responses(path, framework), framework), people, sent)
        check(written(responses_of(workspace, "c"), framework), people, sent)
        texts = verbatims_of(workspace, "c")
    wanted = sorted(
        (f"paper-{number}", name, text.strip())
        for number, one in enumerate(people, 1)
        for name, text in one["texts"].items()
        if text.strip()
    )
    assert sorted(zip(texts["respondent"], texts["question"], texts["text"], strict=True)) == wanted
    beside = folder / "answers_verbatims.csv"
    rows = list(csv.DictReader(beside.open(encoding="utf-8", newline=""))) if beside.exists() else []
    assert sorted((row["respondent"], row["question"], row["text"]) for row in rows) == [
        (name, question, harmless(text)) for name, question, text in wanted
    ]


def several(examples):
    """Hypothesis of so many examples, thirteen people each at least."""

    def wrap(function):
        lean = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
        chosen = settings(max_examples=examples, deadline=None, suppress_health_check=lean)
        return chosen(given(people=st.lists(keyed(), min_size=13, max_size=14))(function))

    return wrap


@pytest.mark.parametrize("scale", SCALES)
@several(2)
def test_what_is_keyed_in_is_what_file_and_workspace_give_back(instruments, tmp_path_factory, people, scale):
    for turned in (False, True):
        there_and_back(instruments, tmp_path_factory.mktemp("kept"), people, scale, turned)


@pytest.mark.thorough
@pytest.mark.parametrize("turned", [False, True], ids=["as_given", "turned"])
@pytest.mark.parametrize("scale", SCALES)
@several(10)
def test_more_than_five_hundred_are_given_back(instruments, tmp_path_factory, people, scale, turned):
    there_and_back(instruments, tmp_path_factory.mktemp("kept"), people, scale, turned)


@pytest.fixture(params=["file", "workspace"])
def session(request, instruments, tmp_path):
    framework = load_framework(instruments["one_to_five"])
    questionnaire = make_questionnaire(framework, "full", None, "2026")
    if request.param == "file":
        yield EntrySession(questionnaire, FileSheets(tmp_path / "answers.csv", framework, "2026"))
        return
    with open_workspace(tmp_path / "a.apprenance", create=True) as workspace:
        add_campaign(workspace, "c", "C", add_framework(workspace, instruments["one_to_five"]))
        yield EntrySession(questionnaire, WorkspaceSheets(workspace, "c", "2026", framework))


def sheet(**values):
    return {"form": "B", "values": {name.replace("__", "."): value for name, value in values.items()}}


def test_a_sheet_sent_twice_is_kept_once_and_has_its_number(session):
    first = session.keep("a" * 32, sheet(a_02__reality="4"))
    assert session.keep("a" * 32, sheet(a_02__reality="4")) == first == 1
    assert session.keep("b" * 32, sheet(a_02__reality="5")) == 2


def test_a_sheet_is_corrected_in_its_place_with_what_was_written(session):
    session.keep("a" * 32, sheet(a_02__reality="4", what="un mot", levers=["one"]))
    session.keep("b" * 32, sheet(a_02__reality="1"))
    session.correct(1, "a" * 32, sheet(a_02__reality="5", e_01__reality="na", what="deux mots"))
    assert session.kept(1) == {
        "form": "B",
        "values": {"role": "citizen", "a_02.reality": "5", "e_01.reality": "na", "what": "deux mots"},
    }
    assert session.kept(2)["values"]["a_02.reality"] == "1"


def test_a_sheet_taken_out_is_gone_can_be_put_back_and_its_number_is_not_given_again(session):
    session.keep("a" * 32, sheet(a_02__reality="4", what="un mot"))
    kept = session.kept(1)
    session.drop(1)
    with pytest.raises(Faults, match="sheet_absent"):
        session.kept(1)
    with pytest.raises(Faults, match="sheet_absent"):
        session.drop(1)
    assert session.keep("b" * 32, sheet(a_02__reality="1")) == 2
    session.correct(1, "a" * 32, kept)
    assert session.kept(1) == kept


def test_a_second_entry_names_the_lines_that_differ_and_their_share(session):
    session.keep(
        "a" * 32, sheet(role="user", a_02__reality="4", a_02__vision="5", levers=["one", "two"], what="un  mot")
    )
    second = sheet(role="user", a_02__reality="2", s_01__reality="10", levers=["two", "one"], what="un mot ")
    assert session.compare(1, second) == [
        {"name": "a_02.reality", "first": "4", "second": "2"},
        {"name": "s_01.reality", "first": None, "second": "10"},
        {"name": "a_02.vision", "first": "5", "second": None},
    ]
    # Form B by hand: role, a_02 twice, e_01 once, s_01 twice, levers: 7 lines to tick.
    assert (session.compared, session.differing) == (7, 3)
    session.compare(1, second)
    assert (session.compared, session.differing) == (7, 3), "the same sheet is counted once"


def test_a_text_that_differs_is_settled_but_is_no_line_to_tick(session):
    session.keep("a" * 32, sheet(a_02__reality="4", what="un mot"))
    assert session.compare(1, sheet(a_02__reality="4", what="un autre")) == [
        {"name": "what", "first": "un mot", "second": "un autre"}
    ]
    assert session.differing == 0


def test_another_form_under_the_same_number_is_told_as_one(session):
    session.keep("a" * 32, sheet(a_02__reality="4"))
    other = {"form": "A", "values": {"a_01.reality": "4"}}
    assert session.compare(1, other) == [{"name": "form", "first": "B", "second": "A"}]


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        {"form": "Z", "values": {}},
        {"form": "B"},
        sheet(a_01__reality="4"),
        sheet(a_02__reality="6"),
        sheet(a_02__reality=4),
        sheet(a_02__reality="4\n5"),
        sheet(role="agent"),
        sheet(unit="VOI"),
        sheet(levers=["one", "two", "three"]),
        sheet(levers=["one", "one"]),
        sheet(levers="one"),
        sheet(levers=[["one"]]),
        sheet(what=["a"]),
        sheet(what="x" * 20_001),
        sheet(why="not put to citizens"),
        sheet(**{"__proto__": "x"}),
    ],
)
def test_what_a_form_does_not_have_is_refused_and_nothing_is_kept(session, told):
    with pytest.raises(Faults, match="sheet_malformed"):
        session.keep("a" * 32, told)
    assert session.keep("b" * 32, sheet(a_02__reality="1")) == 1


def test_a_file_that_stands_keeps_what_it_has_and_goes_on_counting(instruments, tmp_path):
    framework = load_framework(instruments["one_to_five"])
    path = tmp_path / "answers.csv"
    path.write_bytes("respondent;site;wave;a_01.reality\nJ;=x;2025;3\npaper-7;é;2025;na\n;;;5\n".encode())
    session = EntrySession(make_questionnaire(framework, wave="2026"), FileSheets(path, framework, "2026"))
    assert session.keep("a" * 32, sheet(a_02__reality="4")) == 8
    table = load_responses(path, framework)
    assert table["respondent"].tolist() == ["J", "paper-7", "", "paper-8"]
    assert table["a_01.reality"].tolist() == [3, 255, 5, 0]
    assert table["site"].tolist() == ["=x", "é", "", ""]


def test_a_file_with_faults_is_not_written_on(instruments, tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("respondent,a_01.reality\nJ,9\n")
    with pytest.raises(Faults, match="answer_out_of_range"):
        enter_answers(instruments["one_to_five"], output=path)
    assert path.read_text() == "respondent,a_01.reality\nJ,9\n"


def test_two_people_on_one_file_lose_nothing(instruments, tmp_path):
    framework = load_framework(instruments["one_to_five"])
    path = tmp_path / "answers.csv"
    questionnaire = make_questionnaire(framework)
    given_ = []

    def work(who):
        session = EntrySession(questionnaire, FileSheets(path, framework))
        given_.extend(session.keep(f"{who}{number:031x}", sheet(a_02__reality="4")) for number in range(10))

    threads = [threading.Thread(target=work, args=(who,)) for who in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given_) == list(range(1, 21))
    assert len(load_responses(path, framework)) == 20


def test_a_file_held_by_another_is_told_and_a_dead_hold_is_taken_away(tmp_path, monkeypatch):
    path = tmp_path / "answers.csv"
    monkeypatch.setattr("assessment.apps.entry_stores.PATIENCE", 0.1)
    with held(path), pytest.raises(Faults, match="file_held"), held(path):
        pass
    (tmp_path / ".answers.csv.held").touch()
    monkeypatch.setattr("assessment.apps.entry_stores.STALE", -1.0)
    with held(path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_is_told_and_the_sheet_can_be_sent_again(instruments, tmp_path, monkeypatch):
    page = enter_answers(instruments["one_to_five"], output=tmp_path / "answers.csv")
    answers = []
    monkeypatch.setattr(page, "send", answers.append)
    keep = {"kind": "keep", "id": "a" * 32, "sheet": sheet(a_02__reality="4"), "request": "1"}
    with monkeypatch.context() as broken:
        broken.setattr("assessment.apps.entry_stores.save", refuse_to_save)
        page._receive(page, keep, [])
    assert answers.pop()["refused"]
    assert not (tmp_path / "answers.csv").exists()
    page._receive(page, keep, [])
    assert answers == [{"request": "1", "serial": 1}]


def refuse_to_save(*_, **__):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    "message_",
    [
        None,
        7,
        {},
        {"kind": "keep"},
        {"kind": "keep", "id": "A" * 32, "sheet": {}},
        {"kind": "open", "serial": True},
        {"kind": "open", "serial": -1},
        {"kind": "open", "serial": "1"},
        {"kind": "rm", "serial": 1},
    ],
)
def test_a_message_that_is_none_is_answered(instruments, tmp_path, monkeypatch, message_):
    page = enter_answers(instruments["one_to_five"], output=tmp_path / "answers.csv", language="en")
    answers = []
    monkeypatch.setattr(page, "send", answers.append)
    page._receive(page, message_, [])
    assert len(answers[0]["refused"]) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_page_has_the_lines_of_the_paper_in_both_languages(instruments, tmp_path):
    page = enter_answers("collectivite-apprenante", output=tmp_path / "answers.csv")
    french = page.plan
    page.set_state({"language": "en", "plan": {}})
    assert page.plan["language"] == "en"
    assert [form["key"] for form in page.plan["forms"]] == ["A", "B", "C", "D", "E", "F"]
    for one, other in zip(french["forms"], page.plan["forms"], strict=True):
        assert [step["id"] for step in one["steps"]] == [step["id"] for step in other["steps"]]
        lines = [step["number"] for step in other["steps"] if step["kind"] == "answer"]
        assert lines == list(range(1, len(lines) + 1))
    assert json.loads(json.dumps(page.plan)) == page.plan


def test_a_workspace_is_made_with_its_campaign_and_its_units_are_asked(instruments, tmp_path):
    path = tmp_path / "a.apprenance"
    page = enter_answers(instruments["one_to_five"], workspace=path, units=io.BytesIO(UNITS.encode()), wave="2026")
    assert page.session.keep("a" * 32, {"form": "A", "values": {"unit": "VOI", "a_01.vision": "5"}}) == 1
    page.session.store.workspace.close()
    with open_workspace(path) as workspace:
        table = responses_of(workspace, "paper")
    assert table[["respondent", "unit", "role", "wave", "form", "a_01.vision"]].values.tolist() == [
        ["paper-1", "VOI", "agent", "2026", "full", 5]
    ]
