"""A campaign as an app holds it: everything released once, over the whole lattice; filters only choose among cells."""

import io
from dataclasses import dataclass

import pandas as pd

from assessment.faults import Faults
from assessment.framework import Framework
from assessment.responses import load_responses
from assessment.scoring import Settings, lattice, release, score_wave, select, waves_of


@dataclass(frozen=True)
class Campaign:
    """The released tables of one organisation, wave by wave.

    Parameters
    ----------
    name
        What the page calls it: the organisation, or the file.
    framework
        The instrument.
    released
        The tables of `release`, all waves together.
    respondents
        Responses in each wave, in natural order.
    unit_names
        What people call each unit.
    settings
        The rules of the release.
    fictional
        Whether it is the example.
    """

    name: str
    framework: Framework
    released: dict[str, pd.DataFrame]
    respondents: dict[str, int]
    unit_names: dict[str, str]
    settings: Settings
    fictional: bool = False

    @property
    def waves(self) -> list[str]:
        """The waves in natural order."""
        return list(self.respondents)

    def rows(self, table: str, wave: str, **chosen: str) -> pd.DataFrame:
        """Give the rows of one cell; none when the release has no such cell.

        Parameters
        ----------
        table
            ``"scores"`` (the organisation's dimensions, or a group's) or ``"tension"``.
        wave
            The wave.
        chosen
            ``unit`` and ``role`` as far as they are chosen.
        """
        name = {"scores": "groups" if chosen else "dimensions"}.get(table, table)
        try:
            return select(self.released[name], wave, **chosen)
        except Faults:
            return self.released[name].iloc[:0]

    def groups(self, wave: str, by: str) -> pd.DataFrame:
        """Give the rows of all groups of a column."""
        table = self.released["groups"]
        return table[(table["wave"] == wave) & (table["by"] == by)]

    def is_shown(self, wave: str, **chosen: str) -> bool:
        """Say whether anything of a cell was let out."""
        rows = self.rows("scores", wave, **chosen)
        return bool((~rows["suppressed"].astype(bool) & rows["score"].notna()).any())


def measure(
    responses: pd.DataFrame,
    framework: Framework,
    name: str,
    units: pd.DataFrame | None = None,
    settings: Settings | None = None,
    fictional: bool = False,
) -> Campaign:
    """Score and release every wave of a responses table over its lattice.

    Parameters
    ----------
    responses
        The responses table.
    framework
        The instrument.
    name
        What the page calls it.
    units
        The units table, for headcounts and names.
    settings
        The rules of the release.
    fictional
        Whether it is the example.
    """
    settings = settings or Settings()
    waves = waves_of(responses)
    scored = [score_wave(responses, framework, lattice(responses), wave, units) for wave in waves]
    together = {table: pd.concat([one[table] for one in scored], ignore_index=True) for table in scored[0]}
    counts = responses["wave"].value_counts()
    return Campaign(
        name,
        framework,
        release(together, settings),
        {wave: int(counts[wave]) for wave in waves},
        {} if units is None else dict(zip(units["unit"], units["name"], strict=True)),
        settings,
        fictional,
    )


def measure_file(name: str, content: bytes, framework: Framework) -> Campaign:
    """Score and release a file that somebody brings.

    Raises
    ------
    Faults
        All that is wrong with the file.
    """
    file = io.BytesIO(content)
    file.name = name
    return measure(load_responses(file, framework), framework, name)
