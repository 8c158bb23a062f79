"""Plain psychometrics and inference: arrays in, numbers out. Knows no framework, no unit, no table.

Nearly everything is computed from counts, sums and cross-products, without a row of answers. Functions work over
leading axes (`one_factor` takes one matrix), are deterministic, never warn, and give NaN for what is undefined.

- `moments`: counts and sums to means, variances, covariances
- `reliability`: do the items of a scale go together? Cronbach's alpha, item by item
- `factor`: does one thing underlie them? one-factor model, omega, fit
- `agreement`: do the members of a group agree? rwg(j), average deviation
- `variance`: how much lies between groups? one-way analysis of variance, ICC(1), ICC(2)
- `intervals`: how sure is a mean? simple, stratified, weighted; the probability of a range
- `equal_weight`: the mean of groups' means when each weighs the same
- `correlation`: how far do numbers go together? in pairs, the others held, one common part
- `relative_weights`: what goes with an outcome, when its companions go together? (needs rows, for resampling)
- `choosing`: do people who choose a few of many options choose alike beyond chance?
- `camps`: do answers on an ordered scale gather in one place, or stand in two camps?

>>> from assessment.statistics import covariance_from_sums, cronbach_alpha
>>> covariance = covariance_from_sums(3, [6, 15], [[14, 37], [37, 101]])
>>> round(float(cronbach_alpha(covariance)), 4)  # 2 · (1 - 14/21)
0.6667
"""

from importlib import import_module

_HOME = {
    "ChoiceAgreement": "choosing",
    "Interval": "intervals",
    "OneFactor": "factor",
    "OneWay": "variance",
    "RelativeWeights": "relative_weights",
    "alpha_if_dropped": "reliability",
    "average_deviation": "agreement",
    "average_deviation_cut": "agreement",
    "choice_agreement": "choosing",
    "corrected_item_total": "reliability",
    "correlation_interval": "correlation",
    "covariance_from_sums": "moments",
    "cronbach_alpha": "reliability",
    "degrees_of_freedom": "equal_weight",
    "equal_weight_interval": "equal_weight",
    "first_component_share": "correlation",
    "icc": "variance",
    "johnson_weights": "relative_weights",
    "mean_and_variance": "moments",
    "mean_interval": "intervals",
    "one_factor": "factor",
    "ordinal_agreement": "camps",
    "ordinal_polarisation": "camps",
    "pairwise_correlations": "correlation",
    "partial_correlations": "correlation",
    "probability_between": "intervals",
    "random_choices": "choosing",
    "resampled_weights": "relative_weights",
    "rwg_j": "agreement",
    "share_interval": "choosing",
    "stratified_interval": "intervals",
    "weighted_interval": "intervals",
    "weighted_stratified_interval": "intervals",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    # Lazy, because `intervals` needs scipy.special, which loads slower than all the rest together.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return sorted({*globals(), *__all__})
