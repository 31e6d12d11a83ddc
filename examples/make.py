"""Make the workbooks of the example mechanisms: `python examples/make.py [LETTER …]`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

LETTERS = ("b",)


def main() -> None:
    """Make the workbooks of the letters named, of all when none is."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from making.common import build

    for letter in sys.argv[1:] or LETTERS:
        build(letter, import_module(f"making.{letter}").tables())


if __name__ == "__main__":
    main()
