"""How long docgen takes to start, beside bare imports in the same run; medians of fresh processes.

python bench/start_up.py [--runs 15]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
_NOTHING = (sys.executable, "-c", "pass")
_CLICK = (sys.executable, "-c", "import click")
_PARTS = (sys.executable, "-c", "import lxml.etree, jinja2, pydantic, python_calamine")
_HELP = (sys.executable, "-m", "docgen", "--help")
_NOTICE = (sys.executable, "-m", "docgen", "-q", "notice", "--project", "3", "--force")


def main() -> None:
    runs = _runs()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "workspace"
        subprocess.run(
            [sys.executable, "-m", "docgen", "-q", "init", str(place), "--example", "a"], check=True
        )
        seconds = _medians(
            {"pass": _NOTHING, "click": _CLICK, "help": _HELP, "parts": _PARTS, "notice": _NOTICE},
            runs,
            place,
        )
    for name, value in seconds.items():
        print(f"{name:8} {value * 1000:7.1f} ms")
    print(f"docgen --help / import click: {seconds['help'] / seconds['click']:.2f} (aim: at most 2)")
    print(
        f"docgen notice --project 3 / import of its parts: {seconds['notice'] / seconds['parts']:.2f} (aim: at most 3)"
    )


def _runs() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=15)
    return int(parser.parse_args().runs)


def _medians(commands: dict[str, tuple[str, ...]], runs: int, place: Path) -> dict[str, float]:
    """Run the commands in turn, so that a slow moment of the machine meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, cwd=place, check=True, capture_output=True)
            if turn:  # the first warms the caches
                taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


if __name__ == "__main__":
    main()
