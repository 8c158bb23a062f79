"""Whether the groups of a grouping differ at all."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.scoring.between import checked, refuse_other_words
from assessment.scoring.blanks import with_none
from assessment.scoring.design import groups_of
from assessment.scoring.dimensions import CROSSED
from assessment.scoring.sides import Sides, sides_of
from assessment.scoring.tally import tally
from assessment.statistics import several_groups

SEVERAL_COLUMNS = (
    "wave",
    "by",
    "dimension",
    "perspective",
    "n",
    "groups",
    "omega_squared",
    "eta_squared",
    "f",
    "df1",
    "df2",
    "p",
    "suppressed",
    "reason",
)
"""Columns of the table of several groups at once."""


def compare_several(
    responses: pd.DataFrame, framework: Framework, by: Sequence[str], wave: str | None = None
) -> pd.DataFrame:
    r"""Learn whether the groups of a grouping differ at all, and how much of the differences between people they hold.

    Parameters
    ----------
    responses, framework, wave
        As in `compare_groups`.
    by
        Columns that make the groups; not role or form, whose groups are not put the same items.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one dimension under one perspective: `SEVERAL_COLUMNS`. ``omega_squared`` and
        ``eta_squared`` (0–1) are the share of the variance that lies between groups, estimated beyond these respondents
        and in them; ``f``, ``df1``, ``df2``, ``p`` are Welch's test. ``n`` and ``groups`` count groups of two and more.

    Raises
    ------
    Faults
        As `compare_groups`; groups by role or form.

    Notes
    -----
    **Missing answers**: respondents without a score are in no group, nor are people of no group.

    References
    ----------
    Welch 1951, Biometrika 38, 330-336; Hays 1963.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"unit,st_04.reality,st_05.reality\nA,1,1\nA,2,2\nB,3,3\nB,4,4\nC,5,5\nC,4,4\n,1,1")
    >>> compare_several(load_responses(file, framework), framework, ["unit"])[["n", "groups"]].values.tolist()
    [[6, 3]]
    """
    refuse_other_words(by)
    responses, wave = checked(responses, framework, [by], wave)
    groups = groups_of(tally(responses[(responses[list(by)] != "").any(axis=1)], framework, by), by)
    rows = [several_row(sides_of(groups, pair), pair) for pair in groups.cells.sums]
    table = pd.DataFrame(rows, columns=list(SEVERAL_COLUMNS))
    return with_none(table.assign(wave=wave, by=CROSSED.join(by), suppressed=False), ("by", "reason"))


def several_row(sides: Sides, pair: tuple[str, str]) -> dict:
    """Give one dimension's row."""
    found = several_groups(sides.n, sides.mean, sides.variance)
    used = sides.n > 1
    row = {name: float(getattr(found, name)) for name in ("omega_squared", "eta_squared", "f", "df1", "df2", "p")}
    reason = "too_few_groups" if used.sum() < 2 else "no_variance" if np.isnan(found.f) else None
    keys = {"dimension": pair[0], "perspective": pair[1], "n": int(sides.n[used].sum()), "groups": int(used.sum())}
    return keys | row | {"reason": reason}
