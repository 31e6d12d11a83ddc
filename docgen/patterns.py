"""Regular expressions that are compiled when they are first used: a command does not use all that it declares."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Late:
    """A pattern before its first use; afterwards its methods are those of the compiled one."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._asked = pattern, flags

    def __reduce__(self) -> tuple[type[_Late], tuple[str | bytes, int]]:
        return _Late, self._asked

    def __getattr__(self, name: str) -> Any:
        """Return what the compiled pattern has by a name, and keep it, so that Python asks no more."""
        value = getattr(re.compile(*self.__dict__["_asked"]), name)
        self.__dict__[name] = value
        return value


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern as `re.compile` does, but compile it when its first method is called.

    What is wrong with the pattern comes out then too. It is no `re.Pattern` for `isinstance` and for the functions
    of `re`.
    """
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))
