"""What people ticked becomes an answer: by number, by label, by what the tool says its codes stand for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assessment.framework.model import AnswerScale
from assessment.responses.answers import NOT_CONCERNED_MARK, whole_number
from assessment.responses.readers.wordings import normalised
from assessment.texts.words import dictionary

NUMBER, EXACT, NORMALISED, MAPPED = "number", "exact", "normalised", "mapping"
IN_LABEL, CODE, UNKNOWN = "number_in_label", "code", "unknown"
"""How a label was read; the last two but one are conventions that the report names, the last is no answer."""

NUMBERED = re.compile(r"([-+]?\d{1,3})\s*(?:[-–—:.)=]|\s)\s*\D.*", re.S)
CODED = re.compile(r"AO?0*(\d{1,3})")
"""LimeSurvey's own codes of answers, in their order: A1, AO01."""

HOLED = re.compile(r"([-+]?\d{1,9})[.,]0+")


@dataclass(frozen=True)
class Labels:
    """How the answers of one column are read.

    Parameters
    ----------
    scale
        The answers allowed.
    said
        By label: what the mapping says.
    stands_for
        By code: the label the tool's file says it stands for.
    missing
        Codes the tool's file calls missing.
    coded
        Whether the tool writes codes of answers in their order.
    """

    scale: AnswerScale
    said: Mapping[str, str] = field(default_factory=dict)
    stands_for: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    coded: bool = False

    def read(self, text: str) -> tuple[str, str]:
        """Read one cell: the answer as our files write it, and how it was found; the cell itself when it is none.

        Examples
        --------
        >>> scale = AnswerScale(1, 5, {"fr": ("Pas du tout", "Un peu", "Moyen", "Assez", "Tout à fait")})
        >>> labels = Labels(scale, stands_for={"1": "Tout à fait"})
        >>> labels.read("tout à fait"), labels.read("4,0"), labels.read("1"), labels.read("peut-être")
        (('5', 'normalised'), ('4', 'number'), ('5', 'exact'), ('peut-être', 'unknown'))
        """
        text = text.strip()
        if text == "":
            return "", EXACT
        for label in (text, self.stands_for.get(text, "")):
            found = label and self._labelled(label)
            if found:
                return found
        return ("", EXACT) if text in self.missing else self._numbered(text)

    def _labelled(self, label: str) -> tuple[str, str] | None:
        if label in self.said:
            return self.said[label], MAPPED
        plain = normalised(label)
        said = {answer for one, answer in self.said.items() if normalised(one) == plain}
        if len(said) == 1:
            return said.pop(), MAPPED
        if label == NOT_CONCERNED_MARK:
            return NOT_CONCERNED_MARK, EXACT
        pairs = list(labels_of(self.scale))
        for how, fits in ((EXACT, lambda one: one == label), (NORMALISED, lambda one: normalised(one) == plain)):
            found = {answer for one, answer in pairs if fits(one)}
            if len(found) == 1:
                return found.pop(), how
        return None

    def _numbered(self, text: str) -> tuple[str, str]:
        holed = HOLED.fullmatch(text)
        number = int(holed[1]) if holed else whole_number(text)
        if number is not None:
            return str(number), NUMBER
        found = NUMBERED.fullmatch(text)
        if found and self._labelled(text[found.end(1) :].strip(" -–—:.)=")) in (None, *self._as(found[1])):
            inside = self.scale.low <= int(found[1]) <= self.scale.high
            return (str(int(found[1])), IN_LABEL) if inside else (text, UNKNOWN)
        code = CODED.fullmatch(text)
        if code and self.coded and 1 <= int(code[1]) <= self.scale.options:
            return str(self.scale.low + int(code[1]) - 1), CODE
        return text, UNKNOWN

    def _as(self, number: str) -> Iterable[tuple[str, str]]:
        return ((str(int(number)), how) for how in (EXACT, NORMALISED, MAPPED))


def labels_of(scale: AnswerScale) -> Iterable[tuple[str, str]]:
    """Yield each label of an answer scale, in any language, with its answer; "not concerned" in our words, too."""
    for labels in scale.labels.values():
        yield from ((label, str(scale.low + place)) for place, label in enumerate(labels))
    ours = dictionary("questionnaire")["not_concerned"]
    yield from ((label, NOT_CONCERNED_MARK) for label in (*scale.not_concerned.values(), *ours.values()))
