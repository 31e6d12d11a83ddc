"""What `verify` can find wrong with the record; each is a fault that exits with 5."""

from __future__ import annotations

from docgen.errors import NOT_VERIFIED, DocgenError

_ASK = "请保全现场，用备份和打印的登记簿核对，查明是谁在什么时候改动的。"


class EntryAltered(DocgenError):
    """An entry's text, digest or columns are not those that were recorded."""

    code = "verify-entry-altered"
    exit_code = NOT_VERIFIED
    says = "登记第{seq}条被改动：内容与摘要不符"
    advises = _ASK

    seq: int


class EntryMisplaced(DocgenError):
    """An entry does not follow the one before it: one was taken out, put in or moved."""

    code = "verify-entry-misplaced"
    exit_code = NOT_VERIFIED
    says = "登记第{seq}条接不上前一条（应为第{expected}条）：有条目被删除、插入或调换"
    advises = _ASK

    seq: int
    expected: int


class StepOutOfOrder(DocgenError):
    """An entry records a step that cannot follow the document's state at that time."""

    code = "verify-step-out-of-order"
    exit_code = NOT_VERIFIED
    says = "登记第{seq}条的“{step}”（由“{before}”到“{after}”）与这件公文此前的状态接不上"
    advises = _ASK

    seq: int
    step: str
    before: str
    after: str


class RuleBroken(DocgenError):
    """An entry records a step that the rules and the entries before it forbid."""

    code = "verify-rule-broken"
    exit_code = NOT_VERIFIED
    says = "登记第{seq}条的“{step}”不合规则：{reason}"
    advises = _ASK

    seq: int
    step: str
    reason: str


class RowFault(DocgenError):
    """A row of a table that follows from the entries is not as they say."""

    exit_code = NOT_VERIFIED

    table: str
    row: str

    @property
    def table_name(self) -> str:
        """Return the table's name in Chinese."""
        return TABLES.get(self.table, self.table)


class RowGivenTwice(RowFault):
    """An entry gives a document, number or mandate that was given before."""

    code = "verify-row-twice"
    exit_code = NOT_VERIFIED
    says = "登记第{seq}条把{table_name}“{row}”又给了一次"
    advises = _ASK

    seq: int


class NumberMismatch(DocgenError):
    """A number is not that of the document it was given to, or of several."""

    code = "verify-number-mismatch"
    exit_code = NOT_VERIFIED
    says = "文号 {number} 与公文对不上：号码给的公文和公文写的号码不是一对"
    advises = _ASK

    number: str


class SchemaAltered(DocgenError):
    """The database's tables, indexes, triggers or rules are not those that docgen made."""

    code = "verify-schema-altered"
    exit_code = NOT_VERIFIED
    says = "登记库的结构被改动：{what_differs}"
    advises = _ASK

    what_differs: str


class TableHidden(DocgenError):
    """A name leads to another table than the register's, or to a second register, along the search path."""

    code = "verify-table-hidden"
    exit_code = NOT_VERIFIED
    says = "登记库的表 {table} 可能认错：{found}"
    advises = (
        "请数据库管理员查明同名的表是谁建的；在 docgen.toml 的地址后面写 ?options=-csearch_path%3D模式名，"
        "指明登记库所在的模式，并收回别人在那里建表的权限。"
    )

    table: str
    found: str


class GuardsBypassed(DocgenError):
    """A setting of the server keeps triggers from running, so that entries are not guarded."""

    code = "verify-guard-bypassed"
    exit_code = NOT_VERIFIED
    says = "数据库设置 session_replication_role 是 {value}（{where}），防止改动登记条目的保护不起作用"
    advises = "请数据库管理员用 RESET session_replication_role 去掉这项设置，并查明是谁在什么时候设的。"

    value: str
    where: str


class OpenToAll(DocgenError):
    """Every user of the database may change the register's tables."""

    code = "verify-open-to-all"
    exit_code = NOT_VERIFIED
    says = "数据库的所有用户（PUBLIC）都能改登记库的表 {tables}（{rights}）"
    advises = "请数据库管理员执行 REVOKE ALL ON 表名 FROM PUBLIC，只授权给办理公文的用户。"

    tables: tuple[str, ...]
    rights: tuple[str, ...]


class HeadDiffers(DocgenError):
    """The register's note of its last entry is not that of the last entry: entries are missing at the end."""

    code = "verify-head-differs"
    exit_code = NOT_VERIFIED
    says = "登记链末端应为第{seq}条（摘要 {digest}），与库中的记载不符：末尾有条目被删除或添加"
    advises = _ASK

    seq: int
    digest: str


