"""What is wrong with an input, and what is worth saying about one, as data: the words come last, in ``texts``.

A low layer never makes a sentence: it names what it found with a code, a place and values.
``assessment.texts.tell`` words it in the language of whoever reads it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

PLACES = ("file", "block", "key", "row", "column", "item")


@dataclass(frozen=True)
class Remark:
    """One thing to tell about an input.

    Parameters
    ----------
    code
        What it is, a stable snake_case word: the key of its sentence in ``texts``.
    place
        Where it is: any of `PLACES`. ``row`` counts as a spreadsheet does (the headings are row 1).
    values
        What the sentence needs besides: the value found, the bounds, what was meant.
    """

    code: str
    place: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        details = [f"{key} {value}" for key, value in self.place.items()]
        details += [f"{key}={value!r}" for key, value in self.values.items()]
        return f"{self.code} ({', '.join(details)})" if details else self.code


class Fault(Remark):
    """A remark that makes the input unusable."""


class Finding(Remark):
    """A remark that leaves the input usable: a convention applied, something not counted."""


class Faults(ValueError):
    """The one exception of wrong input: every fault found, not only the first.

    Examples
    --------
    >>> Faults([Fault("item_unknown", {"column": "pm_99.reality"})]).faults[0].place["column"]
    'pm_99.reality'
    """

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self):
        return type(self), (self.faults,)


def refuse(*faults: Fault) -> None:
    """Raise `Faults` when there is any fault; a check ends with this call.

    Examples
    --------
    >>> refuse()
    >>> refuse(Fault("file_empty", {"file": "a.csv"}))
    Traceback (most recent call last):
    assessment.faults.Faults: file_empty (file a.csv)
    """
    if faults:
        raise Faults(faults)
