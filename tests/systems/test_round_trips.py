"""A map comes back from a file as it went in: all of it where the format can hold it, and what it lost was said."""

import io
import json

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as lean
from hypothesis import strategies as st

from assessment.systems import check_map, map_document, map_graph, read_map
from assessment.systems.formats.writers.saving import WRITERS, written

# The texts and keys that are likeliest to get lost on the way through a file.
TRICKY = ["=1+1", "'12", "12", "true", "[1]", "+", "-", " a ", "NaN", "a; b", 'x"y', "<b>&amp;", "a,b", "null", "1e5"]
TRICKY += [
    "'",
    "''",
    "@x",
    "007",
    "a\nb",
    "\t",
    "é",
    "1,5",
    "{",
    "variable",
    "Actor",
    "causes",
    "#N/A",
    "_x000D_",
    "a b",
]
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXTS = st.sampled_from(TRICKY) | st.text(LETTERS, min_size=1, max_size=4)
SHARES = st.sampled_from([0, 1, 0.5]) | st.floats(0, 1)
PLACES = st.integers(-999, 999) | st.floats(-1e6, 1e6)
PLAIN = TEXTS | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(-1e9, 1e9)
VALUES = PLAIN | st.sampled_from([[], [1, "a"], {"a": [None, True]}, {"12": "=1"}, ["[", "'"]])
OWN_KEYS = ("âge", "type", "sign", "relation", "class", "nom", "dept", "interaction", "=x", "12", "Type", "from")


def block(needed, **optional):
    """A block of a map: some keys always, others now and then, and now and then a key of one's own."""
    own = st.dictionaries(st.sampled_from(OWN_KEYS), VALUES, max_size=1)
    contract = st.fixed_dictionaries(needed, optional=optional)
    return st.builds(lambda ours, theirs: {**theirs, **ours}, contract, own)


@st.composite
def maps(draw):
    """A map that holds."""
    ids = draw(st.lists(TEXTS, unique=True, min_size=1, max_size=4))
    cut = draw(st.integers(0, len(ids)))
    people = draw(st.lists(TEXTS, unique=True, max_size=2))
    place = {"x": PLACES, "y": PLACES}
    actor = {
        "role": TEXTS,
        "unit": TEXTS,
        "rank": st.integers(0, 9) | TEXTS,
        "influence": SHARES,
        "involvement": SHARES,
    }
    actors = [draw(block({"id": st.just(id_), "label": TEXTS}, **actor, **place)) for id_ in ids[:cut]]
    variables = [draw(block({"id": st.just(id_), "label": TEXTS}, note=TEXTS, **place)) for id_ in ids[cut:]]
    tie_ids = draw(st.lists(TEXTS, unique=True, max_size=4))
    who = {"participants": st.lists(st.sampled_from(people), unique=True)} if people else {}
    common = {"formal": st.booleans(), "weight": SHARES, "delay": st.integers(0, 9), "confidence": SHARES, **who}
    ties = []
    for id_ in tie_ids:
        ends = {"id": st.just(id_), "source": st.sampled_from(ids), "target": st.sampled_from(ids)}
        causal = block({**ends, "kind": st.just("causes")}, polarity=st.sampled_from("+-"), **common)
        kinds = st.sampled_from(["informs", "relates", "Aide", "reports_to"]) | TEXTS.filter(
            lambda text: text not in "+-"
        )
        ties.append(draw(causal | block({**ends, "kind": kinds}, **common)))
    loop = {"name": TEXTS, "kind": st.sampled_from(["reinforcing", "balancing"])}
    loops = [
        draw(block({"id": st.just(id_), "nodes": st.lists(st.sampled_from(ids), max_size=3)}, **loop))
        for id_ in draw(st.lists(TEXTS, unique=True, max_size=2))
    ]
    return {
        **draw(st.dictionaries(st.sampled_from(["author", "âge", "type", "12"]), VALUES, max_size=1)),
        "format": "apprenance-map",
        "version": 1,
        "name": draw(TEXTS),
        "actors": actors,
        "variables": variables,
        "ties": ties,
        "participants": [draw(block({"id": st.just(id_)}, role=TEXTS, unit=TEXTS)) for id_ in people],
        "loops": loops,
    }


def rounded(value):
    """A map with its numbers as a spreadsheet keeps them: fifteen digits."""
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return float(f"{value:.15g}") if isinstance(value, float) else value


def settled(document):
    """A map without the order of its ties, which a graph does not keep."""
    return {**document, "ties": sorted(document["ties"], key=lambda tie: tie["id"])}


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
