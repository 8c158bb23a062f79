"""A damaged file is told to be damaged, or says what it always said: never something else, and it is left as it is."""

import random

import pytest

from assessment.faults import Faults
from assessment.workspace import check_workspace, open_workspace

TOLD = {"workspace_damaged", "workspace_foreign", "workspace_foreign_parts", "workspace_newer"}
PAGE = 4096


@pytest.fixture(scope="module")
def kept(tmp_path_factory, full, filled):
    """The bytes of a workspace that has something of everything, and what it says."""
    path = tmp_path_factory.mktemp("kept") / "a.apprenance"
    path.write_bytes(full)
    with open_workspace(path) as workspace:
        assert check_workspace(workspace) == ()
        return path.read_bytes(), filled.everything(workspace)


@pytest.fixture
def tried(tmp_path, kept, filled):
    """Give a function that opens bytes and says "same", or how they were refused."""
    path = tmp_path / "b.apprenance"

    def tell(content):
        path.write_bytes(content)
        try:
            with open_workspace(path) as workspace:
                assert filled.everything(workspace) == kept[1], "something else was read"
                return "same"
        except Faults as faults:
            codes = {fault.code for fault in faults.faults}
            assert codes <= TOLD | {"file_empty"}
            assert path.read_bytes() == content
            return min(codes)
        finally:
            assert [one.name for one in tmp_path.iterdir()] == [path.name]

    return tell


def flipped(content, place, bits):
    return content[:place] + bytes([content[place] ^ bits]) + content[place + 1 :]


def test_a_byte_that_changed_anywhere_is_never_read_as_something_else(kept, tried):
    content = kept[0]
    chance = random.Random(6)
    for page in range(0, len(content), PAGE):
        for place in (page + chance.randrange(12), page + chance.randrange(PAGE)):
            tried(flipped(content, place, 1 << chance.randrange(8)))


@pytest.mark.thorough
@pytest.mark.parametrize("page", range(20))
def test_every_region_of_every_page(kept, tried, page):
    content = kept[0]
    chance = random.Random(page)
    start = page * PAGE % len(content)
    places = [*range(start, start + 108, 1 if page == 0 else 4), *range(start + 108, start + PAGE, 41)]
    for place in places:
        tried(flipped(content, place, chance.randrange(1, 256)))


def test_a_run_of_bytes_overwritten_is_never_read_as_something_else(kept, tried):
    content = kept[0]
    chance = random.Random(7)
    told = set()
    for _ in range(12):
        start, length = chance.randrange(len(content)), chance.randrange(1, 3000)
        told.add(tried((content[:start] + chance.randbytes(length) + content[start + length :])[: len(content)]))
    assert "workspace_damaged" in told


@pytest.mark.parametrize("share", [0, 0.001, 0.04, 0.2, 0.5, 0.77, 0.95, 0.999])
def test_a_file_cut_off_is_told_to_be(kept, tried, share):
    content = kept[0]
    assert tried(content[: int(len(content) * share)]) in TOLD | {"file_empty"}


def test_pages_in_another_order_are_told(kept, tried):
    content = kept[0]
    pages = [content[place : place + PAGE] for place in range(0, len(content), PAGE)]
    mixed = pages[1:]
    random.Random(8).shuffle(mixed)
    assert tried(pages[0] + b"".join(mixed)) in TOLD


def test_a_value_changed_by_other_hands_is_told(tmp_path, kept, filled):
    """Through SQLite itself: the pages hold together, the seal does not."""
    import sqlite3

    path = tmp_path / "b.apprenance"
    path.write_bytes(kept[0])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE responses SET unit = 'B' WHERE respondent = 'r00'")
    connection.close()
    with open_workspace(path) as workspace:
        (fault,) = check_workspace(workspace)
        assert (fault.code, fault.place["block"]) == ("workspace_damaged", "responses")
