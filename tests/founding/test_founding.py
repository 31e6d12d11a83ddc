"""A founding circular of an office, in many shapes, becomes filled sheets whose every value quotes its sentence."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from docgen.cli.main import run
from docgen.founding.proposal import Proposal
from docgen.founding.reading import read_founding
from docgen.model.values import Half, Level, SealWording
from docgen.office.founding import workspace_from
from docgen.reform.faults import NoWords
from docgen.reform.formatting import read_draft
from docgen.workspace import Workspace

ONLY_BLANK = {"cell-blank", "sheet-empty"}
TEXTS = Path(__file__).parent / "texts"


def read(text: str, name: str = "文件.txt") -> Proposal:
    """What is proposed for a plain text."""
    return read_founding(read_draft(text.encode(), name))


@pytest.fixture(scope="module")
def county() -> Proposal:
    """A county's circular with the mechanism's text behind it."""
    return read((TEXTS / "county.txt").read_text())


@pytest.fixture(scope="module")
def city() -> Proposal:
    """A city's notice in Markdown, heads by their posts, the date in hanzi."""
    return read((TEXTS / "city.md").read_text(), "文件.md")


@pytest.fixture(scope="module")
def campaign() -> Proposal:
    """A campaign's plan, its title on three lines, a seat that is open, an office with a seal of its own."""
    return read((TEXTS / "campaign.txt").read_text())


@pytest.fixture(scope="module")
def banner() -> Proposal:
    """A banner's leading group, its roster in wide spaces and its office's in a list of its own."""
    return read((TEXTS / "banner.txt").read_text())


def people(proposal: Proposal) -> list[tuple[Any, ...]]:
    """Name, unit, post and roles of everyone proposed."""
    return [
        tuple(row.values[key] for key in ("name", "unit", "post", "roles")) for row in proposal.of("人员")
    ]


def deadlines(proposal: Proposal) -> set[tuple[Any, ...]]:
    """Half-year, level, day or working days of each rule proposed."""
    return {
        (row.values["half"], row.values["level"], row.values.get("day") or row.values.get("working_days"))
        for row in proposal.of("时限规则")
    }


def said(proposal: Proposal, names: Iterable[str]) -> list[Any]:
    """Values of the mechanism."""
    return [proposal.said(name) for name in names]


def test_a_single_space_between_name_and_post_is_read_and_between_names_it_is_not() -> None:
    """The commonest way to type a roster: 总召集人：王一民 县长; names that follow each other are no posts."""
    found = read(
        "云塘县重大项目联审联批工作机制\n总召集人：王一民 县长\n副召集人：李二 常务副县长\n　　　　　张小山 副县长\n"
        "成员：赵大成 县发展和改革局局长；\n参加人员：周一鸣 吴双全\n"
    )
    assert [(name, post, roles) for name, _, post, roles in people(found)] == [
        ("王一民", "县长", "总召集人"),
        ("李二", "常务副县长", "副召集人"),
        ("张小山", "副县长", "副召集人"),
        ("赵大成", "局长", "成员"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "总召集人由县长张明担任，副总召集人由县委常委、常务副县长李强，副县长王武同志担任。",
        "设总召集人，由县长张明担任；设副总召集人，由常务副县长李强、副县长王武同志担任。",
        "由县长张明任总召集人，常务副县长李强、副县长王武任副总召集人。",
        "总召集人：县长张明；副总召集人：常务副县长李强，副县长王武。",
        "总召集人：县长张明\n副总召集人：常务副县长李强、副县长王武",
    ],
)
def test_several_deputies_in_one_sentence_are_all_read(words: str) -> None:
    """Names behind their posts, with commas of either kind between them, and several roles in one line."""
    seated = people(read(f"澄湖县人民政府关于建立联审联批工作机制的通知\n{words}\n"))
    assert [(name, role) for name, _, _, role in seated] == [
        ("张明", "总召集人"),
        ("李强", "副总召集人"),
        ("王武", "副总召集人"),
    ]


def test_a_name_behind_a_post_that_gets_no_seat_is_left_to_the_clerk() -> None:
    """Nobody whom a sentence about heads names is lost without a word; who only leads the work is no name."""
    proposal = read(
        "关于建立联审联批工作机制的通知\n副组长由县里另定，副县长王武列席，重大事项由县长牵头，副县长李强。\n"
    )
    named = [each.why for each in proposal.open if each.what == "人员" and "写到" in each.why]
    assert named == ["写到“副县长李强”，没有读成负责人或成员，请看是否要填"]


