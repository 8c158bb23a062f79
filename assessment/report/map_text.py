"""What is read from a systems map as text, for a terminal: 80 columns, no colour needed."""

from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
import pandas as pd

from assessment.figures.map_words import (
    Labels,
    conflict_words,
    consensus_told,
    counted,
    kind_words,
    labels_of,
    links_of,
    listed,
    loop_told,
    plain,
    rows_of,
    say,
)
from assessment.report.map_page import FEW, paragraph, rest, titled
from assessment.report.map_tables import leverage_block, pluralism_block, positions_block, silos_block
from assessment.systems.causes import causal_links
from assessment.texts import format_number
from assessment.texts.maps import tell_archetype, tell_note, tell_why

Tables = Mapping[str, pd.DataFrame]

SIGNS, UNCERTAIN = ("reinforcing", "balancing"), "uncertain"


def map_text(
    tables: Tables, graph: nx.MultiDiGraph, language: str, kinds: Sequence[str] = (), told: bool = True
) -> str:
    """Read a systems map in a terminal: who stands where, silos, pluralism, loops, archetypes, leverage.

    Parameters
    ----------
    tables
        What `analyse_map` gave.
    graph
        The map it was given.
    language
        ``"fr"`` or ``"en"``.
    kinds
        Kinds of relations counted, where not all are.
    told
        Whether a last line says where the whole is.

    Returns
    -------
    str
        Lines of at most 80 columns, but where a word is longer; without a line end at the end.

    Notes
    -----
    **Missing answers**: a number that is not is a dash; a part of which the map holds nothing is left out.

    Examples
    --------
    >>> from assessment.systems import analyse_map
    >>> from assessment.systems.archetypes import template_map
    >>> graph = template_map("limits_to_growth")
    >>> print(map_text(analyse_map(graph, permutations=10), graph, "en").split(" · ")[0])
    Map “limits_to_growth”
    """
    if not len(graph):
        return "\n\n".join([heading(graph, language), paragraph(say("nothing_to_read", language))])
    labels = labels_of(graph)
    blocks = [
        heading(graph, language, kinds),
        positions_block(tables, labels, language),
        silos_block(tables, language),
        pluralism_block(tables, language),
        loops_block(tables, graph, labels, language),
        archetypes_block(tables, labels, language),
        leverage_block(tables, labels, language),
        consensus_block(tables, graph, labels, language),
        notes_block(tables, labels, language),
        say("in_full", language) if told else "",
    ]
    return "\n\n".join(block for block in blocks if block)


def heading(graph: nx.MultiDiGraph, language: str, kinds: Sequence[str] = ()) -> str:
    """Tell what is read."""
    actors = sum(kind == "actor" for _, kind in graph.nodes(data="type"))
    causal = sum(kind == "causes" for *_, kind in graph.edges(data="kind"))
    name = graph.graph.get("name")
    counts = {"actors": actors, "variables": len(graph) - actors}
    counts |= {"relations": graph.number_of_edges() - causal, "links": causal}
    counts["participants"] = len(graph.graph.get("participants") or ())
    parts = [
        say("map_named", language, name=plain(name)) if name else say("map_unnamed", language),
        *(counted(what, count, language) for what, count in counts.items() if count),
    ]
    lines = [paragraph(" · ".join(parts)), paragraph(say("drawn_only", language)) if len(graph) else ""]
    if kinds:
        lines.append(
            paragraph(say("kinds_counted", language, names=listed([kind_words(one, language) for one in kinds])))
        )
    return "\n".join(line for line in lines if line)


def loops_block(tables: Tables, graph: nx.MultiDiGraph, labels: Labels, language: str) -> str:
    """Count the loops and tell the first of the ranking."""
    loops = tables["loops"]
    if tables["leverage"].empty:
        return ""
    if loops.empty:
        key = "loops_none" if tables["leverage"]["direct_influence"].any() else "loops_no_links"
        return titled("loops_title", [paragraph(say(key, language))], language)
    summary = loops_counted(loops, language)
    shown = rows_of(loops.head(FEW))
    links = links_of(causal_links(graph))
    told = [loop_words(row, links, labels, language) for row in shown]
    return titled("loops_title", [paragraph(summary), "\n".join([*told, *rest(shown, loops, language)])], language)


def loops_counted(loops: pd.DataFrame, language: str) -> str:
    """Say how many loops there are, of which kind, and how few make up all of them."""
    if len(loops) == 1:
        return say(f"one_{loops['kind'].iloc[0] or UNCERTAIN}", language)
    counts = {"count": len(loops), "uncertain": int(loops["uncertain"].sum())}
    counts |= {name: int((loops["kind"] == name).sum()) for name in SIGNS}
    told = say("loops_counted", language, **{name: format_number(one, language, 0) for name, one in counts.items()})
    independent = int(loops["independent"].sum())
    if independent == len(loops):
        return told
    return told + " " + say("loops_independent", language, independent=format_number(independent, language, 0))


def loop_words(row: Mapping[str, Any], links: Mapping[tuple, Mapping], labels: Labels, language: str) -> str:
    """Tell one loop, with its number, whether it amplifies or holds back, and the name people gave it."""
    mark = say(f"mark_{row['kind'] or UNCERTAIN}", language)
    lead = f"{mark}{row['loop']}"
    return paragraph(f"{lead:<4} {loop_told(row, links, labels, language)}", indent="     ")


def archetypes_block(tables: Tables, labels: Labels, language: str) -> str:
    """Tell the first candidates: story, what it rests on, what one would see, leverage, question to the group."""
    whole = rows_of(tables["archetypes"])
    shown = whole[:FEW]
    before = [{row["archetype"] for row in shown[:place]} for place in range(len(shown))]
    told = [
        archetype_words(row, labels, language, again=row["archetype"] in met)
        for row, met in zip(shown, before, strict=True)
    ]
    return titled("archetypes_title", [*told, *rest(shown, whole, language)], language)


def archetype_words(row: Mapping[str, Any], labels: Labels, language: str, again: bool = False) -> str:
    """Tell one candidate; where its archetype has been told, only what differs."""
    told = tell_archetype(row["archetype"], row["roles"], labels, language)
    why = " ".join(tell_why(entry, labels, language) for entry in row["why"])
    lines = [f"{row['rank']}. {told['name']}"]
    parts = {"story": told["story"], "why": why}
    if not again:
        parts |= {"sign": told["sign"], "lever": told["leverage"], "question": told["question"]}
    lines += [paragraph("   " + say(name, language, text=text), indent="     ") for name, text in parts.items()]
    return "\n".join(lines)


def consensus_block(tables: Tables, graph: nx.MultiDiGraph, labels: Labels, language: str) -> str:
    """Tell what participants share, and where they contradict each other."""
    ties, pairs = tables["consensus"], tables["participants"]
    if pairs.empty:
        return ""
    disputed = rows_of(ties[ties["conflict"]])
    blocks = [
        *consensus_told(ties, pairs, language),
        *conflict_words(disputed[:FEW], labels, language),
        *rest(disputed[:FEW], disputed, language),
    ]
    return titled("consensus_title", ["\n".join(paragraph(block) for block in blocks)], language)


def notes_block(tables: Tables, labels: Labels, language: str) -> str:
    """Tell what to know about the map and the numbers."""
    told = [paragraph("- " + tell_note(row, labels, language), indent="  ") for row in rows_of(tables["faults"])]
    return titled("notes_title", ["\n".join(told)], language)
