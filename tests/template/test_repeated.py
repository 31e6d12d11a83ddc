"""What a loop may not repeat as it is: lists begin anew, bookmarks and comments are told apart; links are rendered."""

from __future__ import annotations

import io
import re

import docx
import pytest

from docgen.template.template import compile as compile_template
from tests.template.conftest import build, replaced, with_part, with_xml, xml_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
NUMBERS = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
UNITS = {
    "单位们": [
        {"名": "甲局", "项": ["事一", "事二"]},
        {"名": "乙局", "项": ["事三"]},
        {"名": "丙局", "项": ["事四"]},
    ]
}


def p(words, looks=""):
    return f"<w:p><w:pPr>{looks}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def listed(body):
    base = re.sub(
        rb'<Override PartName="/word/numbering.xml"[^>]*/>', b"", xml_of(build(), "[Content_Types].xml")
    )
    data = replaced(build(), {"[Content_Types].xml": base, "word/numbering.xml": None})
    return with_xml(
        body, with_part(data, "word/numbering.xml", NUMBERS, "officedocument.wordprocessingml.numbering")
    )


def numbers_of(data):
    found = re.findall(r'<w:numId w:val="(\d+)"/>', xml_of(data).decode())
    return [len({*found[:place], each}) for place, each in enumerate(found)], found


NESTED = (
    p("{%p for 单位 in 单位们 %}") + p("{{ 单位.名 }}") + p("{%p for 项 in 单位.项 %}") + p("{{ 项 }}", LIST)
    + p("{%p endfor %}") + p("{%p endfor %}")
)  # fmt: skip


def test_a_list_in_a_loop_within_a_loop_begins_anew_each_time():
    out = compile_template(listed(NESTED), "清单.docx").render(UNITS)
    places, ids = numbers_of(out)
    assert places == [1, 1, 2, 3]
    numbering = xml_of(out, "word/numbering.xml").decode()
    for each in set(ids) - {"1"}:
        own = re.search(rf'<w:num w:numId="{each}">.*?</w:num>', numbering)[0]
        assert '<w:abstractNumId w:val="0"/>' in own
        assert '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/>' in own
    assert "list-begin" not in xml_of(out).decode()
    assert compile_template(listed(NESTED), "清单.docx").render(UNITS) == out


def test_a_list_of_one_loop_goes_on_and_so_does_one_whose_headings_stand_outside():
    plain = p("{%p for 单位 in 单位们 %}") + p("{{ 单位.名 }}", LIST) + p("{%p endfor %}")
    assert numbers_of(compile_template(listed(plain), "清单.docx").render(UNITS))[0] == [1, 1, 1]
    below = LIST.replace('ilvl w:val="0"', 'ilvl w:val="1"')
    both = NESTED.replace(p("{{ 单位.名 }}"), p("{{ 单位.名 }}", LIST)).replace(
        p("{{ 项 }}", LIST), p("{{ 项 }}", below)
    )
    assert set(numbers_of(compile_template(listed(both), "清单.docx").render(UNITS))[1]) == {"1"}


def test_a_list_that_is_numbered_by_its_style_begins_anew_as_well():
    document = docx.Document()
    for words in ("{%p for 单位 in 单位们 %}", "{%p for 项 in 单位.项 %}"):
        document.add_paragraph(words)
    document.add_paragraph("{{ 项 }}", style="List Number")
    for _ in range(2):
        document.add_paragraph("{%p endfor %}")
    stream = io.BytesIO()
    document.save(stream)
    out = compile_template(stream.getvalue(), "清单.docx").render(UNITS)
    assert numbers_of(out)[0] == [1, 1, 2, 3]
    assert docx.Document(io.BytesIO(out)).paragraphs[0].style.name == "List Number"


