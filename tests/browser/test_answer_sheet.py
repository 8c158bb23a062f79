"""Keying in paper forms in a real browser: a whole sheet by keyboard alone, found in Python; touch; a second entry."""

import csv
import json

import pytest

from assessment.framework import load_framework
from assessment.responses import load_responses

pytestmark = pytest.mark.thorough

READY = "() => Boolean(document.querySelector('.ap-entry')?.dataset.ready)"
OURS = load_framework("collectivite-apprenante")
BROKEN = """() => [...document.querySelectorAll('.ap-answer > span')].flatMap(({ firstChild: text }) =>
  [...(text?.data ?? '').matchAll(/[^ ]+/g)].filter(({ 0: word, index }) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1;
  }).map(([word]) => word))"""
SAVED = ".ap-saved[data-status=kept]:not([hidden])"


@pytest.fixture
def page(browse, map_server, tmp_path):
    """Give a function that opens the page on a file of its own, answered by the package's own Python."""
    module, address = map_server
    output = tmp_path / "answers.csv"

    def opened(form="short", language="fr", dark=False, **settings):
        query = f"form={form}&language={language}&theme={'dark' if dark else 'light'}&output={output}"
        visit = browse(f"{address.replace('index', 'entry')}?{query}", scope=".apprenance", **settings)
        visit.page.wait_for_function(READY)
        visit.output = output
        visit.widget = list(module.sessions.values())[-1].widget
        visit.page.locator(".ap-desk").focus()
        return visit

    return opened


def press(visit, *keys):
    for key in keys:
        visit.page.keyboard.press(key)


def key_in(visit, lines, letter="c"):
    """Key in a short form C of a manager of the first unit: 56 lines, three choices."""
    press(visit, letter, "1", "2", *lines)
    press(visit, "2", "5", "7")


def save(visit):
    press(visit, "Control+Enter")
    visit.page.wait_for_selector(SAVED)


def answers(visit, respondent=0):
    """What Python reads back: column → answer as a text."""
    row = load_responses(visit.output, OURS).iloc[respondent]
    return {name: {0: "", 255: "na"}.get(code, str(code)) for name, code in row.items() if "." in name}


def columns(visit, letter="C"):
    form = next(one for one in visit.widget.plan["forms"] if one["key"] == letter)
    return [step["id"] for step in form["steps"] if step["kind"] == "answer"]


def test_a_whole_sheet_is_keyed_in_by_keyboard_alone_and_found_in_python(page):
    visit = page()
    lines = [str(place % 5 + 1) for place in range(54)] + ["n", "Space"]
    key_in(visit, lines)
    told = visit.page.locator(".ap-desk .ap-statement").inner_text()
    assert "54" in told
    assert "lignes vides\u00a0: 1" in told
    save(visit)
    assert visit.page.locator(".ap-saved-number").inner_text() == "1"
    wanted = dict(zip(columns(visit), [*lines[:54], "na", ""], strict=True))
    assert {name: value for name, value in answers(visit).items() if value} == {n: v for n, v in wanted.items() if v}
    row = load_responses(visit.output, OURS).iloc[0]
    assert (row["respondent"], row["role"], row["form"]) == ("paper-1", "manager", "short")
    assert row["three_choices"].count("+") == 2
    press(visit, "Enter")
    assert visit.page.locator(".ap-desk").is_visible()
    assert visit.errors == []
    assert visit.outside == []


def test_ninety_keys_a_minute_wait_for_nothing(page):
    visit = page(form="full")
    press(visit, "d", "2")
    script = """() => {
      const desk = document.querySelector('.ap-desk');
      const times = Array.from({ length: 143 }, (_, place) => {
        const began = performance.now();
        const key = String(place % 5 + 1);
        desk.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        return performance.now() - began;
      });
      return times.sort((one, other) => one - other)[129];
    }"""
    assert visit.page.evaluate(script) < 50, "nine keys in ten are done within 50 ms"
    assert not visit.output.exists(), "Python is asked when the sheet is whole"


def test_a_digit_beyond_the_scale_is_refused_and_told(page):
    visit = page(language="en")
    press(visit, "c", "1", "2", "9")
    assert visit.page.get_by_role("status").inner_text() == "“9” is not an answer here."
    press(visit, "4")
    assert visit.page.get_by_role("status").inner_text().startswith("1: Largely. 2. ")


def test_texts_are_typed_and_a_formula_is_none(page):
    visit = page(form="full")
    press(visit, "d", "2", *["3"] * 143, "1", "Enter", "Enter")
    visit.page.keyboard.type('=HYPERLINK("x") n 4')
    press(visit, "Shift+Enter")
    visit.page.keyboard.type("é")
    press(visit, *["Enter"] * 5)
    save(visit)
    with visit.output.with_name("answers_verbatims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"] for row in rows] == ['\'=HYPERLINK("x") n 4\né']


