"""Opening what somebody else made runs nothing: no process, no code, no network, no file but its own."""

import json
import pickle
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from assessment.workspace.schema import SCHEMA
from assessment.workspace.seals import seal

LISTEN = """
import json, sqlite3, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from assessment.faults import Faults
from assessment.workspace import *
from assessment.workspace.schema import SCHEMA

def read(path):
    try:
        with open_workspace(path) as workspace:
            for one in list_maps(workspace):
                store = MapStore(workspace, one["id"])
                store.load()
                [store.at(state["id"]) for state in store.snapshots()]
            for campaign in list_campaigns(workspace):
                framework_of(workspace, campaign.id), responses_of(workspace, campaign.id)
                verbatims_of(workspace, campaign.id), released_tables(workspace, campaign.id)
            check_workspace(workspace), workspace_bytes(workspace)
    except Faults as faults:
        return [fault.code for fault in faults.faults]
    return []

good, *bad = sys.argv[2:]
read(good)  # whatever is loaded late is loaded now
heard = []
listening = False
sys.addaudithook(lambda event, args: heard.append((event, str(args[0]) if args else "")) if listening else None)
found = {}
for one in bad:
    heard.clear()
    listening = True
    told = read(one)
    listening = False
    found[Path(one).stem] = {"told": told, "heard": list(heard)}
print(json.dumps(found))
"""

HARMLESS = {
    "open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.chmod", "os.link",
    "os.replace", "os.umask", "tempfile.mkdtemp", "tempfile.mkstemp", "sqlite3.connect", "sqlite3.connect/handle",
    "shutil.rmtree", "time.sleep", "os.fwalk", "os.walk", "object.__getattr__", "sys._getframe", "glob.glob",
    "socket.gethostname", "os.unlink", "sys.unraisablehook", "builtins.id", "gc.get_referrers", "os.truncate",
    "code.__new__",
}  # fmt: skip


HOSTILE = {
    "nothing": "",
    "view": "DROP TABLE documents; CREATE VIEW documents AS SELECT load_extension('/tmp/x.so') AS kind",
    "trigger": "CREATE TRIGGER t AFTER INSERT ON opened BEGIN SELECT writefile('/tmp/x', 'x'); END",
    "generated": "ALTER TABLE about ADD COLUMN g TEXT AS (upper(value))",
    "virtual": "CREATE VIRTUAL TABLE v USING fts5(a)",
    "deep": "UPDATE documents SET content = '[' || replace(hex(zeroblob(200000)), '0', '[')",
    "toml": "UPDATE frameworks SET content = 'id = ' || replace(hex(zeroblob(100000)), '0', '[')",
    "bomb": f"UPDATE versions SET content = x'{zlib.compress(bytes(300_000_000)).hex()}'",
    "pickle": f"UPDATE released_tables SET content = x'{pickle.dumps(print).hex()}'",
}
"""What a file may hold that would be run, or fill the memory."""


def change(path, sql):
    """Run SQL in a file, then seal its rows anew: whoever is hostile can do that, too."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql)
        for table in SCHEMA.sorted_tables:
            keys = [column.name for column in table.primary_key.columns]
            if sql.startswith(f"UPDATE {table.name} "):
                for *values, _ in connection.execute(f"SELECT * FROM {table.name}").fetchall():
                    own = dict(zip(table.columns.keys(), values, strict=False))
                    told = {key: own[key] for key in keys} | {"told": seal(values)}
                    where = " AND ".join(f"{key} = :{key}" for key in keys)
                    connection.execute(f"UPDATE {table.name} SET seal = :told WHERE {where}", told)
        connection.commit()


@pytest.fixture(scope="module")
def heard(tmp_path_factory, full):
    """What Python was asked to do while each was opened and read, by name; and what was told of it."""
    folder = tmp_path_factory.mktemp("hostile")
    good = folder / "good.apprenance"
    good.write_bytes(full)
    bad = [folder / f"{name}.apprenance" for name in HOSTILE]
    for path in bad:
        path.write_bytes(good.read_bytes())
        change(path, HOSTILE[path.stem])
    command = [sys.executable, "-c", LISTEN, str(Path(__file__).parents[2]), str(good), *map(str, bad)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout), folder


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workspace_runs_nothing(heard, name):
    found, folder = heard
    assert {(event, first) for event, first in found[name]["heard"] if event not in HARMLESS} == set()
    assert bool(found[name]["told"]) == (name != "nothing")
    files = {first for event, first in found[name]["heard"] if event in ("open", "sqlite3.connect")}
    ours = (str(folder), folder.as_uri(), "/tmp/apprenance-", "file:///tmp/apprenance-", "/proc/", "/etc/machine-id")
    assert {one for one in files if not one.startswith(ours) and not one.isdigit()} == set()