def test_bookmarks_in_a_loop_have_ids_and_names_of_their_own_and_end_where_they_began():
    marked = (
        '<w:p><w:bookmarkStart w:id="5" w:name="项目"/><w:r><w:t>{{ 单位.名 }}</w:t></w:r>'
        '<w:bookmarkEnd w:id="5"/></w:p>'
    )
    body = (
        p("{%p for 单位 in 单位们 %}") + marked + p("{%p endfor %}") + marked.replace("{{ 单位.名 }}", "尾")
    )
    xml = xml_of(compile_template(with_xml(body), "书签.docx").render(UNITS)).decode()
    starts = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="([^"]+)"/>', xml)
    assert [name for _, name in starts] == ["项目", "项目_2", "项目_3", "项目_4"]
    assert len({number for number, _ in starts}) == 4
    assert re.findall(r'<w:bookmarkEnd w:id="(\d+)"/>', xml) == [number for number, _ in starts]


def test_a_comment_in_a_loop_is_written_again_for_each_round():
    comments = (
        f'<w:comments {W}><w:comment w:id="0" w:author="某"><w:p><w:r><w:t>请核对</w:t></w:r></w:p>'
        "</w:comment></w:comments>"
    )
    said = (
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>{{ 单位.名 }}</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    base = with_part(
        build(), "word/comments.xml", comments, "officedocument.wordprocessingml.comments", "comments"
    )
    body = p("{%p for 单位 in 单位们 %}") + said + p("{%p endfor %}")
    out = compile_template(with_xml(body, base), "批注.docx").render(UNITS)
    references = re.findall(r'<w:commentReference w:id="(\d+)"/>', xml_of(out).decode())
    known = re.findall(r'<w:comment w:id="(\d+)"', xml_of(out, "word/comments.xml").decode())
    assert len(set(references)) == 3
    assert sorted(known) == sorted(references)
    for kind in ("RangeStart", "RangeEnd"):
        assert re.findall(rf'<w:comment{kind} w:id="(\d+)"/>', xml_of(out).decode()) == references


def linked(target, body):
    """Return a template with a link to an address."""
    added = f'<Relationship Id="rId90" Type="{OFFICE}/hyperlink" Target="{target}" TargetMode="External"/>'
    known = xml_of(build(), RELS).decode()
    rels = known.replace("</Relationships>", f"{added}</Relationships>").encode()
    return with_xml(body, replaced(build(), {RELS: rels}))


@pytest.mark.parametrize(
    "written", ["https://a.example/{{ 单位.名 }}", "https://a.example/%7B%7B%20单位.名%20%7D%7D"]
)
def test_the_address_of_a_link_is_rendered_for_each_round_of_a_loop(written):
    body = (
        p("{%p for 单位 in 单位们 %}")
        + '<w:p><w:hyperlink r:id="rId90"><w:r><w:t>{{ 单位.名 }}</w:t></w:r></w:hyperlink></w:p>'
        + p("{%p endfor %}")
    )
    template = compile_template(linked(written, body), "链接.docx")
    out = template.render({"单位们": [{"名": "甲 & 乙"}, {"名": "丙"}]})
    used = re.findall(r'<w:hyperlink r:id="([^"]+)"', xml_of(out).decode())
    targets = dict(re.findall(r'Id="([^"]+)"[^>]*Target="([^"]+)"', xml_of(out, RELS).decode()))
    assert [targets[each] for each in used] == [
        "https://a.example/%E7%94%B2%20&amp;%20%E4%B9%99",
        "https://a.example/%E4%B8%99",
    ]
    assert "{{" not in xml_of(out, RELS).decode()
    assert "%7B" not in xml_of(out, RELS).decode()
    assert template.fields() == ("单位们[].名",)
    assert docx.Document(io.BytesIO(out)).paragraphs[0].text == "甲 & 乙"


def test_an_address_without_tags_stays_as_it_is():
    body = '<w:p><w:hyperlink r:id="rId90"><w:r><w:t>{{ 名 }}</w:t></w:r></w:hyperlink></w:p>'
    data = linked("https://a.example/1", body)
    out = compile_template(data, "链接.docx").render({"名": "甲"})
    assert xml_of(out, RELS) == xml_of(data, RELS)
    assert 'r:id="rId90"' in xml_of(out).decode()
