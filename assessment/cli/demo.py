"""``apprenance demo``: the main job on the example commune, in one command."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from assessment.cli.messages import note, staged
from assessment.cli.score_workspace import result_of
from assessment.documents.saving import save
from assessment.example import load_example
from assessment.faults import Fault, Faults
from assessment.report.profile_page import write_profile
from assessment.scoring import lattice
from assessment.texts import word
from assessment.workspace import (
    MapStore,
    Measured,
    add_campaign,
    add_framework,
    add_responses,
    measure_campaign,
    open_workspace,
    save_copy,
)
from assessment.workspace.maps import ACTORS

SCORES = {"csv": "scores.csv", "json": "scores.json"}
PAGE = {"fr": "profil.html", "en": "profile.html"}
CAMPAIGN = "valclair"
WORKSPACE = "valclair.apprenance"


def run(language: str, output: Path, force: bool) -> None:
    """Score the example commune, print its profile and write its files."""
    files = {form: output / name for form, name in SCORES.items()}
    files |= {"html": output / PAGE[language], "workspace": output / WORKSPACE}
    present = [file for file in files.values() if file.exists()]
    if present and not force:
        raise Faults([Fault("file_exists", {"file": str(file)}) for file in present])
    make(output)
    with staged(language, "scoring", "writing") as step:
        found = kept_example(files["workspace"], language, force)
        result = result_of(found, lattice(found.responses), None)
        step()
        for form in SCORES:
            save(files[form], result.text(form, language), force)
        write_profile(
            result.released,
            result.asked.framework,
            files["html"],
            word("commands.example_name", language),
            language,
            force=force,
            wave=result.wave,
            respondents=result.respondents,
            names=result.asked.names,
            min_group=result.asked.settings.min_group,
            fictive=True,
        )
    click.echo(word("commands.example_heading", language) + "\n")
    click.echo(result.text("table", language))
    for file in files.values():
        note(word("commands.written", language, file=str(file)))


def kept_example(path: Path, language: str, force: bool) -> Measured:
    """Write a workspace with all there is of the example commune, its release among it."""
    example = load_example()
    with TemporaryDirectory() as folder, open_workspace(Path(folder) / WORKSPACE, create=True) as workspace:
        framework = add_framework(workspace, example.framework.id)
        add_campaign(workspace, CAMPAIGN, word("commands.example_heading", language), framework)
        add_responses(workspace, CAMPAIGN, example.responses, example.verbatims, example.paths["responses"].name)
        MapStore(workspace, ACTORS).save(example.map)
        found = measure_campaign(workspace, CAMPAIGN, units=example.units)
        save_copy(workspace, path, force)
    return found


def make(folder: Path) -> None:
    """Make the folder to write into."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Faults([Fault("file_unwritable", {"file": str(folder)}, {"reason": error.strerror})]) from error
