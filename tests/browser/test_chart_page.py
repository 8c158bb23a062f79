"""A page of `ChartPage` in a real browser: in Voilà and in JupyterLab, by mouse and by keyboard, for everyone."""

import hashlib
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

PLACES = ["voila", "jupyterlab"]
# Notes what the page shows whenever it begins or ends to wait; gives what it shows now.
WATCH_WAITING = """() => {
  const content = document.querySelector('.ap-sheet');
  window.seen = [];
  window.look = () => ({
    busy: content.getAttribute('aria-busy'),
    status: document.querySelector('.apprenance .ap-only-read[role=status]').textContent,
    tops: [...document.querySelectorAll('.ap-section-title')].map((title) => title.offsetTop),
  });
  new MutationObserver(() => seen.push(look())).observe(content, { attributeFilter: ['aria-busy'] });
  return look();
}"""


@pytest.fixture(params=PLACES)
def place(request):
    """Give Voilà, then JupyterLab, as the function that opens a notebook there."""
    return request.getfixturevalue(request.param)


def test_a_page_shows_in_full_and_asks_nobody_outside(place, sample):
    visit = place(**sample())
    visit.wait_drawn()
    view = visit.view
    assert view.get_by_role("heading", level=1).inner_text() == "Profil d'apprentissage"
    assert view.get_by_role("heading", level=2).count() == 3
    assert view.get_by_role("img", name="Réalité et vision par dimension.").is_visible()
    assert view.locator(".ap-chart svg").count() == 4
    assert all(box["width"] > 300 for box in boxes(view.locator(".ap-chart svg")))
    assert visit.outside == []
    assert visit.ours() == []


def test_a_filter_reaches_python_and_the_page_that_answers_arrives(place, sample):
    visit = place(**sample(wait=0.4))
    first = visit.wait_drawn()
    view = visit.view
    assert view.locator(".ap-fact-value").nth(1).inner_text() == "49,4"
    view.locator("summary").first.click()
    wave = view.get_by_label("Vague")
    wave.focus()
    before = visit.page.evaluate(WATCH_WAITING)
    wave.select_option("2024")
    visit.wait_drawn(after=first)
    assert view.locator(".ap-fact-value").nth(1).inner_text() == "44,4"
    waiting, answered = visit.page.evaluate("[seen[0], look()]")
    assert waiting == {**before, "busy": "true", "status": "Un instant…"}, "told at once, and nothing jumps"
    assert answered == before
    assert wave.evaluate("(select) => select === document.activeElement"), "focus stays"
    assert view.locator("details").first.get_attribute("open") is not None, "what is open stays open"
    assert view.get_by_role("table").is_visible()


def test_two_quick_choices_add_up(voila, sample):
    visit = voila(**sample(wait=0.5))
    visit.wait_drawn()
    visit.view.get_by_label("Vague").select_option("2024")
    visit.view.get_by_label("Fonction").select_option("agent")
    visit.wait_drawn(after=2)
    assert visit.view.get_by_label("Vague").input_value() == "2024"
    assert visit.view.get_by_label("Fonction").input_value() == "agent"


def test_too_small_a_group_cannot_be_chosen_and_says_why(voila, sample):
    visit = voila(**sample())
    visit.wait_drawn()
    option = visit.view.get_by_label("Vague").locator("option[disabled]")
    assert option.inner_text() == "2022 (moins de 10 personnes)"


