"""Which items are put to whom: the denominators of scores come from the framework, never from what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.framework.model import Framework, Item
from assessment.scoring.crossing import crossed


@dataclass(frozen=True)
class Audience:
    """Respondents sorted by what decides what they are asked: their role and their form.

    Parameters
    ----------
    framework
        The instrument.
    kinds
        Each distinct (role, form) of the responses.
    kind
        For each respondent the number of its kind, shape (respondents,).
    """

    framework: Framework
    kinds: tuple[tuple[str, str], ...]
    kind: np.ndarray

    def asked(self, items: Sequence[Item]) -> np.ndarray:
        """Say which items each kind is asked, shape (items, kinds)."""
        rows = [[self.framework.is_asked(item, *kind) for kind in self.kinds] for item in items]
        return np.array(rows, dtype=bool).reshape(len(items), len(self.kinds))


def audience(responses: pd.DataFrame, framework: Framework) -> Audience:
    """Sort respondents by role and form.

    Parameters
    ----------
    responses
        The responses table.
    framework
        The instrument.
    """
    kind, values = crossed([responses["role"], responses["form"]])
    nobody = (("", ""),)  # one kind there always is, so that what is asked of nobody has its shape
    return Audience(framework, tuple(zip(*values, strict=True)) or nobody, kind)


def answers_needed(asked: np.ndarray) -> np.ndarray:
    """Give how many answers make a score: half of the items asked, rounded up, and two; one where one is asked.

    Parameters
    ----------
    asked
        Number of items asked, any shape.

    Returns
    -------
    numpy.ndarray
        The same shape; where nothing is asked, a number nobody reaches.

    Examples
    --------
    >>> answers_needed(np.array([0, 1, 2, 3, 5, 6])).tolist()
    [255, 1, 2, 2, 3, 3]
    """
    needed = np.maximum((asked + 1) // 2, np.minimum(asked, 2))
    return np.where(asked == 0, 255, needed)
