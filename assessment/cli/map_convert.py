"""``apprenance map convert``: a systems map from one tool's file to another's."""

from pathlib import Path

from assessment.cli.messages import note, remark
from assessment.faults import Fault, Faults
from assessment.systems import read_map, write_map
from assessment.texts import word


def run(language: str, source: Path, target: Path, force: bool) -> None:
    """Read a map, write it in the format the other file's ending asks for, and say what happened on the way."""
    if target.exists() and not force:
        raise Faults([Fault("file_exists", {"file": target.name})])
    reading = read_map(source)
    lost = write_map(reading.graph, target, force)
    for finding in (*reading.findings, *lost):
        remark(finding, language)
    note(word("commands.written", language, file=str(target)))
