"""Real files of other tools: what is in them, counted or known from elsewhere."""

import json
from collections import Counter
from urllib.parse import unquote

import networkx as nx
import pytest

from assessment.systems import map_document, read_map
from assessment.systems.formats.writers.saving import written


def signed(graph):
    """The signed links by label."""
    label = dict(graph.nodes(data="label"))
    return sorted((label[a], label[b], sign) for a, b, sign in graph.edges(data="polarity"))


def types(graph):
    return Counter(kind for _, kind in graph.nodes(data="type"))


NODES = [f"Example node {number}" for number in (1, 2, 3)]
LOOP = [(NODES[0], NODES[1], "+"), (NODES[1], NODES[2], "+"), (NODES[2], NODES[0], "-")]


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("alternet_kumu.json", "Kumu"),
        ("alternet_decision_explorer.mdx", "Decision Explorer"),
        ("alternet_stella_cld.stmx", "XMILE"),
    ],
)
def test_one_loop_in_three_tools_is_one_map(name, format_, real):
    reading = read_map(real(name))
    assert reading.format == format_
    assert signed(reading.graph) == LOOP
    heights = [reading.graph.nodes[node]["y"] for node in reading.graph]
    assert heights[0] == heights[1] > heights[2], "y goes downwards: the third stands above the others"


def test_a_kumu_backup_has_its_stakeholders_as_actors(real):
    reading = read_map(real("kumu_changelabs_template.json"))
    assert types(reading.graph) == {"actor": 2, "variable": 8}
    assert Counter(sign for *_, sign in reading.graph.edges(data="polarity")) == {"+": 3, "-": 2, None: 6}
    assert {kind for *_, kind in reading.graph.edges(data="kind")} == {"causes", "relates"}
    assert reading.graph.nodes["elem-BbwUSVEF"]["x"] == pytest.approx(-4.2065, abs=1e-4), "of the default map"


def test_a_mental_modeler_file_keeps_influences_nobody_has_set_as_links_without_sign(real):
    graph = read_map(real("noaa_georgesbank.mmp")).graph
    assert (len(graph), graph.number_of_edges()) == (32, 97)
    assert sum("polarity" not in tie for *_, tie in graph.edges(data=True)) == 9
    assert {kind for *_, kind in graph.edges(data="kind")} == {"causes"}


def test_its_matrix_has_the_links_that_are_set(real):
    matrix = read_map(real("noaa_georgesbank_mentalmodeler.csv")).graph
    model = read_map(real("noaa_georgesbank.mmp")).graph
    assert (len(matrix), matrix.number_of_edges()) == (32, 88)
    assert signed(matrix) == [link for link in signed_or_none(model) if link[2]]


def signed_or_none(graph):
    label = dict(graph.nodes(data="label"))
    links = [(label[a], label[b], sign) for a, b, sign in graph.edges(data="polarity")]
    return sorted(links, key=lambda link: (link[0], link[1]))


def test_each_sheet_of_a_workbook_of_matrices_is_a_participant(real):
    graph = read_map(real("pyfcm_all_participants.xlsx")).graph
    assert len(graph) == 40
    who = [one["id"] for one in graph.graph["participants"]]
    assert who == ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P10", "P11", "P12", "P13", "P15"]
    drawn = Counter(tie["participants"][0] for *_, tie in graph.edges(data=True))
    assert drawn["P1"] == 79


def test_krackhardt_s_managers_come_with_their_departments(real):
    graph = read_map(real("krackhardt_hightech_ties.csv")).graph
    assert types(graph) == {"actor": 21}
    assert Counter(kind for *_, kind in graph.edges(data="kind")) == {"advice": 190, "friends": 102, "reports": 20}
    assert Counter(unit for _, unit in graph.nodes(data="unit"))["2"] == 8
    assert graph.nodes["7"]["rank"] == 1


