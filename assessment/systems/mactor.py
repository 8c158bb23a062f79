"""MACTOR: who holds power over whom, and which actors want the same, by Godet's formulas."""

import numpy as np
import pandas as pd

POWER_COLUMNS = ("id", "influence", "dependence", "power")
"""Columns of the balance of power."""

PAIR_COLUMNS = ("id", "other_id", "convergence", "divergence", "weighted_convergence", "weighted_divergence")
"""Columns of the table of pairs."""

OBJECTIVE_COLUMNS = ("objective", "in_favour", "against", "mobilisation", "weighted_in_favour", "weighted_against")
"""Columns of the table of objectives."""


def direct_and_indirect(direct: np.ndarray) -> np.ndarray:
    """Add to the influence of each actor on each other what passes through a third.

    Notes
    -----
    MIDI(a, b) = MID(a, b) + Σ over c of min(MID(a, c), MID(c, b)): an influence through a third is worth the weaker of
    its two steps. The diagonal holds the influence an actor has back on itself.

    References
    ----------
    Godet 1991, Actors' moves and strategies: the MACTOR method, Futures 23, 605-622; guide of the LIPSOR software.

    Examples
    --------
    >>> direct_and_indirect(np.array([[0, 3, 0], [0, 0, 2], [1, 0, 0]])).tolist()
    [[0, 3, 2], [1, 0, 2], [1, 1, 0]]
    """
    return direct + np.minimum(direct[:, :, None], direct[None, :, :]).sum(axis=1)


def score_power(direct: pd.DataFrame) -> pd.DataFrame:
    """Learn the balance of power between actors.

    Parameters
    ----------
    direct
        Direct influences, 0 (none) to 4 (can threaten the other's existence): one row is one actor, one column the
        actor it acts on, in the same order. The diagonal does not count.

    Returns
    -------
    pandas.DataFrame
        One row is one actor: `POWER_COLUMNS`. ``influence`` and ``dependence`` are direct and indirect, on others only;
        ``power`` is 1 on average.

    Notes
    -----
    **Missing answers**: an empty cell is no influence.

    With I and D these sums, r = (I − MIDI(a, a))/ΣI · I/(I + D), and power = r/mean(r). An actor without influence has
    power 0; where nobody has any, all are NaN.

    References
    ----------
    Godet 1991, Futures 23, 605-622.

    Examples
    --------
    >>> direct = pd.DataFrame([[0, 3, 0], [0, 0, 2], [1, 0, 0]], index=list("abc"), columns=list("abc"))
    >>> score_power(direct)[["id", "influence", "dependence"]].values.tolist()
    [['a', 5.0, 2.0], ['b', 3.0, 4.0], ['c', 2.0, 4.0]]
    """
    values = np.nan_to_num(direct.to_numpy(float))
    np.fill_diagonal(values, 0)
    both = direct_and_indirect(values)
    own = np.diagonal(both)
    influence, dependence = both.sum(axis=1) - own, both.sum(axis=0) - own
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(influence > 0, (influence - own) / influence.sum() * influence / (influence + dependence), 0)
        power = ratio / ratio.mean() if len(ratio) else ratio
    return pd.DataFrame(
        {
            "id": pd.Series(list(direct.index), dtype=object),
            "influence": influence,
            "dependence": dependence,
            "power": power,
        },
        columns=list(POWER_COLUMNS),
    )


def compare_positions(direct: pd.DataFrame, positions: pd.DataFrame) -> pd.DataFrame:
    """Learn which actors want the same, and which are opposed.

    Parameters
    ----------
    direct
        Direct influences, as for `score_power`.
    positions
        One row is one actor, in the same order, one column one objective: −4 (it would cost its existence) to 4 (it is
        vital to it), 0 indifferent.

    Returns
    -------
    pandas.DataFrame
        One row is one pair of actors: `PAIR_COLUMNS`. Over the objectives on which both stand on the same side
        (convergence) or opposite sides (divergence), the sums of the mean strength of their positions; weighted: each
        position times the actor's power.

    Notes
    -----
    **Missing answers**: an empty cell is indifferent.

    References
    ----------
    Godet 1991, Futures 23, 605-622 (2CAA, 2DAA, 3CAA, 3DAA).

    Examples
    --------
    >>> direct = pd.DataFrame([[0, 1], [1, 0]], index=["a", "b"], columns=["a", "b"])
    >>> positions = pd.DataFrame([[2, -1], [4, 3]], index=["a", "b"])
    >>> compare_positions(direct, positions)[["convergence", "divergence"]].values.tolist()
    [[3.0, 2.0]]
    """
    plain = np.nan_to_num(positions.to_numpy(float))
    weighted = plain * score_power(direct)["power"].to_numpy()[:, None]
    ids = list(positions.index)
    one, other = np.triu_indices(len(ids), 1)
    columns = [together(stands, one, other, side) for stands in (plain, weighted) for side in (1, -1)]
    return pd.DataFrame(
        {
            "id": pd.Series([ids[place] for place in one], dtype=object),
            "other_id": pd.Series([ids[place] for place in other], dtype=object),
            **dict(zip(PAIR_COLUMNS[2:], columns, strict=True)),
        },
        columns=list(PAIR_COLUMNS),
    )


def together(stands: np.ndarray, one: np.ndarray, other: np.ndarray, side: int) -> np.ndarray:
    """Sum the mean strength of two actors' positions over the objectives where they are on one side, or opposed."""
    mine, theirs = stands[one], stands[other]
    return np.where(side * mine * theirs > 0, (np.abs(mine) + np.abs(theirs)) / 2, 0).sum(axis=1)


def score_objectives(direct: pd.DataFrame, positions: pd.DataFrame) -> pd.DataFrame:
    """Learn which objectives move most actors, and with what power behind them.

    Parameters
    ----------
    direct, positions
        As for `compare_positions`.

    Returns
    -------
    pandas.DataFrame
        One row is one objective: `OBJECTIVE_COLUMNS`. Sums of positions in favour and against (both 0 or more), their
        sum weighted by power (``mobilisation``).

    Notes
    -----
    **Missing answers**: an empty cell is indifferent.

    Examples
    --------
    >>> direct = pd.DataFrame([[0, 1], [1, 0]], index=["a", "b"], columns=["a", "b"])
    >>> positions = pd.DataFrame({"library": [2, -1]}, index=["a", "b"])
    >>> score_objectives(direct, positions)[["in_favour", "against"]].values.tolist()
    [[2.0, 1.0]]
    """
    plain = np.nan_to_num(positions.to_numpy(float))
    weighted = plain * score_power(direct)["power"].to_numpy()[:, None]
    return pd.DataFrame(
        {
            "objective": pd.Series(list(positions.columns), dtype=object),
            "in_favour": np.maximum(plain, 0).sum(axis=0),
            "against": np.maximum(-plain, 0).sum(axis=0),
            "mobilisation": np.abs(weighted).sum(axis=0),
            "weighted_in_favour": np.maximum(weighted, 0).sum(axis=0),
            "weighted_against": np.maximum(-weighted, 0).sum(axis=0),
        },
        columns=list(OBJECTIVE_COLUMNS),
    )
