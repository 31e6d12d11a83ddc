"""Every fault of templates and rendering, beside those of any .docx (`opc.faults`).

Faults of the file as a whole carry its name; faults of a place in it also carry the part, the paragraph's number and
words, and the tag as written. First come those of tags, found when a template is compiled, then those of values.
"""

from __future__ import annotations

from typing import Any, Final

from docgen.errors import DocgenError
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


class TagFault(DocgenError):
    """A fault at a place of a template, or of a line of text; `says` is what is wrong there.

    `part` is the Chinese name of the part (正文, 页眉 …; empty: the place is in a line, which `template` calls),
    `paragraph` counts from 1 within the part (0: the place is not in a paragraph), `words` are the paragraph's words
    around the tag, `tag` is the tag as written (of an expression, all of it).
    """

    template: str
    part: str
    paragraph: int
    words: str
    tag: str

    @property
    def where(self) -> str:
        """Return the place as a reader finds it: 模板 告知函.docx 第7段“…”; of a wording its words."""
        words = f"“{_clipped(self.words)}”" if self.words else ""
        if not self.part or self.template.endswith(_WORDING):
            return f"{self.template}{words}"
        part = "" if self.part == "正文" else self.part
        number = f"第{self.paragraph}段" if self.paragraph else ""
        return f"模板 {self.template} {part}{number}{words}".rstrip()

    @property
    def written(self) -> str:
        """Quote the tag or expression."""
        return f"{'标签' if self.part or self.words else '式子'}“{self.shown}”"

    @property
    def shown(self) -> str:
        """Return the tag as messages quote it: of a long one the beginning."""
        return _clipped(self.tag)

    @property
    def named(self) -> str:
        """Quote the tag; where none is to blame, name the whole."""
        return self.written if self.tag else "整篇"

    @property
    def what(self) -> str:
        """Say where and what."""
        return f"{self.where}：{super().what}"


def _clipped(words: str) -> str:
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"


_QUOTED: Final = 120
_WORDING: Final = ".txt"


class UnclosedTag(TagFault):
    """A tag is opened and not closed in its paragraph."""

    code = "template-unclosed-tag"
    says = "标签“{shown}”没有结束"
    advises = "请在同一段里补上“{closer}”。"

    @property
    def closer(self) -> str:
        """Return the closing braces to add."""
        return {"{{": "}}", "{%": "%}", "{#": "#}"}.get(self.tag[:2], "}}")


class StrayCloser(TagFault):
    """A closing brace pair stands without its opening."""

    code = "template-stray-closer"
    says = "多出“{shown}”，前面没有开头的花括号"
    advises = "请补上开头；如果本来就要这两个字符，写成“{tag[0]}_{tag[1]}”。"


class FullWidthBraces(TagFault):
    """Braces were typed full-width."""

    code = "template-full-width-braces"
    says = "“{shown}”用了全角花括号，认不出是标签"
    advises = "请切换到英文输入法，改成半角的 {{ 和 }}。"


class CrowdedTag(TagFault):
    """A paragraph, row or cell tag does not stand alone in what it replaces. `holder` is 段, 行 or 格."""

    code = "template-crowded-tag"
    says = "“{shown}”要独占一{holder}，同一{holder}里的其他内容会丢"
    advises = "请把其他文字、标签移到别的{holder}。"

    holder: str


class TagOutside(TagFault):
    """A row or cell tag stands outside a table, or a run tag outside a run. `holder` is 表格 or 文字."""

    code = "template-tag-outside"
    says = "“{shown}”只能用在{holder}里"

    holder: str

    @property
    def remedy(self) -> str:
        """Name the alternative."""
        return "循环段落请用 {%p … %}。" if self.holder == "表格" else "请移到普通文字里。"


class UnclosedBlock(TagFault):
    """A loop, a condition or the like has no end tag. `closer` is the missing tag."""

    code = "template-unclosed-block"
    says = "“{shown}”没有对应的结束标签"
    advises = "请补上“{closer}”。"

    closer: str


class StrayBlockEnd(TagFault):
    """An end tag (or else) has no opening, or ends something else."""

    code = "template-stray-block-end"
    says = "“{shown}”前面没有对应的开头"
    advises = "请检查循环、条件的开头和结尾是否成对。"


