"""Filling number and date into drafts as they come back from people's hands.

The best measure of a filled letter is the one that is drafted with its final words in the first place.
"""

import io
import re
import subprocess
import zipfile
from itertools import pairwise

import docx
import pdfplumber
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from printing import require_libreoffice

from docgen.errors import Problems
from docgen.lint.checker import check
from docgen.marks.faults import MarkFilled, MarkHolds, MarkLost, MarkScattered, MarkTracked, MarkTwice
from docgen.marks.marks import Wording, fill_marks, read_marks
from docgen.opc.faults import EncryptedFile, FileFault, HasDoctype, MalformedPart, NotADocx, StrictFormat
from docgen.pdf.convert import to_pdf
from docgen.pdf.libreoffice import find_soffice
from docgen.standard.build import blocks, closing, ooxml, package, section
from docgen.standard.build.elements import FORM_ELEMENTS
from docgen.standard.build.styles import styles
from docgen.standard.measures import page
from docgen.standard.measures.look import STANDARD

NUMBER, DATE = "docgen_number", "docgen_date"
OFFICE = "澄湖县重大项目联审联批工作机制办公室"
HOST = "澄湖县发展和改革委员会（代章）"
DRAFTED = {NUMBER: "澄联审办函〔2026〕　号", DATE: "2026年3月16日"}
FINAL = {NUMBER: "澄联审办函〔2026〕12号", DATE: "2026年4月2日"}
VALUES = {mark: Wording(DRAFTED[mark], FINAL[mark]) for mark in DRAFTED}
TEXT = "经2026年3月16日会议研究，现将有关事项告知如下。"


def draft(number=DRAFTED[NUMBER], date=DRAFTED[DATE], names=(OFFICE, HOST), closer=blocks.signature):
    """Return a letter as docgen drafts it."""
    text = (
        ("Title", "关于前期手续办理事项的告知函"),
        ("Addressee", "澄湖县水利局："),
        ("Body", TEXT),
        ("Body", "特此告知。"),
    )
    body = (
        blocks.letter_mark(OFFICE)
        + blocks.number_line(number)
        + "".join(ooxml.paragraph(style, ooxml.run(words)) for style, words in text)
        + closer(names, date)
        + blocks.letter_copies(("澄湖县人民政府办公室",))
        + section.letter(STANDARD)
    )
    looks, footers = styles(STANDARD.faces, FORM_ELEMENTS, STANDARD.line), section.letter_footers(STANDARD)
    return package.make(package.Content(body, looks, STANDARD.faces, footers, "告知函", ""))


LETTER = draft()
FINISHED = draft(FINAL[NUMBER], FINAL[DATE])


def xml(data, member="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as members:
        return members.read(member).decode()


def edit(old, new, data=LETTER, count=1):
    """Return a document whose XML was changed by hand."""
    text = xml(data)
    assert text.count(old) == count, text.count(old)
    return with_document(data, text.replace(old, new))


def with_document(data, text):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == "word/document.xml" else old.read(name))
    return stream.getvalue()


LOOK = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
NUMBER_RUN = f'<w:r>{LOOK}<w:t xml:space="preserve">{DRAFTED[NUMBER]}</w:t></w:r>'
DATE_RUN = f'<w:r>{LOOK}<w:t xml:space="preserve">{DRAFTED[DATE]}</w:t></w:r>'
NUMBER_START, NUMBER_END = (
    f'<w:bookmarkStart w:id="1001" w:name="{NUMBER}"/>',
    '<w:bookmarkEnd w:id="1001"/>',
)
DATE_START, DATE_END = f'<w:bookmarkStart w:id="1002" w:name="{DATE}"/>', '<w:bookmarkEnd w:id="1002"/>'


def run(text, looks="<w:b/>"):
    return f'<w:r w:rsidR="00A1"><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraphs(data):
    """Return the XML of the paragraphs of the body, one after the other."""
    return re.findall(r"<w:p[ >].*?</w:p>", xml(data), re.DOTALL)


def words(data):
    """Return the text of each paragraph that python-docx sees."""
    return [each.text for each in docx.Document(io.BytesIO(data)).paragraphs]


