"""Whatever refusal these tests provoke is told in both languages: a sentence that misses a value fails here."""

import io

import pytest

from assessment.faults import Faults
from assessment.framework import load_framework
from assessment.texts.telling import one_line, tell


@pytest.fixture(scope="module", autouse=True)
def tell_every_refusal():
    raised = Faults.__init__

    def told(self, faults):
        raised(self, faults)
        for fault in self.faults[:100]:
            for language in ("fr", "en"):
                text = tell(fault, language)
                for place in ("row", "column", "item"):
                    assert one_line(str(fault.place.get(place, "")))[:40] in text

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Faults, "__init__", told)
        yield


INSTRUMENT = """
id = "small"
version = "1"
languages = ["fr"]
perspectives = ["reality", "vision"]
answer_scale = {low = 1, high = 5}
role = [
  {id = "agent", name.fr = "Agent"},
  {id = "citizen", name.fr = "Citoyen"},
  {id = "user", parent = "citizen", name.fr = "Usager"},
]
dimension = [
  {id = "a", name.fr = "A"},
  {id = "e", name.fr = "E", perspectives = ["reality"], answer_scale = {low = 0, high = 10}},
]
item = [
  {id = "a_01", dimension = "a", short = true, text.fr = "Un"},
  {id = "a_02", dimension = "a", roles = ["agent"], text.fr = "Deux"},
  {id = "e_01", dimension = "e", text.fr = "Trois"},
]
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A framework with two perspectives, a dimension of reality only on 0-10, three roles."""
    path = tmp_path_factory.mktemp("framework") / "small.toml"
    path.write_text(INSTRUMENT, "utf-8")
    return load_framework(path)


@pytest.fixture(scope="session")
def bundled():
    return load_framework("collectivite-apprenante")


@pytest.fixture(scope="session")
def faults_of():
    """Give the faults of a call that must be refused."""

    def call(function, *arguments, **options):
        with pytest.raises(Faults) as refused:
            function(*arguments, **options)
        return refused.value.faults

    return call


@pytest.fixture(scope="session")
def upload():
    """Give an open file, as an upload is."""

    def make(content, name="answers.csv"):
        file = io.BytesIO(content.encode() if isinstance(content, str) else content)
        file.name = name
        return file

    return make
