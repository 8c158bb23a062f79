"""A map made of hostile labels: every text of it, in every block, is one of `hostile_labels.json`."""

import json
from pathlib import Path

LONGEST_WORD = 200  # characters of an id, a unit, a role, a kind
COLUMNS, STEP_X, STEP_Y = 8, 240, 160  # of the grid they stand on, in pixels


def hostile_texts():
    """Give the forty texts by name."""
    told = json.loads(Path(__file__).with_name("hostile_labels.json").read_text("utf-8"))
    return {one["name"]: one["text"] * one.get("times", 1) for one in told["labels"]}


def hostile_map():
    """Give a map that holds: two in three elements are actors, the others variables; ids are hostile too."""
    texts = list(hostile_texts().values())
    ids = [text[:LONGEST_WORD] for text in texts]
    actors, variables = [], []
    for number, text in enumerate(texts):
        place = {"x": number % COLUMNS * STEP_X, "y": number // COLUMNS * STEP_Y}
        if number % 3 == 2:
            variables.append({"id": ids[number], "label": text, "note": turned(texts, number, 3), **place})
        else:
            words = {key: turned(ids, number, by) for key, by in (("role", 5), ("unit", 11), ("rank", 13))}
            actors.append({"id": ids[number], "label": text, **words, **place})
    participants = [
        {"id": one, "role": turned(ids, number, 2), "unit": turned(ids, number, 4)} for number, one in enumerate(ids)
    ]
    loops = [{"id": one, "name": turned(texts, number, 9), "nodes": [one]} for number, one in enumerate(ids)]
    return {
        "format": "apprenance-map",
        "version": 1,
        "name": texts[0],
        "actors": actors,
        "variables": variables,
        "ties": hostile_ties(ids, {one["id"] for one in variables}),
        "participants": participants,
        "loops": loops,
    }


def hostile_ties(ids, variables):
    """Tie each element to the next: causal links to variables, relations of a hostile kind to actors."""
    ties = []
    for number, source in enumerate(ids):
        target = turned(ids, number, 1)
        tie = {"id": f"{source[:190]} #{number}", "source": source, "target": target, "participants": [source]}
        kind = (
            {"kind": "causes", "polarity": "-", "delay": 1} if target in variables else {"kind": turned(ids, number, 6)}
        )
        ties.append(tie | kind)
    return ties


def turned(texts, number, by):
    """Give the text that stands so many further, round."""
    return texts[(number + by) % len(texts)]
