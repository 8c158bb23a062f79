"""What will be visible in the end: the release's own search, on the respondents one may expect."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import binom

from assessment.framework.model import Framework
from assessment.practices.framing.document import WORKSHOP, listed, part
from assessment.practices.framing.people import announce_mergers, framing_people, framing_units
from assessment.scoring.confidentiality import Settings
from assessment.scoring.membership import groups_in
from assessment.scoring.profile import Grouping, lattice, totals_of
from assessment.scoring.subtraction import tied
from assessment.scoring.suppression import Search, Web

COLUMNS = ("by", "group", "headcount", "expected", "chance", "rate_needed", "shown", "reason")
"""Columns of the visibility table."""

FEW_PEOPLE, FEW_EXPECTED, PROTECTS = "few_people", "few_expected", "protects_another"
"""Why a group will be hidden: never enough people; not enough of them expected; another could be worked out."""

SMALL_ORGANISATION = 30
"""People below which a workshop serves better than a survey (a convention of the kit)."""

DIGITS = 9
"""Of an expected number: beyond, floating point speaks."""


class Advice(NamedTuple):
    """Survey or workshop, how many people there are, and why; a reason of None leaves it open."""

    kind: str | None
    headcount: int
    reason: str | None


def score_visibility(
    document: Mapping[str, Any],
    framework: Framework,
    rate: float | None = None,
    settings: Settings | None = None,
    announced: bool = True,
) -> pd.DataFrame:
    """Learn which groups a release will likely show, before anyone is asked.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass.
    framework
        The instrument, for which role is a part of which.
    rate
        The response rate expected, 0–1, the same everywhere; None = the document's, and 1 where it says none: the most
        that can be visible.
    settings
        The rules of the release; None = the document's ``min_group``.
    announced
        Whether the mergers that the document announces are made.

    Returns
    -------
    pandas.DataFrame
        One row is one group: the organisation, units (those made of others before their parts; ``P·P`` = who belongs
        to P directly), roles, units crossed with roles: `COLUMNS`. ``expected`` respondents = rate × headcount, not
        rounded; read it rounded down. ``chance`` that `min_group` answer at least; ``rate_needed`` the share of its
        people who must answer for it to have `min_group` respondents, NaN where all would not do; ``shown``; ``reason``
        (`FEW_PEOPLE`, `FEW_EXPECTED`, `PROTECTS`, None). No row for a group of nobody.

    Notes
    -----
    **Missing answers**: people of an unknown headcount are not counted.

    `FEW_PEOPLE` is certain: however many answer, the group stays hidden. All else is expected, not promised. Groups are
    shown and hidden by the search that a release makes (`assessment.scoring.suppression`), on expected numbers; so much
    holds in the release for each dimension by itself, of those who answered it. A release may hide more: answers that
    are all alike, means that bound a hidden one closely, earlier releases. ``chance`` is P(X ≥ min_group) for
    X ~ Bin(headcount, rate), as if each answered or not independently of the others; colleagues do not, so that true
    chances are nearer to one half; and it leaves out that a group may be hidden for another.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> people = [{"role": "agent", "headcount": 40}, {"role": "manager", "headcount": 12},
    ...     {"role": "executive", "headcount": 3}]
    >>> table = score_visibility({"people": people}, load_framework("collectivite-apprenante"), rate=0.9)
    >>> table[["group", "headcount", "shown", "reason"]].values.tolist()  # doctest: +NORMALIZE_WHITESPACE
    [[None, 55, True, None], ['agent', 40, True, None], ['executive', 3, False, 'few_people'],
     ['manager', 12, False, 'protects_another']]
    """
    people, units = framing_people(document), framing_units(document)
    if announced:
        people, units = announce_mergers(people, units, listed(document, "mergers"))
    return visible_groups(people, units, framework, *expectation(document, rate, settings))


def expectation(document: Mapping[str, Any], rate: float | None, settings: Settings | None) -> tuple[float, int]:
    """Give the response rate expected and the threshold: those asked for, else those of the document."""
    method = part(document, "method")
    rate = method.get("rate") if rate is None else rate
    settings = settings or Settings(method.get("min_group") or Settings().min_group)
    return 1.0 if rate is None else float(rate), settings.min_group


def visible_groups(
    people: pd.DataFrame,
    units: pd.DataFrame,
    framework: Framework,
    rate: float,
    least: int,
    by: Sequence[Grouping] | None = None,
) -> pd.DataFrame:
    """Say of each group of some people whether it will be shown, over some groupings; None = all of a release."""
    if people.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    by = lattice(people) if by is None else by
    groups = list(groups_in(people, framework, by, units))
    headcount = np.array([people["headcount"].to_numpy()[one.members].sum() for one in groups])
    expected = np.round(rate * headcount, DIGITS)
    small = expected < least
    ties = tied([(one.by, one.group) for one in groups], totals_of(people, framework, by, units=units))
    web = Web(ties, expected, small, np.zeros(len(groups), dtype=bool), least)
    hidden = Search(ties).groups_to_hide([web]) | small
    reasons = np.select([headcount < least, small, hidden], [FEW_PEOPLE, FEW_EXPECTED, PROTECTS], None)
    columns = {
        "by": pd.Series([one.by for one in groups], dtype=object),
        "group": pd.Series([one.group for one in groups], dtype=object),
        "headcount": headcount,
        "expected": expected,
        "chance": binom.sf(least - 1, headcount, rate),
        "rate_needed": np.where(headcount >= least, least / headcount, np.nan),
        "shown": ~hidden,
        "reason": pd.Series(reasons, dtype=object),
    }
    return pd.DataFrame(columns, columns=list(COLUMNS))


def advise_method(document: Mapping[str, Any]) -> Advice:
    """Learn whether a survey makes sense for so many people.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass.

    Returns
    -------
    Advice
        Under 30 people a workshop, ``small_organisation``: a survey would show hardly more than the whole, and each
        would know the others' answers. Else no advice. Missing answers: with no headcount at all, no advice either.

    Examples
    --------
    >>> advise_method({"people": [{"role": "agent", "headcount": 24}]})
    Advice(kind='workshop', headcount=24, reason='small_organisation')
    """
    headcount = int(framing_people(document)["headcount"].sum())
    if 0 < headcount < SMALL_ORGANISATION:
        return Advice(WORKSHOP, headcount, "small_organisation")
    return Advice(None, headcount, None)