def test_a_sentence_of_many_posts_takes_time_that_grows_with_its_length() -> None:
    """Four times the posts take some four times as long, not sixteen."""

    def seconds(posts: int) -> float:
        begun = process_time()
        read("关于建立联审联批工作机制的通知\n" + "副县长张明、" * posts + "\n")
        return process_time() - begun

    seconds(10)
    assert min(seconds(1600) for _ in range(2)) < 9 * max(seconds(400) for _ in range(2))


def test_names_office_and_seal_of_a_county(county: Proposal) -> None:
    """Names, office, host and stamping unit, with the clause that lets it seal, are read."""
    assert said(county, ["name", "short_name", "office", "office_short", "host_unit", "stamping_unit"]) == [
        "澄湖县重大项目联审联批工作机制",
        "联审联批工作机制",
        "澄湖县重大项目联审联批工作机制办公室",
        "县联审联批办",
        "县发改委",
        "县发改委",
    ]
    assert county.said("seal_clause") == "办公室不刻制印章，行文由县发改委代章。"
    assert county.said("seal_wording") is SealWording.STAMPING_UNIT_LINE


def test_the_circular_itself_is_read(county: Proposal) -> None:
    """Title over two lines, number, date, year of the list, level and whom to call."""
    assert said(
        county, ["founding_title", "founding_number", "founding_date", "year", "level", "contact", "phone"]
    ) == [
        "澄湖县人民政府办公室关于印发《澄湖县重大项目联审联批工作机制》的通知",
        "澄政办发〔2025〕47号",
        date(2025, 9, 12),
        2026,
        Level.COUNTY,
        "陶映雪",
        "0990-7002100",
    ]


def test_a_roster_in_wide_spaces(county: Proposal) -> None:
    """Names set apart, lines without a role, and the seat that a sentence gives to a named person."""
    assert people(county) == [
        ("陆承钧", "县政府办", "县委副书记、县长", "总召集人"),
        ("魏东屿", "县政府办", "县委常委、常务副县长", "副召集人"),
        ("沈若珺", "县政府办", "副县长", "副召集人"),
        ("万里舟", "县发改委", "党组书记、主任", "成员"),
        ("高岩松", "县自然资源局", "党组书记、局长", "成员"),
        ("雷鸿", "县住建局", "局长", "成员"),
        ("史长河", "县水利局", "局长", "成员"),
        ("韩兆林", "县交通运输局", "局长", "成员"),
        ("万里舟", "县发改委", "主任", "办公室主任"),
    ]


def test_units_once_each_in_full_and_short(county: Proposal) -> None:
    """发改委 of the list and 发展和改革委员会 of the roster are one unit; roles come from the sentences."""
    units = {row.values["short_name"]: (row.values["name"], row.values["roles"]) for row in county.of("单位")}
    assert units["县发改委"] == ("澄湖县发展和改革委员会", "成员单位、专项工作组")
    assert units["县林草局"] == ("澄湖县林业和草原局", "成员单位、跟进组")
    assert len(units) == 7
    assert [row.values["name"] for row in county.of("机构")] == ["专项工作组", "自治区级审批事项跟进组"]


def test_the_deadlines_by_half_year_and_level(county: Proposal) -> None:
    """All eight rules, the level's day being the one behind it."""
    assert deadlines(county) == {
        (Half.FIRST, Level.COUNTY, "1月31日"), (Half.FIRST, Level.CITY, "2月末"),
        (Half.FIRST, Level.PROVINCE, "3月31日"), (Half.FIRST, Level.NATION, "3月31日"),
        (Half.SECOND, Level.COUNTY, "6月30日"), (Half.SECOND, Level.CITY, "7月31日"),
        (Half.SECOND, Level.PROVINCE, "8月31日"), (Half.SECOND, Level.NATION, "8月31日"),
    }  # fmt: skip


def test_text_and_roster_that_disagree_are_named(county: Proposal) -> None:
    """A member unit without anybody in the roster, and a unit of the roster that the text does not list."""
    left = [each.why for each in county.open]
    assert "正文列为成员单位而名单中没有人：县林草局，请核对" in left
    assert "名单中有人而正文没有列为成员单位：县交通运输局，请核对" in left


