"""What can be wrong with the file given as a template, beside what is wrong with any .docx."""

from __future__ import annotations

from docgen.opc.faults import FileFault


class WrongKind(FileFault):
    """The package is a Word template (.dotx), not a document."""

    code = "template-wrong-kind"
    says = "{path}：是 Word 模板（.dotx），不是 .docx 文档"


class CannotFallBack(FileFault):
    """Rendering with docxtpl, for its own pictures and subdocuments, failed. `detail` says how."""

    code = "template-docxtpl"
    says = "{path}：插入图片或子文档时出错（{detail}）"
    advises = "请检查模板中的图片、子文档标签和它们的数据。"

    detail: str
