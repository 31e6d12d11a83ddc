"""The form of lists: no template, nothing to sign or number, a few papers and formats."""

from __future__ import annotations

import pytest

from docgen.documents.declared.declaration import FORMS as DECLARED
from docgen.opc.changing import Changing
from docgen.standard.forms.catalogue import FORMS
from docgen.standard.forms.form import Head
from docgen.standard.forms.list import DATE_FORMATS, NUMBER_FORMATS, PAPERS, is_number_format
from docgen.standard.forms.nodes import Wording
from docgen.standard.measures.look import STANDARD


def test_every_form_that_can_be_declared_is_there_and_lists_alone_have_columns() -> None:
    assert set(DECLARED) == set(FORMS)
    assert [each.name for each in FORMS.values() if each.columned] == ["清单"]


def test_a_list_is_a_workbook_that_nobody_signs_or_numbers() -> None:
    form = FORMS["清单"]
    assert (form.suffix, form.signed, form.numbered, form.required) == (".xlsx", False, False, ())
    assert form.filled(Head("办公室", "清单"), STANDARD) == {}
    assert form.finish(Changing({}.__getitem__), STANDARD) is None  # it reads no part and sets none
    with pytest.raises(TypeError, match="no template"):
        form.template(Wording("清单.txt", ()), STANDARD)


@pytest.mark.parametrize("written", [*NUMBER_FORMATS, "0.000", "#,##0.0", "0.00%"])
def test_numbers_have_decimals_separators_and_percent_signs(written: str) -> None:
    assert is_number_format(written)


@pytest.mark.parametrize(
    "written", ["", "00", "0.0000000", "yyyy-mm-dd", "#,##", "General", '0"元"', "[红]0"]
)
def test_what_is_no_format_of_numbers_is_told_apart(written: str) -> None:
    assert not is_number_format(written)


def test_words_in_a_format_of_dates_are_quoted_so_that_no_program_takes_them_for_codes() -> None:
    assert DATE_FORMATS["yyyy年m月d日"] == 'yyyy"年"m"月"d"日"'
    assert PAPERS["A4"] < PAPERS["A3"]