def test_terms_that_no_rule_takes_are_named_with_their_sentence(county: Proposal) -> None:
    """三日内报名单, 一周内到岗, the stages of the list: each is shown to the clerk, none is guessed at."""
    quoted = " ".join(str(each.source) for each in county.open if each.what == "时限")
    assert all(words in quoted for words in ("3日内", "一周内到岗", "12月上旬", "每半月"))


def test_heads_by_their_posts(city: Proposal) -> None:
    """由市长担任 makes a seat of the post without a name; two posts in one sentence are two seats."""
    assert people(city) == [
        (None, "市政府办", "市长", "总召集人"),
        (None, "市政府办", "常务副市长", "副总召集人"),
        (None, "市政府办", "分管副市长", "副总召集人"),
        (None, "市发改委", "主任", "办公室主任"),
    ]


def test_a_name_without_place_gets_the_issuers(city: Proposal) -> None:
    """The title founds a mechanism without naming the city; the date is written in hanzi."""
    assert city.said("name") == "青岚市重大项目审批联动工作机制"
    assert "地名取自发文机关" in str(city.mechanism["name"].source)
    assert (city.said("founding_date"), city.said("short_name")) == (date(2025, 9, 28), "审批联动机制")


def test_deadlines_without_levels_hold_for_all(city: Proposal) -> None:
    """应批尽批 by half-year alone: one rule each, for every level."""
    assert deadlines(city) == {(Half.FIRST, None, "3月末"), (Half.SECOND, None, "8月末")}
    assert len(city.of("单位")) == 13  # twelve members and the government's office


def test_an_open_seat_and_a_second_role(campaign: Proposal) -> None:
    """待定 is left open; who becomes head of the office by name alone keeps the post of the roster."""
    assert ("庄立群", "市政府办", "副市长", "副组长、办公室主任") in people(campaign)
    assert ("骆静姝", "市政府办", "副市长、市公安局局长", "副组长") in people(campaign)
    assert any("常务副组长空缺" in each.why for each in campaign.open)
    assert (None, "市政府办", "（待定）", "常务副组长") in people(campaign)


def test_a_share_is_no_deadline_and_an_own_seal_no_clause(campaign: Proposal) -> None:
    """七成办结 and 报送 are not deadlines of an approval; an office that uses its own seal needs no clause."""
    assert deadlines(campaign) == {(Half.ANY, Level.CITY, "3月31日"), (Half.ANY, Level.COUNTY, "3月31日")}
    assert campaign.said("seal_wording") is SealWording.OWN_SEAL
    assert "seal_clause" not in campaign.mechanism
    assert not any("代章" in each.what for each in campaign.open)


def test_office_and_leading_group_apart(banner: Proposal) -> None:
    """主任 below the office's own heading is its head; （兼） joins the row there is."""
    assert ("岑若水", "旗发改委", "主任", "成员、办公室主任") in people(banner)
    assert ("戚采薇", "旗发改委", "投资股股长", "") in people(banner)
    assert deadlines(banner) == {(Half.ANY, None, 10), (Half.ANY, None, "12月31日")}


def test_a_roster_in_a_table_of_a_word_file(tmp_path: Path) -> None:
    """Columns are found by their heads, whatever their order."""
    made = docx.Document()
    for line in (
        "柳泉县人民政府关于建立柳泉县重点项目联席会议制度的通知",
        "柳政发〔2020〕9号",
        "各乡镇人民政府：",
    ):
        made.add_paragraph(line)
    made.add_paragraph("联席会议办公室设在县重点项目办。")
    table = made.add_table(rows=0, cols=4)
    for row in (
        ("序号", "单位及职务", "姓名", "机制职务"),
        ("1", "县人民政府县长", "佘望舒", "总召集人"),
        ("2", "县财政局局长", "单慕白", "成员"),
    ):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    data = io.BytesIO()
    made.save(data)
    found = read_founding(read_draft(data.getvalue(), "名单.docx"))
    assert found.said("name") == "柳泉县重点项目联席会议"
    assert [each[0] for each in people(found)] == ["佘望舒", "单慕白"]
    assert people(found)[1] == ("单慕白", "县财政局", "局长", "成员")


def test_a_count_that_does_not_agree_is_named() -> None:
    """Fourteen were promised and three are listed."""
    found = read(
        "柏溪县人民政府\n成立柏溪县项目攻坚领导小组。\n成员单位包括县发改委、水利局、住建局等14个单位。\n"
    )
    assert "原文说有14个单位，读到3个，请核对" in [each.why for each in found.open]


