"""How answers spread over the labels, item by item: diverging stacked bars around the middle of the answer scale."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from assessment.figures import answers
from assessment.figures.headlines import respondents, source_note
from assessment.figures.passages import Cells, Passage, Picture, Tables
from assessment.figures.readings import reason_words
from assessment.figures.rows import dimension_names
from assessment.figures.spreads import Spread, label_of, plot_spreads, spreads_of
from assessment.framework.model import AnswerScale, Framework
from assessment.texts import format_number, format_share, word

ALIKE = 0.05
"""Share by which the items differ at most that are told to be alike."""


def item_parts(
    tables: Tables,
    framework: Framework,
    language: str,
    *,
    dimension: str | None = None,
    names: Mapping[str, str] | None = None,
    min_group: int = 10,
) -> list[Passage]:
    """Learn in words, charts and tables how each item was answered, dimension by dimension.

    Parameters
    ----------
    tables
        Released tables of one wave by name: ``item_answers`` and ``answer_labels``. A release kept before there was
        ``answer_labels`` is told by the ends of the answer scale.
    framework
        The instrument, for texts, labels and order.
    language
        ``"fr"`` or ``"en"``.
    dimension
        The dimension to tell of; None = all, a passage each, its id the dimension's.
    names
        Not needed: taken so that every chapter is asked alike.
    min_group
        Respondents below which nothing is told.

    Notes
    -----
    **Missing answers**: not in the bars; those not concerned and those who left the item empty stand below each.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> keys = {"wave": "1", "dimension": "systems_thinking", "item": "st_04", "perspective": "reality"}
    >>> ends = pd.DataFrame([keys | {"n": 40, "asked": 42, "na_share": 0.0, "missing_share": 0.05}])
    >>> bands = pd.DataFrame([keys | {"low": 1, "high": 2, "n": 30, "answers": 40, "share": 0.75, "suppressed": False},
    ...     keys | {"low": 3, "high": 5, "n": 10, "answers": 40, "share": 0.25, "suppressed": False}])
    >>> tables = {"item_answers": ends, "answer_labels": bands}
    >>> (part,) = item_parts(tables, load_framework("collectivite-apprenante"), "en")
    >>> part.id, len(part.charts), part.rows[0][2:7]
    ('systems_thinking', 1, ['75% (1–2)', '75% (1–2)', '25% (3–5)', '25% (3–5)', '25% (3–5)'])
    """
    if "item_answers" not in tables or tables["item_answers"].empty:
        return []
    every, wanted = tables["item_answers"], dimension_names(framework, language)
    found = []
    for one in wanted if dimension is None else [dimension]:
        rows = every[every["dimension"] == one]
        if len(rows):
            found.append(dimension_passage(rows, tables.get("answer_labels"), framework, language, wanted, min_group))
    return found


def dimension_passage(
    rows: pd.DataFrame,
    labels: pd.DataFrame | None,
    framework: Framework,
    language: str,
    names: Mapping[str, str],
    min_group: int,
) -> Passage:
    """Tell of the items of one dimension."""
    own = rows["dimension"].iloc[0]
    asked = [one for one in framework.perspectives_of(own) if (rows["perspective"] == one).any()]
    charts, told = [], []
    for perspective in asked:
        title, sentence, chart = drawn(rows, labels, framework, language, perspective, min_group)
        named = word(f"item_labels.{perspective}", language)
        headed = word("item_labels.told", language, band=named, share=title) if len(asked) > 1 else title
        charts.append(Picture(chart.to_dict(validate=False), f"{headed}. {sentence}", headed))
        told.append(f"{headed}. {sentence}" if len(asked) > 1 else f"{title}. {sentence}")
    columns, cells = table_labels(rows, labels, framework, language, min_group=min_group)
    return Passage(
        own,
        word("item_labels.title", language, dimension=names[own]),
        " ".join(told),
        word("item_labels.note", language, source=source_note(rows, framework, language)),
        columns,
        cells,
        charts=tuple(charts),
    )


def drawn(
    rows: pd.DataFrame,
    labels: pd.DataFrame | None,
    framework: Framework,
    language: str,
    perspective: str,
    min_group: int,
) -> tuple[str, str, alt.LayerChart]:
    """Give the headline, the words and the chart of one perspective; by the ends where labels were never told."""
    options = {"perspective": perspective, "min_group": min_group}
    if labels is None:
        title = answers.title_answers(rows, framework, language, perspective=perspective)
        words = answers.describe_answers(rows, framework, language, **options).removeprefix(f"{title}. ")
        return title, words, answers.plot_answers(rows, framework, language, **options)
    spreads = spreads_of(rows, labels, framework, language, perspective)
    chart = plot_spreads(spreads, framework, language, min_group)
    return title_spreads(spreads, language), describe_spreads(spreads, framework, language, min_group), chart


def title_spreads(spreads: Sequence[Spread], language: str) -> str:
    """Say to which item the fewest answer above the middle."""
    told = [one for one in spreads if one.bands]
    if not told:
        return word("charts.nothing_shown", language)
    known = [one for one in told if one.above is not None]
    if not known or len(known) < len(told):
        return word("item_labels.unsettled", language)
    lowest = min(known, key=lambda one: one.above)
    if len(known) > 1 and max(one.above for one in known) - lowest.above < ALIKE:
        return word("item_labels.alike", language)
    values = {"share": format_share(lowest.above, language), "item": answers.shortened(lowest.line.name)}
    kind = "fewest" if len(known) > 1 else "only"
    if not float(lowest.middle).is_integer():
        return word(f"item_labels.{kind}_even", language, **values)
    middle = label_of(int(lowest.middle), lowest.scale, language)
    return word(f"item_labels.{kind}", language, middle=middle, **values)


def describe_spreads(spreads: Sequence[Spread], framework: Framework, language: str, min_group: int) -> str:
    """Say what else the bars show: the highest item, the counts, who cannot answer, what is hidden."""
    told = [one for one in spreads if one.bands]
    known = [one for one in told if one.above is not None]
    sentences = []
    if len(known) == len(told) > 1:
        most = max(known, key=lambda one: one.above)
        values = {"share": format_share(most.above, language), "item": answers.shortened(most.line.name)}
        sentences.append(word("item_labels.most", language, **values))
    if told:
        counts = [one.line.row["n"] for one in told if one.line.row.get("n") is not None]
        sentences.append(word("charts.answers_scope", language, count=len(told), n=respondents(counts, language)))
    if any(item.reverse for item in answers.items_of(framework, [one.line for one in told])):
        sentences.append(word("charts.answers_turned", language))
    unknown = [one.line.name for one in spreads if (one.line.row.get("na_share") or 0) >= answers.TRUSTED]
    if unknown:
        names, share = "; ".join(map(answers.shortened, unknown)), format_share(answers.TRUSTED, language)
        sentences.append(word("charts.answers_unknown", language, share=share, names=names))
    out = len(spreads) - len(told)
    sentences += [word("charts.answers_hidden", language, count=out, min_group=min_group)] if out else []
    return " ".join(sentences)


def table_labels(
    rows: pd.DataFrame,
    labels: pd.DataFrame | None,
    framework: Framework,
    language: str,
    *,
    min_group: int = 10,
) -> Cells:
    """Read the share of every answer, item by item, reality and vision; joined answers bear the same share."""
    asked = [one for one in framework.perspectives if (rows["perspective"] == one).any()]
    if labels is None:
        return answers.table_answers(rows, framework, language, perspective=asked[0], min_group=min_group)
    spreads = {one: spreads_of(rows, labels, framework, language, one) for one in asked}
    scales = [spread.scale for some in spreads.values() for spread in some]
    values = range(min(one.low for one in scales), max(one.high for one in scales) + 1)
    alike = len({tuple(one.labels.get(language, ())) for one in scales}) == 1
    columns = [
        {"label": word("charts.item", language)},
        {"label": word("item_labels.perspective", language)},
        *({"label": heading(value, scales[0] if alike else None, language), "numeric": True} for value in values),
        {"label": word("charts.answers_na", language), "numeric": True},
        {"label": word("charts.answers_missing", language), "numeric": True},
        {"label": word("figures.respondents", language), "numeric": True},
        {"label": word("figures.remark", language)},
    ]
    order = sorted(
        ((place, asked.index(one), spread) for one, some in spreads.items() for place, spread in enumerate(some)),
        key=lambda entry: entry[:2],
    )
    return columns, [
        [
            spread.line.name,
            word(f"item_labels.{asked[number]}", language),
            *(cell(spread, value, language) for value in values),
            *(format_share(spread.line.row.get(name), language) for name in ("na_share", "missing_share")),
            format_number(spread.line.row.get("n"), language, 0),
            "" if spread.bands else reason_words("confidential", language, min_group),
        ]
        for _, number, spread in order
    ]


def heading(value: int, scale: AnswerScale | None, language: str) -> str:
    """Name the column of an answer: its number, and its label where all items have the same."""
    label = label_of(value, scale, language) if scale else str(value)
    return label if label == str(value) else word("item_labels.label", language, number=value, label=label)


def cell(spread: Spread, value: int, language: str) -> str:
    """Write the share of an answer; of joined ones the share of all, and which these are."""
    row = next((row for row in spread.bands if row["low"] <= value <= row["high"]), None)
    if row is None:
        return ""
    share = format_share(row["share"], language)
    if row["low"] == row["high"]:
        return share
    return word("item_labels.joined", language, share=share, low=row["low"], high=row["high"])
