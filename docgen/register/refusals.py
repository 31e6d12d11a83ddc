"""Why a step is not allowed now: wrong state, wrong person, no mandate, a file that is not the one recorded."""

from __future__ import annotations

from docgen.errors import DATA_WRONG, NOT_ALLOWED, WRONG_USE, DocgenError
from docgen.register.life import State


class WrongState(DocgenError):
    """A step was asked for that does not follow the document's state."""

    code = "step-wrong-state"
    exit_code = NOT_ALLOWED
    says = "{document}现在是“{state}”，不能{step}"

    document: str
    state: str
    step: str
    allowed: tuple[str, ...]

    @property
    def remedy(self) -> str:
        """Name the steps that may be taken."""
        if self.allowed:
            return f"现在可以做的有：{'、'.join(self.allowed)}。"
        if self.state == State.ARCHIVED:
            return (
                "归档以后不再变动；补充材料用 docgen archive add，停用登记错的附件用 docgen archive detach。"
            )
        return "这件公文已经办结，不再变动。"


class TooEarly(DocgenError):
    """A step is dated before the one it follows."""

    code = "step-too-early"
    exit_code = NOT_ALLOWED
    says = "{document}的{step}日期 {day} 早于上一步的日期 {last}"
    advises = "请核对 --date；各步要按先后登记。"

    document: str
    step: str
    day: str
    last: str


class DatePassed(DocgenError):
    """A document asks for something by a day that is not after the day on which it is to be signed."""

    code = "document-stale"
    exit_code = NOT_ALLOWED
    says = "{document}：文中的{date_name}是 {asked}，到签发日 {day} 已经来不及"
    advises = "请用 docgen doc return 退回，按当天重新起草（docgen draft {kind}，加 --force），核稿后再签发。"

    document: str
    date_name: str
    asked: str
    day: str
    kind: str


class SaidAgain(DocgenError):
    """A document would say again what another of its kind says."""

    code = "document-said-again"
    exit_code = NOT_ALLOWED
    says = "{document}：{thing}等{count}项，{other}已经写了（{state}），再发就重复了"
    advises = "不再需要的那一件，请用 docgen doc void 作废；要改已签发的，用 docgen doc replace。"

    document: str
    other: str
    state: str
    thing: str
    count: int


class NotSigned(DocgenError):
    """A form that others fill in is neither signed nor numbered."""

    code = "document-not-signed"
    exit_code = NOT_ALLOWED
    says = "{document}：{kind}供填写，不签发、不编号、不用印"
    advises = "核稿后就可以印出来用，不用再登记。"

    document: str
    kind: str


class ListStays(DocgenError):
    """A list is neither reviewed nor signed: it is made anew whenever it is wanted."""

    code = "list-not-signed"
    exit_code = NOT_ALLOWED
    says = "{document}：{kind}是清单，不核稿、不签发、不编号、不用印"
    advises = "生成后就可以用；数据变了，再起草一次就是新的。"

    document: str
    kind: str


class NotYet(DocgenError):
    """A step is dated after today: nothing is recorded before it was done."""

    code = "step-in-future"
    exit_code = NOT_ALLOWED
    says = "{step}的日期 {day} 还没有到"
    advises = "请核对 --date；还没有办的事不能先登记。"

    step: str
    day: str


class NumberTooEarly(DocgenError):
    """A number would be given on an earlier day than the number before it."""

    code = "number-too-early"
    exit_code = NOT_ALLOWED
    says = "{number} 的日期是 {last}，下一个号不能用更早的日期 {day}"
    advises = "请核对 --date；同一机关代字的文号要按日期先后给出。"

    number: str
    last: str
    day: str


class SealTooEarly(DocgenError):
    """A use of the seal would be registered behind one of a later day."""

    code = "seal-too-early"
    exit_code = NOT_ALLOWED
    says = "用印登记簿里已有 {last} 的用印，不能再登记更早的 {day}"
    advises = "请核对 --date；用印要按日期先后登记。"

    last: str
    day: str


class DutyBroken(DocgenError):
    """A person may not take a step because of a rule on who may do what."""

    code = "duty-broken"
    exit_code = NOT_ALLOWED
    says = "{document}不能由{actor}{step}：{reason}（规则：{duty}）"
    advises = "请由符合规定的人办理，用 --by 写明姓名。确需放宽规则的，用 docgen doc loosen 登记并写明原因。"

    document: str
    step: str
    actor: str
    duty: str
    reason: str


class MandateMissing(DocgenError):
    """There is no mandate under which the seal may be used for a document."""

    code = "mandate-missing"
    exit_code = NOT_ALLOWED
    says = "{document}不能{step}：{reason}"
    advises = (
        "请用 docgen seal mandate list 查看代章授权；还没有登记过的、有新的授权文件的，由负责人用 "
        "docgen seal mandate add 登记，不写的内容取自“工作机制”表。"
    )

    document: str
    step: str
    reason: str


class MandateUnsound(DocgenError):
    """A mandate as given does not hold together."""

    code = "mandate-unsound"
    exit_code = DATA_WRONG
    says = "代章授权不能登记：{reason}"
    advises = (
        "请在“工作机制”表填写（设立文件、代章单位、代章条款等行），"
        "或用 --title、--number、--clause 等选项写明，再登记。"
    )

    reason: str


