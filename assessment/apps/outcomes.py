"""What became of an import, told: it was kept or its keeping stopped, it was taken back, it was put back."""

from assessment.apps.arrivals import Kept
from assessment.apps.survey_page import DIAGNOSTIC
from assessment.apps.told import Told, doing
from assessment.workspace import Withdrawn


def told_kept(kept: Kept, releases: int, is_late: bool = False) -> Told:
    """Say what became of a file that was kept, and offer to take it back.

    Parameters
    ----------
    kept
        What became of it.
    releases
        How often results of the campaign were let out.
    is_late
        Whether somebody stopped it when it was done already.
    """
    received = kept.received
    values = {"file": kept.file, "read": received.read, "kept": received.kept, "duplicates": received.duplicates}
    values |= {"differing": received.differing, "waves": ", ".join(one for one in kept.waves if one)}
    lines = [key for key in ("duplicates", "differing") if getattr(received, key)]
    if not received.delivery:
        return Told("nothing_new_title", "info", values, lines)
    first = ["stopped_late"] if is_late else []
    first.append("kept_wave" if values["waves"] else "kept_no_wave")
    actions = [doing("take_back", delivery=received.delivery), {"notebook": DIAGNOSTIC, "label": "to_diagnostic"}]
    return Told("kept_title", values=values, lines=[*first, *lines, *stays(releases)], actions=actions)


def told_stopped(file: str) -> Told:
    """Say that nothing of a file was kept; the page still asks whether to keep it."""
    return Told("stopped_title", "info", {"file": file}, ["stopped"])


def told_taken_back(gone: Withdrawn, releases: int) -> Told:
    """Say that an import is no longer there, and offer to put it back."""
    actions = [doing("put_back", delivery=gone.delivery)]
    values = {"file": gone.source, "count": gone.responses}
    return Told("taken_back_title", "info", values, ["taken_back", *stays(releases)], actions=actions)


def told_put_back(gone: Withdrawn) -> Told:
    """Say that an import is there again."""
    return Told("put_back_title", values={"file": gone.source, "count": gone.responses})


def stays(releases: int) -> list[str]:
    """Say that what was let out stays, where anything was."""
    return ["released_stay"] if releases else []
