"""The settings of a workspace: what stands in its `docgen.toml`, checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from docgen.errors import DocgenError, Problems
from docgen.files import reason_of
from docgen.model.names import nearest
from docgen.standard.measures.fonts import GB2312, PLAIN
from docgen.standard.measures.lengths import Pt
from docgen.standard.measures.look import Look, Margins, PageNumbers
from docgen.toml import NotToml, parse_toml

VERSION: Final = 1


class _Table(BaseModel):
    """A table of the file; its validator is built once, within that of the whole."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Folders(_Table):
    """Where things lie below the workspace; `[folders]`."""

    model_config = ConfigDict(validate_by_alias=True)

    data: str = Field("data", min_length=1)
    templates: str = Field("templates", min_length=1)
    out: str = Field("out", min_length=1)
    register_file: str = Field("register.sqlite", alias="register", min_length=1)


class Defaults(_Table):
    """What commands assume when not told; `[defaults]`."""

    by: str | None = None
    today: date | None = None


class Layout(_Table):
    """How documents look where the standard leaves a choice; `[layout]`."""

    fonts: Literal["GB2312", "普通"] = "GB2312"
    margins: Literal["版心", "墨迹"] = "版心"
    even_last_page: bool = True
    mark_size: float = Field(42, ge=16, le=72)
    page_number: Literal["一字线", "无"] = "一字线"

    @property
    def look(self) -> Look:
        """Return the settings as the standard's builder takes them."""
        return Look(
            faces=GB2312 if self.fonts == "GB2312" else PLAIN,
            margins=Margins.NOMINAL if self.margins == "版心" else Margins.INK,
            even_last_page=self.even_last_page,
            mark_size=Pt(self.mark_size),
            page_numbers=PageNumbers.DASHED if self.page_number == "一字线" else PageNumbers.PLAIN,
        )


class RegisterPlace(_Table):
    """Where the register is when it is not the workspace's own file; `[register]`."""

    url: str | None = Field(None, min_length=1)


class Lint(_Table):
    """What `docgen lint` leaves out and how exactly it measures; `[lint]`. Both name rules of docs/lint-rules.md."""

    off: tuple[str, ...] = ()
    tolerance: dict[str, Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]] = Field(
        default_factory=dict
    )

    @field_validator("tolerance")
    @classmethod
    def _have_tolerances(cls, given: dict[str, float]) -> dict[str, float]:
        from docgen.lint.rules import BY_ID

        for each in given:
            if each in BY_ID and BY_ID[each].tolerance is None:
                raise ValueError(f"规则 {each} 没有允许偏差，不能设置")
        return given

    @field_validator("off", "tolerance")
    @classmethod
    def _are_rules(cls, given: Any) -> Any:
        from docgen.lint.rules import BY_ID

        for each in given:
            if each not in BY_ID:
                close = nearest(each, list(BY_ID), 1)
                raise ValueError(f"没有规则 {each}" + (f"，是不是 {close[0]}？" if close else ""))
        return given


class Settings(_Table):
    """The contents of `docgen.toml`."""

    version: int = Field(strict=True, ge=1)
    folders: Folders = Field(default_factory=Folders)
    defaults: Defaults = Field(default_factory=Defaults)
    layout: Layout = Field(default_factory=Layout)
    lint: Lint = Field(default_factory=Lint)
    register_at: RegisterPlace = Field(default_factory=RegisterPlace, alias="register")


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
        given = parse_toml(path.read_text("utf-8-sig")).values
    except UnicodeDecodeError as fault:
        raise BadConfig(str(path), "", "不是 UTF-8 编码的文本，请用记事本另存为 UTF-8") from fault
    except NotToml as fault:
        raise BadConfig(str(path), f"第{fault.line}行" if fault.line else "", fault.why) from fault
    except OSError as fault:
        raise BadConfig(str(path), "", f"读取失败（{reason_of(fault)}）") from fault
    version = given.get("version")
    if isinstance(version, int) and version > VERSION:
        raise WorkspaceTooNew(str(path), version)
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        raise Problems(tuple(_config_fault(path, each) for each in error.errors())) from None


def _config_fault(path: Path, refusal: Any) -> BadConfig:
    where = ".".join(str(part) for part in refusal["loc"])
    if refusal["type"] == "missing":
        return BadConfig(str(path), where, "缺少这一项")
    if refusal["type"] == "extra_forbidden":
        close = nearest(str(refusal["loc"][-1]), _known_keys(), 1)
        return BadConfig(str(path), where, "没有这一项设置" + (f"，是不是 {close[0]}？" if close else ""))
    if refusal["type"] == "value_error":
        return BadConfig(str(path), where, str(refusal["ctx"]["error"]))
    return BadConfig(str(path), where, f"写的是“{refusal['input']}”，格式不对")


def _known_keys() -> list[str]:
    return [
        info.alias or name
        for model in (Settings, Folders, Defaults, Lint, Layout, RegisterPlace)
        for name, info in model.model_fields.items()
    ]
