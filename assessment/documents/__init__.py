"""The pen: safe CSV writing. Knows no domain."""

from assessment.documents.safe_csv import csv_text, harmless

__all__ = ["csv_text", "harmless"]
