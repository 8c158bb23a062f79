"""The quality of measurement in pictures: estimates with their intervals beside the customary cut, shares as bars."""

from collections.abc import Iterator, Mapping, Sequence

import altair as alt

from assessment.figures import parts, readings
from assessment.figures.passages import Picture, Tables
from assessment.figures.rows import Line, Row, dimension_names, in_language, lines, records
from assessment.figures.theme import NARROW
from assessment.framework.model import Framework
from assessment.texts import format_number, format_share, word

STEP, BAR_STEP, BAR = 30, 34, 14
LEAST_ALPHA, CLOSE, SAME = 0.4, 0.85, 0.90
"""Where the axis of reliability begins; HTMT from which two dimensions are close, and are not told apart."""

REACH = 0.3
"""Least end of the axis of shares: a small one is drawn as small."""

SHOWN = 10
"""Pairs and items drawn: those to look at first; the table has more."""


def quality_pictures(
    part: str, tables: Tables, framework: Framework, language: str, min_group: int
) -> tuple[Picture, ...]:
    """Draw what a part of the quality of measurement tells, where a picture says more than its table."""
    draw = DRAWN.get(part)
    return tuple(draw(tables, framework, language, min_group)) if draw else ()


def reliability(tables: Tables, framework: Framework, language: str, min_group: int) -> Iterator[Picture]:
    """Draw alpha with its interval, dimension by dimension."""
    drawn = [line for line in lines(tables["measurement"], framework, language) if "reality" in line.rows]
    drawn = [line for line in drawn if line.rows["reality"].get("cronbach_alpha") is not None]
    if not drawn:
        return
    rows = [
        estimate(line.name, line.rows["reality"], ("cronbach_alpha", "alpha_low", "alpha_high"), language)
        for line in drawn
    ]
    weak = [row["label"] for row in rows if row["value"] < readings.FIRM]
    key = "alpha_weak" if weak else "alpha_firm"
    title = word(f"quality_charts.{key}", language, count=len(weak), total=len(rows), names=", ".join(weak))
    low = min([LEAST_ALPHA, *(row["low"] for row in rows)])
    chart = dots(rows, drawn, (max(0.0, low), 1.0), {readings.FIRM: word("quality_charts.firm", language)}, language)
    yield pictured(chart, title, rows, language)


def likeness(tables: Tables, framework: Framework, language: str, min_group: int) -> Iterator[Picture]:
    """Draw HTMT with its interval for the pairs most alike."""
    names = dimension_names(framework, language)
    found = [row for row in records(tables["discriminant"]) if row["perspective"] == "reality" and row.get("overlap")]
    found = sorted(found, key=lambda row: -row["htmt"])[:SHOWN]
    if not found:
        return
    label = [
        word("quality.pair", language, one=names[row["dimension"]], other=names[row["other_dimension"]])
        for row in found
    ]
    rows = [
        estimate(name, row, ("htmt", "htmt_low", "htmt_high"), language) for name, row in zip(label, found, strict=True)
    ]
    alike = sum(row["overlap"] == "overlapping" for row in found)
    key = "htmt_alike" if alike else "htmt_apart"
    title = word(f"quality_charts.{key}", language, count=alike, name=label[0])
    cuts = {CLOSE: word("quality_charts.close", language), SAME: word("quality_charts.same", language)}
    high = max([1.15, *(row["high"] for row in rows)])
    chart = dots(rows, plain_lines(label), (min(0.3, *(row["low"] for row in rows)), high), cuts, language)
    yield pictured(chart, title, rows, language)


