"""The wording of the 告知函, declared in the parts of the letter format; `docgen template rebuild` builds it."""

from __future__ import annotations

from docgen.standard.build.elements import Align
from docgen.standard.build.parts import (
    Addressee,
    AnnexHead,
    Body,
    ForEach,
    Heading,
    Note,
    NumberLine,
    Run,
    Slot,
    TitleLines,
    When,
)
from docgen.standard.build.table import Column, Table
from docgen.standard.forms.letter import Letter, build
from docgen.standard.measures.fonts import Face
from docgen.standard.measures.lengths import Mm, Pt
from docgen.standard.measures.look import STANDARD, Look


def _responsibility(demand: str) -> Body:
    return Body((Run("（一）明确责任。", Face.NAME), demand))


_PROJECT = (
    "该项目为{{ 项目.项目类型 }}项目，",
    "{{r 项目代码说明 }}",
    (
        "，建设地点为{{ 项目.建设地点 }}。"
        "建设内容及规模：{{ 项目.建设内容及规模 }}。总投资{{ 项目.总投资 }}亿元，计划{{ 项目.计划开工 }}开工。"
        "项目业主为{{ 项目.项目业主 }}，牵头单位为{{ 牵头单位 }}，"
        "项目管家为{{ 项目管家.职务 }}{{ 项目管家.姓名 }}同志。"
    ),
)

_OWN_IN_TEXT = (
    Body("由贵单位办理的待办手续共{{ 手续|length }}项："),
    ForEach(
        "项 in 手续",
        (
            Body(
                "{{ 项.编号 }}{{ 项.审批事项 }}（{{ 项.层级 }}，{{ 项.办理情况 }}），{{ 项.时限要求 }}{{ 项.句末 }}"
            ),
        ),
    ),
)

_OWN_AS_TABLE = (
    Body("由贵单位办理的待办手续共{{ 手续|length }}项，办理层级和时限如下：", keep_next=True),
    Table(
        (
            Column("序号", Mm(12), "{{ 项.次序 }}", Align.CENTER),
            Column("审批事项", Mm(58), "{{ 项.审批事项 }}"),
            Column("层级", Mm(20), "{{ 项.层级 }}", Align.CENTER),
            Column("当前状态", Mm(26), "{{ 项.状态 }}", Align.CENTER),
            Column("办理时限", Mm(40), "{{ 项.办理时限 }}", Align.CENTER),
        ),
        rows="项 in 手续",
    ),
)

_SCHEDULE = Table(
    (
        Column("序号", Mm(10), "{{ 项.次序 }}", Align.CENTER),
        Column("审批事项", Mm(33), "{{ 项.审批事项 }}"),
        Column("层级", Mm(12), "{{ 项.层级 }}", Align.CENTER),
        Column("审批单位", Mm(28), "{{ 项.审批单位简称 }}"),
        Column("法定工作日", Mm(14), "{{ 项.法定工作日 }}", Align.CENTER),
        Column("最迟申报", Mm(20.5), "{{ 项.最迟申报简写 }}", Align.CENTER),
        Column("办理时限", Mm(20.5), "{{ 项.办理时限简写 }}", Align.CENTER),
        Column("状态", Mm(18), "{{ 项.状态 }}", Align.CENTER),
    ),
    rows="项 in 全部手续",
    size=Pt(10.5),
)

_FEEDBACK = Table(
    (
        Column("序号", Mm(10), "{{ 项.次序 }}", Align.CENTER),
        Column("事项", Mm(37), "{{ 项.事项 }}"),
        Column("办理时限", Mm(20.5), "{{ 项.办理时限简写 }}", Align.CENTER),
        Column("责任人", Mm(20), "{{ 项.责任人 }}", Align.CENTER),
        Column("职务", Mm(19), "", Align.CENTER),
        Column("联系电话", Mm(24.5), "", Align.CENTER),
        Column("计划办结日期", Mm(25), "", Align.CENTER),
    ),
    rows="项 in 反馈事项",
    size=Pt(10.5),
    height=Mm(11),
)

LETTER = Letter(
    title="{{ 标题 }}",
    author="{{ 机制.办公室全称 }}",
    parts=(
        Slot("发文机关标志"),
        NumberLine("{{ 发文字号 }}"),
        TitleLines("标题行"),
        Addressee("{{ 主送单位.单位全称 }}："),
        Body(
            "按照《{{ 机制.设立文件名称 }}》（{{ 机制.设立文件文号 }}）要求，现将{{ 项目.项目名称 }}"
            "（{{ 机制.年度 }}年重大项目清单第{{ 项目.序号 }}号）前期手续办理事项函告如下。"
        ),
        Heading(1, "一、项目概况"),
        Body(_PROJECT),
        Heading(1, "二、请贵单位办理的事项"),
        When(
            "是牵头单位",
            (
                Body(
                    "贵单位为该项目牵头单位，请会同项目业主和各审批单位，统筹推进附件1所列{{ 待办总数 }}项待办手续，"
                    "及时协调解决办理中的问题。"
                ),
            ),
        ),
        When("手续 and not 手续较多", _OWN_IN_TEXT),
        When("手续较多", _OWN_AS_TABLE),
        When(
            "手续较多 and 缺件情况",
            (Body("其中，{{ 缺件情况 }}。"),),
        ),
        When(
            "手续较多 and 超期事项",
            (Body("其中，{{ 超期事项 }}已超过办理时限，请即组织办理，并说明原因和补救措施。"),),
        ),
        When(
            "超期事项 and not 手续较多",
            (Body("对已超过办理时限的，请一并说明原因和补救措施。"),),
        ),
        Heading(1, "三、有关要求"),
        When(
            "手续",
            (_responsibility("请于{{ 反馈期限 }}前逐项明确责任人和计划办结日期，填写附件2反馈我办。"),),
            otherwise=(_responsibility("请于{{ 反馈期限 }}前明确牵头责任人，填写附件2反馈我办。"),),
        ),
        Body(
            (
                Run("（二）倒排工期。", Face.NAME),
                "请对照附件1安排进度，能提前的尽量提前；需报上级审批的，抓紧初审上报并跟踪结果。",
            )
        ),
        Body(
            (
                Run("（三）及时反映问题。", Face.NAME),
                "要件不齐的，请一次性告知项目业主；需要协调的，请随时告知我办，由我办提请工作机制研究。",
            )
        ),
        Body("特此函告，请予支持为盼。", keep_next=True),
        Slot("附件说明"),
        Slot("落款"),
        Note("（联系人：{{ 机制.联系人 }}，联系电话：{{ 机制.联系电话 }}）"),
        AnnexHead("附件1", "工期表标题行"),
        Body("项目名称：{{ 项目.项目名称 }}"),
        _SCHEDULE,
        Body(
            "注：最迟申报日期按办理时限和法定工作日倒推，申报当日不计；已申报和无需办理的不列。{{ 工期说明 }}"
        ),
        AnnexHead("附件2", "反馈表标题行"),
        Body("项目名称：{{ 项目.项目名称 }}"),
        _FEEDBACK,
        Body("请于{{ 反馈期限 }}前反馈{{ 机制.办公室简称 }}。"),
        Slot("抄送"),
    ),
)


def template(look: Look = STANDARD) -> bytes:
    """Return the template that docgen ships for the 告知函, in the look of a workspace."""
    return build(LETTER, look)
