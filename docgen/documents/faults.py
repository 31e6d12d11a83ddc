"""Faults of drafting: values a document needs that the sheets do not give, and selections that make none."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.errors import NOT_ALLOWED, WRONG_USE, DocgenError


class EmptyCell(DocgenError):
    """A cell that a document would print is empty; who needs it is added where that is known."""

    code = "cell-empty"
    says = "{place}「{label}」：没有填"

    place: str
    label: str


class NeededValue(DocgenError):
    """A value that a document needs is not in the sheets. `place` is the cell, `subject` what needs it."""

    code = "value-needed"
    says = "{place}「{label}」：没有填，{subject}的{kind}要用到它"

    place: str
    label: str
    subject: str
    kind: str


class NeededBySeveral(DocgenError):
    """A value that several documents need is not in the sheets. `count` says how many they are."""

    code = "value-needed-by-several"
    says = "{place}「{label}」：没有填，{count}件{kind}要用到它"

    place: str
    label: str
    count: int
    kind: str


class Ungrouped(DocgenError):
    """A thing lacks what the documents of its kind are grouped by, so that it belongs to none of them."""

    code = "group-empty"
    says = "{subject}没有填{labels}，{kind}按它分件，这一项归不到任何一件"
    advises = "请在数据表中填写。"

    subject: str
    kind: str
    labels: str


class NumberCodeMissing(DocgenError):
    """The sheet 文种 gives no 机关代字 for a kind whose documents have numbers."""

    code = "number-code-missing"
    says = "文种表没有“{kind}”的机关代字，{doing}不了文号"
    advises = "请在“文种”表“{kind}”这一行填写机关代字；没有这一行的，加一行。"

    kind: str
    doing: str


class PostNotHeld(DocgenError):
    """A person a document names held no post on its date."""

    code = "post-not-held"
    says = "{place}：{name}在{day}没有在任职务"
    advises = "请核对人员表中的“任职起”“任职止”，或更换人员。"

    place: str
    name: str
    day: str


class NotFit(DocgenError):
    """A thing was named that does not meet a condition of the kind."""

    code = "thing-not-fit"
    exit_code = NOT_ALLOWED
    says = "{subject}的{label}是“{found}”，{condition}的才制发{kind}"
    advises = "请核对数据表中的“{label}”。"

    subject: str
    label: str
    found: str
    condition: str
    kind: str


class ItemNotFit(DocgenError):
    """A row, period or document was named that does not meet a condition of the kind."""

    code = "item-not-fit"
    exit_code = NOT_ALLOWED
    says = "{subject}{unmet}，不制发{kind}"

    subject: str
    unmet: str
    kind: str


class NothingFor(DocgenError):
    """Something was named for which the kind makes no document."""

    code = "unit-not-concerned"
    says = "没有要致{unit}的{kind}：所选的项目或事项与它无关"
    advises = "{whom}"

    unit: str
    kind: str
    concerned: tuple[str, ...]

    @property
    def whom(self) -> str:
        """Say which units are concerned, or that none is."""
        if not self.concerned:
            return f"所选的项目和事项现在没有要制发{self.kind}的单位。"
        return f"有关的单位：{'、'.join(self.concerned)}。"


class NothingAsked(DocgenError):
    """A command was given no selection."""

    code = "selection-missing"
    exit_code = WRONG_USE
    says = "没有说明制发哪些{kind}"
    advises = "请加 {options}。"

    kind: str
    options: str


class UnknownReceiver(DocgenError):
    """A word of the rules on receivers means no unit, role or field."""

    code = "receiver-unknown"
    says = "{place}：“{word}”不是单位、机制职务或字段"
    guesses = "是不是“{nearest}”？机制以外的机关，请加引号写成 “{word}”。"
    advises = "请核对名称；机制以外的机关，请加引号写成 “{word}”。"

    place: str
    word: str
    nearest: tuple[str, ...]


class NobodyHolds(DocgenError):
    """A rule on receivers names a role that nobody holds on the day."""

    code = "receiver-role-vacant"
    says = "{place}：{day}没有人担任“{role}”"
    advises = "请核对人员表中的“机制职务”“任职起”“任职止”，或从规则中去掉它。"

    place: str
    role: str
    day: str


class BadSetting(DocgenError):
    """A kind's setting in the sheets 文种 and 文种设置 is not what its declaration wants."""

    code = "kind-setting-bad"
    says = "{place}「{setting}」：{kind}的这一项写的是“{found}”，{expected}"

    place: str
    kind: str
    setting: str
    found: str
    expected: str


class DaysOutOfReach(DocgenError):
    """A date of a document would be counted so far away that the number must be a slip."""

    code = "date-out-of-reach"
    says = "“{name}”要从起算日数{days}个工作日，多得不合常理"
    advises = "请核对“文种设置”表或数据表中的工作日数。"

    name: str
    days: str


class UnknownSetting(DocgenError):
    """The sheet 文种设置 has a setting that the kind does not declare."""

    code = "kind-setting-unknown"
    says = "{place}「设置」：{kind}没有“{setting}”这项设置"
    guesses = "是不是“{nearest}”？"
    advises = "可用的有：{known}。"

    place: str
    kind: str
    setting: str
    nearest: tuple[str, ...]
    known: tuple[str, ...]


