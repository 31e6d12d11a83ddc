"""The settings of a workspace: what stands in its `docgen.toml`, checked.

A setting is declared once, with its default and its check. The classes are plain: a command that only looks something
up in the register must not load more than that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docgen.dataclass import dataclass
from docgen.errors import DocgenError, Problems
from docgen.texts import UnreadableText, read_text
from docgen.toml import NotToml, parse_toml

if TYPE_CHECKING:
    from docgen.standard.measures.look import Look

VERSION: Final = 1
_LONGEST_CODE: Final = 12
_TITLE_LINE: Final = 20
Check = Callable[[Any], Any]
"""Returns a value as settings hold it. Raises ValueError when it is none, with the reason if that needs saying."""


def checked(check: Check, key: str = "") -> Mapping[str, Any]:
    """Return what a setting's declaration adds: its check, and its name in the file where it has another."""
    return {"check": check, "key": key}


def _need(*, holds: bool) -> None:
    if not holds:
        raise ValueError


def _name(value: Any) -> str:
    _need(holds=type(value) is str)
    return _plain(str(value))


def _words(value: Any) -> str:
    _need(holds=type(value) is str and value != "")
    return _plain(str(value))


def _plain(value: str) -> str:
    """Return a text without characters that no name can have: a NUL in a path, a line break in a person's name."""
    odd = next((each for each in value if not each.isprintable() and each != "\u3000"), "")
    if odd:
        raise ValueError(f"里面有看不见的字符（U+{ord(odd):04X}），请删去后重新填写")
    return value


def _file_name(value: Any) -> str:
    """Return a path; not the address of a database, whose password would be shown as part of it."""
    name = _words(value)
    if "://" in name:
        raise ValueError("数据库的地址要写在 [register] 的 url 里")
    return name


def _code(value: Any) -> str:
    """Return a code of letters and digits, as stands between the hyphens of an archival code."""
    text = _words(value)
    _need(holds=text.isascii() and text.isalnum() and len(text) <= _LONGEST_CODE)
    return text


def _yes_no(value: Any) -> bool:
    _need(holds=type(value) is bool)
    return bool(value)


def _day(value: Any) -> date:
    """Return a day, written as TOML's own date or as a text, as on a command line."""
    if type(value) is str:
        from docgen.sheets.dates import read_typed

        return read_typed(value)
    _need(holds=isinstance(value, date) and not isinstance(value, datetime))
    day: date = value
    return day


def _version(value: Any) -> int:
    _need(holds=type(value) is int and value >= 1)
    return int(value)


def _one_of(*choices: str) -> Check:
    def check(value: Any) -> str:
        _need(holds=value in choices)
        return str(value)

    return check


def _between(least: float, most: float) -> Check:
    def check(value: Any) -> float:
        _need(holds=type(value) in (int, float) and least <= value <= most)
        return float(value)

    return check


def _rule_names(value: Any) -> tuple[str, ...]:
    _need(holds=type(value) is list and all(type(each) is str for each in value))
    for each in value:
        _refuse_unknown_rule(each)
    return tuple(value)


def _tolerances(value: Any) -> dict[str, float]:
    from docgen.lint.rules import BY_ID

    _need(holds=type(value) is dict)
    for name, amount in value.items():
        _need(holds=type(amount) in (int, float) and 0 <= amount < math.inf)
        _refuse_unknown_rule(name)
        if BY_ID[name].tolerance is None:
            raise ValueError(f"规则 {name} 没有允许偏差，不能设置")
    return {name: float(amount) for name, amount in value.items()}


def _terms(value: Any) -> tuple[str, ...]:
    """Return words that the lines of titles do not part; each is shorter than a line of a title."""
    _need(holds=type(value) is list)
    words = tuple(map(_words, value))
    for each in words:
        _need(holds=1 < len(each) < _TITLE_LINE)
    return words


