"""Responses that look as if nobody had read the questions: indices and flags, one row a response, never shown.

A flag is a question to put to the results, not a verdict about a person: scores are shown with and without the flagged
(`assessment.scoring.careless`), and nobody is dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.framework.model import Framework, Item
from assessment.responses.values import AnswerSheets
from assessment.statistics import (
    average_string,
    even_odd,
    intra_individual_variability,
    longstring,
    mahalanobis,
    mahalanobis_cut,
    psychometric_antonyms,
    psychometric_synonyms,
)

INDICES = (
    "answered",
    "longstring",
    "string_share",
    "average_string",
    "irv",
    "mahalanobis",
    "even_odd",
    "synonyms",
    "antonyms",
)
"""Columns of the indices: ``string_share`` is the largest share of a page's answers in one long enough string."""

RULES = ("longstring", "irv", "mahalanobis", "even_odd", "synonyms", "antonyms")
"""The rules that may speak against a response; ``average_string`` is told and flags nobody."""

Page = Sequence[Item]


@dataclass(frozen=True)
class CarelessRules:
    """From where an index speaks against a response. Conventions of the kit, but for what is cited.

    Parameters
    ----------
    string_share
        Share of a page's answers in one run (half: Curran 2016, J. Experimental Social Psychology 66, 4-19).
    string_length
        Answers in that run, at least: half of a short page happens to whoever finds everything alike.
    variability
        Standard deviation of one person's answers, as a share of the answer scale, below which they hardly vary.
    distance
        Share of thoughtful respondents within the Mahalanobis distance (chi-square; R careless uses 0.99 and 0.999).
    consistency
        Even–odd consistency below which halves disagree (Jackson's 0.30, as Johnson 2005 reports it).
    synonyms, antonyms
        Correlation over pairs within one person, below and above which it speaks against the response.
    pair
        Correlation over people, in size, above which two items are a pair (0.60: Meade & Craig 2012).
    scales, pairs
        Scales, pairs one must have answered for a correlation within one person to say anything.
    people
        Respondents asked the same items there must be for each of these items, for a distance to say anything.
    credible
        Share of the responses judged, above which a rule other than the long string says more of the questionnaire
        than of people: it is told and counts for nobody.
    together
        Rules besides the long string that must speak together. None is trusted alone: each errs in its own way, and
        the literature asks for several (Meade & Craig 2012; Curran 2016).
    """

    string_share: float = 0.5
    string_length: int = 10
    variability: float = 0.1
    distance: float = 0.999
    consistency: float = 0.30
    synonyms: float = 0.0
    antonyms: float = 0.0
    pair: float = 0.60
    scales: int = 6
    pairs: int = 6
    people: float = 3
    credible: float = 0.25
    together: int = 2


def flag_careless(
    responses: pd.DataFrame,
    framework: Framework,
    rules: CarelessRules | None = None,
    pages: Sequence[Page] | None = None,
) -> pd.DataFrame:
    r"""Learn which responses call for doubt, and why.

    Parameters
    ----------
    responses
        The responses table (`load_responses`) of one wave: one row is one response.
    framework
        The instrument.
    rules
        From where an index speaks; None = the kit's.
    pages
        The items of each page in the order asked, all of one answer scale; None = `pages_of`.

    Returns
    -------
    pandas.DataFrame
        Never to be shown. One row is one response, with the index of `responses`; columns ``flagged``, then
        (perspective, rule) for each of `RULES`: 1 the rule speaks, 0 it does not, NaN it cannot be judged.

    Notes
    -----
    **Missing answers**: passed over by each index in its own way; an index that cannot be computed never speaks.

    A response is flagged where the long string speaks, or `together` of the other rules do, about reality; one of the
    others that speaks against more than a quarter of the responses counts for nobody. Vision is judged apart and flags
    nobody: wishes rightly pile up at the top, where a string is no sign of haste.

    References
    ----------
    Meade & Craig 2012, Psychological Methods 17, 437-455; Curran 2016, J. Experimental Social Psychology 66, 4-19.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> items = [item.id for item in framework.items if item.referent == "organisation"][:12]
    >>> heading = ",".join(f"{item}.reality" for item in items)
    >>> file = io.BytesIO(f"{heading}\n{','.join('3' * 12)}\n{','.join('235142341532')}".encode())
    >>> flag_careless(load_responses(file, framework), framework)["flagged"].tolist()
    [True, False]
    """
    rules = rules or CarelessRules()
    spoken = {
        perspective: judged(careless_indices(responses, framework, perspective, rules, pages), rules)
        for perspective in framework.perspectives
    }
    reality = spoken[framework.perspectives[0]]
    others = reality.drop(columns="longstring")
    others = others.loc[:, ~(others.mean() > rules.credible)]
    flagged = (reality["longstring"] == 1) | ((others == 1).sum(axis=1) >= rules.together)
    return pd.concat([flagged.rename("flagged"), *(prefixed(one, name) for name, one in spoken.items())], axis=1)


