"""What people read before the first question."""

from dataclasses import replace

from assessment.responses.questionnaire import SMALLEST_GROUP
from assessment.responses.writers.welcome import minutes, welcome
from assessment.scoring.confidentiality import Settings


def test_the_smallest_group_told_is_the_one_that_a_release_begins_with():
    assert Settings().min_group == SMALLEST_GROUP


def test_the_smallest_group_promised_is_the_one_that_was_announced(asked):
    (told,) = [one["fr"] for one in welcome(replace(asked("plain"), min_group=15)) if "groupe" in one["fr"]]
    assert told.endswith("pour un groupe de moins de 15 réponses.")
    assert [one["fr"] for one in welcome(asked("plain")) if "moins de 10 réponses" in one["fr"]]


def test_minutes_are_those_of_who_is_asked_most(asked):
    # plain, full: an agent answers a_01 and a_02 and s_01 twice, e_01 once (7 x 6 s), chooses twice (2 x 30 s) and
    # writes once (40 s): 142 s, three minutes; the short form asks a_01 twice, e_01 once, and two choices: 78 s
    assert minutes(asked("plain")) == 3
    assert minutes(asked("plain", "short")) == 2


def test_who_is_asked_one_question_is_not_told_of_two(asked):
    assert len(welcome(asked("one"))) == len(welcome(asked("plain"))) - 1
    assert set(welcome(asked("long"))[0]) == {"fr", "en", "de"}
