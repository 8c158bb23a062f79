"""Where each column of an export goes: by a mapping, by its code, by its wording; guesses are told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.faults import Fault, Finding, refuse
from assessment.framework.model import Framework
from assessment.responses.codes import LETTERS, LONGEST, answer_code, marked, plain
from assessment.responses.columns import RESERVED, AnswerColumn, accepted_headings, answer_columns
from assessment.responses.readers.export import PERSONAL, QUESTION, RESPONDENT, Column, Export
from assessment.responses.readers.mapping import ColumnMapping
from assessment.responses.readers.personal import looks
from assessment.responses.readers.wordings import key_of, normalised

MAPPED, HEADING, CODE, EXACT, NORMALISED = "mapping", "heading", "code", "exact", "normalised"
"""How a column was matched."""

KEPT = "keep:"
"""Before the name of a background variable in a target."""

PATH = "/"
"""Between a group, or a question, and what stands in it."""

VARIANT = "__"
"""Between a code of ours and the role that meets the item in these words, in tools where no code may stand twice."""


@dataclass(frozen=True)
class Match:
    """A column, where it goes, how that was found, and which option it stands for when it is one of several."""

    column: Column
    target: str
    how: str
    option: str = ""


@dataclass(frozen=True)
class Instrument:
    """What an instrument is known by: headings, codes, wordings."""

    framework: Framework

    @cached_property
    def headings(self) -> Mapping[str, AnswerColumn]:
        """Give each heading of the contract its answer."""
        return accepted_headings(self.framework)

    @cached_property
    def codes(self) -> Mapping[str, set[str]]:
        """Give each code the answers it may mean: first those our questionnaires bear, then what comes near."""
        found: dict[str, set[str]] = {}
        for column in answer_columns(self.framework):
            key = key_of(column.item.id)
            found.setdefault(key + LETTERS[column.perspective].lower(), set()).add(column.name)
            if len(self.framework.perspectives_of(column.item.dimension)) == 1:
                found.setdefault(key, set()).add(column.name)
            found.setdefault(key_of(column.name), set()).add(column.name)
        found |= {key_of(marked(code, LONGEST)): {name} for code, name in self.written.items()}
        return found | {key_of(code): {name} for code, name in self.written.items()}

    @cached_property
    def written(self) -> Mapping[str, str]:
        """Give each code of our own questionnaires its answer."""
        return {
            answer_code(self.framework, one.item, one.perspective): one.name for one in answer_columns(self.framework)
        }

    @cached_property
    def wordings(self) -> Mapping[str, set[str]]:
        """Give each wording, normalised, the items it may be."""
        found: dict[str, set[str]] = {}
        texts = [(item.id, item.text) for item in self.framework.items]
        texts += [(wording.item, wording.text) for wording in self.framework.wordings]
        for item, text in texts:
            for one in text.values():
                found.setdefault(normalised(one), set()).add(item)
        return found

    @cached_property
    def exact(self) -> set[str]:
        """Give all wordings as they stand."""
        wordings = [one for item in (*self.framework.items, *self.framework.wordings) for one in item.text.values()]
        return {*wordings, *(one for question in self.framework.questions for one in question.text.values())}

    @cached_property
    def prompts(self) -> Mapping[str, tuple[str, ...]]:
        """Give the words that ask about each perspective, normalised."""
        told = self.framework.prompt.items()
        return {perspective: tuple(normalised(one) for one in text.values()) for perspective, text in told}

    @cached_property
    def perspectives(self) -> Mapping[str, tuple[AnswerColumn, ...]]:
        """Give each item's answers."""
        found: dict[str, tuple[AnswerColumn, ...]] = {}
        for column in answer_columns(self.framework):
            found[column.item.id] = (*found.get(column.item.id, ()), column)
        return found

    def by_code(self, code: str) -> str:
        """Give the answer a code names, whole or by its last part; empty when there is none, or more than one."""
        for part in parts(code):
            for one in (part, self.without_role(part)):
                found = self.codes.get(key_of(one), ())
                if len(found) == 1:
                    return next(iter(found))
        return ""

    def without_role(self, code: str) -> str:
        """Give what stands before a role behind a code."""
        whole, _, role = code.partition(VARIANT)
        return whole if key_of(role) in {key_of(one.id) for one in self.framework.roles} else code

    def by_path(self, code: str) -> tuple[str, str]:
        """Give the question and the option that a path of ids ends in: an option may be called like an item."""
        *_, whole, part = ("", *code.split(PATH))
        for question in self.framework.questions:
            if whole == question.id and part in (option.id for option in question.options):
                return question.id, part
        return "", ""

    def by_wording(self, text: str) -> tuple[str, str, bool]:
        """Give the answer a wording is, how it was found, and whether only the perspective is missing."""
        for around, part in wordings_in(text):
            items = self.wordings.get(normalised(part), ())
            if len(items) != 1:
                continue
            columns = self.perspectives[next(iter(items))]
            asked = [one for one in columns if self.is_prompted(around, one.perspective)]
            fitting = columns if len(columns) == 1 else asked
            if len(fitting) == 1:
                return fitting[0].name, EXACT if part in self.exact else NORMALISED, False
            return "", "", True
        return "", "", False

    def is_prompted(self, around: str, perspective: str) -> bool:
        """Say whether the words around a wording ask about a perspective."""
        told = normalised(around)
        return any(prompt in told for prompt in self.prompts.get(perspective, ()) if prompt)

    def by_question(self, column: Column) -> tuple[str, str, str]:
        """Give the question a column belongs to, the option it stands for, and how that was found."""
        for question in self.framework.questions:
            texts = {normalised(text) for text in question.text.values()}
            for whole, part in (*split_code(column.code), *wordings_in(column.text or column.code)):
                by_code = names(whole, question.id)
                if not by_code and normalised(whole) not in texts:
                    continue
                option = option_of(question, part) if part else ""
                if part and not option:
                    continue
                how = CODE if by_code else EXACT if whole in self.exact else NORMALISED
                return question.id, option, how
        return "", "", ""


