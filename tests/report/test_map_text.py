"""The page of a map: every number is that of the tables, every line fits, nothing is called bad."""

import re
from pathlib import Path

import networkx as nx
import pytest

import assessment
from assessment.report.alignment import aligned_table, columns
from assessment.report.map_page import WIDTH
from assessment.report.map_text import map_text
from assessment.systems import analyse_map, load_map
from assessment.texts import LANGUAGES

FEW = {"permutations": 50}
MAPS = Path(__file__).resolve().parents[3] / "shared" / "maps"
VALCLAIR = Path(assessment.__file__).parent / "example" / "valclair_map.map.json"
READ = (
    "alternet_decision_explorer.mdx",
    "alternet_kumu.json",
    "alternet_stella_cld.stmx",
    "jgf_usual_suspects.json",
    "krackhardt_hightech_ties.csv",
    "kumu_changelabs_template.json",
    "lazega_lawyers_ties.csv",
    "loopy_saved_file.loopy.json",
    "noaa_georgesbank.mmp",
    "noaa_georgesbank_mentalmodeler.csv",
    "prsm_cluster_example.prsm",
    "prsm_paths_example_v1_9.prsm",
    "pyfcm_all_participants.xlsx",
    "sdx_teacup_w_diagram.xmile",
    "simlin_logistic_growth.xmile",
    "simlin_population.xmile",
)


def real(name):
    path = MAPS / name
    if not path.is_file():
        pytest.skip(f"NOT TESTED HERE: {name}, a real file of another tool (no {MAPS})")
    return load_map(path)


def page(graph, language="en", **asked):
    return map_text(analyse_map(graph, **(asked or FEW)), graph, language)


def causal(*lines, **told):
    graph = nx.MultiDiGraph(name="", participants=[], loops=[], **told)
    for number, line in enumerate(lines):
        source, target, *sign = line.split()
        graph.add_nodes_from([source, target], type="variable")
        graph.add_edge(source, target, number, kind="causes", **({"polarity": sign[0]} if sign else {}))
    return graph


@pytest.fixture(scope="module")
def valclair():
    return load_map(VALCLAIR)


@pytest.mark.parametrize("name", [*READ, None], ids=str)
def test_real_maps_fit_the_terminal_in_both_languages(name, valclair):
    graph = real(name) if name else valclair
    tables = analyse_map(graph, **FEW)
    for language in LANGUAGES:
        text = map_text(tables, graph, language)
        for line in text.splitlines():
            assert columns(line) <= WIDTH, line
            assert line == line.rstrip()
        assert not re.search(r"\{|\bNone\b|\bnan\b", text)
        assert "\n\n\n" not in text


def test_krackhardts_managers_stand_as_published():
    """README of the maps: friendship +0.23, by chance +0.51, p 0.002: a silo; advice +0.46, +0.51, p 0.20: none."""
    lines = page(real("krackhardt_hightech_ties.csv"), permutations=5_000).splitlines()
    cells = {line.split("  ")[0]: line.split()[2:] for line in lines if line.startswith("units, ")}
    assert cells["units, friends"] == ["99", "+0.23", "+0.51", "0.002", "inward"]
    assert cells["units, advice"][1:3] == ["+0.46", "+0.51"]
    assert cells["units, advice"][-2:] == ["as", "chance"]


def test_one_diagram_in_three_formats_gives_the_same_loop():
    names = ("alternet_kumu.json", "alternet_stella_cld.stmx", "alternet_decision_explorer.mdx")
    told = [page(real(name)).split("Loops\n")[1].split("What moves")[0] for name in names]
    assert "1 loop, balancing (B)." in told[0]
    assert [one.replace("_", " ").split() for one in told] == [told[0].split()] * 3


def test_the_example_tells_its_stories(valclair):
    text = page(valclair, "fr").replace("\n", " ").replace("\u202f", " ").replace("\u00a0", " ")
    for story in (
        "1. Report de la charge",
        "2. Limites à la croissance",
        "décrivent un cercle",
        "« On fait trancher »",
    ):
        assert story in text
    assert "8 boucles : amplifient (A) 4, freinent (F) 3, incertaines (I) 1." in text