def test_a_word_for_a_head_that_is_no_role_gives_no_rights() -> None:
    """总协调人 may sign only when the clerk says so."""
    found = read("柏溪县人民政府\n成立柏溪县项目攻坚领导小组。\n总协调人：佘望舒\t县财政局局长\n")
    assert people(found) == [("佘望舒", "县财政局", "局长", "")]
    assert any("自定负责人" in each.why for each in found.open)


@pytest.mark.parametrize("name", [each.name for each in sorted(TEXTS.iterdir())])
def test_the_workspace_holds_what_was_read_and_nothing_wrong(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever `check` still finds is something not filled in; the text is kept, every value has its source."""
    root = tmp_path / "新"
    assert run(["init", str(root), "--from", str(TEXTS / name)]) == 0
    told = capsys.readouterr().out
    assert "出处" in told
    assert "待补和待核.xlsx" in told
    faults = Workspace.find(root).read().faults
    assert {each.code for each in faults} <= ONLY_BLANK, [str(each) for each in faults]
    assert (root / "设立文件" / name).read_bytes() == (TEXTS / name).read_bytes()
    sheet = load_workbook(root / "data" / "单位.xlsx")["单位"]
    rows = [row for row in sheet.iter_rows(min_row=3, values_only=True) if row[0]]
    assert rows
    assert all(str(row[-1]).startswith("第") for row in rows)


@pytest.mark.parametrize(
    ("given_", "code", "words"),
    [
        (["--from", "没有.txt"], 4, "没有.txt"),
        (["--from", "."], 2, "文件夹"),
        (["--from", "空.txt"], 1, ""),
        (["--from", "坏.docx"], 1, "坏.docx"),
        (["--from", "表.xlsx"], 2, "表.xlsx"),
        (["--from", "空.txt", "--example", "a"], 2, "只能写一个"),
    ],
)
def test_what_is_no_text_ends_in_a_sentence_and_makes_nothing(
    given_: list[str], code: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A missing, empty or damaged file, a folder, a workbook: said in Chinese, and no workspace is left."""
    monkeypatch.chdir(tmp_path)
    Path("空.txt").write_text(" \n")
    Path("坏.docx").write_bytes(b"PK\x03\x04 nothing")
    Path("表.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert run(["init", "新", *given_]) == code
    assert words in capsys.readouterr().err
    assert not Path("新").exists()


LINES = [line for each in sorted(TEXTS.iterdir()) for line in each.read_text().splitlines()]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(LINES), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
        ),
        max_size=25,
    )
)
def test_any_lines_are_read_without_a_fault_and_quote_themselves(lines: list[str]) -> None:
    """Lines of circulars in any order, and any other text: every source is a passage of the text."""
    text = "\n".join(lines)
    try:
        found = read(text)
    except NoWords:
        return
    bare = "".join(text.split())
    for sheet in found.rows.values():
        for row in sheet:
            assert "".join(row.source.words.split()) in bare


@settings(max_examples=5, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=12, max_size=40))
def test_sheets_made_of_any_circular_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    """Lines of circulars in any order give cells that their columns take."""
    folder = tmp_path_factory.mktemp("lines")
    (folder / "文件.txt").write_text("\n".join(["柳泉县人民政府", *lines]))
    made = workspace_from(folder / "新", folder / "文件.txt")
    faults = Workspace.find(made.folder).read().faults
    assert {each.code for each in faults} <= ONLY_BLANK, [str(each) for each in faults]


