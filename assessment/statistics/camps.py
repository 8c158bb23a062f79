"""Do people gather in one camp, or stand in two? Van der Eijk's agreement on ordered answers."""

import numpy as np


def ordinal_agreement(counts):
    """Learn whether answers on an ordered scale gather around one place or stand at two ends.

    Parameters
    ----------
    counts : array_like, shape (..., options)
        People who gave each answer, in the answers' order; three options at least.

    Returns
    -------
    ndarray, shape (...,)
        Van der Eijk's A: 1 = all gave the same answer, 0 = all answers alike often, -1 = half at either end. NaN
        without anybody, or with fewer than three options.

    Notes
    -----
    Missing answers: not in the counts.

    The counts are cut into layers of equal height; a layer is a pattern of full and empty options. With S full ones of
    K, TU the triples of options read as full-full-empty or empty-full-full and TDU those read full-empty-full, a
    layer's agreement is U·(1 - (S - 1)/(K - 1)), U = ((K - 2)·TU - (K - 1)·TDU)/((K - 2)·(TU + TDU)) (1 where S is 1).
    A is the layers' mean, weighted by the people in each.

    References
    ----------
    van der Eijk 2001, Quality & Quantity 35, 325-341; R agrmt `agreement`.

    Examples
    --------
    >>> [round(float(one), 4) for one in ordinal_agreement([[0, 9, 0, 0, 0], [2, 2, 2, 2, 2], [5, 0, 0, 0, 5]])]
    [1.0, 0.0, -1.0]
    """
    counts = np.asarray(counts, dtype=float)
    options = counts.shape[-1]
    if options < 3:
        return np.full(counts.shape[:-1], np.nan)
    heights = np.sort(counts, axis=-1)
    full = counts[..., None, :] >= heights[..., :, None]
    weight = np.diff(heights, axis=-1, prepend=0) * full.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (weight * _layer_agreement(full, options)).sum(axis=-1) / weight.sum(axis=-1)


def _layer_agreement(full, options):
    """Give each pattern of full and empty options its agreement, from the place of each triple's middle option."""
    full = full.astype(float)
    size = full.sum(axis=-1)
    before, after = np.cumsum(full, axis=-1) - full, size[..., None] - np.cumsum(full, axis=-1)
    place = np.arange(options)
    two_camps = ((1 - full) * before * after).sum(axis=-1)
    one_camp = (full * (before * (options - 1 - place - after) + (place - before) * after)).sum(axis=-1)
    ratio = ((options - 2) * one_camp - (options - 1) * two_camps) / ((options - 2) * (one_camp + two_camps))
    unimodal = np.where(one_camp + two_camps == 0, 1.0, ratio)  # one option, or all: nothing between
    return unimodal * (1 - (size - 1) / (options - 1))


def ordinal_polarisation(counts):
    """Learn how far people stand in two camps.

    Parameters
    ----------
    counts : array_like, shape (..., options)
        As in `ordinal_agreement`.

    Returns
    -------
    ndarray, shape (...,)
        (1 - A)/2: 0 = all gave the same answer, 0.5 = all answers alike often, 1 = half at either end.

    Notes
    -----
    Missing answers: not in the counts.

    References
    ----------
    van der Eijk 2001, as `ordinal_agreement`; R agrmt `polarization`.

    Examples
    --------
    >>> float(ordinal_polarisation([10, 0, 0, 0, 10]))
    1.0
    """
    return (1 - ordinal_agreement(counts)) / 2
