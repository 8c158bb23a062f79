"""Where an organisation stands among others: medians and quartiles given as a table."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.faults import Fault, refuse
from assessment.framework.model import Framework
from assessment.scoring.between import checked, tally_of
from assessment.scoring.blanks import first_of, with_none
from assessment.scoring.comparisons import COMPARISON_COLUMNS, WORDS, certain, keyed, told
from assessment.scoring.design import groups_of
from assessment.scoring.dimensions import CROSSED, group_name
from assessment.scoring.headcounts import check_headcounts
from assessment.scoring.sides import Sides, dimensions_of, why_not
from assessment.scoring.smallest import Smallest
from assessment.scoring.tally import tally
from assessment.statistics import difference_between, hedges_g_alone

BENCHMARK_COLUMNS = ("dimension", "perspective", "organisations", "median", "q25", "q75")
"""Columns of a benchmark: one row is one dimension under one perspective; numbers on 0–100 (tension: −100–100)."""

POSITION_COLUMNS = (*COMPARISON_COLUMNS[:-2], "median", "q25", "q75", "quarter", "suppressed", "reason")
"""Columns of a comparison with a benchmark."""

QUARTERS = ("lowest", "below_median", "above_median", "highest")


def benchmark_of(scores: pd.DataFrame) -> pd.DataFrame:
    """Learn the medians and quartiles of a set of organisations.

    Parameters
    ----------
    scores
        One row is one organisation's score: ``organisation``, ``dimension``, ``perspective``, ``score`` (0–100).

    Returns
    -------
    pandas.DataFrame
        `BENCHMARK_COLUMNS`, in the order of `scores`: a benchmark for `compare_benchmark`.

    Raises
    ------
    Faults
        A column that is not there.

    Notes
    -----
    Missing answers: an organisation without a score does not count.

    Every organisation weighs the same, whatever its size. Quantiles of type 7, as R's and numpy's.

    References
    ----------
    Hyndman & Fan 1996, The American Statistician 50, 361-365.

    Examples
    --------
    >>> scores = pd.DataFrame({"organisation": list("abcde"), "dimension": "d", "perspective": "reality",
    ...     "score": [40.0, 45, 50, 60, 80]})
    >>> benchmark_of(scores)[["organisations", "median", "q25", "q75"]].values.tolist()
    [[5.0, 50.0, 45.0, 60.0]]
    """
    check_has(scores, ("organisation", "dimension", "perspective", "score"))
    groups = scores.dropna(subset="score").groupby(["dimension", "perspective"], sort=False)["score"]
    quantiles = {name: groups.quantile(share) for name, share in (("median", 0.5), ("q25", 0.25), ("q75", 0.75))}
    return pd.DataFrame({"organisations": groups.size(), **quantiles}).reset_index()[list(BENCHMARK_COLUMNS)]


def compare_benchmark(
    responses: pd.DataFrame,
    framework: Framework,
    benchmark: pd.DataFrame,
    by: Sequence[str] = (),
    wave: str | None = None,
    units: pd.DataFrame | None = None,
    smallest: Smallest | None = None,
) -> pd.DataFrame:
    r"""Learn where the organisation, or each group, stands among other organisations.

    Parameters
    ----------
    responses
        The responses table (`load_responses`).
    framework
        The instrument; the benchmark must have been measured with the same items, which nobody can check here.
    benchmark
        `BENCHMARK_COLUMNS`: one row is one dimension under one perspective.
    by
        Columns that make the groups; none = the organisation.
    wave, units, smallest
        As in `compare_groups`.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one group, one dimension and one perspective that the benchmark has: `POSITION_COLUMNS`,
        ``comparison`` "benchmark". ``difference`` is score − median, ``other_n`` the number of organisations,
        ``quarter`` "lowest", "below_median", "above_median" or "highest".

    Raises
    ------
    Faults
        A column that is not there, a headcount below the number of respondents.

    Notes
    -----
    **Missing answers**: respondents without a score are in no group.

    The benchmark is taken as it is: the interval is of the own score only. ``hedges_g`` is in standard deviations
    between the own respondents, which is much wider than the spread between organisations: read ``quarter`` for that.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> benchmark = pd.DataFrame({"dimension": ["systems_thinking"], "perspective": "reality", "organisations": 40,
    ...     "median": 45.0, "q25": 40.0, "q75": 52.0})
    >>> responses = load_responses(io.BytesIO(b"st_04.reality,st_05.reality\n3,3\n3,4\n2,3"), framework)
    >>> compare_benchmark(responses, framework, benchmark)[["difference", "quarter"]].values.tolist()
    [[5.0, 'above_median']]
    """
    check_has(benchmark, BENCHMARK_COLUMNS)
    responses, wave = checked(responses, framework, [by], wave)
    counts = tally(responses, framework, tally_of(units, by))
    if units is not None:
        check_headcounts(counts, units)
    groups, smallest = groups_of(counts, by, units), smallest or Smallest()
    names = [group_name(list(value)) for value in groups.cells.keys[list(by)].to_numpy()]
    known = benchmark.set_index(["dimension", "perspective"])
    rows = [
        pd.DataFrame({"group": names, "other_group": None} | against(sides, known.loc[pair], items, smallest) | named)
        for named, items, sides in dimensions_of(groups)
        if (pair := tuple(named.values())) in known.index
    ]
    table = keyed(rows, framework, comparison="benchmark", wave=wave, by=CROSSED.join(by) or None)
    return with_position(table, benchmark)


def against(sides: Sides, row: pd.Series, items: int, smallest: Smallest) -> dict:
    """Compare groups with a median."""
    found = difference_between(sides.mean, sides.se, sides.df, row["median"], 0, 1)
    effect = hedges_g_alone(found.difference, sides.n, sides.variance)
    reason = first_of(why_not(sides), certain(found, sides.everyone))
    return told(found, effect, smallest.points(np.sqrt(sides.variance)), reason, sides.n, row["organisations"], items)


def with_position(table: pd.DataFrame, benchmark: pd.DataFrame) -> pd.DataFrame:
    """Say in which quarter of the organisations each score lies."""
    quartiles = ["q25", "median", "q75"]
    table = table.merge(
        benchmark[["dimension", "perspective", *quartiles]], on=["dimension", "perspective"], how="left"
    )
    score = (table["median"] + table["difference"]).to_numpy(dtype=float)
    place = (score[:, None] >= table[quartiles].to_numpy(dtype=float)).sum(axis=1)
    table["quarter"] = np.where(np.isnan(score), None, np.array(QUARTERS, dtype=object)[place])
    return with_none(table[list(POSITION_COLUMNS)], (*WORDS, "quarter"))


def check_has(table: pd.DataFrame, columns: Sequence[str]) -> None:
    """Refuse a table that lacks columns."""
    given = ", ".join(table.columns)
    refuse(
        *(Fault("benchmark_column_missing", {"column": one}, {"allowed": given}) for one in columns if one not in table)
    )