class NotLeading(DocgenError):
    """Something was to be recorded that only a leader of the mechanism or its office decides."""

    code = "not-leading"
    exit_code = NOT_ALLOWED
    says = "{deed}要由机制或办公室的负责人决定，{actor}的机制职务是：{roles}"
    advises = "请用 --by 写明作出决定的负责人。"

    deed: str
    actor: str
    roles: tuple[str, ...]


class RoleMissing(DocgenError):
    """Somebody has no role in the mechanism that lets them do something."""

    code = "role-missing"
    exit_code = NOT_ALLOWED
    says = "{deed}要由{needed:或}办理，{actor}的机制职务是：{roles}"
    advises = (
        "请用 --by 写明办理人；确有这项职务的，填在人员表“机制职务”一列。"
        "确需放宽的，用 docgen doc loosen 登记并写明原因。"
    )

    deed: str
    actor: str
    roles: tuple[str, ...]
    needed: tuple[str, ...]


class MandateEnded(DocgenError):
    """A mandate that has ended was to be ended again."""

    code = "mandate-ended"
    exit_code = NOT_ALLOWED
    says = "第{mandate}号代章授权已于 {day} 终止"

    mandate: int
    day: str


class FileNotRecorded(DocgenError):
    """A document's file is not the one that was recorded at its last step."""

    code = "file-not-recorded"
    exit_code = NOT_ALLOWED
    says = "{document}不能{step}：文件 {path} 在“{state}”之后被改动过（现在的摘要是 {found}，登记的是 {expected}）"

    document: str
    step: str
    path: str
    state: str
    found: str
    expected: str
    unsigned: bool

    @property
    def remedy(self) -> str:
        """Before signing the text is reviewed again; after it the signed file must come back."""
        if self.unsigned:
            return "签发前可以改稿，改后请重新核稿（docgen doc review）。"
        return "签发后不得改动，请恢复签发时的文件；内容确需更改的，用 docgen doc replace 另行制发。"


class FileGone(DocgenError):
    """A document's file is not where the register says."""

    code = "file-gone"
    exit_code = NOT_ALLOWED
    says = "{document}不能{step}：文件 {path} 不在原处"
    advises = "请把文件放回原处再办。"

    document: str
    step: str
    path: str


class NoReason(DocgenError):
    """A step that needs a reason was asked for without one."""

    code = "reason-missing"
    exit_code = WRONG_USE
    says = "{step}要写明原因"
    advises = "请加 --remark 原因。"

    step: str


class WrongCopies(DocgenError):
    """The copies sealed or issued do not agree with those allowed."""

    code = "copies-wrong"
    exit_code = NOT_ALLOWED
    says = "{document}{step}{copies}份，多于{limit_step}的{limit}份"

    document: str
    step: str
    copies: int
    limit_step: str
    limit: int

    @property
    def remedy(self) -> str:
        """More copies than approved are asked for again; those approved and not yet sealed can be sealed later."""
        if self.limit_step == "批准":
            return "请核对份数；确需增加的，盖章以前可以用 docgen seal refuse 退回，重新申请。"
        return "请核对份数；批准的份数没有盖完的，先用 docgen seal apply 补盖，印发以后不能再盖。"


class NoCopies(DocgenError):
    """A step about copies was asked for without saying how many, or for none."""

    code = "copies-missing"
    exit_code = WRONG_USE
    says = "{document}{step}要写明份数，至少1份"
    advises = "请加 --copies 份数，或在“文种”表中填这一文种的份数。"

    document: str
    step: str


class OwnSealNot(DocgenError):
    """A document was to be issued unsealed although the mechanism is sealed for."""

    code = "seal-needed"
    exit_code = NOT_ALLOWED
    says = "{document}还没有代章，不能印发"
    advises = "请先用 docgen seal request 申请用印。"

    document: str


class SealedByIssuer(DocgenError):
    """A seal on behalf was asked for on a document that another organ issues under its own."""

    code = "seal-of-issuer"
    exit_code = NOT_ALLOWED
    says = "{document}由印发机关盖自己的印章，不代章"
    advises = "盖章后请用 docgen doc issue 登记印发。"

    document: str


class SealedByOffice(DocgenError):
    """A seal on behalf was asked for although the office has a seal of its own (署名方式)."""

    code = "seal-of-office"
    exit_code = NOT_ALLOWED
    says = "{document}盖{office}自己的印章，不用申请代章"
    advises = "签发后请盖章，再用 docgen doc issue 登记印发；改为代章的，请改“工作机制”表的署名方式，并登记代章授权。"

    document: str
    office: str


class SealedByNobody(DocgenError):
    """A seal was asked for on a document of a kind that nobody seals."""

    code = "seal-of-nobody"
    exit_code = NOT_ALLOWED
    says = "{document}是{kind}，不盖章"
    advises = "签发后请直接用 docgen doc issue 登记印发。"

    document: str
    kind: str


class NothingToExplain(DocgenError):
    """An entry was to be explained about which there is no alarm that can be explained."""

    code = "entry-not-explainable"
    exit_code = NOT_ALLOWED
    says = "登记第{seq}条没有可以说明的问题"
    advises = "可以说明的只有“替换”“附件”这样不改变公文状态、与当时状态接不上的登记。请先用 docgen verify 查看条号。"

    seq: int


class AlreadyReplaced(DocgenError):
    """A document that has a living successor was to be replaced again."""

    code = "already-replaced"
    exit_code = NOT_ALLOWED
    says = "{document}已经有替换它的{other}"
    advises = "请办理新的那一件；新的不要了的，先把它作废。"

    document: str
    other: str