def test_nothing_is_judged():
    words = page(real("krackhardt_hightech_ties.csv"), "en").lower().split()
    assert not {"bad", "good", "poor", "weak", "detected", "significant"} & set(words)


def test_a_silo_is_no_fault(valclair):
    assert "ce n’est pas un défaut" in page(valclair, "fr").replace("\n", " ")


def test_an_empty_map_and_an_actor_alone_have_a_page():
    graph = nx.MultiDiGraph(name="", participants=[], loops=[])
    assert page(graph) == "Map\n\nThere is no actor and no variable on this map: nothing to read."
    graph.add_node("a", type="actor", label="A")
    assert page(graph).startswith("Map · 1\u00a0actor\n")


def test_a_map_without_loops_says_so():
    assert "No loop: nothing on this map comes back" in page(causal("a b +", "b c +"))


def test_without_causal_links_there_is_no_loop_to_look_for_and_what_is_not_read_is_said():
    text = page(real("prsm_paths_example_v1_9.prsm")).replace("\n  ", " ")
    assert "There is no causal link on this map, so there is no loop." in text
    assert "Relations that join a variable: 13." in text


def test_groups_are_found_where_nobody_says_any():
    graph = nx.MultiDiGraph(name="", participants=[], loops=[])
    graph.add_nodes_from("abcd", type="actor")
    graph.add_edges_from([("a", "b", {"kind": "advice"}), ("c", "d", {"kind": "advice"})])
    text = page(graph).replace("\n", " ")
    assert "Not set against chance (units, roles, levels)" in text
    assert "From the ties alone, 2 groups." in text
    assert "informs" not in text, "no step of collaboration is drawn"


def test_support_and_opposition_are_told():
    graph = nx.MultiDiGraph(name="", participants=[], loops=[])
    graph.add_nodes_from("abc", type="actor")
    for one, other, kind in (("a", "b", "supports"), ("a", "c", "opposes"), ("b", "c", "opposes")):
        graph.add_edge(one, other, kind=kind)
    text = page(graph).replace("\n", " ")
    assert "pairs that support each other 1, that oppose each other 2; 100% of the triangles hold together" in text


def test_loops_of_unknown_or_disputed_sign_are_uncertain():
    text = page(causal("a b +", "b a"))
    assert "1 loop, uncertain (U)." in text
    assert "U1 " in text


def test_a_long_loop_names_its_elements_instead_of_following_them():
    names = [f"n{number}" for number in range(10)]
    lines = [f"{one} {other} +" for one, other in zip(names, [*names[1:], names[0]], strict=True)]
    assert "A loop of 10 elements: n0, n1, n2, n3, n4, n5, n6, n7…." in page(causal(*lines)).replace("\n     ", " ")


def test_labels_that_would_act_on_a_terminal_or_fill_it_do_not():
    graph = causal("a b +", "b a -")
    graph.nodes["a"]["label"] = "red \x1b[31m\nalert"
    graph.nodes["b"]["label"] = "very " * 4_000
    text = page(graph)
    assert "\x1b" not in text
    assert "red" in text
    assert len(text) < 5_000


def test_signs_on_which_participants_differ_are_named():
    graph = causal("a b +", "b a +")
    graph.add_edge("a", "b", 9, kind="causes", polarity="-", participants=["q"])
    graph.edges["a", "b", 0]["participants"] = ["p", "r"]
    assert "Disagreement on the sign: “a” to “b” (2 +, 1 −)." in page(graph)


def test_kinds_counted_are_said(valclair):
    text = map_text(analyse_map(valclair, ["informs"], **FEW), valclair, "en", ["informs"])
    assert "Relations counted in positions, silos and levels: informs." in text.replace("\n", " ")


def test_an_archetype_met_again_tells_only_what_differs():
    text = page(real("noaa_georgesbank.mmp"))
    assert text.count(". Escalation\n") == 2
    assert text.count("Let one side stop first") == 1


def test_a_table_cuts_names_before_numbers():
    lines = aligned_table(["name", "ties"], [["x" * 100, "12"]], 40)
    assert [columns(line) for line in lines] == [40, 40]
    assert lines[1].endswith("…    12")
