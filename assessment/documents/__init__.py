"""The pen: safe CSV writing, files written whole. Knows no domain."""

from assessment.documents.safe_csv import csv_text, harmless
from assessment.documents.saving import save

__all__ = ["csv_text", "harmless", "save"]
