"""What open tools hold in memory, as `apprenance apps` serves them, beside a page that imports pandas and altair.

`python benchmarks/memory.py` needs the `lab` extra and Linux (/proc), and takes a minute. Pss counts what processes
share by their part in it, Rss in full for each of them.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbformat
from apps_report import keep

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / "notebooks" / "tools"
PEER = "import pandas, altair"
OPEN = 5


def serve(folder):
    """Start the server of pages over a folder; give its process and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {
        "JUPYTER_PATH": str(ROOT / "assessment" / "share" / "jupyter"),
        "APPRENANCE_WORKSPACES": str(folder / "kept"),
    }
    command = [sys.executable, "-m", "assessment.apps.page_server", str(folder), f"--port={port}", "--no-browser"]
    process = subprocess.Popen(
        command, env={**os.environ, **own}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
    )
    return process, f"http://127.0.0.1:{port}"


def page(address):
    """Ask for a page until the server is up; it is sent when every cell has run."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=120) as answer:
                return answer.read()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def children(process):
    """Give the processes that a process started."""
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def held(process):
    """Give what a process holds, Pss and Rss in MB."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    found = {line.split(":")[0]: int(line.split()[1]) / 1000 for line in lines if line.startswith(("Pss:", "Rss:"))}
    return [found["Pss"], found["Rss"]]


def main():
    """Measure, print and keep."""
    tools = sorted(TOOLS.glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for tool in tools:
            shutil.copy2(tool, folder)
        peer = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(PEER)])
        nbformat.write(peer, folder / "peer.ipynb")
        process, address = serve(folder)
        try:
            spent = measure(process, address, [tools[number % len(tools)].name for number in range(OPEN)])
        finally:
            process.terminate()
            process.wait(timeout=20)
    for what, (pss, rss) in spent.items():
        print(f"{what}: Pss {pss:.0f} MB, Rss {rss:.0f} MB")
    print(json.dumps({"diagnostic over peer, Pss": spent["diagnostic"][0] / spent["peer"][0]}))
    keep({"memory": spent})


def measure(process, address, names):
    """Open the peer, then the tools, and look at what each holds while all of them are open."""
    page(f"{address}/voila/render/peer.ipynb")
    peer = children(process.pid)
    known, kernels = set(peer), {}
    for name in names:
        page(f"{address}/voila/render/{name}")
        new = [one for one in children(process.pid) if one not in known]
        known |= set(new)
        kernels[f"{len(kernels)} {name}"] = new
    every = [one for some in kernels.values() for one in some]
    told = {"peer": held(peer[0])}
    told |= {f"tool {name}": total(some) for name, some in kernels.items()}
    told["diagnostic"] = next(total(some) for name, some in kernels.items() if "diagnostic" in name)
    told["five tools"] = total(every)
    told["server"] = held(process.pid)
    return told


def total(processes):
    """Add what some processes hold."""
    return [sum(one) for one in zip(*(held(process) for process in processes), strict=True)]


if __name__ == "__main__":
    sys.exit(main())
