"""What can be wrong with the places of a drafted document that signing fills: its number and its date."""

from __future__ import annotations

from docgen.errors import DATA_WRONG, DocgenError


class MarkFault(DocgenError):
    """A place cannot be filled. `path` is the document, `mark` the place's Chinese name (发文字号, 成文日期)."""

    code = "mark"
    exit_code = DATA_WRONG

    path: str
    mark: str


class MarkLost(MarkFault):
    """The bookmark is gone, and the drafted words stand nowhere, or in several places (`places`)."""

    code = "mark-lost"
    says = "{path}：找不到填{mark}的地方（{reason}）"
    advises = (
        "请用 Word 或 WPS 打开，{where}。docgen 起草的，也可以用起草命令加 --force 重新起草"
        "（改过的稿子会另存到“留存”）；自己写的，改好后再用 docgen doc take 登记。"
    )

    drafted: str
    places: int

    @property
    def where(self) -> str:
        """Say what to write where."""
        if self.places:
            return f"“{self.drafted}”只留该填{self.mark}的一处，别处换个写法"
        return f"在原来的位置单独一行写回“{self.drafted}”"

    @property
    def reason(self) -> str:
        """Say what was found instead."""
        return f"“{self.drafted}”有 {self.places} 处，分不清是哪一处" if self.places else "原来的文字被删掉了"


class MarkTwice(MarkFault):
    """The bookmark stands in the document more than once."""

    code = "mark-twice"
    says = "{path}：填{mark}的地方有 {places} 处，分不清是哪一处"
    advises = "请删去多出来的，只留拟稿时的那一处；或者用起草命令加 --force 重新起草。"

    places: int


class MarkFilled(MarkFault):
    """Somebody wrote something else there than was drafted; it is not written over."""

    code = "mark-filled"
    says = "{path}：{mark}处写的是“{found}”，既不是拟稿时的“{drafted}”，也不是要填的“{final}”"
    advises = "请先核实以哪个为准：不用手写的，就把这里改回“{drafted}”；要用手写的，签发时写明这个{mark}。"

    found: str
    drafted: str
    final: str


class MarkTracked(MarkFault):
    """Tracked changes in the place are neither accepted nor rejected."""

    code = "mark-tracked"
    says = "{path}：{mark}处“{found}”有没处理的修订"
    advises = "请在 Word 或 WPS 的“审阅”里接受或拒绝修订，保存后再办。"

    found: str


class MarkHolds(MarkFault):
    """Something stands among the words of the place that filling them would destroy. `holds` says what."""

    code = "mark-holds"
    says = "{path}：{mark}处“{found}”里夹着{holds}，不能直接填写"
    advises = "请把它删去，使这里只剩“{drafted}”几个字，保存后再办。"

    found: str
    holds: str
    drafted: str


class MarkScattered(MarkFault):
    """The place has come to reach over several paragraphs."""

    code = "mark-scattered"
    says = "{path}：{mark}处的文字“{found}”分在了几段里"
    advises = "请删去这几段，在原来的位置单独一行写回“{drafted}”，保存后再办。"

    found: str
    drafted: str
