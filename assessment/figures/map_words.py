"""What maps are told with, whoever tells them: labels, kinds, roles, loops, groups, what participants share."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import networkx as nx
import pandas as pd

from assessment.texts import format_number, format_share, word
from assessment.texts.maps import tell_loop
from assessment.texts.telling import one_line
from assessment.texts.words import dictionary

Labels = Mapping[Any, str]

SMALLEST = 0.001
"""Below, a p is told as below: permutations cannot tell it apart."""

LONGEST_LABEL = 60
"""Characters of a label within a sentence."""

LONGEST_STORY = 8
"""Elements of a loop that is told step by step; a longer one names its elements."""

NAMED = 3
"""Brokers, gaps and bridges named in a sentence."""


def say(key: str, language: str, /, **values: object) -> str:
    """Give a text of the page."""
    return word(f"map_reading.{key}", language, **values)


def kind_words(kind: str | None, language: str) -> str:
    """Name a kind of relation; None is all of them together.

    Examples
    --------
    >>> kind_words("decides_with", "en"), kind_words("prête la clé", "en"), kind_words(None, "en")
    ('decides with', 'prête la clé', 'all together')
    """
    return known(f"kind_{kind or 'all_kinds'}", kind, language)


def role_words(role: str | None, language: str) -> str:
    """Name a role; None is that of actors without one.

    Examples
    --------
    >>> role_words("agent", "en"), role_words("veilleuse", "fr")
    ('staff', 'veilleuse')
    """
    return known(f"role_{role or 'no_role'}", role, language)


def known(key: str, name: str | None, language: str) -> str:
    """Give our word for what we know; people's own words stay as they are."""
    return say(key, language) if key in dictionary("map_reading") else plain(name)


def plain(name: object) -> str:
    """Write a name from a file on one line, not longer than a sentence bears."""
    return short(one_line(str(name)))


def counted(name: str, count: int, language: str) -> str:
    r"""Say how many of something there are, on one line.

    Examples
    --------
    >>> counted("actors", 1, "en"), counted("actors", 1200, "en")
    ('1\xa0actor', '1,200\xa0actors')
    """
    text = say(f"{name}_one" if count == 1 else name, language, count=format_number(count, language, 0))
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def labels_of(graph: nx.MultiDiGraph) -> dict[Any, str]:
    """Give each element's label, on one line and not longer than a sentence bears."""
    return {node: plain(label or node) for node, label in graph.nodes(data="label")}


def short(text: str, longest: int = LONGEST_LABEL) -> str:
    """Cut a text that would fill the page.

    Examples
    --------
    >>> short("a long label", 8)
    'a long…'
    """
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def listed(names: Sequence[str], most: int | None = None) -> str:
    """Write names one after the other, the first of them where they are many."""
    shown = names if most is None else names[:most]
    return ", ".join(shown) + ("…" if len(shown) < len(names) else "")


def rows_of(table) -> list[Mapping[str, Any]]:
    """Give the rows of a table as dicts."""
    return table.to_dict("records")


def p_words(value: float, language: str) -> str:
    """Write a p; below a thousandth that it is below.

    Examples
    --------
    >>> p_words(0.0002, "en"), p_words(0.2, "fr")
    ('< 0.001', '0,200')
    """
    if value < SMALLEST:
        return say("below", language, value=format_number(SMALLEST, language, 3))
    return format_number(value, language, 3)


def links_of(links: pd.DataFrame) -> dict[tuple, dict[str, Any]]:
    """Give sign and delay of each causal link of `causal_links`, by its ends."""
    return {
        (row.source, row.target): {"polarity": row.polarity, "delay": row.delay}
        for row in links.itertuples(index=False)
    }


def loop_told(row: Mapping[str, Any], links: Mapping[tuple, Mapping], labels: Labels, language: str) -> str:
    """Tell one loop of the loops table in a sentence, under the name people gave it."""
    nodes = row["nodes"]
    if len(nodes) <= LONGEST_STORY:
        around = [links[pair] for pair in zip(nodes, (*nodes[1:], nodes[0]), strict=True)]
        names, signs = [labels[node] for node in nodes], [link["polarity"] for link in around]
        told = tell_loop(names, signs, [link["delay"] for link in around], language, bool(row["disputed"]))
    else:
        named = listed([labels[node] for node in nodes], LONGEST_STORY)
        told = say("long_loop", language, count=len(nodes), names=named)
    return say("named", language, name=plain(row["name"]), told=told) if row["name"] else told


def gap_words(row: Mapping[str, Any], labels: Labels, language: str) -> str:
    """Name two groups without a tie, and who is tied to both."""
    ends = {"one": plain(row["group"]), "other": plain(row["other_group"])}
    if not row["bridges"]:
        return say("gap", language, **ends)
    return say("gap_bridged", language, **ends, bridges=listed([labels[node] for node in row["bridges"]], NAMED))


def untested(silos: pd.DataFrame, language: str) -> list[str]:
    """Say which attributes could not be set against chance, and why."""
    whole = silos.drop_duplicates("attribute")
    found = []
    for reason in ("one_group", "no_ties"):
        names = [say(f"by_{one}", language) for one in whole.loc[whole["reason"] == reason, "attribute"]]
        if names:
            found.append(say(f"not_tested_{reason}", language, names=listed(names)))
    return found


def communities_told(communities: pd.DataFrame, count: int, actors: int, language: str) -> str:
    """Tell the groups the ties alone make, and how far they are those of the chart.

    Parameters
    ----------
    communities
        What `compare_communities` gave.
    count
        Communities on the map.
    actors
        Actors on the map: modularity is told where it is that of all of them.
    language
        ``"fr"`` or ``"en"``.
    """
    rows = rows_of(communities)
    found = {"count": format_number(count, language, 0)}
    names = [
        say("agreement", language, name=say(f"by_{row['attribute']}", language), value=value)
        for row in rows
        if (value := format_number(row["adjusted_rand"], language, 2)) and pd.notna(row["adjusted_rand"])
    ]
    whole = next((row["modularity"] for row in rows if row["actors"] == actors), None)
    if whole is None:
        return say("communities_unknown", language, **found)
    found["modularity"] = format_number(whole, language, 2)
    if not names:
        return say("communities_alone", language, **found)
    return say("communities", language, names=listed(names), **found)


def consensus_told(ties: pd.DataFrame, pairs: pd.DataFrame, language: str) -> list[str]:
    """Tell how many ties participants share, and how alike their maps are.

    Parameters
    ----------
    ties
        What `merge_maps` gave.
    pairs
        What `compare_participants` gave, not empty.
    language
        ``"fr"`` or ``"en"``.
    """
    people = set(pairs["participant"]) | set(pairs["other_participant"])
    counts = {"count": len(people), "ties": len(ties), "conflict": int(ties["conflict"].sum())}
    counts |= {name: int((ties["standing"] == name).sum()) for name in ("all", "one")}
    shares = {"low": pairs["jaccard"].min(), "mean": pairs["jaccard"].mean(), "high": pairs["jaccard"].max()}
    return [
        say("consensus", language, **{name: format_number(count, language, 0) for name, count in counts.items()}),
        say("likeness", language, **{name: format_share(share, language) for name, share in shares.items()}),
    ]


def conflict_words(rows: Sequence[Mapping[str, Any]], labels: Labels, language: str) -> Iterator[str]:
    """Name the links whose sign people see differently."""
    for row in rows:
        ends = {end: labels[row[end]] for end in ("source", "target")}
        yield say("conflict", language, **ends, positive=row["positive"], negative=row["negative"])
