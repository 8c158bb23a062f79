"""LimeSurvey's results of our own questionnaire, as CsvWriter.php writes them; the package's writer is not asked."""

import csv
import io

from assessment.responses.codes import LONGEST, fitted, plain, role_codes
from assessment.responses.questionnaire import make_questionnaire
from assessment.responses.writers.units import unit_codes

STRANGE = '<img src=x onerror="window.harmed = true">'
"""A column that somebody added in LimeSurvey."""

ANONYMOUS = "1980-01-01 00:00:00"


def results(framework, responses, verbatims, units=None):
    """Write responses as the results of the full form: one row a response, codes as answers."""
    asked = make_questionnaire(framework, "full", units)
    cells = {"id": [str(number) for number in range(1, len(responses) + 1)]}
    cells |= {"submitdate": [ANONYMOUS] * len(responses), "lastpage": ["3"] * len(responses)}
    cells |= {"startlanguage": ["fr"] * len(responses), "ipaddr": ["192.0.2.1"] * len(responses)}
    cells["role"] = [role_codes(framework)[role] for role in responses["role"]]
    if asked.units:
        cells["unit"] = [unit_codes(asked).get(unit, "") for unit in responses["unit"]]
    for page in asked.pages:
        for block in page.blocks:
            for one in block.statements:
                if one.column in responses:
                    cells[f"{block.code}[{one.code}]"] = answers(responses, one)
    cells |= choices(framework, responses) | texts(framework, responses, verbatims)
    cells[STRANGE] = [STRANGE] + [""] * (len(responses) - 1)
    content = io.StringIO()
    writer = csv.writer(content, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(cells)
    writer.writerows(zip(*cells.values(), strict=True))
    return content.getvalue()


def answers(responses, statement):
    """Give a column of answers: only of those who meet the item in these words."""
    codes = {0: "", 255: "na"}
    met = [statement.roles is None or role in statement.roles for role in responses["role"]]
    values = responses[statement.column].tolist()
    return [codes.get(value, str(value)) if is_met else "" for value, is_met in zip(values, met, strict=True)]


def choices(framework, responses):
    """Give a column for each option of the questions of which several may be chosen."""
    found = {}
    for question in framework.questions:
        if question.kind == "choose" and question.id in responses:
            chosen = [set(str(cell).split("+")) for cell in responses[question.id].fillna("")]
            for option in question.options:
                name = f"{plain(question.id)}[{fitted(plain(option.id), LONGEST)}]"
                found[name] = ["Y" if option.id in one else "" for one in chosen]
    return found


def texts(framework, responses, verbatims):
    """Give a column for each open question."""
    found = {}
    for question in framework.questions:
        own = verbatims[verbatims["question"] == question.id]
        if question.kind == "open" and len(own):
            said = dict(zip(own["respondent"], own["text"], strict=True))
            found[plain(question.id)] = [said.get(one, "") for one in responses["respondent"]]
    return found
