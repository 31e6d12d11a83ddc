"""Letters on a project through the command line, as the tests of their life and of their papers both begin."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Docgen = Callable[..., Any]
TITLE = "关于澄湖县年产20万吨绿色建材生产线建设项目前期手续办理事项的告知函"
NUMBER = "澄联审办函〔2026〕{}号"
SIGNED = "out/2026/告知函/澄联审办函〔2026〕1号"


def draft(docgen: Docgen, *units: str) -> None:
    """Draft a letter to each unit about project 3."""
    chosen = [word for unit in units or ("县水利局",) for word in ("--unit", unit)]
    assert docgen("notice", "--project", "3", *chosen).code == 0


def sign(docgen: Docgen, *units: str) -> None:
    """Draft, review and sign."""
    draft(docgen, *units)
    assert docgen("--by", "方知远", "doc", "review", "--all").code == 0
    assert docgen("--by", "万里舟", "doc", "sign", "--all").code == 0


def value(ran: Any) -> Any:
    """Return the JSON value of a call."""
    return json.loads(ran.out)
