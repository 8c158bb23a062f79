"""The smallest difference worth acting on."""

from dataclasses import dataclass

import numpy as np

from assessment.faults import Fault, Faults

UNITS = ("points", "sd")


@dataclass(frozen=True)
class Smallest:
    """The smallest difference worth acting on.

    Parameters
    ----------
    value
        Above 0. The 5 points of the default are a convention of the kit: one answer in five a step higher.
    unit
        ``points`` of 0–100, or ``sd``: standard deviations between respondents (pooled over the two groups).

    Examples
    --------
    >>> Smallest(0.2, "sd").points(np.array([20.0, 25.0])).tolist()
    [4.0, 5.0]
    """

    value: float = 5.0
    unit: str = "points"

    def __post_init__(self):
        if self.unit not in UNITS or not self.value > 0:
            raise Faults([Fault("smallest_unknown", values={"value": f"{self.value} {self.unit}"})])

    def points(self, sd: np.ndarray) -> np.ndarray:
        """Give it on 0–100, from the standard deviation between respondents."""
        return self.value * sd if self.unit == "sd" else np.full_like(sd, self.value)
