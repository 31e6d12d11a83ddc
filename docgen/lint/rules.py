"""The rules of the checker, one row each; the judges find, this table says what a finding means.

`docs/lint-rules.md` is made from it. Severities: an error breaks GB/T 9704-2012; a warning breaks what it
recommends, GB/T 15834, GB/T 15835 or settled practice, or is something left over; a hint is for a person to weigh.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


SEVERITY_NAMES: Final = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.HINT: "提示"}


@dataclass(frozen=True)
class Rule:
    """A rule.

    Args:
        id: Its stable name, by which it is switched off.
        clause: The clause of GB/T 9704-2012, or the other source.
        severity: How grave a breach is.
        element: The element it speaks of.
        checks: What is checked, in Chinese.
        mend: How a breach is mended, in Chinese.
        tolerance: How far a measure may be off, in `unit`; None when nothing is measured.
        unit: The unit of the tolerance.
    """

    id: str
    clause: str
    severity: Severity
    element: str
    checks: str
    mend: str
    tolerance: float | None = None
    unit: str = ""


_E: Final = Severity.ERROR
_W: Final = Severity.WARNING
_H: Final = Severity.HINT
_MARKS: Final = "GB/T 15834"
_NUMERALS: Final = "GB/T 15835"
_PRACTICE: Final = "惯例"
_REGULATION: Final = "公文处理工作条例"

RULES: Final = (
    # The page
    Rule("paper", "5.1", _E, "页面", "用纸为 A4（210×297 mm）", "页面设置改为 A4", 1.0, "mm"),
    Rule("margins", "5.2.1", _E, "页面",
         "上白边 37、订口 28、版心 156×225（或按字面量取的天头 37）",
         "页边距改为上 37、下 35、左 28、右 26 mm", 1.0, "mm"),
    Rule("margins-landscape", "7.3.7", _H, "页面",
         "横排页的页边距与竖排页相同，只是转向", "横排节的页边距按转向后的版心设置", 1.5, "mm"),
    Rule("grid-lines", "5.2.3", _E, "页面",
         "每面 22 行", "文档网格设为每页 22 行，或正文行距设为固定值 28～29 磅", 0.5, "行"),
    Rule("grid-characters", "5.2.3", _W, "页面", "每行 28 字", "字符间距改回标准（或紧缩 0.25 磅）", 1.2, "字"),
    # The head
    Rule("copy-number", "7.2.1", _W, "份号", "份号为 6 位 3 号阿拉伯数字", "写成 6 位数字，如 000001"),
    Rule("secrecy-words", "7.2.2", _E, "密级",
         "密级和保密期限写作“秘密★1年”，数字用阿拉伯数字", "用★隔开密级和期限，如“机密★5年”"),
    Rule("label-face", "7.2.2, 7.2.3", _E, "密级、紧急程度",
         "密级、紧急程度用 3 号黑体", "字体改为黑体，字号改为 3 号（16 磅）"),
    Rule("label-position", "7.2.1—7.2.3", _W, "份号、密级、紧急程度", "顶格编排在版心左上角", "改为左对齐、不缩进"),
    Rule("label-order", "7.2.3", _W, "份号、密级、紧急程度",
         "自上而下依次为份号、密级、紧急程度", "按份号、密级和保密期限、紧急程度的顺序分行排列"),
    Rule("mark-missing", "7.2.4", _H, "发文机关标志", "有发文机关标志", "若不是套印红头，请加发文机关标志"),
    Rule("mark-colour", "7.2.4", _E, "发文机关标志", "红色", "颜色改为红色（FF0000）"),
    Rule("mark-face", "7.2.4", _W, "发文机关标志", "推荐使用小标宋体", "字体改为方正小标宋简体"),
    Rule("mark-align", "7.2.4", _E, "发文机关标志", "居中", "改为居中，去掉缩进"),
    Rule("mark-size", "7.2.4", _W, "发文机关标志", "字号醒目，不小于标题", "把字号加大到 2 号（22 磅）以上"),
    Rule("mark-words", "7.2.4, 10", _E, "发文机关标志", "信函格式标志不加“文件”", "删去“文件”二字"),
    Rule("mark-position", "7.2.4", _H, "发文机关标志",
         "上边缘至版心上边缘 35 mm（信函 30、命令 20 mm，按页边或版心）", "调整标志上方的空行或段前间距", 12.0, "mm"),
    Rule("number-missing", "7.2.5", _H, "发文字号", "有发文字号", "编号后填写发文字号"),
    Rule("number-blank", "7.2.5", _H, "发文字号", "发文字号已编号", "登记编号后填写序号"),
    Rule("number-brackets", "7.2.5", _E, "发文字号", "年份用六角括号〔〕", "把括号改为〔〕"),
    Rule("number-year", "7.2.5", _E, "发文字号", "年份写全四位阿拉伯数字", "把年份写成四位，如〔2026〕"),
    Rule("number-di", "7.2.5", _E, "发文字号", "序号不加“第”字", "删去“第”字"),
    Rule("number-zero", "7.2.5", _E, "发文字号", "序号不编虚位（1 不写作 01）", "去掉序号前面的 0"),
    Rule("number-hao", "7.2.5", _E, "发文字号", "序号后加“号”字", "在序号后加“号”"),
    Rule("number-spaces", "7.2.5", _W, "发文字号", "发文字号中间不加空格", "删去发文字号中的空格"),
    Rule("number-position", "7.2.5, 10.1", _E, "发文字号",
         "下行文居中；上行文居左空一字；信函右对齐", "按文种改对齐方式", 0.7, "字"),
    Rule("number-year-differs", "7.2.5", _W, "发文字号", "发文字号的年份与成文日期一致", "核对年份"),
    Rule("head-stray", "7.2", _H, "版头", "版头里只有标准规定的要素", "删去这一行，或移到别处"),
    Rule("signer-missing", "7.2.6", _E, "签发人", "上行文标注签发人", "在发文字号同一行右侧加“签发人：姓名”"),
    Rule("signer-unneeded", "7.2.6", _W, "签发人", "只有上行文标注签发人", "下行文、平行文删去签发人"),
    Rule("signer-colon", "7.2.6", _E, "签发人", "“签发人”后用全角冒号", "把冒号改为“：”"),
    Rule("signer-face", "7.2.6", _E, "签发人",
         "“签发人”三字用 3 号仿宋，姓名用 3 号楷体", "签发人标签改仿宋、姓名改楷体，均为 3 号"),
    Rule("rule-missing", "7.2.7, 10.1", _E, "红色分隔线",
         "发文字号下有红色分隔线（信函为标志下红色双线）", "加红色分隔线"),
    Rule("rule-colour", "7.2.7", _E, "红色分隔线", "红色", "线条颜色改为红色（FF0000）"),
    Rule("rule-width", "7.2.7, 10.1", _W, "红色分隔线",
         "与版心等宽（信函双线长 170 mm）", "去掉该段缩进，或把线长改为与版心等宽", 3.0, "mm"),
    Rule("letter-lower-rule", "10.1", _W, "红色双线",
         "信函首页下边缘以上 20 mm 处有红色双线", "在首页页脚加红色双线（上细下粗）"),
    # Title and addressees
    Rule("title-missing", "7.3.1", _E, "标题", "有标题", "加标题：发文机关、事由和文种"),
    Rule("title-face", "7.3.1", _E, "标题", "小标宋体", "字体改为方正小标宋简体"),
    Rule("title-size", "7.3.1", _E, "标题", "2 号字（22 磅）", "字号改为 2 号（22 磅）", 0.4, "磅"),
    Rule("title-align", "7.3.1", _E, "标题", "居中", "改为居中"),
    Rule("title-indent", "7.3.1", _W, "标题", "居中且没有缩进", "去掉标题段落的缩进和多余空格", 0.3, "字"),
    Rule("title-bold", "7.3.1", _W, "标题", "小标宋不再加粗，不倾斜、不加下划线", "取消加粗、倾斜、下划线"),
    Rule("title-colour", "7.3.1", _E, "标题", "黑色", "颜色改为黑色或自动"),
    Rule("title-end", "7.3.1", _E, "标题", "末尾不加标点", "删去标题末尾的标点"),
    Rule("title-lone", "7.3.1", _W, "标题", "不出现单字行", "重新断行，使各行长短相称"),
    Rule("title-shape", "7.3.1", _H, "标题", "多行时排成梯形或菱形", "重新断行"),
    Rule("title-break", "7.3.1", _W, "标题", "断行时词意完整，行首不出现标点和“的”字", "在词与词之间断行"),
    Rule("title-kind", _REGULATION, _H, "标题", "标题末尾是 15 种法定文种之一", "写明文种"),
    Rule("title-mark", _MARKS, _W, "标题", "标题中除书名号、引号、括号、顿号等外不用标点", "改写标题"),
    Rule("addressee-missing", "7.3.2", _H, "主送机关",
         "有主送机关（公告、通告、令、纪要等除外）", "在标题下顶格写主送机关"),
    Rule("addressee-indent", "7.3.2", _E, "主送机关", "居左顶格", "去掉缩进，左对齐", 0.3, "字"),
    Rule("addressee-colon", "7.3.2", _E, "主送机关", "末尾用全角冒号", "末尾改为“：”"),
    Rule("addressee-one", _REGULATION, _W, "主送机关",
         "上行文原则上只主送一个上级机关", "只留一个主送机关，其他改为抄送"),
    # The text
    Rule("body-face", "5.2.2, 7.3.3", _E, "正文等",
         "3 号仿宋（仿宋、仿宋_GB2312 均可）", "中文字体改为仿宋或仿宋_GB2312"),
    Rule("body-size", "5.2.2", _E, "正文等", "3 号字（16 磅）", "字号改为 3 号（16 磅）", 0.3, "磅"),
    Rule("body-colour", "5.2.4", _E, "正文等", "黑色", "颜色改为黑色或自动"),
    Rule("body-bold", "7.3.3", _W, "正文等", "不加粗", "取消加粗"),
    Rule("body-italic", "7.3.3", _W, "正文等", "不倾斜", "取消倾斜"),
    Rule("body-underline", "7.3.3", _W, "正文等", "不加下划线", "取消下划线"),
    Rule("body-strike", "遗留", _W, "正文等", "没有删除线", "删去划掉的文字或取消删除线"),
    Rule("body-indent", "7.3.3", _E, "正文",
         "每个自然段左空二字，回行顶格", "首行缩进改为 2 字符，左右缩进改为 0", 0.35, "字"),
    Rule("body-spaces", "7.3.3", _W, "正文", "左空二字用首行缩进，不用空格", "删去段首空格，设首行缩进 2 字符"),
    Rule("body-align", "7.3.3", _E, "正文", "两端对齐或左对齐", "改为两端对齐"),
    Rule("line-spacing", "5.2.3", _E, "正文",
         "行距约 28～29 磅，使每面排 22 行", "行距改为固定值 28.95 磅（28～29 磅均可）", 0.6, "磅"),
    Rule("paragraph-spacing", "5.2.3", _W, "正文", "段前段后不加间距", "段前、段后间距改为 0", 1.0, "磅"),
    Rule("level-1-face", "7.3.3", _E, "一级标题", "黑体", "字体改为黑体"),
    Rule("level-2-face", "7.3.3", _E, "二级标题", "楷体", "字体改为楷体或楷体_GB2312"),
    Rule("level-3-face", "7.3.3", _E, "三、四级标题", "仿宋", "字体改为仿宋"),
    Rule("level-1-mark", "7.3.3", _E, "一级标题", "“一”后用顿号", "写作“一、”"),
    Rule("level-2-mark", "7.3.3", _E, "二级标题", "“（一）”后不用标点", "删去括号后的标点"),
    Rule("level-3-mark", "7.3.3", _E, "三级标题", "“1”后用下脚点", "写作“1.”"),
    Rule("level-4-mark", "7.3.3", _E, "四级标题", "“（1）”后不用标点", "删去括号后的标点"),
    Rule("level-brackets", "7.3.3", _W, "各级标题", "（一）（1）用全角圆括号", "把括号改为全角（）"),
    Rule("level-order", "7.3.3", _E, "各级标题", "同级序号连续，不重复、不跳号", "核对并改正序号"),
    Rule("level-skip", "7.3.3", _W, "各级标题", "层次依次为一、（一）1.（1），不越级", "改用下一级序号"),
    Rule("level-skip-hint", "7.3.3", _H, "各级标题",
         "一、之下直接用 1. 时请确认只有两个层次", "确认层次，必要时改为（一）"),
    Rule("level-bold", "7.3.3", _W, "各级标题", "各级标题不加粗", "取消加粗"),
    Rule("level-end", _PRACTICE, _W, "各级标题", "独立成行的一、二级标题末尾不用标点", "删去标题末尾的标点"),
    Rule("level-look", "7.3.3", _W, "各级标题", "各级标题不倾斜、不加下划线", "取消倾斜、下划线"),
    # Below the text
    Rule("annex-list-indent", "7.3.4", _E, "附件说明", "左空二字", "左缩进改为 2 字符", 0.5, "字"),
    Rule("annex-list-colon", "7.3.4", _E, "附件说明", "“附件”后用全角冒号", "写作“附件：”"),
    Rule("annex-list-end", "7.3.4", _E, "附件说明", "附件名称后不加标点", "删去名称末尾的标点"),
    Rule("annex-list-number", "7.3.4", _E, "附件说明",
         "多个附件用“1.”“2.”依次编号，单个附件不编号", "按 1. 2. 依次编号；只有一个附件时不编号"),
    Rule("annex-list-gap", "7.3.4", _W, "附件说明", "在正文下空一行", "在附件说明前空一行"),
    Rule("annex-list-missing", "7.3.4", _E, "附件说明", "有附件的，正文下有附件说明", "在正文下加附件说明"),
    Rule("annex-head-face", "7.3.7", _E, "附件标识", "“附件”二字和序号用 3 号黑体", "改为 3 号黑体"),
    Rule("annex-head-position", "7.3.7", _E, "附件标识",
         "顶格编排在版心左上角第一行", "改为左对齐、不缩进", 0.3, "字"),
    Rule("annex-head-page", "7.3.7", _E, "附件标识", "附件另面编排", "在“附件”前加分页"),
    Rule("annex-head-words", "7.3.7", _E, "附件标识",
         "写作“附件”或“附件1”，数字用阿拉伯数字，后面不加冒号",
         "单个附件写“附件”，多个从“附件1”起连续编号，后面不加冒号"),
    Rule("annex-agreement", "7.3.7", _E, "附件", "附件的序号、个数与附件说明一致", "核对附件说明与附件"),
    Rule("annex-names", "7.3.7", _W, "附件标题", "附件标题与附件说明一致", "把两处名称改成一样"),
    Rule("annex-title-look", "7.3.7", _W, "附件标题", "居中，2 号小标宋", "附件标题改为 2 号小标宋、居中"),
    Rule("annex-face", "7.3.7", _H, "附件正文", "附件格式要求同正文", "字体、字号改为 3 号仿宋"),
    Rule("annex-place", "7.3.7", _E, "附件", "附件在版记之前", "把附件移到版记之前"),
    Rule("date-missing", "7.3.5.4", _E, "成文日期", "有成文日期", "加成文日期"),
    Rule("date-zero", "7.3.5.4", _E, "成文日期", "月、日不编虚位（1 不写作 01）", "去掉月、日前面的 0"),
    Rule("date-hanzi", "7.3.5.4", _E, "成文日期", "用阿拉伯数字", "改为阿拉伯数字，如 2026年3月6日"),
    Rule("date-form", "7.3.5.4", _E, "成文日期", "年、月、日标全，年份四位", "改为“2026年3月6日”的样子"),
    Rule("date-invalid", "7.3.5.4", _E, "日期", "日期真实存在", "核对日期"),
    Rule("date-position", "7.3.5", _E, "成文日期",
         "右空四字（不盖章时右空二字或比署名右移二字）", "改为右对齐、右缩进 4 字符", 0.6, "字"),
    Rule("signature-missing", "7.3.5", _H, "发文机关署名",
         "有发文机关署名（单一机关公文盖章时可以不署名，纪要不署名）", "在成文日期上加发文机关署名"),
    Rule("signature-position", "7.3.5", _W, "发文机关署名",
         "盖章时以成文日期为准居中；不盖章时右空二字", "调整署名位置", 2.0, "字"),
    Rule("proxy-seal", _PRACTICE, _W, "发文机关署名", "“（代章）”用全角括号，紧跟名称", "写作“某局（代章）”"),
    Rule("note-brackets", "7.3.6", _E, "附注", "附注加全角圆括号", "用（）括起来"),
    Rule("note-position", "7.3.6", _W, "附注", "居左空二字", "左缩进改为 2 字符", 0.5, "字"),
    Rule("note-missing", _PRACTICE, _H, "附注", "请示、函附注联系人和电话", "在成文日期下一行加“（联系人：…）”"),
    Rule("imprint-missing", "7.4", _H, "版记", "有版记", "在末页加版记"),
    Rule("imprint-size", "7.4.2, 7.4.3", _E, "版记", "4 号字（14 磅）", "字号改为 4 号（14 磅）", 0.3, "磅"),
    Rule("imprint-face", "7.4.2, 7.4.3", _E, "版记", "仿宋", "字体改为仿宋"),
    Rule("imprint-end", "7.4.2", _E, "版记", "抄送机关末尾用句号", "末尾加“。”"),
    Rule("imprint-colon", "7.4.2", _E, "版记", "“抄送”后用全角冒号", "写作“抄送：”"),
    Rule("imprint-rules", "7.4.1", _E, "版记",
         "版记有分隔线（信函格式没有）", "首条、末条用 0.35 mm 粗线，中间用 0.25 mm 细线"),
    Rule("imprint-rule-weight", "7.4.1", _W, "版记",
         "首末条线 0.35 mm（1 磅）、中间线 0.25 mm（0.75 磅）", "改线宽", 0.1, "mm"),
    Rule("imprint-rules-unneeded", "10.1", _W, "版记",
         "信函格式的版记不加分隔线和印发机关、日期", "删去分隔线、印发机关和印发日期"),
    Rule("imprint-last", "7.4", _E, "版记", "版记在公文最后", "把版记之后的内容移到版记之前"),
    Rule("imprint-printed", "7.4.3", _E, "版记",
         "印发日期后加“印发”二字，日期写全、用阿拉伯数字、不编虚位", "写作“…年…月…日印发”，年份四位"),
    Rule("imprint-indent", "7.4.2, 7.4.3", _W, "版记", "左右各空一字", "左右缩进改为 1 字符", 0.6, "字"),
    Rule("imprint-early", "7.4.3", _W, "版记", "印发日期不早于成文日期", "核对两个日期"),
    Rule("list-face", "11", _E, "出席名单", "“出席”等标签用 3 号黑体，名单用 3 号仿宋", "标签改黑体，名单改仿宋"),
    Rule("list-indent", "11", _W, "出席名单", "左空二字", "左缩进改为 2 字符", 0.5, "字"),
    Rule("list-colon", "11", _E, "出席名单", "标签后用全角冒号", "改为“：”"),
    # Page numbers
    Rule("page-number-missing", "7.5", _E, "页码", "有页码（PAGE 域）", "在页脚插入页码"),
    Rule("page-number-size", "7.5", _E, "页码", "4 号字（14 磅）", "字号改为 4 号（14 磅）", 0.3, "磅"),
    Rule("page-number-face", "7.5", _E, "页码", "宋体半角阿拉伯数字", "西文字体和中文字体都改为宋体"),
    Rule("page-number-dashes", "7.5", _E, "页码", "数字左右各放一条一字线（— 1 —）", "改为“— 1 —”"),
    Rule("page-number-side", "7.5", _E, "页码",
         "单页码居右空一字，双页码居左空一字", "设奇偶页不同，奇数页靠右、偶数页靠左"),
    Rule("page-number-indent", "7.5", _W, "页码", "距版心边缘空一字", "左（右）缩进改为 1 字符", 0.6, "字"),
    Rule("page-number-distance", "7.5", _H, "页码", "一字线上距版心下边缘 7 mm", "调整页脚距边界", 3.0, "mm"),
    Rule("letter-first-number", "10.1", _E, "页码", "信函首页不显示页码", "设首页不同，首页页脚不放页码"),
    # Language
    Rule("half-punctuation", _MARKS, _W, "标点", "中文里用全角标点", "改为全角标点"),
    Rule("half-brackets", _MARKS, _W, "标点", "中文里用全角圆括号", "改为（）"),
    Rule("straight-quotes", _MARKS, _W, "标点", "引号用“ ”‘ ’", "改为弯引号"),
    Rule("list-comma", _MARKS, _W, "标点", "并列的书名号、引号之间不用顿号", "删去顿号"),
    Rule("ellipsis", _MARKS, _W, "标点", "省略号为六点（……）", "改为“……”"),
    Rule("dash", _MARKS, _W, "标点", "破折号为两字长（——）", "改为“——”"),
    Rule("double-punctuation", _MARKS, _W, "标点", "标点不重复", "删去多余的标点"),
    Rule("unbalanced", _MARKS, _W, "标点", "括号、引号、书名号成对", "补上或删去一半"),
    Rule("nested-titles", _MARKS, _W, "标点", "书名号里再用书名号时用〈〉", "里层改为〈〉"),
    Rule("range-mark", _MARKS, _W, "标点", "数值范围用浪纹线（～），起止年份用一字线（—）", "把连字号改为～或—"),
    Rule("range-percent", _NUMERALS, _W, "数字", "百分数范围两端都带百分号（63%～68%）", "补上前一个百分号"),
    Rule("full-width-digits", _NUMERALS, _W, "数字", "阿拉伯数字、字母用半角", "改为半角"),
    Rule("hanzi-zero", _NUMERALS, _W, "数字", "汉字数字里的零写作〇", "改为“〇”"),
    Rule("approximate", _NUMERALS, _W, "数字", "相邻数字表示概数时不用顿号（三四天）", "删去顿号"),
    Rule("text-date-zero", "7.3.5.4", _W, "数字", "文中日期的月、日不编虚位", "去掉前面的 0"),
    Rule("text-date-form", _NUMERALS, _H, "数字", "文中日期写作 2026年3月6日", "改写日期"),
    Rule("short-year", _NUMERALS, _W, "数字", "年份写全四位", "把年份写全"),
    Rule("cited-number", "7.2.5", _W, "数字", "引用的发文字号用六角括号〔〕", "把括号改为〔〕"),
    Rule("text-spaces", _PRACTICE, _W, "标点", "汉字之间没有空格", "删去空格"),
    Rule("quote-face", "5.2.2", _W, "标点", "“ ”‘ ’—…用中文字体，不用西文字体", "把这些符号的字体改为仿宋"),
    Rule("closing-request", _PRACTICE, _H, "正文", "请示以“妥否，请批示”之类结尾", "补上结尾语"),
    Rule("closing-report", _REGULATION, _H, "正文", "报告不夹带请示事项", "另文请示"),
    Rule("closing-letter", _PRACTICE, _H, "正文", "函有“特此函告”“请函复”之类结尾", "补上结尾语"),
    Rule("one-request", _REGULATION, _H, "正文", "请示一文一事", "分别行文"),
    # Leftovers
    Rule("placeholder", "遗留", _E, "全文", "没有留待填写的占位文字", "填写或删去"),
    Rule("tracked-changes", "遗留", _E, "全文", "没有修订痕迹", "接受或拒绝全部修订"),
    Rule("comments", "遗留", _E, "全文", "没有批注", "删去全部批注"),
    Rule("highlight", "遗留", _W, "全文", "没有突出显示和底纹", "取消突出显示"),
    Rule("hidden-text", "遗留", _W, "全文", "没有隐藏文字", "删去隐藏文字"),
    Rule("blank-paragraphs", "5.2.3", _W, "全文", "正文各段之间没有空段，要素之间的空行不超过标准", "删去多余的空段"),
    Rule("subject-words", _REGULATION, _W, "全文", "不再标注主题词", "删去主题词"),
)  # fmt: skip

BY_ID: Final = {rule.id: rule for rule in RULES}
