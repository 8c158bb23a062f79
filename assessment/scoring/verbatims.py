"""What people wrote, let out of large groups only: words are recognised more easily than numbers."""

import pandas as pd

from assessment.scoring.following import CONFIDENTIAL

TIMES = 3
"""Verbatims are told of groups of at least this many times `min_group` respondents."""

COLUMNS = ("wave", "by", "group", "question", "n", "text", "suppressed", "reason")
"""One row is one verbatim; ``n`` is the respondents of its group, whether they wrote or not."""


def release_verbatims(
    verbatims: pd.DataFrame, responses: pd.DataFrame, min_group: int = 10, by: str | None = None
) -> pd.DataFrame:
    """Let out what people wrote, beside one background variable at most and never beside a name or code.

    Parameters
    ----------
    verbatims
        One row is one text: ``respondent, wave, question, text``.
    responses
        The responses table, for the groups and their sizes.
    min_group
        The campaign's threshold; a group needs three times as many respondents.
    by
        The one column told beside the texts; None = none. Two releases of the same texts by two columns are two
        columns told, and the texts of all beside those of large groups tell which are of the small ones: choose once
        for a campaign.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, ordered by wave, question, group and text, so that nothing follows the order of respondents. Groups
        too small are told together (``group`` None); where even they are too few, one row says so without a text.

    Notes
    -----
    **Missing answers**: empty texts, and texts of nobody in the responses, are left out. What a text says of its author
    no rule can see: somebody reads the texts before they are shown.

    Examples
    --------
    >>> responses = pd.DataFrame({"respondent": [f"r{n}" for n in range(45)], "wave": "1",
    ...     "unit": ["A"] * 40 + ["B"] * 5})
    >>> texts = pd.DataFrame({"respondent": ["r3", "r44"], "wave": "1", "question": "q", "text": ["yes", "no"]})
    >>> release_verbatims(texts, responses)[["n", "text"]].values.tolist()
    [[45, 'no'], [45, 'yes']]
    >>> release_verbatims(texts, responses, by="unit")[["group", "n", "text", "reason"]].values.tolist()
    [['A', 40, 'yes', None], [None, <NA>, None, 'confidential']]
    """
    keys = ["respondent", "wave"]
    who = responses[[*keys, *([by] if by else [])]].assign(group=responses[by] if by else "")
    large = who.groupby(["wave", "group"])["respondent"].transform("size") >= TIMES * min_group
    who["group"] = who["group"].astype(object).where(large & (who["group"] != ""), None)
    who["n"] = who.groupby(["wave", "group"], dropna=False)["respondent"].transform("size")
    named = who[who["respondent"] != ""]
    written = verbatims[verbatims["text"].fillna("").str.strip() != ""].merge(named, on=keys)
    told = written[written["n"] >= TIMES * min_group]
    few = written[written["n"] < TIMES * min_group].drop_duplicates(["wave", "question"])
    few = few.assign(n=pd.NA, text=None)
    rows = pd.concat([one for one in (told, few) if len(one)] or [told]).assign(by=by)
    rows["n"] = rows["n"].astype("Int64")
    rows["suppressed"] = rows["text"].isna()
    rows["reason"] = rows["suppressed"].map({True: CONFIDENTIAL, False: None}).astype(object)
    rows = rows.sort_values(["wave", "question", "group", "text"], ignore_index=True)[list(COLUMNS)]
    words = {
        name: rows[name].astype(object).where(rows[name].notna(), None) for name in ("by", "group", "text", "reason")
    }
    return rows.assign(**words)
