"""Short codes for the units that are offered, where a tool takes no id as it stands, and the way back."""

from assessment.responses.questionnaire import Questionnaire
from assessment.responses.readers.mapping import ColumnMapping


def unit_codes(questionnaire: Questionnaire) -> dict[str, str]:
    r"""Give each unit offered a code of letters and digits by its place: ``u1``, ``u2``; at most five characters.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_units
    >>> from assessment.responses.questionnaire import make_questionnaire
    >>> framework = load_framework("collectivite-apprenante")
    >>> units = load_units(io.BytesIO(b"unit;name\nVOI;Voirie\nCCAS;Action sociale\n"), framework)
    >>> unit_codes(make_questionnaire(framework, units=units))
    {'VOI': 'u1', 'CCAS': 'u2'}
    """
    return {unit: f"u{place}" for place, (unit, _) in enumerate(questionnaire.units, 1)}


def unit_names(questionnaire: Questionnaire) -> dict[str, str]:
    """Give the name under which each unit is offered; its id beside it where two have the same name."""
    names = [name for _, name in questionnaire.units]
    return {unit: name if names.count(name) == 1 else f"{name} ({unit})" for unit, name in questionnaire.units}


def units_mapping(questionnaire: Questionnaire) -> ColumnMapping | None:
    """Give the mapping that leads codes and names back to the units; None when no unit is asked.

    A unit may be called "U2": as the codes come last, they are read as codes.
    """
    if not questionnaire.units:
        return None
    names = {name: unit for unit, name in unit_names(questionnaire).items()}
    codes = {code: unit for unit, code in unit_codes(questionnaire).items()}
    return ColumnMapping(values={"unit": {**names, **codes}})
