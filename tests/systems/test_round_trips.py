"""A map comes back from a file as it went in: all of it where the format can hold it, and what it lost was said."""

import io

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as lean
from tests.systems.random_maps import maps, settled

from assessment.systems import check_map, map_document, map_graph, read_map
from assessment.systems.formats.writers.saving import written

LEAN = lean(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
WHOLE = ("a.map.json", "a.csv", "a.xlsx", "a.kumu.json", "a.graphml", "a.cyjs")


def through(document, name):
    content, findings = written(document, name)
    file = io.BytesIO(content)
    file.name = name
    return map_document(read_map(file).graph), findings


@LEAN
@given(maps())
def test_a_graph_holds_all_of_a_document(document):
    assert settled(map_document(map_graph(check_map(document)))) == settled(document)


@pytest.mark.parametrize("name", WHOLE)
@LEAN
@given(document=maps())
def test_a_format_that_holds_everything_gives_everything_back(name, document):
    back, findings = through(document, name)
    assert settled(back) == settled(document)
    assert findings == []
