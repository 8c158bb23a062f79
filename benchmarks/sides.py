"""One side of a comparison, alone in its process: `python sides.py SIDE ROWS UNITS TIMES` prints its CPU seconds.

Each call is timed by itself (`time.process_time`, all threads of the process; libraries are held to one). What both
sides start from is made before.
"""

import json
import os
import sys
import time

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS", "ARROW_NUM_THREADS")
ONE_THREAD = dict.fromkeys(THREADS, "1")
WARM_UP = 2000
"""Rows scored once before anything is timed, so that nobody pays for imports."""


def kit(table, framework):
    """Everything `apprenance score --by unit` computes before it is released."""
    from assessment.scoring import score_wave

    return lambda: score_wave(table, framework, [("unit",)])


def kit_whole(table, framework):
    """Everything about the organisation alone."""
    from assessment.scoring import score_wave

    return lambda: score_wave(table, framework)


def kit_pass(table, framework):
    """The pass over the rows alone."""
    from assessment.scoring import tally

    return lambda: tally(table, framework, ["unit"])


def products(table, _):
    """The products of all columns, chunk by chunk in floats of 32 bits: what reading the rows once must cost."""
    import numpy as np

    codes = table[[name for name in table.columns if "." in name]].to_numpy().T

    def multiply():
        total = np.zeros((len(codes), len(codes)))
        for start in range(0, codes.shape[1], 2**14):
            part = codes[:, start : start + 2**14].astype(np.float32)
            total += part @ part.T
        return total

    return multiply


def kit_bootstrap(table, framework):
    """The pass, and 2,000 resamples of the organisation's levels."""
    from assessment.scoring import score_certainty, tally

    return lambda: score_certainty(tally(table, framework))


def pandas_script(table, _):
    """The careful analyst."""
    import peer_pandas
    from data import answers, withheld

    start, na = answers(table), withheld(table)
    return lambda: peer_pandas.score(start, na)


def pandas_bootstrap(table, _):
    """The careful analyst's 2,000 resamples of the organisation's levels."""
    import peer_pandas
    from data import answers

    start = answers(table)
    return lambda: peer_pandas.bootstrap(start)


def polars_expressions(table, _):
    """The same as expressions."""
    import peer_polars
    from data import answers, withheld

    start = peer_polars.prepared(answers(table), withheld(table))
    return lambda: peer_polars.score(start)


def pingouin_loop(table, _):
    """The loops, over the first dimension of twelve."""
    import peer_pingouin
    from data import answers

    start = answers(table)
    start = start[[name for name in start.columns if name.startswith("d00") or name == "unit"]]
    return lambda: peer_pingouin.score(start)


SIDES = {
    "kit": kit,
    "whole": kit_whole,
    "pass": kit_pass,
    "products": products,
    "pandas": pandas_script,
    "kit_bootstrap": kit_bootstrap,
    "pandas_bootstrap": pandas_bootstrap,
    "polars": polars_expressions,
    "pingouin": pingouin_loop,
}


def seconds(call, times):
    """Give the CPU seconds of each call."""
    found = []
    for _ in range(times):
        start = time.process_time()
        call()
        found.append(time.process_time() - start)
    return found


def main(side, rows, units, times):
    """Time one side and print its seconds."""
    from data import framework, responses

    instrument = framework()
    if times > 1:
        SIDES[side](responses(WARM_UP, 20), instrument)()
    call = SIDES[side](responses(rows, units), instrument)
    print(json.dumps(seconds(call, times)))


if __name__ == "__main__":
    os.environ.update(ONE_THREAD)  # before NumPy is loaded
    main(sys.argv[1], *map(int, sys.argv[2:]))
