"""What can be wrong with a wording: the text from which a form makes a template. Every fault names file and line."""

from __future__ import annotations

from docgen.errors import DocgenError


class WordingFault(DocgenError):
    """A line of a wording cannot be read. `path` is the wording's name, `line` counts from 1."""

    code = "wording"

    path: str
    line: int

    @property
    def at(self) -> str:
        """Return the place as messages name it."""
        return f"{self.path} 第{self.line}行"


class UnknownMark(WordingFault):
    """A line begins with a mark in square brackets that the language does not have."""

    code = "wording-mark"
    says = "{at}：没有 [{mark}] 这个标记"
    advises = "可用的标记：{known}。"
    guesses = "是不是 [{nearest}]？"

    mark: str
    nearest: tuple[str, ...]
    known: tuple[str, ...]


class MarkUnclear(WordingFault):
    """What stands in or behind a mark cannot be read."""

    code = "wording-mark-unclear"
    says = "{at}：“{found}”看不懂"
    advises = "要写成 {example}"

    found: str
    example: str


class CharacterUnseen(WordingFault):
    """A line has a character that nobody sees and no document can have: a control, a mark of direction."""

    code = "wording-character"
    says = "{at}第{place}个字是看不见的字符（{code_point}）"
    advises = "请删去它，多半是从网页或别的文件里粘贴来的；看不见时，把前后的字一起删了重写。"

    place: int
    code_point: str


class StrayRow(WordingFault):
    """A row of cells stands where no table is open."""

    code = "wording-row-stray"
    says = "{at}：这一行以 | 开头，前面却没有 [表]、[填写] 或 [表单]"
    advises = "请在表格前另起一行写上标记；不是表格的，去掉行首的 |。"


class RowOpen(WordingFault):
    """A row of cells is not closed, or something unknown stands behind it."""

    code = "wording-row-open"
    says = "{at}：表格的行末要有 |，后面只可写“留空”或“高”加毫米数，这里写的是“{found}”"
    advises = "要写成 | 栏目 | 内容 | 或 | 栏目 | 内容 | 留空；[表] 的合计行写 | 合计 | … | 合计"

    found: str


class FootMisplaced(WordingFault):
    """A row that is to stand below a table stands elsewhere."""

    code = "wording-foot"
    says = "{at}：行末写了“合计”的行要放在 [表] 的最后"
    advises = "请把它移到表的最后；不是合计行的，去掉行末的“合计”。"


class HeadsMissing(WordingFault):
    """A table has no row of heads."""

    code = "wording-heads"
    says = "{at}：[表] 下面第一行要写栏名，这里没有"
    advises = "例如 | 序号 | 事项 | 金额 |，或加宽度（毫米）、对齐方式：| 序号 12 中 | 事项 60 | 金额 25 右 |"


class HeadUnclear(WordingFault):
    """A head gives no width although others do, or one that is none."""

    code = "wording-head-unclear"
    says = "{at}：栏名“{found}”没有写宽度，或写法不对"
    advises = (
        "例如“序号 12 中”：栏名、宽度（毫米）、对齐方式（左、中、右，可不写）；各栏都不写宽度的，按内容定。"
    )

    found: str


class RowsMissing(WordingFault):
    """A table has no row of cells."""

    code = "wording-rows"
    says = "{at}：[{mark}] 下面没有以 | 开头的内容行"
    advises = "请在下面补上，例如 {example}"

    mark: str
    example: str


class CellsDiffer(WordingFault):
    """A row has not as many cells as it should."""

    code = "wording-cells"
    says = "{at}：这一行有 {found} 格，应有 {wanted} 格"
    advises = "请对照栏名补齐或删去；空格也要用 | 隔开。"

    found: int
    wanted: int


class TableTooWide(WordingFault):
    """The columns of a table are wider than the text area."""

    code = "wording-table-wide"
    says = "{at}：各栏共宽 {found} 毫米，版心只有 {most} 毫米"
    advises = "请减小栏宽；栏目确实多的，放到 [横附件] 里（宽 225 毫米）。"

    found: str
    most: int


class LevelSkipped(WordingFault):
    """A heading is more than one level below the one before."""

    code = "wording-level"
    says = "{at}：“{found}”越级了，前面应先有“{wanted}”"
    advises = "层次依次是一、（一）1.（1）；只有两层的，一、下面可以直接用 1.。"

    found: str
    wanted: str


class TagUnclosed(WordingFault):
    """A loop or a condition has no end, or a tag is not closed on its line."""

    code = "wording-tag-open"
    says = "{at}：“{found}”没有结束"
    advises = "请补上 {closer}。"

    found: str
    closer: str


class TagStray(WordingFault):
    """An end, or an else, of a loop or condition that was not begun."""

    code = "wording-tag-stray"
    says = "{at}：“{found}”前面没有对应的开头"
    advises = "请删去这一行，或在前面补上 {{% for … %}} 或 {{% if … %}}。"

    found: str


class AnnexMisplaced(WordingFault):
    """An annex begins within a loop or a condition."""

    code = "wording-annex-inside"
    says = "{at}：[{mark}] 写在循环或条件里了"
    advises = "附件出不出现由文种声明里的 annexes 决定，请把它移到 {{% endif %}} 或 {{% endfor %}} 的后面。"

    mark: str


class AnnexTwice(WordingFault):
    """Two annexes have the same name."""

    code = "wording-annex-twice"
    says = "{at}：附件“{name}”前面已经有了"
    advises = "请改用另一个名称。"

    name: str


class NoteInside(WordingFault):
    """A 附注 stands in one loop or condition with text: it goes behind the signature, the text before it."""

    code = "wording-note-inside"
    says = "{at}：[附注] 和正文写在同一个循环或条件里了"
    advises = "附注印在成文日期之下，请为它单独写一个 {{% if … %}}，写在正文之后。"


class NoWording(WordingFault):
    """A wording says nothing."""

    code = "wording-empty"
    says = "{path}：没有正文"
    advises = "请写上正文，一段一行。"


class TooManyReceivers(DocgenError):
    """Addressees and copies take more room than a page has for them."""

    code = "receivers-too-many"
    says = "主送和抄送一共写了{count}个，版记一页排不下"
    advises = "请改用统称（如“各成员单位”），或在“文种”“文种设置”表中减少。"

    count: int
