import pytest

from assessment.widgets.page import choice_faults, page_faults

WAVES = [{"value": "2026", "label": "2026"}, {"value": "2022", "label": "2022", "disabled": True, "note": "< 10"}]
PAGE = {
    "language": "fr",
    "title": "Profil",
    "languages": [{"value": "fr", "label": "Français"}, {"value": "en", "label": "English"}],
    "filters": [{"id": "wave", "label": "Vague", "value": "2026", "options": WAVES}],
    "upload": {"label": "Ouvrir", "hint": None, "accept": ".csv"},
    "facts": [{"label": "Répondants", "value": "58", "note": None}],
    "notices": [{"kind": "info", "title": "Exemple", "lines": ["Une commune fictive."]}],
    "sections": [
        {
            "id": "profile",
            "title": "Profil",
            "charts": [{"spec": {"mark": "bar"}, "alt": "Sept barres."}],
            "table": {"caption": "Scores", "columns": [{"label": "Dimension"}], "rows": [["Dialogue"], (None,)]},
        }
    ],
}


def test_a_whole_page_and_a_page_not_written_yet_have_no_fault():
    assert page_faults(PAGE) == []
    assert page_faults({}) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"title": None}, "page: 'title' is missing"),
        ({"titel": "Profil"}, "page: 'titel' is not a part of it"),
        ({"filters": [{"id": "wave", "label": "Vague", "value": "2026"}]}, "filters[0]: 'options' is missing"),
        ({"upload": {"hint": "…"}}, "upload: 'label' is missing"),
        ({"facts": ["58"]}, "facts[0]: not an object"),
        ({"facts": [{"label": "n", "value": 58}]}, "facts[0]: 'value' is int, not str"),
        ({"notices": [{"kind": "alert"}]}, "notices[0]: 'kind' is 'alert', not one of info, warning, error"),
        ({"notices": [{"kind": "info", "lines": [3]}]}, "notices[0]: 'lines' holds something else than texts"),
    ],
)
def test_a_fault_is_told_with_its_place(change, fault):
    assert page_faults({**PAGE, **change}) == [fault]


def test_every_fault_is_told_at_once():
    section = {"id": "a", "charts": [{"spec": {}}], "table": {"caption": "", "columns": [], "rows": [[1]]}}
    assert page_faults({"language": "fr", "title": "", "sections": [section]}) == [
        "sections[0]: 'title' is missing",
        "sections[0].charts[0]: 'alt' is missing",
        "sections[0].table.rows[0]: not a row of 0 cells",
    ]


def test_a_choice_is_one_that_the_page_offers():
    assert choice_faults({"language": "en", "wave": "2026"}, PAGE) == []
    assert choice_faults({"language": "de", "wave": "2022", "unit": "x"}, PAGE) == [
        "choice: 'de' is not offered for 'language'",
        "choice: '2022' is not offered for 'wave'",
        "choice: the page has no filter 'unit'",
    ]


def test_before_there_is_a_page_only_texts_are_a_choice():
    assert choice_faults({"language": "fr", "wave": "2026"}, {}) == []
    assert choice_faults({"wave": 2026}, {}) == ["choice: 'wave' is not a text"]