def filled(data, values=VALUES):
    return fill_marks(data, values, "稿.docx")


def fault(data, values=VALUES):
    """Return the only fault of filling."""
    with pytest.raises(Problems) as caught:
        filled(data, values)
    (only,) = caught.value.faults
    return only


def test_what_stands_in_the_places_of_a_draft_is_read():
    assert read_marks(LETTER, "稿.docx") == DRAFTED


def test_a_filled_letter_is_the_letter_drafted_with_its_final_words():
    assert xml(filled(LETTER)) == xml(FINISHED)
    assert read_marks(filled(LETTER), "稿.docx") == FINAL


def test_every_other_member_stays_as_it_is():
    before, after = (zipfile.ZipFile(io.BytesIO(data)) for data in (LETTER, filled(LETTER)))
    names = set(before.namelist()) - {"word/document.xml"}
    assert {name: before.read(name) for name in names} == {name: after.read(name) for name in names}
    assert set(after.namelist()) == set(before.namelist())


def test_the_same_input_gives_the_same_bytes():
    assert filled(LETTER) == filled(LETTER)


@pytest.mark.parametrize("data", [LETTER, edit(NUMBER_RUN, run("澄联审办函〔") + run("2026〕　号"))])
def test_filling_in_the_drafted_words_changes_nothing(data):
    same = {mark: Wording(text, text) for mark, text in DRAFTED.items()}
    assert words(filled(data, same)) == words(data)
    assert filled(LETTER, same) is LETTER


def test_a_filled_letter_can_be_filled_again_and_stays_as_it_is():
    once = filled(LETTER)
    assert filled(once) is once


def test_only_the_places_asked_for_are_filled():
    assert read_marks(filled(LETTER, {NUMBER: VALUES[NUMBER]}), "稿.docx") == {
        **DRAFTED,
        NUMBER: FINAL[NUMBER],
    }


def test_the_finished_letter_has_no_more_findings_than_the_one_drafted_so():
    assert check(filled(LETTER), "稿.docx").findings == check(FINISHED, "稿.docx").findings


DAYS = st.dates().map(lambda day: f"{max(1000, day.year)}年{day.month}月{day.day}日")
NAMES = st.lists(
    st.text("澄湖县重大项目办公室委员会发展和改革", min_size=2, max_size=26), min_size=1, max_size=3
)


@settings(max_examples=120, deadline=None)
@given(DAYS, DAYS, NAMES, st.sampled_from((blocks.signature, closing.unsealed, closing.joint_seals)))
def test_however_wide_names_and_dates_are_the_signature_stands_as_if_drafted_with_the_new_date(
    old, new, names, closer
):
    before, after = draft(date=old, names=names, closer=closer), draft(date=new, names=names, closer=closer)
    assume(len(words(before)) == len(words(after)))  # organs of a joint signature in other rows
    assert xml(filled(before, {DATE: Wording(old, new)})) == xml(after)


def test_signatories_stamps_stand_where_they_stood():
    def closer(names, date):
        return closing.stamped([("县　长", names[0])], date)

    before, after = (
        draft(date=day, names=("陶映雪",), closer=closer) for day in (DRAFTED[DATE], FINAL[DATE])
    )
    assert xml(filled(before, {DATE: VALUES[DATE]})) == xml(after)


def test_a_signature_that_a_clerk_has_moved_keeps_its_place():
    moved = re.sub(r'(<w:pStyle w:val="Signature"/><w:ind w:left=")\d+', r"\g<1>2000", xml(LETTER), count=1)
    result = xml(filled(with_document(LETTER, moved)))
    assert '<w:pStyle w:val="Signature"/><w:ind w:left="2000"' in result
    dated = re.sub(r'(<w:pStyle w:val="Date"/><w:ind w:left="0" w:right=")\d+', r"\g<1>1260", xml(LETTER))
    assert '<w:pStyle w:val="Date"/><w:ind w:left="0" w:right="1260"' in xml(
        filled(with_document(LETTER, dated))
    )


