"""The benchmarks run, in small: what they compare is equal before its time is taken, and each ratio is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parent.parent / "bench"
SMALL = {
    "render_ratio": "--documents 30 --rounds 1 --installed",
    "write_ratio": "--documents 10 --rounds 1",
    "table_ratio": "--rows 100 --rounds 1",
    "batch_ratio": "--count 40 --rounds 1",
    "life_ratio": "--count 8 --rounds 1",
    "read_ratio": "--rows 100 --rounds 1",
    "verify_ratio": "--entries 200 --rounds 1",
    "collect_ratio": "--units 3 --rounds 1",
    "format_ratio": "--rounds 1",
    "lint_speed": "--runs 1",
    "start_up": "--runs 1",
}
"""The scripts with what makes them short. Those that always take long are missing."""


@pytest.mark.parametrize("script", SMALL)
def test_a_benchmark_runs_and_tells_its_ratios(script: str) -> None:
    command = [sys.executable, str(BENCH / f"{script}.py"), "--json", *SMALL[script].split()]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    rows = json.loads(ended.stdout)["rows"]
    assert rows
    assert [each["what"] for each in rows if each["ratio"] is None] == []
