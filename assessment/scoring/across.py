"""What is told of the organisation across its groups: agreement within them, and how far they differ."""

import numpy as np
import pandas as pd

from assessment.scoring.unanimity import SPREAD
from assessment.statistics import icc


def across_groups(
    dimensions: pd.DataFrame, groups: pd.DataFrame, released: pd.DataFrame, totals: pd.DataFrame
) -> pd.DataFrame:
    """Add the statistics across groups, over the groups of the first grouping that were let out."""
    if groups.empty:
        return dimensions
    first = groups["by"].iloc[0]
    shown = (released["by"] == first) & ~released["suppressed"] & released["group"].notna() & (groups["n"] > 0)
    made_of_groups = totals.loc[(totals["by"] == first) & (totals["total_by"] == first), "total_group"]
    shown &= ~released["group"].isin(made_of_groups)
    agreement = released[["rwg_j", "ad"]]  # as let out: an average must not tell of what was not
    rows = groups.assign(**{name: agreement[name].to_numpy() for name in agreement})[shown.to_numpy(dtype=bool)]
    statistics = [
        {"wave": wave, "dimension": dimension, "perspective": perspective, **statistics_across(part)}
        for (wave, dimension, perspective), part in rows.groupby(["wave", "dimension", "perspective"], sort=False)
    ]
    keys = ["wave", "dimension", "perspective"]
    if not statistics:
        return dimensions
    met = dimensions[keys].merge(pd.DataFrame(statistics), how="left", on=keys)
    across = {
        name: met[name].mask(dimensions["suppressed"].to_numpy(dtype=bool)).to_numpy()
        for name in ("rwg_j", "ad", "icc1", "icc2")
    }
    return dimensions.assign(**across)


def statistics_across(groups: pd.DataFrame) -> dict[str, float]:
    """Give plain averages of agreement, and the ICCs from the groups' sizes, means and variances."""
    one_way = icc(groups["n"].to_numpy(), groups["plain_mean"].to_numpy(), groups["variance"].to_numpy())
    return {
        "rwg_j": groups["rwg_j"].mean(),
        "ad": groups["ad"].mean(),
        "icc1": unless_unanimous(float(one_way.icc1)),
        "icc2": unless_unanimous(float(one_way.icc2)),
    }


def unless_unanimous(share: float) -> float:
    """Give a share of variance between groups; none where nothing is left within them."""
    return share if share <= 1 - SPREAD else np.nan
