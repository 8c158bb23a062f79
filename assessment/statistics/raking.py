"""Which weights bring a table of respondents to the margins known of everyone? Iterative proportional fitting."""

import numpy as np

CLOSE = 1e-12
"""Share of a margin by which the fitted one may still be off."""


def rake(counts, row_totals, column_totals, rounds=2000):
    """Learn how many people each cell of a table stands for when only the margins are known.

    Parameters
    ----------
    counts : array_like, shape (rows, columns)
        Respondents of each cell; every row and every column holds one at least.
    row_totals, column_totals : array_like, shape (rows,), (columns,)
        What rows and columns are known to hold, above 0, the same in all.
    rounds : int
        Rounds after which the search is given up.

    Returns
    -------
    ndarray, shape (rows, columns)
        People in each cell; 0 where nobody answered. Divided by `counts` it is the weight of a respondent. NaN
        throughout where no table with these empty cells has these margins, so that the fitting does not settle.

    Notes
    -----
    Missing answers: not concerned; who answered at all counts.

    Rows and columns are brought to their totals in turn. What it settles on keeps the odds ratios of the respondents:
    of all tables with these margins the nearest to them (least discrimination information).

    References
    ----------
    Deming & Stephan 1940, Annals of Mathematical Statistics 11, 427-444; Ireland & Kullback 1968, Biometrika 55,
    179-188.

    Examples
    --------
    Two units of 20 and 80 people, two roles of 50 and 50; two respondents in each cell.

    >>> rake([[2, 2], [2, 2]], [20, 80], [50, 50])
    array([[10., 10.],
           [40., 40.]])
    """
    fitted, rows, columns = (np.asarray(array, dtype=float) for array in (counts, row_totals, column_totals))
    with np.errstate(divide="ignore", invalid="ignore"):
        for _ in range(rounds):
            fitted = fitted * (rows / fitted.sum(axis=1))[:, None]
            fitted = fitted * (columns / fitted.sum(axis=0))
            if (np.abs(fitted.sum(axis=1) - rows) <= CLOSE * rows).all():
                return fitted
    return np.full_like(fitted, np.nan)
