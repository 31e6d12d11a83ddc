"""What lists of other offices write above the columns of projects and approvals, besides the labels of docgen's own.

The patterns are of whole heads, from which brackets and white space are gone and in which the year of the mechanism
reads 本年 and the end of the year before 上年底. Found in lists of many provinces; a head that fits none is guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

PROJECT: Final[Mapping[str, str]] = {
    "number": "序号?|编号|项目序号|次序",
    "name": "(?:建设|重点|重大)?(?:项目|工程)(?:工程)?(?:名称)?",
    "code": "(?:国家|投资)?项目(?:统一)?(?:代码|编码)|(?:在线)?(?:审批)?平台(?:赋)?(?:代码|码)",
    "type": "投资(?:类型|性质|主体|类别)|项目投资类型",
    "industry": "(?:所属|项目)?(?:行业|领域|产业)(?:类别|类型|分类|名称)?|项目类别",
    "nature": "(?:项目|建设)(?:性质|状态)|新建或续建|新续建",
    "district": "(?:所属|所在|项目所在)?(?:县市区|旗县市区|市县区|区县|县区|旗县|旗县区|地区|行政区)",
    "place": "(?:项目|具体)?(?:建设|实施)?(?:地点|地址|位置)|项目选址",
    "land": "(?:用地|占地)(?:面积|规模)?",
    "total_investment": "(?:项目)?(?:计划|估算|概算|预计|投资)?总投资(?:额|估算|规模|概算)?|投资(?:总额|规模|估算)",
    "invested_before": "(?:截至|至)?上年底?(?:底|末)?(?:已)?(?:累计|已)?(?:已)?完成(?:投资)?(?:额)?",
    "year_investment": "本年(?:度)?(?:计划|预计)?(?:完成)?投资(?:计划|目标|任务|额)?(?:额|数)?",
    "invested_this_year": (
        "本年(?:度)?(?:1至|1-)?\\d{0,2}月?(?:份)?(?:累计|已|实际)(?:已)?完成(?:投资)?(?:额)?"
        "|(?:1至|1-)\\d{1,2}月(?:份)?(?:累计)?(?:已)?完成(?:投资)?(?:额)?"
    ),
    "invested": "(?:开工以来|自开工以?来?|目前|至今)?累计(?:已)?完成(?:总)?投资(?:额)?",
    "content": (
        "(?:项目)?(?:主要)?建设(?:内容|规模)(?:[及和与](?:主要)?(?:建设)?(?:规模|内容))?|项目(?:概况|内容|简介)"
    ),
    "year_content": (
        "本年(?:度)?(?:计划|主要)*(?:建设)?(?:内容|目标|任务|工作内容|形象进度|进度目标|建设目标|建设任务)"
    ),
    "progress": "(?:目前|当前|最新|项目|工程)*(?:形象)?进[度展](?:情况)?|进展情况",
    "owner": (
        "(?:项目)?(?:业主|建设|法人|实施|责任主体)(?:单位|企业|法人)?(?:名称)?"
        "|项目(?:单位|法人|企业)|(?:项目|建设|实施)主体"
    ),
    "owner_contact": "(?:项目业主|业主|项目单位|项目|企业)(?:单位)?联系人(?:姓名)?|联系人",
    "owner_phone": "(?:项目业主|业主|项目单位|项目|企业)?(?:单位)?联系(?:人)?(?:电话|方式|手机)|电话|手机",
    "lead_units": "(?:牵头|责任|主责|包保|推进)(?:责任)?(?:单位|部门)",
    "supporting_units": "(?:配合|协助|协同)(?:责任)?(?:单位|部门)",
    "competent_unit": "(?:行业)?主管(?:责任)?(?:单位|部门)",
    "registering_unit": "(?:立项|审批核准备案|备案)(?:单位|部门|机关)",
    "agents": "(?:代办|帮办|帮代办|服务)(?:单位|部门)",
    "steward": "(?:包联|包保|联系|挂包|包抓|领衔|包联包保)(?:的)?(?:县级|市级|旗级|县|市|旗)?领导|项目管家|包联人",
    "planned_start": "(?:计划|预计|拟)(?:开工|开建)(?:建设)?(?:时间|日期|年月|月份)?|开工(?:时间|日期|年月)",
    "planned_finish": (
        "(?:计划|预计|拟)?(?:竣工|完工|建成|投产|竣工投产|建成投产)(?:时间|日期|年月)|计划(?:竣工|完工|建成)"
    ),
    "registration": "(?:立项|批复|备案|核准)(?:文号|编号|文件)",
    "remark": "备注|说明|备注说明",
}
"""What stands above columns of projects, by the English name of the field."""
APPROVAL: Final[Mapping[str, str]] = {
    "project": "(?:建设|重点|重大)?(?:项目|工程)(?:名称)?",
    "state": "办理(?:情况|进展|状态|结果)|进展(?:情况)?|状态|是否(?:办结|办理|完成|取得)|完成情况|办结情况",
    "planned": "(?:办理|完成|办结|计划)?(?:时限|期限)|(?:计划|预计)(?:办结|完成|取得)(?:时间|日期|时限)?|完成时间",
    "done": "(?:办结|批复|取得|实际完成|发证|完成)(?:日期|时间)",
    "responsible": "(?:具体)?(?:责任|经办|承办|办理)人(?:员)?",
    "unit": "(?:审批|责任|办理|承办|主管)(?:单位|部门|机关)",
    "permit": "(?:批复|批文|证照|许可|文件)?(?:文号|编号)",
    "level": "(?:办理|审批)?层级|审批(?:级别|权限)",
    "dossier": "组卷(?:情况)?|组件(?:情况)?",
    "blocked_by": "(?:存在|卡点)?(?:问题|卡点|堵点|难点)",
    "remark": "备注|说明",
    "item": "(?:审批|手续|办理)?(?:事项|手续)(?:名称)?|前期手续(?:名称|事项)",
}
"""What stands above columns of approvals, or below the name of an item above several columns."""
UNDER_APPROVALS: Final = re.compile("手续|审批|要件|办理情况")
"""A head above others that makes these the names of approvals."""
FROM_TO: Final = re.compile(
    "(?:项目)?(?:建设)?(?:起止|起讫)(?:年限|时间|年月|日期)|建设(?:年限|工期|周期|期限)"
)
"""A head above a column that says both when works begin and when they end."""


def of_year(words: str, year: int | None) -> str:
    """Return a head in which this year and the end of the last read as words; `year` is the mechanism's."""
    if year:
        words = re.sub(f"{year - 1}年(?:12月)?(?:底|末)|去年(?:底|末)|上年(?:末)", "上年底", words)
        words = re.sub(f"{year}年(?:度)?", "本年", words)
    return re.sub("今年|当年|本年度|(?<!上)(?<!本)年度", "本年", words)


ABBREVIATIONS: Final[Mapping[str, str]] = {
    "环评": "环境影响评价", "能评": "节能审查", "水保": "水土保持", "稳评": "社会稳定风险评估", "安评": "安全评价",
    "林评": "使用林地", "林地": "使用林地", "洪评": "洪水影响评价", "压矿": "压覆", "文勘": "考古",
    "用规": "建设用地规划许可",
    "工规": "建设工程规划许可", "施工证": "施工许可",
}  # fmt: skip
"""What heads of approvals say in short, by how the names of the items begin that they mean: guesses."""
