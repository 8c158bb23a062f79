"""Layers share what altair would copy: the chart is the one that altair's own classes give."""

import altair as alt

from assessment.figures.parts import finished, layer

ROWS = [{"label": "A", "score": 12.5, "why": None}, {"label": "É « b »", "score": 0, "why": "n < 10"}]


def of_altairs_own():
    y = alt.Y("label:N", title=None)
    bars = alt.Chart(alt.Data(values=ROWS)).encode(x=alt.X("score:Q"), y=y).mark_bar(style="accent")
    words = alt.Chart(alt.Data(values=ROWS[:1])).encode(x=alt.XValue(3), y=y, text=alt.Text("why:N"))
    words = words.transform_calculate(told="datum.why + '!'").mark_text()
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return alt.layer(bars, words, width="container", height=alt.Step(20), autosize=fit)


def of_ours():
    y = alt.Y("label:N", title=None)
    bars = layer(ROWS, x="score:Q", y=y).mark_bar(style="accent")
    words = layer(ROWS[:1], x=alt.value(3), y=y, text="why:N").transform_calculate(told="datum.why + '!'").mark_text()
    return finished([bars, words], 20)


def test_a_chart_of_our_layers_is_the_one_of_altairs_own():
    assert of_ours().to_dict() == of_altairs_own().to_dict()


def test_a_layer_built_further_leaves_the_one_it_came_from():
    place = layer(ROWS, x="score:Q", y="label:N")
    before = place.mark_point().to_dict()
    place.encode(x=alt.X("score:Q", title="…")).mark_bar().transform_filter("datum.score > 1")
    alt.layer(place.mark_point(), place.mark_bar(), width=300).add_params(alt.param(name="low", value=1)).to_dict()
    assert place.mark_point().to_dict() == before


def test_rows_added_to_a_list_later_are_not_in_the_chart():
    rows = [dict(row) for row in ROWS]
    chart = layer(rows, x="score:Q").mark_bar()
    rows.append({"label": "C", "score": 1})
    assert chart.to_dict()["data"]["values"] == ROWS
