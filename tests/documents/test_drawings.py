"""A drawing from a browser is let in when it holds shapes and texts only, and is told apart from all others."""

import pytest

from assessment.documents import box_of, check_drawing, svg_text
from assessment.documents.drawings import DEEPEST, MOST_ELEMENTS
from assessment.faults import Faults


def drawing(inside="", attributes="", box="0 0 100 50"):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" {attributes}>{inside}</svg>'


def codes(svg):
    with pytest.raises(Faults) as caught:
        check_drawing(svg)
    return {fault.code for fault in caught.value.faults}


def test_shapes_and_texts_are_let_in():
    inside = (
        '<title>Eau</title><g class="ap-tie" opacity="0.5"><path d="M 0 0 Q 1.5e1 -2 3 4" fill="none" stroke="#0f6069" '
        'stroke-dasharray="4 2" stroke-width="1.5"/></g><defs><linearGradient id="g1"><stop offset="0.4" '
        'stop-color="rgb(1,2,3)"/></linearGradient></defs><rect fill="url(#g1)" width="10" height="5"/>'
        '<text transform="translate(1 2) rotate(-30)" font-family="Arial, &quot;Segoe UI&quot;">a &lt;b&gt;</text>'
    )
    root = check_drawing(drawing(inside))
    assert box_of(root) == (0, 0, 100, 50)
    assert "a &lt;b&gt;" in svg_text(root)
    assert 'font-family="Inter"' in svg_text(root), "the page has one typeface"


UNSAFE = {
    "script": "<script>1</script>",
    "foreign object": "<foreignObject><p>a</p></foreignObject>",
    "picture": '<image href="https://example.com/a.png"/>',
    "picture of old": '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="a.png"/>',
    "picture in data": '<image href="data:image/svg+xml;base64,AAAA"/>',
    "copy": '<use href="#a"/>',
    "link": '<a href="https://example.com"><text>a</text></a>',
    "animation": '<rect><animate attributeName="x" to="1"/></rect>',
    "setting": '<rect><set attributeName="onclick" to="a()"/></rect>',
    "handler": '<rect onclick="a()"/>',
    "handler in capitals": '<rect onClick="a()"/>',
    "style element": "<style>@import url(https://example.com)</style>",
    "style attribute": '<rect style="fill: url(https://example.com)"/>',
    "fill from outside": '<rect fill="url(https://example.com/a.svg#b)"/>',
    "fill from a file": '<rect fill="url(a)"/>',
    "fill from a numbered file": '<rect fill="url(1)"/>',
    "filter": '<filter id="a"><feImage href="a"/></filter>',
    "foreign namespace": '<html:b xmlns:html="http://www.w3.org/1999/xhtml">a</html:b>',
    "foreign attribute": '<rect x:href="a" xmlns:x="urn:x"/>',
    "expression": '<rect width="calc(1px * 2)"/>',
    "endless number": '<rect width="1e300"/>',
    "number without end": '<rect width="Infinity"/>',
}


@pytest.mark.parametrize("inside", UNSAFE.values(), ids=UNSAFE)
def test_what_could_act_or_fetch_is_refused(inside):
    assert codes(drawing(inside)) == {"drawing_unsafe"}


def test_all_that_is_unsafe_is_named_at_once():
    with pytest.raises(Faults) as caught:
        check_drawing(drawing('<script/><rect onclick="a()"/>'))
    assert [fault.values["value"] for fault in caught.value.faults] == ["rect onclick", "script"]


@pytest.mark.parametrize("head", ['<!DOCTYPE svg [<!ENTITY a "b">]>', '<!DOCTYPE svg SYSTEM "file:///a">'])
def test_a_document_type_is_refused(head):
    assert codes(head + drawing()) == {"drawing_unsafe"}


@pytest.mark.parametrize(
    "svg", ["", "no drawing", drawing("<g>"), "<html/>", '<svg viewBox="0 0 1 1"/>', drawing("&a;")]
)
def test_what_is_no_drawing_is_refused(svg):
    assert codes(svg) == {"drawing_unreadable"}


@pytest.mark.parametrize("box", ["", "0 0 1", "0 0 0 10", "0 0 10 -1", "0 0 1 -"])
def test_a_drawing_has_a_size(box):
    assert codes(drawing(box=box)) == {"drawing_without_size"}


@pytest.mark.parametrize("box", ["0 0 nan 1", "0 0 inf 1", "a b c d"])
def test_a_drawing_has_a_size_that_is_a_number(box):
    assert codes(drawing(box=box)) <= {"drawing_without_size", "drawing_unsafe"}


def test_a_drawing_that_is_too_large_or_too_deep_is_refused():
    assert codes(drawing("<g/>" * (2 * MOST_ELEMENTS))) == {"drawing_too_large"}
    assert codes(drawing("<g>" * DEEPEST + "<g/>" + "</g>" * DEEPEST)) == {"drawing_unsafe"}
    check_drawing(drawing("<g>" * (DEEPEST - 1) + "<g/>" + "</g>" * (DEEPEST - 1)))
    assert codes(drawing("<g>" * 100_000 + "</g>" * 100_000)) == {"drawing_unsafe"}


def test_comments_and_instructions_do_not_stay():
    text = svg_text(check_drawing(drawing('<!-- a --><?xml-stylesheet href="https://example.com/a.css"?><g/>')))
    assert "a.css" not in text
    assert "<!--" not in text
