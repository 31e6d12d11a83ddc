"""Computed labels: a column that clerks add never takes the name of one."""

from __future__ import annotations

import pytest

from docgen.documents.labels import derived_of
from docgen.model.fields import Record
from docgen.model.schema import BUILT_IN


@pytest.mark.parametrize("holds", BUILT_IN.types, ids=lambda holds: holds.sheet)
def test_every_computed_label_of_a_sheet_is_refused_to_added_columns(holds: type[Record]) -> None:
    assert set(BUILT_IN.derived.get(holds.sheet, ())) == set(derived_of(holds))
    assert set(derived_of(holds)) <= set(BUILT_IN.refused(holds.sheet))
