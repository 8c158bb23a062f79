"""What each format's elements become on the map; small files written as the tools write them."""

import io

import networkx as nx
import pytest

from assessment.faults import Faults
from assessment.systems import map_document, map_graph, read_map
from assessment.systems.formats.packed_text import unpacked_text
from assessment.systems.formats.signs import sign_word
from assessment.systems.formats.writers.saving import written

MAYOR = {"id": "a", "label": "Maire", "role": "elected", "unit": "Cabinet", "x": 1.5, "y": 2}
TRUST = {"id": "v", "label": "Confiance <élus>", "note": "ce qu’on en dit"}
TIES = [
    {"id": "t", "source": "a", "target": "v", "kind": "causes", "polarity": "-", "weight": 0.5, "delay": 1},
    {"id": "u", "source": "a", "target": "v", "kind": "informs"},
]
SMALL = {"name": "Eau", "actors": [MAYOR], "variables": [TRUST], "ties": TIES, "participants": [], "loops": []}


def ties(graph):
    return [(a, b, tie["kind"], tie.get("polarity")) for a, b, tie in graph.edges(data=True)]


def counts(reading):
    return {key: reading.findings[0].values[key] for key in ("actors", "variables", "ties")}


def codes(reading):
    return [finding.code for finding in reading.findings]


def test_networkx_reads_the_graphml_we_write():
    graph = nx.read_graphml(io.BytesIO(written(SMALL, "a.graphml")[0]), force_multigraph=True)
    assert graph.nodes["a"] == {"type": "actor", **{key: MAYOR[key] for key in ("label", "role", "unit", "x", "y")}}
    assert graph.edges["a", "v", "t"] == {"kind": "causes", "polarity": "-", "weight": 0.5, "delay": 1}


def test_networkx_reads_the_gexf_we_write():
    content = written(SMALL, "a.gexf")[0].replace(b"gexf.net/1.3", b"www.gexf.net/1.2draft").replace(b'"1.3"', b'"1.2"')
    graph = nx.read_gexf(io.BytesIO(content))
    assert graph.nodes["a"]["role"] == "elected"
    assert {tie["kind"] for *_, tie in graph.edges(data=True)} == {"causes", "informs"}


@pytest.mark.parametrize(("name", "write"), [("a.graphml", nx.write_graphml), ("a.gexf", nx.write_gexf)])
def test_we_read_what_networkx_writes(name, write, upload):
    graph = nx.MultiDiGraph()
    graph.add_node("1", label="Préfecture", type="organisation", people=120)
    graph.add_node("2", label="Coût")
    graph.add_edge("1", "2", sign="-", weight=4.0)
    graph.add_edge("1", "2", relation="funds", weight=2.0)
    content = io.BytesIO()
    write(graph, content)
    reading = read_map(upload(name, content.getvalue()))
    assert counts(reading) == {"actors": 1, "variables": 1, "ties": 2}
    assert ties(reading.graph) == [("1", "2", "causes", "-"), ("1", "2", "funds", None)]
    assert [weight for *_, weight in reading.graph.edges(data="weight")] == [1, 0.5]
    assert reading.graph.nodes["1"]["people"] == 120
    assert "map_weights_scaled" in codes(reading)


def test_an_edge_without_direction_becomes_two_ties(upload):
    content = io.BytesIO()
    nx.write_graphml(nx.path_graph(3), content)
    reading = read_map(upload("a.graphml", content.getvalue()))
    assert sorted(ties(reading.graph)) == sorted(
        (a, b, "relates", None) for a, b in (("0", "1"), ("1", "0"), ("1", "2"), ("2", "1"))
    )
    assert {finding.code: finding.values for finding in reading.findings}["ties_both_ways"] == {"count": 2}


def test_a_kumu_blueprint_names_elements_by_their_label(upload):
    blueprint = """{"elements": [{"label": "Usagers", "type": "Partie prenante"}, {"label": "Attente", "tags": ["x"]}],
      "connections": [{"from": "Usagers", "to": "Attente", "type": "++ -- -", "direction": "directed"},
                      {"from": "Attente", "to": "Usagers", "direction": "mutual", "type": "Informs"}]}"""
    reading = read_map(upload("a.json", blueprint.replace("++ -- -", "+-")))
    assert counts(reading) == {"actors": 1, "variables": 1, "ties": 3}
    assert sorted(ties(reading.graph), key=str) == [
        ("Attente", "Usagers", "informs", None),
        ("Usagers", "Attente", "causes", "-"),
        ("Usagers", "Attente", "informs", None),
    ]
    assert reading.graph.nodes["Attente"]["tags"] == ["x"]


