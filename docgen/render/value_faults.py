"""What can be wrong when values meet a template: unknown fields, missing and unprintable values."""

from __future__ import annotations

from typing import ClassVar

from docgen.render.tag_faults import TagFault

_LIST_FIELDS = "请用 docgen template fields 查看可用字段"


class UnknownField(TagFault):
    """A tag names a field that is not there. `field` is the path as written, `nearest` a known one or empty."""

    code: ClassVar[str] = "template-unknown-field"

    field: str
    nearest: str

    @property
    def wrong(self) -> str:
        """Name the field and the nearest one."""
        guess = f"，是不是“{self.nearest}”？" if self.nearest else "。"
        return f"没有“{self.field}”这个字段{guess}{_LIST_FIELDS}"


class MissingValue(TagFault):
    """A field that is to be printed has no value. `field` is the path as written."""

    code: ClassVar[str] = "template-missing-value"

    field: str

    @property
    def wrong(self) -> str:
        """Name the field."""
        return f"“{self.field}”没有填"

    @property
    def remedy(self) -> str:
        """Say where to fill it in, or how to allow it to be missing."""
        return f"请在数据表里补上；如果可以不填，在模板里用 {{% if {self.field} %}} … {{% endif %}} 围住"


class NotText(TagFault):
    """A tag prints something that is not text. `kind` says what it is: 一组字段, 清单, 方法 …."""

    code: ClassVar[str] = "template-not-text"

    field: str
    kind: str

    @property
    def wrong(self) -> str:
        """Name the field and what it is."""
        return f"“{self.field}”是{self.kind}，不能用在这里"

    @property
    def remedy(self) -> str:
        """Say what to write instead."""
        return {
            "清单": "请用 {% for … %} 逐项写出",
            "一组字段": f"请写明是其中哪个字段（{self.field}.…）",
            "单个值，不是清单": "请改用清单字段，或去掉循环",
        }.get(self.kind, "请改用文字或数字字段")


class IllegalCharacter(TagFault):
    """A value holds a character that no document may hold. `code_point` is written U+000B."""

    code: ClassVar[str] = "template-illegal-character"

    field: str
    code_point: str

    @property
    def wrong(self) -> str:
        """Name the field and the character."""
        return f"“{self.field}”的内容里有文档不允许的字符 {self.code_point}"

    @property
    def remedy(self) -> str:
        """Say where it usually comes from."""
        return "多半是复制时带进来的不可见字符，请在数据表里重新输入这一格"


class MisplacedBlock(TagFault):
    """A value of ready-made paragraphs or runs stands where it does not fit. `form` is the tag to write."""

    code: ClassVar[str] = "template-misplaced-block"

    field: str
    form: str

    @property
    def wrong(self) -> str:
        """Name the field."""
        return f"“{self.field}”是现成的版式（段落、表格或带格式的文字），不能放在这里"

    @property
    def remedy(self) -> str:
        """Name the tag to write."""
        return f"请写成 {self.form}"


class BrokenBlock(TagFault):
    """A value of ready-made OOXML is not well formed. `detail` is the parser's own word."""

    code: ClassVar[str] = "template-broken-block"
    advice: ClassVar[str] = "这是程序生成的内容，请把这条消息告诉维护人员"

    field: str
    detail: str

    @property
    def wrong(self) -> str:
        """Name the field and the parser's word."""
        return f"“{self.field}”的版式内容有错（{self.detail}）"


class CannotCompute(TagFault):
    """A tag's expression failed when it was computed. `detail` says how."""

    code: ClassVar[str] = "template-cannot-compute"
    advice: ClassVar[str] = "请检查这个标签和它用到的数据"

    detail: str

    @property
    def wrong(self) -> str:
        """Name the tag and what happened."""
        return f"标签“{self.tag}”算不出来（{self.detail}）"
