"""The page that lies beside a framework: each item with its facet and its source, and how the items came about."""

from collections.abc import Iterable, Iterator, Mapping

from assessment.framework.model import Dimension, Framework, Item, Text
from assessment.texts.words import dictionary, word

COLUMNS = ("item", "text", "facet", "referent", "asked", "marks", "source")


def framework_guide(framework: Framework, language: str) -> str:
    """Learn where each item comes from: a page in Markdown, a table for each dimension.

    Parameters
    ----------
    framework
        An instrument.
    language
        ``"fr"`` or ``"en"``, one of the framework's.

    Returns
    -------
    str
        The page. The kit's own framework also says how its items were written and reviewed; of another instrument
        nothing is known but its file.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> guide = framework_guide(load_framework("collectivite-apprenante"), "en")
    >>> guide.splitlines()[0], "| `st_03` | Our authority switches solutions" in guide
    ('# Framework collectivite-apprenante', True)
    """
    counts = {"version": framework.version, "dimensions": len(framework.dimensions), "items": len(framework.items)}
    other = [word("guide.in_brief", one) for one in framework.languages if one != language and is_spoken(one)]
    parts = [
        f"# {word('guide.title', language, id=framework.id)}",
        word("guide.in_brief", language),
        *(f"*{line}*" for line in other),
        word("guide.counts", language, **counts),
        *history(framework, language),
        *(dimension_part(framework, dimension, language) for dimension in framework.dimensions),
    ]
    return "\n\n".join(parts) + "\n"


def is_spoken(language: str) -> bool:
    """Say whether the kit itself speaks a language of the framework."""
    return language in dictionary("guide")["title"]


def history(framework: Framework, language: str) -> Iterator[str]:
    """Tell how the items were written and reviewed, where this is known."""
    known: Mapping[str, Text] | None = dictionary("guide").get(framework.id)
    if known:
        yield known[language].strip()


def dimension_part(framework: Framework, dimension: Dimension, language: str) -> str:
    """Write a dimension's heading and its table."""
    families = {family.id: family.name[language] for family in framework.families}
    about = [f"`{dimension.id}`", families.get(dimension.family or ""), (dimension.source or "").replace(";", ",")]
    items = [item for item in framework.items if item.dimension == dimension.id]
    head = [word(f"guide.{column}", language) for column in COLUMNS]
    rows = [row for item in items for row in item_rows(framework, item, language)]
    table = [line(head), line("---" for _ in COLUMNS), *map(line, rows)]
    return "\n".join([f"## {dimension.name[language]}", "", " · ".join(filter(None, about)), "", *table])


def item_rows(framework: Framework, item: Item, language: str) -> Iterator[list[str]]:
    """Give an item's row, and one for each other wording of it."""
    facets = {facet.id: facet.name[language] for facet in framework.facets}
    asked = who(framework, item.roles, language) if item.roles else word("guide.everybody", language)
    marks = ", ".join(word(f"guide.{mark}", language) for mark in marks_of(item))
    facet, source = facets.get(item.facet or "", ""), item.source or ""
    yield [f"`{item.id}`", item.text[language], facet, referent(item.referent, language), asked, marks, source]
    for wording in framework.wordings:
        if wording.item == item.id:
            own = referent(wording.referent or item.referent, language)
            yield ["", wording.text[language], "", own, who(framework, wording.roles, language), "", ""]


def marks_of(item: Item) -> list[str]:
    """Name what is particular to an item."""
    particular = {"short": item.short, "reverse": item.reverse, "unscored": not item.scored}
    return [mark for mark, holds in particular.items() if holds]


def referent(id: str | None, language: str) -> str:
    """Name whom an item speaks of."""
    return word(f"guide.{id}", language) if id else ""


def who(framework: Framework, roles: Iterable[str], language: str) -> str:
    """Name roles."""
    names = {role.id: role.name[language] for role in framework.roles}
    return ", ".join(names[role] for role in roles)


def line(cells: Iterable[str]) -> str:
    """Write a row of a Markdown table."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
