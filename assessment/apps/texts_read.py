"""The chapter of what people wrote: read by somebody of the mandate group, then shown to others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from typing import Any, ClassVar

import pandas as pd

from assessment.apps.campaign import opened
from assessment.apps.contents import TEXTS, sheet_id
from assessment.apps.kept_sheet import KeptSheet, afresh, only_here
from assessment.apps.texts_page import ALL, LISTED, TextsStanding, write_texts
from assessment.framework.model import Framework
from assessment.practices.texts_read import (
    KEPT_BACK,
    MASKED,
    SHOWN,
    TO_READ,
    check_reading,
    choose,
    has_political,
    is_political,
    new_reading,
    reading_of,
    with_political,
)
from assessment.scoring.verbatims import release_verbatims
from assessment.widgets.tool_page import Event
from assessment.workspace import Workspace, responses_of, verbatims_of


@dataclass
class TextsRead:
    """What the chapter is about, and what it answers.

    Parameters
    ----------
    framework
        The instrument, for the questions.
    verbatims
        Released texts of every wave (`release_verbatims`).
    wave
        Gives the wave that is looked at.
    min_group
        The threshold of the release.
    workspace, campaign
        Where choices are kept; without a workspace only as long as the page is open.
    begin
        Gives the reading there is before anybody has done anything here.
    """

    framework: Framework
    verbatims: pd.DataFrame
    wave: Callable[[], str]
    min_group: int = 10
    workspace: Workspace | str | PathLike | None = None
    campaign: str = ""
    begin: Callable[[], Mapping[str, Any]] = new_reading
    sheet: KeptSheet = field(init=False)
    reading: bool = field(init=False, default=False)
    put_off: tuple[str, ...] = field(init=False, default=())
    again: str | None = field(init=False, default=None)
    question: str = field(init=False, default=ALL)
    search: str = field(init=False, default="")
    listed: int = field(init=False, default=LISTED)
    fault: bool = field(init=False, default=False)

    def __post_init__(self):
        self.sheet = KeptSheet(self.workspace, sheet_id(TEXTS, self.campaign), self.begin, check_reading)

    @property
    def texts(self) -> pd.DataFrame:
        """The texts of the wave and what others may see of each."""
        return reading_of(self.own, self.sheet.document)

    @property
    def own(self) -> pd.DataFrame:
        """The released rows of the wave."""
        return self.verbatims[self.verbatims["wave"] == self.wave()]

    def current(self, texts: pd.DataFrame) -> str | None:
        """Give the text in front of the reader: the one asked for, else the next, those put off last."""
        keys = list(texts.loc[texts["state"] == TO_READ, "key"])
        if self.again in set(texts["key"]):
            return self.again
        return next((one for one in [*(key for key in keys if key not in self.put_off), *keys]), None)

    def blocks(self, language: str) -> list[dict]:
        """Write the chapter, and forget what it has told once."""
        texts = self.texts
        written = [one for one in dict.fromkeys(self.own["question"]) if is_political(one)]
        question = self.question if self.question in set(texts["question"]) else ALL
        standing = TextsStanding(
            language,
            self.framework,
            texts,
            hidden=bool(self.own["text"].isna().any()),
            political=has_political(self.sheet.document) if written else None,
            reading=self.reading,
            current=self.current(texts),
            question=question,
            search=self.search,
            listed=self.listed,
            min_group=self.min_group,
            fault=self.fault,
            happened=self.sheet.happened,
            notices=only_here(self.workspace, language) if self.reading else (),
        )
        return write_texts(standing)

    def forget(self) -> None:
        """Tell what has happened no more."""
        self.sheet.happened, self.fault = None, False

    def show(self, event: Event) -> None:
        """Show a text, in the words in which the reader leaves it."""
        key = event.values["key"]
        words = event.values[f"text_{key}"].strip()
        own = next(iter(self.texts.loc[self.texts["key"] == key, "text"]), None)
        if not words or own is None:
            self.fault = True
            return
        is_changed = words.split() != own.split()
        self.settle(key, SHOWN, MASKED if is_changed else SHOWN, words if is_changed else None)

    def keep_back(self, event: Event) -> None:
        """Keep a text back."""
        self.settle(event.values["key"], KEPT_BACK, KEPT_BACK)

    def settle(self, key: str, choice: str, done: str, words: str | None = None) -> None:
        """Keep a choice, and go on to the next text."""
        if self.sheet.change(choose(self.sheet.document, key, choice, words), done):
            self.again = None

    def later(self, event: Event) -> None:
        """Put a text off: it comes last."""
        self.put_off = (*(one for one in self.put_off if one != event.values["key"]), event.values["key"])
        self.again = None

    def read_again(self, event: Event) -> None:
        """Put a text that was read in front of the reader once more; until then its choice stands."""
        self.again = event.values["key"]

    def undo(self, event: Event) -> None:
        """Take the last choice back."""
        self.sheet.undo()
        self.again = None

    def find(self, event: Event) -> None:
        """Look for words, and at one question."""
        self.question, self.search = event.values["question"] or ALL, event.values["search"]

    def open_reading(self, event: Event) -> None:
        """Go to the reader's page, as it is kept now."""
        self.reading = True
        self.sheet.load()

    def close_reading(self, event: Event) -> None:
        """Go to what others see."""
        self.reading, self.again, self.listed = False, None, LISTED

    def list_more(self, event: Event) -> None:
        """List more of what was read already."""
        self.listed += LISTED

    def add_political(self, event: Event) -> None:
        """Read, or no longer read, what was written on the political project."""
        wanted = event.values["wanted"]
        self.sheet.change(with_political(self.sheet.document, wanted), "political_on" if wanted else "political_off")

    ACTIONS: ClassVar[Mapping[str, Callable[[Any, Event], None]]] = {
        "texts_show": afresh(show),
        "texts_keep_back": afresh(keep_back),
        "texts_later": afresh(later),
        "texts_again": afresh(read_again),
        "texts_undo": afresh(undo),
        "texts_find": afresh(find),
        "texts_read": afresh(open_reading),
        "texts_close": afresh(close_reading),
        "texts_list": afresh(list_more),
        "texts_political": afresh(add_political),
    }


def kept_texts(workspace: Workspace | str | PathLike, campaign: str, min_group: int = 10) -> pd.DataFrame:
    """Release what people wrote in a campaign: of large groups only.

    Parameters
    ----------
    workspace
        A file, the address of a database, or an open workspace.
    campaign
        The campaign.
    min_group
        The campaign's threshold.
    """
    with opened(workspace) as own:
        return release_verbatims(verbatims_of(own, campaign), responses_of(own, campaign), min_group)
