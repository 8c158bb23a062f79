"""The systems map: actors, the variables they act on, the ties between them; read, checked, written."""

from assessment.systems.loading import load_map
from assessment.systems.model import map_document, map_graph
from assessment.systems.rules import check_map

__all__ = ["check_map", "load_map", "map_document", "map_graph"]
