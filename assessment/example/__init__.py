"""Valclair, a fictional commune: answers, units, systems map and words to try everything on before having one's own."""

from assessment.example.loading import EXAMPLE, Example, example_files, load_example, load_example_map
from assessment.example.reading import example_reading

__all__ = ["EXAMPLE", "Example", "example_files", "example_reading", "load_example", "load_example_map"]
