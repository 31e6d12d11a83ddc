"""The life of a document as one table: states, steps, who may take them and what must be at hand (DOMAIN 7).

The commands, the checks, the manual's table and its drawing all read `STEPS`; nothing else knows which step may
follow which or who may take it. A step is recorded under its Chinese name. `DEEDS` are what is recorded besides, of
numbers, mandates and rules: steps of no document.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from docgen.dataclass import dataclass
from docgen.model.roles import Capacity


class State(StrEnum):
    """Where a document stands."""

    DRAFTED = "拟稿"
    RETURNED = "退回"
    REVIEWED = "核稿"
    COUNTERSIGNED = "会签"
    SIGNED = "签发"
    NUMBERED = "编号"
    REQUESTED = "用印申请"
    APPROVED = "用印批准"
    SEALED = "代章"
    ISSUED = "印发"
    ARCHIVED = "归档"
    VOID = "作废"
    REPLACED = "替换"

    @property
    def is_draft(self) -> bool:
        """Whether a draft command may make the document anew."""
        return self in (State.DRAFTED, State.RETURNED)

    @property
    def is_unsigned(self) -> bool:
        """Whether nobody has signed yet: the text may still change."""
        return self.is_draft or self in (State.REVIEWED, State.COUNTERSIGNED)

    @property
    def is_over(self) -> bool:
        """Whether the document is no longer in force."""
        return self in (State.VOID, State.REPLACED)


class Need(StrEnum):
    """What must be at hand for a step, beyond the right state."""

    FILE = "文件在原处"
    UNCHANGED = "文件与上一步登记的摘要一致"
    FRESH = "文中要求的期限在签发之后"
    FINISHED = "没有未填的占位、未处理的修订和批注"
    CODE = "文种有机关代字"
    NUMBER = "已有发文字号"
    MANDATE = "有涵盖该文种的有效代章授权"
    COPIES = "写明份数"
    REASON = "写明原因"
    OWN_SEAL = "机制有自己的印章，或这种公文不盖章"
    ATTACHMENT = "有要附的文件"


class Duty(StrEnum):
    """A rule on who may take a step; see `duties.py` for how each is judged."""

    KNOWN_DRAFTER = "拟稿人在人员表中"
    DRAFTER_IS_NOT_SIGNATORY = "拟稿人不得签发"
    SIGNATORY_LEADS = "签发人是机制或办公室的负责人"
    VOIDER_LEADS = "作废已签发公文的是机制或办公室的负责人"
    APPLICANT_IS_NOT_APPROVER = "用印申请人不得批准用印"
    KNOWN_APPLICANT = "用印申请人在人员表中"
    APPROVER_OF_STAMPING_UNIT = "用印批准人属于代章单位"
    KEEPER_OF_STAMPING_UNIT = "监印人属于代章单位"
    KEEPER_DID_NOT_ASK = "监印人不得是用印申请人或批准人"
    REVIEWER_IS_NOT_DRAFTER = "核稿人不得是拟稿人"
    REVIEWER_IS_NOT_SIGNATORY = "核稿人不得签发"
    HOLDS_ROLE = "办理人担任这一步规定的机制职务"


@dataclass(frozen=True)
class Step:
    """One row of the table.

    Args:
        name: the step as the record writes it.
        before: the states from which it may be taken.
        after: the state it leads to; None leaves the state as it is.
        who: who takes it, for the manual.
        by: in which capacities it is taken; a role that gives one of them is needed.
        needs: what must be at hand.
        duties: the rules on who may take it.
        remembers: the document's column that keeps the actor; empty for none.
        automatic: docgen takes it with another step; no command asks for it.
        verb: the step as something that one does, for messages; the name where that is one.
    """

    name: str
    before: tuple[State, ...]
    after: State | None
    who: str
    by: tuple[Capacity, ...]
    needs: tuple[Need, ...] = ()
    duties: tuple[Duty, ...] = ()
    remembers: str = ""
    automatic: bool = False
    verb: str = ""

    @property
    def doing(self) -> str:
        """Return the step as something that one does."""
        return self.verb or self.name


_S, _C = State, Capacity
_OFFICE: Final = (Capacity.CLERK, Capacity.REVIEWER)
_FROM_NUMBER: Final = (_S.NUMBERED, _S.REQUESTED, _S.APPROVED, _S.SEALED, _S.ISSUED)

DRAFT: Final = Step(
    "拟稿", (_S.DRAFTED, _S.RETURNED), _S.DRAFTED, "办公室经办人", _OFFICE,
    (), (Duty.HOLDS_ROLE,), "drafter", automatic=True,
)  # fmt: skip
REVIEW: Final = Step(
    "核稿", (_S.DRAFTED, _S.RETURNED, _S.REVIEWED), _S.REVIEWED, "办公室核稿人", (_C.REVIEWER,),
    (Need.FILE,), (Duty.HOLDS_ROLE, Duty.REVIEWER_IS_NOT_DRAFTER), "reviewer",
)  # fmt: skip
COUNTERSIGN: Final = Step(
    "会签", (_S.REVIEWED, _S.COUNTERSIGNED), _S.COUNTERSIGNED, "会签单位负责人", (_C.HEAD, _C.PARTICIPANT),
    (Need.FILE, Need.UNCHANGED), (Duty.HOLDS_ROLE,), "countersigners",
)  # fmt: skip
SIGN: Final = Step(
    "签发", (_S.REVIEWED, _S.COUNTERSIGNED), _S.SIGNED, "机制负责人或办公室负责人", (_C.HEAD,),
    (Need.FILE, Need.UNCHANGED, Need.FINISHED, Need.FRESH, Need.CODE),
    (Duty.KNOWN_DRAFTER, Duty.DRAFTER_IS_NOT_SIGNATORY, Duty.REVIEWER_IS_NOT_SIGNATORY, Duty.SIGNATORY_LEADS),
    "signatory",
)  # fmt: skip
NUMBER: Final = Step(
    "编号", (_S.SIGNED,), _S.NUMBERED, "随签发登记，由程序给号", (), (Need.CODE,), automatic=True
)
REQUEST: Final = Step(
    "用印申请", (_S.NUMBERED,), _S.REQUESTED, "办公室经办人", (_C.CLERK,),
    (Need.FILE, Need.UNCHANGED, Need.NUMBER, Need.MANDATE, Need.COPIES), (Duty.HOLDS_ROLE,), "applicant",
    verb="申请用印",
)  # fmt: skip
APPROVE: Final = Step(
    "用印批准", (_S.REQUESTED,), _S.APPROVED, "代章单位的批准人", (_C.SEAL_APPROVER,),
    (Need.FILE, Need.UNCHANGED, Need.NUMBER, Need.MANDATE),
    (Duty.HOLDS_ROLE, Duty.KNOWN_APPLICANT, Duty.APPLICANT_IS_NOT_APPROVER, Duty.APPROVER_OF_STAMPING_UNIT),
    "approver", verb="批准用印",
)  # fmt: skip
REFUSE: Final = Step(
    "不予用印", (_S.REQUESTED, _S.APPROVED), _S.NUMBERED, "代章单位的批准人或监印人",
    (_C.SEAL_APPROVER, _C.KEEPER), (Need.REASON,), (Duty.HOLDS_ROLE, Duty.APPROVER_OF_STAMPING_UNIT),
)  # fmt: skip
APPLY: Final = Step(
    "代章", (_S.APPROVED,), _S.SEALED, "代章单位监印人", (_C.KEEPER,),
    (Need.FILE, Need.UNCHANGED, Need.NUMBER, Need.MANDATE, Need.COPIES),
    (Duty.HOLDS_ROLE, Duty.KNOWN_APPLICANT, Duty.KEEPER_OF_STAMPING_UNIT, Duty.KEEPER_DID_NOT_ASK), "keeper",
)  # fmt: skip
APPLY_MORE: Final = Step(
    "代章", (_S.SEALED,), _S.SEALED, "代章单位监印人，补盖批准份数中没有盖的", (_C.KEEPER,),
    (Need.FILE, Need.UNCHANGED, Need.NUMBER, Need.MANDATE, Need.COPIES),
    (Duty.HOLDS_ROLE, Duty.KNOWN_APPLICANT, Duty.KEEPER_OF_STAMPING_UNIT, Duty.KEEPER_DID_NOT_ASK), "keeper",
)  # fmt: skip
ISSUE: Final = Step(
    "印发", (_S.SEALED,), _S.ISSUED, "办公室经办人", (_C.CLERK,),
    (Need.FILE, Need.UNCHANGED, Need.NUMBER, Need.COPIES), (Duty.HOLDS_ROLE,), "issuer",
)  # fmt: skip
ISSUE_UNDER_OWN_SEAL: Final = Step(
    "印发", (_S.NUMBERED,), _S.ISSUED, "办公室经办人", (_C.CLERK,),
    (Need.FILE, Need.UNCHANGED, Need.NUMBER, Need.COPIES, Need.OWN_SEAL), (Duty.HOLDS_ROLE,), "issuer",
)  # fmt: skip
ARCHIVE: Final = Step(
    "归档", (_S.ISSUED,), _S.ARCHIVED, "档案员或办公室经办人", (_C.ARCHIVIST, _C.CLERK),
    (Need.FILE, Need.UNCHANGED), (Duty.HOLDS_ROLE,), "archivist", automatic=True,
)  # fmt: skip
ARCHIVE_AGAIN: Final = Step(
    "归档", (_S.ARCHIVED, _S.REPLACED), None, "档案员或办公室经办人，归档后材料、写法有变，或印发后被替换的",
    (_C.ARCHIVIST, _C.CLERK), (Need.FILE, Need.UNCHANGED), (Duty.HOLDS_ROLE,), "archivist", automatic=True,
)  # fmt: skip
RETURN: Final = Step(
    "退回", (_S.REVIEWED, _S.COUNTERSIGNED), _S.RETURNED, "核稿人、会签人或签发人",
    (_C.REVIEWER, _C.HEAD, _C.PARTICIPANT), (Need.REASON,), (Duty.HOLDS_ROLE,),
)  # fmt: skip
RETURN_DRAFT: Final = Step(
    "退回", (_S.DRAFTED,), _S.RETURNED, "核稿人", (_C.REVIEWER,), (Need.REASON,), (Duty.HOLDS_ROLE,)
)
VOID_UNSIGNED: Final = Step(
    "作废", tuple(each for each in State if each.is_unsigned), _S.VOID, "办公室经办人", _OFFICE,
    (Need.REASON,), (Duty.HOLDS_ROLE,),
)  # fmt: skip
VOID: Final = Step(
    "作废", (_S.SIGNED, *_FROM_NUMBER), _S.VOID, "机制或办公室的负责人", (_C.HEAD,),
    (Need.REASON,), (Duty.VOIDER_LEADS,),
)  # fmt: skip
REPLACE: Final = Step(
    "替换", _FROM_NUMBER, None, "办公室经办人；新文签发时旧文转为“替换”", _OFFICE,
    (Need.REASON,), (Duty.HOLDS_ROLE,),
)  # fmt: skip
SUPERSEDE: Final = Step("被替换", _FROM_NUMBER, _S.REPLACED, "随新文签发登记", (), automatic=True)
ATTACH: Final = Step(
    "附件", tuple(each for each in State if not each.is_unsigned and each is not _S.ARCHIVED), None,
    "办公室经办人、监印人或档案员", (_C.CLERK, _C.KEEPER, _C.ARCHIVIST),
    (Need.ATTACHMENT,), (Duty.HOLDS_ROLE,), verb="登记附件",
)  # fmt: skip

SUPPLEMENT: Final = Step(
    "归档后补充", (_S.ARCHIVED,), None, "档案员或办公室经办人", (_C.ARCHIVIST, _C.CLERK),
    (Need.ATTACHMENT,), (Duty.HOLDS_ROLE,), automatic=True,
)  # fmt: skip
DETACH: Final = Step(
    "停用附件", ATTACH.before, None, "办公室经办人、监印人或档案员；文件保留", ATTACH.by,
    (Need.REASON,), (Duty.HOLDS_ROLE,), automatic=True,
)  # fmt: skip
DETACH_ARCHIVED: Final = Step(
    "归档后停用", SUPPLEMENT.before, None, "档案员或办公室经办人；文件保留", SUPPLEMENT.by,
    (Need.REASON,), (Duty.HOLDS_ROLE,), automatic=True,
)  # fmt: skip
OPENNESS: Final = Step(
    "开放审核", (_S.ISSUED, _S.ARCHIVED, _S.REPLACED), None, "档案员或办公室经办人",
    (_C.ARCHIVIST, _C.CLERK), (Need.REASON,), (Duty.HOLDS_ROLE,), automatic=True, verb="定开放标识",
)  # fmt: skip

STEPS: Final[tuple[Step, ...]] = (
    DRAFT, REVIEW, COUNTERSIGN, SIGN, NUMBER, REQUEST, APPROVE, REFUSE, APPLY, APPLY_MORE, ISSUE, ISSUE_UNDER_OWN_SEAL,
    ARCHIVE, ARCHIVE_AGAIN, RETURN_DRAFT, RETURN, VOID_UNSIGNED, VOID, REPLACE, SUPERSEDE, ATTACH, DETACH, SUPPLEMENT,
    DETACH_ARCHIVED, OPENNESS,
)  # fmt: skip

START_AT: Final = Step("起号", (), None, "机制或办公室的负责人", (_C.HEAD,), (Need.REASON,))
RESERVE: Final = Step("预留编号", (), None, "办公室经办人", (_C.CLERK,), (Need.REASON,), (Duty.HOLDS_ROLE,))
VOID_NUMBER: Final = Step(
    "编号作废", (), None, "办公室经办人", (_C.CLERK,), (Need.REASON,), (Duty.HOLDS_ROLE,)
)
GIVE_BACK: Final = Step("编号收回", (), None, "办公室经办人", (_C.CLERK,), (Need.REASON,), (Duty.HOLDS_ROLE,))
UNDO_START: Final = Step("撤销起号", (), None, "机制或办公室的负责人", (_C.HEAD,), (Need.REASON,))
GRANT: Final = Step("代章授权", (), None, "机制或办公室的负责人", (_C.HEAD,), verb="登记代章授权")
END: Final = Step("终止授权", (), None, "机制或办公室的负责人", (_C.HEAD,), (Need.REASON,))
LOOSEN: Final = Step("放宽规则", (), None, "机制或办公室的负责人", (_C.HEAD,), (Need.REASON,))
TIGHTEN: Final = Step("恢复规则", (), None, "机制或办公室的负责人", (_C.HEAD,), (Need.REASON,))

WITNESS: Final = Step("建立见证", (), None, "机制或办公室的负责人", (_C.HEAD,), (Need.REASON,))
"""A witness is begun, or begun again; see `witness.py`."""
EXPLAIN: Final = Step("说明", (), None, "机制或办公室的负责人", (_C.HEAD,), (Need.REASON,))
"""Why an entry that `verify` complains of is no tampering; see `audit.py` for which can be explained."""

DEEDS: Final[tuple[Step, ...]] = (
    START_AT, RESERVE, VOID_NUMBER, GIVE_BACK, UNDO_START, GRANT, END, LOOSEN, TIGHTEN, WITNESS, EXPLAIN,
)  # fmt: skip
"""What is recorded of no document. Those without a duty are done by heads, and that is loosened for nobody."""


def allowed_after(state: State) -> tuple[str, ...]:
    """Return the names of the steps that people may take in a state, in the order of the table."""
    return tuple(
        dict.fromkeys(
            each.name
            for each in STEPS
            if state in each.before and not each.automatic and Need.OWN_SEAL not in each.needs
        )
    )


def may_follow(name: str, before: State | None, after: State | None) -> bool:
    """Whether the table knows a step of this name between the two states; a first draft comes from none."""
    if before is None:
        return name == DRAFT.name and after is State.DRAFTED
    return any(
        each.name == name and before in each.before and (each.after or before) is after for each in STEPS
    )
