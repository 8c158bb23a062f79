"""Microsoft Forms: a workbook headed ID, start, end, e-mail and name; several choices end in ``;`` each."""

from dataclasses import replace

from assessment.responses.readers.export import PERSONAL, QUESTION, RESPONDENT, TECHNICAL, Export, make_export
from assessment.responses.readers.grids import Grid
from assessment.responses.readers.wordings import normalised

TOOL = "microsoft"
STARTS = ("heure de début", "start time")
ENDS = ("heure de fin", "completion time")
OWN = (
    "total points",
    "quiz feedback",
    "nombre total de points",
    "commentaires sur le questionnaire",
    "langue",
    "language",
)
WHO = (*STARTS, *ENDS, "adresse de messagerie", "email", "nom", "name", "heure de la dernière modification")


def recognises(grid: Grid) -> bool:
    """Say whether this is an export of Microsoft Forms."""
    found = [normalised(heading) for heading in grid.headings[:3]]
    return found[:1] in (["id"], ["id de réponse"]) and bool(set(found) & set(STARTS)) and bool(set(found) & set(ENDS))


def read(grid: Grid) -> Export:
    """Read an export of Microsoft Forms."""
    first = grid.headings[0]

    def kind_of(code: str) -> str:
        plain = normalised(code)
        if code == first:
            return RESPONDENT
        if plain in WHO or plain.startswith(("points - ", "feedback - ")):
            return PERSONAL if plain in WHO else TECHNICAL
        return TECHNICAL if plain in OWN else QUESTION

    return replace(make_export(TOOL, grid, kind_of=kind_of), joined=(";",))
