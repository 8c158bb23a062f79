"""What stops such work, and how it is answered here."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from assessment.practices.framing.document import BRAKES, part

COLUMNS = ("brake", "answer", "answered")
"""Columns of the brakes table."""


def list_brakes(document: Mapping[str, Any]) -> pd.DataFrame:
    """Learn which of the brakes that the MNT's study met are answered, and which are not.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass.

    Returns
    -------
    pandas.DataFrame
        One row is one brake, in the order of the study: `COLUMNS`. Missing answers: an answer of spaces is none.

    Examples
    --------
    >>> list_brakes({"brakes": {"cost": "Two half-days a service, replaced."}})["answered"].tolist()
    [False, False, False, True]
    """
    answers = part(document, "brakes")
    told = [(brake, (answers.get(brake) or "").strip()) for brake in BRAKES]
    return pd.DataFrame([(brake, text, bool(text)) for brake, text in told], columns=list(COLUMNS))
