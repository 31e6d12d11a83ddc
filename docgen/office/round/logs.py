"""What the log of an applied collection has to look like before anything in it is followed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

VERSION: Final = 3
"""Since 2, `FINISHED` is laid down beside the log when its workbooks have been written; since 3, it says what was
decided."""
_DECIDED_SINCE: Final = 3
_TEXTS: Final = ("at", "day", "by", "recorder", "period")
_OF_A_CHANGE: Final = ("sheet", "field", "label", "old", "new", "unit", "file", "cell", "at")
_DIGEST: Final = re.compile("[0-9a-f]{64}")


def checked_log(told: Any) -> Mapping[str, Any]:
    """Return a log as it was written down. Raises ValueError where it cannot have been written by docgen."""
    _demand(isinstance(told, dict) and told.get("version") in range(1, VERSION + 1))
    _demand(_texts(told, _TEXTS))
    _demand(isinstance(told.get("books"), dict))
    for name, digests in told["books"].items():
        _demand(is_plain_name(name) and isinstance(digests, dict))
        _demand(all(_DIGEST.fullmatch(str(digests.get(each))) for each in ("before", "after")))
    for each in _list(told, "files"):
        _demand(isinstance(each, dict) and _texts(each, ("name", "unit")))
    for each in _list(told, "added"):
        _demand(isinstance(each, list) and [type(one) for one in each] == [str, int])
    for sheet, key, name in _list(told, "decided") if told["version"] >= _DECIDED_SINCE else ():
        _demand(all(isinstance(each, str) for each in (sheet, *key, name)))
    for each in _list(told, "changes"):
        _demand(isinstance(each, dict) and _texts(each, _OF_A_CHANGE))
        _demand(all(isinstance(one, str) for one in _list(each, "key")))
    return dict(told)


def is_plain_name(name: str) -> bool:
    """Whether a name is that of a file in a folder, and leads nowhere else."""
    return Path(name).name == name and name not in {"", ".."} and "\0" not in name


def _demand(holds: object) -> None:
    if not holds:
        raise ValueError


def _texts(told: Mapping[str, Any], names: Iterable[str]) -> bool:
    return all(isinstance(told.get(each), str) for each in names)


def _list(told: Mapping[str, Any], name: str) -> list[Any]:
    found = told.get(name)
    _demand(isinstance(found, list))
    return list(found or ())