class SettingOfNoKind(DocgenError):
    """A row of the sheet 文种设置 is for a kind that there is not."""

    code = "kind-setting-of-none"
    says = "{place}「文种」：没有“{kind}”这种公文，这一行设置不起作用"
    guesses = "是不是“{nearest}”？"
    advises = "可用的有：{known}。"

    place: str
    kind: str
    nearest: tuple[str, ...]
    known: tuple[str, ...]


class NoAddressee(DocgenError):
    """A document would have no addressee."""

    code = "addressee-missing"
    says = "{subject}的{kind}没有主送单位：{place}没有填"
    advises = "请填好再起草。"

    subject: str
    kind: str
    place: str


class ThingGone(DocgenError):
    """A document is to be replaced whose matter the sheets do not have any more, or a part of it."""

    code = "replacement-thing-gone"
    exit_code = NOT_ALLOWED
    says = "{document}：数据表中已没有{things}，无从另行制发"
    advises = "请补回数据表中的这一行；如要停止使用原文，请用 docgen doc void 作废。"

    document: str
    things: str


class PeriodToCome(DocgenError):
    """A document was asked for that tells of a period which has not begun."""

    code = "period-to-come"
    exit_code = NOT_ALLOWED
    says = "{period}还没有开始（今天是{today}），不能制发{kind}"
    advises = "请到{start}以后再制发，或核对时段的年份。"

    period: str
    today: str
    kind: str
    start: str


class PeriodUnfit(DocgenError):
    """A kind is made for periods of another length."""

    code = "period-unfit"
    exit_code = WRONG_USE
    says = "{kind}按{lengths}制发，不按{found}（“{period}”）"
    guesses = "是不是：{nearest}？"

    kind: str
    lengths: str
    period: str
    found: str
    nearest: tuple[str, ...]


class PaperUnfit(DocgenError):
    """A document was named that the kind is not made for."""

    code = "document-unfit"
    exit_code = NOT_ALLOWED
    says = "{document}是{state}的{found}，{kind}只为已签发的{wanted}制发"
    advises = "请用 docgen doc list 查看登记号、文种和状态。"

    document: str
    state: str
    found: str
    kind: str
    wanted: tuple[str, ...]


class ConsentMissing(DocgenError):
    """A change of the project list is to be announced to which no leader in charge has consented."""

    code = "list-change-without-consent"
    exit_code = NOT_ALLOWED
    says = "{place}：清单调整{number}（{project}）没有分管领导和同意日期，不能通知"
    advises = (
        "请先取得分管领导同意，填写“分管领导”和“分管领导同意日期”；不需要同意的，把文种设置“须经同意”填为否。"
    )

    place: str
    number: str
    project: str


class ConsentNotInCharge(DocgenError):
    """Somebody consented to a change of the project list who was not in charge of the project on that day."""

    code = "list-change-consent-by-another"
    exit_code = NOT_ALLOWED
    says = "{place}：清单调整{number}由{leader}在{day}同意，按分管表当天分管的是{leaders}"
    advises = "请核对“清单调整”表的分管领导、同意日期和“分管”表。"

    place: str
    number: str
    leader: str
    day: str
    leaders: tuple[str, ...]


class MeetingPassed(DocgenError):
    """A meeting is to be called whose day has passed."""

    code = "meeting-passed"
    says = "{place}：“{meeting}”定在{day}召开，已经过了，不再通知"
    advises = "开过的，请把状态改为“已召开”；改期的，请改日期。"

    place: str
    meeting: str
    day: str


class AnswerTooLate(DocgenError):
    """Units are to answer a call to a meeting by a day that has passed."""

    code = "meeting-answer-too-late"
    says = "{place}：“{meeting}”的反馈截止写的是{day}，已经过了"
    advises = "请改到会前的日期再起草。"

    place: str
    meeting: str
    day: str


class TalkNotPlanned(DocgenError):
    """Units are to be called to account, and the sheet of meetings has no talk with them."""

    code = "talk-not-planned"
    says = "按考核规则要约谈{units}，“会议”表中没有这次约谈，不知道时间、地点和约谈人"
    advises = "请在“会议”表加一行：类型“约谈”，状态“拟召开”，参会单位写上{units}，日期不早于今天。"

    units: str


def together(faults: Sequence[DocgenError]) -> list[DocgenError]:
    """Return faults; one names all units with which no talk is planned: a talk may be with several."""
    units = dict.fromkeys(each.units for each in faults if isinstance(each, TalkNotPlanned))
    others = [each for each in faults if not isinstance(each, TalkNotPlanned)]
    return [*others, TalkNotPlanned("、".join(units))] if units else others


class ApprovalMissing(DocgenError):
    """A change of the roster is to be announced that the chair has not approved."""

    code = "roster-not-approved"
    exit_code = NOT_ALLOWED
    says = "{place}：人员变动{number}{why}，不能通知"
    advises = "请先报批，在“人员变动”表填写批准人和批准日期。"

    place: str
    number: str
    why: str
