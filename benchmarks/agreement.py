"""Do all sides compute the same? Each peer's statistics against the kit's, to one part in a million."""

import numpy as np
import peer_pandas
import peer_polars
from data import DIMENSIONS, PERSPECTIVES, answers, framework, responses

from assessment.scoring import score_wave
from assessment.statistics import icc

ROWS, UNITS, WITHIN = 20_000, 200, 1e-6
NAMES = [f"d{one:02}.{which}" for one in range(DIMENSIONS) for which in (*PERSPECTIVES, "tension")]
ASKED = [name for name in NAMES if not name.endswith("tension")]


def of_kit(table, instrument):
    """Give the kit's statistics, one column a name, tension on the answer scale."""
    tables = score_wave(table, instrument, [("unit",)])
    whole, groups, tension = tables["dimensions"], tables["groups"], tables["tension"]
    found = {"alpha": [], "icc1": [], "icc2": []}
    for name in NAMES:
        dimension, which = name.split(".")
        gap = which == "tension"
        own, units = (tension, tension[tension["by"] == "unit"]) if gap else (whole, groups)
        own = own[(own["dimension"] == dimension) & (own["perspective"] == which)].iloc[0]
        units = units[(units["dimension"] == dimension) & (units["perspective"] == which)]
        scale = 25 if gap else 1
        for level, part in (("unit", units), ("whole", own)):
            found.setdefault(f"{level}_n", []).append(part["n"])
            names = {"mean": "tension" if gap else "mean", "se": "se", "low": "ci_low", "high": "ci_high"}
            for statistic, column in names.items():
                found.setdefault(f"{level}_{statistic}", []).append(part[column] / scale)
        found["alpha"].append(own["cronbach_alpha"])
        one_way = icc(units["n"], units["plain_mean"], units["variance"])
        found["icc1"].append(one_way.icc1)
        found["icc2"].append(one_way.icc2)
        if not gap:
            found.setdefault("rwg_j", []).append(units["rwg_j"])
            found.setdefault("ad", []).append(units["ad"])
    return {name: np.array([np.asarray(one, dtype=float) for one in columns]).T for name, columns in found.items()}


def of_pandas(table):
    """Give the careful analyst's, in the same order."""
    found = peer_pandas.score(answers(table))
    order = {"rwg_j": ASKED, "ad": ASKED}
    return {
        name: (one[order.get(name, NAMES)] if one.ndim == 2 else one.reindex(NAMES)).to_numpy(dtype=float)
        for name, one in found.items()
    }


def of_polars(table):
    """Give those of the expressions."""
    return peer_polars.score(peer_polars.prepared(answers(table)))


def main():
    """Compare, and fail on the first statistic that differs."""
    table, instrument = responses(ROWS, UNITS), framework()
    own = of_kit(table, instrument)
    for peer, found in (("pandas", of_pandas(table)), ("polars", of_polars(table))):
        for name, expected in own.items():
            np.testing.assert_allclose(found[name], expected, rtol=WITHIN, atol=WITHIN, err_msg=f"{peer}: {name}")
        print(f"{peer}: {len(own)} statistics agree to {WITHIN:g}")


if __name__ == "__main__":
    main()
