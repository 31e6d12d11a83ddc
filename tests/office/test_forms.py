"""发文稿纸 and 用印审批单: what is on record is filled in, the rest can be written by hand, on one page."""

from __future__ import annotations

import io
from dataclasses import replace
from hashlib import sha256

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.office.papers.forms import Hand, RoutingForm, SealForm, routing_form, seal_form
from docgen.standard.measures.legible import legible

OFFICE = "澄湖县重大项目联审联批工作机制办公室"
TITLE = "关于澄湖县年产20万吨绿色建材生产线建设项目建设用地规划许可及相关前期手续办理有关事项的告知函"
BUREAUS = (
    "自然资源、水务、林业和草原、住房和城乡建设、教育、交通运输、农牧、应急管理、市场监督管理、文化旅游体育"
)
TEN = "、".join(f"澄湖县{name}局" for name in BUREAUS.split("、"))
ROUTING = RoutingForm(
    OFFICE,
    "2026-0012",
    "关于前期手续办理有关事项的告知函",
    "告知函",
    "澄湖县自然资源局",
    "县政府办公室",
    "1.前期手续倒排工期表",
    urgency="特急",
    copies="12",
    drafter=Hand("张小三", "2026年3月4日", "澄湖县发展和改革委员会"),
    reviewer=Hand("李四", "2026年3月5日", opinion="已核。"),
)
FULL = replace(
    ROUTING,
    title=TITLE,
    addressees=TEN,
    copies_to=TEN,
    annexes="1.前期手续倒排工期表\n2.分管负责人和联络员名单反馈表",
    number="澄联审办函〔2026〕12号",
    date="2026年3月6日",
    signatory=Hand("王小明", "2026年3月6日", opinion="同意。"),
    countersigners=tuple(
        Hand("赵六" if place == 1 else None, unit=f"澄湖县{name}局")
        for place, name in enumerate(BUREAUS.split("、")[:6])
    ),
)
SEAL = SealForm(
    OFFICE,
    "2026-0012",
    TITLE,
    "澄联审办函〔2026〕12号",
    "12",
    OFFICE,
    "澄湖县发展和改革委员会",
    "《澄湖县重大项目联审联批工作机制》",
    "澄政办发〔2025〕18号",
    "第五条第二款",
    Hand("张小三", "2026年3月6日"),
    sha256=sha256("甲".encode()).hexdigest(),
    sm3=sha256("乙".encode()).hexdigest(),
)
DONE = replace(
    SEAL,
    approver=Hand("赵六", "2026年3月6日", opinion="同意用印12份。"),
    seal_keeper=Hand("钱七", "2026年3月7日"),
    copies_sealed="11",
    remark="加盖骑缝章",
)


def by_label(made):
    """Return the words beside each label of a form; those of a label met again after one another."""
    found = {}
    for row in docx.Document(io.BytesIO(made)).tables[0].rows:
        texts = [cell.text for cell in dict.fromkeys(row.cells)]
        label = None
        for cell, text in zip(dict.fromkeys(row.cells), texts, strict=True):
            if cell.paragraphs[0].style.name == "表单栏目":
                label = text
                found.setdefault(label, "")
            else:
                found[label] += text
    return found


def test_a_routing_form_shows_what_is_on_record():
    said = by_label(routing_form(FULL))
    assert said["标题"] == TITLE
    assert said["主送"] == said["抄送"] == TEN
    assert said["发文字号"] == "澄联审办函〔2026〕12号"
    assert said["成文日期"] == "2026年3月6日"
    assert (said["密级"], said["紧急程度"], said["份数"], said["文种"]) == ("", "特急", "12", "告知函")
    assert said["附件"] == FULL.annexes
    assert "同意。" in said["签发"]
    assert "王小明" in said["签发"]
    assert "2026年3月6日" in said["签发"]
    assert "李四" in said["核稿"]
    assert (said["拟稿单位"], "张小三" in said["拟稿人"]) == ("澄湖县发展和改革委员会", True)
    assert all(f"澄湖县{name}局" in said["会签"] for name in BUREAUS.split("、")[:6])


