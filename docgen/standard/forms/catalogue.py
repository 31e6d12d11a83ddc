"""The forms that kinds of documents may have, by their Chinese names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from docgen.standard.forms.form import Form
from docgen.standard.forms.general import GENERAL, UPWARD
from docgen.standard.forms.letter import LETTER
from docgen.standard.forms.list import LISTING
from docgen.standard.forms.minutes import MINUTES
from docgen.standard.forms.order import ORDER
from docgen.standard.forms.serial import SERIAL
from docgen.standard.forms.slip import SLIP

FORMS: Final[Mapping[str, Form]] = {
    form.name: form for form in (LETTER, GENERAL, UPWARD, MINUTES, ORDER, SLIP, SERIAL, LISTING)
}
