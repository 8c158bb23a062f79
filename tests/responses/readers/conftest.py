"""An instrument with all that an export can meet: two perspectives, labels, roles, questions of each kind."""

import io
from pathlib import Path

import pytest

from assessment.framework import load_framework
from assessment.responses.readers import load_mapping, read_export

EXPORTS = Path(__file__).resolve().parents[3].parent / "shared" / "exports"

INSTRUMENT = """
id = "door"
version = "1"
languages = ["fr", "en"]
perspectives = ["reality", "vision"]
prompt.reality = {fr = "Aujourd’hui ?", en = "Today?"}
prompt.vision = {fr = "Demain ?", en = "Tomorrow?"}

[answer_scale]
low = 1
high = 5
labels.fr = ["Pas du tout", "Un peu", "À moitié", "Plutôt d’accord", "Tout à fait"]
labels.en = ["Not at all", "A little", "Half", "Rather", "Entirely"]
not_concerned = {fr = "Non concerné", en = "Not concerned"}

[[role]]
id = "agent"
name = {fr = "Agent", en = "Member of staff"}
[[role]]
id = "elected"
name = {fr = "Élu", en = "Elected member"}

[[dimension]]
id = "a"
name = {fr = "A", en = "A"}
[[dimension]]
id = "e"
name = {fr = "E", en = "E"}
perspectives = ["reality"]

[[item]]
id = "a_01"
dimension = "a"
text = {fr = "La collectivité apprend de ses erreurs", en = "We learn from our mistakes"}
[[item]]
id = "a_02"
dimension = "a"
text = {fr = "Je partage mes échecs", en = "I share my failures"}
[[item]]
id = "e_01"
dimension = "e"
text = {fr = "L’accueil s’améliore", en = "Reception improves"}

[[wording]]
item = "e_01"
roles = ["elected"]
text = {fr = "L’accueil des habitants s’améliore", en = "The reception of residents improves"}

[[question]]
id = "levers"
kind = "choose"
choose = 2
text = {fr = "Quels leviers d’apprentissage ?", en = "Which levers of learning?"}
[[question.option]]
id = "form"
text = {fr = "Formation", en = "Training"}
[[question.option]]
id = "peers"
text = {fr = "Échanges entre pairs, réseaux", en = "Exchanges among peers, networks"}
[[question.option]]
id = "time"
text = {fr = "Temps", en = "Time"}

[[question]]
id = "site"
kind = "choice"
text = {fr = "Quel site ?", en = "Which site?"}
[[question.option]]
id = "north"
text = {fr = "Nord", en = "North"}
[[question.option]]
id = "south"
text = {fr = "Sud", en = "South"}

[[question]]
id = "comment"
kind = "open"
text = {fr = "Commentaire", en = "Comment"}
"""


@pytest.fixture(scope="session")
def door(tmp_path_factory):
    path = tmp_path_factory.mktemp("framework") / "door.toml"
    path.write_text(INSTRUMENT, "utf-8")
    return load_framework(path)


@pytest.fixture(scope="session")
def read(door, upload):
    """Read an export made by hand; a mapping is given as TOML."""

    def call(content, name="export.csv", mapping=None, **options):
        said = load_mapping(io.BytesIO(mapping.encode()), door) if mapping else None
        return read_export(upload(content, name), door, mapping=said, **options)

    return call


@pytest.fixture(scope="session")
def real():
    """Give a real export, or say aloud that it is not here."""

    def find(name):
        path = EXPORTS / name
        if not path.exists():
            pytest.skip(f"NOT TESTED HERE: {path} is absent")
        return path

    return find


@pytest.fixture(scope="session")
def answers():
    """Give the answers of an import as our files write them, by column."""

    def call(found, *names):
        return [[{0: "", 255: "na"}.get(code, code) for code in found.responses[name].tolist()] for name in names]

    return call
