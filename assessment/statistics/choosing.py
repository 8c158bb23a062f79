"""People choose a few of many options: whether they choose alike beyond chance, and how sure a share is."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

PERMUTATIONS = 1999
ROUNDING = 1e-9


@dataclass(frozen=True)
class ChoiceAgreement:
    """How far people's choices overlap.

    Attributes
    ----------
    n : int
        People who chose.
    overlap : float
        Options that two people have in common, on average over all pairs of people.
    by_chance : float
        The same when everybody draws as many options as they chose, at random.
    agreement : float
        (overlap - by_chance) / (most - by_chance), most being the overlap if those who choose fewer chose what others
        chose too: 0 = as by chance, 1 = all choose the same.
    p_value : float
        Probability of at least this overlap by chance; never 0.
    """

    n: int
    overlap: float
    by_chance: float
    agreement: float
    p_value: float


def choice_agreement(chosen, sizes, permutations=PERMUTATIONS, seed=0):
    """Learn whether people who choose some of m options choose alike beyond chance.

    Parameters
    ----------
    chosen : array_like of int, shape (m,)
        People who chose each option.
    sizes : array_like of int, shape (up to m + 1,)
        People who chose 0, 1, 2, … options; those who chose none do not count.
    permutations : int
        Random sets of choices to compare with.
    seed : int
        Of the draws.

    Returns
    -------
    ChoiceAgreement
        NaN throughout for fewer than two people; ``agreement`` and ``p_value`` NaN where there was nothing to choose
        (everybody took every option).

    Notes
    -----
    Missing answers: those who chose nothing are not counted.

    overlap = Σ c_j(c_j - 1) / (n(n - 1)), which with the same number of choices each says the same as the variance of
    the counts c_j. Null: each person draws their number of options, all sets alike probable, independently of the
    others. p = (b + 1)/(permutations + 1), b the random sets with at least the overlap observed. With many people even
    a slight preference passes: read ``agreement`` too.

    References
    ----------
    Randolph 2005 (chance-corrected agreement with free margins, which ``agreement`` is for one choice each); Phipson &
    Smyth 2010, Statistical Applications in Genetics 9, 39 (p never 0).

    Examples
    --------
    Three people choose one of two options, two of them the same: of three pairs one agrees, by chance half would.

    >>> found = choice_agreement([2, 1], [0, 3])
    >>> round(found.overlap, 4), found.by_chance, round(found.agreement, 4), found.p_value
    (0.3333, 0.5, -0.3333, 1.0)
    """
    chosen, sizes = np.asarray(chosen, dtype=np.int64), np.array(sizes, dtype=np.int64)
    sizes[:1] = 0
    n = int(sizes.sum())
    if n < 2:
        return ChoiceAgreement(n, *4 * (float("nan"),))
    many = np.arange(len(sizes))
    pairs = n * (n - 1)
    overlap = float((chosen * (chosen - 1)).sum() / pairs)
    by_chance = float(((sizes @ many) ** 2 - sizes @ many**2) / len(chosen) / pairs)
    room = _most(sizes) / pairs - by_chance
    if room <= ROUNDING:
        return ChoiceAgreement(n, overlap, by_chance, float("nan"), float("nan"))
    drawn = random_choices(sizes, len(chosen), permutations, seed)
    alike = int(((drawn * (drawn - 1)).sum(axis=1) >= (chosen * (chosen - 1)).sum()).sum())
    return ChoiceAgreement(n, overlap, by_chance, (overlap - by_chance) / room, (alike + 1) / (permutations + 1))


def _most(sizes):
    """Add up over ordered pairs of people the smaller of their numbers of choices."""
    at_least = sizes[::-1].cumsum()[::-1][1:]  # people who chose 1, 2, … options or more
    return int((at_least * (at_least - 1)).sum())


def random_choices(sizes, options, permutations, seed):
    """Count how often each option is chosen when everybody draws at random.

    Parameters
    ----------
    sizes : array_like of int, shape (up to options + 1,)
        People who draw 0, 1, 2, … options.
    options : int
        Options to draw from.
    permutations : int
        Times to draw.
    seed : int
        Of the draws.

    Returns
    -------
    ndarray of int, shape (permutations, options)

    Notes
    -----
    Missing answers: not concerned.

    Option by option: who still has r options to take among the s that are left takes the next one with probability r/s,
    so only the number of people by r needs to be known, however many they are.

    References
    ----------
    Fan, Muller & Rezucha 1962, J. American Statistical Association 57, 387-402 (selection sampling).

    Examples
    --------
    >>> random_choices([0, 0, 5], 2, 3, seed=1).tolist()
    [[5, 5], [5, 5], [5, 5]]
    """
    random = np.random.default_rng(seed)
    left = np.tile(np.asarray(sizes, dtype=np.int64), (permutations, 1))
    still = np.arange(1, left.shape[1])
    counts = np.empty((permutations, options), dtype=np.int64)
    for option in range(options):
        taking = random.binomial(left[:, 1:], np.minimum(still / (options - option), 1))
        counts[:, option] = taking.sum(axis=1)
        left[:, 1:] -= taking
        left[:, :-1] += taking
    return counts


def share_interval(count, n, confidence=0.95):
    """Learn the interval of a share.

    Parameters
    ----------
    count, n : array_like
        Those who do, of those asked.
    confidence : float
        0 to 1.

    Returns
    -------
    low, high : ndarray
        0 to 1; NaN where n is 0.

    Notes
    -----
    Missing answers: those who did not answer are not in n. Respondents are taken as a simple sample.

    References
    ----------
    Wilson 1927, J. American Statistical Association 22, 209-212; R `prop.test(correct = FALSE)`.

    Examples
    --------
    >>> low, high = share_interval(3, 10)
    >>> round(float(low), 4), round(float(high), 4)
    (0.1078, 0.6032)
    """
    count, n = np.asarray(count, dtype=float), np.asarray(n, dtype=float)
    z = ndtri((1 + confidence) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = count / n
        middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        reach = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
        low = np.where(count == 0, 0 * share, middle - reach)  # exactly 0 and 1 at the ends, not a rounding beside
        return low, np.where(count == n, share, middle + reach)
