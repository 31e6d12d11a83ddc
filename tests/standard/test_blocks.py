"""Blocks are whole paragraphs of escaped, well-formed WordprocessingML."""

from __future__ import annotations

import pickle

import pytest
from lxml import etree

from docgen.standard.build import blocks
from docgen.standard.build.blocks import Block
from docgen.standard.build.imprint import Imprint, imprint, imprint_height
from docgen.standard.measures import page
from docgen.standard.measures.lengths import Mm
from docgen.standard.measures.widths import width

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parsed(block):
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return etree.fromstring(f'<w:body xmlns:w="{namespace}">{block}</w:body>')


def texts(block):
    return ["".join(each.itertext(f"{W}t")) for each in parsed(block).iterchildren(f"{W}p")]


def test_a_block_is_its_own_markup_and_can_be_sent_to_another_process():
    block = blocks.annex_list(["名单"])
    assert block.__html__() == str(block)
    assert pickle.loads(pickle.dumps(block)) == block  # noqa: S301 (our own bytes)


@pytest.mark.parametrize(
    "block",
    [
        blocks.letter_mark("甲&乙<丙>办公室"),
        blocks.number_line("甲&乙〔2026〕1号"),
        blocks.annex_list(["甲&乙", "<丙>"]),
        blocks.signature(["甲&乙<丙>"], "2026年3月6日"),
        blocks.letter_copies(["甲&乙", "<丙>"]),
    ],
)
def test_what_blocks_say_is_escaped(block):
    assert "&" in "".join(parsed(block).itertext(f"{W}t"))


@pytest.mark.parametrize("make", [lambda: blocks.letter_mark("甲县办"), lambda: blocks.letter_copies(["甲"])])
def test_the_same_words_make_the_same_block(make):
    assert make() == make()


def test_a_mark_is_set_in_42_points_or_in_what_one_line_holds():
    sizes = [blocks.mark_size("字" * count).pt for count in (6, 10, 11, 18, 30)]
    assert sizes == [42, 42, 40, 24.5, 14.5]
    assert all(blocks.mark_size("字" * count) * count <= page.TEXT_WIDTH for count in range(1, 31))


def test_number_and_date_stand_in_bookmarks():
    for block, tag, words in (
        (blocks.number_line("澄联审办函〔2026〕　号"), blocks.NUMBER_MARK, "澄联审办函〔2026〕　号"),
        (blocks.signature(["甲"], "2026年3月6日"), blocks.DATE_MARK, "2026年3月6日"),
    ):
        start = parsed(block).find(f".//{W}bookmarkStart")
        assert start.get(f"{W}name") == tag
        assert "".join(start.getnext().itertext()) == words
        assert start.getnext().getnext().tag == f"{W}bookmarkEnd"


def test_no_annexes_make_no_paragraph():
    assert blocks.annex_list([]) == Block()


def test_one_annex_has_no_number_and_several_have_without_punctuation_at_the_end():
    assert texts(blocks.annex_list(["名单。"])) == ["", "附件：名单"]
    assert texts(blocks.annex_list(["名单；", "《办法》"])) == ["", "附件：1.名单", "2.《办法》"]


@pytest.mark.parametrize(
    ("names", "seal", "blank"), [(1, 42, 2), (1, 50, 2), (2, 42, 1), (2, 50, 1), (1, 20, 1)]
)
def test_blank_lines_are_kept_for_the_seal(names, seal, blank):
    made = texts(blocks.signature(["某县发展和改革委员会"] * names, "2026年3月6日", Mm(seal)))
    assert made[: blank + 1] == [""] * blank + ["某县发展和改革委员会"]


def test_everything_of_a_signature_is_kept_with_what_follows():
    block = parsed(blocks.signature(["甲", "乙（代章）"], "2026年3月6日"))
    assert [each.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for each in block] == [
        "Blank", "Signature", "Signature", "Date",
    ]  # fmt: skip


def test_a_name_without_words_is_parted_all_the_same():
    made = blocks.signature(["某" * 30], "2026年3月6日")
    (first, *_rest) = [
        list(each.itertext(f"{W}t"))
        for each in parsed(made).iter(f"{W}p")
        if "某" in "".join(each.itertext())
    ]
    assert len(first) == 2
    assert all(width(line) <= page.TEXT_WIDTH for line in first)


def test_without_copies_the_document_ends_with_an_invisible_paragraph():
    assert texts(blocks.letter_copies([])) == [""]
    assert "抄送：甲，乙。" in "".join(parsed(blocks.letter_copies(["甲", "乙"])).itertext(f"{W}t"))


LONG = "青岚市查干河旗立项项目审批手续起底集中清理专项行动工作领导小组办公室"


@pytest.mark.parametrize(
    ("name", "count"), [("青岚市审批联动办", 1), ("字" * 25, 1), (LONG, 2), (LONG + "会议纪要", 3)]
)
def test_a_mark_is_never_smaller_than_a_title_nor_wider_than_the_text(name, count):
    size, looks, lines = blocks.mark_looks(name)
    assert "".join(lines) == name
    assert len(lines) == count
    assert size >= page.SIZE_2
    narrowed = [each for each in looks if each.startswith("<w:w ")]
    assert narrowed or all(size * len(line) <= page.TEXT_WIDTH for line in lines)


def test_a_letters_rule_lies_below_the_last_line_of_its_mark():
    one, two = (blocks.letter_mark(name) for name in ("青岚市审批联动办", LONG))
    assert "<w:br/>" in two
    assert "<w:br/>" not in one


def test_a_signature_wider_than_the_text_is_parted_between_words():
    made = blocks.signature([LONG, "青岚市发展和改革委员会（代章）"], "2026年3月16日")
    said = ["\n".join(each.itertext(f"{W}t")) for each in parsed(made).iter(f"{W}p")]
    first = next(each for each in said if each.startswith("青岚市查干河旗"))
    assert first.replace("\n", "") == LONG
    assert all(width(line) <= page.TEXT_WIDTH for line in first.split("\n"))


def test_the_date_of_printing_stands_below_an_organ_that_leaves_it_no_room() -> None:
    """A name of 22 characters and a date do not go on one line of the 版记: it is a line higher, and says so itself."""
    short = Imprint("澄湖县重大项目联审联批工作机制办公室", "2026年3月6日")
    long = Imprint("宝日图旗投资项目审批大起底行动领导小组办公室", "2026年3月6日")
    assert imprint_height(long) - imprint_height(short) == page.LINE
    lines = [str(imprint(each)).rpartition("ImprintIssue")[2] for each in (short, long)]
    assert ["<w:br/>" in each for each in lines] == [False, True]
    assert all("<w:tab/>" in each for each in lines)