SPLIT = {
    "many runs, spelling marks, revision numbers": (
        run("澄联")
        + '<w:proofErr w:type="spellStart"/>'
        + run("审办函", "<w:i/>")
        + '<w:proofErr w:type="spellEnd"/>'
        + run("〔2026〕　号", "")
    ),
    "a smart tag": f'<w:smartTag w:uri="u" w:element="chsdate">{run("澄联审办函〔2026〕")}</w:smartTag>{run("　号")}',
    "nested bookmarks": (
        '<w:bookmarkStart w:id="7" w:name="_GoBack"/>'
        + run("澄联审办函")
        + '<w:bookmarkEnd w:id="7"/>'
        + run("〔2026〕　号")
    ),
    "a space of another width": run("澄联审办函〔2026〕 \u2003号"),
    "no space": run("澄联审办函〔2026〕号"),
    "a page break remembered by Word": "<w:r><w:lastRenderedPageBreak/><w:t>澄联审办函〔2026〕　号</w:t></w:r>",
    "a link": f"<w:hyperlink>{run('澄联审办函〔2026〕　号')}</w:hyperlink>",
    "character references": run("&#x6F84;联审办函〔2026〕&#12288;号"),
    "a content control": f"<w:sdt><w:sdtPr/><w:sdtContent>{run('澄联审办函〔2026〕　号')}</w:sdtContent></w:sdt>",
}


@pytest.mark.parametrize("inside", SPLIT.values(), ids=SPLIT)
def test_words_that_an_editor_took_apart_are_filled_in_the_looks_of_the_first(inside):
    result = filled(edit(NUMBER_RUN, inside))
    assert FINAL[NUMBER] in words(result) or FINAL[NUMBER] in xml(result)
    assert read_marks(result, "稿.docx") == FINAL
    looks = re.findall(r"<w:r[ >](?:(?!<w:r[ >]).)*?" + FINAL[NUMBER], xml(result))
    assert len(looks) == 1
    assert ("<w:b/>" in looks[0]) == ("<w:b/>" in inside)


