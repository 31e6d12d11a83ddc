"""The values that records are made of: levels, states and the other closed lists of the domain.

The Chinese word of a choice is its value; `also` lists other words that clerks write for it.
Investments are in 亿元 (hundred million yuan) as `Decimal`; all date ranges include both ends.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Self

UP: Final = "上半年"
DOWN: Final = "下半年"


class Choice(StrEnum):
    """A closed list of Chinese words, each of which may be written in other ways too."""

    also: tuple[str, ...]

    def __new__(cls, value: str, *also: str) -> Self:
        """Make the choice `value`, which sheets may also write as one of `also`."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.also = also
        return made

    @classmethod
    def words(cls) -> dict[str, Self]:
        """Return every accepted word with the choice it means."""
        return {word: each for each in cls for word in (each.value, *each.also)}


class Level(Choice):
    """Level of government of a unit or an approval, lowest first (层级).

    区级 is not understood: it may mean a district of a city as well as an autonomous region.
    """

    TOWN = "乡镇级", "乡镇", "苏木乡镇级", "苏木级", "苏木", "乡级", "镇级", "街道级", "乡镇街道级"
    COUNTY = "县级", "县", "旗县级", "旗级", "旗县区级"
    CITY = "市级", "市", "盟市级", "盟级", "地市级"
    PROVINCE = "省级", "省", "自治区级", "自治区", "区级（自治区）", "直辖市级"
    NATION = "国家级", "国家", "部级", "中央"

    @property
    def rank(self) -> int:
        """Return 0 for town up to 4 for nation."""
        return _RANKS[self]


_RANKS: Final = {each: rank for rank, each in enumerate(Level)}


class UnitRole(Choice):
    """What a unit does in the mechanism (角色)."""

    MEMBER = "成员单位", "成员"
    LEAD = "牵头单位", "牵头责任单位", "牵头"
    APPROVING = "审批单位", "审批部门", "审批"
    TASK_FORCE = "专项工作组", "工作专班"
    FOLLOW_UP = "跟进组", "审批事项跟进组"
    SUPPORTING = "配合单位", "配合"
    COMPETENT = "主管部门", "行业主管部门", "主管单位"
    REGISTERING = "立项部门", "立项单位"


class ProjectType(Choice):
    """Who pays for a project (项目类型)."""

    GOVERNMENT = "政府投资", "政府投资项目", "政府"
    ENTERPRISE = "企业投资", "企业投资项目", "企业", "社会投资"


class Nature(Choice):
    """What kind of building a project is, as lists write it (建设性质); some write the stage of the works instead."""

    NEW = "新建", "新开工"
    CONTINUED = "续建", "结转"
    EXTENDED = "扩建"
    REBUILT = "改建", "改建和技术改造", "技术改造", "技改"
    REBUILT_AND_EXTENDED = "改扩建"
    MOVED = "迁建"
    RESTORED = "恢复", "恢复重建"
    PURCHASE = "单纯购置"
    FINISHING = "竣工投产", "收尾", "计划竣工"
    PREPARATORY = "前期", "前期谋划", "预备", "储备"


class ListStage(Choice):
    """Where a project stands in the project list (清单阶段)."""

    DRAFT = "初稿"
    REVIEWED = "审核稿"
    FINAL = "终稿"
    REMOVED = "调出", "移出"


class ProjectState(Choice):
    """How far a project is (项目状态)."""

    NOT_STARTED = "未开工"
    STARTED = "已开工", "开工", "在建"
    COMPLETED = "竣工", "已竣工", "完工"
    SUSPENDED = "暂缓", "停工"


