"""Whatever goes through `new` and `check` ends in a named error or a right import, soon, in little memory."""

import json
import subprocess
import sys
from collections import Counter

import pytest
from conftest import ROOT
from hostile_inputs import LONGEST

MOST = 1_000
"""Megabytes that a case may take."""


def survive(first, last):
    """Send the cases from one number to another, and print how many ended how."""
    command = [sys.executable, ROOT / "tests/hostile_inputs.py", str(first), str(last)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    cases = [json.loads(line) for line in ended.stdout.splitlines()]
    assert len(cases) == last - first, ended.stderr[-2_000:]
    kinds = Counter((case["kind"], case["how"]) for case in cases)
    for (kind, how), n in sorted(kinds.items()):
        sys.stdout.write(f"{n:5} {kind}: {how}\n")
    slowest, largest = (max(cases, key=lambda case: case[of]) for of in ("seconds", "megabytes"))
    sys.stdout.write(f"slowest: case {slowest['case']}, {slowest['seconds']} s ({slowest['kind']})\n")
    sys.stdout.write(f"largest: case {largest['case']}, {largest['megabytes']} MB ({largest['kind']})\n")
    assert [case for case in cases if case["wrong"]] == []
    assert slowest["seconds"] <= LONGEST
    assert largest["megabytes"] <= MOST


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pipes, alarms and measures of memory like these"
)
class TestHostileInputs:
    def test_a_few(self):
        survive(0, 8)

    @pytest.mark.slow("sixty imports, of which eight are made by `make test`")
    def test_a_sample(self):
        survive(8, 60)

    @pytest.mark.soak
    def test_all(self):
        survive(0, 500)
