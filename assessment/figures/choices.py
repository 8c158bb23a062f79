"""The scarce choice in words and as a table: what is chosen most, whether people choose alike, what roles share."""

from collections.abc import Mapping

import pandas as pd

from assessment.figures import readings
from assessment.figures.intervals import listed, probability_of_chance, share_between, share_told
from assessment.figures.rows import Row, group_name, in_language, records
from assessment.framework.model import Framework
from assessment.texts import format_number, format_share, word

SHOWN = 3
"""Options named in words: as many as one may choose of the bundled framework."""

SLIGHT = 0.20
"""Agreement beyond chance up to here is called slight (Landis & Koch 1977)."""

ALPHA = 0.05


def describe_choices(
    rows: pd.DataFrame, agreement: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10
) -> str:
    """Learn in words what is chosen most and whether people choose alike.

    Parameters
    ----------
    rows
        Released rows of ``choices`` of one wave, one group and one question.
    agreement
        The released row of ``choice_agreement`` of the same group and question; it may be empty.
    framework
        The instrument, for the options' words.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"question": "three_choices", "option": "team_learning", "n": 40, "share": 0.375,
    ...     "by_chance": 0.25}])
    >>> describe_choices(rows, rows.iloc[:0], load_framework("collectivite-apprenante"), "en")
    'Chosen most: Thinking together across departments (38%). By chance each would be by 25%.'
    """
    found = records(rows)
    told = [row for row in found if row.get("share") is not None]
    if not told:
        why = readings.reason_words((found[0] if found else {}).get("reason") or "nobody_chose", language, min_group)
        return word("priorities.choices_hidden", language, why=why)
    names = option_names(framework, language)
    most = sorted(told, key=lambda row: -row["share"])[:SHOWN]
    pairs = [(names[row["option"]], share_told(row["share"], language)) for row in most]
    by_chance = format_share(told[0]["by_chance"], language)
    first = word("priorities.choices_most", language, names=listed(pairs, language), share=by_chance)
    return " ".join([first, *agreement_words(agreement, language)])


def agreement_words(agreement: pd.DataFrame, language: str) -> list[str]:
    """Tell whether people choose alike, and how much; nothing where it is not known."""
    row = next(iter(records(agreement)), {})
    if row.get("p_value") is None:
        return []
    values = {
        "overlap": format_number(row["overlap"], language, 2),
        "chance": format_number(row["by_chance"], language, 2),
        "p": probability_of_chance(row["p_value"], language),
    }
    if row["p_value"] >= ALPHA:
        return [word("priorities.choices_apart", language, **values)]
    agreed = format_number(row["agreement"], language, 2)
    told = [word("priorities.choices_alike", language, agreement=agreed, **values)]
    return [*told, word("priorities.choices_weak", language)] if row["agreement"] <= SLIGHT else told


def table_choices(
    rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10
) -> tuple[list[dict], list[list[str]]]:
    """Read each option's share with its interval, the most chosen first.

    Parameters
    ----------
    rows
        As in `describe_choices`.
    framework, language, min_group
        As in `describe_choices`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"question": "three_choices", "option": "team_learning", "n": 40, "share": 0.375,
    ...     "ci_low": 0.24, "ci_high": 0.53, "by_chance": 0.25}])
    >>> table_choices(rows, load_framework("collectivite-apprenante"), "en")[1]
    [['Thinking together across departments', '38% (24% to 53%)', '40', '']]
    """
    columns = [
        {"label": word("priorities.subject", language)},
        {"label": word("priorities.chosen_interval", language), "numeric": True},
        {"label": word("figures.respondents", language), "numeric": True},
        {"label": word("figures.remark", language)},
    ]
    names = option_names(framework, language)
    ordered = sorted(records(rows), key=lambda row: -(row.get("share") or 0))
    return columns, [choice_row(row, names, language, min_group) for row in ordered]


def choice_row(row: Row, names: Mapping[str, str], language: str, min_group: int) -> list[str]:
    """Write one option's row."""
    return [
        names[row["option"]],
        share_between(row, ("share", "ci_low", "ci_high"), language),
        format_number(row.get("n"), language, 0),
        readings.reason_words(row.get("reason"), language, min_group),
    ]


def describe_role_choices(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> str:
    """Learn in words what the first choices of roles have in common, and what is one role's own.

    Parameters
    ----------
    rows
        Rows of ``role_choices`` of one wave and one question.
    framework, language, min_group
        As in `describe_choices`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"group": role, "option": "team_learning", "standing": "common"}
    ...     for role in ("elected", "agent")])
    >>> describe_role_choices(rows, load_framework("collectivite-apprenante"), "en")
    'Among the first choices of all roles shown: Thinking together across departments.'
    """
    found = [row for row in records(rows) if row.get("standing")]
    if not found:
        return word("priorities.nothing_told", language)
    names = option_names(framework, language)
    common = list(dict.fromkeys(names[row["option"]] for row in found if row["standing"] == "common"))
    own = [
        (names[row["option"]], group_name("role", row["group"], framework, {}, language))
        for row in found
        if row["standing"] == "own"
    ]
    told = word("priorities.roles_none_common", language)
    if common:
        told = word("priorities.roles_common", language, names=", ".join(common))
    return " ".join([told, *([word("priorities.roles_own", language, names=listed(own, language))] if own else [])])


def table_role_choices(
    rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10
) -> tuple[list[dict], list[list[str]]]:
    """Read each role's first choices and who else has them.

    Parameters as in `describe_role_choices`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"group": "elected", "option": "team_learning", "share": 0.6, "standing": "own"}])
    >>> table_role_choices(rows, load_framework("collectivite-apprenante"), "en")[1]
    [['Elected member', 'Thinking together across departments', '60%', 'this role alone']]
    """
    columns = [
        {"label": word("priorities.role", language)},
        {"label": word("priorities.subject", language)},
        {"label": word("priorities.chosen_interval", language), "numeric": True},
        {"label": word("priorities.standing", language)},
    ]
    names = option_names(framework, language)
    return columns, [
        [
            group_name("role", row["group"], framework, {}, language),
            names[row["option"]],
            share_told(row["share"], language),
            word(f"priorities.standing_{row['standing']}", language) if row.get("standing") else "",
        ]
        for row in records(rows)
    ]


def option_names(framework: Framework, language: str) -> dict[str, str]:
    """Give the options' words by their id."""
    return {
        option.id: in_language(option.text, language) for question in framework.questions for option in question.options
    }