def parts(code: str) -> Iterator[str]:
    """Yield a code, then what stands last in it.

    Examples
    --------
    >>> list(parts("G01[pm01R]")), list(parts("groupe/pm01R")), list(parts("G01_pm01R"))
    (['G01[pm01R]', 'pm01R'], ['groupe/pm01R', 'pm01R'], ['G01_pm01R', 'pm01R'])
    """
    yield code
    for separator in ("[", "/", ".", ":", "-", "_"):
        if separator in code.rstrip("]"):
            yield code.rstrip("]").rpartition(separator)[2]


def split_code(code: str) -> Iterator[tuple[str, str]]:
    """Yield a code as the question and the option within it, as tools write them.

    Examples
    --------
    >>> list(split_code("Q2[SQ1]")), list(split_code("race___1"))[0], list(split_code("g/q2/form"))
    ([('Q2', 'SQ1')], ('race', '1'), [('q2', 'form'), ('g/q2', 'form'), ('form', '')])
    """
    if code.endswith("]") and "[" in code:
        yield tuple(code[:-1].split("[", 1))
        return
    for separator in ("___", "/", ".", "_"):
        whole, found, part = code.rpartition(separator)
        if found:
            yield whole.rpartition("/")[2], part
            if "/" in whole:
                yield whole, part
    yield code.rpartition("/")[2], ""


def reserved(code: str) -> str:
    """Give the reserved column that a path ends in: role and unit stand in a group in some tools.

    Examples
    --------
    >>> reserved("about_you/role"), reserved("levers/training")
    ('role', '')
    """
    end = code.rpartition(PATH)[2]
    return end if end in RESERVED else ""


