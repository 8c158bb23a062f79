"""An export becomes responses: read as its tool writes, matched to an instrument, judged by the rules of our files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.util import hash_array

from assessment.faults import Fault, Faults, Finding
from assessment.framework.model import Framework
from assessment.responses.cells import Source
from assessment.responses.columns import answer_columns
from assessment.responses.readers.dates import waves_from
from assessment.responses.readers.export import QUESTION, Export
from assessment.responses.readers.grids import Grid
from assessment.responses.readers.judging import Judged, judge
from assessment.responses.readers.labels import CODE, IN_LABEL
from assessment.responses.readers.mapping import ColumnMapping
from assessment.responses.readers.matching import match_columns, named_columns
from assessment.responses.readers.opening import open_export
from assessment.responses.readers.preview import LABELS, Preview, columns_table
from assessment.responses.readers.recognising import AUTO, read_as
from assessment.responses.reading import coded, repeated

VERBATIMS = ("respondent", "wave", "question", "text")
"""The columns of the table of verbatims: one row is one text."""

Progress = Callable[[float, float], object]

OPENING, JUDGING = 250, 70
"""How long it takes to open a file, and to judge its rows, as so many columns are read (a CSV of 100,000 rows)."""

SHOWN = 8
"""Columns or labels named in a message."""


@dataclass(frozen=True)
class Imported:
    """What an export held.

    Parameters
    ----------
    responses
        The responses table, as `load_responses` gives it, of the responses without fault; each has a ``respondent``
        that is the same whenever the same response is read again.
    verbatims
        One row is one text somebody wrote, unreleased: ``respondent, wave, question, text``.
    preview
        What became of every column, label and row.
    """

    responses: pd.DataFrame
    verbatims: pd.DataFrame
    preview: Preview


def read_export(
    source: Source,
    framework: Framework,
    tool: str = AUTO,
    mapping: ColumnMapping | None = None,
    wave: str = "",
    incomplete: bool = False,
    progress: Progress | None = None,
) -> Imported:
    r"""Read a survey tool's export as responses to an instrument.

    Parameters
    ----------
    source
        A path, or an open binary file that has a ``name``.
    framework
        The instrument the answers belong to.
    tool
        Who wrote the export; ``auto`` = recognised by its first rows.
    mapping
        What somebody said of its columns and labels (`load_mapping`); None = columns are matched by code and wording.
    wave
        The wave of all responses; empty = what the export or the mapping says.
    incomplete
        Whether responses that were never sent are taken, too.
    progress
        Called with (done, total) between the parts of the work; what it raises stops it.

    Returns
    -------
    Imported
        Responses, verbatims, and the preview report. Nothing is written.

    Raises
    ------
    Faults
        When the file as a whole is wrong; a wrong response is left out, with its reasons in the preview.

    Notes
    -----
    **Missing answers**: a cell left blank and one never shown are both missing, counted apart in the preview. Columns
    that tell who somebody is are left at the door: neither they nor anything reckoned from them is in the result.

    A response is named by the tool's own number. Where there is none, by its answers and how many like it came before:
    the same file gives the same names, and so does a later one with more responses.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> file = io.BytesIO("pm01R;pm01V;Courriel\nTout à fait;5;a@b.fr\n".encode("cp1252"))
    >>> found = read_export(file, load_framework("collectivite-apprenante"))
    >>> found.responses[["pm_01.reality", "pm_01.vision"]].values.tolist()
    [[5, 5]]
    >>> found.preview.encoding, found.preview.personal["heading"].tolist()
    ('Windows-1252', ['Courriel'])
    """
    mapping, progress = mapping or ColumnMapping(), progress or unseen
    progress(0, OPENING + JUDGING)
    export = read_as(open_export(source), tool if tool != AUTO else mapping.tool or AUTO)
    return imported(export, framework, mapping, wave, incomplete, progress)


def unseen(done: float, total: float) -> None:
    """Tell nobody how far the work is."""


def imported(
    export: Export, framework: Framework, mapping: ColumnMapping, wave: str, incomplete: bool, progress: Progress
) -> Imported:
    """Bring an export and an instrument together."""
    matches, dropped, findings = match_columns(export, framework, mapping)
    if not any(match.target in {column.name for column in answer_columns(framework)} for match in matches):
        raise Faults([nothing_matched(export, framework)])
    total = OPENING + len(matches) + JUDGING
    judged = judge(export, matches, framework, mapping, lambda done: progress(OPENING + done, total))
    told = constants(export, mapping, wave)
    table = laid_out(judged.columns, told, export.cells.index)
    table["respondent"] = respondents(table, framework)
    progress(total - JUDGING, total)
    left_out = {} if incomplete else export.left_out
    responses, faults = coded(table, framework, ())
    faults = [*judged.faults, *faults, *(Fault(code, {"row": row}) for row, code in left_out.items())]
    progress(total - JUDGING / 2, total)
    again, twice = repetitions(responses, judged, {fault.place["row"] for fault in faults})
    faults = sorted((*faults, *twice), key=lambda fault: fault.place["row"])
    wrong = {fault.place["row"] for fault in faults}
    kept = ~responses.index.isin([*wrong, *again])
    preview = Preview(
        **about(export.grid),
        tool=export.tool,
        header_rows=export.header_rows,
        language=export.language,
        columns=columns_table(export, matches, dropped),
        labels=pd.DataFrame(judged.labels, columns=list(LABELS)),
        read=len(responses) + len(export.grid.faults),
        kept=int(kept.sum()),
        rejected=len(wrong) + len(export.grid.faults),
        duplicates=len(again),
        faults=(
            *export.grid.faults,
            *(Fault(one.code, {"file": export.grid.file, **one.place}, one.values) for one in faults),
        ),
        findings=(*export.findings, *findings, *judged.findings, *conventions(judged)),
    )
    own = responses[kept]
    progress(total, total)
    return Imported(own.reset_index(drop=True), verbatims_of(judged, own), preview)


def about(grid: Grid) -> dict[str, str]:
    """Say what a grid is."""
    return {"file": grid.file, "kind": grid.kind, "encoding": grid.encoding, "separator": grid.separator}


def nothing_matched(export: Export, framework: Framework) -> Fault:
    """Say that no column is an answer to the instrument, and what the first columns are."""
    asked = [column.name for column in export.columns if column.kind == QUESTION]
    names = ", ".join(name[:40] for name in asked[:SHOWN])
    values = {"framework": framework.id, "tool": export.tool, "names": names}
    return Fault(
        "export_unmatched", {"file": export.grid.file}, values | {"example": answer_columns(framework)[0].name}
    )


def constants(export: Export, mapping: ColumnMapping, wave: str) -> dict[str, str | pd.Series]:
    """Give what is the same for all responses, and the wave that stands in a date."""
    told: dict[str, str | pd.Series] = {"form": mapping.form} if mapping.form else {}
    if wave or mapping.wave:
        told["wave"] = wave or mapping.wave
    elif mapping.dates:
        name = mapping.dates.get("column", "")
        found = named_columns(export.columns, name)
        if len(found) != 1:
            place = {"file": mapping.file, "column": name}
            raise Faults([Fault("mapping_heading_unknown", place, {"count": len(found)})])
        span, order = mapping.dates.get("wave", "year"), mapping.dates.get("order", "")
        told["wave"] = waves_from(export.cells[found[0].place], name, span, order, export.grid.file)
    return told


def laid_out(columns: Mapping[str, pd.Series], told: Mapping[str, str | pd.Series], index: pd.Index) -> pd.DataFrame:
    """Put the columns of a table together; what is said of all responses goes before what each says."""
    said = {name: one if isinstance(one, pd.Series) else pd.Series(one, index=index) for name, one in told.items()}
    return pd.DataFrame({**columns, **said}, index=index)


def respondents(table: pd.DataFrame, framework: Framework) -> pd.Series:
    """Name each response: by the tool's number, or by its answers and how many like it came before.

    Notes
    -----
    The name is reckoned from answers only, which stand beside it: it tells nothing more. Neither the order of the
    columns nor an answer column that is empty for a response changes its name.
    """
    given = texts(table["respondent"]) if "respondent" in table else pd.Series("", index=table.index)
    if (given != "").all():
        return given
    known = {column.name for column in answer_columns(framework)} | {question.id for question in framework.questions}
    total = np.zeros(len(table), dtype=np.uint64)
    for name in table.columns.intersection(list(known)):
        codes, values = pd.factorize(table[name].astype("category"))
        says = np.array([f"{name}={value}" for value in values] + [""], dtype=object)
        hashes = hash_array(says, categorize=False)
        hashes[[not str(value) for value in values] + [True]] = 0
        total += hashes[codes]
    again = pd.Series(total).groupby(total).cumcount() + 1
    made = [f"r{number:016x}-{count}" for number, count in zip(total.tolist(), again, strict=True)]
    return given.where(given != "", pd.Series(made, index=table.index))


def texts(column: pd.Series) -> pd.Series:
    """Give a column as plain texts."""
    return column.astype(object).fillna("").astype("str").str.strip()


def repetitions(responses: pd.DataFrame, judged: Judged, wrong: set[int]) -> tuple[set[int], list[Fault]]:
    """Tell the rows that came before in the same file: the same in all, or (a fault) under the same number only."""
    sound = responses[~responses.index.isin(wrong)]
    faults = list(repeated(sound))
    again, differing = set(), []
    for fault in faults:
        row, first = fault.place["row"], fault.values["first"]
        same = sound.loc[row].equals(sound.loc[first]) and all(
            column[row] == column[first] for column in judged.open_texts.values()
        )
        if same:
            again.add(row)
        else:
            differing.append(fault)
    return again, differing


def conventions(judged: Judged) -> list[Finding]:
    """Tell the labels that were read by a convention and not by what they say."""
    findings = []
    for how, code in ((IN_LABEL, "label_by_number"), (CODE, "label_by_code")):
        own = [one for one in judged.labels if one["how"] == how]
        if own:
            pairs = dict.fromkeys(f"{one['label'][:40]} = {one['answer']}" for one in own)
            findings.append(Finding(code, values={"names": ", ".join(list(pairs)[:SHOWN])}))
    return findings


def verbatims_of(judged: Judged, responses: pd.DataFrame) -> pd.DataFrame:
    """Give what people wrote, one row a text, in no order that follows the file's."""
    rows = []
    for question, column in judged.open_texts.items():
        own = column[responses.index].astype(object)
        own = own[own != ""]
        about_ = responses.loc[own.index, ["respondent", "wave"]]
        rows.append(about_.assign(question=question, text=own.astype("str")))
    table = pd.concat(rows) if rows else pd.DataFrame({name: pd.Series(dtype="str") for name in VERBATIMS})
    return table[list(VERBATIMS)].sort_values(["question", "text", "respondent"]).reset_index(drop=True)
