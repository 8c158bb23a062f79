"""Reading the blocks of a framework file into the dataclasses that declare them, telling every fault."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache
from types import UnionType
from typing import Any, get_args, get_type_hints

from assessment.faults import Fault
from assessment.framework.model import AnswerScale, Labels, Option, Text

LARGEST_NUMBER = 10**9
"""No number of an instrument is larger; one of hundreds of digits would break the arithmetic."""

LONGEST_SHOWN = 60


@dataclass
class Reader:
    """What reading one file shares: the file's name, its languages, the faults met so far."""

    file: str
    languages: tuple[str, ...]
    faults: list[Fault] = field(default_factory=list)

    def tell(self, code: str, block: str, key: str = "", **values) -> None:
        """Note a fault; reading goes on, so that all of them are told at once."""
        place = {"file": self.file, "block": block} | ({"key": key} if key else {})
        self.faults.append(Fault(code, place, values))

    def block(self, kind: type, raw: Any, name: str, key: str = "") -> Any:
        """Read one block; None when what it cannot do without is missing or wrong.

        A block with a lesser slip is still built, so that the rules can be checked on it in the same run.
        """
        if not isinstance(raw, Mapping):
            return self.tell("block_not_table", name, key)
        for unknown in sorted(raw.keys() - {own_key(one) for one in fields(kind)}):
            self.tell("key_unknown", name, joined(key, unknown))
        values = {own: value for own, value in self._values(kind, raw, name, key) if value is not None}
        return kind(**values) if all(one.name in values for one in fields(kind) if needed(one)) else None

    def _values(self, kind: type, raw: Mapping, name: str, prefix: str) -> Iterator[tuple[str, Any]]:
        for one in fields(kind):
            key = joined(prefix, own_key(one))
            if own_key(one) in raw:
                yield one.name, self._value(kind, one, raw[own_key(one)], name, key)
            elif needed(one):
                self.tell("key_missing", name, key)

    def _value(self, kind: type, one: Field, raw: Any, name: str, key: str) -> Any:
        value = READERS[hint(kind, one.name)](self, raw, name, key)
        allowed = one.metadata.get("among")
        if allowed and value is not None and value not in allowed:
            self.tell("value_not_allowed", name, key, value=shown(value), allowed=", ".join(allowed))
        return value


def needed(one: Field) -> bool:
    """Say whether a block cannot do without a key."""
    return one.default is MISSING and one.default_factory is MISSING


def own_key(one: Field) -> str:
    """Name the key of a field: tables that repeat are named in the singular in TOML."""
    return "option" if one.name == "options" else one.name


def joined(prefix: str, key: str) -> str:
    """Write a key below another as TOML does."""
    return f"{prefix}.{key}" if prefix else key


@cache
def hint(kind: type, name: str) -> Any:
    """Give the declared type of a field, without its "or nothing"."""
    declared = get_type_hints(kind)[name]
    if isinstance(declared, UnionType):
        return next(one for one in get_args(declared) if one is not type(None))
    return declared


def shown(raw: Any) -> str:
    """Give a value as a message can show it, on a part of a line."""
    try:
        text = str(raw)
    except ValueError:  # Python does not write whole numbers of thousands of digits
        return "…"
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def read_text(reader: Reader, raw: Any, name: str, key: str) -> Any:
    """Read a text given in each of the framework's languages."""
    return read_languages(reader, raw, name, key, "str", is_word)


def read_labels(reader: Reader, raw: Any, name: str, key: str) -> Any:
    """Read the labels of the answers, a list in each language."""
    labels = read_languages(reader, raw, name, key, "list", is_words)
    return labels and {language: tuple(words) for language, words in labels.items()}


def read_languages(
    reader: Reader, raw: Any, name: str, key: str, expected: str, fits: Callable[[Any], bool]
) -> dict[str, Any] | None:
    """Read what stands once for each language, and for no other."""
    if not isinstance(raw, Mapping):
        return reader.tell("text_without_languages", name, key, languages=", ".join(reader.languages))
    for language in reader.languages:
        if raw.get(language) in (None, "", []) or is_blank(raw[language]):
            reader.tell("language_missing", name, joined(key, language), language=language)
        elif not fits(raw[language]):
            reader.tell("type_wrong", name, joined(key, language), expected=expected, value=shown(raw[language]))
    for language in sorted(raw.keys() - set(reader.languages)):
        reader.tell("language_undeclared", name, joined(key, language), language=language)
    return {language: text for language, text in raw.items() if fits(text)}


def is_blank(raw: Any) -> bool:
    """Say whether a value is a text without anything in it."""
    return isinstance(raw, str) and not raw.strip()


def is_word(raw: Any) -> bool:
    """Say whether a value is a text with something in it."""
    return isinstance(raw, str) and bool(raw.strip())


def is_words(raw: Any) -> bool:
    """Say whether a value is a list of texts."""
    return isinstance(raw, list) and all(is_word(word) for word in raw)


def read_words(reader: Reader, raw: Any, name: str, key: str) -> Any:
    """Read a list of ids."""
    if not is_words(raw):
        return reader.tell("type_wrong", name, key, expected="list", value=shown(raw))
    return tuple(raw)


def read_options(reader: Reader, raw: Any, name: str, key: str) -> Any:
    """Read the options of a question; one that is wrong keeps its place, so that it is told once."""
    if not isinstance(raw, list):
        return reader.tell("block_not_list", name, key)
    return tuple(
        reader.block(Option, one, name, f"{key}[{number}]") or Option(f"option{number}", {})
        for number, one in enumerate(raw, 1)
    )


def plain(kind: type, *accepted: type) -> Callable:
    """Make the reader of a plain value; a boolean is not a number here, whatever Python says."""

    def read(reader: Reader, raw: Any, name: str, key: str) -> Any:
        fits = isinstance(raw, accepted) and (kind is bool) == isinstance(raw, bool)
        if not fits or is_blank(raw) or (isinstance(raw, int) and abs(raw) > LARGEST_NUMBER):
            return reader.tell("type_wrong", name, key, expected=kind.__name__, value=shown(raw))
        return kind(raw)

    return read


READERS: dict[Any, Callable] = {
    str: plain(str, str),
    bool: plain(bool, bool),
    int: plain(int, int),
    float: plain(float, int, float),
    Text: read_text,
    Labels: read_labels,
    tuple[str, ...]: read_words,
    tuple[Option, ...]: read_options,
    AnswerScale: lambda reader, raw, name, key: reader.block(AnswerScale, raw, name, key),
}
