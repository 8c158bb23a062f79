"""The drawing that the page makes of a map passes the door of drawings that come to paper, whatever its labels."""

import shutil
import subprocess
from pathlib import Path

import pytest

from assessment.documents import check_drawing
from assessment.documents.drawings import SVG

JS = Path(__file__).resolve().parents[2] / "assessment" / "widgets" / "js"


@pytest.fixture(scope="module")
def drawn(missing):
    """Give the picture of hostile labels as the page's own code writes it."""
    if shutil.which("node") is None:
        missing("no Node.js")
    told = subprocess.run(["node", "test/hostile_picture.js"], cwd=JS, capture_output=True, text=True, timeout=60)
    assert told.returncode == 0, told.stderr
    return told.stdout


def test_hostile_labels_reach_the_picture_as_text(drawn, hostile):
    """Colours, fonts and the language are hostile here too, so the door shuts: but on their values, on no element."""
    root = check_drawing(safe(drawn))
    texts = "".join(one.text for one in root.iter(f"{SVG}text"))
    assert "<script>window.hacked=true" in texts
    assert 'onerror="window.hacked=true' in texts
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {"svg", "g", "path", "rect", "circle", "text", "title"}
    assert not [key for one in root.iter() for key in one.attrib if key.startswith("on") or key in ("href", "style")]


def safe(svg):
    """Give the picture with plain colours, which on the page come from the style sheet."""
    from xml.etree.ElementTree import fromstring, tostring

    root = fromstring(svg)
    for one in root.iter():
        for key in ("fill", "stroke"):
            if one.get(key) not in (None, "none"):
                one.set(key, "#123456")
        for key in ("font-family", "{http://www.w3.org/XML/1998/namespace}lang"):
            if key in one.attrib:
                one.set(key, "fr")
    return tostring(root, encoding="unicode")