def test_lazega_s_lawyers_are_actors_because_of_their_relations(real):
    graph = read_map(real("lazega_lawyers_ties.csv")).graph
    assert types(graph) == {"actor": 71}
    assert Counter(kind for *_, kind in graph.edges(data="kind")) == {"advice": 892, "friends": 575, "cowork": 1104}


def test_a_sign_of_one_or_minus_one_makes_a_causal_link(real):
    graph = read_map(real("read_highland_tribes_signed.csv")).graph
    assert (len(graph), graph.number_of_edges()) == (16, 58)
    assert {kind for *_, kind in graph.edges(data="kind")} == {"causes"}


def test_prsm_s_signs_stand_in_the_names_of_its_styles(real):
    packed = read_map(real("prsm_cluster_example.prsm")).graph
    assert (len(packed), packed.number_of_edges()) == (6, 7)
    assert set(dict(packed.nodes(data="group")).values()) == {"Nature", "Events", "Impact"}
    assert {sign for *_, sign in packed.edges(data="polarity")} <= {"+", "-"}
    plain = read_map(real("prsm_paths_example_v1_9.prsm")).graph
    assert (len(plain), plain.number_of_edges()) == (10, 13)
    assert {kind for *_, kind in plain.edges(data="kind")} == {"relates"}


def test_loopy_reads_alike_from_an_address_and_from_a_file(real, upload):
    for example in json.loads(real("loopy_examples.json").read_text("utf-8")):
        graph = read_map(upload("address.txt", "https://ncase.me/loopy/v1.1/?" + example["raw"])).graph
        assert [node["label"].split() for _, node in graph.nodes(data=True)] == [
            one["label"].split() for one in example["nodes"]
        ]
        assert sorted(signs(graph)) == sorted(
            (str(one["source"]), str(one["target"]), "+" if one["strength"] > 0 else "-") for one in example["edges"]
        )
    saved = read_map(real("loopy_saved_file.loopy.json")).graph
    assert saved.nodes["5"]["label"] == "political unrest"
    assert saved.graph["notes"][2][2] == unquote("%3F%3F%3F%20what%20goes%20here%20%3F%3F%3F")


def signs(graph):
    return [(a, b, sign) for a, b, sign in graph.edges(data="polarity")]


def test_a_flow_raises_the_stock_it_runs_into(real):
    graph = read_map(real("simlin_logistic_growth.xmile")).graph
    assert types(graph) == {"variable": 6}
    assert graph.number_of_edges() == 6 + 1, "six arrows drawn, one flow into the stock"
    assert [tie["polarity"] for tie in graph["net_birth_rate"]["population"].values()] == ["+"]
    assert graph.nodes["maximum_growth_rate"]["label"] == "maximum growth rate"
    cup = read_map(real("sdx_teacup_w_diagram.xmile")).graph
    assert [tie["polarity"] for tie in cup["heat_loss_to_room"]["teacup_temperature"].values()] == ["-"]
    assert len(read_map(real("simlin_population.xmile")).graph) == 5


def test_json_graph_keeps_its_metadata(real):
    graph = read_map(real("jgf_usual_suspects.json")).graph
    assert graph.graph["name"] == "Usual Suspects"
    assert graph.nodes["Roger Kint"]["nickname"] == "Verbal"
    assert [tie["kind"] for tie in graph["Roger Kint"]["Keyser Söze"].values()] == ["is"]


@pytest.mark.parametrize("ending", [".csv", ".kumu.json", ".graphml", ".cyjs", ".map.json"])
@pytest.mark.parametrize("name", ["kumu_changelabs_template.json", "noaa_georgesbank.mmp", "prsm_cluster_example.prsm"])
def test_a_real_map_goes_through_another_format_and_back(name, ending, real, upload):
    graph = read_map(real(name)).graph
    content, findings = written(map_document(graph), f"a{ending}")
    back = read_map(upload(f"a{ending}", content)).graph
    assert findings == []
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert nx.utils.edges_equal(back.edges(keys=True, data=True), graph.edges(keys=True, data=True), directed=True)
