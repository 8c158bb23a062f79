"""A responses file becomes the responses table, or the list of all that is wrong with it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.faults import Fault, refuse
from assessment.framework.model import Framework
from assessment.progress import Progress, Steps
from assessment.responses.answers import read_answers
from assessment.responses.cells import Source, read_cells
from assessment.responses.choices import choice_questions, choices_faults
from assessment.responses.columns import (
    RESERVED,
    accepted_headings,
    answer_columns,
    background_headings,
    perspective_heading,
)

FORMS = ("", "full", "short")
LARGEST_WHOLE = 2**53


@dataclass(frozen=True)
class Sifted:
    """What a file held: ``read == len(responses) + rejected``.

    Parameters
    ----------
    responses
        The responses table of the rows without fault.
    read
        Rows in the file, blank lines apart.
    faults
        Why each rejected row was left out; a row may have several.
    """

    responses: pd.DataFrame
    read: int
    faults: tuple[Fault, ...]

    @property
    def rejected(self) -> int:
        """Rows left out."""
        return self.read - len(self.responses)


def load_responses(
    source: Source, framework: Framework, missing: Collection[str] = (), progress: Progress | None = None
) -> pd.DataFrame:
    r"""Load a responses file without any fault.

    Parameters
    ----------
    source
        A CSV (UTF-8; comma, semicolon or tab) or Parquet file in the contract's format, or an open binary file.
    framework
        The instrument the answers belong to.
    missing
        Marks that stand for a missing answer besides the empty cell, for instance ``["NA"]``.
    progress
        Called with (done, total) between columns; an exception raised in it stops the work.

    Returns
    -------
    pandas.DataFrame
        One row is one person's response in one wave, in the file's order. ``respondent, unit, role, wave, form`` are
        texts (``""`` where there is none), ``weight`` a number where the file has it, background variables texts;
        each answer column is ``uint8``: answer − low + 1, 0 missing, 255 not concerned. Columns never fielded are
        absent.

    Raises
    ------
    Faults
        Every fault of the file, with row, column, item and value.

    Notes
    -----
    **Missing answers**: an empty cell is missing; ``na`` is "not concerned, does not know", counted apart.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> file = io.BytesIO(b"unit;st_01.reality;st_01.vision\nVoirie;2;5\n;na;\n")
    >>> table = load_responses(file, load_framework("collectivite-apprenante"))
    >>> table[["unit", "st_01.reality", "st_01.vision"]].values.tolist()
    [['Voirie', 2, 5], ['', 255, 0]]
    """
    sifted = sift_responses(source, framework, missing, progress)
    refuse(*sifted.faults)
    return sifted.responses


def sift_responses(
    source: Source, framework: Framework, missing: Collection[str] = (), progress: Progress | None = None
) -> Sifted:
    """Load the rows without fault and say why each other row is left out.

    Parameters and the table are those of `load_responses`.

    Raises
    ------
    Faults
        When the file as a whole is wrong (form, headings): no row could be trusted.
    """
    cells = read_cells(source)
    refuse(*heading_faults(cells.table.columns, framework, cells.file))
    step = Steps(progress, len(cells.table.columns.intersection(list(accepted_headings(framework)))))
    responses, faults = coded(cells.table, framework, missing, step)
    faults += repeated(responses)
    faults = sorted((*cells.faults, *in_file(faults, cells.file)), key=lambda fault: fault.place["row"])
    kept = ~responses.index.isin([fault.place["row"] for fault in faults])
    read = len(cells.table) + len(cells.faults)
    return Sifted(responses[kept].reset_index(drop=True), read, tuple(faults))


def check_responses(table: pd.DataFrame, framework: Framework, missing: Collection[str] = ()) -> pd.DataFrame:
    """Return a table of answers that can be scored, or tell every fault in it.

    Parameters
    ----------
    table
        One row is one person's response in one wave: the contract's columns, answers as texts or numbers. Its rows
        are numbered in messages as in a sheet, from 2.
    framework
        The instrument the answers belong to.
    missing
        Marks that stand for a missing answer besides the empty cell.

    Returns
    -------
    pandas.DataFrame
        The same table, unchanged.

    Raises
    ------
    Faults
        Every fault, with row, column, item and value.

    Notes
    -----
    **Missing answers**: empty, None or NaN is missing; ``na`` is not concerned.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> framework = load_framework("collectivite-apprenante")
    >>> answers = pd.DataFrame({"st_01.reality": [1, 6]})
    >>> check_responses(answers, framework)
    Traceback (most recent call last):
    assessment.faults.Faults: answer_out_of_range (row 3, column st_01.reality, item st_01, value='6', low=1, high=5)
    """
    read_table(table, framework, missing)
    return table


def read_table(table: pd.DataFrame, framework: Framework, missing: Collection[str] = ()) -> pd.DataFrame:
    """Make the responses table from a table of answers as people hold it; all faults are told at once."""
    refuse(*doubtful_headings(table.columns))
    numbered = table.set_axis(pd.RangeIndex(2, len(table) + 2))
    responses, faults = coded(numbered, framework, missing)
    faults += repeated(responses)
    refuse(*heading_faults(table.columns, framework), *sorted(faults, key=lambda fault: fault.place["row"]))
    return responses.reset_index(drop=True)


def in_file(faults: Sequence[Fault], file: str) -> Iterator[Fault]:
    """Add the file to the place of each fault."""
    return (Fault(fault.code, {"file": file, **fault.place}, fault.values) for fault in faults)


def doubtful_headings(headings: pd.Index) -> Iterator[Fault]:
    """Yield the headings of a table made by hand that no file could have: no text, or twice the same."""
    for heading in headings[[not isinstance(heading, str) for heading in headings]].unique():
        yield Fault("heading_not_text", {"column": str(heading)})
    for heading in headings[headings.duplicated()].unique():
        yield Fault("heading_duplicate", {"column": str(heading)})


def heading_faults(headings: Sequence[str], framework: Framework, file: str | None = None) -> Iterator[Fault]:
    """Yield what is wrong with the headings: an item nobody knows, a perspective missing or not asked."""
    accepted, items = accepted_headings(framework), {item.id for item in framework.items}
    place = {"file": file, "row": 1} if file else {"row": 1}
    seen: dict[str, str] = {}
    wrong = False
    for heading in headings:
        column, split = accepted.get(heading), perspective_heading(heading)
        wrong = wrong or (not column and (bool(split) or heading in items))
        if column and seen.setdefault(column.name, heading) != heading:
            yield Fault("heading_duplicate", place | {"column": heading, "item": column.item.id})
        elif not column and split:
            code = "perspective_not_asked" if split[0] in items else "item_unknown"
            yield Fault(code, place | {"column": heading}, {"item": split[0], "perspective": split[1]})
        elif not column and heading in items:
            yield Fault("perspective_missing", place | {"column": heading, "item": heading})
    if not seen and not wrong:
        yield Fault("answers_absent", place, {"framework": framework.id, "example": answer_columns(framework)[0].name})


def coded(
    table: pd.DataFrame, framework: Framework, missing: Collection[str], step: Steps | None = None
) -> tuple[pd.DataFrame, list[Fault]]:
    """Read every cell: the responses table, and the faults of its rows."""
    faults: list[Fault] = []
    step = step or Steps(None, 0)
    about = {name: texts(table, name) for name in RESERVED[:-1]}
    if "weight" in table:
        about["weight"], wrong = weights(table["weight"])
        faults += wrong
    faults += [*response_faults(about, framework)]
    about |= {name: texts(table, name) for name in background_headings(table.columns, framework)}
    about |= {
        name: cells.where(~cells.isin(list(missing)), "") for name, cells in choice_cells(about, framework).items()
    }
    faults += choices_faults(pd.DataFrame(about, index=table.index), framework)
    accepted, answers = accepted_headings(framework), {}
    for heading in table.columns.intersection(list(accepted)):
        column = accepted[heading]
        answers[column.name], wrong = step(read_answers(table[heading], column, missing))
        faults += wrong
    in_order = {column.name: answers[column.name] for column in answer_columns(framework) if column.name in answers}
    frames = (pd.DataFrame(about, index=table.index), pd.DataFrame(in_order, index=table.index))
    return pd.concat(frames, axis=1), faults


def choice_cells(about: Mapping[str, pd.Series], framework: Framework) -> dict[str, pd.Series]:
    """Give the columns that hold people's choices among a question's options."""
    return {one.id: about[one.id] for one in choice_questions(about, framework)}


def texts(table: pd.DataFrame, name: str) -> pd.Series:
    """Give a column as texts, empty where it has nothing or is not there; 3.0 is read as 3, as in answers."""
    if name not in table:
        return pd.Series("", index=table.index, dtype="str")
    column = table[name]
    if pd.api.types.is_float_dtype(column) and is_whole(column.dropna()):
        column = column.astype("Int64")
    return column.astype("str").where(column.notna(), "").str.strip()


def is_whole(numbers: pd.Series) -> bool:
    """Say whether all are whole numbers that a float holds exactly."""
    return bool(((numbers % 1 == 0) & (numbers.abs() <= LARGEST_WHOLE)).all())


def response_faults(about: dict[str, pd.Series], framework: Framework) -> Iterator[Fault]:
    """Yield what is wrong with who answered: an unknown role or form."""
    roles = [role.id for role in framework.roles]
    if roles:
        yield from unknown(about["role"], ("", *roles), "role_unknown")
    yield from unknown(about["form"], FORMS, "form_unknown")


def repeated(responses: pd.DataFrame) -> Iterator[Fault]:
    """Yield a fault for each response of a person who has answered in the same wave before; rows by their number."""
    keys = responses.loc[responses["respondent"] != "", ["respondent", "wave"]]
    again = keys[keys.duplicated()]
    first = keys.drop_duplicates().reset_index(names="row").merge(again.reset_index(names="again"))
    for one in first.sort_values("again").itertuples():
        values = {"value": one.respondent, "wave": one.wave, "first": one.row}
        yield Fault("respondent_duplicate", {"row": int(one.again), "column": "respondent"}, values)


def unknown(column: pd.Series, allowed: Sequence[str], code: str) -> Iterator[Fault]:
    """Yield a fault for each cell outside a list."""
    values = {"allowed": ", ".join(one for one in allowed if one)}
    for row, value in column[~column.isin(allowed)].items():
        yield Fault(code, {"row": int(row), "column": column.name}, values | {"value": value})


def weights(column: pd.Series) -> tuple[pd.Series, list[Fault]]:
    """Read weights: numbers above 0, every row one."""
    numbers = pd.to_numeric(column, errors="coerce").astype("float64")
    faults = []
    for row in column.index[~((numbers > 0) & np.isfinite(numbers))]:
        place, value = {"row": int(row), "column": "weight"}, str(column[row])
        if numbers[row] <= 0:
            faults.append(Fault("weight_not_positive", place, {"value": value}))
        elif value.strip() == "" or column.isna()[row]:
            faults.append(Fault("weight_missing", place))
        else:
            faults.append(Fault("weight_not_number", place, {"value": value}))
    return numbers, faults