def test_kumu_s_delay_and_turned_arrows_are_understood(upload):
    project = """{"elements": [{"_id": "e1", "attributes": {"label": "A"}},
                                {"_id": "e2", "attributes": {"label": "B"}}],
      "connections": [{"_id": "c1", "from": "e1", "to": "e2", "delayed": true, "reversed": true,
                       "attributes": {"connection type": "-"}}],
      "loops": [{"_id": "l1", "attributes": {"label": "B1", "loop type": "B"}, "connections": ["c1"]}]}"""
    graph = read_map(upload("a.json", project)).graph
    assert graph.edges["e2", "e1", "c1"] == {"kind": "causes", "polarity": "-", "delay": 1}
    assert graph.graph["loops"] == [{"id": "l1", "name": "B1", "kind": "balancing", "nodes": ["e2"]}]


def test_a_kumu_workbook_is_read_back_by_label(upload):
    content, findings = written(SMALL, "a.kumu.xlsx")
    graph = read_map(upload("a.kumu.xlsx", content)).graph
    assert ties(graph) == [("Maire", "Confiance <élus>", "causes", "-"), ("Maire", "Confiance <élus>", "informs", None)]
    assert {one["type"] for _, one in graph.nodes(data=True)} == {"actor", "variable"}
    assert findings[0].values["names"] == "actors.x (1), actors.y (1), name (1)"


def test_french_headings_and_decimal_commas_are_understood(upload):
    table = "de;vers;relation;poids;participant\nDGS;Maire;reports_to;0,5;p1\nDGS;Maire;informs;0,25;p2\n"
    reading = read_map(upload("liens.csv", table))
    assert counts(reading) == {"actors": 2, "variables": 0, "ties": 2}
    assert [tie["weight"] for *_, tie in reading.graph.edges(data=True)] == [0.5, 0.25]
    assert [tie["participants"] for *_, tie in reading.graph.edges(data=True)] == [["p1"], ["p2"]]
    assert reading.graph.graph["participants"] == [{"id": "p1"}, {"id": "p2"}]


def test_the_elements_of_a_list_of_ties_are_what_their_ties_make_them(upload):
    reading = read_map(upload("a.csv", "source,target,kind,polarity\na,b,informs,\nx,y,,+\n"))
    assert dict(reading.graph.nodes(data="type")) == {"a": "actor", "b": "actor", "x": "variable", "y": "variable"}
    assert "map_types_guessed" in codes(reading)


def test_a_file_of_elements_beside_a_file_of_ties_is_read_with_it(tmp_path):
    (tmp_path / "eau_ties.csv").write_text("source,target,kind\n1,2,informs\n", "utf-8")
    (tmp_path / "eau_actors.csv").write_text("id,label\n1,Maire\n2,DGS\n", "utf-8")
    reading = read_map(tmp_path / "eau_ties.csv")
    assert dict(reading.graph.nodes(data="label")) == {"1": "Maire", "2": "DGS"}
    assert reading.findings[-1].values == {"other": "eau_actors.csv"}


def test_a_matrix_of_signed_numbers_holds_causal_links(upload):
    reading = read_map(upload("a.csv", ",effort,fatigue\neffort,,0.5\nfatigue,-1,0\n"))
    assert ties(reading.graph) == [("effort", "fatigue", "causes", "+"), ("fatigue", "effort", "causes", "-")]
    assert [weight for *_, weight in reading.graph.edges(data="weight")] == [0.5, 1]


def test_a_matrix_of_whole_numbers_says_no_sign(upload):
    graph = read_map(upload("a.csv", ",a,b\na,0,3\nb,1,0\n")).graph
    assert ties(graph) == [("a", "b", "causes", None), ("b", "a", "causes", None)]
    assert [weight for *_, weight in graph.edges(data="weight")] == [1, pytest.approx(1 / 3)]


def test_a_matrix_we_write_is_read_back_with_its_signs(upload):
    content, findings = written(SMALL, "a.matrix.csv")
    graph = read_map(upload("a.matrix.csv", content)).graph
    assert ties(graph) == [("Maire", "Confiance <élus>", "causes", "-")]
    assert {one.code for one in findings} == {"map_not_kept", "ties_not_kept"}


def test_cytoscape_s_own_export_and_the_list_of_cytoscape_js_are_read(upload):
    both = '{"data": {"id": "1", "name": "A"}}, {"data": {"id": "2"}, "position": {"x": 3, "y": 4}}'
    edge = '{"data": {"source": "1", "target": "2", "interaction": "-"}}'
    for content in (f'{{"elements": {{"nodes": [{both}], "edges": [{edge}]}}}}', f"[{both}, {edge}]"):
        graph = read_map(upload("a.cyjs", content)).graph
        assert ties(graph) == [("1", "2", "causes", "-")]
        assert graph.nodes["1"]["label"] == "A"
        assert graph.nodes["2"]["x"] == 3


