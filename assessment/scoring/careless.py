"""What careless responding does to the results: how many are flagged by each rule, and the scores without them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.responses.careless import RULES, CarelessRules
from assessment.scoring.dimensions import score_dimensions
from assessment.scoring.tally import tally

COLUMNS = ("wave", "perspective", "rule", "n", "n_flagged", "share", "suppressed", "reason")
"""Columns of the released careless table."""

WITHOUT = (
    "wave",
    "by",
    "group",
    "dimension",
    "perspective",
    "n",
    "n_flagged",
    "n_without",
    "mean",
    "mean_without",
    "score",
    "score_without",
    "cronbach_alpha",
    "cronbach_alpha_without",
    "suppressed",
    "reason",
)
"""Columns of the released table of scores with and without the flagged."""

FLAGGED = "flagged"
COMPARED = ("mean", "score", "cronbach_alpha")


def score_careless(
    flags: pd.DataFrame, perspectives: Sequence[str], wave: str = "", rules: CarelessRules | None = None
) -> pd.DataFrame:
    """Learn how many responses each rule speaks against.

    Parameters
    ----------
    flags
        As `flag_careless` gives them: one row is one response.
    perspectives
        Those of the framework, the one that flags first.
    wave
        The wave's name, for the rows.
    rules
        Those the flags were made with; None = the kit's.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one rule under one perspective, for the organisation: `COLUMNS`. ``n`` responses that
        could be judged by it, ``n_flagged`` those it speaks against, ``share`` 0–1. The last row, rule ``flagged``, is
        the one that counts: the long string, or two of the others, about reality.

    Notes
    -----
    **Missing answers**: a response too short to be judged by a rule is not in its ``n``; ``reason`` is
    ``not_judged`` where that is everybody's case, ``rule_unfit`` where the rule speaks against so many that it says
    more of the questionnaire than of people, and counts for nobody.

    Examples
    --------
    >>> flags = pd.DataFrame({"flagged": [True, False, False]})
    >>> for rule in RULES:
    ...     flags["reality", rule] = [1.0, 0.0, np.nan]
    >>> score_careless(flags, ["reality"])[["rule", "n", "n_flagged"]].values.tolist()[-2:]
    [['antonyms', 2, 1], ['flagged', 3, 1]]
    """
    judged = [(perspective, rule, flags[(perspective, rule)]) for perspective in perspectives for rule in RULES]
    judged.append((perspectives[0], FLAGGED, flags[FLAGGED].astype(float)))
    rows = [
        {"perspective": perspective, "rule": rule, "n": int(told.notna().sum()), "n_flagged": int((told == 1).sum())}
        for perspective, rule, told in judged
    ]
    table = pd.DataFrame(rows)
    share = np.where(table["n"] > 0, table["n_flagged"] / table["n"].clip(lower=1), np.nan)
    unfit = (share > (rules or CarelessRules()).credible) & ~table["rule"].isin([FLAGGED, "longstring"])
    reason = pd.Series(np.select([table["n"] == 0, unfit], ["not_judged", "rule_unfit"], None), dtype=object)
    return table.assign(wave=wave, share=share, suppressed=False, reason=reason)[list(COLUMNS)]


def score_without_careless(
    responses: pd.DataFrame, framework: Framework, flagged: Sequence[bool], wave: str = ""
) -> pd.DataFrame:
    r"""Learn what the results would be without the flagged responses.

    Parameters
    ----------
    responses
        The responses table (`load_responses`) of one wave.
    framework
        The instrument.
    flagged
        Which rows to leave out on one side of the comparison (`flag_careless`).
    wave
        The wave's name, for the rows.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one dimension under one perspective, for the organisation: `WITHOUT`. ``n`` respondents
        with a score, of whom ``n_flagged`` are flagged and ``n_without`` are not. The difference tells of the flagged:
        where they are few, a release hides the row.

    Notes
    -----
    **Missing answers**: as in `score_dimensions`, on both sides.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> responses = load_responses(io.BytesIO(b"st_04.reality,st_05.reality\n1,2\n2,3\n5,5"), framework)
    >>> table = score_without_careless(responses, framework, [False, False, True])
    >>> table[["n_flagged", "n_without", "mean", "mean_without"]].values.tolist()
    [[1.0, 2.0, 3.0, 2.0]]
    """
    kept = responses[~np.asarray(flagged, dtype=bool)]
    every, others = (score_dimensions(tally(rows, framework), wave) for rows in (responses, kept))
    keys = ["dimension", "perspective"]
    met = every[keys].merge(others, how="left", on=keys, validate="one_to_one")
    n_without = met["n"].fillna(0).astype(int)
    return every.assign(
        n_flagged=every["n"] - n_without,
        n_without=n_without,
        **{f"{name}_without": met[name] for name in COMPARED},
        reason=every["reason"].where(every["n"] == 0, None),
    )[list(WITHOUT)]
