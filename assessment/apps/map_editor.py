"""The map of actors: the editor, opened on the example commune's map or on one's own."""

from collections.abc import Mapping
from functools import partial
from os import PathLike
from typing import Any

import networkx as nx
import pandas as pd

from assessment.apps.shell import header_here
from assessment.example import example_files, load_example_map
from assessment.example.generator import FRAMEWORK
from assessment.framework import Framework, load_framework
from assessment.responses.units import load_units
from assessment.systems import load_map
from assessment.widgets import SystemsMap
from assessment.workspace import MapStore, UnitsStore, Workspace, list_campaigns, open_workspace
from assessment.workspace.maps import ACTORS

Map = str | PathLike | nx.MultiDiGraph | Mapping[str, Any]


def actors_map(
    map: Map | None = None,
    language: str = "fr",
    unit_names: Mapping[str, str] | None = None,
    scores: pd.DataFrame | None = None,
    framework: Framework | None = None,
    workspace: Workspace | str | PathLike | None = None,
) -> SystemsMap:
    """Draw and read the map of the actors of an organisation and of what acts on what.

    Parameters
    ----------
    map
        A file of any format of a map, a graph, or a document. Without one, what the workspace holds; without a
        workspace, the map of the example commune.
    language
        ``"fr"`` or ``"en"``; can be changed on the page.
    unit_names
        What people call each unit, by its id; without it, as the units that the workspace keeps are called.
    scores
        *Released* scores of one wave by group, to be shown on the actors.
    framework
        The instrument the scores are of, for the names of dimensions.
    workspace
        Where the map is saved after every edit and its versions are kept: an ``*.apprenance`` file (made if it is not
        there yet), the address of a database, or an open workspace. It holds the organisation's map of actors.

    Returns
    -------
    SystemsMap
        The editor; ``document`` and ``graph`` give the map as it is at any time. Nothing leaves the machine it runs on.

    Raises
    ------
    Faults
        All that is wrong with the file.

    Notes
    -----
    **Missing answers**: what is not known of a map is left out.

    Examples
    --------
    >>> editor = actors_map(language="en")
    >>> editor.graph.nodes["maire"]["role"]
    'elected'
    """
    own = None if workspace is None else opened(workspace)
    known = unit_names if own is None or unit_names is not None else kept_units(own)
    traits = {"unit_names": known, "scores": scores, "framework": framework}
    store = None if own is None else MapStore(own, ACTORS)
    traits |= {"store": store, "language": language, "whose": partial(header_here, own)}
    if map is None and store is None:
        return SystemsMap(graph=load_example_map(), **traits | {"unit_names": unit_names or example_units()})
    if map is None or isinstance(map, Mapping):
        return SystemsMap(map, **traits)
    return SystemsMap(graph=map if isinstance(map, nx.Graph) else load_map(map), **traits)


def opened(workspace: Workspace | str | PathLike) -> Workspace:
    """Open a workspace, unless it is open."""
    return workspace if isinstance(workspace, Workspace) else open_workspace(workspace, create=True)


def kept_units(workspace: Workspace) -> dict[str, str]:
    """Name the units of the campaign begun last, as far as the workspace keeps any."""
    campaigns = list_campaigns(workspace)
    units = UnitsStore(workspace, campaigns[-1].id).table() if campaigns else None
    return {} if units is None else dict(zip(units["unit"], units["name"], strict=True))


def example_units() -> dict[str, str]:
    """Name the units of the example commune."""
    units = load_units(example_files()["units"], load_framework(FRAMEWORK))
    return dict(zip(units["unit"], units["name"], strict=True))