AROUND = {
    "shrunk to nothing before the words": NUMBER_START + NUMBER_END + NUMBER_RUN,
    "shrunk to nothing behind the words": NUMBER_RUN + NUMBER_START + NUMBER_END,
    "end before start": NUMBER_END + NUMBER_START + NUMBER_RUN,
    "no end": NUMBER_START + NUMBER_RUN,
    "half the words outside": NUMBER_START + run("澄联审办函") + NUMBER_END + run("〔2026〕　号"),
    "gone": NUMBER_RUN,
    "gone, and spaces at both ends": run("　　澄联审办函〔2026〕　号 "),
    "spaces inside at both ends": NUMBER_START + run("　　澄联审办函〔2026〕　号 ") + NUMBER_END,
    "a tab inside": NUMBER_START + "<w:r><w:tab/></w:r>" + NUMBER_RUN + NUMBER_END,
    "emptied": NUMBER_START + NUMBER_END,
    "emptied but for a space": NUMBER_START + run("　") + NUMBER_END,
    "an anchored picture behind": NUMBER_START + NUMBER_RUN + "<w:r><w:pict/></w:r>" + NUMBER_END,
    "a footnote behind": NUMBER_START
    + NUMBER_RUN
    + NUMBER_END
    + '<w:r><w:footnoteReference w:id="2"/></w:r>',
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_a_bookmark_that_editing_has_moved_is_put_to_rights_by_the_words(around):
    result = filled(edit(NUMBER_START + NUMBER_RUN + NUMBER_END, around))
    said = [each.strip() for each in words(result)]
    assert said.count(FINAL[NUMBER]) == 1
    assert not any("〔2026〕　号" in each for each in said)
    assert said.count(FINAL[DATE]) == 1


def test_spaces_with_which_a_clerk_has_moved_a_line_stay():
    result = filled(edit(DATE_RUN, run("　　　　2026年3月16日　　")))
    assert "　　　　2026年4月2日　　" in words(result)


def test_words_typed_beside_the_number_stay():
    result = filled(edit(NUMBER_START, run("字号：") + NUMBER_START))
    assert f"字号：{FINAL[NUMBER]}" in words(result)


def test_a_bookmark_that_ends_in_the_next_paragraph_is_filled_in_the_one_that_has_the_words():
    text = xml(LETTER).replace(NUMBER_END, "")
    at = text.index("<w:r>", text.index(NUMBER_RUN) + len(NUMBER_RUN))
    moved = with_document(LETTER, text[:at] + NUMBER_END + text[at:])
    assert FINAL[NUMBER] in words(filled(moved))


def test_a_bookmark_that_has_come_to_hold_another_paragraph_as_well_is_filled_where_its_words_are():
    text = xml(LETTER).replace(DATE_END, f"</w:p><w:p>{run('（联系人：陶映雪）')}{DATE_END}")
    result = filled(with_document(LETTER, text))
    assert {FINAL[DATE], "（联系人：陶映雪）"} <= set(words(result))


def test_a_date_without_its_bookmark_is_found_behind_the_text_and_the_dates_in_the_text_stay():
    lost = edit(DATE_START, "", edit(DATE_END, ""))
    result = filled(lost)
    assert FINAL[DATE] in words(result)
    assert TEXT in words(result)
    assert xml(result) == xml(FINISHED).replace(DATE_START, "").replace(DATE_END, "")


def test_a_date_under_the_title_is_not_taken_for_that_of_the_document():
    text = xml(LETTER).replace(DATE_START + DATE_RUN + DATE_END, "")
    text = text.replace(f"{NUMBER_END}</w:p>", f"{NUMBER_END}</w:p><w:p>{DATE_RUN}</w:p>")
    assert type(fault(with_document(LETTER, text))) is MarkLost


UPWARD = edit(NUMBER_END, NUMBER_END + "<w:r><w:tab/><w:t>签发人：</w:t><w:tab/><w:t>白景澄</w:t></w:r>")


@pytest.mark.parametrize(
    "around", [NUMBER_START + NUMBER_RUN + NUMBER_END, NUMBER_START + NUMBER_END, NUMBER_RUN], ids=len
)
def test_the_signatory_on_the_numbers_line_stays(around):
    result = filled(edit(NUMBER_START + NUMBER_RUN + NUMBER_END, around, UPWARD))
    assert f"{FINAL[NUMBER]}\t签发人：\t白景澄" in words(result)


REFUSED = {
    "typed in by hand": (run("澄联审办函〔2026〕15号"), MarkFilled),
    "another code": (run("澄联审函〔2026〕　号"), MarkFilled),
    "inserted with changes tracked": (f'<w:ins w:id="9" w:author="陶">{NUMBER_RUN}</w:ins>', MarkTracked),
    "deleted with changes tracked": (
        NUMBER_RUN + '<w:del w:id="9"><w:r><w:delText>旧</w:delText></w:r></w:del>',
        MarkTracked,
    ),
    "a tab amid": (run("澄联审办函") + "<w:r><w:tab/></w:r>" + run("〔2026〕　号"), MarkHolds),
    "a footnote amid": (
        run("澄联审办函") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("〔2026〕　号"),
        MarkHolds,
    ),
    "a field": (f'<w:fldSimple w:instr=" DOCPROPERTY 文号 ">{NUMBER_RUN}</w:fldSimple>', MarkHolds),
    "a field of three parts": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + NUMBER_RUN
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        MarkHolds,
    ),
    "a control bound to other data": (
        f"<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{NUMBER_RUN}</w:sdtContent></w:sdt>",
        MarkHolds,
    ),
    "two paragraphs": (run("澄联审办函") + "</w:p><w:p>" + run("〔2026〕　号"), MarkScattered),
    "digits typed behind": (NUMBER_RUN + NUMBER_END.replace("1001", "1001x") + run("12号"), MarkFilled),
}


