"""Random maps, with the texts and keys that are likeliest to get lost on the way through a file."""

from hypothesis import strategies as st

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
PLAIN = TEXTS | st.booleans() | st.integers(-(10**18), 10**18) | st.floats(-1e9, 1e9)
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