def test_a_second_entry_is_settled_line_by_line_and_its_share_told(page):
    visit = page()
    key_in(visit, ["3"] * 56)
    save(visit)
    visit.page.get_by_role("button", name="Deuxième saisie").click()
    press(visit, "1", "Enter")
    visit.page.wait_for_selector(".ap-desk:not([hidden])")
    assert "3" not in visit.page.locator(".ap-around").inner_text(), "the first entry is not shown"
    key_in(visit, ["3"] * 10 + ["5"] + ["3"] * 44 + ["n"])
    press(visit, "Control+Enter")
    visit.page.wait_for_selector(".ap-differences:not([hidden])")
    assert visit.axe() == []
    press(visit, "2", "1")
    visit.page.wait_for_selector(SAVED)
    told = visit.page.locator(".ap-saved").inner_text()
    assert "vérifiée" in told
    assert "2 lignes sur 59" in told, "role, unit, 56 lines, the choices"
    wanted = dict.fromkeys(columns(visit), "3") | {columns(visit)[10]: "5"}
    assert {name: value for name, value in answers(visit).items() if value} == wanted


def test_a_sheet_is_corrected_taken_out_and_put_back(page):
    visit = page()
    key_in(visit, ["3"] * 56)
    save(visit)
    visit.page.get_by_role("button", name="Corriger le n° 1").click()
    visit.page.wait_for_selector(".ap-desk:not([hidden])")
    press(visit, "ArrowDown", "ArrowDown", "5", "Control+Enter")
    save(visit)
    assert answers(visit)[columns(visit)[0]] == "5"
    visit.page.get_by_role("button", name="Retirer le n° 1").click()
    visit.page.get_by_role("button", name="Remettre le n° 1").click()
    visit.page.get_by_role("button", name="Retirer le n° 1").wait_for()
    assert answers(visit)[columns(visit)[0]] == "5"


def test_a_reload_loses_nothing(page):
    visit = page()
    press(visit, "c", "1", "2", "4", "4", "n")
    visit.page.reload()
    visit.page.wait_for_function(READY)
    assert visit.page.locator(".ap-number").inner_text() == "4"
    visit.page.locator(".ap-desk").focus()
    press(visit, *["3"] * 53, "2", "5", "7")
    save(visit)
    assert [answers(visit)[name] for name in columns(visit)[:4]] == ["4", "4", "na", "3"]


def test_a_sheet_that_could_not_be_kept_stays_and_is_sent_again(page):
    visit = page()
    key_in(visit, ["3"] * 56)
    visit.output.mkdir()
    press(visit, "Control+Enter")
    visit.page.wait_for_selector(".ap-saved[data-status=failed]")
    assert not list(visit.output.iterdir())
    visit.output.rmdir()
    visit.page.get_by_role("button", name="Réessayer").first.click()
    visit.page.wait_for_selector(SAVED)
    assert answers(visit)[columns(visit)[0]] == "3"


def test_fingers_do_what_keys_do(page):
    visit = page(width=390, height=844, has_touch=True)
    for name in (
        "C Encadrant, Agent",
        "2 Agent",
        "1 Services techniques",
        "4 En grande partie",
        "n Non concerné, ne sait pas",
    ):
        visit.page.get_by_role("button", name=name, exact=True).tap()
    visit.page.get_by_role("button", name="Vide", exact=True).tap()
    visit.page.get_by_role("button", name="Retour", exact=True).tap()
    draft = json.loads(visit.page.evaluate("Object.values(sessionStorage)[0]"))["draft"]["sheet"]
    names = columns(visit)
    assert draft["values"] == {
        "role": "agent",
        "unit": "pole_technique",
        names[0]: "4",
        names[1]: "na",
        names[2]: "",
    }
    assert visit.overflow() == 0


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 1280), (True, 390), (False, 320)])
def test_every_state_is_accessible_in_light_dark_and_on_a_phone(page, dark, width):
    visit = page(dark=dark, width=width, language="en", form="full")
    states = [(), ("d",), ("2",), ("3", "9"), ("n",), ("Control+Enter",)]
    for keys in states:
        press(visit, *keys)
        assert visit.axe() == [], keys
        assert visit.overflow() == 0, keys
    save(visit)
    assert visit.axe() == []
    visit.page.get_by_role("button", name="Second entry").click()
    assert visit.axe() == []
    visit.page.get_by_text("Keys", exact=True).click()
    assert visit.axe() == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_words_of_an_answer_are_whole_at_every_width(page, language):
    visit = page(language=language, form="full")
    for keys in ((), ("d",), ("2",)):  # the forms, the units, the answers
        press(visit, *keys)
        for width in (1280, 768, 600, 480, 390, 320):
            visit.page.set_viewport_size({"width": width, "height": 844})
            assert visit.page.evaluate(BROKEN) == [], (keys, width)
            assert visit.overflow() == 0, (keys, width)


def test_english_and_french_are_switched_in_the_midst_of_a_sheet(page):
    visit = page()
    press(visit, "c", "1", "2", "4")
    visit.page.get_by_text("English", exact=True).click()
    visit.page.get_by_role("heading", level=1, name="Keying in paper forms").wait_for()
    assert visit.page.locator(".ap-number").inner_text() == "2"
    assert visit.page.locator(".apprenance").get_attribute("lang") == "en"


def test_the_notebook_opens_in_voila(voila):
    from pathlib import Path

    visit = voila(Path(__file__).resolve().parents[2] / "notebooks" / "tools" / "2_saisie.ipynb")
    visit.page.wait_for_function(READY)
    visit.page.locator(".ap-desk").focus()
    press(visit, "d", "4")
    assert visit.page.locator(".ap-number").inner_text() == "2"
    assert visit.axe() == []