class HeadUnknown(DocgenError):
    """A head printed earlier stands nowhere in the chain: the record is not the one that was printed."""

    code = "verify-head-unknown"
    exit_code = NOT_VERIFIED
    says = "登记链中没有摘要为 {digest} 的条目：现在的登记与打印时的不是同一份，或抄写有误"
    advises = _ASK

    digest: str


_BEGIN = "由负责人用 docgen witness begin --remark 原因 重新建立，登记后继续。"


class WitnessAhead(DocgenError):
    """A witness has noted more entries than there are: the end of the record is lost, or an older copy was put back."""

    code = "witness-ahead"
    exit_code = NOT_VERIFIED
    says = "登记库只到第{last}条，见证 {path} 记到第{count}条：末尾的登记丢失，或者换成了旧的登记库"
    advises = f"请先恢复最新的登记库，恢复以前不能登记新的内容。确实找不回来的，{_BEGIN}"

    last: int
    count: int
    path: str


class WitnessDiffers(DocgenError):
    """The record has another entry than a witness noted: it was written anew, or is another register's."""

    code = "witness-differs"
    exit_code = NOT_VERIFIED
    says = "登记第{seq}条与见证 {path} 在 {at} 记下的不是同一条：登记库被改写，或者换成了另一份"
    advises = f"请先恢复原来的登记库，恢复以前不能登记新的内容。查明原因后仍要用现在这一份的，{_BEGIN}"

    seq: int
    path: str
    at: str


class WitnessMissing(DocgenError):
    """A witness that the record says was begun is not there, or empty."""

    code = "witness-missing"
    exit_code = NOT_VERIFIED
    says = "登记库的见证 {path} {how}，丢失的登记和换上的旧登记库现在查不出来"
    advises = f"请把它放回原处；找不回来的，{_BEGIN}"

    path: str
    how: str


class WitnessUnreadable(DocgenError):
    """Where the witness beside the register should be, something lies that cannot be read."""

    code = "witness-unreadable"
    exit_code = NOT_VERIFIED
    says = "登记库的见证 {path} 读不出来（{reason}），丢失的登记和换上的旧登记库现在查不出来"
    advises = f"请把原来的见证放回原处，放回以前不能登记新的内容；找不回来的，{_BEGIN}"

    path: str
    reason: str


class WitnessAltered(DocgenError):
    """A line of a witness is none, or does not follow the one before it."""

    code = "witness-altered"
    exit_code = NOT_VERIFIED
    says = "见证 {path} 第{line}行{how}：见证被改动过"
    advises = f"请查明是谁改动的；然后{_BEGIN}"

    path: str
    line: int
    how: str = "接不上前一行"


class VersionDiffers(DocgenError):
    """The register's version is not what docgen wrote."""

    code = "verify-version"
    exit_code = NOT_VERIFIED
    says = "登记库的版本记载被改动"
    advises = _ASK


class GuardMissing(DocgenError):
    """A trigger that keeps entries from being changed is missing or switched off."""

    code = "verify-guard-missing"
    exit_code = NOT_VERIFIED
    says = "数据库中防止改动登记条目的保护（{name}）缺失或被停用"
    advises = _ASK

    name: str


class RowDiffers(RowFault):
    """A row is not what the entries say."""

    code = "verify-row-differs"
    exit_code = NOT_VERIFIED
    says = "{table_name}“{row}”与登记条目不符（{listed}）"
    advises = _ASK

    columns: tuple[str, ...]

    @property
    def listed(self) -> str:
        """Return the columns that differ, joined by 、, as the message names them."""
        return "、".join(self.columns)


class RowMissing(RowFault):
    """A row that follows from the entries is not there."""

    code = "verify-row-missing"
    exit_code = NOT_VERIFIED
    says = "{table_name}“{row}”在登记条目中有，在库中没有"
    advises = _ASK


class RowUnfounded(RowFault):
    """A row is there that no entry made."""

    code = "verify-row-unfounded"
    exit_code = NOT_VERIFIED
    says = "{table_name}“{row}”没有登记条目可依，是另外加进去的"
    advises = _ASK


class NumberGap(DocgenError):
    """A number between the first and the last is missing without a voiding record."""

    code = "verify-number-gap"
    exit_code = NOT_VERIFIED
    says = "文号 {number} 缺号，没有作废记录"
    advises = _ASK

    number: str


TABLES = {
    "document": "公文",
    "number": "文号",
    "mandate": "代章授权",
    "file": "文件",
    "duty": "规则",
    "setting": "设置",
}
