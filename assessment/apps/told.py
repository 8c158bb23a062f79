"""What has just happened on a page, said at its top: what now stands and the way back, or why it could not be done."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assessment.apps.shell import MOST_FAULTS, faults_block
from assessment.faults import Fault


@dataclass(frozen=True)
class Told:
    """What has just happened.

    Parameters
    ----------
    key
        What its sentence is called in the page's words.
    tone
        Of the notice.
    values
        What its sentences name.
    lines
        Further sentences, by their keys.
    faults
        Why something could not be done; then nothing else is told.
    actions
        What can be done about it (`doing`).
    """

    key: str
    tone: str = "good"
    values: Mapping[str, object] = field(default_factory=dict)
    lines: Sequence[str] = ()
    faults: Sequence[Fault] = ()
    actions: Sequence[Mapping] = ()


def doing(action: str, label: str = "", **values: object) -> dict:
    """Give something that can be done, labelled with words of its own or with those called as the action.

    Examples
    --------
    >>> doing("put_back", delivery="d1")
    {'id': 'put_back', 'label': 'put_back', 'values': {'delivery': 'd1'}}
    """
    return {"id": action, "label": label or action, "values": values}


def told_blocks(told: Told | None, say: Callable[..., str], language: str, most: int = MOST_FAULTS) -> Iterator[dict]:
    """Write what has just happened.

    Parameters
    ----------
    told
        What it is; None = nothing.
    say
        Words something of the page.
    language
        ``"fr"`` or ``"en"``.
    most
        How many faults are told.

    Examples
    --------
    >>> words = {"gone": "{name} is gone", "undo": "Undo"}
    >>> told = Told("gone", "info", {"name": "Roads"}, actions=[doing("undo")])
    >>> [block] = told_blocks(told, lambda key, **values: words[key].format(**values), "en")
    >>> block["title"], block["actions"]
    ('Roads is gone', [{'id': 'undo', 'label': 'Undo', 'values': {}}])
    """
    if told is None:
        return
    title = say(told.key, **told.values)
    if told.faults:
        yield faults_block(language, "told", title, told.faults, most)
        return
    lines = [say(key, **told.values) for key in told.lines]
    actions = [{**action, "label": say(action["label"])} for action in told.actions]
    yield {"kind": "notice", "id": "told", "tone": told.tone, "title": title, "lines": lines, "actions": actions}
