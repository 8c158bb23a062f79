"""Who answered, in words, bars and a table: rates beside what no interval covers."""

from collections.abc import Iterator, Mapping, Sequence

from assessment.figures.passages import Cells, Passage, Picture, Tables, passage
from assessment.figures.quality_charts import listed, share_bars
from assessment.figures.readings import reason_words
from assessment.figures.rows import Row, group_name, records
from assessment.framework.model import Framework
from assessment.texts import format_number, format_share, word


def participation_parts(
    tables: Tables,
    framework: Framework,
    language: str,
    *,
    names: Mapping[str, str] | None = None,
    min_group: int = 10,
) -> list[Passage]:
    """Learn in words, bars and a table how many answered, and what share of the people they are.

    Parameters
    ----------
    tables
        Released tables of one wave by name; ``participation`` is told, where it is there.
    framework
        The instrument, for the names of roles.
    language
        ``"fr"`` or ``"en"``.
    names
        Names of units by their id.
    min_group
        Respondents below which nothing is told.

    Notes
    -----
    **Missing answers**: whoever handed in a response counts. The rate is no measure of how like the others those are
    who answered.

    Examples
    --------
    >>> import pandas as pd
    >>> from assessment.framework import load_framework
    >>> row = {"wave": "1", "by": None, "group": None, "n": 40, "headcount": 80.0, "rate": 0.5, "suppressed": False}
    >>> tables = {"participation": pd.DataFrame([row])}
    >>> participation_parts(tables, load_framework("collectivite-apprenante"), "en")[0].told
    '40 people of 80 answered, which is 50%.'
    """
    if "participation" not in tables or tables["participation"].empty:
        return []
    named = names or {}
    rows = [
        row | {"name": group_name(row["by"], row["group"], framework, named, language)}
        for row in records(tables["participation"])
    ]
    told, table = describe_participation(rows, language), table_participation(rows, language, min_group)
    found = passage("quality_charts", "participation", language, told, table)
    charts = tuple(pictures(rows, language))
    return [Passage(found.id, found.title, found.told, found.note, found.columns, found.rows, charts=charts)]


def describe_participation(rows: Sequence[Row], language: str) -> str:
    """Say how many answered, between which rates the groups lie, and how many are hidden."""
    told, rated = [], [row for row in rows if row["by"] and row.get("rate") is not None]
    whole = next((row for row in rows if row["by"] is None and not row["suppressed"]), None)
    if whole is not None:
        key = "participation_count" if whole.get("rate") is None else "participation_all"
        told.append(word(f"quality_charts.{key}", language, **numbers(whole, language)))
    if len(rated) > 1:
        low, high = (choose(rated, key=lambda row: row["rate"]) for choose in (min, max))
        ends = {"low": format_share(low["rate"], language), "high": format_share(high["rate"], language)}
        ends |= {"lowest": low["name"], "highest": high["name"]}
        told.append(word("quality_charts.participation_least", language, **ends))
    if not rated and (whole is None or whole.get("rate") is None):
        told.append(word("quality_charts.participation_unknown", language))
    hidden = sum(bool(row["suppressed"]) for row in rows)
    told += [word("quality_charts.participation_hidden", language, count=hidden)] if hidden else []
    return " ".join(told)


def numbers(row: Row, language: str) -> dict[str, str]:
    """Write how many answered, of how many, and what share that is."""
    return {
        "n": format_number(row.get("n"), language, 0),
        "headcount": format_number(row.get("headcount"), language, 0),
        "rate": format_share(row.get("rate"), language),
    }


def pictures(rows: Sequence[Row], language: str) -> Iterator[Picture]:
    """Yield the rates of units and of roles as bars of the whole, the lowest first."""
    for by in dict.fromkeys(row["by"] for row in rows if row["by"]):
        rated = sorted((row for row in rows if row["by"] == by and row.get("rate") is not None), key=by_rate)
        if not rated:
            continue
        bars = [
            {
                "label": row["name"],
                "parts": [(row["rate"], "accent"), (1 - row["rate"], "band")],
                "text": word("quality_charts.bar", language, **numbers(row, language)),
            }
            for row in rated
        ]
        key = "chart_lowest" if len(rated) > 1 else "chart_one"
        rate = format_share(rated[0]["rate"], language)
        title = word(f"quality_charts.{key}", language, name=rated[0]["name"], rate=rate)
        yield Picture(share_bars(bars, most=1).to_dict(validate=False), f"{title}. {listed(bars, language)}", title)


def by_rate(row: Row) -> float:
    """Order groups by their rate."""
    return row["rate"]


def table_participation(rows: Sequence[Row], language: str, min_group: int) -> Cells:
    """List the groups with their respondents, headcounts and rates."""
    columns = [
        {"label": word("quality_charts.heading_group", language)},
        {"label": word("figures.respondents", language), "numeric": True},
        {"label": word("quality_charts.heading_headcount", language), "numeric": True},
        {"label": word("quality_charts.heading_rate", language), "numeric": True},
        {"label": word("figures.remark", language)},
    ]
    return columns, [
        [row["name"], *numbers(row, language).values(), reason_words(row.get("reason"), language, min_group)]
        for row in rows
    ]
