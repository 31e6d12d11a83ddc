"""What can go wrong on the way to a PDF: no LibreOffice, a conversion that fails, fonts that cannot be set up."""

from __future__ import annotations

from typing import Any, Final

from docgen.errors import OUTSIDE_FAILED, WRONG_USE, DocgenError

_SAID: Final = {"Error: source file could not be loaded": "文件打不开，可能不完整或已损坏"}
"""What LibreOffice says of files, in Chinese."""
_WORKING: Final = "convert "
"""How a line of LibreOffice begins that only names two temporary files."""


GET_FONTS: Final = "请安装收生僻字的字体（Debian 一类的系统是 fonts-hanazono 这个软件包）以后重新转换"
"""What to do where no font has a hanzi."""
_MOST_NAMED: Final = 10


def without_glyphs(hanzi: str) -> str:
    """Say which hanzi no font has."""
    named = "、".join(f"“{each}”（U+{ord(each):04X}）" for each in hanzi[:_MOST_NAMED])
    more = f"等{len(hanzi)}个字" if len(hanzi) > _MOST_NAMED else ""
    return f"本机没有一种字体有{named}{more}"


def _because(fault: Any) -> str:
    """Return what a program said, after a colon; nothing when it said nothing."""
    lines = [each.strip() for each in fault.said.splitlines() if not each.startswith(_WORKING)]
    said = "；".join(_SAID.get(each, each) for each in filter(None, lines))
    return f"：{said}" if said else ""


class NoLibreOffice(DocgenError):
    """LibreOffice was not found; `named` is what DOCGEN_SOFFICE said, if anything."""

    code = "no-libreoffice"
    exit_code = OUTSIDE_FAILED
    advises = (
        "请安装 LibreOffice（Debian 一类的系统可运行 docgen pdf --setup），"
        "或用环境变量 DOCGEN_SOFFICE 指明 soffice 的位置。"
    )

    named: str = ""

    @property
    def what(self) -> str:
        """Say where it was looked for."""
        if self.named:
            return f"环境变量 DOCGEN_SOFFICE 所指的 {self.named} 不存在或不能运行"
        return "没有找到 LibreOffice，不能生成 PDF"


class LibreOfficeFails(DocgenError):
    """LibreOffice converts nothing at all, not even a line of text; `said` is what it printed."""

    code = "libreoffice-fails"
    exit_code = OUTSIDE_FAILED
    says = "LibreOffice（{program}）不能正常工作，{file} 等文件没有转换{because}"
    advises = "请检查 LibreOffice 能不能打开，必要时重新安装。"

    program: str
    file: str
    said: str = ""

    because = property(_because)


class HanziUnshown(DocgenError):
    """A PDF shows boxes in place of hanzi that no font has, and is to be signed."""

    code = "pdf-unshown"
    exit_code = OUTSIDE_FAILED
    says = "{path} 的 PDF 里有空框：{because}"
    advises = f"{GET_FONTS}。"

    path: str
    because: str


class ConversionTimedOut(DocgenError):
    """LibreOffice did not finish a file in time, and was ended; `seconds` is what a small file may take."""

    code = "pdf-timed-out"
    exit_code = OUTSIDE_FAILED
    says = "LibreOffice 转换 {file} 时没有反应，等了 {seconds} 秒以上，已停止"
    advises = "请用 Word 或 WPS 打开该文件检查；确实很长的，可用 docgen pdf --timeout 多等一些时间。"

    file: str
    seconds: int


class ConversionCrashed(DocgenError):
    """LibreOffice ended twice in the middle of a file; `said` is what it printed."""

    code = "pdf-crashed"
    exit_code = OUTSIDE_FAILED
    says = "LibreOffice 转换 {file} 时两次意外退出{because}"
    advises = "请用 Word 或 WPS 打开该文件，另存后再试。"

    file: str
    said: str = ""

    because = property(_because)


class ConversionFailed(DocgenError):
    """LibreOffice made nothing of a file; `said` is what it printed."""

    code = "pdf-failed"
    exit_code = OUTSIDE_FAILED
    says = "LibreOffice 转换不了 {file}{because}"
    advises = "请用 Word 或 WPS 打开该文件检查，另存后再试。"

    file: str
    said: str = ""

    because = property(_because)


class SheetNotConverted(DocgenError):
    """LibreOffice made no PDF of a workbook, most often because its part for them is not installed."""

    code = "pdf-sheet-failed"
    exit_code = OUTSIDE_FAILED
    says = "LibreOffice 没有把 {file} 转换成 PDF{because}"
    advises = (
        "表格要用 LibreOffice 的电子表格部分（Calc）转换，没有的请安装 libreoffice-calc-nogui，"
        "或用 docgen pdf --setup；也可以用 Excel 或 WPS 打开后打印。"
    )

    file: str
    said: str = ""

    because = property(_because)


class SamePdfName(DocgenError):
    """Two documents would become one PDF."""

    code = "pdf-same-name"
    exit_code = WRONG_USE
    says = "{files} 转换后都叫 {name}"
    advises = "请分次转换，或转换到不同的文件夹。"

    name: str
    files: tuple[str, ...]


class NoPreview(DocgenError):
    """The optional packages for pictures of pages are not installed."""

    code = "no-preview"
    exit_code = OUTSIDE_FAILED
    says = "没有安装 {package}，不能生成页面图片"
    advises = "请运行 pip install 'docgen[preview]'。"

    package: str


class UnreadablePdf(DocgenError):
    """A PDF of which no picture can be made."""

    code = "pdf-unreadable"
    exit_code = OUTSIDE_FAILED
    says = "{file} 不能作为 PDF 打开"

    file: str


class SetupNotPossible(DocgenError):
    """The setup of LibreOffice and fonts cannot run here; `missing` is root, or a program."""

    code = "setup-not-possible"
    exit_code = OUTSIDE_FAILED
    says = "自动安装要用到{missing}，这里没有"
    advises = "请用管理员身份在 Debian 一类的系统上运行，或自行安装 LibreOffice 和公文字体。"

    missing: str


class SetupFailed(DocgenError):
    """A step of the setup failed; `said` is the end of what the program printed."""

    code = "setup-failed"
    exit_code = OUTSIDE_FAILED
    says = "{step}失败{because}"
    advises = "请检查网络和软件源后重试。"

    step: str
    said: str = ""

    because = property(_because)
