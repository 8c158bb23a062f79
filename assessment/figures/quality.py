"""The quality of measurement in words: what holds together, what is told apart, who agrees, who read the questions."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd

from assessment.figures import readings
from assessment.figures.headlines import source_note
from assessment.figures.intervals import number_between
from assessment.figures.participation import participation_parts
from assessment.figures.passages import Cells, Passage, Tables, answered, headed, listed, passage
from assessment.figures.quality_charts import quality_pictures
from assessment.figures.rows import Line, Row, dimension_names, lines, records
from assessment.figures.watched_items import describe_items, table_items
from assessment.framework.model import Framework
from assessment.texts import format_number, format_share, word

MEANS = ("means_shared", "means_unreliable", "means_divided", "means_personal")
OF_PEOPLE = ("measurement", "discriminant", "items")
"""Parts whose tables count the respondents of each row."""

TO_SHOW = ("overlapping", "close")


def quality_parts(
    tables: Tables,
    framework: Framework,
    language: str,
    *,
    names: Mapping[str, str] | None = None,
    min_group: int = 10,
) -> list[Passage]:
    """Learn in words and tables how far the numbers may be trusted.

    Parameters
    ----------
    tables
        Released tables of one wave by name, those there are: ``measurement`` (or ``dimensions`` in its place),
        ``discriminant``, ``agreement_across``, ``item_answers``, ``careless`` with ``without_careless``,
        ``participation``. A part is told where its table is there and has rows.
    framework
        The instrument, for names and order.
    language
        ``"fr"`` or ``"en"``.
    names
        Names of units by their id.
    min_group
        Respondents below which nothing is told.

    Returns
    -------
    list of Passage
        In the order of the questions: who answered, then what may be made of it.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> row = {"wave": "", "rule": "flagged", "perspective": "reality", "n": 240, "n_flagged": 12, "suppressed": False}
    >>> tables = {"careless": pd.DataFrame([row])}
    >>> (part,) = quality_parts(tables, load_framework("collectivite-apprenante"), "en")
    >>> part.told.split(": ")[1]
    '12 of 240. None is dropped.'
    """
    found = {name: table for name, table in tables.items() if not table.empty}
    if "measurement" not in found and "dimensions" in found:
        found["measurement"] = found["dimensions"]
    told = participation_parts(found, framework, language, names=names, min_group=min_group)
    for part, (needed, describe, table) in PARTS.items():
        if needed in found:
            own = passage("quality", part, language, *answered(describe, table, found, framework, language, min_group))
            note = f"{own.note} {source_note(found[needed], framework, language)}" if part in OF_PEOPLE else own.note
            charts = quality_pictures(part, found, framework, language, min_group)
            told.append(replace(own, note=note.strip(), charts=charts))
    return told


def describe_quality(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> str:
    """Learn in words which dimensions are measured less well.

    Parameters
    ----------
    rows
        Released rows of ``measurement`` or ``dimensions`` of one wave: one row is one dimension under one perspective.
    framework
        The instrument, for names and order.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "reality", "cronbach_alpha": 0.55}])
    >>> describe_quality(rows, load_framework("collectivite-apprenante"), "en").split(". ")[1]
    'Reliability under 0.70: Team learning.'
    """
    drawn = [line for line in lines(rows, framework, language) if "reality" in line.rows]
    low = [line.name for line in drawn if readings.is_weak(line.rows["reality"])]
    doubtful = [line.name for line in drawn if may_be_weak(line.rows["reality"])]
    poor = [line.name for line in drawn if readings.is_poor(line.rows["reality"])]
    told = [word("figures.quality_low", language, names=", ".join(low))] if low else []
    told += [word("quality.interval_low", language, names=", ".join(doubtful))] if doubtful else []
    told += [word("figures.quality_poor", language, names=", ".join(poor))] if poor else []
    return " ".join([word("figures.quality_scope", language), *(told or [word("figures.quality_fine", language)])])


def may_be_weak(row: Row) -> bool:
    """Say whether a firm alpha may be less than firm, as its interval has it."""
    return row.get("alpha_low") is not None and row["alpha_low"] < readings.FIRM <= row["cronbach_alpha"]


def table_quality(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> Cells:
    """Read alpha, omega and the fit of the one-factor model in words, for reality.

    Parameters as in `describe_quality`; of ``measurement`` with intervals and ordinal alpha.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "reality", "n_complete": 30,
    ...     "cronbach_alpha": 0.81, "omega": 0.82, "cfi": 0.85, "rmsea": 0.12, "srmr": 0.05}])
    >>> table_quality(rows, load_framework("collectivite-apprenante"), "en")[1]
    [['Team learning', '30', '0.81', '0.82', 'no: one number sums this dimension up badly']]
    """
    told = measured if "alpha_low" in rows else plain
    headings = MEASURED if "alpha_low" in rows else PLAIN
    drawn = [line for line in lines(rows, framework, language) if "reality" in line.rows]
    return headed(headings, language), [told(line, language, min_group) for line in drawn]


PLAIN = {
    "figures.dimension": False,
    "figures.complete": True,
    "figures.alpha": True,
    "figures.omega": True,
    "figures.fit": False,
}
MEASURED = {
    "figures.dimension": False,
    "figures.complete": True,
    "quality.heading_alpha": True,
    "quality.heading_omega": True,
    "quality.heading_ordinal": True,
    "figures.fit": False,
}
"""Headings of tables, and whether numbers stand below."""


def plain(line: Line, language: str, min_group: int) -> list[str]:
    """Write one dimension's row of ``dimensions``."""
    row = line.rows["reality"]
    numbers = [format_number(row.get(name), language, 2) for name in ("cronbach_alpha", "omega")]
    complete = format_number(row.get("n_complete"), language, 0)
    return [line.name, complete, *numbers, readings.fit_words(row, language, min_group)]


