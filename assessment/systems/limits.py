"""How large a systems map may be: beyond, a file is refused before it can fill the memory or the afternoon.

A map people can still read has some hundred elements; the largest studied (a whole territory, from registers) have
ten thousand actors. The limits leave room above that, and keep every refusal under a second.
"""

MOST_BYTES = 16_000_000
"""Of a file."""

MOST_UNPACKED = 40_000_000
"""Bytes of a workbook or a packed text, once unpacked."""

MOST_ELEMENTS = 50_000
"""Actors and variables together."""

MOST_TIES = 200_000

MOST_CELLS = 2_000_000
"""Of a sheet; a matrix of a thousand elements has a million."""

DEEPEST = 40
"""Lists within lists, elements within elements."""

LONGEST_ID = 200
"""Characters of an id, a kind, a role, a unit."""

LONGEST_TEXT = 20_000
"""Characters of a label or a note."""

LARGEST_NUMBER = 1_000_000_000
"""Of a place on the map, a delay, a rank."""

MOST_MARKS = 1_000_000
"""Angle brackets of an XML file: half as many elements."""

MOST_PACKED = 300_000
"""Characters of a packed text; a map of some hundred elements has fifty thousand."""

MOST_BLOCKS = 600_000
"""Blocks of a JSON file; some formats write three for an element."""
