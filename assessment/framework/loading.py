"""A framework file becomes a `Framework`, or the list of all that is wrong with it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assessment.faults import Fault, Faults, refuse
from assessment.framework.blocks import READERS, Reader, hint, is_words, read_text
from assessment.framework.model import (
    PERSPECTIVES,
    AnswerScale,
    Descriptor,
    Dimension,
    Facet,
    Family,
    Framework,
    Item,
    MaturityLevel,
    Practice,
    Question,
    Role,
    Tension,
    Wording,
)
from assessment.framework.rules import BLOCKS, NAMED_BY, broken_rules

HERE = Path(__file__).parent

KINDS = {
    "role": Role,
    "family": Family,
    "dimension": Dimension,
    "facet": Facet,
    "item": Item,
    "wording": Wording,
    "maturity_level": MaturityLevel,
    "descriptor": Descriptor,
    "practice": Practice,
    "question": Question,
}
STAND_INS = {"id": "x", "version": "0", "perspectives": PERSPECTIVES, "answer_scale": AnswerScale(1, 5)}


def bundled_frameworks() -> tuple[str, ...]:
    """Name the frameworks that come with the kit.

    Examples
    --------
    >>> bundled_frameworks()
    ('collectivite-apprenante',)
    """
    return tuple(sorted(path.stem for path in HERE.glob("*.toml")))


def load_framework(source: str | Path) -> Framework:
    """Load an instrument from its file, or by the id of one that comes with the kit.

    Parameters
    ----------
    source
        A ``*.toml`` file (UTF-8, the contract's format), or a bundled id such as ``"collectivite-apprenante"``.

    Returns
    -------
    Framework
        Complete and checked: every text in every declared language, every reference known.

    Raises
    ------
    Faults
        All that is wrong, each with block, key and reason.

    Examples
    --------
    >>> framework = load_framework("collectivite-apprenante")
    >>> framework.answer_scale.low, framework.answer_scale.high
    (1, 5)
    """
    path = bundled_or_file(source)
    return framework_from(parse(path), path.name)


def bundled_or_file(source: str | Path) -> Path:
    """Find the file; a bundled id comes first, for it needs no folder."""
    if str(source) in bundled_frameworks():
        return HERE / f"{source}.toml"
    path = Path(source)
    try:
        there = path.is_file()
    except OSError:  # a text too long to be a name
        there = False
    if not there:
        values = {"bundled": ", ".join(bundled_frameworks())}
        raise Faults([Fault("framework_missing", {"file": str(source)}, values)])
    return path


def parse(path: Path) -> dict[str, Any]:
    """Read TOML, telling what and where when it is none."""
    place = {"file": path.name}
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise Faults([Fault("file_unreadable", place, {"reason": error.strerror or str(error)})]) from error
    except UnicodeDecodeError as error:
        row = error.object.count(b"\n", 0, error.start) + 1
        raise Faults([Fault("toml_not_utf8", place | {"row": row})]) from error
    except (ValueError, RecursionError) as error:  # beside its own errors: numbers and nestings Python refuses
        raise Faults([Fault("toml_syntax", place, {"reason": str(error)})]) from error


def framework_from(raw: Mapping[str, Any], file: str) -> Framework:
    """Build the framework that a parsed file describes, or raise with all its faults."""
    reader = Reader(file, languages_of(raw, file))
    header = read_header(reader, raw)
    blocks = {BLOCKS[kind]: read_blocks(reader, raw, kind) for kind in BLOCKS}
    for unknown in sorted(raw.keys() - {"languages", *STAND_INS, "prompt", "tension", *BLOCKS}):
        reader.tell("block_unknown", unknown)
    for kind in ("dimension", "item"):
        if not raw.get(kind):
            reader.tell("block_missing", kind)
    framework = Framework(**header, **blocks)
    refuse(*reader.faults, *broken_rules(framework, ids_written(raw), file))
    return framework


def languages_of(raw: Mapping[str, Any], file: str) -> tuple[str, ...]:
    """Read the languages first: all texts are checked against them."""
    languages = raw.get("languages")
    if not is_words(languages) or not languages or len(set(languages)) < len(languages):
        raise Faults([Fault("languages_missing", {"file": file, "block": "framework", "key": "languages"})])
    return tuple(languages)


def read_header(reader: Reader, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Read what stands once in a file; a value that is wrong gets a stand-in, so that checking can go on."""
    header = {"languages": reader.languages, **STAND_INS}
    for key, stand_in in STAND_INS.items():
        if key not in raw:
            reader.tell("key_missing", "framework", key)
        else:
            value = READERS[hint(Framework, key)](reader, raw[key], "framework", key)
            header[key] = stand_in if value is None else value
    return header | read_conventions(reader, raw)


def read_conventions(reader: Reader, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Read the prompts and the cuts of the tension, both optional."""
    conventions: dict[str, Any] = {}
    prompts = raw.get("prompt", {})
    if isinstance(prompts, Mapping):
        for unknown in sorted(prompts.keys() - set(PERSPECTIVES)):
            reader.tell("key_unknown", "prompt", unknown)
        asked = (key for key in PERSPECTIVES if key in prompts)
        texts = {key: read_text(reader, prompts[key], "prompt", key) for key in asked}
        conventions["prompt"] = {key: text for key, text in texts.items() if text}
    else:
        reader.tell("block_not_table", "prompt")
    if "tension" in raw:
        conventions["tension"] = reader.block(Tension, raw["tension"], "tension") or Tension()
    return conventions


def read_blocks(reader: Reader, raw: Mapping[str, Any], kind: str) -> tuple:
    """Read all blocks of a kind that are right; what is wrong with the others is noted."""
    blocks = raw.get(kind, [])
    if not isinstance(blocks, list):
        reader.tell("block_not_list", kind)
        return ()
    read = (reader.block(KINDS[kind], one, block_name(kind, one, n)) for n, one in enumerate(blocks, 1))
    return tuple(block for block in read if block is not None)


def block_name(kind: str, raw: Any, number: int) -> str:
    """Name a block by its id, or by what it belongs to, or by its place in the file."""
    written = [raw.get(key) for key in NAMED_BY.get(kind, ("id",))] if isinstance(raw, Mapping) else [None]
    names = [", ".join(map(str, one)) if isinstance(one, list) else one for one in written]
    return f"{kind} {' · '.join(names)}" if all(isinstance(one, str) for one in names) else f"{kind} n° {number}"


def ids_written(raw: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Collect every id of the file, also of the blocks that are wrong."""
    return {
        kind: frozenset(
            block["id"]
            for block in (raw.get(kind) if isinstance(raw.get(kind), list) else ())
            if isinstance(block, Mapping) and isinstance(block.get("id"), str)
        )
        for kind in BLOCKS
    }
