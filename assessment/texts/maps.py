"""What is read from a systems map in sentences: loops, named loops, archetypes, silos. Labels in, words out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assessment.texts.words import word


def tell_loop(
    labels: Sequence[str],
    polarities: Sequence[str | None],
    delays: Sequence[int],
    language: str,
    disputed: bool = False,
) -> str:
    """Tell a feedback loop by following one change all the way round.

    Parameters
    ----------
    labels
        What lies on the loop, in order.
    polarities
        Of the link that leaves each: ``"+"``, ``"-"`` or None.
    delays
        Of the same links, in steps.
    language
        ``"fr"`` or ``"en"``.
    disputed
        Whether a sign is unknown because participants differ.

    Examples
    --------
    >>> tell_loop(["effort", "fatigue"], ["+", "-"], [0, 2], "en")
    'When “effort” goes up, “fatigue” goes up, then “effort” goes down (later): the loop holds any change back.'
    """
    after = [*labels[1:], *labels[:1]]
    if None in polarities:
        steps = [word("maps.loop_acts", language, label=a, other=b) for a, b in zip(labels, after, strict=True)]
        key = "maps.loop_disputed" if disputed else "maps.loop_unknown"
        return sentence(word(key, language, steps=joined(late(steps, delays, language), language)))
    steps, rising = [], True
    for label, polarity in zip(after, polarities, strict=True):
        rising = rising == (polarity == "+")
        steps.append(word("maps.loop_up" if rising else "maps.loop_down", language, label=label))
    start = word("maps.loop_start", language, label=labels[0])
    told = f"{start}, {joined(late(steps, delays, language), language)}"
    return sentence(word("maps.loop_reinforcing" if rising else "maps.loop_balancing", language, steps=told))


def late(steps: Iterable[str], delays: Iterable[int], language: str) -> list[str]:
    """Say of each step that takes its time that it does."""
    return [
        word("maps.loop_late", language, step=step) if delay else step
        for step, delay in zip(steps, delays, strict=True)
    ]


def joined(steps: Sequence[str], language: str) -> str:
    """Put steps one after the other."""
    told = steps[0]
    for step in steps[1:]:
        told = word("maps.loop_then", language, first=told, second=step)
    return told


def sentence(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def tell_declared(row: Mapping[str, Any], labels: Mapping[Any, str], language: str) -> str:
    """Tell why a named loop is none, or is not of its kind; nothing where it holds.

    Parameters
    ----------
    row
        A row of the declared loops table.
    labels
        The label of each node by its id.
    language
        ``"fr"`` or ``"en"``.

    Examples
    --------
    >>> row = {"name": "Spiral", "reason": "link_missing", "source": "a", "target": "b", "found": None}
    >>> tell_declared(row, {"a": "Effort", "b": "Result"}, "en")
    '“Spiral” is no loop: a link from “Effort” to “Result” is missing.'
    """
    if row["reason"] is None:
        return ""
    found = word(f"maps.found_{row['found']}", language) if row["found"] else ""
    ends = {end: labels.get(row[end], row[end]) for end in ("source", "target")}
    return word(f"maps.declared_{row['reason']}", language, name=row["name"] or row.get("id", ""), found=found, **ends)


def tell_archetype(
    archetype: str, roles: Mapping[str, Sequence], labels: Mapping[Any, str], language: str
) -> dict[str, str]:
    """Tell a candidate: its name, its story with the words of the map, its usual leverage, the question to ask.

    Parameters
    ----------
    archetype
        Its id.
    roles
        The nodes of each role of the story.
    labels
        The label of each node by its id.
    language
        ``"fr"`` or ``"en"``.

    Returns
    -------
    dict
        ``name``, ``story``, ``leverage``, ``question``, and ``sign``: what one would expect to see if the story held.

    Examples
    --------
    >>> roles = {"problem": ["late"], "fix": ["overtime"], "side_effect": ["tired"]}
    >>> tell_archetype("fixes_that_fail", roles, {"tired": "Tiredness"}, "en")["story"]
    '“overtime” relieves “late”, but later “Tiredness” brings it back.'
    """
    named = {role: ", ".join(str(labels.get(node, node)) for node in nodes) for role, nodes in roles.items()}
    return {
        "name": word(f"archetypes.{archetype}_name", language),
        "story": word(f"archetypes.{archetype}_story", language, **named),
        "leverage": word(f"archetypes.{archetype}_leverage", language),
        "question": word(f"archetypes.{archetype}_question", language),
        "sign": word(f"archetypes.{archetype}_sign", language),
    }


def tell_why(entry: Mapping[str, Any], labels: Mapping[Any, str], language: str) -> str:
    """Tell one thing a candidate rests on.

    Parameters
    ----------
    entry
        A ``code`` and its values, from the ``why`` of a candidate.
    labels
        The label of each node by its id.
    language
        ``"fr"`` or ``"en"``.

    Examples
    --------
    >>> tell_why({"code": "loops", "reinforcing": [2], "balancing": []}, {}, "en")
    'Loops that amplify: 2; loops that hold back: none.'
    """
    values = {key: listed(value, labels, language) for key, value in entry.items() if key != "code"}
    return word(f"maps.why_{entry['code']}", language, **values)


def listed(value: Any, labels: Mapping[Any, str], language: str) -> str:
    """Write a number, or a list of loops or nodes."""
    if not isinstance(value, (list, tuple)):
        return str(value)
    return ", ".join(str(labels.get(one, one)) for one in value) or word("maps.nothing", language)


def tell_note(fault: Mapping[str, Any], labels: Mapping[Any, str], language: str) -> str:
    """Tell a row of the faults table of an analysis.

    Parameters
    ----------
    fault
        A ``code`` and its ``values``.
    labels
        The label of each node by its id.
    language
        ``"fr"`` or ``"en"``.

    Examples
    --------
    >>> tell_note({"code": "betweenness_sampled", "values": {"pivots": 300}}, {}, "en")
    'Betweenness is estimated from 300 actors drawn at random.'
    """
    if fault["code"] == "loop_does_not_hold":
        return tell_declared(fault["values"], labels, language)
    return word(f"maps.note_{fault['code']}", language, **fault["values"])


def tell_silo(reading: str, language: str) -> str:
    """Tell how inward groups are: against chance, never "bad".

    Examples
    --------
    >>> tell_silo("inward", "en")
    'more inward than chance would have it'
    """
    return word(f"maps.silo_{reading}", language)


def tell_circle(drawn: bool, language: str) -> str:
    """Tell whether the map draws Lorino's circle: what participants describe, never a circle detected.

    Examples
    --------
    >>> tell_circle(True, "en").split(". ")[1]
    'As drawn, it can rise or fall.'
    """
    return word("maps.circle_drawn" if drawn else "maps.circle_not_drawn", language)
