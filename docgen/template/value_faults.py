"""What can be wrong when values meet a template: unknown fields, missing and unprintable values."""

from __future__ import annotations

from docgen.template.tag_faults import TagFault


class UnknownField(TagFault):
    """A tag names a field that is not there. `field` is the path as written, `nearest` a known one or empty."""

    code = "template-unknown-field"
    says = "没有“{field}”这个字段"
    guesses = "是不是“{nearest}”？请用 docgen template fields 查看可用字段。"
    advises = "请用 docgen template fields 查看可用字段。"

    field: str
    nearest: str


class MissingValue(TagFault):
    """A field that is to be printed has no value. `field` is the path as written."""

    code = "template-missing-value"
    says = "“{field}”没有填"
    advises = "请在数据表里补上；如果可以不填，在模板里用 {{% if {field} %}} … {{% endif %}} 围住。"

    field: str


class NotText(TagFault):
    """A tag prints something that is not text. `kind` says what it is: 一组字段, 清单, 方法 …."""

    code = "template-not-text"
    says = "“{field}”是{kind}，不能用在这里"

    field: str
    kind: str

    @property
    def remedy(self) -> str:
        """Say what to write instead."""
        return {
            "清单": "请用 {% for … %} 逐项写出。",
            "一组字段": f"请写明是其中哪个字段（{self.field}.…）。",
            "单个值，不是清单": "请改用清单字段，或去掉循环。",
        }.get(self.kind, "请改用文字或数字字段。")


class IllegalCharacter(TagFault):
    """A value holds a character that no document may hold. `code_point` is written U+000B."""

    code = "template-illegal-character"
    says = "“{field}”的内容里有文档不允许的字符 {code_point}"
    advises = "多半是复制时带进来的不可见字符，请在数据表里重新输入这一格。"

    field: str
    code_point: str


class MisplacedBlock(TagFault):
    """A value of ready-made paragraphs or runs stands where it does not fit. `form` is the tag to write."""

    code = "template-misplaced-block"
    says = "“{field}”是现成的版式（段落、表格或带格式的文字），不能放在这里"
    advises = "请写成 {form}。"

    field: str
    form: str


class BrokenBlock(TagFault):
    """A value of ready-made OOXML is not well formed. `detail` is the parser's own word."""

    code = "template-broken-block"
    says = "“{field}”的版式内容有错（{detail}）"
    advises = "这是程序生成的内容，请把这条消息告诉维护人员。"

    field: str
    detail: str


class UnfitPicture(TagFault):
    """A picture cannot be put into the document. `picture` is its file, `detail` says why."""

    code = "template-unfit-picture"
    says = "“{field}”的图片“{picture}”用不了（{detail}）"
    advises = "请确认图片文件存在，并且是 PNG、JPEG、GIF、BMP 或 TIFF 格式。"

    field: str
    picture: str
    detail: str


class CannotCompute(TagFault):
    """A tag's expression failed when it was computed. `detail` says how."""

    code = "template-cannot-compute"
    says = "{written}算不出来（{detail}）"
    advises = "请检查它的写法和它用到的数据。"

    detail: str