def deviation(tables: Tables, framework: Framework, language: str, min_group: int) -> Iterator[Picture]:
    """Draw the mean average deviation within groups beside its cut."""
    table = tables["agreement_across"]
    drawn = [
        line
        for line in lines(table[table["by"] == table["by"].iloc[0]], framework, language)
        if line.number("reality", "ad") is not None
    ]
    cuts = {line.number("reality", "ad_cut") for line in drawn}
    if not drawn or len(cuts) > 1:
        return
    (cut,) = cuts
    rows = [estimate(line.name, line.rows["reality"], ("ad", "", ""), language, "groups") for line in drawn]
    beyond = [row["label"] for row in rows if row["value"] > cut]
    title = word(f"quality_charts.ad_{'beyond' if beyond else 'within'}", language, count=len(beyond), total=len(rows))
    reach = (0.0, max([cut * 1.2, *(row["value"] for row in rows)]))
    chart = dots(rows, drawn, reach, {cut: word("quality_charts.cut", language)}, language)
    yield pictured(chart, title, rows, language)


def withheld(tables: Tables, framework: Framework, language: str, min_group: int) -> Iterator[Picture]:
    """Draw the items that most people cannot answer or leave empty."""
    texts = {item.id: in_language(item.text, language) for item in framework.items}
    found = [
        row
        for row in records(tables["item_answers"])
        if row["perspective"] == "reality" and row.get("na_share") is not None and row.get("missing_share") is not None
    ]
    found = sorted(found, key=lambda row: -(row["na_share"] + row["missing_share"]))[:SHOWN]
    if not found:
        return
    most = found[0]
    title = word(
        "quality_charts.withheld",
        language,
        share=format_share(most["na_share"] + most["missing_share"], language),
        item=f"{most['item']}",
    )
    bars = [
        {
            "label": f"{row['item']} – {texts[row['item']]}",
            "parts": [(row["na_share"], "muted"), (row["missing_share"], "accent")],
            "text": word(
                "quality_charts.parts",
                language,
                na=format_share(row["na_share"], language),
                missing=format_share(row["missing_share"], language),
                n=format_number(row.get("asked"), language, 0),
            ),
        }
        for row in found
    ]
    key = [(word("charts.answers_na", language), "muted"), (word("charts.answers_missing", language), "accent")]
    yield Picture(
        share_bars(bars, key, REACH).to_dict(validate=False),
        f"{title}. {listed(bars, language)}",
        title,
    )


DRAWN = {"measurement": reliability, "discriminant": likeness, "agreement": deviation, "items": withheld}
"""The parts that have a picture."""


def estimate(label: str, row: Row, columns: tuple[str, str, str], language: str, count: str = "n") -> dict:
    """Give a dot of a chart: its number, the ends of its interval, and both in words."""
    value, low, high = (row.get(name) if name else None for name in columns)
    told = format_number(value, language, 2)
    if low is not None and high is not None:
        ends = (format_number(one, language, 2) for one in (low, high))
        told = word("quality_charts.between", language, value=told, **dict(zip(("low", "high"), ends, strict=True)))
    n = format_number(row.get(count), language, 0)
    return {
        "label": label,
        "value": value,
        "low": value if low is None else low,
        "high": value if high is None else high,
        "text": told,
        "n": n,
    }


def plain_lines(labels: Sequence[str]) -> list[Line]:
    """Give lines without family, for charts whose rows are no dimensions."""
    return [Line("", label, "") for label in labels]


def pictured(chart: alt.LayerChart, title: str, rows: Sequence[dict], language: str) -> Picture:
    """Give a picture whose words hold every number of it."""
    return Picture(chart.to_dict(validate=False), f"{title}. {listed(rows, language)}", title)


def listed(rows: Sequence[Mapping], language: str) -> str:
    """Write all numbers of a picture."""
    told = word("quality_charts.separator", language).join(
        word("quality_charts.one", language, name=row["label"], told=row["text"]) for row in rows
    )
    return f"{told}."


