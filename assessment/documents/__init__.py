"""The pen: safe CSV writing, files written whole, pages set in type, drawings let in. Knows no domain."""

from assessment.documents.drawings import box_of, check_drawing, svg_text
from assessment.documents.safe_csv import csv_text, harmless
from assessment.documents.saving import save
from assessment.documents.typeset import typeset

__all__ = ["box_of", "check_drawing", "csv_text", "harmless", "save", "svg_text", "typeset"]
