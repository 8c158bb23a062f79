"""A Parquet file as large as one likes, decoded, tallied here, or tallied by Dask: `python stream.py WORK PATH [N]`."""

import os
import sys

from sides import ONE_THREAD

BLOCK = 250_000


def write(path, millions):
    """Write N million rows: one block of answers over and over, in row groups of a block."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq
    from data import codes, responses

    unit, found = codes(BLOCK, 1000)
    names = [name for name in responses(1, 1).columns if "." in name]
    columns = {"unit": pa.array(np.char.add("u", unit.astype(str)))}
    for name, row in zip(names, found, strict=True):
        columns[name] = pa.array(row.astype(np.int8), mask=(row == 0) | (row == 255))
    block = pa.table(columns)
    with pq.ParquetWriter(path, block.schema) as file:
        for _ in range(int(millions) * 1_000_000 // BLOCK):
            file.write_table(block)


def decode(path):
    """Read every row group and do nothing with it."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for group in range(file.metadata.num_row_groups):
            file.read_row_group(group, use_threads=False)


def tally(path):
    """Tally the file, one batch after the other."""
    from data import framework

    from assessment.scoring import tally_file

    tally_file(path, framework(), ["unit"])


def dask(path):
    """Tally the file on two workers of a local cluster."""
    from data import framework
    from distributed import Client

    from assessment.scoring import tally_file

    with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        tally_file(path, framework(), ["unit"], executor=client.get_executor())


if __name__ == "__main__":
    os.environ.update(ONE_THREAD)
    {"write": write, "decode": decode, "tally": tally, "dask": dask}[sys.argv[1]](*sys.argv[2:])
