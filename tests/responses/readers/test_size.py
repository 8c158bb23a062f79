"""A very large export is read about as fast as a table is, and in about the memory of one."""

import json
import subprocess
import sys

import numpy as np
import pytest

from assessment.framework import load_framework
from assessment.responses.columns import answer_columns

RESPONDENTS, ITEMS = 300_000, 72

MEASURED = """
import json, resource, sys, time
import pandas as pd
from assessment.framework import load_framework
from assessment.responses.readers import read_export

framework = load_framework("collectivite-apprenante")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
if sys.argv[2] == "pandas":
    size = int(pd.read_csv(sys.argv[1]).memory_usage(deep=True).sum())
else:
    size = read_export(sys.argv[1], framework).preview.kept
seconds = time.process_time() - start
peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
print(json.dumps({"seconds": seconds, "size": size, "peak": peak}))
"""


@pytest.mark.thorough
def test_300_000_respondents_are_read_in_three_times_the_time_pandas_needs(tmp_path):
    columns = answer_columns(load_framework("collectivite-apprenante"))[: 2 * ITEMS]
    codes = [column.item.id.replace("_", "") + column.perspective[0].upper() for column in columns]
    cells = np.array(["1", "2", "3", "4", "5", "na"])[np.random.default_rng(1).integers(0, 6, (RESPONDENTS, 2 * ITEMS))]
    path = tmp_path / "large.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"respondent,unit,{','.join(codes)}\n")
        file.writelines(f"p{row},U{row % 40},{','.join(answers)}\n" for row, answers in enumerate(cells))
    pandas, ours = (
        json.loads(subprocess.check_output([sys.executable, "-c", MEASURED, path, kind])) for kind in ("pandas", "ours")
    )
    assert ours["size"] == RESPONDENTS
    assert ours["seconds"] <= 3 * pandas["seconds"]
    assert ours["peak"] <= 2 * pandas["size"]
