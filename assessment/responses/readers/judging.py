"""The matched columns become a table in the contract's form, one row a response, which `coded` then judges."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from assessment.faults import Fault, Faults, Finding
from assessment.framework.model import Framework, Question
from assessment.responses.choices import JOINED, most, split
from assessment.responses.codes import option_codes, role_codes
from assessment.responses.columns import AnswerColumn, answer_columns
from assessment.responses.readers.export import Export
from assessment.responses.readers.grids import codes_of, counts_of, recoded, stripped
from assessment.responses.readers.labels import Labels
from assessment.responses.readers.mapping import ColumnMapping
from assessment.responses.readers.matching import KEPT, Match
from assessment.responses.readers.ticks import (
    AMBIGUOUS,
    NUMBERS,
    is_ticked,
    joined_ids,
    names_of,
    split_cell,
    ticked_number,
)
from assessment.responses.readers.wordings import normalised

CODED_TOOLS = ("limesurvey",)
"""Those that know an answer by its place, when our questionnaire was written for them."""


@dataclass
class Judged:
    """What became of the columns: a table of texts, the labels read, and what is wrong with single rows."""

    columns: dict[str, pd.Series] = field(default_factory=dict)
    open_texts: dict[str, pd.Series] = field(default_factory=dict)
    labels: list[dict] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def judge(
    export: Export,
    matches: Sequence[Match],
    framework: Framework,
    mapping: ColumnMapping,
    read_so_far: Callable[[int], object] | None = None,
) -> Judged:
    """Read every matched column.

    Parameters
    ----------
    export
        The neutral form.
    matches
        Where its columns go; several may go to one place (versions of a form): the one that is filled in counts.
    framework
        The instrument.
    mapping
        What somebody said.
    read_so_far
        Called with how many places have been read, after each.

    Notes
    -----
    **Missing answers**: a cell left blank and one never shown are both missing; "not concerned" is ``na``.
    """
    judged = Judged()
    answers = {column.name: column for column in answer_columns(framework)}
    questions = {question.id: question for question in framework.questions}
    by_target: dict[str, list[Match]] = {}
    for match in matches:
        by_target.setdefault(match.target, []).append(match)
    for done, (target, own) in enumerate(by_target.items()):
        if read_so_far:
            read_so_far(done)
        if target in answers:
            read = [answers_read(export, match, answers[target], mapping, judged) for match in own]
            judged.columns[target] = together(read, own, target, judged)
        elif target in questions and questions[target].kind == "open":
            judged.open_texts[target] = together([texts_of(export, match) for match in own], own, target, judged)
        elif target in questions:
            judged.columns[target] = chosen(export, own, questions[target], mapping, judged)
        else:
            read = [named_texts(export, match, framework, mapping) for match in own]
            judged.columns[target.removeprefix(KEPT)] = together(read, own, target, judged)
    return judged


def by_place(export: Export, codes: Mapping[str, str]) -> dict[str, str]:
    """Give what codes by place stand for, in the tools where our questionnaires use them."""
    return {code.casefold(): id_ for id_, code in codes.items()} if export.tool in CODED_TOOLS else {}


def texts_of(export: Export, match: Match) -> pd.Series:
    """Give a column as texts without the blanks around them; empty where there is nothing."""
    cells = export.cells[match.column.place]
    if (codes_of(cells) == -1).any() or (stripped(cells) != cells.cat.categories.to_numpy(dtype=object)).any():
        return renamed(cells, lambda text: text)
    return cells


def renamed(cells: pd.Series, rename) -> pd.Series:
    """Give a column with each of its texts renamed once, however many rows hold it."""
    return recoded(cells, [rename(text) for text in stripped(cells)], "")


def answers_read(
    export: Export, match: Match, answer: AnswerColumn, mapping: ColumnMapping, judged: Judged
) -> pd.Series:
    """Read a column of answers, and note how each label was read."""
    labels = Labels(
        answer.scale, mapping.answers, match.column.labels, match.column.missing, export.tool in CODED_TOOLS
    )
    cells = export.cells[match.column.place]
    counts = counts_of(cells)[:-1]
    read = {}
    for label, count in zip(cells.cat.categories, counts, strict=True):
        text = str(label).strip()
        found, how = labels.read(text)
        read[text] = found
        if text and count:
            judged.labels.append({"target": answer.name, "label": text, "answer": found, "how": how, "n": int(count)})
    return renamed(cells, read.__getitem__)


def together(columns: list[pd.Series], matches: Sequence[Match], target: str, judged: Judged) -> pd.Series:
    """Make one column of several that lead to one place: the one that is filled in; two that differ are a fault."""
    if len(columns) == 1:
        return columns[0]
    whole = columns[0].astype(object)
    for column, match in zip(columns[1:], matches[1:], strict=True):
        other = column.astype(object)
        clash = (whole != "") & (other != "") & (whole != other)
        for row in whole.index[clash]:
            place = {"row": int(row), "column": match.column.name}
            judged.faults.append(Fault("answers_conflict", place, {"target": target, "value": str(other[row])}))
        whole = whole.where(whole != "", other)
    judged.findings.append(
        Finding("columns_joined", {"column": target}, {"names": ", ".join(one.column.name for one in matches)})
    )
    return whole.astype("category")


def named_texts(export: Export, match: Match, framework: Framework, mapping: ColumnMapping) -> pd.Series:
    """Read a column of texts; a role by its id or by its name in any language; what the mapping says goes first."""
    target = match.target.removeprefix(KEPT)
    said = {normalised(one): value for one, value in mapping.values.get(target, {}).items()}
    names = {}
    if target == "role":
        names = {normalised(name): role.id for role in framework.roles for name in (*role.name.values(), role.id)}
        names |= by_place(export, role_codes(framework))
    if target == "respondent" and mapping.prefix:
        return renamed(export.cells[match.column.place], lambda text: mapping.prefix + text if text else "")
    labels = match.column.labels
    if not (said or names or labels):
        return texts_of(export, match)

    def read(text: str) -> str:
        label = labels.get(text, text)
        return said.get(normalised(text)) or said.get(normalised(label)) or names.get(normalised(label), label)

    return renamed(export.cells[match.column.place], read)


def chosen(
    export: Export, matches: Sequence[Match], question: Question, mapping: ColumnMapping, judged: Judged
) -> pd.Series:
    """Read what people chose among options: a column for each, or all in one cell."""
    said = mapping.values.get(question.id, {})
    names = by_place(export, option_codes(question)) | names_of(question, said)
    apart = [match for match in matches if match.option]
    if apart:
        return chosen_apart(export, apart, question, names, judged)
    columns = [chosen_together(export, match, question, names, judged) for match in matches]
    return columns[0] if len(columns) == 1 else all_chosen(columns, question)


def all_chosen(columns: Sequence[pd.Series], question: Question) -> pd.Series:
    """Put together what several columns say of one question: versions of a form, or one answer in each."""
    texts = columns[0].astype(object)
    for column in columns[1:]:
        texts = texts + JOINED + column.astype(object)
    return renamed(texts.astype("category"), lambda text: joined_ids(split(text), question))


def ticks_by_number(export: Export, matches: Sequence[Match], question: Question, judged: Judged) -> dict[str, bool]:
    """Say what 1 and 2 mean where all options of a question are such numbers; nothing where they are not.

    Raises
    ------
    Faults
        ``ticks_undecidable``.
    """
    cells = [export.cells[match.column.place] for match in matches]
    found = {str(text).strip() for one in cells for text in one.cat.categories} - {""}
    if found != NUMBERS:
        return {}
    number = ticked_number(np.column_stack([one.astype(object).fillna("") for one in cells]), most(question))
    place = {"file": export.grid.file, "column": question.id}
    if number is None:
        raise Faults([Fault("ticks_undecidable", place)])
    judged.findings.append(Finding("ticks_by_number", {"column": question.id}, {"value": number}))
    return {one: one == number for one in NUMBERS}


def chosen_apart(
    export: Export, matches: Sequence[Match], question: Question, names: Mapping[str, str], judged: Judged
) -> pd.Series:
    """Read options with a column each."""
    ticked = {}
    ticks = ticks_by_number(export, matches, question, judged) if export.tool in CODED_TOOLS else {}
    for match in matches:
        own = {name for name, option in names.items() if option == match.option}
        cells = export.cells[match.column.place]
        texts = {text: str(text).strip() for text in cells.cat.categories}
        says = {text: ticks.get(plain, is_ticked(plain, own)) for text, plain in texts.items()}
        table = np.array([*(bool(says[text]) for text in cells.cat.categories), False], dtype=bool)
        ticked[match.option] = ticked.get(match.option, False) | table[codes_of(cells)]
        strange = [text for text, one in says.items() if one is None]
        for row, text in cells[cells.isin(strange)].items():
            place = {"row": int(row), "column": match.column.name}
            judged.faults.append(Fault("tick_unknown", place, {"value": str(text)}))
    order = [option.id for option in question.options if option.id in ticked]
    rows = np.column_stack([ticked[one] for one in order])
    kinds, codes = np.unique(rows, axis=0, return_inverse=True)
    texts = [joined_ids([one for one, on in zip(order, kind, strict=True) if on], question) for kind in kinds]
    distinct = list(dict.fromkeys(texts))
    numbers = np.array([distinct.index(text) for text in texts])[codes.ravel()]
    return pd.Series(pd.Categorical.from_codes(numbers, distinct), index=export.cells.index)


def chosen_together(
    export: Export, match: Match, question: Question, names: Mapping[str, str], judged: Judged
) -> pd.Series:
    """Read options that stand in one cell; a cell that can be taken apart in two ways, or in none, is a fault."""
    cells = export.cells[match.column.place]
    labels, read, wrong = match.column.labels, {}, {}
    for label in cells.cat.categories:
        text = str(label).strip()
        ways = split_cell(labels.get(text, text), names, export.joined)
        if len(ways) == 1:
            read[text] = joined_ids(ways[0], question)
        else:
            read[text] = ""
            wrong[label] = AMBIGUOUS if ways else "choices_unknown"
    for row, label in cells[cells.isin(list(wrong))].items():
        code = wrong[label]
        values = {"value": str(label), "tool": export.tool}
        judged.faults.append(Fault(code, {"row": int(row), "column": match.column.name}, values))
    return renamed(cells, read.__getitem__)
