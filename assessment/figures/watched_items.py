"""The items worth a look: many cannot answer them, or answers pile up at an end of the answer scale."""

from collections.abc import Iterator

from assessment.figures.intervals import share_told
from assessment.figures.passages import Cells, Tables, headed, listed
from assessment.figures.rows import Row, in_language, records
from assessment.framework.model import Framework
from assessment.texts import format_number, format_share, word

UNKNOWN, ONE_END = 0.20, 0.50
"""Share of "does not know", and of answers at one end, above which an item is worth a look: conventions."""


def items_to_watch(tables: Tables) -> Iterator[Row]:
    """Yield the items that many cannot answer, or that pile up at one end, under reality."""
    for row in records(tables["item_answers"]):
        if row["perspective"] == "reality" and (is_unknown(row) or is_at_one_end(row)):
            yield row


def is_unknown(row: Row) -> bool:
    """Say whether many cannot answer an item."""
    return row.get("na_share") is not None and row["na_share"] > UNKNOWN


def is_at_one_end(row: Row) -> bool:
    """Say whether answers pile up at an end of the answer scale."""
    return any(row.get(end) is not None and row[end] > ONE_END for end in ("floor", "ceiling"))


def describe_items(tables: Tables, framework: Framework, language: str, min_group: int) -> str:
    """Say which items teach little."""
    found, told = list(items_to_watch(tables)), []
    for key, chosen in (("unknown", is_unknown), ("ends", is_at_one_end)):
        names = [row["item"] for row in found if chosen(row)]
        told += [word(f"quality.items_{key}", language, names=listed(names))] if names else []
    pooled = sum(row.get("n") is not None and not ends_known(row) for row in records(tables["item_answers"]))
    doubt = [word("quality.items_pooled", language, count=pooled)] if pooled else []
    fine = [] if pooled else [word("figures.quality_fine", language)]
    return " ".join([word("quality.items_scope", language), *(told or fine), *doubt])


def ends_known(row: Row) -> bool:
    """Say whether it is told how many answered at the ends: pooled with their neighbours they may hold many."""
    return row["perspective"] != "reality" or all(row.get(end) is not None for end in ("floor", "ceiling"))


def table_items(tables: Tables, framework: Framework, language: str, min_group: int) -> Cells:
    """List the items to watch with their texts."""
    texts = {item.id: in_language(item.text, language) for item in framework.items}
    headings = {
        "quality.heading_item": False,
        "figures.respondents": True,
        "quality.heading_floor": True,
        "quality.heading_ceiling": True,
        "quality.heading_na": True,
    }
    cells = [
        [
            f"{row['item']} – {texts[row['item']]}",
            format_number(row.get("n"), language, 0),
            *(share_told(row.get(name), language) for name in ("floor", "ceiling")),
            format_share(row.get("na_share"), language),
        ]
        for row in items_to_watch(tables)
    ]
    return headed(headings, language), cells