@pytest.mark.parametrize(("inside", "kind"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_certain_is_refused_with_the_place_and_what_to_do(inside, kind):
    found = fault(edit(NUMBER_RUN, inside))
    assert type(found) is kind
    assert "稿.docx" in found.what
    assert "发文字号" in found.what
    assert found.remedy.endswith("。")


def test_digits_typed_behind_the_bookmark_are_not_doubled():
    found = fault(edit(NUMBER_END, NUMBER_END + run("12号")))
    assert type(found) is MarkFilled
    assert "澄联审办函〔2026〕　号12号" in found.what


def test_a_number_written_by_hand_that_is_the_one_given_is_right():
    assert FINAL[NUMBER] in words(filled(edit(NUMBER_RUN, run("澄联审办函〔2026〕 12 号"))))


def test_a_date_written_by_hand_is_named_beside_the_one_to_be_filled_in():
    found = fault(edit(DATE_RUN, run("2026年3月20日")))
    assert found.what == (
        "稿.docx：成文日期处写的是“2026年3月20日”，既不是拟稿时的“2026年3月16日”，也不是要填的“2026年4月2日”"
    )


def test_a_number_that_was_deleted_is_reported_with_the_words_to_put_back():
    found = fault(edit(NUMBER_START + NUMBER_RUN + NUMBER_END, ""))
    assert type(found) is MarkLost
    assert DRAFTED[NUMBER] in found.remedy
    assert "--force" in found.remedy


def test_two_lines_with_the_drafted_words_are_not_guessed_between():
    found = fault(edit(NUMBER_START + NUMBER_RUN + NUMBER_END, f"{NUMBER_RUN}</w:p><w:p>{NUMBER_RUN}"))
    assert (type(found), found.places) == (MarkLost, 2)


def test_a_bookmark_that_stands_twice_is_refused():
    twice = edit(NUMBER_END, f"{NUMBER_END}</w:p><w:p>{NUMBER_START}{NUMBER_RUN}{NUMBER_END}")
    assert (type(fault(twice)), fault(twice).places) == (MarkTwice, 2)
    with pytest.raises(MarkTwice):
        read_marks(twice, "稿.docx")


def test_a_bookmark_left_behind_in_another_line_gives_way_to_the_drafted_words():
    text = xml(LETTER).replace(NUMBER_START + NUMBER_RUN + NUMBER_END, NUMBER_RUN)
    text = text.replace(
        '<w:t xml:space="preserve">关于', f"<w:t/></w:r>{NUMBER_START}{NUMBER_END}<w:r><w:t>关于"
    )
    assert FINAL[NUMBER] in words(filled(with_document(LETTER, text)))


def test_all_places_at_fault_are_told_at_once():
    wrong = edit(DATE_RUN, run("2026年3月20日"), edit(NUMBER_START + NUMBER_RUN + NUMBER_END, ""))
    with pytest.raises(Problems) as caught:
        filled(wrong)
    assert [type(each) for each in caught.value.faults] == [MarkLost, MarkFilled]


@pytest.mark.parametrize("words_", ["", " ", "12号 ", "12\x07号"])
def test_words_that_cannot_stand_there_are_refused(words_):
    with pytest.raises(ValueError, match=r"^[ 12\x07号]*$"):
        filled(LETTER, {NUMBER: Wording(DRAFTED[NUMBER], words_)})


def test_signs_that_mean_something_in_xml_go_in_as_they_are():
    result = filled(LETTER, {NUMBER: Wording(DRAFTED[NUMBER], "A&B<〔2026〕12号")})
    assert read_marks(result, "稿.docx")[NUMBER] == "A&B<〔2026〕12号"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 30),
            st.text(
                st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="<>&"), max_size=30
            ),
        ),
        max_size=6,
    )
)
def test_any_edit_of_other_paragraphs_survives_byte_for_byte(edits):
    text = xml(LETTER)
    for place, typed in edits:
        ends = [found.end() for found in re.finditer(r"</w:pPr>(?=<w:r>|</w:p>)", text)]
        at = ends[place % len(ends)]
        text = text[:at] + f"<w:r><w:rPr ></w:rPr><w:t xml:space='preserve'>{typed}</w:t></w:r>" + text[at:]
    edited = with_document(LETTER, text)
    try:
        result = filled(edited)
    except Problems:
        return  # something was typed into the places themselves
    before, after = paragraphs(edited), paragraphs(result)
    changed = [place for place, (one, two) in enumerate(zip(before, after, strict=True)) if one != two]
    shown = {re.sub("<[^>]*>", "", before[place]) for place in changed}
    assert all(any(mark in each for mark in (*DRAFTED.values(), OFFICE, HOST)) for each in shown)
    assert len(changed) <= 4


