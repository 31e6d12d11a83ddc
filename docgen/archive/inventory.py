"""What a bag says of itself, as one JSON file (档案包.json): its documents, numbers, and what was left out and why."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from typing import Any, Final, TypeVar

from docgen.archive.codes import Series
from docgen.dataclass import dataclass

NAME: Final = "档案包.json"
FORMAT: Final = "docgen 档案包 1"
_JSON: Final = json.JSONEncoder(ensure_ascii=False)
T = TypeVar("T")
_ODD: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class FileIn:
    """A file of a document in the bag.

    Args:
        role: what it is to the document.
        path: below the payload.
        sha256, size: its digest and bytes.
        pages: where it has any.
        made_from: the path of the file that it is the PDF/A of; empty for others.
        format: as it was judged when it was packed; empty for what docgen wrote for the bag, which is not judged.
        claim: the level of PDF/A that it claimed; empty for none.
        bare: fonts that it showed text in and did not hold.
    """

    role: str
    path: str
    sha256: str
    size: int
    pages: int | None = None
    made_from: str = ""
    format: str = ""
    claim: str = ""
    bare: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filed:
    """A document in the bag.

    Args:
        code: 档号.
        document: its id in the register.
        number, title, kind, dated, issued: of the document; days as ISO texts.
        author: 责任者.
        secrecy: 密级; empty for none.
        retention: 保管期限.
        openness: 开放标识.
        history: 沿革.
        pages: of its PDF.
        needed: what must be there beside original and PDF.
        files: its files.
        remark: 备注.
        addressee: 主送.
    """

    code: str
    document: int
    number: str
    title: str
    kind: str
    dated: str
    issued: str
    author: str
    secrecy: str
    retention: str
    openness: str
    history: str
    pages: int
    needed: tuple[str, ...]
    files: tuple[FileIn, ...]
    remark: str = ""
    addressee: str = ""


@dataclass(frozen=True)
class Counted:
    """What became of a number, or of a run of them.

    Args:
        number: in full.
        code, first, last: 机关代字, the first and the last serial.
        standing: 归档, 作废, 替换, 纸质, 未归档 or 缺号.
        reason: of a voiding, or why it is not filed.
        archived: 档号, where it is filed.
        title: of its document.
        needed: what must be there; `present` is what is.
        present: what is there.
    """

    number: str
    code: str
    first: int
    last: int
    standing: str
    reason: str = ""
    archived: str = ""
    title: str = ""
    needed: tuple[str, ...] = ()
    present: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something is missing."""
        return self.standing in (LEFT_OUT, GONE)


FILED: Final = "归档"
VOID: Final = "作废"
REPLACED: Final = "替换"
ON_PAPER: Final = "纸质"
LEFT_OUT: Final = "未归档"
GONE: Final = "缺号"


@dataclass(frozen=True)
class Inventory:
    """What a bag says of itself.

    Args:
        series: what the codes have in common.
        version: 1 for the first bag of the year.
        organ: who made the documents.
        entries, head: number and digest of the last entry of the chain in the bag.
        filed: its documents.
        counted: every number of the year.
        changes: what is new since the version before; empty for the first.
    """

    series: Series
    version: int
    organ: str
    entries: int
    head: str
    filed: tuple[Filed, ...]
    counted: tuple[Counted, ...]
    changes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the name of the bag's folder."""
        return name_of(self.series, self.version)

    def as_json(self) -> bytes:
        """Return it as the file in the bag."""
        said: dict[str, Any] = {"format": FORMAT} | _plain(self)
        lines = (f' "{name}": {_listed(value)}' for name, value in said.items())
        return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _listed(value: Any) -> str:
    """Return a value as JSON; documents and numbers stand on a line each, so that a person can read them."""
    if not isinstance(value, tuple):
        return _JSON.encode(value)
    lines = ",\n".join(f"  {_JSON.encode(_plain(each) if is_dataclass(each) else each)}" for each in value)
    return f"[\n{lines}\n ]" if lines else "[]"


def _plain(value: Any) -> dict[str, Any]:
    """Return the fields of a value by name; `asdict` takes ten times as long."""
    return {name: _inner(getattr(value, name)) for name in value.__dataclass_fields__}


def _inner(value: Any) -> Any:
    if isinstance(value, Series):
        return _plain(value)
    if isinstance(value, tuple) and value and isinstance(value[0], FileIn):
        return [_plain(each) for each in value]
    return value


@cache
def _types(kind: Hashable) -> dict[str, str]:
    """Return the types of a class's fields by name."""
    return {each.name: str(each.type) for each in fields(kind)}  # type: ignore[arg-type]


def name_of(series: Series, version: int) -> str:
    """Return the name of the folder of a year's bag."""
    return f"{series.fonds}-{series.category}-{series.year}-第{version}版"


@lru_cache(maxsize=1)
def inventory_of(data: bytes) -> Inventory:
    """Return what the file of a bag says; the last one is kept, for one command asks several times.

    Raises:
        ValueError: docgen wrote no such file.
    """
    try:
        said = json.loads(data)
        _need(holds=said.pop("format") == FORMAT)
        filed = tuple(
            _made(Filed, each | {"files": tuple(_made(FileIn, one) for one in each["files"])})
            for each in said["filed"]
        )
        counted = tuple(_made(Counted, each) for each in said["counted"])
        inner = {"series": _made(Series, said["series"]), "filed": filed, "counted": counted}
        return _made(Inventory, said | inner)
    except (TypeError, KeyError, AttributeError, RecursionError, ValueError) as fault:
        raise ValueError(str(fault)) from fault


def _need(*, holds: bool) -> None:
    if not holds:
        raise ValueError(FORMAT)


def _made(kind: type[T], said: Mapping[str, Any]) -> T:
    """Return a value of a class from its fields; lists become tuples. Raises TypeError, ValueError."""
    types = _types(kind)  # type: ignore[arg-type]  # a class is hashable
    values = {name: tuple(value) if type(value) is list else value for name, value in said.items()}
    for name, value in values.items():
        if not _fits(value, types[name]):
            raise ValueError(name)
    return kind(**values)


def _fits(value: Any, wanted: str) -> bool:
    """Whether a value is of a field's type; a text has no character that no file or message can have."""
    match wanted:
        case "str":
            return isinstance(value, str) and (value.isprintable() or not _ODD.search(value))
        case "int":
            return type(value) is int
        case "int | None":
            return value is None or type(value) is int
        case "tuple[str, ...]":
            return isinstance(value, tuple) and all(_fits(each, "str") for each in value)
        case _:  # read by its own class before
            return isinstance(value, tuple | Series)


def runs(serials: Sequence[int]) -> list[tuple[int, int]]:
    """Return the runs of following numbers, each by its first and last."""
    found: list[tuple[int, int]] = []
    for each in sorted(serials):
        if found and each == found[-1][1] + 1:
            found[-1] = (found[-1][0], each)
        else:
            found.append((each, each))
    return found