def careless_indices(
    responses: pd.DataFrame,
    framework: Framework,
    perspective: str,
    rules: CarelessRules | None = None,
    pages: Sequence[Page] | None = None,
) -> pd.DataFrame:
    """Compute each index for every response under one perspective.

    Parameters as in `flag_careless`; of `rules` only what makes an index is used (``string_length``, ``pair``,
    ``scales``, ``pairs``, ``people``).

    Returns
    -------
    pandas.DataFrame
        Never to be shown. One row is one response: `INDICES`. ``irv`` is in shares of the answer scale; ``even_odd`` as
        in R careless since 1.2 (higher = less consistent).

    Notes
    -----
    **Missing answers**: see each index in `assessment.statistics.careless`.
    """
    rules = rules or CarelessRules()
    sheets = AnswerSheets(responses, framework)
    items = sheets.among(asked_under(framework, perspective), perspective)
    given = sheets.shares(items, perspective)
    string, share = strings(sheets, perspective, pages or pages_of(framework, perspective), rules.string_length)
    return pd.DataFrame(
        {
            "answered": (~np.isnan(given)).sum(axis=1),
            "longstring": string,
            "string_share": share,
            "average_string": average_string(given),
            "irv": intra_individual_variability(given),
            "mahalanobis": distances(given, sheets.asked(items), rules.people),
            "even_odd": halves(given, items, rules.scales),
            "synonyms": psychometric_synonyms(given, rules.pair, rules.pairs),
            "antonyms": psychometric_antonyms(given, -rules.pair, rules.pairs),
        },
        index=responses.index,
    )[list(INDICES)]


def judged(indices: pd.DataFrame, rules: CarelessRules) -> pd.DataFrame:
    """Say of every response which rules speak: 1, 0, or NaN where the index is wanting."""
    spoken = {
        "longstring": indices["string_share"] >= rules.string_share,
        "irv": indices["irv"] < rules.variability,
        "mahalanobis": indices["mahalanobis"] > mahalanobis_cut(indices["answered"], rules.distance),
        "even_odd": indices["even_odd"] > -rules.consistency,
        "synonyms": indices["synonyms"] < rules.synonyms,
        "antonyms": indices["antonyms"] > rules.antonyms,
    }
    wanting = indices[list(RULES)].isna()
    wanting["irv"] |= indices["answered"] < rules.string_length  # a few answers may well be alike
    return pd.DataFrame(spoken)[list(RULES)].astype(float).mask(wanting)


def pages_of(framework: Framework, perspective: str) -> list[Page]:
    """Give the pages of the questionnaire: items of one referent and one answer scale, in the framework's order.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> pages = pages_of(load_framework("collectivite-apprenante"), "vision")
    >>> [page[0].referent for page in pages]
    ['me', 'organisation', 'service']
    """
    pages: dict[tuple, list[Item]] = {}
    for item in asked_under(framework, perspective):
        scale = framework.scale_of(item)
        pages.setdefault((item.referent, scale.low, scale.high), []).append(item)
    return list(pages.values())


def asked_under(framework: Framework, perspective: str) -> list[Item]:
    """Give the scored items asked under a perspective, in the framework's order."""
    return [
        item for item in framework.items if item.scored and perspective in framework.perspectives_of(item.dimension)
    ]


def strings(
    sheets: AnswerSheets, perspective: str, pages: Sequence[Page], shortest: int
) -> tuple[np.ndarray, np.ndarray]:
    """Give each response's longest string within a page, and the largest share of a page in one of `shortest` or more.

    The longest string may stand on a long page and be no sign, while a shorter one fills a shorter page.
    """
    longest, share = np.full((2, len(sheets.responses)), np.nan)
    for page in pages:
        values = sheets.values(sheets.among(page, perspective), perspective)
        here, answers = longstring(values), (~np.isnan(values)).sum(axis=1)
        filled = np.where(here < shortest, 0.0, here / np.maximum(answers, 1))
        longest, share = np.fmax(longest, here), np.fmax(share, filled)
    return longest, share


def distances(given: np.ndarray, asked: np.ndarray, people: float) -> np.ndarray:
    """Compare each response with those asked the same items, where there are `people` of them to an item."""
    result = np.full(len(given), np.nan)
    kinds, kind = np.unique(asked, axis=0, return_inverse=True)
    for number, items in enumerate(kinds):
        alike = kind.reshape(-1) == number
        if alike.sum() >= people * max(items.sum(), 1):
            result[alike] = mahalanobis(given[alike][:, items])
    return result


def halves(given: np.ndarray, items: Sequence[Item], fewest: int) -> np.ndarray:
    """Compare odd and even items dimension by dimension; `given` are shares of the scale, in the order of `items`."""
    dimensions = list(dict.fromkeys(item.dimension for item in items))
    if not dimensions:
        return np.full(len(given), np.nan)
    order = sorted(range(len(items)), key=lambda place: dimensions.index(items[place].dimension))
    right_way = np.where([item.reverse for item in items], 1 - given, given)[:, order]
    return even_odd(right_way, [sum(item.dimension == one for item in items) for one in dimensions], fewest)


def prefixed(table: pd.DataFrame, perspective: str) -> pd.DataFrame:
    """Name columns (perspective, rule)."""
    return table.set_axis([(perspective, rule) for rule in table], axis=1)
