"""Make the workbooks of the example mechanisms: `python examples/make.py [LETTER …]`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Make the workbooks of the letters named; of all that have a module of one letter in `making` when none is."""
    sys.path.insert(0, str(HERE))
    from making.common import build

    for letter in sys.argv[1:] or sorted(path.stem for path in (HERE / "making").glob("?.py")):
        build(letter, import_module(f"making.{letter}").tables())


if __name__ == "__main__":
    main()
