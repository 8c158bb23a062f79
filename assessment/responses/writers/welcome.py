"""What people read before the first question: why to answer, how long it takes, what becomes of their answers."""

from math import ceil

from assessment.framework.model import Text
from assessment.responses.questionnaire import UNKNOWN_ROLE, Questionnaire

SECONDS_OF_A_STATEMENT, SECONDS_OF_A_CHOICE, SECONDS_OF_A_TEXT = 6, 30, 40
"""Conventions of this kit, until they are timed: the full form takes 18 to 20 minutes."""


def welcome(questionnaire: Questionnaire) -> tuple[Text, ...]:
    """Give the paragraphs that stand before the first question, each in every language.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.responses.questionnaire import make_questionnaire
    >>> short = make_questionnaire(load_framework("collectivite-apprenante"), "short")
    >>> [paragraph["en"].split(".")[0] for paragraph in welcome(short)][1:3]
    ['Allow about 7 minutes', 'Answering is voluntary']
    """
    say = questionnaire.words
    told = [say("welcome"), say("minutes", minutes=minutes(questionnaire)), say("voluntary")]
    told.append(say("confidential", min_group=questionnaire.min_group))
    if len(questionnaire.framework.perspectives) > 1:
        told.append(say("twice"))
    return tuple(told)


def minutes(questionnaire: Questionnaire) -> int:
    """Give about how long it takes whoever is asked most, in whole minutes, one at least."""
    known = [role.id for role in questionnaire.roles] or [UNKNOWN_ROLE]
    return max(1, *(ceil(seconds(questionnaire, role) / 60) for role in known))


def seconds(questionnaire: Questionnaire, role: str) -> int:
    """Give about how long one role takes, in seconds."""
    statements = sum(one.roles is None or role in one.roles for one in questionnaire.statements())
    total = statements * SECONDS_OF_A_STATEMENT
    for question in questionnaire.questions:
        asked = questionnaire.roles_of(question)
        if asked is None or role in asked:
            total += SECONDS_OF_A_TEXT if question.kind == "open" else SECONDS_OF_A_CHOICE
    return total
