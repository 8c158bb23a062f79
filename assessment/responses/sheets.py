"""A paper form that is keyed in: what the keys said is checked, and becomes one row of the contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessment.faults import Fault, Faults, refuse
from assessment.framework.model import Framework, Question
from assessment.responses.answers import read_answer
from assessment.responses.choices import CHOOSING, JOINED, most
from assessment.responses.paper_forms import PaperForm
from assessment.responses.questionnaire import Questionnaire

ROLE, UNIT = "role", "unit"
LONGEST_TEXT = 20_000
"""Letters of one text; a page of handwriting has two thousand."""


@dataclass(frozen=True)
class Sheet:
    """One form as it was keyed in.

    Parameters
    ----------
    form
        The letter of the form.
    role, unit
        Ids; empty = not ticked.
    answers
        By column of our responses: a number as it is written, or ``na``; a line left blank is not there.
    chosen
        By question: ids of options, in the question's order.
    texts
        By open question; nothing written is not there.
    """

    form: str
    role: str = ""
    unit: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def read_sheet(questionnaire: Questionnaire, forms: Sequence[PaperForm], told: Any) -> Sheet:
    """Read what a page says was keyed in: ``{"form": "D", "values": {"unit": "VOI", "pm_01.reality": "4", …}}``.

    Parameters
    ----------
    questionnaire, forms
        What was printed (`make_questionnaire`, `paper_forms`).
    told
        What the page says.

    Raises
    ------
    Faults
        ``sheet_malformed`` for whatever the form does not have.

    Notes
    -----
    **Missing answers**: left out, or ``""``; "not concerned" is ``na``. The role of a form for one role is that role;
    where several share it and none is ticked, the one that the others are parts of, if there is one.
    """
    parts = told if isinstance(told, Mapping) else {}
    form = next((one for one in forms if one.letter == parts.get("form")), None)
    values = parts.get("values")
    if form is None or not isinstance(values, Mapping):
        raise Faults([Fault("sheet_malformed", values={"value": str(parts.get("form"))[:60]})])
    given = {str(name): value for name, value in values.items() if value not in ("", [], None)}
    refuse(*(malformed(name) for name in given if not stands(questionnaire, form, name, given[name])))
    scales = {line.statement.column for line in form.lines}
    kinds = {one.id: one.kind in CHOOSING for one in form.questions}
    return Sheet(
        form.letter,
        given.get(ROLE) or role_of(questionnaire.framework, form),
        given.get(UNIT, ""),
        {name: value for name, value in given.items() if name in scales},
        {one.id: in_order(one, given[one.id]) for one in form.questions if one.id in given and kinds[one.id]},
        {name: value.strip() for name, value in given.items() if kinds.get(name) is False and value.strip()},
    )


def malformed(name: str) -> Fault:
    """Say that a form has no such line, or no such answer to it."""
    return Fault("sheet_malformed", values={"value": name[:60]})


def stands(questionnaire: Questionnaire, form: PaperForm, name: str, value: Any) -> bool:
    """Say whether a form has a line of this name, and the line this value."""
    if name == ROLE:
        return value in [role.id for role in form.roles]
    if name == UNIT:
        return form.asks_unit and value in [unit for unit, _ in questionnaire.units]
    line = next((one for one in form.lines if one.statement.column == name), None)
    if line is not None:
        scale = questionnaire.framework.scale_of(line.statement.item)
        return isinstance(value, str) and isinstance(read_answer(value, scale), int)
    question = next((one for one in form.questions if one.id == name), None)
    return question is not None and answers_question(question, value)


def answers_question(question: Question, value: Any) -> bool:
    """Say whether a value is a text, or options of a question and no more than may be chosen."""
    if question.kind not in CHOOSING:
        return isinstance(value, str) and len(value) <= LONGEST_TEXT
    known = [one.id for one in question.options]
    once = isinstance(value, list) and all(isinstance(one, str) for one in value) and len(set(value)) == len(value)
    return once and set(value) <= set(known) and len(value) <= most(question)


def in_order(question: Question, chosen: list[str]) -> tuple[str, ...]:
    """Put options in the question's order."""
    return tuple(one.id for one in question.options if one.id in chosen)


def role_of(framework: Framework, form: PaperForm) -> str:
    """Give the role of who ticked none: the only one of the form, or the one all others are parts of.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.responses.paper_forms import paper_forms
    >>> from assessment.responses.questionnaire import make_questionnaire
    >>> framework = load_framework("collectivite-apprenante")
    >>> [role_of(framework, form) for form in paper_forms(make_questionnaire(framework, "short"))]
    ['elected', 'executive', '', 'citizen', 'partner']
    """
    lineages = [list(framework.lineage(role.id)) for role in form.roles]
    shared = [role.id for role in form.roles if all(role.id in lineage for lineage in lineages)]
    return shared[0] if shared else ""


def sheet_row(questionnaire: Questionnaire, sheet: Sheet) -> dict[str, str]:
    """Write a sheet as a row of a responses file, without who answered; texts apart.

    Notes
    -----
    **Missing answers**: an empty cell. Every line of the questionnaire has its column, whoever meets it.
    """
    row = {"unit": sheet.unit, "role": sheet.role, "wave": questionnaire.wave, "form": questionnaire.form}
    row |= {one.id: JOINED.join(sheet.chosen.get(one.id, ())) for one in questionnaire.questions if one.options}
    columns = dict.fromkeys(one.column for one in questionnaire.statements())
    return row | {name: sheet.answers.get(name, "") for name in columns}


def row_sheet(
    questionnaire: Questionnaire, forms: Sequence[PaperForm], row: Mapping[str, str], texts: Mapping[str, str]
) -> Sheet:
    """Read a row of a responses file as the sheet it was: the first form that has all of it."""
    columns = {one.column for one in questionnaire.statements()}
    answers = {name: value for name, value in row.items() if name in columns and value}
    fits = [one for one in forms if answers.keys() <= {line.statement.column for line in one.lines}]
    own = [one for one in fits if row.get(ROLE) in [role.id for role in one.roles]]
    several = [one for one in fits if len(one.roles) != 1]
    form = (own or several or fits or list(forms))[0]
    chosen = {one.id: tuple(row[one.id].split(JOINED)) for one in questionnaire.questions if row.get(one.id)}
    return Sheet(form.letter, row.get(ROLE, ""), row.get(UNIT, ""), answers, chosen, dict(texts))


def sheet_values(sheet: Sheet) -> dict[str, Any]:
    """Give what a page shows of a sheet, as `read_sheet` reads it."""
    about = {name: value for name, value in ((ROLE, sheet.role), (UNIT, sheet.unit)) if value}
    return about | dict(sheet.answers) | {name: list(one) for name, one in sheet.chosen.items()} | dict(sheet.texts)


def closed_lines(form: PaperForm) -> int:
    """Count what is ticked on a form: its lines, its choices, role and unit where they are asked."""
    about = (len(form.roles) > 1) + form.asks_unit
    return about + len(form.lines) + sum(bool(one.options) for one in form.questions)
