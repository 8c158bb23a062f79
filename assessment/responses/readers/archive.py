"""LimeSurvey's archive (.lsa): the answers under the names of a database, and the questionnaire that explains them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from assessment.documents.workbooks import unpacked
from assessment.faults import Fault, Faults
from assessment.responses.readers.grids import Grid, sheet_grid
from assessment.responses.readers.limits import DEEPEST, MOST_CELLS, MOST_JSON, MOST_PLACES
from assessment.responses.readers.records import check_places

ANSWERS, STRUCTURE = "_responses.lsr", ".lss"
OLD_NAME = re.compile(r"_?\d+X\d+X(\d+)(.*)")
NEW_NAME = re.compile(r"_?Q(\d+)(.*)")
PART = re.compile(r"_S(\d+)")
MOST_OPEN = 100_000
"""Elements open at once; wordings may hold some that nobody closes."""

TAG = re.compile(r"<[^<>]{0,500}>")


def is_archive(names: Iterable[str]) -> bool:
    """Say whether a packed folder holds answers of LimeSurvey."""
    return any(name.endswith(ANSWERS) for name in names)


def lsa_grid(content: bytes, file: str) -> Grid:
    """Lay out an archive: the questions' codes as headings, their wording and what answer codes stand for beside.

    Raises
    ------
    Faults
        ``file_unpacks_too_large``, ``archive_path_unsafe``, ``xml_unsafe``, ``xml_syntax``, ``structure_missing``,
        ``sheet_too_large``, ``cell_too_long``, ``too_deep``.
    """
    parts = unpacked(content, file, MOST_JSON)
    answers = [name for name in parts if name.endswith(ANSWERS)]
    structures = [name for name in parts if name.endswith(STRUCTURE)]
    if len(answers) != 1 or not structures:
        raise Faults([Fault("structure_missing", {"file": file})])
    structure = Structure(xml_of(parts[structures[0]], file))
    tree = xml_of(parts[answers[0]], file)
    places = len(tree.findall("./responses/fields/fieldname")) * len(tree.findall("./responses/rows/row"))
    check_places(places, MOST_PLACES, file)
    names = [one.text or "" for one in tree.findall("./responses/fields/fieldname")]
    rows = [{cell.tag.lstrip("_"): cell.text or "" for cell in row} for row in tree.findall("./responses/rows/row")]
    keys = [name.lstrip("_") for name in names]
    grid = sheet_grid(
        [[structure.heading(key) for key in keys], *([row.get(key) for key in keys] for row in rows)], file, "LSA"
    )
    texts = {place: structure.text(key) for place, key in enumerate(keys)}
    labels = {place: structure.labels(key) for place, key in enumerate(keys)}
    return replace(grid, encoding="UTF-8", texts=texts, labels=labels)


def xml_of(content: bytes, file: str) -> Element:
    """Read a file in XML; entities and document types are refused unseen, and what is too large to be a tree."""
    check_places(content.count(b"<") - content.count(b"</"), MOST_CELLS, file)
    if is_deep(content):
        raise Faults([Fault("too_deep", {"file": file}, {"most": DEEPEST})])
    try:
        return fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Faults([Fault("xml_unsafe", {"file": file}, {})]) from error
    except (ParseError, ValueError, LookupError) as error:
        place = {"file": file, "row": getattr(error, "position", (None,))[0]}
        raise Faults([Fault("xml_syntax", place, {"reason": str(error)})]) from error


def is_deep(content: bytes) -> bool:
    """Say whether far more elements are open at once than any archive opens: what is no tree is not counted closely.

    Examples
    --------
    >>> is_deep(b"<a>" * 200_000 + b"</a>" * 200_000), is_deep(b"<a></a>" * 200_000)
    (True, False)
    """
    opened = 0
    for start in range(0, len(content), 2**16):
        block = content[start : start + 2**16]
        ended = 2 * block.count(b"</") + sum(map(block.count, (b"/>", b"<!", b"<?")))
        opened += block.count(b"<") - ended
        if opened > MOST_OPEN:
            return True
    return False


def plain(text: str) -> str:
    """Give a wording without its markup.

    Examples
    --------
    >>> plain("<p>L&rsquo;\u00e9quipe <b>apprend</b></p>")
    'L’équipe apprend'
    """
    return " ".join(unescape(TAG.sub(" ", text)).split())


class Structure:
    """The questionnaire of an archive: what the database's names mean."""

    def __init__(self, tree: Element):
        self.questions = {row["qid"]: row for row in rows_of(tree, "questions")}
        self.parts = {row["qid"]: row for row in rows_of(tree, "subquestions")}
        self.wordings: dict[str, str] = {}
        for name in ("question_l10ns", "questions", "subquestions"):
            for row in rows_of(tree, name):
                if row.get("question"):
                    self.wordings.setdefault(row["qid"], plain(row["question"]))
        words = {row["aid"]: plain(row.get("answer", "")) for row in rows_of(tree, "answer_l10ns") if "aid" in row}
        self.answers: dict[str, dict[str, str]] = {}
        for row in rows_of(tree, "answers"):
            label = words.get(row.get("aid", ""), plain(row.get("answer", "")))
            self.answers.setdefault(row["qid"], {}).setdefault(row["code"], label)

    def split(self, name: str) -> tuple[Mapping[str, str] | None, str, str]:
        """Split a name of the database: the question, the part's code, the part's wording."""
        old, new = OLD_NAME.fullmatch(name), NEW_NAME.fullmatch(name)
        found = old or new
        question = (
            next((self.questions[qid] for qid in shortened(found[1]) if qid in self.questions), None) if found else None
        )
        if question is None:
            return None, "", ""
        rest = found[1][len(question["qid"]) :] + found[2]
        part = PART.match(rest) if new else None
        own = [row for row in self.parts.values() if row["parent_qid"] == question["qid"]]
        sub = next((row for row in own if row["qid"] == (part[1] if part else "") or row["title"] == rest), None)
        if sub:
            return question, sub["title"], self.wordings.get(sub["qid"], "")
        return question, rest.strip("_").removeprefix("C"), ""

    def heading(self, name: str) -> str:
        """Give the heading LimeSurvey's CSV has for a name of the database."""
        question, code, _ = self.split(name)
        if question is None:
            return name
        return f"{question['title']}[{code}]" if code else question["title"]

    def text(self, name: str) -> str:
        """Give the wording: of the question, and of its part in brackets."""
        question, code, wording = self.split(name)
        whole = self.wordings.get(question["qid"], "") if question else ""
        return f"{whole} [{wording}]" if code else whole

    def labels(self, name: str) -> Mapping[str, str]:
        """Give what the codes of answers stand for."""
        question, _, _ = self.split(name)
        return self.answers.get(question["qid"], {}) if question else {}


def shortened(digits: str) -> Iterator[str]:
    """Yield a number with fewer and fewer digits at its end: a part named by a number is glued to the question's."""
    for end in range(len(digits), 0, -1):
        yield digits[:end]


def rows_of(tree: Element, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of the questionnaire."""
    for row in tree.findall(f"./{name}/rows/row"):
        yield {cell.tag: (cell.text or "") for cell in row}