@settings(max_examples=150, deadline=None)
@given(
    st.sets(st.integers(1, len(DRAFTED[NUMBER]) - 1), max_size=4),
    st.lists(st.integers(0, 8), min_size=2, max_size=2),
    st.sampled_from(["", "特急", "　", "（代拟稿）", "第3稿", "\t"]),
    st.sampled_from(["", "　", "（代拟稿）", "12", "\t签发人：白景澄"]),
)
def test_wherever_runs_and_bookmark_are_cut_the_number_is_filled_in_once_or_refused(
    cuts, marks, before, after
):
    text, places = DRAFTED[NUMBER], [0, *sorted(cuts), len(DRAFTED[NUMBER])]
    runs = [run(text[one:two]) for one, two in pairwise(places)]
    pieces = [ooxml.run(before), *runs, ooxml.run(after)]
    for place, mark in zip(marks, (NUMBER_START, NUMBER_END), strict=True):
        pieces.insert(place, mark)
    edited = edit(NUMBER_START + NUMBER_RUN + NUMBER_END, "".join(pieces))
    try:
        said = words(filled(edited))
    except Problems:
        assert "3" in before or after == "12" or (before + after).strip("　\t")
        return
    assert before + FINAL[NUMBER] + after in said
    assert [each for each in said if each != before + FINAL[NUMBER] + after] == [
        FINAL[DATE] if each == DRAFTED[DATE] else each for each in words(edited) if text not in each
    ]


def test_python_docx_edits_are_kept():
    document = docx.Document(io.BytesIO(LETTER))
    document.paragraphs[-2].insert_paragraph_before("（联系人：陶映雪）")
    document.add_paragraph("附注另行印发。")
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("经2026年"):
            paragraph.add_run("请于月底前办结。").bold = True
    stream = io.BytesIO()
    document.save(stream)
    result = filled(stream.getvalue())
    said = words(result)
    assert {FINAL[NUMBER], FINAL[DATE], "（联系人：陶映雪）", f"{TEXT}请于月底前办结。"} <= set(said)


def test_python_docx_replacing_a_paragraphs_text_still_leaves_the_place_to_be_found():
    document = docx.Document(io.BytesIO(LETTER))
    for paragraph in document.paragraphs:
        if paragraph.text in DRAFTED.values():
            paragraph.text = paragraph.text
    stream = io.BytesIO()
    document.save(stream)
    assert {FINAL[NUMBER], FINAL[DATE]} <= set(words(filled(stream.getvalue())))


HOSTILE = {
    "no package": (b"hello", NotADocx),
    "encrypted": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        EncryptedFile,
    ),
    "a document type": (
        with_document(LETTER, "<!DOCTYPE a [<!ENTITY b 'c'>]>" + xml(LETTER).split("?>", 1)[1]),
        HasDoctype,
    ),
    "cut XML": (with_document(LETTER, xml(LETTER)[:5000]), MalformedPart),
    "another encoding": (
        with_document(LETTER, xml(LETTER).replace("UTF-8", "UTF-16", 1).encode("utf-16")),
        MalformedPart,
    ),
    "another prefix": (
        with_document(LETTER, re.sub(r"(</?|\bxmlns:| )w(?=[:=])", r"\1x", xml(LETTER))),
        StrictFormat,
    ),
    "a bomb": (
        with_document(LETTER, xml(LETTER).replace("<w:body>", "<w:body>" + " " * (17 * 2**20))),
        FileFault,
    ),
}


@pytest.mark.parametrize(("data", "kind"), HOSTILE.values(), ids=HOSTILE)
def test_files_that_are_no_sound_documents_are_refused_as_elsewhere(data, kind):
    for ask in (read_marks, lambda *given: fill_marks(given[0], VALUES, given[1])):
        with pytest.raises(kind) as caught:
            ask(data, "稿.docx")
        assert "稿.docx" in caught.value.what


