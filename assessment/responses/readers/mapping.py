"""The mapping: a small TOML file that links a foreign questionnaire to an instrument.

```toml
tool = "google"                        # who wrote the export; left out = recognised
wave = "2026"                          # for all responses
form = "short"                         # full or short, for all responses
prefix = "mairie-"                     # before the tool's numbers: two forms of one wave may both count from 1

[columns]                              # a heading or code = where it goes
"Je partage mes échecs" = "pm_01.reality"
"Votre service" = "unit"               # or respondent, role, wave, form, weight, or a question's id

[keep]                                 # a heading = the name of a background variable
"Ancienneté" = "seniority"

[answers]                              # a label = a number, "na" (not concerned) or "" (no answer)
"Plutôt d’accord" = 4

[values.role]                          # what a column says = what the instrument says
"Agent·e" = "agent"

[dates]                                # the wave from a date; order dmy or mdy where the dates do not tell
column = "Horodateur"
wave = "year"                          # or month
order = "dmy"
```
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assessment.faults import Fault, Faults, refuse
from assessment.framework.model import Framework
from assessment.responses.answers import NOT_CONCERNED_MARK
from assessment.responses.cells import BOM, Source
from assessment.responses.columns import RESERVED, accepted_headings
from assessment.responses.readers.limits import MOST_MAPPING
from assessment.responses.readers.sources import content_of

WORDS = ("tool", "wave", "form", "prefix")
TABLES = ("columns", "keep", "answers", "values", "dates")
WHOLE = re.compile(r"0|-?[1-9][0-9]{0,8}")
ORDERS = ("dmy", "mdy", "ymd")
SPANS = ("year", "month")
ALLOWED = {"order": ORDERS, "wave": SPANS, "form": ("full", "short")}


@dataclass(frozen=True)
class ColumnMapping:
    """What somebody said of an export; everything may be left out."""

    tool: str = ""
    wave: str = ""
    form: str = ""
    prefix: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    keep: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    file: str = ""


def load_mapping(source: Source, framework: Framework) -> ColumnMapping:
    r"""Load a mapping, or tell all that is wrong with it.

    Parameters
    ----------
    source
        A TOML file (UTF-8), or an open binary file.
    framework
        The instrument the headings lead to.

    Raises
    ------
    Faults
        ``mapping_syntax``; ``mapping_key_unknown``, ``mapping_type``, ``mapping_target_unknown``, ``mapping_answer``,
        ``mapping_value``.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> file = io.BytesIO(b'wave = "2026"\n[answers]\n"Oui" = 5\n')
    >>> load_mapping(file, load_framework("collectivite-apprenante")).answers
    {'Oui': '5'}
    """
    content, file = content_of(source)
    try:
        if len(content) > MOST_MAPPING:
            raise Faults([Fault("export_too_large", {"file": file}, {"most": MOST_MAPPING // 1_000_000})])
        tree = tomllib.loads(content.removeprefix(BOM).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Faults([Fault("mapping_syntax", {"file": file}, {"reason": str(error)})]) from error
    refuse(*faults_of(tree, framework, file))
    plain = {name: tree[name] for name in (*WORDS, "columns", "keep", "values", "dates") if name in tree}
    return ColumnMapping(
        **plain, answers={label: str(answer) for label, answer in tree.get("answers", {}).items()}, file=file
    )


def faults_of(tree: Mapping[str, Any], framework: Framework, file: str) -> Iterator[Fault]:
    """Yield what is wrong with a mapping."""
    allowed = ", ".join((*WORDS, *TABLES))
    for key, value in tree.items():
        place = {"file": file, "key": key}
        if key not in (*WORDS, *TABLES):
            yield Fault("mapping_key_unknown", place, {"allowed": allowed})
        elif not is_shaped(key, value):
            yield Fault("mapping_type", place, {})
        elif key == "columns":
            yield from target_faults(value, framework, file)
        elif key == "answers":
            yield from answer_faults(value, file)
        elif key in ("dates", "form"):
            yield from choice_faults(value if key == "dates" else {"form": value}, file)


def is_shaped(key: str, value: Any) -> bool:
    """Say whether a key holds what it should: a text, a table of texts, for answers numbers too."""
    if key in WORDS:
        return isinstance(value, str)
    if not isinstance(value, Mapping):
        return False
    if key == "values":
        return all(isinstance(one, Mapping) and all(isinstance(x, str) for x in one.values()) for one in value.values())
    kinds = str | int if key == "answers" else str
    return all(isinstance(one, kinds) and not isinstance(one, bool) for one in value.values())


def targets_of(framework: Framework) -> set[str]:
    """Name all that a column may lead to."""
    return {*accepted_headings(framework), *RESERVED, *(question.id for question in framework.questions)}


def target_faults(columns: Mapping[str, str], framework: Framework, file: str) -> Iterator[Fault]:
    """Yield the targets nobody knows."""
    known = targets_of(framework)
    for heading, target in columns.items():
        if target and target not in known:
            place = {"file": file, "key": "columns", "column": heading}
            yield Fault(
                "mapping_target_unknown", place, {"value": target, "example": next(iter(accepted_headings(framework)))}
            )


def answer_faults(answers: Mapping[str, str | int], file: str) -> Iterator[Fault]:
    """Yield the labels that lead to no answer."""
    for label, answer in answers.items():
        if isinstance(answer, str) and answer not in ("", NOT_CONCERNED_MARK) and not WHOLE.fullmatch(answer):
            yield Fault("mapping_answer", {"file": file, "key": "answers", "column": label}, {"value": answer})


def choice_faults(told: Mapping[str, str], file: str) -> Iterator[Fault]:
    """Yield what is not one of the words that are allowed."""
    for key, value in told.items():
        if value not in ALLOWED.get(key, (value,)):
            place = {"file": file, "key": key}
            yield Fault("mapping_value", place, {"value": value, "allowed": ", ".join(ALLOWED[key])})


def mapping_text(mapping: ColumnMapping) -> str:
    r"""Write a mapping as the file `load_mapping` reads; what says nothing is left out.

    Examples
    --------
    >>> print(mapping_text(ColumnMapping(wave="2026", answers={"Plutôt": "4", "Bof": ""})))
    wave = "2026"
    <BLANKLINE>
    [answers]
    "Plutôt" = 4
    "Bof" = ""
    <BLANKLINE>
    """
    lines = [f"{name} = {quoted(getattr(mapping, name))}" for name in WORDS if getattr(mapping, name)]
    for name in ("columns", "keep", "answers", "dates"):
        lines += table_lines(name, getattr(mapping, name), numbers=name == "answers")
    for target, values in mapping.values.items():
        lines += table_lines(f"values.{quoted(target)}", values)
    return "\n".join(lines) + "\n"


def table_lines(name: str, table: Mapping[str, str], numbers: bool = False) -> list[str]:
    """Write a table, with a blank line before it; nothing for an empty one."""
    if not table:
        return []
    cells = [(key, int(value) if numbers and value.lstrip("-").isdecimal() else value) for key, value in table.items()]
    return [
        "",
        f"[{name}]",
        *(f"{quoted(key)} = {value if isinstance(value, int) else quoted(value)}" for key, value in cells),
    ]


def quoted(text: str) -> str:
    """Write a text as TOML does, which has JSON's escapes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
