"""Plain psychometrics and inference: arrays in, numbers out. Knows no framework, no unit, no table.

Everything is computed from counts, sums and cross-products; no row of answers is ever needed. Functions work over
leading axes (`one_factor` takes one matrix), are deterministic, never warn, and give NaN for what is undefined.

- `moments`: counts and sums to means, variances, covariances
- `reliability`: do the items of a scale go together? Cronbach's alpha, item by item
- `factor`: does one thing underlie them? one-factor model, omega, fit
- `agreement`: do the members of a group agree? rwg(j), average deviation
- `variance`: how much lies between groups? one-way analysis of variance, ICC(1), ICC(2)
- `intervals`: how sure is a mean? simple, stratified, clustered, weighted, raked; the probability of a range
- `raking`: which weights bring respondents to the margins known of everyone?
- `bootstrap`: how sure is a number for which no formula holds?
- `differences`: how far apart are two groups, or several? effect sizes, Holm, equivalence

>>> from assessment.statistics import covariance_from_sums, cronbach_alpha
>>> covariance = covariance_from_sums(3, [6, 15], [[14, 37], [37, 101]])
>>> round(float(cronbach_alpha(covariance)), 4)  # 2 · (1 - 14/21)
0.6667
"""

from importlib import import_module

_HOME = {
    "Bootstrap": "bootstrap",
    "Difference": "differences",
    "Effect": "differences",
    "OneFactor": "factor",
    "OneWay": "variance",
    "Interval": "intervals",
    "Several": "differences",
    "alpha_if_dropped": "reliability",
    "average_deviation": "agreement",
    "average_deviation_cut": "agreement",
    "bootstrap_interval": "bootstrap",
    "clustered_interval": "intervals",
    "corrected_item_total": "reliability",
    "covariance_from_sums": "moments",
    "cronbach_alpha": "reliability",
    "difference_between": "differences",
    "difference_within": "differences",
    "hedges_g": "differences",
    "hedges_g_alone": "differences",
    "hedges_g_within": "differences",
    "holm": "differences",
    "icc": "variance",
    "mean_and_variance": "moments",
    "mean_interval": "intervals",
    "one_factor": "factor",
    "probability_between": "intervals",
    "rake": "raking",
    "raked_interval": "intervals",
    "reading_of": "differences",
    "rwg_j": "agreement",
    "several_groups": "differences",
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
