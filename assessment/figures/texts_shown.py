"""What people wrote and may be read by others, question by question."""

import unicodedata
from collections.abc import Iterator

import pandas as pd

from assessment.figures.passages import Passage
from assessment.figures.rows import in_language
from assessment.framework.model import Framework
from assessment.texts import format_number, word


def texts_parts(
    texts: pd.DataFrame, framework: Framework, language: str, *, search: str = "", min_group: int = 10
) -> list[Passage]:
    """Read what people wrote, question by question.

    Parameters
    ----------
    texts
        `assessment.practices.texts_read.shown_texts` of one wave: only what somebody has read and let through.
    framework
        The instrument, for the questions.
    language
        ``"fr"`` or ``"en"``; the texts are in the language they were written in.
    search
        Only texts that hold these words, whatever their case and accents.
    min_group
        Below this many texts nothing is counted.

    Returns
    -------
    list of Passage
        One a question that has texts, in the instrument's order.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> texts = pd.DataFrame({"wave": "1", "question": "verbatim_strength", "n": 40, "text": ["Une visite"]})
    >>> texts_parts(texts, load_framework("collectivite-apprenante"), "en", search="VISITE")[0].rows
    [['Une visite']]
    """
    found = texts[[holds(text, search) for text in texts["text"]]] if len(texts) else texts
    return list(by_question(found, framework, language, min_group))


def by_question(texts: pd.DataFrame, framework: Framework, language: str, min_group: int) -> Iterator[Passage]:
    """Tell each question's texts."""
    names = question_names(framework, language)
    for question in sorted(set(texts["question"]), key=lambda one: list(names).index(one) if one in names else 999):
        own = texts[texts["question"] == question]
        note = word("texts_read.note_passage", language, n=format_number(int(own["n"].max()), language, 0))
        told = counted(len(own), language, min_group)
        columns = [{"label": word("texts_read.column", language)}]
        yield Passage(question, names.get(question, question), told, note, columns, [[one] for one in own["text"]])


def question_names(framework: Framework, language: str) -> dict[str, str]:
    """Give what was asked, by the question's id."""
    return {one.id: in_language(one.text, language) for one in framework.questions}


def counted(count: int, language: str, min_group: int) -> str:
    """Count texts where they are not too few to be counted.

    Examples
    --------
    >>> counted(12, "en", 10), counted(3, "en", 10), counted(0, "en", 10)
    ('12 texts', 'fewer than 10 texts', 'no text')
    """
    if 0 < count < min_group:
        return word("texts_read.fewer", language, count=format_number(min_group, language, 0))
    key = "counted" if count else "counted_none"
    return word(f"texts_read.{key}", language, count=format_number(count, language, 0))


def holds(text: str, search: str) -> bool:
    """Say whether a text holds words, whatever their case and accents."""
    return plain(search) in plain(text)


def plain(text: str) -> str:
    """Take case, accents and double blanks away.

    Examples
    --------
    >>> plain("  L’Été ")
    "l'ete"
    """
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(bare.replace("’", "'").casefold().split())
