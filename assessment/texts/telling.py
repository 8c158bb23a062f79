"""Faults and findings in words: where it is, what it is, what to do."""

import re
from collections.abc import Iterable, Iterator

from assessment.faults import PLACES, Remark
from assessment.texts.words import dictionary

FOREIGN = ("value", "column", "item", "text", "perspective")
"""Values that come from the input as they are: a cell may hold a page, a heading a whole question."""

LONGEST = 80
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""Line ends, and what would make a terminal act; spaces that do not break are no part of it."""

SEPARATOR = {"fr": "\u00a0: ", "en": ": "}


def tell(remark: Remark, language: str) -> str:
    """Tell a fault or a finding.

    Parameters
    ----------
    remark
        A code, a place, values.
    language
        ``"fr"`` or ``"en"``.

    Returns
    -------
    str
        One line: file, row, column, item as far as they are known, then the sentence.

    Examples
    --------
    >>> from assessment.faults import Fault
    >>> place = {"file": "a.csv", "row": 7, "column": "a_01"}
    >>> tell(Fault("answer_out_of_range", place, {"value": "6", "low": 1, "high": 5}), "en")
    'a.csv, row 7, column a_01: “6” is not an answer; answers go from 1 to 5. Correct the cell, or leave it empty.'
    """
    where, sentence = place_and_sentence(remark, language)
    return f"{where}{SEPARATOR[language]}{sentence}" if where else sentence[:1].upper() + sentence[1:]


def place_and_sentence(remark: Remark, language: str) -> tuple[str, str]:
    """Tell a fault or a finding in two: where it is, and what it is and what to do.

    Examples
    --------
    >>> from assessment.faults import Fault
    >>> place_and_sentence(Fault("file_empty", {"file": "a.csv"}), "fr")[0]
    'a.csv'
    """
    sentence = dictionary("faults")[remark.code][language].format(**worded(remark, language))
    return one_line(", ".join(places(remark, language))), one_line(sentence)


def tell_all(remarks: Iterable[Remark], language: str) -> Iterator[str]:
    """Tell several remarks, one line each."""
    return (tell(remark, language) for remark in remarks)


def places(remark: Remark, language: str) -> Iterator[str]:
    """Word the place of a remark, the widest first."""
    words = dictionary("places")
    for name in PLACES:
        value = remark.place.get(name)
        if value in (None, "") or (name == "item" and value == remark.place.get("column")):
            continue
        word = "header" if (name, value) == ("block", "framework") else name
        yield words[word][language].format(value=value if name == "file" else shortened(value))


def worded(remark: Remark, language: str) -> dict[str, object]:
    """Give the values of a remark; those that are themselves words (a kind of block, a type) in the language."""
    words = dictionary("places")
    found = {"column": "", **remark.place, **remark.values}
    values = {name: shortened(value) if name in FOREIGN else value for name, value in found.items()}
    for name in ("target", "expected"):
        known = words.get(str(values.get(name)))
        if known:
            values[name] = known[language].format(value="").strip()
    return values


def shortened(value: object) -> object:
    """Cut a text that would fill the screen."""
    long = isinstance(value, str) and len(value) > LONGEST
    return value[: LONGEST - 1] + "…" if long else value


def one_line(text: str) -> str:
    """Write a message on one line, without control characters."""
    return CONTROLS.sub(" ", text)
