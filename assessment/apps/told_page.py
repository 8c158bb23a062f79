"""What the home page says of what has just happened, with the way to undo it."""

from collections.abc import Iterator

from assessment.apps.shell import faults_block
from assessment.apps.whereabouts import Standing, Told


def told(standing: Standing) -> Iterator[dict]:
    """Say what has just happened."""
    happened = standing.told
    if happened is None:
        return
    if happened.faults:
        yield faults_block(standing.language, "told", standing.say(happened.key), happened.faults)
        return
    tone = {"absent": "warning", "erased": "info", "left": "info"}.get(happened.key, "good")
    title = standing.say(f"{happened.key}_title", **happened.values)
    notice = {"kind": "notice", "id": "told", "tone": tone, "title": title}
    if happened.key in ("absent", "brought", "erased", "left"):
        notice["lines"] = [standing.say(happened.key)]
    yield notice | {"actions": list(ways_back(standing, happened))}


def ways_back(standing: Standing, happened: Told) -> Iterator[dict]:
    """Offer to undo what has just happened."""
    if happened.key == "erased":
        yield {"id": "undo", "label": standing.say("undo")}
    elif happened.key == "left":
        yield {"id": "go_back", "label": standing.say("go_back")}
    elif happened.key == "renamed" and happened.before:
        yield {"id": "rename", "label": standing.say("undo_rename"), "values": {"organisation": happened.before}}