def measured(line: Line, language: str, min_group: int) -> list[str]:
    """Write one dimension's row of ``measurement``."""
    row = line.rows["reality"]
    return [
        line.name,
        format_number(row.get("n"), language, 0),
        number_between(row, ("cronbach_alpha", "alpha_low", "alpha_high"), language, 2),
        number_between(row, ("omega", "omega_low", "omega_high"), language, 2),
        format_number(row.get("ordinal_alpha"), language, 2),
        reading(row, "fit", language, min_group),
    ]


def reading(row: Row, name: str, language: str, min_group: int) -> str:
    """Tell a reading code, or why there is none."""
    if row.get(name) is not None:
        return word(f"quality.reading_{row[name]}", language)
    return readings.reason_words(row.get("reason"), language, min_group)


def describe_measurement(tables: Tables, framework: Framework, language: str, min_group: int) -> str:
    """Say whether items go together."""
    return describe_quality(tables["measurement"], framework, language, min_group=min_group)


def table_measurement(tables: Tables, framework: Framework, language: str, min_group: int) -> Cells:
    """List the dimensions with their reliability."""
    return table_quality(tables["measurement"], framework, language, min_group=min_group)


def pairs_of(tables: Tables) -> list[Row]:
    """Give the pairs of dimensions under reality that are told, the most alike first."""
    found = [row for row in records(tables["discriminant"]) if row["perspective"] == "reality"]
    return sorted((row for row in found if row.get("overlap")), key=lambda row: -row["htmt"])


def describe_discriminant(tables: Tables, framework: Framework, language: str, min_group: int) -> str:
    """Say which neighbours are not told apart."""
    names, found = dimension_names(framework, language), pairs_of(tables)
    told = []
    for kind in TO_SHOW:
        alike = [pair_name(row, names, language) for row in found if row["overlap"] == kind]
        told += [word(f"quality.discriminant_{kind}", language, pairs=listed(alike))] if alike else []
    unsettled = sum(row["overlap"] == "undetermined" for row in found)
    fine = [word("quality.discriminant_fine", language, total=len(found))] if found and not told else []
    doubt = word("quality.discriminant_undetermined", language, count=unsettled, total=len(found))
    return " ".join([word("quality.discriminant_scope", language), *told, *fine, *([doubt] if unsettled else [])])


def table_discriminant(tables: Tables, framework: Framework, language: str, min_group: int) -> Cells:
    """List the pairs that are not clearly apart."""
    names = dimension_names(framework, language)
    headings = {
        "quality.heading_pair": False,
        "figures.complete": True,
        "quality.heading_correlation": True,
        "quality.heading_corrected": True,
        "quality.heading_htmt": True,
        "figures.reading": False,
    }
    cells = [
        [
            pair_name(row, names, language),
            format_number(row.get("n_complete"), language, 0),
            *(format_number(row.get(name), language, 2) for name in ("correlation", "corrected")),
            number_between(row, ("htmt", "htmt_low", "htmt_high"), language, 2),
            reading(row, "overlap", language, min_group),
        ]
        for row in pairs_of(tables)
        if row["overlap"] != "apart"
    ]
    return headed(headings, language), cells


def pair_name(row: Row, names: Mapping[str, str], language: str) -> str:
    """Name a pair of dimensions."""
    return word("quality.pair", language, one=names[row["dimension"]], other=names[row["other_dimension"]])