def test_a_first_version_json_graph_lists_its_nodes(upload):
    graph = (
        '{"graph": {"directed": false, "nodes": [{"id": "1"}, {"id": "2"}], "edges": [{"source": "1", "target": "2"}]}}'
    )
    assert len(ties(read_map(upload("a.json", graph)).graph)) == 2


@pytest.mark.parametrize(
    ("packed", "text"),
    [  # the left column was computed with PyPI lzstring 1.0.4, a port of pieroxy's lz-string
        ("\u1be1\u0841\u442b\u40ac\u0612  ", '{"a":1}'),
        ("\u2020 ", ""),
        ("\u1300\u0ea0 ", "éà"),
        ("\u10e6\u5f39\u2020 ", "a" * 28),
    ],
)
def test_packed_texts_unpack_as_lz_string_unpacks_them(packed, text):
    assert unpacked_text(packed) == text


def test_the_old_prsm_form_takes_signs_from_style_names(upload):
    plain = """{"room": "A", "mapTitle": "Eau", "styles": {"edges": {"e": {"groupLabel": "−"}}, "nodes": {
      "g": {"groupLabel": "Acteurs"}}}, "nodes": [{"id": 1, "label": "Maire", "grp": "g"}, {"id": 2, "label": "B"}],
      "edges": [{"id": "k", "from": 1, "to": 2, "grp": "e"}]}"""
    graph = read_map(upload("a.prsm", plain)).graph
    assert graph.nodes["1"]["type"] == "actor"
    assert ties(graph) == [("1", "2", "causes", "-")]


def test_a_drawing_shows_every_element_and_tie():
    drawing, lost = written(SMALL, "a.drawio")
    assert drawing.count(b'vertex="1"') == 2
    assert drawing.count(b'edge="1"') == 2
    assert b"Confiance &lt;\xc3\xa9lus&gt;" in drawing
    assert lost[0].values["names"].startswith("actors.role (1), actors.unit (1)")


def test_nothing_in_a_label_draws_in_mermaid():
    variables = [{"id": "v", "label": '"] --> n9["<script>'}]
    drawn = written({**SMALL, "actors": [], "ties": [], "variables": variables}, "a.mmd")[0].decode()
    assert drawn == 'flowchart LR\n  n0(["#34;#93; --#62; n9#91;#34;#60;script#62;"])\n'


def test_two_labels_xmile_would_take_for_one_stay_apart(upload):
    variables = [{"id": "1", "label": "Coût total"}, {"id": "2", "label": "coût_TOTAL"}]
    links = [{"id": "t", "source": "1", "target": "2", "kind": "causes", "polarity": "+"}]
    content, _ = written({**SMALL, "actors": [], "variables": variables, "ties": links}, "a.xmile")
    graph = read_map(upload("a.xmile", content)).graph
    assert dict(graph.nodes(data="label")) == {"coût_total": "Coût total", "coût_total_(2)": "coût TOTAL (2)"}


def test_keys_of_one_s_own_are_never_taken_for_ours(upload):
    own = {"id": "t", "source": "a", "target": "v", "kind": "informs", "sign": "-", "relation": "funds", "type": "x"}
    graph = map_graph({**SMALL, "ties": [own]})
    content, _ = written(map_document(graph), "a.kumu.json")
    assert map_document(read_map(upload("a.kumu.json", content)).graph)["ties"] == [own]


def test_signs_in_a_row_multiply():
    assert [sign_word(word) for word in ("++", "--", "+-", "-+", "- - -")] == ["+", "+", "-", "-", "-"]


def test_a_wrong_cell_of_a_workbook_is_named_with_its_sheet_and_row(upload):
    content, _ = written({**SMALL, "ties": [{**TIES[0], "weight": "much"}]}, "a.xlsx")
    with pytest.raises(Faults) as refused:
        read_map(upload("a.xlsx", content))
    [fault] = refused.value.faults
    assert fault.place == {"file": "a.xlsx", "block": "ties", "row": 2, "column": "weight"}


def test_what_a_map_does_not_keep_of_a_foreign_file_is_said(upload):
    model = """<mentalmodeler><concepts><concept><id>1</id><name>Crue</name><preferredState>1</preferredState></concept>
      </concepts><scenarios><scenario/></scenarios></mentalmodeler>"""
    reading = read_map(upload("a.mmp", model))
    assert reading.graph.nodes["1"] == {"type": "variable", "label": "Crue", "preferred_state": 1}
    assert reading.findings[-1].values == {"names": "scenario (1)"}
