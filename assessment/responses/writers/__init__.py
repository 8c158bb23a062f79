"""A questionnaire out, for the survey tool people already have; `readers` take its export back without a mapping.

- ``writing``: which tools there are, and what one of them is given
- ``units``: short codes for the units offered, and the mapping that leads them back
- one module a tool: its own structure of the same questionnaire
"""

from assessment.responses.writers.writing import ENDINGS, TOOLS, Written, write_questionnaire

__all__ = ["ENDINGS", "TOOLS", "Written", "write_questionnaire"]
