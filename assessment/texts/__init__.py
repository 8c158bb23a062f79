"""The words of the interface in French and English, the numbers as each language writes them.

The only place where codes become sentences. ``language`` is always an argument.
"""

from assessment.texts.numbers import format_number, format_share
from assessment.texts.telling import tell, tell_all
from assessment.texts.words import LANGUAGES, word

__all__ = ["LANGUAGES", "format_number", "format_share", "tell", "tell_all", "word"]
