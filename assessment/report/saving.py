"""Files are written whole or not at all: the pen does it."""

from assessment.documents.saving import save

__all__ = ["save"]
