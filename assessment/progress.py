"""How far a piece of work is: told between its parts, to whoever asked for it and may stop it there."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[float, float], None]
"""Called with what is done and how much there is; an exception raised in it stops the work, with nothing written."""

Made = TypeVar("Made")


class Steps:
    """The steps of a piece of work, counted; after each it is told how far the work is.

    Parameters
    ----------
    progress
        Who is told; None = nobody.
    total
        How many steps there are.

    Examples
    --------
    >>> step = Steps(lambda done, total: print(f"{done} of {total}"), 2)
    >>> step(sorted("ba")) + step(["c"])
    1 of 2
    2 of 2
    ['a', 'b', 'c']
    """

    def __init__(self, progress: Progress | None, total: int):
        self.progress, self.total, self.done = progress, total, 0

    def __call__(self, made: Made = None) -> Made:
        """Count a step, and give what it made."""
        self.done = min(self.done + 1, self.total)
        if self.progress:
            self.progress(self.done, self.total)
        return made


def part_of(progress: Progress | None, before: float, own: float, total: float) -> Progress | None:
    """Give a part of a work a progress of its own, which tells how far the whole is.

    Parameters
    ----------
    progress
        Who is told of the whole; None = nobody.
    before
        How much of the whole is done before the part.
    own
        How much of it the part is.
    total
        The whole.

    Examples
    --------
    >>> second = part_of(lambda done, total: print(f"{done:g} of {total}"), 2, 2, 4)
    >>> second(1, 10)
    2.2 of 4
    """
    return progress and (lambda done, most: progress(before + own * done / most, total))


def told_along(rows: Iterable[Made], progress: Progress | None, total: int, every: int = 1000) -> Iterator[Made]:
    """Yield rows as they are, and tell every so many how far it is.

    Parameters
    ----------
    rows
        Whatever there is.
    progress
        Who is told; None = nobody.
    total
        How many rows there are.
    every
        How many rows between two times.

    Examples
    --------
    >>> list(told_along("abc", lambda done, total: print(done, total), 3, every=2))
    2 3
    ['a', 'b', 'c']
    """
    for done, row in enumerate(rows, 1):
        yield row
        if progress and done % every == 0:
            progress(done, total)
