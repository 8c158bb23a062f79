"""Do all sides compute the same? Each peer's statistics against the kit's, to one part in a million."""

import numpy as np
import peer_pandas
import peer_polars
from data import DIMENSIONS, LEVELS, PERSPECTIVES, answers, framework, responses, withheld

from assessment.scoring import score_wave
from assessment.statistics import icc

ROWS, UNITS, WITHIN = 20_000, 200, 1e-6
WITHIN_OF_FACTOR = 1e-5
"""How near the end scipy's search and the kit's stop, where F is flat."""

NAMES = [f"d{one:02}.{which}" for one in range(DIMENSIONS) for which in (*PERSPECTIVES, "tension")]
QUADRANTS = ("resting", "dormant", "mobilising", "accomplished", "undetermined")
SHARED = {"n": "n", "n_complete": "n_complete", "na": "na", "missing": "missing"}
LEVEL = {"level": "maturity_level", "probability": "probability"}
CODES = {name: number for number, name in enumerate(LEVELS)} | {"divided": -1}
CODES |= {name: number for number, name in enumerate(QUADRANTS)}


def of_kit(table, instrument):
    """Give the kit's statistics as arrays, tension on the answer scale."""
    tables = score_wave(table, instrument, [("unit",)])
    whole, groups, gaps = (tables[name] for name in ("dimensions", "groups", "tension"))
    every = {"whole": (whole, gaps[gaps["by"] != "unit"]), "unit": (groups, gaps[gaps["by"] == "unit"])}
    found = {}
    for level, (asked, tension) in every.items():
        for key, column in (SHARED | {"mean": "mean", "se": "se", "low": "ci_low", "high": "ci_high"}).items():
            own = tension[{"mean": "tension"}.get(column, column)] / (1 if key in SHARED else 25)
            found[f"{level}_{key}"] = laid([(asked, asked[column]), (tension, own)], NAMES)
        for key, column in LEVEL.items():
            found[f"{level}_{key}"] = laid([(asked, asked[column])], ending("reality"))
        for key in ("share_negative", "dz", "quadrant"):
            found[f"{level}_{key}"] = laid([(tension, tension[key])], ending("tension"))
    tension = every["unit"][1]
    found["unit_gap_alpha"] = laid([(tension, tension["cronbach_alpha"])], ending("tension"))
    for key in ("rwg_j", "ad"):
        found[key] = laid([(groups, groups[key])], ending("reality", "vision"))
    found["alpha"] = laid([(one, one["cronbach_alpha"]) for one in every["whole"]], NAMES)
    for key in ("omega", "cfi", "rmsea", "srmr"):
        found[key] = laid([(whole, whole[key])], ending("reality", "vision"))
    n, mean, variance = (
        laid([(groups, groups[key]), (tension, tension[key])], NAMES) for key in ("n", "plain_mean", "variance")
    )
    one_way = icc(n.T, mean.T, variance.T)
    found |= {"icc1": one_way.icc1, "icc2": one_way.icc2}
    return found | of_items(tables["items"]) | of_overall(tables["overall"])


def of_items(items):
    """Give the statistics of items, as the peers order them."""
    ordered = items.sort_values(["dimension", "perspective"], kind="stable")
    names = ("n", "na", "missing", "mean", "sd", "r_drop", "alpha_drop")
    return {f"item_{name}": ordered[name].to_numpy(dtype=float) for name in names}


def of_overall(overall):
    """Give the overall level, its mean on the answer scale."""
    row = overall.iloc[0]
    found = {"mean": 1 + row["score"] / 25, "se": row["se"] / 25}
    found |= {"level": CODES[row["maturity_level"]], "probability": row["probability"]}
    return {f"overall_{key}": np.array(one) for key, one in found.items()}


def ending(*perspectives):
    """Keep the names of perspectives."""
    return [name for name in NAMES if name.endswith(perspectives)]


def laid(columns, names):
    """Lay a statistic out, shape (units, names), or (names,) for the whole."""
    found = {}
    for keys, values in columns:
        title = keys["dimension"].astype(object) + "." + keys["perspective"].astype(object)
        for name in set(title):
            own = values[title == name]
            found[name] = [CODES.get(one, one) for one in own]
    array = np.array([found[name] for name in names], dtype=float).T
    return array[0] if len(array) == 1 else array


def main():
    """Compare, and fail on the first statistic that differs."""
    table, instrument = responses(ROWS, UNITS), framework()
    start, na = answers(table), withheld(table)
    own = of_kit(table, instrument)
    peers = {"pandas": peer_pandas.score(start, na), "polars": peer_polars.score(peer_polars.prepared(start, na))}
    for peer, found in peers.items():
        assert found.keys() == own.keys(), set(found) ^ set(own)
        for name, expected in own.items():
            within = WITHIN_OF_FACTOR if name in ("omega", "cfi", "rmsea", "srmr") else WITHIN
            given = np.asarray(found[name], dtype=float)
            np.testing.assert_allclose(given, expected, rtol=within, atol=within, err_msg=f"{peer}: {name}")
        print(f"{peer}: {len(own)} statistics agree")


if __name__ == "__main__":
    main()
