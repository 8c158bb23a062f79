"""Everything the map editor offers to compute is answered, on the example's map, in both languages."""

import json

import pytest

from assessment.example import load_example_map
from assessment.texts import LANGUAGES
from assessment.widgets import SystemsMap


@pytest.fixture(scope="module", params=LANGUAGES)
def ask(request):
    widget = SystemsMap(graph=load_example_map(), language=request.param)
    answers = []
    widget.send = lambda content, buffers=None: answers.append(json.loads(json.dumps(content, allow_nan=False)))

    def asked(what, /, **values):
        widget._handle_custom_msg({"ask": what, "request": 1, "view": "v", **values}, [])
        return answers[-1]["answer"]

    asked.offers = widget.offers
    return asked


def test_every_reading_and_measure_offered_is_given(ask):
    for one in ask.offers["readings"]:
        assert ask("reading", name=one["value"])["paint"] != {"nodes": {}, "ties": {}}
    for one in ask.offers["measures"]:
        for way in ("size", "colour"):
            assert ask("measure", name=one["value"], **{"as": way})["paint"]["nodes"]


def test_loops_scenario_and_layer_are_given(ask):
    assert ask("loops")["count"] == 8
    assert len(ask("scenario", push={"groupes": 0.5}, steps=40)["concepts"][0]["scenario"]) == 41
    assert ask("layer", participant="p4")["table"]["rows"]
