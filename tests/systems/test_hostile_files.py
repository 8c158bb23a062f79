"""A file made to do harm, or broken by accident, is refused with a reason: no crash, no memory filled."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assessment.faults import Faults
from assessment.systems import check_map, map_document, map_graph, read_map
from assessment.systems.formats.packed_text import unpacked_text
from assessment.systems.formats.writers.saving import WRITERS, written
from assessment.systems.limits import MOST_BYTES
from assessment.texts import tell

TOP = b'{"format":"apprenance-map","version":1,'
SMALL = map_graph(
    {"actors": [{"id": "a", "label": "A"}], "ties": [{"id": "t", "source": "a", "target": "a", "kind": "x"}]}
)


def joined(pattern, count):
    return b",".join([pattern] * count)


def book(part="xl/worksheets/sheet1.xml", old=b"</sheetData>", new=b"", extra=b""):
    """A workbook of ours with one part changed, and a part more."""
    content, _ = written(map_document(SMALL), "a.xlsx")
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.infolist():
            text = source.read(one)
            target.writestr(one.filename, text.replace(old, new + old, 1) if one.filename == part else text)
        if extra:
            target.writestr("xl/worksheets/sheet99.xml", extra)
    return changed.getvalue()


SHARED = b"<row>" + b"".join(b'<c r="A%d" t="s"><v>0</v></c>' % row for row in range(9, 20000)) + b"</row>"
HOSTILE = {
    "laughs.graphml": (b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>', "xml_unsafe"),
    "outside.gexf": (b'<!DOCTYPE l SYSTEM "file:///etc/passwd"><gexf/>', "xml_unsafe"),
    "page.html": (b"<!DOCTYPE html><html></html>", "xml_unsafe"),
    "deep.json": (b"[" * 100_000, "too_deep"),
    "deep.map.json": (TOP + b'"x":' + b"[" * 500 + b"]" * 500 + b"}", "too_deep"),
    "deep.graphml": (b"<graphml>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</graphml>", "too_deep"),
    "million.graphml": (b"<graphml><graph>" + b"<node id='a'/>" * 1_000_000 + b"</graph></graphml>", "map_too_large"),
    "many.map.json": (TOP + b'"actors":[' + joined(b'{"id":"a"}', 1_000_000) + b"]}", "map_too_large"),
    "many.cyjs": (b'{"elements":{"nodes":[' + joined(b'{"data":{}}', 60_000) + b"]}}", "map_too_large"),
    "many.csv": (b"source,target\n" + b"a,b\n" * 300_000, "map_too_large"),
    "wide.csv": (b"source,target" + b",x" * 100_000, "map_too_large"),
    "large.json": (b" " * (MOST_BYTES + 1), "file_too_large"),
    "bomb.xlsx": (book(extra=b"\0" * 50_000_000), "file_unpacks_too_large"),
    "far.xlsx": (book(new=b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "map_too_large"),
    "shared.xlsx": (
        book("xl/sharedStrings.xml", b"</t>", b"x" * 100_000, SHARED),
        "map_too_large",
    ),
    "entity.xlsx": (book("xl/sharedStrings.xml", b"<sst", b'<!DOCTYPE a [<!ENTITY b "c">]>'), "xml_unsafe"),
    "broken.xlsx": (b"PK\x03\x04" + b"\0" * 100, "file_unreadable"),
    "infinite.map.json": (
        TOP + b'"actors":[{"id":"a","label":"","influence":Infinity}]}',
        "number_not_finite",
    ),
    "infinite.csv": (b"source,target,weight\na,b,1e999\n", "number_not_finite"),
    "nan.csv": (b"source,target,weight\na,b,NaN\n", "number_not_finite"),
    "infinite.graphml": (
        b'<graphml><key id="k" for="edge" attr.name="weight" attr.type="double"/><graph><node id="a"/>'
        b'<edge source="a" target="a"><data key="k">-INF</data></edge></graph></graphml>',
        "number_not_finite",
    ),
    "twice.graphml": (b"<graphml><graph><node id='a'/><node id='a'/></graph></graphml>", "map_id_duplicate"),
    "twice.map.json": (TOP + b'"name":"a","name":"b"}', "key_doubled"),
    "nobody.cyjs": (b'{"elements":{"nodes":[],"edges":[{"data":{"source":"a","target":"b"}}]}}', "tie_to_nobody"),
    "truncated.json": (TOP + b'"acto', "json_syntax"),
    "truncated.gexf": (b"<gexf><graph>", "xml_syntax"),
    "empty.json": (b"", "file_empty"),
    "blank.csv": (b"  \n ", "file_empty"),
    "latin.csv": ("source,target\né,b".encode("latin1"), "encoding_not_utf8"),
    "quote.csv": (b'source,target\n"a,b\n' + b"x" * 200_000, "quote_open"),
    "null.csv": (b"source,target\n\0,b\n", "text_controls"),
    "digits.map.json": (TOP + b'"x":' + b"9" * 5000 + b"}", "json_syntax"),
    "surrogate.map.json": (TOP + b'"name":"\\ud800"}', "text_controls"),
    "bad.kumu.json": (b'{"elements":5,"connections":[]}', "type_wrong"),
    "bad.loopy": (b"[[[1,2,3,4]],[],[]]", "map_kind_unknown"),
    "bad.mmp": (b"<mentalmodeler><concepts><concept/></concepts></mentalmodeler>", "text_empty"),
    "drawing.drawio": (b"<mxfile/>", "map_kind_unknown"),
    "old.xls": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "map_kind_unknown"),
    "other.csv": (b"respondent,st_04\na,1\n", "map_columns_missing"),
    "several.json": (b'{"graphs":[{},{}]}', "several_graphs"),
    "chain.csv": (b"source,target\n" + b"".join(b"%d,%d\n" % (n, n + 1) for n in range(60_000)), "map_too_large"),
    "keys.json": (b'{"graph":{"nodes":{' + b",".join(b'"%d":{}' % n for n in range(50_001)) + b"}}}", "map_too_large"),
    "few.kumu.json": (
        b'{"elements":[' + b",".join(b'{"label":"%d"}' % n for n in range(50_001)) + b'],"connections":[]}',
        "map_too_large",
    ),
    "word.csv": (b"source,target,weight\na,b,strong\n", "type_wrong"),
    "hole.csv": (b"source,target\na,\n", "cell_missing"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_a_reason_that_can_be_told(name, upload):
    content, code = HOSTILE[name]
    with pytest.raises(Faults) as refused:
        read_map(upload(name, content))
    assert code in {fault.code for fault in refused.value.faults}
    for language in ("fr", "en"):
        told = [tell(fault, language) for fault in refused.value.faults[:5]]
        assert all(line.startswith(name) and len(line) < 500 for line in told)


def test_a_packed_text_that_unpacks_to_anything_is_stopped_on_the_way():
    # the packer's answer to a long run of one letter, told again and again: each phrase one letter longer
    with pytest.raises(Faults) as refused:
        unpacked_text("\u4000" * 400_000)
    assert refused.value.faults[0].code == "map_too_large"


@pytest.mark.parametrize("shape", [None, 5, "a", [1], {"a": 1}, [[1]], [{}]])
@pytest.mark.parametrize("key", ["actors", "variables", "ties", "participants", "loops", "name", "version", "own"])
def test_no_shape_of_any_block_breaks_the_check(key, shape):
    document = {"format": "apprenance-map", "version": 1, key: shape}
    with suppress(Faults):
        check_map(document)


KUMU = (
    b'{"elements":[{"attributes":5}],"connections":[{"from":[1]}],"loops":[{"connections":5,"elements":7}],'
    b'"maps":[{"elements":[{"position":5,"element":{}}]}]}'
)
ODD = {
    "odd.kumu.json": KUMU,
    "odd.loopy": b'[[[1,"x",null,{},["a"],5]],[[1,2,3,1e400,5]],[]]',
    "odd.cyjs": b'{"elements":[{"data":5},{"data":{"source":{}}}]}',
    "odd.json": b'{"graph":{"nodes":[{"id":{}}],"edges":[{"source":1}]}}',
    "odd.prsm": b'{"nodes":[{"id":1,"x":"left","grp":[]}],"edges":[{"from":1,"to":1,"grp":{}}],"room":1,"styles":5}',
    "odd.xmile": b"<xmile><model><views><view><connector><from/></connector></view></views></model></xmile>",
    "odd.mdx": b"<model><concepts><concept/></concepts><links><link/></links></model>",
    "odd.graphml": b"<graphml><graph><node/><edge/></graph></graphml>",
    "odd.gexf": b'<gexf><graph><node/><edge source="a"/></graph></gexf>',
}


@pytest.mark.parametrize("name", ODD)
def test_parts_of_an_odd_shape_are_read_or_refused_but_never_crash(name, upload):
    with suppress(Faults):
        read_map(upload(name, ODD[name]))


ONE = [(f"a{ending}", written(map_document(SMALL), f"a{ending}")[0]) for ending in (*WRITERS, ".kumu.json")]
PIECES = [b"", b"<a>", b'"', b",", b"\n", b"-", b"NaN", b"1e999", b"<", b"'", b"{", b"]", b"[", b"5", b"\xff", b"\0"]
SLIPS = st.tuples(st.floats(0, 1), st.sampled_from(PIECES), st.integers(0, 9))


@settings(max_examples=150, deadline=None, phases=[Phase.generate])
@given(
    st.sampled_from(ONE), st.lists(st.tuples(st.floats(0, 1), st.sampled_from(PIECES), st.integers(0, 9)), max_size=4)
)
def test_no_slip_in_any_file_makes_a_reader_crash(one, slips):
    name, content = one
    for where, piece, cut in slips:
        place = int(where * len(content))
        content = content[:place] + piece + content[place + cut :]
    file = io.BytesIO(content)
    file.name = name
    with suppress(Faults):
        check_map(read_map(file).graph)