class SplitBlock(TagFault):
    """The ends of a block stand in different kinds of places, so that cutting between them breaks the document.

    `opener` is the opening tag.
    """

    code = "template-split-block"
    says = "“{opener}”和“{shown}”不在同一层（例如一个在表格里、一个在表格外）"
    advises = "请把两个标签放在同一段文字里，或都写成 {{%p … %}}（按段）、{{%tr … %}}（按行）。"

    opener: str


class BadSyntax(TagFault):
    """A tag is not written as Jinja demands. `detail` says how."""

    code = "template-syntax"
    says = "{written}写法不对（{detail}）"
    advises = "请对照手册检查它的写法。"

    detail: str


class Forbidden(TagFault):
    """A tag asks for what templates may not do. `asked` is what."""

    code = "template-forbidden"
    says = "{written}用了模板里不允许的“{asked}”"
    advises = "模板只能取用字段、循环和判断，请删去。"

    asked: str


class UnknownFile(DocgenError):
    """A picture or an embedded file was to take the place of one that the template does not have."""

    code = "template-unknown-file"
    says = "模板 {template}：里面没有名为“{file}”的图片或嵌入文件"
    guesses = "是不是“{nearest}”？"
    advises = "请核对文件名，图片也可用标题或替代文字。"

    template: str
    file: str
    nearest: str


class UnknownFilter(TagFault):
    """A tag uses a filter or test that does not exist. `nearest` is a known one, or empty."""

    code = "template-unknown-filter"
    says = "没有“{asked}”这种处理方式"
    guesses = "是不是“{nearest}”？"
    advises = "请对照手册改正或删去。"

    asked: str
    nearest: str


class UnknownLevel(TagFault):
    """A tag asks the heading counters for a level that there is not, or takes their name for a value of its own."""

    code = "template-unknown-level"
    says = "{written}里的“{asked}”写法不对"
    advises = "标题编号写成 {known:、}；“层次”不能作别的名称。"

    asked: str
    known: tuple[str, ...]


class UnknownField(TagFault):
    """A tag names a field that is not there. `field` is the path as written, `nearest` a known one or empty."""

    code = "template-unknown-field"
    says = "没有“{field}”这个字段"
    guesses = "是不是“{nearest}”？请用 docgen template fields 查看可用字段。"
    advises = "请用 docgen template fields 查看可用字段。"

    field: str
    nearest: str


class OutsideLoop(TagFault):
    """A tag uses the name that a loop gives its items where that loop is over or has not begun."""

    code = "template-outside-loop"
    says = "“{field}”是循环里的名称，这里在循环外面，不能用"
    advises = (
        "请移到 for {field} in …… 和对应的 endfor 之间；循环外面可用的字段用 docgen template fields 查看。"
    )

    field: str


class ListReckoned(TagFault):
    """A tag compares a list as more or less, or calculates with it. `field` is the path as written."""

    code = "template-list-reckoned"
    says = "“{field}”是清单，不能比大小，也不能拿来计算"
    advises = "要数有几项，请写 {field}|length。"

    field: str


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


class ChartUnfit(TagFault):
    """A list cannot be drawn as a chart. `why` says what is wrong."""

    code = "template-chart-unfit"
    says = "“{field}”画不成图：{why}"
    advises = (
        "写法：{{{{p 清单|图('柱', '单位,办结率', '图题', '%') }}}}，样式有柱、线、叠，各组的字段都要是数字。"
    )

    field: str
    why: str


class CannotCompute(TagFault):
    """A tag's expression failed when it was computed. `detail` says how."""

    code = "template-cannot-compute"
    says = "{named}算不出来（{detail}）"
    advises = "请检查它的写法和它用到的数据。"

    detail: str


class TooMuchWork(TagFault):
    """A tag asks for more steps, or a longer text, than any document needs. `field` is what it is about."""

    code = "template-too-much-work"
    says = "{named}算不出来：要做的太多，超过一份文件的上限"
    advises = "请检查这里的循环有多少次、文字重复多少遍、补到多宽；确实要这么长的，请分成几份。"

    field: str


class Refusal(Exception):
    """A value refused. `kind` and `values` make the fault, once the place is known."""

    def __init__(self, kind: type[TagFault], /, **values: Any) -> None:
        super().__init__(kind.__name__)
        self.kind = kind
        self.values = values
