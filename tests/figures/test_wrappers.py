"""Altair's classes are numbered once, and every chart is what altair alone would have made of it."""

import altair as alt
from altair.utils import schemapi

from assessment.figures.wrappers import Remembering, by_schema, numbering, remember_classes

ROWS = [{"score": 1, "name": "a"}, {"score": 2, "name": "b"}]


def chart():
    points = alt.Chart(alt.Data(values=ROWS)).mark_point().encode(x="score:Q", y=alt.Y("name:N").sort(["b", "a"]))
    return alt.layer(points, points.mark_line().encode(color=alt.value("red"), tooltip=["name:N"])).to_dict()


def test_a_chart_is_what_altair_makes_of_it_without_us(monkeypatch):
    remember_classes()
    ours = chart()
    monkeypatch.setattr(schemapi, "_FromDict", numbering)
    assert chart() == ours


def test_classes_are_numbered_once():
    remember_classes()
    chart()
    before = by_schema.cache_info().misses
    chart()
    assert schemapi._FromDict is Remembering
    assert by_schema.cache_info().misses == before