SIGNED = {
    "narrow, longer": (("澄湖县发展和改革委员会",), "2026年3月6日", "2026年11月16日"),
    "narrow, shorter": (("澄湖县发展和改革委员会",), "2026年11月16日", "2026年3月6日"),
    "wide, longer": ((OFFICE, HOST), "2026年3月6日", "2026年11月16日"),
    "wide, shorter": ((OFFICE, HOST), "2026年11月16日", "2026年3月6日"),
}
LONG = "澄联审办函〔2026〕1128号"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The lines of page 1 of letters filled as drafted, filled after LibreOffice has saved them, and drafted so."""
    require_libreoffice()
    folder = tmp_path_factory.mktemp("marks")
    drafts = {name: draft(date=old, names=names) for name, (names, old, _) in SIGNED.items()}
    documents = {}
    for way, letters in (("filled", drafts), ("saved", saved_by_libreoffice(drafts, folder))):
        for name, data in letters.items():
            _, old, new = SIGNED[name]
            values = {NUMBER: Wording(DRAFTED[NUMBER], LONG), DATE: Wording(old, new)}
            documents[f"{way} {name}"] = fill_marks(data, values, f"{name}.docx")
    for name, (names, _, new) in SIGNED.items():
        documents[f"drafted {name}"] = draft(LONG, new, names)
    return _printed(documents, folder)


def saved_by_libreoffice(documents, folder):
    """Return documents as LibreOffice saves them, all in one call."""
    sources, results = folder / "drafts", folder / "saved"
    sources.mkdir()
    for place, data in enumerate(documents.values()):
        (sources / f"{place}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    asked = ("--headless", "--norestore", "--convert-to", "docx", "--outdir", results)
    subprocess.run(
        [find_soffice(), profile, *asked, *sorted(sources.iterdir())],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {name: (results / f"{place}.docx").read_bytes() for place, name in enumerate(documents)}


def _printed(documents, folder):
    paths = []
    for name, data in documents.items():
        paths.append(folder / f"{name}.docx")
        paths[-1].write_bytes(data)
    return {pdf.stem: _lines(pdf) for pdf in to_pdf(paths, folder)}


def _lines(pdf):
    """Return the left, right and top edge in millimetres of each line of page 1 by its words."""
    with pdfplumber.open(pdf) as document:
        found = document.pages[0].extract_text_lines(return_chars=False)
    return {
        each["text"].replace(" ", ""): tuple(each[edge] * 25.4 / 72 for edge in ("x0", "x1", "top"))
        for each in found
    }


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", SIGNED)
@pytest.mark.parametrize("way", ["filled", "saved"])
def test_in_print_every_line_stands_where_the_letter_drafted_so_has_it(pages, way, name):
    expected, found = pages[f"drafted {name}"], pages[f"{way} {name}"]
    assert found.keys() == expected.keys()
    for words_, place in expected.items():
        assert found[words_] == pytest.approx(place, abs=0.3), words_


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", SIGNED)
@pytest.mark.parametrize("way", ["filled", "saved"])
def test_in_print_the_names_are_centred_on_the_date_and_the_number_ends_at_the_edge(pages, way, name):
    names, _, new = SIGNED[name]
    lines, edge = pages[f"{way} {name}"], page.LEFT.mm + page.TEXT_WIDTH.mm
    centres = [sum(lines[each][:2]) / 2 for each in (*names, new)]
    assert centres == pytest.approx([centres[0]] * len(centres), abs=1)
    assert edge - lines[new][1] >= page.DATE_RIGHT.mm - 1
    assert lines[LONG][1] == pytest.approx(edge, abs=1)


@pytest.mark.libreoffice
def test_libreoffice_saves_the_places_so_that_they_are_found(tmp_path):
    require_libreoffice()
    (saved,) = saved_by_libreoffice({"letter": LETTER}, tmp_path).values()
    assert read_marks(saved, "稿.docx") == DRAFTED
    before, after = paragraphs(saved), paragraphs(filled(saved))
    changed = [one for one, two in zip(before, after, strict=True) if one != two]
    assert {re.sub("<[^>]*>", "", each) for each in changed} == {*DRAFTED.values()}
