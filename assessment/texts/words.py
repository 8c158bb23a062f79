"""The interface's words: one TOML file a room in ``words/``, French and English side by side."""

import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("fr", "en")
HERE = Path(__file__).parent / "words"


@cache
def dictionary(room: str) -> dict[str, dict[str, str]]:
    """Read the words of a room, by key and language.

    Examples
    --------
    >>> sorted(dictionary("faults")["file_empty"])
    ['en', 'fr']
    """
    return tomllib.loads((HERE / f"{room}.toml").read_text("utf-8"))


def rooms() -> tuple[str, ...]:
    """Name the rooms that have words."""
    return tuple(sorted(path.stem for path in HERE.glob("*.toml")))


def word(key: str, language: str, **values: object) -> str:
    """Give a text of the interface.

    Parameters
    ----------
    key
        Room and name: ``"figures.reality"``.
    language
        ``"fr"`` or ``"en"``.
    values
        What the text names in braces.

    Raises
    ------
    KeyError
        When there is no such text: a slip of ours, which the tests look for.

    Examples
    --------
    >>> word("commands.wave", "fr", wave="2026")
    'vague 2026'
    """
    room, name = key.split(".", 1)
    text = dictionary(room)[name][language]
    return text.format(**values) if values else text
