"""The whole study of a campaign: the profile and every further table, scored, released together, read together."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.progress import Progress, Steps
from assessment.responses.careless import flag_careless
from assessment.responses.units import ancestors
from assessment.scoring.agenda import compare_agenda, score_agenda
from assessment.scoring.agreement import score_agreement, score_agreement_across
from assessment.scoring.between import compare_groups, compare_roles, compare_with_rest
from assessment.scoring.careless import score_careless, score_without_careless
from assessment.scoring.changes import CHANGE_COLUMNS, compare_waves, score_reliable_change
from assessment.scoring.comparisons import COMPARISON_COLUMNS
from assessment.scoring.confidentiality import Earlier, Settings, release
from assessment.scoring.crossings import cross_items
from assessment.scoring.design import Design, design_of
from assessment.scoring.discriminant import score_discriminant
from assessment.scoring.further import FURTHER
from assessment.scoring.item_answers import score_item_answers
from assessment.scoring.measurement import score_measurement
from assessment.scoring.profile import (
    Grouping,
    Tables,
    count_wave,
    grouped,
    joined,
    of_wave,
    own_name,
    parents_of,
    score_tally,
    score_wave,
    waves_of,
)
from assessment.scoring.tally import Tally
from assessment.scoring.unanimity import UNANIMOUS

APART = {"apart": "n", "other_apart": "other_n"}
"""Of those who answered both times: how many of each wave are not among them. Known inside only."""

UNCOMPARED = ("clustered", "raked")
"""Designs whose groups are not independent of each other: their differences would need errors of their own."""

TABLES_OF_A_WAVE = 10
"""What is made of each wave, one after the other: whoever waits is told between any two."""

SIDE = ["wave", "other_wave", "by", "group", "dimension", "perspective"]


def study(
    responses: pd.DataFrame,
    framework: Framework,
    by: Sequence[Grouping] = (),
    waves: Sequence[str] | None = None,
    units: pd.DataFrame | None = None,
    settings: Settings | None = None,
    earlier: Earlier = None,
    design: Design | None = None,
    progress: Progress | None = None,
) -> Tables:
    r"""Learn everything a campaign says, as far as it may be told.

    Parameters
    ----------
    responses
        The responses table (`load_responses`).
    framework
        The instrument.
    by
        Groupings: each a tuple of columns, crossed when there are two.
    waves
        The waves to study; None = all.
    units
        The units table (`load_units`).
    settings
        The rules of the release; None = the defaults.
    earlier
        What was released earlier in the same campaign (`release`).
    design
        How people came to answer; None = stratified with headcounts, simple without. Where units were drawn, or
        respondents weighted to headcounts, ``comparisons`` has no row: groups that share units are no two samples.
    progress
        Called with (done, total) between tables; an exception raised in it stops the work.

    Returns
    -------
    dict
        Released tables, rows of these waves: those of `score_wave`; about the measure ``measurement``,
        ``item_answers``, ``discriminant``, ``agreement``, ``agreement_across``, ``careless``, ``without_careless``;
        ``comparisons`` and ``change``; and those of `score_agenda` and `compare_agenda`.

    Raises
    ------
    Faults
        As `score_wave`.

    Notes
    -----
    **Missing answers**: as each table says. A wave is compared with the one before it, which is released with it.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> rows = [f"{wave},{1 + n % 3},{wave + n % 2}" for wave in (1, 2) for n in range(12)]
    >>> file = io.BytesIO("\n".join(["wave,st_04.reality,st_05.reality", *rows]).encode())
    >>> found = study(load_responses(file, framework), framework, waves=["2"])["comparisons"]
    >>> found[["wave", "other_wave", "n", "difference"]].values.tolist()
    [['2', '1', 12, 12.5]]
    """
    known = waves_of(responses)
    waves = known if waves is None else waves
    before = {wave: known[known.index(wave) - 1] for wave in waves if wave in known[1:]}
    others = [wave for wave in dict.fromkeys(before.values()) if wave not in waves]  # compared as a whole only
    step = Steps(progress, len(others) + TABLES_OF_A_WAVE * len(waves) + 2)
    scored = [step(score_wave(responses, framework, (), wave, units, design)) for wave in others]
    counts = {wave: count_wave(responses, framework, by, wave, units, design) for wave in waves}
    scored += [step(score_tally(own, by, wave, units, design)) for wave, own in counts.items()]
    studied = [further(responses, own, by, wave, before.get(wave), units, design, step) for wave, own in counts.items()]
    tables = together(scored) | together(studied)
    released = step(release(tables, settings, earlier, FURTHER))
    shown = shown_groups(tables["agreement"], released["agreement"], tables["totals"])
    released["agreement_across"] = score_agreement_across(shown, framework)
    every = released | step(compare_agenda(released, framework))
    return {name: table[table["wave"].isin(waves)].reset_index(drop=True) for name, table in every.items()}


def together(parts: Sequence[Tables]) -> Tables:
    """Put the tables of several waves one below the other."""
    return {name: joined([part[name] for part in parts]) for name in parts[0]}


def further(
    responses: pd.DataFrame,
    counts: Tally,
    by: Sequence[Grouping],
    wave: str,
    other_wave: str | None,
    units: pd.DataFrame | None,
    design: Design | None,
    step: Steps,
) -> Tables:
    """Score the further tables of one wave, which has been counted."""
    framework, mine = counts.framework, of_wave(responses, wave)
    compared = comparisons(responses, framework, by, wave, other_wave, units, design)
    return {
        **quality(mine, counts, by, wave, units, step),
        "comparisons": step(apart(joined(list(compared)))),
        "change": step(reliable_change(responses, framework, wave, other_wave)),
        **step(score_agenda(responses, framework, by, wave, units)),
    }


def quality(
    mine: pd.DataFrame,
    counts: Tally,
    by: Sequence[Grouping],
    wave: str,
    units: pd.DataFrame | None,
    step: Steps,
) -> Tables:
    """Score how far the numbers of a wave may be trusted."""
    framework, agreement = counts.framework, partial(score_agreement, wave=wave)
    single = [grouping for grouping in by if len(grouping) == 1]
    flags = flag_careless(mine, framework)
    return {
        "measurement": step(score_measurement(cross_items(mine, framework), wave)),
        "item_answers": step(score_item_answers(mine, framework, wave)),
        "discriminant": step(score_discriminant(mine, framework, wave)),
        "agreement": step(joined([agreement(counts), grouped(agreement, counts, single, units)])),
        "careless": step(score_careless(flags, framework.perspectives, wave)),
        "without_careless": step(score_without_careless(mine, framework, flags["flagged"], wave)),
    }


def comparisons(
    responses: pd.DataFrame,
    framework: Framework,
    by: Sequence[Grouping],
    wave: str,
    other_wave: str | None,
    units: pd.DataFrame | None,
    design: Design | None,
) -> Iterator[pd.DataFrame]:
    """Yield the comparisons there are: of roles, of units with the rest, of other groups, of waves."""
    yield pd.DataFrame(columns=list(COMPARISON_COLUMNS))
    if design_of(units, design).kind in UNCOMPARED:
        return
    for grouping in (one for one in by if len(one) == 1):
        if grouping == ("role",):
            yield compare_roles(responses, framework, wave, units)
        elif grouping == ("unit",):
            yield named(compare_with_rest(responses, framework, grouping, wave, units), framework, units)
        else:
            yield compare_groups(responses, framework, grouping, wave, units)
    if other_wave is not None:
        yield compare_waves(responses, framework, (), wave, other_wave, units)


def named(table: pd.DataFrame, framework: Framework, units: pd.DataFrame | None) -> pd.DataFrame:
    """Name those who belong directly to a unit that has parts, as the release does."""
    parents = parents_of("unit", framework, units)
    wholes = {above for group in table["group"].dropna() for above in ancestors(group, parents)}
    return table.assign(group=[own_name(group, wholes) for group in table["group"]])


def apart(table: pd.DataFrame) -> pd.DataFrame:
    """Say how many of each wave are not among those who answered both times.

    Where the wave and those who answered both times are told, the others follow by subtraction: where these are few,
    the row of those who answered both times may not be told.
    """
    every = table.loc[table["comparison"] == "waves", [*SIDE, "n", "other_n"]]
    met = table[SIDE].merge(every, how="left", on=SIDE)
    linked = (table["comparison"] == "linked").to_numpy()
    left = {name: np.where(linked, met[own] - table[own].to_numpy(), 0) for name, own in APART.items()}
    return table.assign(**left)


def reliable_change(responses: pd.DataFrame, framework: Framework, wave: str, other_wave: str | None) -> pd.DataFrame:
    """Score reliable change since the wave before; no row where there is none."""
    if other_wave is None:
        return pd.DataFrame(columns=list(CHANGE_COLUMNS))
    return score_reliable_change(responses, framework, (), wave, other_wave)


def shown_groups(agreement: pd.DataFrame, released: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of the groups that were let out as they are and are not made of others."""
    wholes = totals.loc[totals["by"].notna() & (totals["by"] == totals["total_by"]), ["by", "total_group"]]
    made = set(wholes.itertuples(index=False, name=None))
    whole = [key in made for key in zip(agreement["by"], agreement["group"], strict=True)]
    told = ~released["suppressed"].to_numpy(dtype=bool) & (released["reason"] != UNANIMOUS).to_numpy()
    return agreement[told & agreement["group"].notna().to_numpy() & ~np.array(whole, bool)]
