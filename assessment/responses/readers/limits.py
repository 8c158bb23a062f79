"""How large an export may be: beyond, it is refused before it is taken apart."""

MOST_BYTES = 1_000_000_000
"""Of a file: 300,000 respondents and 144 answers in words are some 600 MB."""

MOST_UNPACKED = 120_000_000
"""Bytes of a workbook once unpacked; a larger survey is exported as CSV."""

MOST_CELLS = 4_000_000
"""Of a workbook's sheet, which is read cell by cell."""

MOST_JSON = 60_000_000
"""Bytes of a JSON or XML file, of which a tree is made."""

DEEPEST = 30
"""Lists within lists."""

MOST_MAPPING = 2_000_000
"""Bytes of a mapping."""

MOST_RECORDS = 500_000
"""Blocks of a JSON file, rows of an archive."""

MOST_PLACES = 12_000_000
"""Cells of the table that records are laid out in, whether they say anything there or not."""

PACKED = 100
"""Times a packed table may grow when it is large: answers grow ten to thirty times."""
