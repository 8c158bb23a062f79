"""Plain psychometrics and inference: arrays in, numbers out. Knows no framework, no unit, no table.

Everything is computed from counts, sums and cross-products; no row of answers is ever needed. Functions work over
leading axes (`one_factor` takes one matrix), are deterministic, never warn, and give NaN for what is undefined.

- `moments`: counts and sums to means, variances, covariances
- `reliability`: do the items of a scale go together? Cronbach's alpha, item by item
- `factor`: does one thing underlie them? one-factor model, omega, fit
- `agreement`: do the members of a group agree? rwg(j), average deviation
- `variance`: how much lies between groups? one-way analysis of variance, ICC(1), ICC(2)
- `intervals`: how sure is a mean? simple, stratified, weighted; the probability of a range

>>> from assessment.statistics import covariance_from_sums, cronbach_alpha
>>> covariance = covariance_from_sums(3, [6, 15], [[14, 37], [37, 101]])
>>> round(float(cronbach_alpha(covariance)), 4)  # 2 · (1 - 14/21)
0.6667
"""

from importlib import import_module

_HOME = {
    "OneFactor": "factor",
    "OneWay": "variance",
    "Interval": "intervals",
    "alpha_if_dropped": "reliability",
    "average_deviation": "agreement",
    "average_deviation_cut": "agreement",
    "corrected_item_total": "reliability",
    "covariance_from_sums": "moments",
    "cronbach_alpha": "reliability",
    "icc": "variance",
    "mean_and_variance": "moments",
    "mean_interval": "intervals",
    "one_factor": "factor",
    "probability_between": "intervals",
    "rwg_j": "agreement",
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
