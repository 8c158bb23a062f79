"""``apprenance questionnaire``: an instrument becomes a questionnaire of the survey tool people already have."""

from pathlib import Path

from assessment.cli.messages import named_framework, note
from assessment.documents.saving import check_free, save
from assessment.faults import Fault, Faults
from assessment.framework import Framework
from assessment.responses import load_units
from assessment.responses.questionnaire import SMALLEST_GROUP, make_questionnaire
from assessment.responses.readers import mapping_text
from assessment.responses.writers import ENDINGS, write_questionnaire
from assessment.texts import word

BESIDE = ".mapping.toml"


def run(
    language: str,
    framework: str | None,
    tool: str,
    form: str,
    units: Path | None,
    wave: str | None,
    min_group: int | None,
    output: Path,
    force: bool,
) -> None:
    """Write a questionnaire and, when it offers units, the mapping that leads their codes back."""
    instrument = named_framework(framework, language)
    check_ending(output, tool)
    offered = load_units(units, instrument) if units else None
    questionnaire = make_questionnaire(instrument, form, offered, wave or "", min_group or SMALLEST_GROUP)
    written = write_questionnaire(questionnaire, tool, spoken(instrument, language))
    beside = output.with_suffix(BESIDE)
    check_free(output, *([beside] if written.mapping else []), force=force)
    save(output, written.content, force)
    note(word("commands.written", language, file=str(output)))
    if written.mapping:
        save(beside, mapping_text(written.mapping), force)
        note(word("commands.mapping_written", language, file=str(beside)))


def spoken(framework: Framework, language: str) -> str:
    """Give the person's language where the instrument speaks it, else its first."""
    return language if language in framework.languages else framework.languages[0]


def check_ending(output: Path, tool: str) -> None:
    """Refuse a file that the tool would not open under its name."""
    if output.suffix.lower() != ENDINGS[tool]:
        raise Faults([Fault("questionnaire_ending", {"file": output.name}, {"ending": ENDINGS[tool], "tool": tool})])