def groups_told(tables: Tables, framework: Framework, language: str) -> list[Line]:
    """Give the dimensions' agreement across the groups of the first kind, under reality."""
    table = tables["agreement_across"]
    return [
        line for line in lines(table[table["by"] == table["by"].iloc[0]], framework, language) if "reality" in line.rows
    ]


def describe_agreement(tables: Tables, framework: Framework, language: str, min_group: int) -> str:
    """Say where the means of groups may be reported."""
    drawn, told = groups_told(tables, framework, language), []
    for kind in MEANS:
        names = [line.name for line in drawn if line.rows["reality"].get("means") == kind]
        told += [word(f"quality.agreement_{kind}", language, names=", ".join(names))] if names else []
    return " ".join([word("quality.agreement_scope", language), *(told or [word("quality.agreement_none", language)])])


def table_agreement(tables: Tables, framework: Framework, language: str, min_group: int) -> Cells:
    """List the dimensions with the agreement within groups and the differences between them."""
    headings = {
        "figures.dimension": False,
        "quality.heading_groups": True,
        "quality.heading_rwg": True,
        "quality.heading_ad": True,
        "quality.heading_agreeing": True,
        "quality.heading_icc1": True,
        "quality.heading_icc2": True,
        "figures.reading": False,
    }
    cells = []
    for line in groups_told(tables, framework, language):
        row = line.rows["reality"]
        rwg, ad, cut, icc1, icc2 = (
            format_number(row.get(name), language, 2) for name in ("rwg_j", "ad", "ad_cut", "icc1", "icc2")
        )
        groups = format_number(row.get("groups"), language, 0)
        agreed = word("quality.value_cut", language, value=ad, cut=cut)
        agreeing = format_share(row.get("share_agreeing"), language)
        means = reading(row, "means", language, min_group)
        cells.append([line.name, groups, rwg, agreed, agreeing, icc1, icc2, means])
    return headed(headings, language), cells


def describe_careless(tables: Tables, framework: Framework, language: str, min_group: int) -> str:
    """Say how many responses are flagged, and what changes without them."""
    row = next((row for row in records(tables["careless"]) if row["rule"] == "flagged"), {"suppressed": True})
    if row["suppressed"] or row.get("n_flagged") is None:
        return word("quality.careless_hidden", language)
    n = format_number(row["n"], language, 0)
    if not row["n_flagged"]:
        return word("quality.careless_none", language, n=n)
    told = [word("quality.careless_count", language, flagged=format_number(row["n_flagged"], language, 0), n=n)]
    most = max(changes(tables, framework, language), key=lambda line: abs(change(line)), default=None)
    if most is not None:
        before, after = (format_number(most.number("reality", name), language) for name in ("score", "score_without"))
        told.append(word("quality.careless_change", language, name=most.name, before=before, after=after))
    return " ".join(told)


def changes(tables: Tables, framework: Framework, language: str) -> list[Line]:
    """Give the dimensions whose reality score is told with and without the flagged."""
    if "without_careless" not in tables:
        return []
    drawn = lines(tables["without_careless"], framework, language)
    return [line for line in drawn if change(line) is not None]


def change(line: Line) -> float | None:
    """Give the difference that leaving out the flagged makes to a reality score."""
    before, after = (line.number("reality", name) for name in ("score", "score_without"))
    return None if before is None or after is None else after - before


def table_careless(tables: Tables, framework: Framework, language: str, min_group: int) -> Cells:
    """List the dimensions with their reality score with and without the flagged."""
    headings = {
        "figures.dimension": False,
        "figures.respondents": True,
        "figures.score": True,
        "quality.heading_without": True,
        "quality.heading_change": True,
    }
    cells = [
        [
            line.name,
            format_number(line.number("reality", "n"), language, 0),
            *(format_number(line.number("reality", name), language) for name in ("score", "score_without")),
            format_number(change(line), language, sign=True),
        ]
        for line in changes(tables, framework, language)
    ]
    return headed(headings, language), cells


Telling = Callable[[Tables, Framework, str, int], str]
Listing = Callable[[Tables, Framework, str, int], Cells]

PARTS: dict[str, tuple[str, Telling, Listing]] = {
    "measurement": ("measurement", describe_measurement, table_measurement),
    "discriminant": ("discriminant", describe_discriminant, table_discriminant),
    "agreement": ("agreement_across", describe_agreement, table_agreement),
    "items": ("item_answers", describe_items, table_items),
    "careless": ("careless", describe_careless, table_careless),
}
"""Each part, the table it needs, its sentence and its table."""
