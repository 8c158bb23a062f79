"""The profile page: whole, safe, closed to the outside, in two languages."""

import re
from html.parser import HTMLParser

import pytest

from assessment.report.markup import Html, tag
from assessment.report.profile_page import Profile, profile_html, write_profile

VOID = {"meta", "br", "hr", "link", "img", "input"}
TITLE = "<script>alert('é')</script> & \"Valclair\""


class Reader(HTMLParser):
    """Reads a page strictly: every element closed, in order."""

    def __init__(self):
        super().__init__()
        self.open, self.faults, self.seen, self.text = [], [], [], []

    def handle_starttag(self, name, attributes):
        self.seen.append((name, dict(attributes)))
        if name not in VOID:
            self.open.append(name)

    def handle_startendtag(self, name, attributes):
        self.seen.append((name, dict(attributes)))

    def handle_endtag(self, name):
        if not self.open or self.open.pop() != name:
            self.faults.append(name)

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(scope="module", params=["fr", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def html(sample, language):
    names = {"A": "Atelier <b>&</b>"}
    profile = Profile(
        sample.released, sample.framework, TITLE, language, "L'été & Cie", None, sample.respondents, names, 10, True
    )
    return profile_html(profile)


@pytest.fixture(scope="module")
def page(html):
    reader = Reader()
    reader.feed(html)
    return reader


def test_the_page_is_well_formed_and_says_its_language(page, language):
    assert page.faults == []
    assert page.open == []
    assert dict(page.seen)["html"] == {"lang": language}


def test_the_page_asks_for_nothing_outside(html, page):
    assert "http" not in html.replace("http-equiv", "")
    assert "@import" not in html
    assert "url(" not in html
    assert not [one for one in page.seen if {"src", "srcset", "data", "xlink:href"} & set(one[1])]
    links, ids = ({one[1][name] for one in page.seen if name in one[1]} for name in ("href", "id"))
    assert links <= {f"#{one}" for one in ids}  # within the page only, and to what is there
    assert {"script", "iframe", "object", "img", "link"} & {name for name, _ in page.seen} == set()


def test_what_people_write_stays_text(html, page):
    assert "<script" not in html
    assert "<b>" not in html
    assert TITLE in "".join(page.text)


def test_nothing_hidden_stands_in_the_page(sample, html, page, language):
    assert sample.given_away(html) == set()
    if language == "fr":
        cells = {text.strip() for text in page.text}
        assert sample.hidden_words("fr") & cells == set()


def test_every_drawing_has_its_words_and_its_table(page):
    drawings = [attributes for name, attributes in page.seen if attributes.get("role") == "img"]
    assert len(drawings) == 4  # profile, tension, units, roles
    assert all(len(one["aria-label"]) > 60 for one in drawings)
    pictures = [attributes for name, attributes in page.seen if name == "svg"]
    assert len(pictures) == 6  # profile and tension for wide and narrow screens
    assert all(one["aria-hidden"] == "true" for one in pictures)
    assert sum(name == "details" for name, _ in page.seen) == 6
    assert sum(name == "caption" for name, _ in page.seen) == 7


def test_drawings_take_their_colours_from_the_page(html):
    drawn = "".join(re.findall(r"<svg.*?</svg>", html, re.S))
    used = set(re.findall(r"var\((--ap-[\w-]+)\)", html))
    assert re.findall(r'(?:fill|stroke)="(#[^"]+|black|white)"', drawn) == []
    assert all(f"{name}:" in html for name in used)
    assert "prefers-color-scheme: dark" in html


def test_the_page_has_one_first_heading_and_a_fictive_badge(page, language):
    assert sum(name == "h1" for name, _ in page.seen) == 1
    assert {"fr": "Commune fictive", "en": "Fictitious commune"}[language] in page.text


def test_ids_are_not_repeated(html):
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_profile_without_groups_or_vision_is_a_page_too(sample, tmp_path):
    whole = sample.released["dimensions"]
    released = {
        **sample.released,
        "dimensions": whole[whole["perspective"] == "reality"],
        "groups": sample.released["groups"].iloc[:0],
        "tension": sample.released["tension"].iloc[:0],
    }
    path = write_profile(released, sample.framework, tmp_path / "p.html", "A", "fr")
    text = path.read_text("utf-8")
    assert text.startswith("<!doctype html>")
    assert text.count("<svg") == 2


def test_a_hidden_organisation_tells_why_and_no_number(sample):
    from assessment.scoring import Settings, release

    released = release(sample.tables, Settings(min_group=100))
    html = profile_html(Profile(released, sample.framework, "A", "fr", respondents=63, min_group=100))
    assert "moins de 100 réponses" in html
    everything = {repr(value) for value in sample.tables["dimensions"]["score"]}
    assert [one for one in everything if one in html] == []


def test_markup_escapes_all_that_is_not_markup():
    assert tag("p", "<a>", Html("<b></b>"), title='"') == '<p title="&quot;">&lt;a&gt;<b></b></p>'
