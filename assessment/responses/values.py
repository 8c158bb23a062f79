"""Answers as numbers, respondent by respondent, for what counts alone cannot tell. A row is a person: never shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from assessment.framework.model import Framework, Item
from assessment.responses.answers import MISSING, NOT_CONCERNED
from assessment.responses.columns import column_name


@dataclass(frozen=True)
class AnswerSheets:
    r"""The responses to an instrument, read as numbers.

    Parameters
    ----------
    responses
        The responses table (`load_responses`): one row is one response.
    framework
        The instrument.

    Notes
    -----
    **Missing answers** are NaN, and so is "not concerned", and an answer to an item not put to the respondent.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> responses = load_responses(io.BytesIO(b"st_03.reality,st_04.reality\n5,2\nna,4"), framework)
    >>> sheets = AnswerSheets(responses, framework)
    >>> items = sheets.fielded("systems_thinking", "reality")
    >>> sheets.values(items, "reality").tolist(), sheets.turned(items, "reality").tolist()  # st_03 is reversed
    ([[5.0, 2.0], [nan, 4.0]], [[1.0, 2.0], [nan, 4.0]])
    """

    responses: pd.DataFrame
    framework: Framework

    @cached_property
    def _kinds(self) -> tuple[np.ndarray, tuple[tuple[str, str], ...]]:
        """Who is asked alike: for each response the number of its (role, form), and these."""
        (role, roles), (form, forms) = (pd.factorize(self.responses[name]) for name in ("role", "form"))
        numbers, kind = np.unique(role * max(len(forms), 1) + form, return_inverse=True)
        return kind, tuple((roles[one // len(forms)], forms[one % len(forms)]) for one in numbers)

    def fielded(self, dimension: str, *perspectives: str) -> tuple[Item, ...]:
        """Give the scored items of a dimension that were asked about under all of these perspectives."""
        return self.among(self.framework.scored_items(dimension), *perspectives)

    def among(self, items: Sequence[Item], *perspectives: str) -> tuple[Item, ...]:
        """Give those of some items that were asked about under all of these perspectives."""
        names = set(self.responses.columns)
        return tuple(item for item in items if all(self._column(item, one) in names for one in perspectives))

    def asked(self, items: Sequence[Item]) -> np.ndarray:
        """Say which items the framework puts to each respondent, by role and form; shape (respondents, items)."""
        kind, kinds = self._kinds
        asked = [[self.framework.is_asked(item, *one) for item in items] for one in kinds]
        return np.array(asked, dtype=bool).reshape(len(kinds), len(items))[kind]

    def codes(self, items: Sequence[Item], perspective: str) -> np.ndarray:
        """Give the cells as they are held (`assessment.responses.answers`), shape (respondents, items)."""
        cells = [self.responses[self._column(item, perspective)].to_numpy() for item in items]
        return np.stack(cells, axis=1) if cells else np.empty((len(self.responses), 0), dtype=np.uint8)

    def values(self, items: Sequence[Item], perspective: str) -> np.ndarray:
        """Give the answers as given (not reversed), on each item's answer scale; shape (respondents, items)."""
        codes = self.codes(items, perspective)
        low = np.array([self.framework.scale_of(item).low for item in items], dtype=float)
        answered = self.asked(items) & (codes != MISSING) & (codes != NOT_CONCERNED)
        return np.where(answered, codes + (low - 1), np.nan)

    def turned(self, items: Sequence[Item], perspective: str) -> np.ndarray:
        """Give the answers with reversed items turned: low + high − answer."""
        values = self.values(items, perspective)
        scales = [self.framework.scale_of(item) for item in items]
        ends = np.array([scale.low + scale.high for scale in scales], dtype=float)
        return np.where([item.reverse for item in items], ends - values, values)

    def shares(self, items: Sequence[Item], perspective: str) -> np.ndarray:
        """Give the answers as given, on 0–1, so that items with unlike answer scales may stand together."""
        scales = [self.framework.scale_of(item) for item in items]
        low = np.array([scale.low for scale in scales], dtype=float)
        width = np.array([scale.high - scale.low for scale in scales], dtype=float)
        return (self.values(items, perspective) - low) / width

    def _column(self, item: Item, perspective: str) -> str:
        return column_name(self.framework, item, perspective)