@pytest.mark.parametrize("size", [1_000, 13_000_000])
def test_a_file_reaches_python_byte_for_byte(place, sample, tmp_path, size):
    # 13 MB is more than Jupyter's servers take in one message.
    content = bytes(range(256)) * (size // 256 + 1)
    file = tmp_path / "réponses 2026.csv"
    file.write_bytes(content)
    visit = place(**sample())
    first = visit.wait_drawn()
    visit.view.get_by_label("Ouvrir votre fichier").set_input_files(file)
    visit.wait_drawn(after=first)
    notice = visit.view.locator(".ap-notice[data-kind=error]")
    assert "«\u202fréponses 2026.csv\u202f» n'a pas pu être lu" in notice.inner_text()
    assert hashlib.sha256(content).hexdigest() in notice.inner_text()
    visit.view.get_by_role("button", name="Revenir à l'exemple").click()
    visit.wait_drawn(after=first + 1)
    assert visit.view.locator(".ap-notice").count() == 0


def test_too_large_a_file_is_refused_in_words_and_python_hears_nothing(voila, sample, tmp_path):
    file = tmp_path / "large.csv"
    with file.open("wb") as large:
        large.truncate(50 * 1024 * 1024 + 1)
    visit = voila(**sample())
    visit.wait_drawn()
    visit.view.get_by_label("Ouvrir votre fichier").set_input_files(file)
    visit.view.get_by_text("Ce fichier est trop gros").wait_for()
    assert visit.view.get_attribute("data-drawn") == "1"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_french_and_english_with_open_tables(place, sample, dark):
    visit = place(**sample(), dark=dark)
    first = visit.wait_drawn()
    assert visit.view.get_attribute("data-theme") == ("dark" if dark else "light")
    open_tables(visit)
    assert visit.axe() == []
    visit.view.get_by_role("button", name="English").click()
    visit.wait_drawn(after=first)
    assert visit.view.get_attribute("lang") == "en"
    assert visit.view.get_by_role("heading", level=1).inner_text() == "Learning profile"
    assert visit.axe() == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_an_empty_page_and_in_an_error(voila, sample, tmp_path, dark):
    visit = voila(**sample(kind="empty"), dark=dark)
    first = visit.wait_drawn()
    assert visit.view.get_by_text("Aucune réponse à montrer").is_visible()
    assert visit.axe() == []
    file = tmp_path / "vide.csv"
    file.write_bytes(b"")
    visit.view.get_by_label("Ouvrir votre fichier").set_input_files(file)
    visit.wait_drawn(after=first)
    assert visit.axe() == []


def test_charts_take_the_theme_when_it_changes(voila, sample):
    visit = voila(**sample())
    visit.wait_drawn()
    label = visit.view.locator(".ap-chart svg text").first
    light = label.get_attribute("fill")
    visit.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    visit.page.wait_for_function(
        "(light) => document.querySelector('.ap-chart svg text').getAttribute('fill') !== light", arg=light
    )
    assert visit.view.get_attribute("data-theme") == "dark"


@pytest.mark.parametrize("width", [360, 390, 768, 1600])
def test_no_width_makes_the_page_scroll_sideways(voila, sample, width):
    visit = voila(**sample(), width=width)
    visit.wait_drawn()
    open_tables(visit)
    assert visit.overflow() == 0
    place_of_view = visit.view.bounding_box()
    for box in boxes(visit.view.locator(".ap-chart svg")):
        assert box["x"] + box["width"] <= place_of_view["x"] + place_of_view["width"]


def test_charts_follow_the_width(voila, sample):
    visit = voila(**sample())
    visit.wait_drawn()
    visit.page.set_viewport_size({"width": 500, "height": 900})
    visit.page.wait_for_function(
        """() => [...document.querySelectorAll('.ap-chart')].every(
          (chart) => Math.abs(Number(chart.querySelector('svg').getAttribute('width')) - chart.clientWidth) <= 2)"""
    )
    assert visit.overflow() == 0


def test_a_page_that_arrives_while_hidden_is_drawn_when_it_is_seen(voila, sample):
    visit = voila(**sample())
    first = visit.wait_drawn()
    visit.page.evaluate("document.querySelector('.apprenance').parentElement.style.display = 'none'")
    visit.view.get_by_label("Vague").evaluate(
        "(select) => { select.value = '2024'; select.dispatchEvent(new Event('change')); }"
    )
    visit.page.wait_for_function("document.querySelectorAll('.ap-fact-value')[1].textContent === '44,4'")
    visit.page.evaluate("document.querySelector('.apprenance').parentElement.style.display = ''")
    visit.wait_drawn(after=first)
    assert visit.view.locator(".ap-chart svg").count() == 4


def test_long_labels_of_a_chart_can_be_read_in_full(voila, sample):
    visit = voila(**sample(), width=390)
    visit.wait_drawn()
    text = visit.view.locator(".ap-chart svg").first.evaluate("(svg) => svg.textContent.replaceAll(/\\s+/g, '')")
    assert "Lienavecl'environnement,lesusagersetlespartenaires" in text


def test_everything_can_be_done_with_the_keyboard(place, sample):
    visit = place(**sample())
    first = visit.wait_drawn()
    page, view = visit.page, visit.view
    view.get_by_role("button", name="Français").focus()
    reached = []
    for _ in range(13):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText")
        )
        outline = page.evaluate(
            """() => {
              const active = document.activeElement;
              const seen = active.type === 'file' ? active.labels[0] : active;
              return getComputedStyle(seen).outlineStyle;
            }"""
        )
        assert outline == "solid", f"no visible focus on {reached[-1]}"
        if reached[-1] == "Vague":
            page.keyboard.press("ArrowDown")
            visit.wait_drawn(after=first)
        if reached[-1] == "Voir le tableau" and view.get_by_role("table").count() == 0:
            page.keyboard.press("Enter")
            view.get_by_role("table").wait_for()
    chapters = ["Sept dimensions, deux regards", "Les écarts à combler d'abord", "Ce que répondent les agents"]
    assert reached[:9] == ["English", *chapters, "Vague", "Service", "Fonction", "PNG", "SVG"]
    assert view.get_by_label("Vague").input_value() == "2024"
    assert view.get_by_role("table").count() == 1


