"""Why a file given to the checker cannot be read."""

from __future__ import annotations

from typing import ClassVar

from docgen.errors import DATA_WRONG, OUTSIDE_FAILED, DocgenError


class UnreadableFile(DocgenError):
    """The file is no .docx that can be checked. `path` is its name."""

    code: ClassVar[str] = "lint-file"
    exit_code: ClassVar[int] = DATA_WRONG
    wrong: ClassVar[str] = "不能检查"
    advice: ClassVar[str] = "请用 Word 或 WPS 打开后另存为 .docx 再检查。"

    path: str

    @property
    def what(self) -> str:
        """Name the file and what it is."""
        return f"{self.path}：{self.wrong}"

    @property
    def remedy(self) -> str:
        """Say how to get a file that can be read."""
        return self.advice


class CannotOpen(UnreadableFile):
    """The operating system refuses to read the file."""

    code: ClassVar[str] = "lint-cannot-open"
    exit_code: ClassVar[int] = OUTSIDE_FAILED
    advice: ClassVar[str] = "请检查文件是否存在、有没有读取权限。"

    reason: str

    @property
    def what(self) -> str:
        """Name the file and the reason."""
        return f"{self.path}：打不开（{self.reason}）"


class NothingInside(UnreadableFile):
    """The file has no bytes."""

    code: ClassVar[str] = "lint-empty"
    wrong: ClassVar[str] = "是空文件"
    advice: ClassVar[str] = "请重新复制这个文件。"


class NoPackage(UnreadableFile):
    """The file is no zip package: something else was renamed."""

    code: ClassVar[str] = "lint-not-docx"
    wrong: ClassVar[str] = "不是 .docx 文件（可能是别的文件改了扩展名）"


class OldBinary(UnreadableFile):
    """The file is in the binary format of Word 97-2003 or of WPS."""

    code: ClassVar[str] = "lint-old-word"
    wrong: ClassVar[str] = "是旧版 Word（.doc）或 WPS（.wps）文件"


class Encrypted(UnreadableFile):
    """The file is protected by a password."""

    code: ClassVar[str] = "lint-encrypted"
    wrong: ClassVar[str] = "设了打开密码，读不出来"
    advice: ClassVar[str] = "请在 Word 或 WPS 里去掉密码后再检查。"


class Damaged(UnreadableFile):
    """The package is cut short or damaged."""

    code: ClassVar[str] = "lint-damaged"
    wrong: ClassVar[str] = "文件不完整或已损坏"
    advice: ClassVar[str] = "请重新复制这个文件，或用 Word、WPS 打开修复后另存。"


class NoMainPart(UnreadableFile):
    """The package holds no main document."""

    code: ClassVar[str] = "lint-no-document"
    wrong: ClassVar[str] = "压缩包里没有 Word 正文"


class Strict(UnreadableFile):
    """The document is in the strict variant of OOXML."""

    code: ClassVar[str] = "lint-strict-format"
    wrong: ClassVar[str] = "是“严格的 Open XML 文档”或不常见的变体"
    advice: ClassVar[str] = "请另存为普通的“Word 文档（*.docx）”后再检查。"


class Macros(UnreadableFile):
    """The package holds macros."""

    code: ClassVar[str] = "lint-macros"
    wrong: ClassVar[str] = "带有宏，不予打开"
    advice: ClassVar[str] = "请另存为不带宏的 .docx 后再检查。"


class TooMuch(UnreadableFile):
    """The file is, or unpacks to, more than the limit. `reason` says which limit."""

    code: ClassVar[str] = "lint-too-large"
    advice: ClassVar[str] = "请压缩或删去大图片后再检查；来路不明的文件不要打开。"

    reason: str

    @property
    def what(self) -> str:
        """Name the file and the limit."""
        return f"{self.path}：文件过大（{self.reason}）"


class MalformedXml(UnreadableFile):
    """A part of the package is not well-formed XML. `detail` is the parser's own word."""

    code: ClassVar[str] = "lint-malformed-xml"
    advice: ClassVar[str] = "请用 Word 或 WPS 打开修复后另存。"

    part: str
    detail: str

    @property
    def what(self) -> str:
        """Name the file, the part and the parser's word."""
        return f"{self.path}：里面的 {self.part} 已损坏（{self.detail}）"


class DeclaresDoctype(UnreadableFile):
    """A part declares a document type or entities, which no word processor writes."""

    code: ClassVar[str] = "lint-doctype"
    advice: ClassVar[str] = "这样的文件不安全，请查明来源。"

    part: str

    @property
    def what(self) -> str:
        """Name the file and the part."""
        return f"{self.path}：里面的 {self.part} 带有 DOCTYPE 声明，不予读取"


class NoDocuments(DocgenError):
    """A folder given to the checker holds no .docx."""

    code: ClassVar[str] = "lint-no-files"

    path: str

    @property
    def what(self) -> str:
        """Name the folder."""
        return f"{self.path} 里没有 .docx 文件"
