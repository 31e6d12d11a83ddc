"""`make demo`: one document of each form, made in one process from the sample workspace."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from demo import SHOWN, Failed, made  # found beside the examples' scripts, see conftest

from docgen.standard.forms.catalogue import FORMS


def test_every_form_is_shown_once() -> None:
    """A form that is added is shown, or this fails."""
    assert sorted(form for form, _, _ in SHOWN) == sorted(FORMS)


def test_each_command_makes_a_document_that_opens(workspace: Path) -> None:
    """All of them are made in a workspace of example a, at different places, with words in them."""
    shown = [made(*each, workspace) for each in SHOWN]
    assert len({each.path for each in shown}) == len(FORMS)
    for each in shown:
        if each.path.suffix == ".xlsx":
            assert openpyxl.load_workbook(each.path).worksheets[0].max_row > 3
        else:
            assert len(docx.Document(str(each.path)).paragraphs) > 3, each


def test_a_command_that_makes_nothing_ends_the_demo(workspace: Path) -> None:
    """What docgen said is passed on, not hidden behind a list of what was made."""
    with pytest.raises(Failed, match="澄湖县水利局"):
        made("单", "任务交办单", "slip --project 3 --unit 县水利局", workspace)
