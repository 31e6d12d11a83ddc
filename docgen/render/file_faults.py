"""What can be wrong with the file given as a template, as a whole."""

from __future__ import annotations

from typing import ClassVar

from docgen.errors import DATA_WRONG, DocgenError

_SAVE_AGAIN = "请用 Word 或 WPS 打开后另存为 .docx 再用"


class FileFault(DocgenError):
    """The file given as a template cannot be used. `template` is its name."""

    code: ClassVar[str] = "template-file"
    exit_code: ClassVar[int] = DATA_WRONG
    wrong: ClassVar[str] = "不能用作模板"
    advice: ClassVar[str] = _SAVE_AGAIN

    template: str

    @property
    def what(self) -> str:
        """Name the file and what it is."""
        return f"模板 {self.template}：{self.wrong}"

    @property
    def remedy(self) -> str:
        """Say how to get a usable file."""
        return self.advice


class EmptyFile(FileFault):
    """The file has no bytes."""

    code: ClassVar[str] = "template-empty"
    wrong: ClassVar[str] = "是空文件"
    advice: ClassVar[str] = "请重新复制这个文件"


class NotADocx(FileFault):
    """The file is not a zip package."""

    code: ClassVar[str] = "template-not-docx"
    wrong: ClassVar[str] = "不是 .docx 文件"


class OldWordFile(FileFault):
    """The file is in the binary format of Word 97-2003."""

    code: ClassVar[str] = "template-old-word"
    wrong: ClassVar[str] = "是旧版 Word（.doc）文件"


class EncryptedFile(FileFault):
    """The file is protected by a password."""

    code: ClassVar[str] = "template-encrypted"
    wrong: ClassVar[str] = "设了打开密码，读不出来"
    advice: ClassVar[str] = "请在 Word 或 WPS 里去掉密码后再用"


class DamagedFile(FileFault):
    """The zip package is cut short or damaged."""

    code: ClassVar[str] = "template-damaged"
    wrong: ClassVar[str] = "文件不完整或已损坏"
    advice: ClassVar[str] = "请重新复制这个文件，或用 Word、WPS 打开修复后另存"


class NoDocument(FileFault):
    """The package holds no main document."""

    code: ClassVar[str] = "template-no-document"
    wrong: ClassVar[str] = "压缩包里没有 Word 正文（word/document.xml）"


class WrongKind(FileFault):
    """The package is a Word template (.dotx), not a document."""

    code: ClassVar[str] = "template-wrong-kind"
    wrong: ClassVar[str] = "是 Word 模板（.dotx），不是 .docx 文档"


class StrictFormat(FileFault):
    """The document is in the strict variant of OOXML, or binds its elements to unusual prefixes."""

    code: ClassVar[str] = "template-strict-format"
    wrong: ClassVar[str] = "是“严格的 Open XML 文档”或不常见的变体"
    advice: ClassVar[str] = "请另存为普通的“Word 文档（*.docx）”"


class HasMacros(FileFault):
    """The package holds macros."""

    code: ClassVar[str] = "template-macros"
    wrong: ClassVar[str] = "带有宏，不能用"
    advice: ClassVar[str] = "请另存为不带宏的 .docx"


class TooLarge(FileFault):
    """The package unpacks to more than the limit. `reason` says which limit."""

    code: ClassVar[str] = "template-too-large"
    advice: ClassVar[str] = "请删去大图片和多余内容；如果文件来路不明，不要使用"

    reason: str

    @property
    def what(self) -> str:
        """Name the file and the limit."""
        return f"模板 {self.template}：文件过大（{self.reason}）"


class MalformedPart(FileFault):
    """A part of the package is not well-formed XML. `detail` is the parser's own word."""

    code: ClassVar[str] = "template-malformed-xml"

    part: str
    detail: str

    @property
    def what(self) -> str:
        """Name the file, the part and the parser's word."""
        return f"模板 {self.template}：里面的 {self.part} 已损坏（{self.detail}）"


class HasDoctype(FileFault):
    """A part declares a document type or entities, which no word processor writes."""

    code: ClassVar[str] = "template-doctype"

    part: str

    @property
    def what(self) -> str:
        """Name the file and the part."""
        return f"模板 {self.template}：里面的 {self.part} 带有 DOCTYPE 声明，不安全，不能用"


class CannotFallBack(FileFault):
    """Rendering with docxtpl, for its own pictures and subdocuments, failed. `detail` says how."""

    code: ClassVar[str] = "template-docxtpl"
    advice: ClassVar[str] = "请检查模板中的图片、子文档标签和它们的数据"

    detail: str

    @property
    def what(self) -> str:
        """Name the file and what happened."""
        return f"模板 {self.template}：插入图片或子文档时出错（{self.detail}）"