def _refuse_unknown_rule(name: str) -> None:
    from docgen.lint.rules import BY_ID
    from docgen.model.names import nearest

    if name not in BY_ID:
        close = nearest(name, list(BY_ID), 1)
        raise ValueError(f"没有规则 {name}" + (f"，是不是 {close[0]}？" if close else ""))


@dataclass(frozen=True)
class Folders:
    """Where things lie below the workspace; `[folders]`."""

    data: str = field(default="data", metadata=checked(_words))
    templates: str = field(default="templates", metadata=checked(_words))
    out: str = field(default="out", metadata=checked(_words))
    register_file: str = field(default="register.sqlite", metadata=checked(_file_name, "register"))


@dataclass(frozen=True)
class Defaults:
    """What commands assume when not told; `[defaults]`."""

    by: str | None = field(default=None, metadata=checked(_name))
    today: date | None = field(default=None, metadata=checked(_day))


@dataclass(frozen=True)
class Layout:
    """How documents look where the standard leaves a choice; `[layout]`."""

    fonts: str = field(default="GB2312", metadata=checked(_one_of("GB2312", "普通")))
    margins: str = field(default="版心", metadata=checked(_one_of("版心", "墨迹")))
    even_last_page: bool = field(default=True, metadata=checked(_yes_no))
    mark_size: float = field(default=42.0, metadata=checked(_between(16, 72)))
    page_number: str = field(default="一字线", metadata=checked(_one_of("一字线", "无")))
    keep_together: tuple[str, ...] = field(default=(), metadata=checked(_terms))

    @property
    def look(self) -> Look:
        """Return the settings as the standard's builder takes them."""
        from docgen.standard.measures.fonts import GB2312, PLAIN
        from docgen.standard.measures.lengths import Pt
        from docgen.standard.measures.look import Look, Margins, PageNumbers

        return Look(
            faces=GB2312 if self.fonts == "GB2312" else PLAIN,
            margins=Margins.NOMINAL if self.margins == "版心" else Margins.INK,
            even_last_page=self.even_last_page,
            mark_size=Pt(self.mark_size),
            page_numbers=PageNumbers.DASHED if self.page_number == "一字线" else PageNumbers.PLAIN,
            keep=self.keep_together,
        )


@dataclass(frozen=True)
class RegisterPlace:
    """Where the register is when it is no file of the workspace, and a second folder for its witness; `[register]`."""

    url: str | None = field(default=None, metadata=checked(_words))
    witness: str | None = field(default=None, metadata=checked(_words))


@dataclass(frozen=True)
class Lint:
    """What `docgen lint` leaves out and how exactly it measures; `[lint]`. Both name rules of docs/lint-rules.md."""

    off: tuple[str, ...] = field(default=(), metadata=checked(_rule_names))
    tolerance: Mapping[str, float] = field(default_factory=dict, metadata=checked(_tolerances))


OPENNESS_MARKS: Final = ("开放", "控制", "未审核")
"""开放标识 of archived documents (DA/T 18-2022)."""


@dataclass(frozen=True)
class Archive:
    """What archival codes and catalogues say of the office (DA/T 13-2022, DA/T 22-2015); `[archive]`."""

    fonds: str | None = field(default=None, metadata=checked(_code))
    fonds_name: str | None = field(default=None, metadata=checked(_name))
    category: str = field(default="WS", metadata=checked(_code))
    department: str = field(default="BGS", metadata=checked(_code))
    department_name: str = field(default="办公室", metadata=checked(_name))
    openness: str = field(default="控制", metadata=checked(_one_of(*OPENNESS_MARKS)))
    level: str = field(default="", metadata=checked(_name))
    ofd: bool = field(default=False, metadata=checked(_yes_no))


@dataclass(frozen=True)
class Settings:
    """The contents of `docgen.toml`."""

    version: int = field(metadata=checked(_version))
    folders: Folders = field(default_factory=Folders)
    defaults: Defaults = field(default_factory=Defaults)
    layout: Layout = field(default_factory=Layout)
    lint: Lint = field(default_factory=Lint)
    register_at: RegisterPlace = field(default_factory=RegisterPlace, metadata={"key": "register"})
    archive: Archive = field(default_factory=Archive)


