"""Plain psychometrics and inference: arrays in, numbers out. Knows no framework, no unit, no table.

Everything is computed from counts, sums and cross-products; no row of answers is needed, but for `careless`. Functions
work over leading axes (`one_factor` takes one matrix), are deterministic, never warn, and give NaN for what is
undefined.

- `moments`: counts and sums to means, variances, covariances
- `reliability`: do the items of a scale go together? Cronbach's alpha and its interval, item by item
- `factor`: does one thing underlie them? one-factor model, omega and its interval, fit
- `ordinal`: how would answers in steps correlate if the steps were gone?
- `discriminant`: do two scales measure two things? correlation corrected for attenuation, HTMT
- `agreement`: do the members of a group agree? rwg(j) and its kin, average deviation
- `variance`: how much lies between groups? one-way analysis of variance, ICC(1) also by REML, ICC(2)
- `careless`: who answered without reading? longstring, IRV, Mahalanobis distance, even–odd, synonyms
- `intervals`: how sure is a mean? simple, stratified, weighted; the probability of a range
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
    "alpha_interval": "reliability",
    "average_deviation": "agreement",
    "average_deviation_cut": "agreement",
    "average_string": "careless",
    "awg": "agreement",
    "corrected_correlation": "discriminant",
    "corrected_item_total": "reliability",
    "covariance_from_sums": "moments",
    "cronbach_alpha": "reliability",
    "even_odd": "careless",
    "htmt": "discriminant",
    "htmt_interval": "discriminant",
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
    "icc1_reml": "variance",
    "intra_individual_variability": "careless",
    "longstring": "careless",
    "mahalanobis": "careless",
    "mahalanobis_cut": "careless",
    "mean_and_variance": "moments",
    "mean_interval": "intervals",
    "omega_interval": "factor",
    "one_factor": "factor",
    "polychoric": "ordinal",
    "polychoric_matrix": "ordinal",
    "probability_between": "intervals",
    "psychometric_antonyms": "careless",
    "psychometric_synonyms": "careless",
    "r_star_wg_j": "agreement",
    "rwg_j": "agreement",
    "slight_skew_null": "agreement",
    "rake": "raking",
    "raked_interval": "intervals",
    "reading_of": "differences",
    "rwg_j": "agreement",
    "several_groups": "differences",
    "stratified_interval": "intervals",
    "two_way_counts": "ordinal",
    "weighted_interval": "intervals",
    "weighted_stratified_interval": "intervals",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    # Lazy, because scipy.special loads slower than all the rest together.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return sorted({*globals(), *__all__})
