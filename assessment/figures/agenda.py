"""What to talk about, in words and tables: priorities, visions, choices, what goes together, whose voice weighs."""

from collections.abc import Iterator

from assessment.figures.choices import describe_choices, describe_role_choices, table_choices, table_role_choices
from assessment.figures.outcomes import describe_outcome_weights, table_outcome_weights
from assessment.figures.passages import Passage, Tables, answered, of_everybody, passage
from assessment.figures.priorities import describe_priorities, table_priorities
from assessment.figures.rows import in_language
from assessment.figures.shared_vision import describe_shared_vision, table_shared_vision
from assessment.figures.ties import describe_dimension_ties, table_dimension_ties
from assessment.figures.voices import describe_plurality, table_plurality
from assessment.framework.model import Framework

WHOLE = {
    "priorities": ("priorities", describe_priorities, table_priorities),
    "shared_vision": ("shared_vision", describe_shared_vision, table_shared_vision),
    "outcomes": ("outcome_weights", describe_outcome_weights, table_outcome_weights),
    "ties": ("dimension_ties", describe_dimension_ties, table_dimension_ties),
    "voices": ("plurality", describe_plurality, table_plurality),
}
"""The passages about the organisation: table, words, cells."""


def agenda_parts(tables: Tables, framework: Framework, language: str, *, min_group: int = 10) -> list[Passage]:
    """Learn in words and tables what to talk about, and who wants it.

    Parameters
    ----------
    tables
        Released tables of one wave by name, those there are: ``priorities``, ``shared_vision``, ``choices`` with
        ``choice_agreement``, ``role_choices``, ``outcome_weights``, ``dimension_ties``, ``plurality``. A passage is
        told where its table has rows.
    framework
        The instrument, for names and order.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told.

    Returns
    -------
    list of Passage
        In the order in which a group would ask.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> import pandas as pd
    >>> framework = load_framework("collectivite-apprenante")
    >>> agenda_parts({"priorities": pd.DataFrame()}, framework, "en")
    []
    """
    found = {name: table for name, table in tables.items() if not table.empty}
    whole = {}
    for name, (needed, describe, table) in WHOLE.items():
        if needed in found:
            told = answered(describe, table, found[needed], framework, language, min_group=min_group)
            whole[name] = passage("agenda", name, language, *told)
    choices = list(choice_parts(found, framework, language, min_group))
    first = [whole.pop(name) for name in ("priorities", "shared_vision") if name in whole]
    return [*first, *choices, *whole.values()]


def choice_parts(tables: Tables, framework: Framework, language: str, min_group: int) -> Iterator[Passage]:
    """Tell each question's choices, of everybody and of roles."""
    for question in framework.questions:
        for name, tell in (("choices", everybody_chose), ("role_choices", roles_chose)):
            if name in tables and (rows := asked(of_question(tables, name), question.id)).size:
                told, table = tell(tables, rows, framework, language, min_group)
                yield passage("agenda", name, language, told, table, question=in_language(question.text, language))


def of_question(tables: Tables, name: str):
    """Give the rows of choices that are told: everybody's, or those of roles."""
    return of_everybody(tables[name]) if name == "choices" else tables[name]


def asked(table, question: str):
    """Give the rows of one question."""
    return table[table["question"] == question]


def everybody_chose(tables: Tables, rows, framework: Framework, language: str, min_group: int):
    """Tell what everybody chose."""
    alike = asked(of_everybody(tables["choice_agreement"]), rows["question"].iloc[0])
    told = describe_choices(rows, alike, framework, language, min_group=min_group)
    return told, table_choices(rows, framework, language, min_group=min_group)


def roles_chose(tables: Tables, rows, framework: Framework, language: str, min_group: int):
    """Tell what each role chose first."""
    return answered(describe_role_choices, table_role_choices, rows, framework, language, min_group=min_group)
