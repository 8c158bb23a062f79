"""What tests of the systems map share: the real files, which lie beside the project."""

import io
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAPS = ROOT.parent / "shared" / "maps"


@pytest.fixture(scope="session")
def real():
    """Give a function from a name to the path of one of the real files."""

    def find(name):
        path = MAPS / name
        if not path.is_file():
            pytest.skip(f"NOT TESTED HERE: {name}, a real file of another tool (no {MAPS})")
        return path

    return find


@pytest.fixture(scope="session")
def upload():
    """Give a function from a name and a content to an open file, as a page receives it."""

    def open_(name, content):
        file = io.BytesIO(content.encode() if isinstance(content, str) else content)
        file.name = name
        return file

    return open_
