"""A map on paper: its words are text, its language is told, it is tagged, and hostile labels are only labels."""

import datetime
import io
import json
from html import escape
from pathlib import Path

import pypdf
import pytest

import assessment
from assessment.faults import Faults
from assessment.figures.map_on_paper import map_page

VALCLAIR = json.loads((Path(assessment.__file__).parent / "example" / "valclair_map.map.json").read_text("utf-8"))
DAY = datetime.date(2026, 3, 14)


def picture(document, width=1400, height=800):
    """Draw each element as its label, with a key of one entry."""
    elements = [*document["actors"], *document["variables"]]
    texts = [
        f'<text x="{one["x"]}" y="{one["y"]}" font-size="13">{escape(printable(one["label"][:80]))}</text>'
        for one in elements
    ]
    key = (
        '<g class="ap-key"><g class="ap-key-entry" data-map="0 900 28 18"><rect x="0" y="900" width="28" height="18"/>'
        '<text class="ap-key-label" x="34" y="914">élus (losange)</text></g></g>'
    )
    head = f'viewBox="0 0 {width} {height + 100}" data-map="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}><g class="ap-map">{"".join(texts)}</g>{key}</svg>'


def printable(text):
    return "".join(one for one in text if one.isprintable() or one == " ")


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


def words_of(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture(scope="module")
def page():
    return map_page(VALCLAIR, picture(VALCLAIR), "fr", when=DAY)


def test_the_page_says_what_the_map_is_in_text(page):
    told = words_of(read(page)).replace("\u202f", " ").replace("\u00a0", " ")
    assert "Valclair, atelier de mars 2026" in told
    assert "32 acteurs · 11 variables · 77 relations · 18 liens de cause à effet · 8 participants" in told
    assert "Page faite le 14 mars 2026" in told
    assert "élus (losange)" in told
    assert "Une carte dit ce que ses auteurs ont dessiné" in told
    assert "Page 1 sur 1" in told
    assert "Direction générale" in told, "labels of the drawing are text, too"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_can_be_read_aloud(language):
    reader = read(map_page(VALCLAIR, picture(VALCLAIR), language, when=DAY))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == VALCLAIR["name"]
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()
    figures = [one for one in tagged(root["/StructTreeRoot"]) if one.get("/S") == "/Figure"]
    assert len(figures) == 1
    assert "Maire" in figures[0]["/Alt"]


def tagged(one):
    """Visit the elements of a page's structure."""
    one = one.get_object()
    if isinstance(one, list):
        for child in one:
            yield from tagged(child)
    elif isinstance(one, dict):
        yield one
        if "/K" in one:
            yield from tagged(one["/K"])


def test_the_same_map_on_the_same_day_is_the_same_file(page):
    assert map_page(VALCLAIR, picture(VALCLAIR), "fr", when=DAY) == page


@pytest.mark.parametrize(
    ("width", "height", "paper"),
    [(1200, 700, (842, 595)), (700, 1200, (595, 842)), (2400, 1500, (1191, 842)), (1500, 2400, (842, 1191))],
)
def test_the_paper_follows_the_drawing(width, height, paper):
    page = read(map_page(VALCLAIR, picture(VALCLAIR, width, height), "fr", when=DAY)).pages[0]
    assert tuple(map(float, page.mediabox[2:])) == pytest.approx(paper, abs=1)


def test_a_reading_is_told_beneath():
    reading = {
        "title": "Silos",
        "sentences": ["Les services se parlent entre eux."],
        "items": [{"title": "Voirie", "sentences": ["Un seul lien en sort."]}],
        "table": {
            "caption": "Liens",
            "columns": [{"label": "service"}, {"label": "liens", "numeric": True}],
            "rows": [[f"service {number}", str(number)] for number in range(250)],
        },
    }
    reader = read(map_page(VALCLAIR, picture(VALCLAIR), "fr", reading, DAY))
    told = words_of(reader).replace("\u00a0", " ")
    assert "Lecture affichée : Silos" in told
    assert "Un seul lien en sort." in told
    assert "service 199 199" in told
    assert "service 200" not in told
    assert "… et 50 de plus." in told
    assert len(reader.pages) > 2


def test_a_reading_that_the_drawing_names_is_named_on_the_page():
    heading = '<g class="ap-heading"><text class="ap-reading">Silos &amp; ponts</text></g></svg>'
    reader = read(map_page(VALCLAIR, picture(VALCLAIR).replace("</svg>", heading), "en", when=DAY))
    assert "Reading shown: Silos & ponts" in words_of(reader)
    assert len(reader.pages) == 1


def test_an_empty_map_without_a_name_has_its_page():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>'
    reader = read(map_page({"format": "apprenance-map", "version": 1}, svg, "en", when=DAY))
    assert reader.metadata.title == "Map without a name"


def test_hostile_labels_are_only_labels(hostile):
    document = hostile.hostile_map()
    reading = {"title": document["name"], "sentences": [one["label"] for one in document["actors"]], "items": []}
    content = map_page(document, picture(document), "fr", reading, DAY)
    reader = read(content)
    told = words_of(reader)
    assert reader.metadata.title == document["name"]
    assert '#panic("x") #set page(width: 1pt)' in told
    assert "/etc/passwd" in told, "what the label says, and nothing of the file"
    assert not any(mark in content for mark in (b"/JavaScript", b"/JS ", b"/Launch", b"/URI", b"/EmbeddedFile"))


def test_a_drawing_with_a_script_is_never_printed():
    with pytest.raises(Faults, match="drawing_unsafe"):
        map_page(VALCLAIR, picture(VALCLAIR).replace("<g ", "<script/><g ", 1), "fr")
