"""The one source of randomness: uniform numbers of a seeded stream, and what additions alone make of them.

Only `random.Random.random` is used: its stream is the same in every Python. Normal deviates are sums of twelve
uniforms, not inverse distribution functions, so that no two mathematics libraries can differ in a last digit.
"""

from collections.abc import Mapping, Sequence
from random import Random


class Chance:
    """A stream of random numbers of its own for whatever it is named after.

    Naming streams keeps them apart: a person more or an item less changes nobody else's answers.

    Examples
    --------
    >>> Chance(7, "someone").uniform() == Chance(7, "someone").uniform()
    True
    """

    def __init__(self, *name):
        self.uniform = Random("/".join(map(str, name))).random

    def normal(self) -> float:
        """Give a deviate of mean 0 and variance 1, never beyond 6: the sum of twelve uniforms, less 6."""
        return sum(self.uniform() for _ in range(12)) - 6

    def happens(self, probability: float) -> bool:
        """Say whether something of this probability comes to pass."""
        return self.uniform() < probability

    def one_of(self, values: Sequence):
        """Give one of some values, each as likely."""
        return values[int(self.uniform() * len(values))]

    def drawn(self, weights: Mapping[str, float]) -> str:
        """Give one of some keys, as likely as its weight."""
        point = self.uniform() * sum(weights.values())
        for key, weight in weights.items():
            point -= weight
            if point < 0:
                return key
        return key

    def mixed(self, values: Sequence) -> list:
        """Give the values in another order."""
        left, result = list(values), []
        while left:
            result.append(left.pop(int(self.uniform() * len(left))))
        return result