def wordings_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield a wording as what stands around it and itself: whole, in brackets at the end, below a line, after a dash.

    Examples
    --------
    >>> list(wordings_in("How far? [We learn]"))
    [('How far? [We learn]', 'How far? [We learn]'), ('How far?', 'We learn'), ('How far? [We learn]', '')]
    """
    yield text, text
    if text.endswith("]") and "[" in text:
        around, _, part = text[:-1].rpartition("[")
        yield around.strip(), part.strip()
        yield text, ""
        return
    for separator in (" - ", "\n", "/", " | ", " : ", "? ", ": "):
        around, found, part = text.rpartition(separator)
        if found:
            yield (around + separator).strip(" -\n/|"), part.strip()
            if separator == "/" and separator in around:
                yield around.rpartition("/")[2].strip(), part.strip()
    yield text, ""


def option_of(question, part: str) -> str:
    """Give the option of a question that a code or a wording is; empty when there is none."""
    for option in question.options:
        texts = {normalised(text) for text in option.text.values()}
        if names(part, option.id) or normalised(part) in texts:
            return option.id
    return ""


def names(code: str, id_: str) -> bool:
    """Say whether a code is an id, whole or shortened.

    Examples
    --------
    >>> names("PM01", "pm_01"), names("aquestionwithX927036", "a_question_with_a_long_id"), names("pm", "pm_01")
    (True, True, False)
    """
    return key_of(code) in (key_of(id_), key_of(marked(plain(id_), LONGEST)))


def match_columns(
    export: Export, framework: Framework, mapping: ColumnMapping
) -> tuple[list[Match], Mapping[int, str], list[Finding]]:
    """Find where each column goes.

    Parameters
    ----------
    export
        The neutral form.
    framework
        The instrument.
    mapping
        What somebody said of it; it goes before everything else.

    Returns
    -------
    tuple
        The matches; by place, why a column is left at the door; what is worth telling.

    Raises
    ------
    Faults
        ``mapping_heading_unknown`` for a heading of the mapping that the export does not have.
    """
    instrument, said = Instrument(framework), said_of(export, mapping)
    matches, dropped, findings = [], {}, []
    for column in export.columns:
        why = looks(export.cells[column.place]) if column.kind in (QUESTION, RESPONDENT, PERSONAL) else ""
        target = said.get(column.place)
        if why or (column.kind == PERSONAL and target is None):
            dropped[column.place] = why or column.why or "trace"
        elif target is not None:
            matches += matched_as_said(column, target, framework)
        elif column.kind == RESPONDENT:
            matches.append(Match(column, RESERVED[0], HEADING if column.code == RESERVED[0] else CODE))
        elif column.kind == QUESTION:
            found, lacks = matched(column, instrument)
            matches += [found] if found else []
            findings += [Finding("perspective_undecided", {"column": column.name})] if lacks else []
    return matches, dropped, findings


def said_of(export: Export, mapping: ColumnMapping) -> dict[int, str]:
    """Find the columns a mapping speaks of: by name, by code, by wording, by wording normalised."""
    said, faults = {}, []
    told = [*mapping.columns.items(), *((heading, KEPT + name) for heading, name in mapping.keep.items())]
    for heading, target in told:
        found = named_columns(export.columns, heading)
        if len(found) == 1:
            said[found[0].place] = target
        else:
            code = "mapping_heading_ambiguous" if found else "mapping_heading_unknown"
            faults.append(Fault(code, {"file": mapping.file, "column": heading}, {"count": len(found)}))
    refuse(*faults)
    return said


def named_columns(columns: Iterable[Column], heading: str) -> list[Column]:
    """Find the columns somebody means by a heading."""
    columns = list(columns)
    for says in (lambda one: one.name == heading, lambda one: heading in (one.code, one.text)):
        found = [one for one in columns if says(one)]
        if found:
            return found
    plain = normalised(heading)
    return [one for one in columns if plain in (normalised(one.code), normalised(one.text))]


def matched_as_said(column: Column, target: str, framework: Framework) -> list[Match]:
    """Match a column as somebody said; an empty target leaves it out."""
    if not target:
        return []
    question = next((one for one in framework.questions if one.id == target), None)
    ends = [part for _, part in (*split_code(column.code), *wordings_in(column.text or column.code)) if part]
    options = [option_of(question, part) for part in ends] if question else []
    answer = accepted_headings(framework).get(target)
    return [Match(column, answer.name if answer else target, MAPPED, next(filter(None, options), ""))]


def matched(column: Column, instrument: Instrument) -> tuple[Match | None, bool]:
    """Match a column by itself; the second is whether only the perspective is missing."""
    answer = instrument.headings.get(column.code)
    if answer or column.code in RESERVED:
        return Match(column, answer.name if answer else column.code, HEADING), False
    question, option = instrument.by_path(column.code)
    if question:
        return Match(column, question, CODE, option), False
    name = instrument.by_code(column.code) or reserved(column.code)
    if name:
        return Match(column, name, CODE), False
    question, option, how = instrument.by_question(column)
    if question:
        return Match(column, question, how, option), False
    name, how, lacks = instrument.by_wording(column.text or column.code)
    return (Match(column, name, how), False) if name else (None, lacks)
