"""The cells of a release: how many each tells of, what was told of it before, and whether it is hidden by itself."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import PERSPECTIVES
from assessment.scoring.dimensions import KEYS
from assessment.scoring.following import CELL
from assessment.scoring.narrowing import Means
from assessment.scoring.tally import TENSION
from assessment.scoring.unanimity import UNANIMOUS, at_an_end

PRIMARY = "small_group"
SECONDARY = "protects_another"
EARLIER = "close_to_earlier"
"""Why a cell is hidden: known inside only, for told apart they would tell which groups are small."""

ORDER = {PRIMARY: 0, EARLIER: 1, UNANIMOUS: 2}

SUMMED = (*PERSPECTIVES, TENSION)
TOTAL, SQUARES = "·total", "·squares"
CHANGED, WAS_HIDDEN = "changed·", "was_hidden·"

SAME = 1e-9
"""Points of a score that the order of sums may change."""


def cell_table(rows: pd.DataFrame, least: int, earlier: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Say of every group and dimension how many it tells of and whether it must be hidden by itself.

    One row is one dimension in one group, all perspectives together: reality, vision and tension add up, so that
    one hidden and two shown would be three shown. A column for each perspective holds its number of respondents, NaN
    where there is no answer; ``known`` says that the same people were told of before, `CHANGED` with the place of an
    earlier release by how many at most the numbers differ (NaN where it told none), `WAS_HIDDEN` that it hid the cell.
    """
    few = (rows["n"] < least) & ((rows["n"] > 0) | (rows["given"] > 0))
    few |= rows["respondents"] < least
    rows["reason"] = np.select([few, (rows["n"] > 0) & at_an_end(rows)], [PRIMARY, UNANIMOUS], None).astype(object)
    compared = rows.assign(**beside(rows, earlier, least))
    compared.loc[compared["reason"].isna() & compared["near"], "reason"] = EARLIER
    numbers = {"": rows["n"].astype(float), TOTAL: total_of(rows), SQUARES: squares_of(rows)}
    for one in SUMMED:
        told_of = (rows["perspective"] == one) & (rows["given"] + rows["na"] > 0)
        compared = compared.assign(**{one + name: number.where(told_of) for name, number in numbers.items()})
    summed = [one + name for one in SUMMED for name in numbers]
    past = [name + str(place) for place in range(len(earlier)) for name in (CHANGED, WAS_HIDDEN)]
    made = {name: (name, "max") for name in ("known", "width", *past, *summed)}
    made |= {"reason": ("reason", "min")}
    compared["reason"] = compared["reason"].map(ORDER)
    cells = compared.groupby(list(CELL), dropna=False, sort=False).agg(**made).reset_index()
    cells["reason"] = cells["reason"].map({place: reason for reason, place in ORDER.items()})
    keys = ["by", "group", "reason"]  # grouping turns None into NaN, which equals nothing, itself included
    return cells.assign(**{key: cells[key].astype(object).where(cells[key].notna(), None) for key in keys})


def total_of(rows: pd.DataFrame) -> pd.Series:
    """Give the sum of respondents' scores in steps above the low end of the scale, by `n` and `plain_mean`."""
    low = -rows["width"].astype(float)
    if "score" in rows:
        low = (rows["mean"] - rows["score"] * rows["width"] / 100).where(rows["perspective"] != TENSION, low)
    return rows["n"] * (rows["plain_mean"] - low)


def squares_of(rows: pd.DataFrame) -> pd.Series:
    """Give the sum of the squares of these scores."""
    return (rows["n"] - 1).clip(lower=0) * rows["variance"].fillna(0) + total_of(rows) ** 2 / rows["n"].clip(lower=1)


def beside(rows: pd.DataFrame, earlier: Sequence[pd.DataFrame], least: int) -> dict[str, np.ndarray]:
    """Compare each row with what every earlier release told of it.

    Returns
    -------
    dict
        ``near``: whether it is so near to one of them that the difference would tell of few; ``known``: whether one
        told the very same; `CHANGED` and `WAS_HIDDEN` with the place of each release, as in `cell_table`.
    """
    near, known = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    past = {}
    for place, one in enumerate(earlier):
        changed, differs, was_hidden = since(rows, one)
        near |= ((changed > 0) & (changed < least)) | (differs & (changed == 0))
        known |= (changed == 0) & ~differs
        past |= {f"{CHANGED}{place}": changed, f"{WAS_HIDDEN}{place}": was_hidden}
    return {"near": near, "known": known, **past}


def since(rows: pd.DataFrame, earlier: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Compare each row with what one release told of it.

    Returns
    -------
    tuple
        By how many respondents its number differs, NaN where none was told; whether its mean does; whether it was
        hidden.
    """
    keys, numbers = list(KEYS), [name for name in ("score", "tension") if name in earlier and name in rows]
    before = earlier.drop_duplicates(keys, keep="last")
    before = before[[*keys, "n", *numbers]].astype({key: object for key in keys})
    met = rows[keys].astype(object).merge(before, how="left", on=keys, indicator=True)
    n = pd.to_numeric(met["n"]).to_numpy(dtype=float, na_value=np.nan)
    differs = np.zeros(len(rows), dtype=bool)
    for name in numbers:
        differs |= np.abs(rows[name].to_numpy(dtype=float) - met[name].to_numpy(dtype=float)) > SAME
    was_hidden = (met["_merge"] == "both").to_numpy() & np.isnan(n)
    return np.abs(rows["n"].to_numpy() - n), differs, was_hidden


def columns_of(cells: pd.DataFrame, name: str, releases: int) -> list[np.ndarray]:
    """Give the columns of this name, one for each earlier release; those that say the same once."""
    found = (cells[f"{name}{place}"].to_numpy() for place in range(releases))
    return list({column.tobytes(): column for column in found}.values())


def means_of(cells: pd.DataFrame, perspective: str) -> Means:
    """Give what is behind the means of one perspective."""
    people, total, squares = (np.nan_to_num(cells[perspective + name]) for name in ("", TOTAL, SQUARES))
    width = float(cells["width"].max())
    return Means(people, total, squares, 2 * width if perspective == TENSION else width, width / 100)
