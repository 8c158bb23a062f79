"""The names of XMILE: one variable may be written in several ways."""

import re

BLANKS = re.compile(r"(?:\\n|\s|_)+")


def key_of(name: str) -> str:
    r"""Give a name as XMILE compares it.

    Examples
    --------
    >>> key_of("Maximum\ngrowth  rate") == key_of('"maximum_growth rate"')
    True
    """
    return BLANKS.sub("_", name.strip().strip('"')).lower()
