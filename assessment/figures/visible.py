"""What will be visible of a survey, and which mergers would bring hidden groups to light, in words and tables."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from assessment.figures.framing_passages import headed, whole
from assessment.figures.passages import Passage, passage
from assessment.framework.model import Framework
from assessment.practices import score_visibility
from assessment.practices.framing.document import ROLE, UNIT, listed, part
from assessment.practices.framing.visibility import FEW_EXPECTED, expectation
from assessment.scoring.dimensions import CROSSED
from assessment.texts import format_number, format_share, word

Document = Mapping[str, Any]

NEARLY = 0.01
"""A chance nearer to 0 or 1 is told as under or over: more digits would be false precision."""

GROUPED = (UNIT, ROLE)
ENDS = (("one", "from"), ("other", "into"))


def role_names(framework: Framework, language: str) -> dict[str, str]:
    """Name the roles of an instrument."""
    return {role.id: role.name[language] for role in framework.roles}


class Names:
    """What units, roles and their mergers are called.

    Parameters
    ----------
    document
        A framing.
    framework
        The instrument.
    language
        ``"fr"`` or ``"en"``.
    """

    def __init__(self, document: Document, framework: Framework, language: str):
        self.language = language
        self.mergers = listed(document, "mergers")
        units = {one["unit"]: one.get("name") or one["unit"] for one in listed(document, "units")}
        self.alone = {UNIT: units, ROLE: role_names(framework, language)}

    def of(self, by: str, group: str | None) -> str:
        """Name a group of a grouping, with what is merged into it."""
        if group is None:
            return word("framing.no_unit" if by == UNIT else "framing.no_role", self.language)
        above, _, own = group.partition(CROSSED)
        known = self.alone[by]
        if group not in known and own == above:
            return word("framing.own_people", self.language, name=self.together(by, above))
        return self.together(by, group)

    def together(self, by: str, group: str) -> str:
        """Name a group and what is merged into it."""
        gone = [one["from"] for one in self.mergers if one["kind"] == by and one["into"] == group]
        return " + ".join(self.alone[by].get(one, one) for one in (group, *gone))

    def merged(self) -> tuple[str, ...]:
        """Tell the mergers announced."""
        return tuple(
            word("framing.merged", self.language, **{key: self.alone[one["kind"]][one[end]] for key, end in ENDS})
            for one in self.mergers
        )


def visible_part(document: Document, framework: Framework, language: str) -> Passage:
    """Tell which groups a release will likely show."""
    table = score_visibility(document, framework)
    least = format_number(expectation(document, None, None)[1], language, 0)
    if table.empty:
        told = word("framing.visible_none", language)
        return passage("framing", "visible", language, told, ([], []), min_group=least)
    names = Names(document, framework, language)
    grouped = table[table["by"].isin(GROUPED)]
    columns = headed(language, group=False, headcount=True, expected=True)
    columns.append({"label": word("framing.heading_chance", language, min_group=least), "numeric": True})
    columns += headed(language, shown=False)
    rows = [visible_row(row, names, language) for row in grouped.to_dict("records")]
    told = told_visible(document, table, names, language)
    found = passage("framing", "visible", language, told, (columns, rows), min_group=least)
    return Passage(
        *(getattr(found, name) for name in ("id", "title", "told", "note", "columns", "rows")), names.merged()
    )


def told_visible(document: Document, table: pd.DataFrame, names: Names, language: str) -> str:
    """Tell the main things of what will be visible."""
    everybody, rate = table.iloc[0], part(document, "method").get("rate")
    numbers = {"count": everybody["headcount"], "expected": math.floor(everybody["expected"])}
    values = {name: format_number(number, language, 0) for name, number in numbers.items()}
    if rate is None:
        told = [word("framing.visible_everyone", language, count=values["count"])]
    else:
        told = [word("framing.visible_expected", language, rate=format_share(rate, language), **values)]
    if not everybody["shown"]:
        return " ".join([*told, word("framing.visible_whole_hidden", language)])
    grouped, crossed = table[table["by"].isin(GROUPED)], table[table["by"] == CROSSED.join(GROUPED)]
    hidden = grouped[~grouped["shown"]]
    if len(hidden):
        listed_names = ", ".join(names.of(row["by"], row["group"]) for row in hidden.to_dict("records"))
        told.append(word("framing.visible_hidden", language, names=listed_names))
    elif len(grouped):
        told.append(word("framing.visible_all", language))
    if len(crossed):
        counts = {"shown": crossed["shown"].sum(), "count": len(crossed)}
        numbers = {name: format_number(int(number), language, 0) for name, number in counts.items()}
        told.append(word("framing.visible_crossed", language, **numbers))
    return " ".join(told)


def visible_row(row: Mapping[str, Any], names: Names, language: str) -> list[str]:
    """Tell of one group whether it will be visible."""
    reason = "shown" if row["shown"] else row["reason"]
    needed = {"share": format_share(rounded_up(row["rate_needed"]), language)} if reason == FEW_EXPECTED else {}
    certain = row["expected"] == row["headcount"]
    return [
        names.of(row["by"], row["group"]),
        format_number(row["headcount"], language, 0),
        format_number(math.floor(row["expected"]), language, 0),
        format_share(row["chance"], language) if certain else told_chance(row["chance"], language),
        word(f"framing.reason_{reason}", language, **needed),
    ]


def rounded_up(share: float) -> float:
    """Give a share in whole percents that is no smaller."""
    return math.ceil(round(100 * share, 9)) / 100


def told_chance(chance: float, language: str) -> str:
    """Tell a chance in whole percents; none is told to be certain that floating point only takes for it.

    Examples
    --------
    >>> told_chance(1.0, "en"), told_chance(0.5, "en"), told_chance(1e-9, "en"), told_chance(0.0, "en")
    ('over 99%', '50%', 'under 1%', '0%')
    """
    if chance == 0:
        return format_share(chance, language)
    if chance > 1 - NEARLY:
        return word("framing.over", language, share=format_share(1 - NEARLY, language))
    if chance < NEARLY:
        return word("framing.under", language, share=format_share(NEARLY, language))
    return format_share(chance, language)


def merger_part(plans: pd.DataFrame, document: Document, framework: Framework, language: str) -> Passage:
    """Tell which mergers would bring hidden groups to light.

    Parameters
    ----------
    plans
        `find_mergers`.
    document, framework, language
        As in `mandate_parts`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.practices import find_mergers
    >>> framework = load_framework("collectivite-apprenante")
    >>> people = [{"role": "agent", "headcount": 40}, {"role": "manager", "headcount": 12},
    ...     {"role": "executive", "headcount": 3}]
    >>> plans = find_mergers({"people": people}, framework, rate=0.9)
    >>> merger_part(plans, {}, framework, "en").rows
    [['Executive with Manager', '15', '0']]
    """
    if plans.empty:
        return passage("framing", "mergers", language, word("framing.mergers_none", language), ([], []))
    names = Names(document, framework, language)
    rows = [merger_row(row, names, language) for row in plans.to_dict("records")]
    told = word("framing.mergers_best", language, people=rows[0][1], left=rows[0][2])
    columns = headed(language, plan=False, people_shown=True, people_hidden=True)
    return passage("framing", "mergers", language, told, (columns, rows))


def merger_row(row: Mapping[str, Any], names: Names, language: str) -> list[str]:
    """Tell one plan of mergers."""
    known = names.alone[row["kind"]]
    pairs = [
        word("framing.pair", language, one=known.get(one, one), other=known.get(other, other))
        for one, other in row["merged"]
    ]
    numbers = (row["people_shown"], row["people_hidden"])
    return [
        "; ".join(pairs) if language == "en" else "\u202f; ".join(pairs),
        *(whole(one, language) for one in numbers),
    ]
