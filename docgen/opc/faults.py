"""Why a file cannot be read as a .docx. `path` is how messages call it: its path, or 模板 and its name."""

from __future__ import annotations

from docgen.errors import OUTSIDE_FAILED, DocgenError


class FileFault(DocgenError):
    """The file is no .docx that can be read."""

    advises = "请用 Word 或 WPS 打开后另存为 .docx 再试。"

    path: str


class CannotOpen(FileFault):
    """The operating system refuses to read the file."""

    code = "lint-cannot-open"
    exit_code = OUTSIDE_FAILED
    says = "{path}：打不开（{reason}）"
    advises = "请检查文件是否存在、有没有读取权限。"

    reason: str


class EmptyFile(FileFault):
    """The file has no bytes."""

    code = "lint-empty"
    says = "{path}：是空文件"
    advises = "请重新复制这个文件。"


class NotADocx(FileFault):
    """The file is no zip package: something else was renamed."""

    code = "lint-not-docx"
    says = "{path}：不是 .docx 文件（可能是别的文件改了扩展名）"


class OldWordFile(FileFault):
    """The file is in the binary format of Word 97-2003 or of WPS."""

    code = "lint-old-word"
    says = "{path}：是旧版 Word（.doc）或 WPS（.wps）文件"


class EncryptedFile(FileFault):
    """The file is protected by a password."""

    code = "lint-encrypted"
    says = "{path}：设了打开密码，读不出来"
    advises = "请在 Word 或 WPS 里去掉密码后再试。"


class DamagedFile(FileFault):
    """The package is cut short or damaged."""

    code = "lint-damaged"
    says = "{path}：文件不完整或已损坏"
    advises = "请重新复制这个文件，或用 Word、WPS 打开修复后另存。"


class NoDocument(FileFault):
    """The package holds no main document."""

    code = "lint-no-document"
    says = "{path}：压缩包里没有 Word 正文"


class IsWorkbook(FileFault):
    """The package is a workbook, where a document is wanted."""

    code = "lint-workbook"
    says = "{path}：是 Excel 工作簿，不是 Word 公文"
    advises = "公文格式只检查 .docx；清单、台账没有公文格式，不用检查。"


class NoWorkbook(FileFault):
    """The package is no workbook, though its name says so."""

    code = "workbook-missing"
    says = "{path}：不是 Excel 工作簿（可能是别的文件改了扩展名）"
    advises = "请用 Excel 或 WPS 打开后另存为 .xlsx 再试。"


class StrictFormat(FileFault):
    """The document is in the strict variant of OOXML, or binds its elements to unusual prefixes."""

    code = "lint-strict-format"
    says = "{path}：是“严格的 Open XML 文档”或不常见的变体"
    advises = "请另存为普通的“Word 文档（*.docx）”后再试。"


class HasMacros(FileFault):
    """The package holds macros."""

    code = "lint-macros"
    says = "{path}：带有宏，不予打开"
    advises = "请另存为不带宏的 .docx 后再试。"


class TooLarge(FileFault):
    """The file is, or unpacks to, more than the limit. `reason` says which limit."""

    code = "lint-too-large"
    says = "{path}：文件过大（{reason}）"
    advises = "请压缩或删去大图片和多余内容后再试；来路不明的文件不要打开。"

    reason: str


class MalformedPart(FileFault):
    """A part of the package is not well-formed XML. `detail` says where."""

    code = "lint-malformed-xml"
    says = "{path}：里面的 {part} 已损坏（{detail}）"
    advises = "请用 Word 或 WPS 打开修复后另存。"

    part: str
    detail: str


class HasDoctype(FileFault):
    """A part declares a document type or entities, which no word processor writes."""

    code = "lint-doctype"
    says = "{path}：里面的 {part} 带有 DOCTYPE 声明，不予读取"
    advises = "这样的文件不安全，请查明来源。"

    part: str
