"""Keying in paper forms: the questionnaire as it was printed, and where the sheets are kept."""

import os
import tempfile
from functools import partial
from os import PathLike
from pathlib import Path

import pandas as pd

from assessment.apps.entry_stores import FileSheets, WorkspaceSheets
from assessment.apps.shell import header_here
from assessment.apps.visitors import visit_of
from assessment.framework import load_framework
from assessment.practices.framing.document import FULL
from assessment.responses import load_units
from assessment.responses.questionnaire import make_questionnaire
from assessment.widgets import AnswerSheet
from assessment.workspace import PlanStore, UnitsStore, Workspace, campaign_for, framework_of, last_wave, open_workspace

FILE = "saisie.csv"
"""Where sheets are kept when nothing else is said: in the folder one works in."""


def enter_answers(
    framework: str | PathLike = "collectivite-apprenante",
    form: str | None = None,
    language: str = "fr",
    workspace: Workspace | str | PathLike | None = None,
    campaign: str | None = None,
    wave: str | None = None,
    units: pd.DataFrame | str | PathLike | None = None,
    output: str | PathLike | None = None,
) -> AnswerSheet:
    """Key in paper forms, by keyboard or touch: one sheet after the other, each kept before it is called saved.

    Parameters
    ----------
    framework
        The instrument: a file, or the id of a bundled one.
    form
        ``full`` or ``short``: the form that was printed; None = the one the campaign was planned with, else the full
        one.
    language
        ``"fr"`` or ``"en"``; can be changed on the page.
    workspace
        Where the sheets are kept: an ``*.apprenance`` file (made if it is not there yet), the address of a database, or
        an open workspace. Several people may key in at once.
    campaign
        The campaign of the workspace; without it, the only one with the instrument, made if there is none.
    wave
        The wave the forms belong to; without it, the last one of the workspace's campaign.
    units
        The units that were printed: a table of `load_units` or its file; without it, those the workspace keeps.
    output
        Without a workspace: the responses file (CSV) the sheets are added to, ``saisie.csv`` if nothing is said. What
        people wrote is kept beside it, in ``…_verbatims.csv``. On a server, where nothing is said, the sheets are a
        trial: gone with the page, and seen by nobody else.

    Returns
    -------
    AnswerSheet
        The page. The numbers and the order of the lines are those of the paper.

    Raises
    ------
    Faults
        All that is wrong with a file; ``campaign_which`` and ``campaign_other``.

    Notes
    -----
    **Missing answers**: a line left blank is missing, "not concerned" is ``na``. A sheet is known by the serial number
    that it is given and that is written on the paper (respondent ``paper-12``): it says nothing of who filled it in.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = enter_answers(form="short", output=Path(folder) / "answers.csv")
    ...     page.session.keep("0" * 32, {"form": "D", "values": {"role": "user", "ci_01.reality": "4"}})
    1
    """
    trial, header = False, None
    if workspace is None:
        instrument, wave = load_framework(framework), wave or ""
        trial = output is None and visit_of(os.environ).served
        # a visitor of a server never meets another's file
        path = Path(tempfile.mkdtemp()) / FILE if trial else Path(output or FILE)
        store, place, known = FileSheets(path, instrument, wave), path.name, None
    else:
        opened = workspace if isinstance(workspace, Workspace) else open_workspace(workspace, create=True)
        chosen = campaign or campaign_for(opened, None, framework)
        instrument, wave = framework_of(opened, chosen), last_wave(opened, chosen) if wave is None else wave
        store, place = WorkspaceSheets(opened, chosen, wave, instrument), opened.name
        header = partial(header_here, opened, campaign=chosen, wave=wave)
        known = UnitsStore(opened, chosen).table()
        form = form or (PlanStore(opened, chosen).load() or {}).get("form")
    table = units if isinstance(units, pd.DataFrame) or units is None else load_units(units, instrument)
    questionnaire = make_questionnaire(instrument, form or FULL, known if table is None else table, wave)
    return AnswerSheet(questionnaire, store, place, language, trial, header)