def test_both_forms_name_the_number_in_the_register_above_the_table():
    for made in (routing_form(FULL), seal_form(DONE)):
        above = [each.text for each in docx.Document(io.BytesIO(made)).paragraphs]
        assert any("登记号：2026-0012" in each for each in above)
        assert not any("编号" in each for each in above)


def test_everybody_has_room_to_sign_and_what_is_not_on_record_has_room_for_a_date():
    said = by_label(routing_form(FULL))
    assert said["会签"].count("签字：") == 6
    assert said["会签"].count("年　　月　　日") == 6
    blank = by_label(routing_form(RoutingForm()))
    for label in ("签发", "会签", "核稿", "拟稿人"):
        assert blank[label].count("签字：") == blank[label].count("年　　月　　日") == 1
    assert blank["标题"] == ""


def test_countersigners_stand_beside_one_label():
    table = docx.Document(io.BytesIO(routing_form(FULL))).tables[0]
    labels = {cell._tc for row in table.rows for cell in row.cells if cell.text == "会签"}
    assert len(labels) == 1


def test_a_seal_form_shows_the_mandate_and_the_digests_in_groups():
    said = by_label(seal_form(SEAL))
    mandate = "文件：《澄湖县重大项目联审联批工作机制》\n文号：澄政办发〔2025〕18号\n条款：第五条第二款"
    assert said["授权依据"] == mandate
    lines = said["文件摘要"].split("\n")
    assert [line for line in lines if "：" in line] == ["SHA-256：", "SM3："]
    assert "".join(lines[1:3]).replace(" ", "") == SEAL.sha256
    assert "".join(lines[4:]).replace(" ", "") == SEAL.sm3
    assert {len(group) for line in (*lines[1:3], *lines[4:]) for group in line.split()} == {8}
    assert said["代章单位"] == "澄湖县发展和改革委员会"


def test_an_approval_not_yet_given_is_offered_to_tick_and_a_given_one_is_shown():
    assert "□同意用印" in by_label(seal_form(SEAL))["批准人"]
    done = by_label(seal_form(DONE))
    assert "□" not in done["批准人"]
    assert "同意用印12份。" in done["批准人"]
    assert (done["实盖份数"], done["申请份数"], done["备注"]) == ("11", "12", "加盖骑缝章")


def test_a_system_without_sm3_prints_the_other_digest_alone():
    assert "SM3" not in by_label(seal_form(replace(SEAL, sm3=None)))["文件摘要"]


def test_equal_values_give_equal_bytes():
    assert routing_form(FULL) == routing_form(FULL)
    assert seal_form(DONE) == seal_form(DONE)


@settings(max_examples=15, deadline=None)
@given(st.text())
def test_a_form_of_any_words_can_be_opened_and_says_them(words):
    approver = Hand(words, words, words, words)
    said = by_label(seal_form(replace(SEAL, organ=words, title=words, remark=words, approver=approver)))
    assert said["文件标题"] == said["备注"] == legible(words)
    assert by_label(routing_form(replace(FULL, title=words)))["标题"] == legible(words)


@pytest.mark.libreoffice
def test_forms_take_one_page_and_very_long_ones_are_not_cut(printed):
    many = "\n".join(f"{place}.{TITLE}" for place in range(1, 101))
    pages = printed(
        {
            "blank": routing_form(RoutingForm()),
            "usual": routing_form(ROUTING),
            "full": routing_form(FULL),
            "seal-blank": seal_form(SealForm()),
            "seal": seal_form(SEAL),
            "seal-done": seal_form(DONE),
            "long": routing_form(replace(FULL, title=TITLE * 3, addressees=TEN * 3, annexes=many[:600])),
            "seal-long": seal_form(replace(DONE, title=TITLE * 6, remark=TITLE * 10)),
            "endless": routing_form(replace(FULL, annexes=many)),
        }
    )
    one = ("blank", "usual", "full", "seal-blank", "seal", "seal-done")
    assert {name: len(pages[name]) for name in one} == dict.fromkeys(one, 1)
    assert {name: len(pages[name]) for name in ("long", "seal-long")} == {"long": 2, "seal-long": 2}
    endless = "".join(pages["endless"])
    assert all(f"{place}.关于澄湖县" in endless for place in range(1, 101))
    assert all("签字须由本人手写" in "".join(each) for each in pages.values())
