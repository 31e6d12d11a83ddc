"""The records of the sample workspace, read once for all tests that only look at them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from docgen.model.records import Records
from docgen.sheets.reading.reader import read_folder


@cache
def sample() -> Records:
    """Return the records of the sample's sheets."""
    reading = read_folder(Path(__file__).parents[1] / "data", "data")
    assert reading.records is not None, [str(each) for each in reading.faults]
    return reading.records
