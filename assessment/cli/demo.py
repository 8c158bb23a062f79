"""``apprenance demo``: the main job on the example commune, in one command."""

from pathlib import Path

import click

from assessment.cli.messages import note, staged
from assessment.cli.score import Asked, studied
from assessment.documents.saving import save
from assessment.example import load_example
from assessment.faults import Fault, Faults
from assessment.report.profile_page import write_profile
from assessment.scoring import Settings, lattice
from assessment.texts import word

SCORES = {"csv": "scores.csv", "json": "scores.json"}
PAGE = {"fr": "profil.html", "en": "profile.html"}


def run(language: str, output: Path, force: bool) -> None:
    """Score the example commune, print its profile and write its files."""
    files = {form: output / name for form, name in SCORES.items()} | {"html": output / PAGE[language]}
    present = [file for file in files.values() if file.exists()]
    if present and not force:
        raise Faults([Fault("file_exists", {"file": str(file)}) for file in present])
    with staged(language, "reading", "scoring", "writing") as step:
        example = load_example()
        step()
        asked = Asked(example.framework, lattice(example.responses), None, example.units, None, Settings())
        result = studied(example.responses, asked)
        step()
        make(output)
        for form in SCORES:
            save(files[form], result.text(form, language), force)
        write_profile(
            result.released,
            asked.framework,
            files["html"],
            word("commands.example_name", language),
            language,
            force=force,
            wave=result.wave,
            respondents=result.respondents,
            names=asked.names,
            min_group=asked.settings.min_group,
            fictive=True,
        )
    click.echo(word("commands.example_heading", language) + "\n")
    click.echo(result.text("table", language))
    for file in files.values():
        note(word("commands.written", language, file=str(file)))


def make(folder: Path) -> None:
    """Make the folder to write into."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Faults([Fault("file_unwritable", {"file": str(folder)}, {"reason": error.strerror})]) from error
