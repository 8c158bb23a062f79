"""What a framework must satisfy beyond the form of its blocks: each rule yields the faults it finds.

Ids of blocks that could not be read count as known: one slip is told once, not at every place that names it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from assessment.faults import Fault, refuse
from assessment.framework.model import PERSPECTIVES, AnswerScale, Framework, Item

ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
BUNDLED_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,60}")

BLOCKS = {
    "role": "roles",
    "family": "families",
    "dimension": "dimensions",
    "facet": "facets",
    "item": "items",
    "wording": "wordings",
    "maturity_level": "maturity_levels",
    "descriptor": "descriptors",
    "practice": "practices",
    "question": "questions",
}
"""The repeated blocks of a framework file, and the field of `Framework` each fills."""

NAMED_BY = {"wording": ("item", "roles"), "descriptor": ("dimension", "maturity_level")}
"""What tells blocks without an id apart in the messages."""

RESERVED = ("respondent", "unit", "role", "wave", "form", "weight")
"""Headings of the responses file that no item may be called."""

Known = Mapping[str, frozenset[str]]


def check_framework(framework: Framework, file: str | None = None) -> Framework:
    """Return a framework that keeps every rule, or tell all it breaks.

    Parameters
    ----------
    framework
        An instrument, loaded or made by hand.
    file
        Its file's name, for the messages.

    Raises
    ------
    Faults
        One fault for each rule broken, naming block and key.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> framework = load_framework("collectivite-apprenante")
    >>> check_framework(framework) is framework
    True
    """
    refuse(*broken_rules(framework, ids_of(framework), file or framework.id))
    return framework


def ids_of(framework: Framework) -> Known:
    """Collect the ids of each kind of block."""
    return {
        kind: frozenset(block.id for block in getattr(framework, name) if hasattr(block, "id"))
        for kind, name in BLOCKS.items()
    }


def broken_rules(framework: Framework, known: Known, file: str) -> Iterator[Fault]:
    """Yield every fault of a framework; `known` holds the ids that may be named."""
    for rule in RULES:
        for code, block, key, values in rule(framework, known):
            yield Fault(code, {"file": file, "block": block, "key": key}, values)


Broken = Iterator[tuple[str, str, str, dict[str, Any]]]


def name_of(kind: str, block: Any) -> str:
    """Name a block as the messages do."""
    named = [getattr(block, key) for key in NAMED_BY.get(kind, ("id",))]
    return f"{kind} {' · '.join(one if isinstance(one, str) else ', '.join(one) for one in named)}"


def every_block(framework: Framework) -> Iterator[tuple[str, Any]]:
    """Yield each block with its kind."""
    for kind, name in BLOCKS.items():
        for block in getattr(framework, name):
            yield kind, block


def ids_are_well_formed(framework: Framework, known: Known) -> Broken:
    """Ids travel into column names and survey tools' codes, hence their narrow form."""
    if not BUNDLED_ID.fullmatch(framework.id):
        yield "framework_id_malformed", "framework", "id", {"id": framework.id}
    for kind, block in every_block(framework):
        if hasattr(block, "id") and not ID.fullmatch(block.id):
            yield "id_malformed", name_of(kind, block), "id", {"id": block.id}
        for option in getattr(block, "options", ()):
            if not ID.fullmatch(option.id):
                yield "id_malformed", name_of(kind, block), "option.id", {"id": option.id}


def ids_are_unique(framework: Framework, known: Known) -> Broken:
    """Unique also without case and underscore, which survey tools drop; questions share columns with items."""
    for kinds in (*((kind,) for kind in BLOCKS if kind not in ("item", "question")), ("item", "question")):
        blocks = [(kind, block) for kind, block in every_block(framework) if kind in kinds and hasattr(block, "id")]
        for number, first in enumerate_taken(block.id for _, block in blocks):
            kind, block = blocks[number]
            yield "id_duplicate", name_of(kind, block), "id", {"id": block.id, "other": first}