class ApprovalState(Choice):
    """How far an approval is (手续状态)."""

    NOT_SUBMITTED = "未申报", "未办理", "未启动", "尚未申报", "未办", "未开始"
    PREPARING = "组卷中", "正在组卷", "组卷", "组件中", "正在组件", "正在准备材料", "材料准备中"
    ACCEPTED = (
        "已受理", "受理", "办理中", "在办", "正在办理", "正在办", "正在审批", "审批中", "审查中", "正在审查", "审核中",
        "正在审核",
    )  # fmt: skip
    SUPPLEMENT = "补正", "待补正", "补正中", "正在补正", "补件中"
    DONE = "办结", "已办结", "已办理", "完成", "办理完毕", "已批复", "已取得", "已办", "√"
    NOT_NEEDED = "无需办理", "不需办理", "不涉及"
    SENT_UP = (
        "上报上级", "已上报", "已上报上级", "已上报自治区", "已上报省", "已上报省级", "已上报盟市", "已上报市",
        "已上报市级", "已上报国家",
    )  # fmt: skip
    REFUSED = "不予许可", "不予批准", "不予核准", "不予行政许可"

    @property
    def pending(self) -> bool:
        """Whether the unit still owes this approval: it is needed and not decided."""
        return self not in _DECIDED

    @property
    def before_submission(self) -> bool:
        """Whether nothing has been handed in yet; putting the papers together is not handing them in."""
        return self in (ApprovalState.NOT_SUBMITTED, ApprovalState.PREPARING)

    @property
    def without_permit(self) -> bool:
        """Whether no permit is to come: none is needed, or it was refused. No deadline matters then."""
        return self in (ApprovalState.NOT_NEEDED, ApprovalState.REFUSED)


_DECIDED: Final = frozenset({ApprovalState.DONE, ApprovalState.NOT_NEEDED, ApprovalState.REFUSED})


class DayUnit(Choice):
    """In which days a term counts (时限单位); a law that says 日 means days of the calendar."""

    WORKING = "工作日", "个工作日"
    CALENDAR = "日", "自然日", "日历日", "天", "日历天"


class TermBasis(Choice):
    """Which term of an item the latest submission is counted back by (倒排时限)."""

    STATUTORY = "法定时限", "法定"
    PROMISED = "承诺时限", "承诺"


class Half(Choice):
    """Half-year of a project's planned start; 不限 in a rule means both (开工时段)."""

    FIRST = UP
    SECOND = DOWN
    ANY = "不限", "全部", "全年"


class StartingPoint(Choice):
    """From what a deadline rule counts (起算)."""

    FIXED_DATE = "固定日期", "日期"
    SUBMITTED = "申报之日"
    ACCEPTED = "受理之日"


class SealWording(Choice):
    """How the seal on behalf is worded at the signature (practice outside GB/T 9704)."""

    STAMPING_UNIT_LINE = "办公室、代章单位分行"
    IN_BRACKETS = "办公室（代章单位代章）"
    STAMPING_UNIT_ONLY = "仅代章单位（代章）"
    OWN_SEAL = "办公室自有印章"


class Reach(Choice):
    """Which units get documents of a kind: those of the mechanism's level and below, or all (主送范围)."""

    OWN_LEVEL = "本级及以下", "本级审批单位", "本级"
    ALL = "全部", "全部审批单位", "全部单位"


class Retention(Choice):
    """How long an archived document is kept (保管期限, DA/T 22-2015)."""

    PERMANENT = "永久"
    YEARS_30 = "30年", "三十年"
    YEARS_10 = "10年", "十年"


class BottleneckSource(Choice):
    """Where a bottleneck was heard of (问题来源)."""

    UNIT = "单位报送", "单位", "部门报送", "旗县报送"
    CALL = "公开征集", "征集"
    HOTLINE = "热线", "12345热线", "12345"
    VISIT = "走访", "走访企业", "上门入企"
    ON_SITE = "现场办公", "现场调研"
    MEETING = "会议", "会商"
    INSPECTION = "督导检查", "督导", "督查", "暗访"
    OWNER = "业主反映", "企业反映", "业主"
    OTHER = "其他"


class BottleneckKind(Choice):
    """What a bottleneck lies in (问题类别)."""

    POLICY = "政策"
    PROCESS = "流程", "程序"
    PREREQUISITE = "要件", "手续"
    LAND = "土地", "用地", "要素（土地）"
    ENERGY = "能源", "能耗", "要素（能源）"
    ENVIRONMENT = "环境", "环境容量", "要素（环境）"
    MONEY = "资金", "要素（资金）"
    DEMOLITION = "征拆", "征地拆迁", "征迁"
    SURROUNDINGS = "外部条件", "配套条件"
    OTHER = "其他"


