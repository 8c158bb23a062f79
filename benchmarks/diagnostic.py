"""The diagnostic beside a notebook that only imports pandas and altair: opening it, and answering its filters.

`python benchmarks/diagnostic.py` needs the `lab` extra and two minutes. Processor seconds, since others may use the
machine: seconds of waiting are printed beside them. Everything is measured inside kernels as Jupyter starts them.
"""

import json
import sys
from pathlib import Path

from apps_report import keep
from jupyter_client.manager import start_new_kernel

TIMES = 3
RESPONDENTS = (2_000, 100_000)

CLOCK = "import time as _t; _c, _w = _t.process_time(), _t.perf_counter()"
TOLD = "import json; print(json.dumps([_t.process_time() - _c, _t.perf_counter() - _w]))"
PEER = "import pandas, altair"
OPENING = "from assessment import apps; page = apps.diagnostic()"

FILTERS = """
import json, statistics, time
import pandas as pd
from assessment.apps.campaign import measure
from assessment.apps.profile import Diagnostic
from assessment.example import load_example

example = load_example()
copies = -(-{respondents} // len(example.responses))
parts = [example.responses] * copies
responses = pd.concat(parts, ignore_index=True).iloc[:{respondents}]
responses["respondent"] = [f"r{{number}}" for number in range(len(responses))]
units = example.units.copy()
heads = [name for name in units if name.startswith("headcount")]
units[heads] = units[heads] * copies
begun = time.process_time()
campaign = measure(responses, example.framework, "", units)
measured = time.process_time() - begun
diagnostic = Diagnostic(example.framework, "fr", campaign)
shown = [unit for unit in units["unit"] if campaign.is_shown(campaign.waves[-1], unit=unit)]
choices = [{{"unit": unit}} for unit in shown[:4]] + [{{"wave": wave}} for wave in campaign.waves]
shown_now = {{"wave": campaign.waves[-1], "unit": "", "role": ""}}
spent = []
for choice in choices:
    shown_now |= choice
    before = diagnostic.view.page["blocks"]
    asked = {{"kind": "event", "number": len(spent), "action": "choose", "values": dict(shown_now)}}
    begun = time.process_time()
    diagnostic.view._handle_custom_msg(asked, [])  # as the browser asks it
    spent.append(time.process_time() - begun)
    assert diagnostic.view.page["blocks"] != before, f"nothing else is shown for {{choice}}"
print(json.dumps([statistics.median(spent), max(spent), measured]))
"""


def said(code):
    """Run code in a kernel of its own; give what its last line printed."""
    manager, client = start_new_kernel()
    try:
        heard = []

        def listen(message):
            content = message["content"]
            if message["msg_type"] == "stream" and content["name"] == "stdout":
                heard.append(content["text"])
            if message["msg_type"] == "error":
                raise RuntimeError("\n".join(content["traceback"]))

        client.execute_interactive(code, output_hook=listen, timeout=900)
        return json.loads("".join(heard).strip().splitlines()[-1])
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def opened(code):
    """Give the processor seconds and the seconds of waiting that code takes in a kernel that is up."""
    found = [said(f"{CLOCK}\n{code}\n{TOLD}") for _ in range(TIMES)]
    return [min(one) for one in zip(*found, strict=True)]  # other work only adds


def main():
    """Measure, print and keep."""
    peer, own = opened(PEER), opened(OPENING)
    spent = {"opening": {"peer": peer, "own": own, "ratio": own[0] / peer[0]}}
    print(f"{PEER}: {peer[0]:.2f} s of processor, {peer[1]:.2f} s")
    print(f"diagnostic of the example, imports included: {own[0]:.2f} s of processor, {own[1]:.2f} s")
    print(f"ratio: {own[0] / peer[0]:.2f}")
    for respondents in RESPONDENTS:
        middle, most, measured = said(FILTERS.format(respondents=respondents))
        spent[f"filter_{respondents}"] = {
            "median": middle,
            "most": most,
            "ratio": middle / peer[0],
            "release": measured,
        }
        print(
            f"a filter at {respondents:,} respondents: {1000 * middle:.0f} ms of processor, "
            f"{1000 * most:.0f} ms at most; ratio {middle / peer[0]:.2f}; released once in {measured:.1f} s"
        )
    keep(spent)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
