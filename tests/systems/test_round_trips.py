"""A map comes back from a file as it went in: all of it where the format can hold it, and what it lost was said."""

import io
import json

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as lean
from hypothesis import strategies as st

from assessment.systems import check_map, map_document, map_graph, read_map
from assessment.systems.formats.writers.saving import WRITERS, written
from tests.systems.random_maps import maps, rounded, settled

ALL_HEALTH = list(HealthCheck)
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
LEAN = lean(max_examples=12, deadline=None, suppress_health_check=ALL_HEALTH, phases=PHASES)
WHOLE = ("a.map.json", "a.csv", "a.xlsx", "a.kumu.json", "a.graphml", "a.cyjs")


def read(name, content):
    file = io.BytesIO(content)
    file.name = name
    return read_map(file)


def through(document, name):
    content, findings = written(document, name)
    return map_document(read(name, content).graph), findings


def lost_names(findings):
    return {name.split(" (")[0] for one in findings for name in one.values.get("names", "").split("), ")}


@LEAN
@given(maps())
def test_a_graph_holds_all_of_a_document(document):
    assert settled(map_document(map_graph(check_map(document)))) == settled(document)


@pytest.mark.parametrize("name", WHOLE)
@LEAN
@given(document=maps())
def test_a_format_that_holds_everything_gives_everything_back(name, document):
    document = rounded(document)
    back, findings = through(document, name)
    assert settled(back) == settled(document)
    assert findings == []


@LEAN
@given(maps())
def test_gexf_gives_everything_back_but_what_it_says(document):
    back, findings = through(document, "a.gexf")
    for block in ("actors", "variables", "ties"):
        assert settled(back)[block] == settled(document)[block]
    assert bool(lost_names(findings)) == bool(document["participants"] or document["loops"] or others(document))


def others(document):
    return set(document) - {"format", "version", "name", "actors", "variables", "ties", "participants", "loops"}


CAUSAL = st.builds(
    lambda labels, links: {
        "format": "apprenance-map",
        "version": 1,
        "name": "",
        "actors": [],
        "variables": [
            {"id": str(n), "label": label, "x": n, "y": -n, "start": 0.5, "hue": 1} for n, label in enumerate(labels, 1)
        ],
        "ties": [
            {"id": f"t{n}", "source": str(1 + a % len(labels)), "target": str(1 + b % len(labels)), "kind": "causes"}
            | {"polarity": sign, "arc": 60, "rotation": 0}
            for n, (a, b, sign) in enumerate(links, 1)
        ],
        "participants": [],
        "loops": [],
    },
    st.lists(
        st.text(min_size=1, max_size=5).filter(lambda t: t.isprintable() and t == t.strip() and t),
        min_size=1,
        max_size=5,
    ),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from("+-")), max_size=6),
)


@LEAN
@given(CAUSAL)
def test_what_loopy_holds_comes_back(document):
    back, findings = through(document, "a.loopy.json")
    assert settled(back) == settled(document)
    assert findings == []


@LEAN
@given(CAUSAL)
def test_xmile_keeps_the_signed_links_of_a_causal_map(document):
    content, findings = written(document, "a.xmile")
    back = map_document(read("a.xmile", content).graph)
    assert signs(back) == signs(document)
    assert lost_names(findings) <= {"variables.start", "variables.hue", "ties.arc", "ties.rotation"}


def signs(document):
    places = {one["id"]: number for number, one in enumerate(document["variables"])}
    return sorted((places[tie["source"]], places[tie["target"]], tie["polarity"]) for tie in document["ties"])


@pytest.mark.parametrize("ending", WRITERS)
def test_every_format_writes_a_map_without_anything_in_it(ending):
    empty = {"name": "", "actors": [], "variables": [], "ties": [], "participants": [], "loops": []}
    content, findings = written({"format": "apprenance-map", "version": 1, **empty}, f"a{ending}")
    assert content
    assert findings == []


def test_what_a_format_cannot_hold_is_said_with_its_count():
    actors = [{"id": "a", "label": "Maire", "influence": 0.5}, {"id": "b", "label": "DGS"}]
    ties = [{"id": "t", "source": "a", "target": "b", "kind": "informs"}]
    ties.append({"id": "u", "source": "a", "target": "b", "kind": "causes", "polarity": "+", "confidence": 0.2})
    document = {"name": "", "actors": actors, "variables": [], "ties": ties, "participants": [], "loops": []}
    _, findings = written(document, "a.loopy.json")
    told = {one.code: one.values for one in findings}
    assert told["map_not_kept"] == {"names": "actors.influence (1), ties.confidence (1)"}
    assert told["ties_not_kept"] == {"count": 1}


def test_our_own_file_is_plain_json_with_the_contract_s_keys_first():
    graph = map_graph({"actors": [{"âge": 3, "label": "Élu", "id": "a"}]})
    text = written(map_document(graph), "a.map.json")[0].decode()
    assert list(json.loads(text)) == [
        "format",
        "version",
        "name",
        "actors",
        "variables",
        "ties",
        "participants",
        "loops",
    ]
    assert text.index('"id"') < text.index('"label"') < text.index('"âge"')
