"""The systems map: actors, the variables they act on, the ties between them; read, checked, written."""

from assessment.systems.loading import Reading, load_map, read_map, write_map
from assessment.systems.model import map_document, map_graph
from assessment.systems.rules import check_map

__all__ = ["Reading", "check_map", "load_map", "map_document", "map_graph", "read_map", "write_map"]