class WorkspaceTooNew(DocgenError):
    """A workspace was made by a later docgen."""

    code = "workspace-too-new"
    says = f"{{path}} 的格式版本是{{version}}，本程序只认到版本{VERSION}"
    advises = "请升级 docgen 后再用；没有改动任何文件。"

    path: str
    version: int


class BadConfig(DocgenError):
    """A fault of `docgen.toml`."""

    code = "config"
    says = "{path}{entry}：{why}"

    path: str
    where: str
    why: str

    @property
    def entry(self) -> str:
        """Return the entry as messages write it; nothing when the file as a whole is wrong."""
        return f"「{self.where}」" if self.where else ""


def read_settings(path: Path) -> Settings:
    """Return the settings in a `docgen.toml`.

    Raises:
        WorkspaceTooNew: it was made by a later docgen.
        BadConfig, Problems: it cannot be read, or settings in it are wrong; all of them at once.
    """
    try:
        given = parse_toml(read_text(path)).values
    except UnreadableText as fault:
        raise BadConfig(str(path), "", str(fault)) from fault
    except NotToml as fault:
        raise BadConfig(str(path), f"第{fault.line}行" if fault.line else "", fault.why) from fault
    version = given.get("version")
    if isinstance(version, int) and version > VERSION:
        raise WorkspaceTooNew(str(path), version)
    faults: list[BadConfig] = []
    settings: Settings = _read(Settings, given, lambda *fault: faults.append(BadConfig(str(path), *fault)))
    Problems.raise_any(faults)
    return settings


def _read(table: type[Any], given: Any, tell: Callable[[str, str], None], above: str = "") -> Any:
    """Return a table of settings from what the file says; `tell` is told of each entry that is wrong, and why."""
    if type(given) is not dict:
        tell(above.removesuffix("."), _wrong(given))
        return table()
    declared = _declared(table)
    for name in given:
        if name not in declared:
            tell(above + name, _unknown(name))
    values: dict[str, Any] = {}
    for name, each in declared.items():
        if name not in given:
            if each.default is MISSING and each.default_factory is MISSING:
                tell(above + name, "缺少这一项，请补上；内容丢了的，从备份放回")
                values[each.name] = None
        elif "check" not in each.metadata:
            inner: Any = each.default_factory
            values[each.name] = _read(inner, given[name], tell, f"{above}{name}.")
        else:
            try:
                values[each.name] = each.metadata["check"](given[name])
            except ValueError as refusal:
                values[each.name] = None
                tell(above + name, _why(refusal, given[name]))
    return table(**values)


def _declared(table: type[Any]) -> dict[str, Field[Any]]:
    """Return the settings of a table by their names in the file."""
    return {each.metadata.get("key") or each.name: each for each in fields(table)}


def _why(refusal: ValueError, value: Any) -> str:
    said = str(refusal)
    return _wrong(value) if said.isascii() else said  # what Python itself says of a date


def _wrong(value: Any) -> str:
    if any(mark in str(value).lower() for mark in _SECRET):
        return "格式不对（像是数据库的地址，不在这里显示）"
    return f"写的是“{value}”，格式不对"


_SECRET: Final = ("://", "password", "passwd", "pwd", "@", "密码")
"""What an address with a password in it has."""


def _unknown(name: str) -> str:
    """Say of a setting that stands where there is none: under which heading it belongs, or which one is meant."""
    from docgen.model.names import nearest

    tables = {
        key: _declared(each.default_factory)  # type: ignore[arg-type]
        for key, each in _declared(Settings).items()
        if "check" not in each.metadata
    }
    headings = [f"[{key}]" for key, names in tables.items() if name in names]
    if headings:
        return f"要写在 {'、'.join(headings)} 下面"
    known = [*_declared(Settings), *(each for names in tables.values() for each in names)]
    close = nearest(name, known, 1)
    return "没有这一项设置" + (f"，是不是 {close[0]}？" if close else "")
