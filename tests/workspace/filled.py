"""A workspace with something in each of its tables, and all that stands in one."""

import io

from sqlalchemy import select

from assessment.framework import load_framework
from assessment.responses import load_responses
from assessment.scoring import release, score_wave
from assessment.workspace import (
    MapStore,
    PracticeStore,
    RoadmapStore,
    SettingsStore,
    add_campaign,
    add_framework,
    add_responses,
    add_tokens,
    keep_release,
    open_workspace,
)
from assessment.workspace.schema import OPENED, SCHEMA
from assessment.workspace.seals import unsealed

FRAMEWORK = """
id = "short"
version = "1"
languages = ["en"]
perspectives = ["reality"]
answer_scale = { low = 1, high = 5 }
[[dimension]]
id = "d"
name.en = "D"
[[item]]
id = "a_01"
dimension = "d"
text.en = "A"
[[item]]
id = "a_02"
dimension = "d"
text.en = "B"
"""


def drawing(*labels, name="Eau"):
    """A small map."""
    variables = [{"id": f"v{n}", "label": label} for n, label in enumerate(labels)]
    return {"format": "apprenance-map", "version": 1, "name": name, "actors": [], "variables": variables}


def fill(path, folder):
    """Make a workspace at `path` that has something of everything."""
    source = folder / "short.toml"
    source.write_text(FRAMEWORK, "utf-8")
    rows = "".join(f"r{n:02};{'AB'[n % 2]};{1 + n % 5};{1 + n % 4}\n" for n in range(40))
    responses = load_responses(io.BytesIO(f"respondent;unit;a_01;a_02\n{rows}".encode()), load_framework(str(source)))
    texts = responses[["respondent", "wave"]].assign(question="q", text="What I think of it.")
    with open_workspace(path, create=True) as workspace:
        framework = add_framework(workspace, source)
        add_campaign(workspace, "c", "Campaign", framework)
        add_responses(workspace, "c", responses, texts, "answers.csv")
        add_tokens(workspace, "c", "", 10, "A")
        keep_release(workspace, "c", release(score_wave(responses, framework, [("unit",)])))
        for n in range(3):
            store = MapStore(workspace, f"map {n}")
            store.save(drawing("Confiance", "Eau"), 1)
            store.snapshot("First")
            store.save(drawing("Confiance", "Eau", "Temps" * 50), 2)
        PracticeStore(workspace, "p").save({"facts": ["a", "b"]})
        RoadmapStore(workspace).save({"steps": [1, 2]})
        SettingsStore(workspace).save({"min_group": 11})
    return path


def everything(workspace):
    """All rows of all tables, but which machine is there."""
    with workspace.reading() as connection:
        return {
            table.name: sorted(map(tuple, unsealed(table, connection.execute(select(table)))))
            for table in SCHEMA.sorted_tables
            if table is not OPENED
        }