def test_towns_zones_and_branches_keep_their_names_and_no_convener_is_lost() -> None:
    """No level word stands before 青石镇; a post of the party stays with its holder; each post is a seat of its own."""
    found = read(
        "关于印发《柳溪县重大项目联审联批工作机制》的通知\n柳溪县人民政府办公室\n2026年1月8日\n"
        "柳溪县重大项目联审联批工作机制\n一、组织架构\n"
        "（一）成立工作机制，由县委副书记、县长周启明任总召集人，县政府办公室主任、县发展改革局局长任召集人。\n"
        "（二）成员单位包括：县发展改革局、县市场监管局、县应急管理局、市生态环境局柳溪分局，"
        "青石镇人民政府、柳溪经济开发区管委会。\n"
        "（三）办公室设在县发展改革局，办公室主任由县发展改革局局长林向东兼任。\n"
    )
    units = [
        (each.values["short_name"], each.values["name"], each.values["level"]) for each in found.rows["单位"]
    ]
    assert units == [
        ("县发展改革局", "柳溪县发展和改革局", Level.COUNTY),
        ("县市场监管局", "柳溪县市场监督管理局", Level.COUNTY),
        ("县应急管理局", "柳溪县应急管理局", Level.COUNTY),
        ("市生态环境局柳溪分局", None, Level.COUNTY),
        ("青石镇人民政府", "柳溪县青石镇人民政府", Level.TOWN),
        ("柳溪经济开发区管委会", "柳溪经济开发区管理委员会", Level.COUNTY),
        ("县政府办公室", "柳溪县人民政府办公室", Level.COUNTY),
    ]
    assert people(found) == [
        ("周启明", "县政府办公室", "县委副书记、县长", "总召集人"),
        (None, "县政府办公室", "主任", "召集人"),
        (None, "县发展改革局", "局长", "召集人"),
        ("林向东", "县发展改革局", "局长", "办公室主任"),
    ]


def test_of_a_sentence_too_long_to_be_quoted_each_unit_quotes_the_part_that_names_it() -> None:
    """A list of 300 units in one sentence: what stands beside a unit can be read, and the unit is in it."""
    names = [f"第{number}工程建设公司" for number in range(300)]
    found = read(f"关于建立联审联批工作机制的通知\n成员单位包括：{'、'.join(names)}。\n")
    quotes = {each.values["short_name"]: each.source.words for each in found.rows["单位"]}
    assert len(quotes) == 300
    assert max(map(len, quotes.values())) < 600
    assert all(unit.removeprefix("县") in words for unit, words in quotes.items())


def test_the_counties_of_a_city_are_units_of_their_own_a_level_below() -> None:
    """Three county governments are three units, none of them the city's; a bureau is named with the city."""
    found = read(
        "关于成立云泽市工业攻坚行动指挥部的通知\n成立云泽市工业攻坚行动指挥部。成员单位为市发展和改革委员会、"
        "市水务局，青浦县人民政府、白石县人民政府、临江区人民政府。办公室设在市水务局。\n云泽市人民政府办公室\n2026年1月8日"
    )
    rows = [
        (each.values["name"], each.values["short_name"], each.values["level"]) for each in found.rows["单位"]
    ]
    assert rows == [
        ("云泽市水务局", "市水务局", Level.CITY),
        ("云泽市发展和改革委员会", "市发改委", Level.CITY),
        ("青浦县人民政府", "青浦县政府", Level.COUNTY),
        ("白石县人民政府", "白石县政府", Level.COUNTY),
        ("临江区人民政府", "临江区政府", Level.COUNTY),
    ]


def test_a_crew_with_a_word_in_quotation_marks_is_named_in_full_and_in_short() -> None:
    """Names of crews hold catchwords: 某县重点项目“一厅通办”工作专班; a branch and a town keep theirs."""
    found = read(
        "临溪县人民政府办公室关于成立临溪县重点项目“一厅通办”工作专班的通知\n临政办发〔2026〕31号\n"
        "经县政府同意，决定成立临溪县重点项目“一厅通办”工作专班（以下简称“一厅通办”专班）。\n"
        "组长：沈知行\t县政府副县长\n成员：苏明远\t县自然资源和规划局局长\n丁一禾\t市生态环境局临溪分局局长\n"
        "吴桂香\t青石镇镇长\n专班办公室设在县行政审批局。\n临溪县人民政府办公室\n2026年10月9日\n"
    )
    assert found.said("name") == "临溪县重点项目“一厅通办”工作专班"
    assert found.said("short_name") == "“一厅通办”专班"
    assert found.said("office") == "临溪县重点项目“一厅通办”工作专班办公室"
    units = {
        each.values["short_name"]: (each.values["name"], each.values["level"]) for each in found.rows["单位"]
    }
    assert units == {
        "县行政审批局": ("临溪县行政审批局", Level.COUNTY),
        "县政府办": ("临溪县人民政府办公室", Level.COUNTY),
        "县自然资源和规划局": ("临溪县自然资源和规划局", Level.COUNTY),
        "市生态环境局临溪分局": (None, Level.COUNTY),
        "青石镇": ("临溪县青石镇人民政府", Level.TOWN),
    }