@parts.unchecked
def dots(
    rows: Sequence[dict],
    drawn: Sequence[Line],
    reach: tuple[float, float],
    cuts: Mapping[float, str],
    language: str,
) -> alt.LayerChart:
    """Draw numbers with their intervals, and the customary cuts as dashed lines named above."""
    scale = alt.Scale(domain=list(reach), nice=False, zero=False)
    y = parts.row_axis(drawn)
    x = alt.X("value:Q", scale=scale, title=None, axis=decimal_axis(language))
    layers = []
    for place, (cut, name) in enumerate(sorted(cuts.items())):
        last = place == len(cuts) - 1
        at = parts.layer([{"value": cut}], x=x)
        layers.append(at.mark_rule(style="reference"))
        above = at.encode(y=alt.value(-10))
        align, dx = ("left", 3) if last and len(cuts) > 1 else ("right", -3)
        short = parts.quoted(format_number(cut, language, 2))
        named_so = alt.ExprRef(f"width < {NARROW} ? {short} : {parts.quoted(name)}")
        layers.append(above.mark_text(style="note-label", text=named_so, align=align, dx=dx))
    spread = [{name: row[name] for name in ("label", "low", "high")} for row in rows if row["low"] < row["high"]]
    whisker = parts.layer(spread, x=alt.X("low:Q", scale=scale), x2="high:Q", y=y)
    values = [{name: row[name] for name in ("label", "value")} for row in rows]
    layers += [whisker.mark_rule(style="interval")] if spread else []
    layers.append(parts.layer(values, x=x, y=y).mark_point(style="accent", filled=True, size=80))
    read = [{name: row[name] for name in ("label", "text", "n")} for row in rows]
    layers.append(parts.pointed(read, drawn, {"label": " ", "text": "  ", "n": "n"}))
    return parts.finished(layers, STEP)


def decimal_axis(language: str) -> alt.Axis:
    """Give an axis whose numbers have the language's decimal mark."""
    mark = format_number(0.5, language, 1)[1]
    return alt.Axis(tickCount=5, grid=True, labelExpr=f"replace(datum.label, '.', {parts.quoted(mark)})")


@parts.unchecked
def share_bars(bars: Sequence[dict], key: Sequence[tuple[str, str]] = (), most: float = 0.0) -> alt.LayerChart:
    """Draw shares as bars from 0, their words below each."""
    drawn = plain_lines([row["label"] for row in bars])
    reach = max([most, *(sum(share for share, _ in row["parts"]) for row in bars)])
    scale = alt.Scale(domain=[0, reach or 1], nice=False)
    y, layers = parts.row_axis(drawn), named(key)
    for style in dict.fromkeys(style for row in bars for _, style in row["parts"]):
        values = [stretch for row in bars for stretch in stretches(row) if stretch.pop("style") == style]
        place = parts.layer(values, x=alt.X("start:Q", scale=scale, axis=None), x2="end:Q", y=y)
        layers.append(place.mark_bar(style=style, height=BAR, yOffset=-8))
    words = parts.layer([{"label": row["label"], "text": row["text"]} for row in bars], x=alt.value(0), y=y)
    layers.append(words.encode(text="text:N").mark_text(style="note-label", align="left", fontSize=10.5, dy=8))
    return parts.finished(layers, BAR_STEP)


def stretches(row: Mapping) -> Iterator[dict]:
    """Yield the parts of a bar, one after the other."""
    start = 0.0
    for share, style in row["parts"]:
        yield {"label": row["label"], "start": start, "end": start + share, "style": style}
        start += share


def named(key: Sequence[tuple[str, str]]) -> list[alt.Chart]:
    """Name the styles of bars above them."""
    layers, left = [], 6.0
    for name, style in key:
        place = parts.layer([{}], y=alt.value(-14))
        layers.append(place.encode(x=alt.value(left)).mark_point(shape="square", filled=True, style=style, size=110))
        layers.append(place.encode(x=alt.value(left + 11)).mark_text(text=name, align="left", fontSize=11))
        left += 11 + parts.CHARACTER * len(name) + 20
    return layers
