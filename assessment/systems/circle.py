"""Lorino's circle as stocks and flows, for teaching: involvement, understanding, interest, and again involvement."""

import numpy as np
import pandas as pd

COLUMNS = ("time", "involvement", "understanding", "interest")
"""Columns of the circle's table; all but ``time`` are 0–1."""

STEP = 0.05
"""Time between two computed points; a year has one unit."""


def simulate_circle(
    involvement: float = 0.4,
    understanding: float = 0.4,
    interest: float = 0.4,
    threshold: float = 0.3,
    gain: float = 2.0,
    learning: float = 1.0,
    delay: float = 0.0,
    duration: float = 20.0,
) -> pd.DataFrame:
    """Learn how a circle of involvement, understanding and interest rises or falls.

    Parameters
    ----------
    involvement, understanding, interest
        Stocks at the start, 0–1.
    threshold
        Interest below which people draw back, 0–1.
    gain
        How fast involvement answers interest, a unit of time.
    learning
        Time it takes for understanding to follow involvement, and interest understanding; > 0.
    delay
        Time before interest shows in involvement.
    duration
        Time to follow.

    Returns
    -------
    pandas.DataFrame
        One row is one point in time: `COLUMNS`.

    Notes
    -----
    Missing answers: none.

    d involvement/dt = gain · (interest(t − delay) − threshold) · involvement · (1 − involvement);
    d understanding/dt = (involvement − understanding)/learning; d interest/dt = (understanding − interest)/learning.
    The same circle rises to 1 from above the threshold and falls to 0 from below: a reinforcing loop is no promise.
    A model to think with: its numbers were chosen, not measured.

    References
    ----------
    Lorino 2020, on pluralist governance (the circle); Sterman 2000, Business Dynamics, ch. 8-9 (stocks, delays).

    Examples
    --------
    >>> simulate_circle().iloc[-1].round(1).tolist()
    [20.0, 1.0, 1.0, 1.0]
    >>> simulate_circle(0.2, 0.2, 0.2).iloc[-1].round(1).tolist()
    [20.0, 0.0, 0.0, 0.0]
    """
    points = round(duration / STEP) + 1
    late = round(delay / STEP)
    states = np.empty((points, 3))
    states[0] = involvement, understanding, interest
    for point in range(1, points):
        involved, understood, interested = states[point - 1]
        felt = states[max(0, point - 1 - late), 2]
        flows = (
            gain * (felt - threshold) * involved * (1 - involved),
            (involved - understood) / learning,
            (understood - interested) / learning,
        )
        states[point] = np.clip(states[point - 1] + STEP * np.array(flows), 0, 1)
    return pd.DataFrame({"time": np.arange(points) * STEP} | dict(zip(COLUMNS[1:], states.T, strict=True)))
