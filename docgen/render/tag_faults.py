"""What can be wrong with the tags of a template: found when it is compiled."""

from __future__ import annotations

from typing import ClassVar

from docgen.errors import DATA_WRONG, DocgenError


class TagFault(DocgenError):
    """A fault at a place of a template.

    `part` is the Chinese name of the part (正文, 页眉 …), `paragraph` counts from 1 within the part (0: the
    place is not in a paragraph), `words` are the paragraph's words around the tag, `tag` is the tag as written.
    """

    code: ClassVar[str] = "template-tag"
    exit_code: ClassVar[int] = DATA_WRONG
    advice: ClassVar[str] = ""

    template: str
    part: str
    paragraph: int
    words: str
    tag: str

    @property
    def where(self) -> str:
        """Return the place as a reader finds it: 模板 告知函.docx 第7段“…”."""
        part = "" if self.part == "正文" else self.part
        number = f"第{self.paragraph}段" if self.paragraph else ""
        words = f"“{self.words}”" if self.words else ""
        return f"模板 {self.template} {part}{number}{words}".rstrip()

    @property
    def wrong(self) -> str:
        """Say what is wrong at the place."""
        raise NotImplementedError

    @property
    def what(self) -> str:
        """Say where and what."""
        return f"{self.where}：{self.wrong}"

    @property
    def remedy(self) -> str:
        """Say what to do at the place."""
        return self.advice


class UnclosedTag(TagFault):
    """A tag is opened and not closed in its paragraph."""

    code: ClassVar[str] = "template-unclosed-tag"

    @property
    def wrong(self) -> str:
        """Name the opening that has no end."""
        return f"标签“{self.tag}”没有结束"

    @property
    def remedy(self) -> str:
        """Name the closing braces to add."""
        closer = {"{{": "}}", "{%": "%}", "{#": "#}"}.get(self.tag[:2], "}}")
        return f"请在同一段里补上“{closer}”"


class StrayCloser(TagFault):
    """A closing brace pair stands without its opening."""

    code: ClassVar[str] = "template-stray-closer"

    @property
    def wrong(self) -> str:
        """Name the lonely braces."""
        return f"多出“{self.tag}”，前面没有开头的花括号"

    @property
    def remedy(self) -> str:
        """Say how to write them as text."""
        return f"请补上开头；如果本来就要这两个字符，写成“{self.tag[0]}_{self.tag[1]}”"


class FullWidthBraces(TagFault):
    """Braces were typed full-width."""

    code: ClassVar[str] = "template-full-width-braces"
    advice: ClassVar[str] = "请切换到英文输入法，改成半角的 { 和 }"

    @property
    def wrong(self) -> str:
        """Name the braces found."""
        return f"“{self.tag}”用了全角花括号，认不出是标签"


class CrowdedTag(TagFault):
    """A paragraph, row or cell tag does not stand alone in what it replaces. `holder` is 段, 行 or 格."""

    code: ClassVar[str] = "template-crowded-tag"

    holder: str

    @property
    def wrong(self) -> str:
        """Name the tag and what it has to have to itself."""
        return f"“{self.tag}”要独占一{self.holder}，同一{self.holder}里的其他内容会丢"

    @property
    def remedy(self) -> str:
        """Say where the rest belongs."""
        return f"请把其他文字、标签移到别的{self.holder}"


class TagOutside(TagFault):
    """A row or cell tag stands outside a table, or a run tag outside a run. `holder` is 表格 or 文字."""

    code: ClassVar[str] = "template-tag-outside"

    holder: str

    @property
    def wrong(self) -> str:
        """Name the tag and where it belongs."""
        return f"“{self.tag}”只能用在{self.holder}里"

    @property
    def remedy(self) -> str:
        """Name the alternative."""
        return "循环段落请用 {%p … %}" if self.holder == "表格" else "请移到普通文字里"


class UnclosedBlock(TagFault):
    """A loop, a condition or the like has no end tag. `closer` is the missing tag."""

    code: ClassVar[str] = "template-unclosed-block"

    closer: str

    @property
    def wrong(self) -> str:
        """Name the opening tag."""
        return f"“{self.tag}”没有对应的结束标签"

    @property
    def remedy(self) -> str:
        """Name the tag to add."""
        return f"请补上“{self.closer}”"


class StrayBlockEnd(TagFault):
    """An end tag (or else) has no opening, or ends something else."""

    code: ClassVar[str] = "template-stray-block-end"
    advice: ClassVar[str] = "请检查循环、条件的开头和结尾是否成对"

    @property
    def wrong(self) -> str:
        """Name the tag."""
        return f"“{self.tag}”前面没有对应的开头"


class SplitBlock(TagFault):
    """The ends of a block stand in different kinds of places, so that cutting between them breaks the document.

    `opener` is the opening tag.
    """

    code: ClassVar[str] = "template-split-block"
    advice: ClassVar[str] = "请把两个标签放在同一段文字里，或都写成 {%p … %}（按段）、{%tr … %}（按行）"

    opener: str

    @property
    def wrong(self) -> str:
        """Name both tags."""
        return f"“{self.opener}”和“{self.tag}”不在同一层（例如一个在表格里、一个在表格外）"


class BadSyntax(TagFault):
    """A tag is not written as Jinja demands. `detail` says how."""

    code: ClassVar[str] = "template-syntax"
    advice: ClassVar[str] = "请对照手册检查这个标签的写法"

    detail: str

    @property
    def wrong(self) -> str:
        """Name the tag and the mistake."""
        return f"标签“{self.tag}”写法不对（{self.detail}）"


class Forbidden(TagFault):
    """A tag asks for what templates may not do. `asked` is what."""

    code: ClassVar[str] = "template-forbidden"
    advice: ClassVar[str] = "模板只能取用字段、循环和判断，请删去"

    asked: str

    @property
    def wrong(self) -> str:
        """Name what was asked."""
        return f"标签“{self.tag}”用了模板里不允许的“{self.asked}”"


class UnknownFilter(TagFault):
    """A tag uses a filter or test that does not exist. `nearest` is a known one, or empty."""

    code: ClassVar[str] = "template-unknown-filter"

    asked: str
    nearest: str

    @property
    def wrong(self) -> str:
        """Name the filter."""
        return f"没有“{self.asked}”这种处理方式"

    @property
    def remedy(self) -> str:
        """Name the nearest one."""
        return f"是不是“{self.nearest}”？" if self.nearest else "请对照手册改正或删去"
