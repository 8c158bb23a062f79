"""Which tools a questionnaire can be written for, and what somebody who has one of them is given."""

from dataclasses import dataclass
from importlib import import_module

from assessment.responses.questionnaire import Questionnaire
from assessment.responses.readers.mapping import ColumnMapping
from assessment.responses.writers.units import units_mapping

ENDINGS = {"limesurvey": ".txt", "xlsform": ".xlsx", "surveyjs": ".json", "redcap": ".csv", "paper": ".pdf"}
"""The tools, and how a file for each is called."""

TOOLS = tuple(ENDINGS)

WITHOUT_MAPPING = ("paper", "surveyjs")
"""Those that bring the units' own ids back."""


@dataclass(frozen=True)
class Written:
    """A questionnaire for one tool.

    Parameters
    ----------
    content
        The file that the tool opens.
    mapping
        What `read_export` must be told of the tool's export besides; None when its codes say all.
    """

    content: bytes
    mapping: ColumnMapping | None


def write_questionnaire(questionnaire: Questionnaire, to: str, language: str = "") -> Written:
    """Write a questionnaire for a survey tool.

    Parameters
    ----------
    questionnaire
        What is asked (`make_questionnaire`).
    to
        One of `TOOLS`.
    language
        The language a respondent meets first, and the only one where a file holds one only (``redcap``, ``paper``);
        empty = the instrument's first. The others hold all of the instrument's languages.

    Returns
    -------
    Written
        The file and, when units are offered, the mapping that leads them back.

    Raises
    ------
    Faults
        What the tool cannot hold, naming the item.

    Notes
    -----
    **Missing answers**: every question may be left blank, in every tool; "not concerned" is the answer ``na``.
    """
    module = import_module(f"assessment.responses.writers.{to}")
    content = module.write(questionnaire, language or questionnaire.languages[0])
    return Written(content, None if to in WITHOUT_MAPPING else units_mapping(questionnaire))
