"""What an import would do, as data: shown before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from assessment.faults import Fault, Finding
from assessment.responses.readers.export import PERSONAL, QUESTION, Export
from assessment.responses.readers.labels import UNKNOWN
from assessment.responses.readers.matching import Match

COLUMNS = ("heading", "target", "how", "why", "filled", "blank", "not_shown")
"""One row is one column of the export, in order: where it goes and how that was found; why it is left out
(``personal:`` and what it tells, ``technical``, ``unmatched``); responses with something in it, with it left blank
(``""`` in a CSV), with nothing."""

LABELS = ("target", "label", "answer", "how", "n")
"""One row is one label of one answer column: the answer it was read as, how, and in how many responses."""

UNMATCHED = "unmatched"


@dataclass(frozen=True)
class Preview:
    """What an export is and what becomes of it; ``read == kept + rejected + duplicates``.

    Parameters
    ----------
    file, tool, kind, encoding, separator, header_rows, language
        What it is; encoding and separator are empty where it is no text.
    columns, labels
        Tables with `COLUMNS` and `LABELS`.
    read, kept, rejected, duplicates
        Responses: in the file, taken, left out with a reason, there before in the same file.
    faults
        Why each response was left out; one may have several.
    findings
        What is worth telling.
    """

    file: str
    tool: str
    kind: str
    encoding: str
    separator: str
    header_rows: int
    language: str
    columns: pd.DataFrame
    labels: pd.DataFrame
    read: int
    kept: int
    rejected: int
    duplicates: int
    faults: tuple[Fault, ...]
    findings: tuple[Finding, ...]

    @property
    def mapped(self) -> pd.DataFrame:
        """Give the columns that go somewhere."""
        return self.columns[self.columns["target"] != ""]

    @property
    def unmatched(self) -> list[str]:
        """Name the columns that were asked and go nowhere."""
        return self.columns.loc[self.columns["why"] == UNMATCHED, "heading"].tolist()

    @property
    def personal(self) -> pd.DataFrame:
        """Give the columns left at the door: ``heading`` and ``why``."""
        own = self.columns[self.columns["why"].str.startswith("personal:")]
        return own[["heading", "why"]].assign(why=own["why"].str.removeprefix("personal:"))

    @property
    def unknown(self) -> pd.DataFrame:
        """Give the labels that are no answers, over all columns: ``label`` and ``n``, the most frequent first."""
        own = self.labels[self.labels["how"] == UNKNOWN].groupby("label", as_index=False)["n"].sum()
        return own.sort_values(["n", "label"], ascending=[False, True]).reset_index(drop=True)


def columns_table(export: Export, matches: Sequence[Match], dropped: Mapping[int, str]) -> pd.DataFrame:
    """Say of each column where it goes, or why it goes nowhere."""
    targets = {match.column.place: match for match in matches}
    rows = []
    for column in export.columns:
        match, cells = targets.get(column.place), export.cells[column.place]
        blank = int((cells.isin([one for one in cells.cat.categories if not str(one).strip()])).sum())
        empty = int(cells.isna().sum())
        row = {"heading": column.name, "target": target_of(match), "how": match.how if match else ""}
        row |= {"why": "" if match else why_left(column.kind, dropped.get(column.place))}
        rows.append(row | {"filled": len(cells) - blank - empty, "blank": blank, "not_shown": empty})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def target_of(match: Match | None) -> str:
    """Write where a column goes, with the option it stands for."""
    if match is None:
        return ""
    return f"{match.target}[{match.option}]" if match.option else match.target


def why_left(kind: str, personal: str | None) -> str:
    """Say why a column goes nowhere."""
    if personal:
        return f"{PERSONAL}:{personal}"
    return UNMATCHED if kind == QUESTION else kind
