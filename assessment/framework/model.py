"""The parts of an instrument: what is assessed, how it is asked, how a number is read.

Each dataclass is one block of a framework file, its fields are the block's keys (the contract, section 1), so the
loader reads the file from these declarations and from nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

Text = Mapping[str, str]
"""The same text in each language of the framework: ``{"fr": …, "en": …}``."""

Labels = Mapping[str, tuple[str, ...]]
"""The answers' labels in each language, from the lowest to the highest."""

PERSPECTIVES = ("reality", "vision")
REACHES = ("individual", "collective", "global")
REFERENTS = ("me", "service", "organisation", "territory")
EFFORTS = ("low", "medium", "high")
HEADS = ("prepare", "environment", "last")
KINDS = ("open", "choice", "choose")


def among(*values: str, **options):
    """Declare a field whose value is one of a closed list."""
    return field(metadata={"among": values}, **options)


def to(kind: str, **options):
    """Declare a field that names another block by its id (the target's kind is looked up when the file is checked)."""
    return field(metadata={"to": kind}, **options)


@dataclass(frozen=True)
class AnswerScale:
    """The whole numbers one may answer with, `low` to `high`, and their labels."""

    low: int
    high: int
    labels: Labels = field(default_factory=dict)
    not_concerned: Text = field(default_factory=dict)

    @property
    def options(self) -> int:
        """How many answers there are, from `low` to `high`."""
        return self.high - self.low + 1


@dataclass(frozen=True)
class Tension:
    """Where the reading of vision and gap changes, both on 0–100: conventions of the framework."""

    vision_cut: float = 65
    smallest_gap: float = 10


@dataclass(frozen=True)
class Role:
    """Who one is for the organisation; a sub-role names its `parent` and is asked all that the parent is asked."""

    id: str
    name: Text
    parent: str | None = to("role", default=None)


@dataclass(frozen=True)
class Family:
    """A set of dimensions that are read together."""

    id: str
    name: Text


@dataclass(frozen=True)
class Dimension:
    """What is scored; with a `reach` it is one of the disciplines and enters the overall level."""

    id: str
    name: Text
    family: str | None = to("family", default=None)
    reach: str | None = among(*REACHES, default=None)
    source: str | None = None
    perspectives: tuple[str, ...] | None = None
    answer_scale: AnswerScale | None = None


@dataclass(frozen=True)
class Facet:
    """One side of a dimension, never scored by itself."""

    id: str
    dimension: str = to("dimension")
    name: Text
    source: str | None = None


@dataclass(frozen=True)
class Item:
    """One statement to answer; `roles` None is everybody."""

    id: str
    dimension: str = to("dimension")
    text: Text
    facet: str | None = to("facet", default=None)
    referent: str | None = among(*REFERENTS, default=None)
    reverse: bool = False
    short: bool = False
    scored: bool = True
    roles: tuple[str, ...] | None = to("role", default=None)
    source: str | None = None
    answer_scale: AnswerScale | None = None


@dataclass(frozen=True)
class Wording:
    """The same item in other words for some roles; another referent makes it another item for comparisons."""

    item: str = to("item")
    roles: tuple[str, ...] = to("role")
    text: Text
    referent: str | None = among(*REFERENTS, default=None)


@dataclass(frozen=True)
class MaturityLevel:
    """A stretch of the scale of reality, from its `start` (a share of the scale) to the next level's."""

    id: str
    start: float
    name: Text


@dataclass(frozen=True)
class Descriptor:
    """What a maturity level looks like in a dimension: a scene a group can recognise."""

    dimension: str = to("dimension")
    maturity_level: str = to("maturity_level")
    text: Text


@dataclass(frozen=True)
class Practice:
    """Something to do next, for the levels where it helps."""

    id: str
    dimension: str = to("dimension")
    name: Text
    text: Text
    maturity_levels: tuple[str, ...] = to("maturity_level", default=())
    effort: str | None = among(*EFFORTS, default=None)
    sign: Text | None = None
    source: str | None = None
    head: str | None = among(*HEADS, default=None)


@dataclass(frozen=True)
class Option:
    """One of the answers of a question."""

    id: str
    text: Text


@dataclass(frozen=True)
class Question:
    """Something asked beside the items and never scored."""

    id: str
    kind: str = among(*KINDS)
    text: Text
    choose: int | None = None
    options: tuple[Option, ...] = ()
    roles: tuple[str, ...] | None = to("role", default=None)


@dataclass(frozen=True)
class Framework:
    """An instrument: everything that is needed to ask, to score and to read.

    Built by `load_framework`; one made by hand goes through `check_framework` before it is used.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> framework = load_framework("collectivite-apprenante")
    >>> framework.dimension("systems_thinking").name["en"]
    'Systems thinking'
    >>> framework.perspectives_of("outcomes")
    ('reality',)
    """

    id: str
    version: str
    languages: tuple[str, ...]
    perspectives: tuple[str, ...]
    answer_scale: AnswerScale
    dimensions: tuple[Dimension, ...]
    items: tuple[Item, ...]
    prompt: Mapping[str, Text] = field(default_factory=dict)
    tension: Tension = field(default_factory=Tension)
    roles: tuple[Role, ...] = ()
    families: tuple[Family, ...] = ()
    facets: tuple[Facet, ...] = ()
    wordings: tuple[Wording, ...] = ()
    maturity_levels: tuple[MaturityLevel, ...] = ()
    descriptors: tuple[Descriptor, ...] = ()
    practices: tuple[Practice, ...] = ()
    questions: tuple[Question, ...] = ()

    @cached_property
    def _dimensions(self) -> dict[str, Dimension]:
        return {dimension.id: dimension for dimension in self.dimensions}

    @cached_property
    def _roles(self) -> dict[str, Role]:
        return {role.id: role for role in self.roles}

    def dimension(self, id: str) -> Dimension:
        """Give the dimension of this id; `KeyError` when there is none."""
        return self._dimensions[id]

    def scored_items(self, dimension: str) -> tuple[Item, ...]:
        """Give the items that make a dimension's score, in the file's order."""
        return tuple(item for item in self.items if item.dimension == dimension and item.scored)

    def perspectives_of(self, dimension: str) -> tuple[str, ...]:
        """Say under which perspectives a dimension's items are asked."""
        return self.dimension(dimension).perspectives or self.perspectives

    def scale_of(self, item: Item) -> AnswerScale:
        """Give the answers an item takes: its own, or its dimension's, or the framework's."""
        return item.answer_scale or self.dimension(item.dimension).answer_scale or self.answer_scale

    def lineage(self, role: str) -> Iterator[str]:
        """Name a role and the roles it is a part of, the nearest first."""
        seen: set[str] = set()
        known: Role | None = self._roles.get(role)
        while known and known.id not in seen:
            yield known.id
            seen.add(known.id)
            known = self._roles.get(known.parent or "")

    def is_asked(self, item: Item, role: str | None = None, form: str | None = None) -> bool:
        """Say whether an item is put to a role in a form; a respondent of no known role is asked every item."""
        if form == "short" and not item.short:
            return False
        if item.roles is None or not role:
            return True
        return any(one in item.roles for one in self.lineage(role))

    def wording_for(self, item: Item, role: str | None = None) -> tuple[Text, str | None]:
        """Give the text and the referent under which a role meets an item."""
        for one in self.lineage(role or ""):
            for wording in self.wordings:
                if wording.item == item.id and one in wording.roles:
                    return wording.text, wording.referent or item.referent
        return item.text, item.referent
