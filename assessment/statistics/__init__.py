"""Plain psychometrics and inference: arrays in, numbers out. Knows no framework, no unit, no table.

Nearly everything is computed from counts, sums and cross-products, without a row of answers. Functions work over
leading axes, are deterministic, never warn, and give NaN for what is undefined.

- `moments`: counts and sums to means, variances, covariances
- `reliability`: do the items of a scale go together? Cronbach's alpha and its interval, item by item
- `factor`: does one thing underlie them? one-factor model, omega and its interval, fit
- `likelihood`: where is the likelihood of that model largest?
- `ordinal`: how would answers in steps correlate if the steps were gone?
- `discriminant`: do two scales measure two things? correlation corrected for attenuation, HTMT
- `agreement`: do the members of a group agree? rwg(j) and its kin, average deviation
- `variance`: how much lies between groups? one-way analysis of variance, ICC(1) also by REML, ICC(2)
- `careless`: who answered without reading? longstring, IRV, Mahalanobis distance, even–odd, synonyms
- `intervals`: how sure is a mean? simple, stratified, clustered, weighted, raked; the probability of a range
- `raking`: which weights bring respondents to the margins known of everyone?
- `bootstrap`: how sure is a number for which no formula holds?
- `differences`: how far apart are two groups, or several? effect sizes, Holm, equivalence
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
    "Bootstrap": "bootstrap",
    "ChoiceAgreement": "choosing",
    "Difference": "differences",
    "Effect": "differences",
    "Interval": "intervals",
    "OneFactor": "factor",
    "OneWay": "variance",
    "RelativeWeights": "relative_weights",
    "Several": "differences",
    "alpha_if_dropped": "reliability",
    "alpha_interval": "reliability",
    "average_deviation": "agreement",
    "average_deviation_cut": "agreement",
    "average_string": "careless",
    "awg": "agreement",
    "bootstrap_interval": "bootstrap",
    "choice_agreement": "choosing",
    "clustered_interval": "intervals",
    "corrected_correlation": "discriminant",
    "corrected_item_total": "reliability",
    "correlation_interval": "correlation",
    "covariance_from_sums": "moments",
    "cronbach_alpha": "reliability",
    "degrees_of_freedom": "equal_weight",
    "difference_between": "differences",
    "difference_within": "differences",
    "equal_weight_interval": "equal_weight",
    "even_odd": "careless",
    "first_component_share": "correlation",
    "hedges_g": "differences",
    "hedges_g_alone": "differences",
    "hedges_g_within": "differences",
    "holm": "differences",
    "htmt": "discriminant",
    "htmt_interval": "discriminant",
    "icc": "variance",
    "icc1_reml": "variance",
    "intra_individual_variability": "careless",
    "johnson_weights": "relative_weights",
    "longstring": "careless",
    "mahalanobis": "careless",
    "mahalanobis_cut": "careless",
    "mean_and_variance": "moments",
    "mean_interval": "intervals",
    "omega_interval": "factor",
    "one_factor": "factor",
    "ordinal_agreement": "camps",
    "ordinal_polarisation": "camps",
    "pairwise_correlations": "correlation",
    "partial_correlations": "correlation",
    "polychoric": "ordinal",
    "polychoric_matrix": "ordinal",
    "probability_between": "intervals",
    "psychometric_antonyms": "careless",
    "psychometric_synonyms": "careless",
    "r_star_wg_j": "agreement",
    "rake": "raking",
    "raked_interval": "intervals",
    "random_choices": "choosing",
    "reading_of": "differences",
    "resampled_weights": "relative_weights",
    "rwg_j": "agreement",
    "several_groups": "differences",
    "share_interval": "choosing",
    "slight_skew_null": "agreement",
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
