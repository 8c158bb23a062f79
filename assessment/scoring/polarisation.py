"""Whether people agree on a dimension, spread over it, or stand in two camps; the organisation as one group too."""

from collections.abc import Sequence

import pandas as pd

from assessment.scoring.blanks import with_none
from assessment.scoring.dimensions import CROSSED, KEYS, group_names
from assessment.scoring.tally import Tally
from assessment.statistics import average_deviation, average_deviation_cut, ordinal_polarisation, rwg_j

COLUMNS = (*KEYS, "n", "ad", "ad_cut", "rwg_j", "polarisation", "suppressed", "reason")
"""Columns of the polarisation table."""


def score_polarisation(tally: Tally, by: Sequence[str] = (), wave: str = "") -> pd.DataFrame:
    r"""Learn whether the members of a group agree, or stand in two camps.

    Parameters
    ----------
    tally
        The tally of one wave, told apart at least by `by`.
    by
        Columns that make the groups; none = the organisation as one group.
    wave
        The wave's name, for the rows.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one dimension under one perspective in one group: `COLUMNS`. ``n`` respondents who
        answered every item they could, ``ad`` their average deviation in steps of the answer scale, ``ad_cut`` (a sixth
        of the number of answers) up to which they may be said to agree, ``rwg_j`` the agreement against a uniform
        null, ``polarisation`` the mean over items of (1 − A)/2, A van der Eijk's agreement: 0 all in one place, 0.5
        spread evenly, 1 half at either end.

    Notes
    -----
    **Missing answers**: listwise, as for agreement in every table.

    References
    ----------
    Burke & Dunlap 2002 (A/6); James, Demaree & Wolf 1984; van der Eijk 2001, Quality & Quantity 35, 325-341.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> from assessment.scoring.tally import tally
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"st_04.reality,st_05.reality\n1,5\n5,1\n1,5\n5,1")
    >>> table = score_polarisation(tally(load_responses(file, framework), framework))
    >>> table[["n", "ad", "polarisation"]].values.tolist()
    [[4.0, 2.0, 1.0]]
    """
    cells = tally.by(*by)
    names = group_names(cells.keys, by)
    tables = []
    for dimension, perspective in cells.dimensions:
        sums = cells.sums[dimension, perspective]
        n = sums.n_complete
        table = {
            "group": names,
            "n": n,
            "ad": average_deviation(sums.complete),
            "ad_cut": average_deviation_cut(sums.span),
            "rwg_j": rwg_j(sums.complete),
            "polarisation": ordinal_polarisation(sums.complete).mean(axis=-1),
        }
        reason = pd.Series(n < 2).map({True: "too_few_complete", False: None}).astype(object)
        tables.append(pd.DataFrame(table).assign(dimension=dimension, perspective=perspective, reason=reason))
    if not tables:
        return pd.DataFrame(columns=list(COLUMNS))
    table = pd.concat(tables, ignore_index=True).assign(wave=wave, suppressed=False)
    table["by"] = CROSSED.join(by) or None
    return with_none(table, ("by", "group", "reason"))[list(COLUMNS)]
