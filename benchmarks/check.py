"""Has the kit become slower? Ratios measured here and now must reach half of those in thresholds.toml.

`python benchmarks/check.py` needs nothing beyond the kit and takes half a minute. Ratios, not seconds: both sides run
on the same machine.
"""

import statistics
import sys
import tomllib
from pathlib import Path

from run import quick, start_up


def ratios():
    """Give the ratios that are quick to measure; larger is better."""
    spent = {name: statistics.median(seconds) for name, seconds in quick().items()}
    start = {name: min(seconds) for name, seconds in start_up(9).items()}  # milliseconds: other work only adds
    return {
        "pandas_over_kit": spent["pandas"] / spent["kit"],
        "products_over_pass": spent["products"] / spent["pass"],
        "python_over_help": start["python"] / start["help"],
        "pandas_over_first_score": start["pandas"] / start["first_score"],
    }


def main():
    """Compare, and say each ratio."""
    least = tomllib.loads((Path(__file__).parent / "thresholds.toml").read_text("utf-8"))
    slower = False
    for name, found in ratios().items():
        low = found < least[name]
        slower |= low
        print(f"{name}: {found:.3f}, at least {least[name]:.3f}{' TOO SLOW' if low else ''}")
    return int(slower)


if __name__ == "__main__":
    sys.exit(main())
