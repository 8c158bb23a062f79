"""The pen: safe CSV and XLSX writing, files written whole, pages set in type, drawings let in. Knows no domain."""

from assessment.documents.drawings import box_of, check_drawing, svg_text
from assessment.documents.safe_csv import csv_lines, csv_text, harmless, meant
from assessment.documents.saving import save
from assessment.documents.typeset import typeset

__all__ = [
    "box_of",
    "check_drawing",
    "csv_lines",
    "csv_text",
    "harmless",
    "meant",
    "save",
    "svg_text",
    "typeset",
]
