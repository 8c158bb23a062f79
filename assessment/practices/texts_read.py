"""What people wrote, read by somebody of the mandate group before others see it: shown, reworded or kept back."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from assessment.faults import refuse
from assessment.practices.shape import Among, Block, Blocks, Number, Text

FORMAT, VERSION = "apprenance-texts-read", 1

SHOWN, KEPT_BACK, MASKED, TO_READ = "shown", "kept_back", "masked", "to_read"

COLUMNS = ("key", "wave", "question", "n", "text", "told", "state")
"""One row is one text: ``text`` as it was written, ``told`` as others may read it, None where they may not."""

LONGEST_TEXT = 20_000
MOST_TEXTS = 200_000

POLITICAL = "political_project"
"""Texts on it are off by default (the blueprint): what is asked is whether it is known, never who approves of it."""

SHAPE = Block(
    {
        "format": Text(),
        "version": Number(1, VERSION, whole=True),
        "choices": Blocks(
            Block({"key": Text(64, needed=True), "choice": Among((SHOWN, KEPT_BACK)), "text": Text(LONGEST_TEXT)}),
            MOST_TEXTS,
        ),
        "also": Blocks(Block({"subject": Among((POLITICAL,))}), 1),
    },
    ("format", "version"),
)


def new_reading() -> dict[str, Any]:
    """Give a reading in which nothing has been read.

    Examples
    --------
    >>> new_reading()["choices"]
    []
    """
    return {"format": FORMAT, "version": VERSION, "choices": [], "also": []}


def check_reading(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a reading, or raise with all that is wrong with it."""
    refuse(*SHAPE.faults(document, {"block": ""}))
    return document


def key_of(wave: str, question: str, text: str) -> str:
    """Name a text by what it says: nothing of its author, and no copy of it.

    Examples
    --------
    >>> key_of("1", "q", "a") == key_of("1", "q", "a"), len(key_of("1", "q", "a"))
    (True, 24)
    """
    return hashlib.sha256("\x1f".join((wave, question, text)).encode()).hexdigest()[:24]


def reading_of(released: pd.DataFrame, document: Mapping[str, Any]) -> pd.DataFrame:
    """Learn of every released text whether somebody has read it, and what others may see of it.

    Parameters
    ----------
    released
        `assessment.scoring.verbatims.release_verbatims`.
    document
        A reading, as `check_reading` lets it pass.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, in the order of `released`. ``state``: ``to_read``, ``shown``, ``masked`` (shown in other words) or
        ``kept_back``.

    Notes
    -----
    **Missing answers**: rows that are hidden have no text, and are left out; words written twice are read once. Texts
    on the political project are left out until somebody asks for them (`with_political`).

    Examples
    --------
    >>> released = pd.DataFrame({"wave": "1", "question": "q", "n": 40, "text": ["Ann helps", "Good"]})
    >>> document = choose(new_reading(), key_of("1", "q", "Ann helps"), SHOWN, "[a colleague] helps")
    >>> reading_of(released, document)[["told", "state"]].values.tolist()
    [['[a colleague] helps', 'masked'], [None, 'to_read']]
    """
    chosen = {one["key"]: one for one in document.get("choices") or ()}
    told = released[released["text"].notna()]
    if not has_political(document):
        told = told[~told["question"].map(is_political).astype(bool)]
    rows = [row_of(row, chosen) for row in told.to_dict("records")]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object).drop_duplicates("key", ignore_index=True)


def row_of(row: Mapping[str, Any], chosen: Mapping[str, Mapping[str, Any]]) -> tuple:
    """Give what others may see of one text."""
    key = key_of(row["wave"], row["question"], row["text"])
    choice = chosen.get(key, {})
    own = choice.get("text")
    state = {SHOWN: MASKED if own else SHOWN, KEPT_BACK: KEPT_BACK}.get(choice.get("choice"), TO_READ)
    told = (own or row["text"]) if state in (SHOWN, MASKED) else None
    return key, row["wave"], row["question"], row["n"], row["text"], told, state


def shown_texts(released: pd.DataFrame, document: Mapping[str, Any]) -> pd.DataFrame:
    """Give what others may read, and nothing else: for pages and reports.

    Parameters as in `reading_of`.

    Returns
    -------
    pandas.DataFrame
        One row is one text: ``wave, question, n, text``, in the words in which it may be read.

    Notes
    -----
    **Missing answers**: what nobody has read, or was kept back, is not there.

    Examples
    --------
    >>> shown_texts(pd.DataFrame({"wave": "1", "question": "q", "n": 40, "text": ["Good"]}), new_reading()).empty
    True
    """
    read = reading_of(released, document)
    told = read[read["told"].notna()]
    return told.assign(text=told["told"])[["wave", "question", "n", "text"]].reset_index(drop=True)


def choose(document: Mapping[str, Any], key: str, choice: str | None, text: str | None = None) -> dict[str, Any]:
    """Give a reading in which a text is shown, shown in other words, kept back, or to be read again (None)."""
    others = [one for one in document.get("choices") or () if one["key"] != key]
    own = {"key": key, "choice": choice} | ({"text": text} if text else {})
    return {**document, "choices": [*others, *([own] if choice else [])]}


def has_political(document: Mapping[str, Any]) -> bool:
    """Say whether texts on the political project are read, too."""
    return any(one.get("subject") == POLITICAL for one in document.get("also") or ())


def with_political(document: Mapping[str, Any], wanted: bool) -> dict[str, Any]:
    """Give a reading with, or without, texts on the political project."""
    return {**document, "also": [{"subject": POLITICAL}] if wanted else []}


def is_political(question: str) -> bool:
    """Say whether a question is about the political project: its id says so."""
    return POLITICAL in question


def questions_of(texts: pd.DataFrame) -> Iterator[str]:
    """Give the questions of texts, in their order."""
    return iter(dict.fromkeys(texts["question"]))
