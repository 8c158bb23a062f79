"""Pictures of the map editor's main states, to be looked at; Git ignores ``screenshots/map``, where they lie."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

SCREENSHOTS = Path(__file__).resolve().parents[2] / "screenshots" / "map"
PLACES = {"light": {}, "dark": {"dark": True}, "phone": {"width": 390, "height": 844}, "english": {"language": "en"}}
STILL = "() => document.querySelector('.apprenance').getAnimations({ subtree: true }).length === 0"


def panel(name):
    return lambda visit: visit.page.evaluate("(panel) => model.set('view', { ...model.get('view'), panel })", name)


def reading(visit):
    visit.page.evaluate("model.set('view', { ...model.get('view'), panel: 'reading', overlay: 'silos' })")
    visit.view.locator(".ap-reading-title:visible").first.wait_for()


def loop(visit):
    panel("loops")(visit)
    visit.view.locator(".ap-loop-button:visible").first.click()


def scenario(visit):
    panel("scenario")(visit)
    visit.view.locator(".ap-scenario-row input[type=range]").first.fill("0.8")
    visit.view.locator(".ap-trajectory-svg").wait_for()


def tie(visit):
    panel("inspect")(visit)
    first = next(tie["id"] for tie in visit.widget.document["ties"] if tie["kind"] == "causes")
    visit.page.evaluate("(id) => model.set('selection', [id])", first)


def table(visit):
    visit.page.evaluate("model.set('view', { ...model.get('view'), table: true })")
    visit.view.locator(".ap-sheet-live:visible").first.wait_for()


STATES = {
    "empty": ("empty", lambda visit: None),
    "whole": ("valclair", lambda visit: None),
    "template": ("participatory_budget", lambda visit: None),
    "tie": ("valclair", tie),
    "loop": ("valclair", loop),
    "reading": ("valclair", reading),
    "scenario": ("valclair", scenario),
    "people": ("valclair", panel("people")),
    "history": ("valclair", panel("history")),
    "table": ("valclair", table),
}


@pytest.mark.parametrize("place", PLACES)
def test_every_state_has_its_picture_and_fits_its_page(map_page, place):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for state, (map_, bring) in STATES.items():
        visit = map_page(map_, **PLACES[place])
        bring(visit)
        visit.page.wait_for_function(STILL)
        picture = SCREENSHOTS / f"{state}-{place}.png"
        visit.page.screenshot(path=picture, full_page=True)
        assert picture.stat().st_size > 10_000, state
        assert visit.overflow() == 0, state
        assert visit.errors == [], state
        visit.page.close()
