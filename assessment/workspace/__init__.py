"""One durable file for one organisation, or one database on a shared server, with the same tables and rules.

- ``schema``: the tables; ``about``: what a workspace says of itself; ``seals``: a seal on every row
- ``opening``: the door; ``recognising``: whether a file can be trusted; ``files``, ``server``: the two ways to keep it
- ``places``: synchronised folders; ``machine``: one machine writes at a time; ``trouble``: a database's errors in words
- ``workspace``: what is open, its transactions
- ``writing``: documents, their revisions, their history; ``maps``: systems maps
"""

from assessment.workspace.maps import MapStore, list_maps
from assessment.workspace.opening import open_workspace
from assessment.workspace.workspace import Workspace
from assessment.workspace.writing import Stale

__all__ = ["MapStore", "Stale", "Workspace", "list_maps", "open_workspace"]
