"""A value refused by a printer or a filter, before the place is known."""

from __future__ import annotations

from typing import Any

from docgen.template.tag_faults import TagFault


class Refusal(Exception):
    """A value refused. `kind` and `values` make the fault, once the place is known."""

    def __init__(self, kind: type[TagFault], /, **values: Any) -> None:
        super().__init__(kind.__name__)
        self.kind = kind
        self.values = values