class BottleneckState(Choice):
    """How far a bottleneck is (问题状态); only the office strikes it off."""

    NEW = "新增", "新提出"
    IN_HAND = "推进中", "办理中", "协调中"
    TO_CONFIRM = "待销号", "申请销号"
    CLOSED = "已销号", "销号"

    @property
    def is_open(self) -> bool:
        """Whether the bottleneck still stands on the list."""
        return self is not BottleneckState.CLOSED


class MeetingKind(Choice):
    """What a meeting of the mechanism is for (会议类型)."""

    CONSULTATION = "会商研判", "会商研判会议"
    LINKED = "集中联动审批", "集中联动审批会商会", "会商会"
    SPECIAL = "专题协调", "专题协调会", "专题会"
    JOINT = "联席会议", "联席"
    STUDY = "研判", "研判会议"
    ON_SITE = "现场办公", "现场办公会"
    TALK = "约谈"


class MeetingState(Choice):
    """Whether a meeting is to be held, was held, or will not be (会议状态)."""

    PLANNED = "拟召开", "待召开", "未召开"
    HELD = "已召开", "召开"
    CANCELLED = "取消", "已取消"


class DecisionState(Choice):
    """How far a meeting's decision is carried out (议定事项状态)."""

    NOT_BEGUN = "未启动", "未落实"
    IN_HAND = "推进中", "落实中", "正在推进", "办理中", "进行中"
    DONE = "已落实", "已完成", "完成", "落实"


class SupervisionKind(Choice):
    """How a matter is supervised (督办方式)."""

    PLAIN = "一般督办", "督办"
    LISTED = "挂牌督办", "挂牌"


class SupervisionState(Choice):
    """How far a supervised matter is (督办状态); done is what the office confirms."""

    WAITING = "待处理", "未处理"
    IN_HAND = "处理中", "办理中", "正在办理", "进行中"
    DONE = "已处理", "已办理"
    CONFIRMED = "已确认", "确认"
    LIFTED = "已解除", "解除", "摘牌"

    @property
    def is_open(self) -> bool:
        """Whether the office still waits for it."""
        return self not in (SupervisionState.CONFIRMED, SupervisionState.LIFTED)


class RosterChangeKind(Choice):
    """How the roster changes (人员变动类型)."""

    SUCCEEDED = "接替", "调整"
    JOINED = "新增人员", "增加人员"
    LEFT = "退出人员", "减少人员"
    UNIT_JOINED = "增加单位", "新增单位"
    UNIT_LEFT = "减少单位", "退出单位"

    @property
    def is_of_unit(self) -> bool:
        """Whether a unit joins or leaves, and no person."""
        return self in (RosterChangeKind.UNIT_JOINED, RosterChangeKind.UNIT_LEFT)


class ListChangeKind(Choice):
    """How the project list changes (清单调整类型)."""

    IN = "调入", "增补", "新增"
    OUT = "调出", "退出", "移出"
    CLASS = "类别转换", "类别调整"
    FACTS = "要素调整", "内容调整"


class BodyKind(Choice):
    """What a body of the mechanism is (机构类别)."""

    MECHANISM = "工作机制", "指挥部", "领导小组", "联席会议"
    OFFICE = "办公室"
    TASK_FORCE = "专项工作组", "专项组"
    FOLLOW_UP = "跟进组", "审批事项跟进组"
    CREW = "工作专班", "专班"
    PROJECT_GROUP = "项目工作小组", "项目管家团队"


class Event(Choice):
    """What a term runs from (起算事件)."""

    FIXED_DATE = "固定日期", "日期"
    PLANNED_START = "计划开工"
    SUBMITTED = "申报", "申报之日"
    ACCEPTED = "受理", "受理之日"
    FIRST_REVIEW = "初审"
    FORWARDED = "转报"
    HANDED_UP = "要件报送"
    REMOVED = "移除"
    NOTICE_RECEIVED = "收到通知", "收文"
    ISSUED = "印发", "发文"
    DONE = "办结"
    REPLIED = "答复"
    MEETING_HELD = "会议召开"
    PERIOD_ENDED = "报送期末", "期末"
