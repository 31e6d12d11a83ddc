"""Example D, a banner's sweep of the year 2025: 宝日图旗 of 敖特尔盟, its 465 projects, all invented."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import Any

from making.common import Row, Tables, table, workdays_after
from making.office import Place, columns, mechanism

TODAY = date(2025, 8, 18)
PROJECTS = 465
_MECHANISM = """
全称 | 宝日图旗投资项目审批大起底行动领导小组
简称 | 旗大起底行动领导小组
层级 | 旗县级
所在地 | 朔宁自治区敖特尔盟宝日图旗
年度 | 2025
办公室全称 | 宝日图旗投资项目审批大起底行动领导小组办公室
办公室简称 | 旗大起底办
承办单位 | 旗发改委
署名方式 | 办公室自有印章
印章直径 | 42
设立文件名称 | 宝日图旗投资项目审批大起底行动方案
设立文件文号 | 宝政办发〔2025〕19号
设立文件日期 | 2025-07-08
联系电话 | 0990-6801001
办公地点 | 宝日图旗政务服务中心3楼305室
预警工作日 | 5
层级称谓 | 苏木乡镇级、旗县级、盟市级、自治区级、国家级
项目称谓 | 起底项目
自定职务 | 办公室成员
"""
_KINDS = """
文种 | 机关代字 | 抄送 | 合并方式 | 保管期限
印发通知 | 宝政办发 |  |  | 永久
台账报告 | 宝起底办报 |  |  | 永久
台账上报 | 宝政报 |  |  | 永久
报告 | 宝起底办报 | '旗纪委监委' |  | 30年
会议通知 | 宝起底办函 |  |  | 10年
会议纪要 | 宝起底办纪 | 组长、副组长 |  | 永久
移出说明 | 宝起底办发 | 牵头单位 | 汇总 | 30年
移出项目库函 | 宝起底办函 |  |  | 30年
红灯告知单 | 宝起底办警 |  |  | 10年
超期项目月报 | 宝起底办发 |  |  | 30年
热线转办单 | 宝起底办转 |  |  | 10年
催办函 | 宝起底办函 |  |  | 10年
挂牌督办通知书 | 宝起底办督 | '旗政府督查室' |  | 30年
解除挂牌督办通知书 | 宝起底办督 | '旗政府督查室' |  | 30年
回头看整改通知 | 宝起底办函 |  |  | 10年
线上审批通报 |  |  |  | 30年
"""
_SETTINGS = """
文种 | 设置 | 值 | 说明
印发通知 | 主送 | 各苏木乡镇人民政府，旗直各有关部门 | 正文发到哪里
印发通知 | 印发机关 | 宝日图旗人民政府办公室 |
印发通知 | 名单反馈工作日 | 0 | 不另外反馈名单
报告 | 时段 | 半月 | 9月30日以前每半月报送，以后改为月
移出说明 | 签字栏 | 是 | 单位主要领导和分管旗长签字
台账上报 | 签发领导 | {chief} | 旗政府行文，由旗长签发
"""
_RULES = """
开工时段 | 起算 | 办结时限 | 年份
不限 | 固定日期 | 12月31日 | 2025
"""
_TARGETS = """
分组 | 口径 | 表扬首位 | 说明
审批单位 | 以手续计 | 1 | 只排名，不约谈
"""
_EVENTS = """
序号 | 事项 | 起算 | 月日 | 天数 | 天数种类 | 按事项时限 | 完成标志 | 周期 | 责任方 | 依据条款
1 | 手续部门反馈核查情况 | 固定日期 | 8月20日 | | | | | | 手续部门 | 三、（一）
2 | 立项部门台账签字 | 固定日期 | 8月23日 | | | | | | 立项部门 | 三、（二）
3 | 全旗台账报旗政府 | 固定日期 | 8月25日 | | | | | | 领导小组办公室 | 三、（二）
4 | 不符合规定的项目移出清单 | 固定日期 | 9月20日 | | | | | | 立项部门 | 四、（三）
5 | 入驻一体化平台或在线审批平台 | 固定日期 | 9月30日 | | | | | | 手续部门 | 五、（二）
6 | 审批基本完成 | 固定日期 | 12月31日 | | | | | | 手续部门 | 四、（一）
7 | 一次性告知 | 申报 | | 3 | 工作日 | | | | 手续部门 | 四、（二）
8 | 完成初审 | 申报 | | 5 | 工作日 | | 初审 | | 手续部门 | 四、（一）
9 | 转报上级 | 受理 | | 5 | 工作日 | | 转报 | | 手续部门 | 四、（一）
10 | 超期项目统计 | 固定日期 | 12月31日 | | | | | 月 | 领导小组办公室 | 五、（一）
"""
_BODIES = """
序号 | 名称 | 类别 | 设在单位 | 成员单位 | 负责人 | 职责 | 设立日期
1 | 宝日图旗投资项目审批大起底行动领导小组 | 工作机制 | 旗政府办 | {members} | {chief}、{deputy}、{second} | 组织大起底行动，研究决定重大事项 | 2025-07-08
2 | 领导小组办公室 | 办公室 | 旗发改委 | 旗发改委、旗政务服务局 | {office} | 汇总台账，调度、通报、督办 | 2025-07-08
3 | 大起底工作专班 | 工作专班 | 旗发改委 | 旗发改委、旗工信局、旗自然资源局、旗生态环境局、旗住建局、旗林草局 | {crew} | 集中办公，逐个项目核查 | 2025-07-15
"""
_CHARGES = """
领导 | 行业 | 起
{deputy} | 工业、能源 | 2025-07-08
{second} | 农牧、水利、市政、生态 | 2025-07-08
"""
_REMOVALS = """
编号 | 项目 | 调整类型 | 申请单位 | 申请日期 | 理由 | 依据条款 | 业主意见 | 分管领导
调2025-01 | 17 | 调出 | 旗发改委 | 2025-08-15 | 业主2019年注销，项目没有建设，用地预审意见已经失效 | 四、（三） | 业主已经注销 | {second}
调2025-02 | 88 | 调出 | 旗工信局 | 2025-08-15 | 工艺列入产业结构调整指导目录淘汰类，不能办理环境影响评价 | 四、（三） | 同意移出 | {deputy}
调2025-03 | 203 | 调出 | 旗发改委 | 2025-08-18 | 选址位于生态保护红线内，项目没有建设 | 四、（三） | 同意移出 | {second}
"""
_ASKED = """
编号 | 项目 | 审批事项 | 审批单位 | 收件日期 | 缺少材料 | 依据 | 合理化建议 | 经办人 | 告知日期 | 状态
告2025-01 | 41 | 水土保持方案 | 旗水利局 | 2025-08-04 | 水土保持方案报告表；土石方平衡说明 | 《水土保持法》第二十五条 | 占地不足5公顷，可以由编报告书改为编报告表，不需要专家评审 | {p4} | 2025-08-06 | 已补正
告2025-02 | 120 | 环境影响评价 | 旗生态环境局 | 2025-08-14 | 环境影响报告表；粪污消纳协议 | 《环境影响评价法》第二十二条 | 养殖规模在登记表管理范围内的部分，可以在网上备案 | {p3} | | 待告知
告2025-03 | 266 | 建设工程规划许可 | 旗自然资源局 | 2025-08-15 | 总平面图；设计方案审查意见 | 《城乡规划法》第四十条 | 设计方案审查与用地规划许可同时申报，踏勘合并一次 | {p2} | | 待告知
"""
_CALLS = """
编号 | 来电日期 | 工单号 | 反映人 | 项目 | 反映问题 | 承办单位 | 答复日期 | 答复情况 | 是否解决 | 状态
热2025-01 | 2025-07-22 | 12345-250722-031 | 宝日图旗乳源牧业有限公司 | 52 | 申请材料交了两个月没有受理通知 | 旗林草局 | 2025-07-25 | 当天出具受理通知，说明审核时限 | 是 | 已办结
热2025-02 | 2025-08-06 | 12345-250806-017 | 宝日图旗恒筑建材有限公司 | 133 | 施工许可被要求重复提供图审合格书 | 旗住建局 | 2025-08-08 | 图审结果由部门内部核验，不再要求企业提供 | 是 | 已办结
热2025-03 | 2025-08-15 | 12345-250815-044 | 某养殖合作社 | 310 | 草地征占用审核要跑几个窗口，谁牵头说不清楚 | 旗林草局 | | | | 待转办
"""
_FILED = """
编号 | 报备单位 | 措施名称 | 专班负责人 | 专班人数 | 应报日期 | 报备日期
备2025-01 | 旗发改委 | 旗发改委大起底细化工作措施 | {h0} | 5 | 2025-07-25 | 2025-07-22
备2025-02 | 旗工信局 | 旗工信局大起底细化工作措施 | {h1} | 4 | 2025-07-25 | 2025-07-24
备2025-03 | 旗自然资源局 | 旗自然资源局大起底细化工作措施 | {h2} | 8 | 2025-07-25 | 2025-07-25
备2025-04 | 旗生态环境局 | 旗生态环境局大起底细化工作措施 | {h3} | 4 | 2025-07-25 | 2025-07-25
备2025-05 | 旗住建局 | 旗住建局大起底细化工作措施 | {h4} | 6 | 2025-07-25 | 2025-07-29
备2025-06 | 旗水利局 | 旗水利局大起底细化工作措施 | {h5} | 3 | 2025-07-25 | 2025-07-21
备2025-07 | 旗林草局 | 旗林草局大起底细化工作措施 | {h6} | 5 | 2025-07-25 | 2025-07-25
备2025-08 | 旗农牧局 | | | | 2025-07-25 |
"""
_SEARCHED = """
编号 | 单位 | 年度范围 | 应报日期 | 报送日期 | 梳理项目 | 手续不全 | 说明
自2025-01 | 旗发改委 | 2010年至2015年 | 2025-08-20 | 2025-08-19 | 127 | 34 | 手续不全的列入下一步清理
自2025-02 | 旗工信局 | 2010年至2015年 | 2025-08-20 | 2025-08-20 | 46 | 12 |
自2025-03 | 旗农牧局 | 2012年至2015年 | 2025-08-20 | | | |
"""
_SCORED = """
编号 | 月份 | 考核单位 | 被考核单位 | 迟报扣分 | 超期扣分 | 告知扣分 | 得分 | 说明
考2025-01 | 2025年8月 | 旗发改委 | 旗自然资源局 | 0 | 0 | 0 | 100 |
考2025-02 | 2025年8月 | 旗发改委 | 旗林草局 | 2 | 0 | 5 | 93 | 热2025-03没有一次说清办理流程
考2025-03 | 2025年8月 | 旗发改委 | 旗水利局 | 0 | 0 | 0 | 100 |
考2025-04 | 2025年8月 | 旗工信局 | 旗生态环境局 | 0 | 0 | 0 | 100 |
考2025-05 | 2025年8月 | 旗工信局 | 旗住建局 | 2 | 0 | 0 | 98 | 8月上半月迟报
"""
_JOINED = """
编号 | 单位 | 平台 | 应入驻日期 | 入驻日期 | 事项数 | 未入驻原因
入2025-01 | 旗发改委 | 在线审批平台 | 2025-09-30 | 2025-03-10 | 4 |
入2025-02 | 旗工信局 | 在线审批平台 | 2025-09-30 | 2025-07-02 | 2 |
入2025-03 | 旗自然资源局 | 一体化平台 | 2025-09-30 | 2025-08-11 | 4 |
入2025-04 | 旗生态环境局 | 在线审批平台 | 2025-09-30 | | | 自建系统没有对接
入2025-05 | 旗住建局 | 一体化平台 | 2025-09-30 | 2025-08-14 | 2 |
入2025-06 | 旗水利局 | 在线审批平台 | 2025-09-30 | 2025-06-20 | 1 |
入2025-07 | 旗林草局 | 一体化平台 | 2025-09-30 | | | 等待自治区统一开通账号
"""
_CREW = {"旗发改委": "台账汇总", "旗工信局": "工业项目核查", "旗自然资源局": "用地、规划手续核查", "旗生态环境局": "环评手续核查",
         "旗住建局": "施工许可核查", "旗林草局": "林地、草地手续核查"}  # fmt: skip
MEMBERS = (
    "发改委",
    "工信局",
    "自然资源局",
    "生态环境局",
    "住建局",
    "水利局",
    "林草局",
    "农牧局",
    "政务服务局",
)
_ITEMS_LEFT_OUT = ("立项（审批）", "立项（备案）", "用地预审与选址意见书", "节能审查", "取水许可")
_PROMISED = {"林地征占用审核": 10, "草地征占用审核": 10, "新增建设用地审批": 15, "建设用地规划许可": 5, "环境影响评价": 10,
             "水土保持方案": 5, "建设工程规划许可": 7, "施工许可": 3}  # fmt: skip


def tables() -> Tables:
    """Return all sheets of the example."""
    place = Place("d", "宝日图旗", "旗", "旗县级", {"自治区": ("自治区", "朔宁自治区", "自治区级")})
    place.since = "2025-07-08"
    place.unit("旗政府办", "宝日图旗人民政府办公室", "配合单位")
    place.departments(dict.fromkeys(MEMBERS, "成员单位、牵头单位、审批单位、主管部门"))
    for unit in place.units[1:]:
        unit["+派驻纪检监察组"] = f"旗纪委监委派驻{unit['规范化简称']}纪检监察组"
    for name in ("发改委", "工信局"):
        next(each for each in place.units if each["规范化简称"] == f"旗{name}")["角色"] += "、立项部门"
    people = _people(place)
    items = _items(place)
    rows = list(_projects())
    owed = list(_approvals(rows, items, people["clerk"]))
    return {
        "工作机制": mechanism(_MECHANISM + f"联系人 | {people['drafter']}\n"), "文种": table(_KINDS),
        "文种设置": table(_SETTINGS.format(**people)), "时限规则": table(_RULES), "考核规则": table(_TARGETS),
        "规则事项": table(_EVENTS), "单位": place.units, "人员": place.people, "事项": columns(items), "项目": rows,
        "手续": owed, "清单调整": table(_REMOVALS.format(**people)),
        "机构": table(_BODIES.format(members="、".join(f"旗{each}" for each in MEMBERS), **people)),
        "分管": table(_CHARGES.format(**people)), "报送": list(_returns()),
        "专班": _seconded(people), "自查": table(_SEARCHED), "备案": table(_FILED.format(**people)),
        "告知": table(_ASKED.format(**people)), "热线": table(_CALLS), "考核": table(_SCORED), "入驻": table(_JOINED),
        "回头看": _looked_at_again(owed, people),
    }  # fmt: skip


def _people(place: Place) -> dict[str, Any]:
    """Add the leading group, its office and its crew; return who is spoken of."""
    place.names.given |= {"尹采薇", "葛守拙"}
    found: dict[str, Any] = {
        "chief": place.person("旗政府办", "旗委副书记、旗长", "组长"),
        "deputy": place.person("旗政府办", "旗委常委、常务副旗长", "副组长"),
        "second": place.person("旗政府办", "副旗长", "副组长"),
    }
    also = {"旗发改委": "、办公室主任", "旗政务服务局": "、办公室副主任"}
    units = [f"旗{each}" for each in MEMBERS]
    for at, unit in enumerate(units):
        post = "党组书记、主任" if unit.endswith("委") else "党组书记、局长"
        found[f"h{at}"] = place.person(unit, post, f"成员{also.get(unit, '')}")
    found["office"] = f"{found['h0']}、{found['h8']}"
    found["clerk"] = {unit: place.person(unit, "项目股股长") for unit in units}
    found |= {
        f"p{at}": found["clerk"][f"旗{name}"]
        for at, name in enumerate(("发改委", "工信局", "自然资源局", "生态环境局", "水利局"))
    }
    for unit in ("旗发改委", "旗工信局", "旗自然资源局"):
        place.person(unit, "副主任" if unit.endswith("委") else "副局长", "办公室成员")
    found["drafter"] = place.person("旗发改委", "重点项目股股长", "经办", name="尹采薇")
    place.person("旗发改委", "重点项目股四级主任科员", "核稿", name="葛守拙")
    crew = {
        unit: place.person(unit, "业务骨干", "专班负责人" if unit == "旗发改委" else "专班成员")
        for unit in _CREW
    }
    found |= {"crew": crew["旗发改委"], "seconded": crew}
    return found


def _seconded(people: dict[str, Any]) -> list[Row]:
    return [
        {"编号": f"专2025-{at:02}", "派出单位": unit, "人员": people["seconded"][unit], "分工": work, "应到岗日期": "2025-07-15",
         "到岗日期": "2025-07-17" if unit == "旗住建局" else "2025-07-14"}
        for at, (unit, work) in enumerate(_CREW.items(), start=1)
    ]  # fmt: skip


def _looked_at_again(owed: Sequence[Row], people: dict[str, Any]) -> list[Row]:
    """Return the second look at the first approval that was done before the sweep."""
    done = next(each for each in owed if each["状态"] == "办结")
    return [{"编号": "回2025-01", "项目": done["项目"], "审批事项": done["审批事项"], "类别": "已办结", "复核日期": "2025-08-14",
             "复核人": f"{people['drafter']}、{people['p2']}", "复核情况": "批文原件与台账一致", "结论": "属实", "状态": "已销号"}]  # fmt: skip


def _items(place: Place) -> list[Row]:
    """Return the eight approvals of the sweep with the terms that departments promise."""
    made = place.items(_ITEMS_LEFT_OUT)
    for row in made:
        row["承诺时限"] = str(_PROMISED[row["事项名称"]])
    return made


_PLACES = (
    "宝日图镇",
    "东乌拉镇",
    "白音查苏木",
    "红柳苏木",
    "沙力嘎苏木",
    "查干苏木",
    "胡日哈苏木",
    "工业园区",
)
_VILLAGES = ("巴彦嘎查", "新立嘎查", "东风嘎查", "哈达嘎查", "向阳村", "柳树村", "二道沟村", "西井村")
_BUILT = """
内容 | 行业 | 类型 | 牵头 | 立项 | 规模 | 总
肉牛育肥场项目 | 农牧 | 企 | 旗农牧局 | 旗发改委 | 建设存栏{n}00头育肥牛舍及饲草库 | 0.3
肉羊标准化养殖场项目 | 农牧 | 企 | 旗农牧局 | 旗发改委 | 建设存栏{n}000只标准化羊舍 | 0.2
饲草料加工项目 | 农牧 | 企 | 旗农牧局 | 旗工信局 | 年加工饲草料{n}000吨 | 0.25
高标准农田建设项目 | 农牧 | 政 | 旗农牧局 | 旗发改委 | 建设高标准农田{n}000亩，配套机井和输电线路 | 0.4
人饮安全巩固提升工程 | 水利 | 政 | 旗水利局 | 旗发改委 | 新建水源井{n}眼，铺设管网 | 0.15
灌区节水改造工程 | 水利 | 政 | 旗水利局 | 旗发改委 | 衬砌渠道{n}公里，改造建筑物 | 0.5
供热管网改造工程 | 市政 | 政 | 旗住建局 | 旗发改委 | 改造供热管网{n}公里、换热站 | 0.6
污水处理设施项目 | 市政 | 政 | 旗住建局 | 旗发改委 | 建设日处理{n}00吨污水处理设施 | 0.35
建材加工项目 | 工业 | 企 | 旗工信局 | 旗工信局 | 年产新型墙体材料{n}万立方米 | 0.8
萤石粉加工项目 | 工业 | 企 | 旗工信局 | 旗工信局 | 年加工萤石粉{n}万吨 | 1.1
分散式风电项目 | 能源 | 企 | 旗发改委 | 旗发改委 | 安装风机{n}台及集电线路 | 1.8
防沙治沙工程 | 生态 | 政 | 旗林草局 | 旗发改委 | 治理沙地{n}000亩 | 0.3
"""
_OWNERS = (
    "乳源牧业",
    "恒筑建材",
    "草原绿丰农业",
    "金沙矿业",
    "牧歌食品",
    "沐风新能源",
    "蓝泉水务",
    "安居建设",
)


def _projects() -> Iterator[Row]:
    """Yield the projects registered from 2016 to 2025, in the order of their years."""
    steps = random.Random("d465")  # noqa: S311  # nothing secret
    found = list(product(_PLACES, _VILLAGES, table(_BUILT)))
    steps.shuffle(found)
    years = sorted(2016 + steps.randrange(10) for _ in range(PROJECTS))
    for number, (year, (town, village, built)) in enumerate(zip(years, found, strict=False), start=1):
        enterprise, size = built["类型"] == "企", 2 + steps.randrange(18)
        total = round(float(built["总"]) * (0.5 + size / 10), 2)
        serial = f"{100003 + number * 7919 % 899999}"
        code = (
            f"{year}-150997-44-03-{serial}"
            if year < 2021
            else f"{year % 100}{1 + number % 12:02}-150997-04-01-{serial}"
        )
        owner = (
            f"宝日图旗{_OWNERS[number % len(_OWNERS)]}有限公司"
            if enterprise
            else built["牵头"].replace("旗", "宝日图旗", 1)
        )
        yield {
            "序号": number, "项目名称": f"{town}{village}{built['内容']}", "国家项目代码": code,
            "项目类型": "企业投资" if enterprise else "政府投资", "行业": built["行业"], "建设性质": "新建", "项目级别": "旗县级",
            "所属县区": "宝日图旗", "建设地点": f"{town}{village}", "总投资": f"{total:.2f}",
            "建设内容及规模": built["规模"].format(n=size), "项目业主": owner, "牵头单位": built["牵头"], "主管部门": built["牵头"],
            "立项部门": built["立项"], "代办单位": "旗政务服务局" if number % 3 else None, "清单阶段": "终稿",
            "项目状态": "已开工" if number in BEGUN or (steps.random() >= 0.4 and number not in UNBUILT) else "未开工", "+立项年份": year,
        }  # fmt: skip


UNBUILT, BEGUN = (17, 203), (88,)
"""Those that are removed: never built, and built by a process that is not allowed any more."""


def _approvals(projects: Sequence[Row], items: Sequence[Row], clerk: dict[str, str]) -> Iterator[Row]:
    """Yield what projects lack, one or two approvals each, and of some what they have."""
    steps = random.Random("d1")  # noqa: S311  # nothing secret
    for project in projects:
        picked = sorted(steps.sample(range(len(items)), 1 + steps.randrange(2)))
        fixed = _FIXED.get(project["序号"])
        if fixed:
            picked = sorted({*picked, next(at for at, each in enumerate(items) if each["事项名称"] == fixed)})
        for at in picked:
            item = items[at]
            row: Row = {"项目": project["序号"], "审批事项": item["事项名称"]}
            if item["事项名称"] == fixed:
                yield {
                    **row,
                    "状态": "组卷中",
                    "组卷情况": "材料正在汇总",
                    "责任人": clerk.get(item["通常审批单位"]),
                }
            else:
                yield row | _standing(item, clerk, steps)


_FIXED = {3: "新增建设用地审批", 41: "水土保持方案", 120: "环境影响评价", 266: "建设工程规划许可", 52: "林地征占用审核",
          133: "施工许可", 310: "草地征占用审核", 5: "环境影响评价", 24: "水土保持方案"}  # fmt: skip
"""Approvals that the year speaks of."""
_PROMISES = ("2025-09-30", "2025-10-31", "2025-11-28", "2025-11-28", *["2025-12-26"] * 8)
_REASONS = ("资金没有落实", "业主变更设计", "征地补偿没有完成", "要件正在编制")


def _standing(item: Row, clerk: dict[str, str], steps: random.Random) -> Row:
    """Return how an approval stands in the middle of August: a quarter done long ago, the others on their way."""
    luck, person = steps.random(), clerk.get(item["通常审批单位"])
    if luck < 0.15:
        day = date(2018 + steps.randrange(7), 1 + steps.randrange(12), 10)
        return {"状态": "办结", "申报日期": day, "受理日期": day, "办结日期": workdays_after(day, 8),
                "证照编号": f"{item['字']}〔{day.year}〕{11 + steps.randrange(160)}号"}  # fmt: skip
    if luck < 0.4:
        return _accepted(item, person, steps)
    if luck < 0.45:
        day = workdays_after(date(2025, 7, 28), steps.randrange(12))
        lacking = item["主要要件"].split("、")[-1]
        above = {"初审日期": min(workdays_after(day, 3), TODAY)} if item["层级"] == "自治区级" else {}
        return {
            "状态": "补正",
            "申报日期": day,
            "责任人": person,
            "缺少要件": lacking,
            "审批环节": "等待补正",
            **above,
        }
    if luck < 0.7:
        return {
            "状态": "组卷中",
            "组卷情况": "材料正在汇总",
            "责任人": person,
            "计划办结": steps.choice(_PROMISES[1:]),
        }
    return {"状态": "未申报", "当前卡点": steps.choice(_REASONS)}


def _accepted(item: Row, person: str | None, steps: random.Random) -> Row:
    """Return an approval that was accepted since July; those for the region's organs were sent up in time, but for a few."""
    day = workdays_after(date(2025, 7, 14), steps.randrange(20))
    until, luck = steps.choice(_PROMISES), steps.random()
    row: Row = {"状态": "已受理", "申报日期": day, "受理日期": day, "责任人": person, "计划办结": until, "审批环节": "审查",
                "+线上办理": "是"}  # fmt: skip
    sent = workdays_after(day, 4)
    if item["层级"] == "自治区级" and sent < TODAY and luck > 0.05:
        row |= {
            "状态": "上报上级",
            "初审日期": workdays_after(day, 3),
            "转报日期": sent,
            "审批环节": "上级审查",
            "计划办结": "2025-12-26",
        }
    return row


def _returns() -> Iterator[Row]:
    """Yield who returned how the work goes, half month by half month, and who was late."""
    for at, name in enumerate(MEMBERS):
        for period, due in (("2025年7月下半月", "2025-07-31"), ("2025年8月上半月", "2025-08-15")):
            late = (name, period[5:7]) in {("住建局", "8月"), ("林草局", "8月")}
            row: Row = {"单位": f"旗{name}", "期": period, "报送事项": "工作进展情况", "应报日期": due}
            if at != 7 or period.startswith("2025年7月"):
                row["报送日期"] = "2025-08-18" if late else due
            yield row