def enumerate_taken(ids: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the place of each id that an earlier one has taken, and that earlier one."""
    seen: dict[str, str] = {}
    for number, id in enumerate(ids):
        if plain_id(id) in seen:
            yield number, seen[plain_id(id)]
        seen.setdefault(plain_id(id), id)


def plain_id(id: str) -> str:
    """Reduce an id to what every survey tool keeps of it."""
    return id.replace("_", "").lower()


def no_reserved_heading_is_asked(framework: Framework, known: Known) -> Broken:
    """An item or a question called "unit" would read the respondents' unit as answers."""
    for kind, block in every_block(framework):
        if kind in ("item", "question") and plain_id(block.id) in RESERVED:
            yield "id_reserved", name_of(kind, block), "id", {"id": block.id}


def references_exist(framework: Framework, known: Known) -> Broken:
    """Every dimension, role, facet, level, family or item that is named is there."""
    for kind, block in every_block(framework):
        for one in fields(block):
            target = one.metadata.get("to")
            named = getattr(block, one.name) if target else None
            for id in (named,) if isinstance(named, str) else named or ():
                if id not in known[target]:
                    yield "reference_unknown", name_of(kind, block), one.name, {"target": target, "id": id}


def perspectives_are_known(framework: Framework, known: Known) -> Broken:
    """Reality, or reality and vision: nothing else, and no dimension asks more than the framework."""
    if framework.perspectives not in (PERSPECTIVES[:1], PERSPECTIVES):
        yield "perspectives_wrong", "framework", "perspectives", {}
    for dimension in framework.dimensions:
        own = dimension.perspectives
        if own is not None and own not in (PERSPECTIVES[:1], framework.perspectives):
            yield "perspectives_wrong", name_of("dimension", dimension), "perspectives", {}


def answer_scales_stand(framework: Framework, known: Known) -> Broken:
    """Two answers at least, at most 200 (one byte holds an answer), each with its label if any has one."""
    for block, scale in every_scale(framework):
        if not 1 <= scale.high - scale.low <= 199:
            yield "answer_scale_wrong", block, "answer_scale", {"low": scale.low, "high": scale.high}
        for language, labels in scale.labels.items():
            if len(labels) != scale.options:
                values = {"count": len(labels), "expected": scale.options}
                yield "labels_count", block, f"answer_scale.labels.{language}", values


def every_scale(framework: Framework) -> Iterator[tuple[str, AnswerScale]]:
    """Yield each answer scale with the block that carries it."""
    yield "framework", framework.answer_scale
    for kind, block in every_block(framework):
        scale = getattr(block, "answer_scale", None)
        if scale is not None:
            yield name_of(kind, block), scale


def dimensions_have_one_answer_scale(framework: Framework, known: Known) -> Broken:
    """A mean over items needs one range of answers."""
    for dimension in framework.dimensions:
        scales = [(item, bounds(framework, item)) for item in framework.scored_items(dimension.id)]
        for item, own in scales[1:]:
            if own != scales[0][1]:
                values = {"first": scales[0][0].id, "low": own[0], "high": own[1]}
                yield "answer_scale_mixed", name_of("item", item), "answer_scale", values


def bounds(framework: Framework, item: Item) -> tuple[int, int]:
    """Give the lowest and the highest answer of an item."""
    scale = framework.scale_of(item)
    return scale.low, scale.high


def cuts_stand_on_their_range(framework: Framework, known: Known) -> Broken:
    """Tension and score are 0–100: a cut elsewhere, or no number, would put every dimension in one quadrant."""
    for cut in fields(framework.tension):
        value = getattr(framework.tension, cut.name)
        if not 0 <= value <= 100:
            yield "cut_out_of_range", "tension", cut.name, {"value": value}


def somebody_is_asked(framework: Framework, known: Known) -> Broken:
    """An empty list of roles is a slip: left out would mean everybody."""
    for kind, block in every_block(framework):
        if getattr(block, "roles", None) == ():
            yield "nobody_asked", name_of(kind, block), "roles", {}


def wordings_reach_whoever_is_asked(framework: Framework, known: Known) -> Broken:
    """A wording is for roles that are asked the item, and only one wording for each."""
    items = {item.id: item for item in framework.items}
    counts = Counter((wording.item, role) for wording in framework.wordings for role in wording.roles)
    for wording in framework.wordings:
        for role in wording.roles:
            item = items.get(wording.item)
            if item and role in known["role"] and not framework.is_asked(item, role):
                yield "wording_not_asked", name_of("wording", wording), "roles", {"role": role}
            if counts.pop((wording.item, role), 1) > 1:
                yield "wording_duplicate", name_of("wording", wording), "roles", {"role": role}


def facets_belong(framework: Framework, known: Known) -> Broken:
    """An item's facet is one of its own dimension."""
    home = {facet.id: facet.dimension for facet in framework.facets}
    for item in framework.items:
        if home.get(item.facet, item.dimension) != item.dimension:
            yield "facet_elsewhere", name_of("item", item), "facet", {"facet": item.facet}


def maturity_levels_leave_no_hole(framework: Framework, known: Known) -> Broken:
    """The first starts at 0, each next one above, the last below 1."""
    previous = -1.0
    for number, level in enumerate(framework.maturity_levels):
        if number == 0 and level.start != 0:
            yield "level_first_not_zero", name_of("maturity_level", level), "start", {"start": level.start}
        if not previous < level.start < 1:
            yield "levels_unordered", name_of("maturity_level", level), "start", {"start": level.start}
        previous = level.start


def descriptors_are_unique(framework: Framework, known: Known) -> Broken:
    """One descriptor for a dimension and a level."""
    pairs = Counter((one.dimension, one.maturity_level) for one in framework.descriptors)
    for dimension, level in repeated(pairs):
        yield "descriptor_duplicate", f"descriptor {dimension} · {level}", "maturity_level", {"id": level}


def repeated(counts: Counter) -> Iterable:
    """Give what was counted more than once."""
    return (key for key, count in counts.items() if count > 1)


def roles_are_no_circle(framework: Framework, known: Known) -> Broken:
    """A role may not be a part of itself."""
    parents = {role.id: role.parent for role in framework.roles}
    for role in framework.roles:
        above, steps = role.parent, 0
        while above and above != role.id and steps <= len(parents):
            above, steps = parents.get(above), steps + 1
        if above == role.id:
            yield "role_circle", name_of("role", role), "parent", {"id": role.id}


def choices_can_be_made(framework: Framework, known: Known) -> Broken:
    """A choice has options, and more of them than one may choose; its options' ids differ."""
    for question in framework.questions:
        name, ids = name_of("question", question), [option.id for option in question.options]
        least = {"choice": 2, "choose": (question.choose or 1) + 1}.get(question.kind, 0)
        if len(ids) < least:
            yield "options_too_few", name, "option", {"count": len(ids), "expected": least}
        if question.kind == "choose" and question.choose is None:
            yield "key_missing", name, "choose", {}
        if question.choose is not None and question.choose < 1:
            yield "choose_too_small", name, "choose", {"value": question.choose}
        for number, first in enumerate_taken(ids):
            yield "id_duplicate", name, "option.id", {"id": ids[number], "other": first}


RULES = (
    ids_are_well_formed,
    ids_are_unique,
    no_reserved_heading_is_asked,
    references_exist,
    perspectives_are_known,
    answer_scales_stand,
    dimensions_have_one_answer_scale,
    cuts_stand_on_their_range,
    somebody_is_asked,
    wordings_reach_whoever_is_asked,
    facets_belong,
    maturity_levels_leave_no_hole,
    descriptors_are_unique,
    roles_are_no_circle,
    choices_can_be_made,
)
