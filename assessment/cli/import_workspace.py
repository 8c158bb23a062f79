"""``apprenance import --output WORKSPACE``: responses into a campaign of a workspace; the same file adds nothing."""

from pathlib import Path

from assessment.cli.messages import note
from assessment.responses.readers import Imported
from assessment.texts import format_number, word
from assessment.workspace import add_responses, campaign_for, open_workspace


def receive(path: Path, campaign: str | None, framework: str, found: Imported, language: str) -> None:
    """Keep what an export held in a workspace, which is made when there is none, and tell how much of it is new."""
    with open_workspace(path, create=True) as workspace:
        chosen = campaign_for(workspace, campaign, framework)
        received = add_responses(workspace, chosen, found.responses, found.verbatims, found.preview.file)
    counts = {name: getattr(received, name) for name in ("read", "kept", "duplicates", "differing")}
    told = {name: format_number(count, language, 0) for name, count in counts.items()}
    note(word("importing.received", language, file=path.name, campaign=chosen, **told))
