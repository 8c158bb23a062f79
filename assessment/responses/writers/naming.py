"""Names and labels in survey tools: of statements where no name may stand twice, of answers, of marks a tool reads."""

from collections import Counter
from collections.abc import Iterable, Iterator

from assessment.faults import Fault, refuse
from assessment.framework.model import AnswerScale, Text
from assessment.responses.answers import NOT_CONCERNED_MARK
from assessment.responses.questionnaire import UNKNOWN_ROLE, Questionnaire, Statement

WIDE = 0xFEE0
"""From a character of ASCII to the same one at full width."""


def names_of(questionnaire: Questionnaire) -> dict[int, str]:
    """Name the statements, each by its Python id: by their code, and by ``code__role`` in other words for some roles.

    The words that somebody meets who does not say a role bear the code alone; the others also the first of their roles.
    """
    count = Counter(one.code for one in questionnaire.statements())
    return {id(one): name_of(one) if count[one.code] > 1 else one.code for one in questionnaire.statements()}


def name_of(statement: Statement) -> str:
    """Name one of several wordings."""
    if statement.roles is None or UNKNOWN_ROLE in statement.roles:
        return statement.code
    return f"{statement.code}__{statement.roles[0]}"


def answers(questionnaire: Questionnaire, scale: AnswerScale) -> Iterator[tuple[str, Text]]:
    """Yield the answers of a scale with their labels, "not concerned" last; a number without a label is its own."""
    for place, number in enumerate(range(scale.low, scale.high + 1)):
        labels = {one: scale.labels[one][place] for one in questionnaire.languages if one in scale.labels}
        yield str(number), {one: labels.get(one, str(number)) for one in questionnaire.languages}
    yield NOT_CONCERNED_MARK, dict(questionnaire.words("not_concerned")) | dict(scale.not_concerned)


def check_names(names: Iterable[str], tool: str) -> None:
    """Refuse names that a tool could not tell apart: small and capital letters are the same.

    Raises
    ------
    Faults
        ``questionnaire_name_twice``.
    """
    count = Counter(name.lower() for name in names)
    refuse(*(Fault("questionnaire_name_twice", {}, {"tool": tool, "name": name}) for name in count if count[name] > 1))


def wide(text: str, marks: str) -> str:
    """Write at full width what a tool would take for a mark of its own: it reads the same and does nothing.

    Readers take the two for the same (`normalised`), as Unicode does (NFKC).

    Examples
    --------
    >>> wide("{age} | x", "{}|")
    '｛age｝ ｜ x'
    """
    return text.translate({ord(mark): ord(mark) + WIDE for mark in marks})
