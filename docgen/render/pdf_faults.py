"""What can go wrong on the way to a PDF: no LibreOffice, a conversion that fails, fonts that cannot be set up."""

from __future__ import annotations

from typing import ClassVar

from docgen.errors import OUTSIDE_FAILED, WRONG_USE, DocgenError


class NoLibreOffice(DocgenError):
    """LibreOffice was not found; `named` is what DOCGEN_SOFFICE said, if anything."""

    code: ClassVar[str] = "no-libreoffice"
    exit_code: ClassVar[int] = OUTSIDE_FAILED

    named: str = ""

    @property
    def what(self) -> str:
        """Say where it was looked for."""
        if self.named:
            return f"环境变量 DOCGEN_SOFFICE 所指的 {self.named} 不存在或不能运行"
        return "没有找到 LibreOffice，不能生成 PDF"

    @property
    def remedy(self) -> str:
        """Say how to install it or point to it."""
        return (
            "请安装 LibreOffice（Debian 一类的系统可运行 docgen pdf --setup），"
            "或用环境变量 DOCGEN_SOFFICE 指明 soffice 的位置"
        )


class ConversionTimedOut(DocgenError):
    """LibreOffice did not finish in time."""

    code: ClassVar[str] = "pdf-timed-out"
    exit_code: ClassVar[int] = OUTSIDE_FAILED

    files: tuple[str, ...]
    seconds: int

    @property
    def what(self) -> str:
        """Say how many files and how long."""
        return f"LibreOffice 转换 {len(self.files)} 个文件，超过 {self.seconds} 秒没有完成（第一个是 {self.files[0]}）"

    @property
    def remedy(self) -> str:
        """Say what to try."""
        return "请关闭正在占用 LibreOffice 的程序后重试，或减少一次转换的文件"


class ConversionFailed(DocgenError):
    """LibreOffice made no PDF of a file; `said` is what it printed."""

    code: ClassVar[str] = "pdf-failed"
    exit_code: ClassVar[int] = OUTSIDE_FAILED

    file: str
    said: str = ""

    @property
    def what(self) -> str:
        """Say which file."""
        said = f"：{self.said}" if self.said else ""
        return f"LibreOffice 没有把 {self.file} 转换成 PDF{said}"

    @property
    def remedy(self) -> str:
        """Say what to try."""
        return "请确认该文件能用 Word 或 WPS 正常打开"


class SamePdfName(DocgenError):
    """Two documents would become one PDF."""

    code: ClassVar[str] = "pdf-same-name"
    exit_code: ClassVar[int] = WRONG_USE

    name: str
    files: tuple[str, ...]

    @property
    def what(self) -> str:
        """Say which files."""
        return f"{'、'.join(self.files)} 转换后都叫 {self.name}"

    @property
    def remedy(self) -> str:
        """Say what to do."""
        return "请分次转换，或转换到不同的文件夹"


class NoPreview(DocgenError):
    """The optional packages for pictures of pages are not installed."""

    code: ClassVar[str] = "no-preview"
    exit_code: ClassVar[int] = OUTSIDE_FAILED

    package: str

    @property
    def what(self) -> str:
        """Say which package is missing."""
        return f"没有安装 {self.package}，不能生成页面图片"

    @property
    def remedy(self) -> str:
        """Say how to install it."""
        return "请运行 pip install 'docgen[preview]'"


class UnreadablePdf(DocgenError):
    """A PDF of which no picture can be made."""

    code: ClassVar[str] = "pdf-unreadable"
    exit_code: ClassVar[int] = OUTSIDE_FAILED

    file: str

    @property
    def what(self) -> str:
        """Say which file."""
        return f"{self.file} 不能作为 PDF 打开"


class SetupNotPossible(DocgenError):
    """The setup of LibreOffice and fonts cannot run here; `missing` is root, or a program."""

    code: ClassVar[str] = "setup-not-possible"
    exit_code: ClassVar[int] = OUTSIDE_FAILED

    missing: str

    @property
    def what(self) -> str:
        """Say what the setup needs."""
        return f"自动安装要用到{self.missing}，这里没有"

    @property
    def remedy(self) -> str:
        """Say how to go on without it."""
        return "请用管理员身份在 Debian 一类的系统上运行，或自行安装 LibreOffice 和公文字体"


class SetupFailed(DocgenError):
    """A step of the setup failed; `said` is the end of what the program printed."""

    code: ClassVar[str] = "setup-failed"
    exit_code: ClassVar[int] = OUTSIDE_FAILED

    step: str
    said: str = ""

    @property
    def what(self) -> str:
        """Say which step, and why as far as known."""
        return f"{self.step}失败：{self.said}" if self.said else f"{self.step}失败"

    @property
    def remedy(self) -> str:
        """Say what to try."""
        return "请检查网络和软件源后重试"