def test_what_prints_is_light(voila, sample):
    visit = voila(**sample(), dark=True)
    visit.wait_drawn()
    visit.page.emulate_media(media="print")
    visit.page.wait_for_function("document.querySelector('.apprenance').dataset.theme === 'light'")
    assert not visit.view.locator(".ap-filters-bar").is_visible()


def test_the_page_in_voila_has_a_language_a_title_and_one_main_part(voila, sample):
    visit = voila(**sample())
    visit.wait_drawn()
    assert visit.page.title() == "Exemple"
    assert visit.page.locator("html").get_attribute("lang") == "fr"
    assert visit.page.get_by_role("main").count() == 1
    assert visit.page.get_by_text("Une page de test.").count() == 0


def test_a_chapter_is_chosen_and_keeps_the_focus(place, sample):
    visit = place(**sample(wait=0.3))
    first = visit.wait_drawn()
    chapters = visit.view.get_by_role("navigation", name="Chapitres")
    assert chapters.locator("[aria-current]").inner_text() == "Sept dimensions, deux regards"
    last = "Ce que répondent les agents"
    chapters.get_by_role("button", name=last).click()
    assert chapters.locator("[aria-current]").inner_text() == last, "at once, before the answer"
    visit.wait_drawn(after=first)
    assert chapters.locator("[aria-current]").inner_text() == last
    assert visit.page.evaluate("document.activeElement.innerText") == last


def test_chapters_stand_in_one_row_on_a_phone(voila, sample):
    visit = voila(**sample(), width=390)
    visit.wait_drawn()
    tops = {round(box["y"]) for box in boxes(visit.view.locator(".ap-tab"))}
    assert len(tops) == 1
    visit.view.locator(".ap-tab").last.focus()
    assert visit.view.locator(".ap-tab").last.bounding_box()["x"] < 390
    assert visit.overflow() == 0


def test_filters_stay_in_sight_on_a_desk(voila, sample):
    visit = voila(**sample())
    visit.wait_drawn()
    visit.view.locator(".ap-passage").last.scroll_into_view_if_needed()
    visit.page.wait_for_function("document.querySelector('.ap-filters-bar').getBoundingClientRect().top >= 0")
    assert visit.view.locator(".ap-filters-bar").bounding_box()["y"] < 5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_chart_is_taken_along_light_and_with_its_title_whatever_the_page_looks_like(voila, sample, dark):
    visit = voila(**sample(), dark=dark)
    visit.wait_drawn()
    figure = visit.view.locator(".ap-figure").first
    with visit.page.expect_download() as svg:
        figure.get_by_role("button", name="SVG").click()
    assert svg.value.suggested_filename == "realite-et-vision-par-dimension.svg"
    drawn = Path(svg.value.path()).read_text("utf-8")
    assert 'fill="#ffffff"' in drawn[:800], "on white"
    assert "Réalité et vision par dimension" in drawn
    assert "n = 214" in drawn
    assert "#1b2427" in drawn, "the ink of the light theme"
    with visit.page.expect_download() as png:
        figure.get_by_role("button", name="PNG").click()
    content = Path(png.value.path()).read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(content[16:20]) >= 1800, "wide enough for print"


def boxes(locator):
    return [one.bounding_box() for one in locator.all()]


def open_tables(visit):
    for summary in visit.view.locator("summary").all():
        summary.click()
