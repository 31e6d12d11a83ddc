"""docxtpl's own values: pictures and links need no docxtpl, sub-documents and its ids bring their package along."""

import io
import re
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing, RichText, RichTextParagraph

from docgen.template.faults import (
    BrokenBlock,
    CannotFallBack,
    MisplacedBlock,
    UnfitPicture,
    UnknownField,
    UnknownFile,
)
from docgen.template.template import compile as compile_template


def png(wide=4, high=2, shade=0):
    """Return a grey picture."""

    def chunk(kind, content):
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([shade]) * wide) * high)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def picture(shade=0, **sizes):
    return InlineImage(None, io.BytesIO(png(shade=shade)), **sizes)


def opened(data):
    return docx.Document(io.BytesIO(data))


def links(part):
    return [rel.target_ref for rel in part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.HYPERLINK]


def test_a_picture_has_the_size_asked_for_and_the_same_one_is_kept_once(make):
    data = make("前{{ 图 }}后", "{{ 图 }}", "{{ 另 }}")
    out = opened(
        compile_template(data, "a.docx").render({"图": picture(width=Mm(40)), "另": picture(9, height=Mm(7))})
    )
    sizes = [(shape.width, shape.height) for shape in out.inline_shapes]
    assert sizes == [(Mm(40), Mm(20)), (Mm(40), Mm(20)), (Mm(14), Mm(7))]
    images = {rel.target_part.partname for rel in out.part.rels.values() if "image" in rel.reltype}
    assert len(images) == 2
    assert out.paragraphs[0].text == "前后"


def test_pictures_in_headers_footers_tables_and_loops_have_ids_of_their_own(make, read):
    rows = [["{%tr for x in 清单 %}"], ["{{ x.图 }}{{ x.名 }}"], ["{%tr endfor %}"]]
    data = make("{{ 图 }}", rows=rows, header="页眉{{ 图 }}", footer="{{r 图 }}")
    context = {"图": picture(), "清单": [{"图": picture(shade), "名": str(shade)} for shade in range(5)]}
    out = compile_template(data, "a.docx").render(context)
    document = opened(out)
    for part in (document.sections[0].header.part, document.sections[0].footer.part):
        (image,) = [rel.target_part for rel in part.rels.values() if "image" in rel.reltype]
        assert image.blob == png()
    members = ("word/document.xml", "word/header1.xml", "word/footer1.xml")
    ids = [
        piece.split('"')[0]
        for name in members
        for piece in read.xml(out, name).decode().split('docPr id="')[1:]
    ]
    assert len(ids) == len(set(ids)) == 8


def test_the_words_behind_a_picture_keep_their_formatting(make):
    out = opened(compile_template(make([("前{{ 图 }}后", True)]), "a.docx").render({"图": picture()}))
    assert [(run.text, run.bold) for run in out.paragraphs[0].runs if run.text] == [("前后", True)]


def test_a_picture_that_leads_somewhere(make):
    out = compile_template(make("{{ 图 }}"), "a.docx").render({"图": picture(anchor="https://e.cn/?a=1&b=2")})
    assert links(opened(out).part) == ["https://e.cn/?a=1&b=2"]
    assert "hlinkClick" in opened(out).element.xml


@pytest.mark.parametrize(
    "wrong", ["没有.png", __file__, io.BytesIO(b""), io.BytesIO(b"\x89PNG\r\n\x1a\n"), None]
)
def test_a_picture_that_cannot_be_used_is_a_fault_with_its_place(make, wrong):
    template = compile_template(make("甲", "照片{{ 图 }}"), "样张.docx")
    with pytest.raises(UnfitPicture, match=r"模板 样张.docx 第2段“照片\{\{ 图 \}\}”：“图”的图片") as caught:
        template.render({"图": InlineImage(None, wrong)})
    assert caught.value.field == "图"


def test_documents_with_pictures_are_the_same_every_time_and_take_no_room(make):
    template = compile_template(make("{{ 图 }}", header="{{ 图 }}"), "a.docx")
    first = template.render({"图": picture()})
    for shade in range(1, 30):
        template.render({"图": picture(shade)})
    assert template.render({"图": picture()}) == first
    assert len(template._members._layouts) == 1


def test_threads_with_other_pictures_and_links_do_not_meet(make):
    template = compile_template(make("{{ 图 }}{{r 链接 }}", header="{{r 链接 }}"), "a.docx")

    def rendered(number):
        link = RichText("网页", url_id=template.build_url_id(f"https://e.cn/{number}"))
        out = opened(template.render({"图": picture(number), "链接": link}))
        images = [rel.target_part.blob for rel in out.part.rels.values() if "image" in rel.reltype]
        return images, links(out.part), links(out.sections[0].header.part)

    with ThreadPoolExecutor(8) as pool:
        outs = list(pool.map(rendered, range(40)))
    assert outs == [
        ([png(shade=number)], [f"https://e.cn/{number}"], [f"https://e.cn/{number}"]) for number in range(40)
    ]


def test_a_picture_by_its_path(make, tmp_path):
    path = tmp_path / "照片 & 图.png"
    path.write_bytes(png())
    template = compile_template(make("{{ 图 }}"), "a.docx")
    for given in (str(path), Path(path)):
        assert len(opened(template.render({"图": InlineImage(None, given)})).inline_shapes) == 1


def test_a_rich_text_s_link_by_the_template_s_own_id_works_in_every_part(make):
    data = make("{{r 链接 }}", header="{{r 链接 }}")
    template = compile_template(data, "a.docx")
    text = RichText("网页", url_id=template.build_url_id('https://e.cn/?a="1"&b=<2>'), underline=True)
    out = opened(template.render({"链接": text}))
    assert links(out.part) == links(out.sections[0].header.part) == ['https://e.cn/?a="1"&b=<2>']
    assert out.paragraphs[0].text == "网页"
    (link,) = out.paragraphs[0].hyperlinks
    assert link.address == 'https://e.cn/?a="1"&b=<2>'


def test_links_and_pictures_that_macros_write(make):
    data = make(
        "{% macro m(x) %}{{ x }}{% endmacro %}{% set s %}{{r 链接 }}{% endset %}", "{{ m(图) }}", "{{ s }}"
    )
    template = compile_template(data, "a.docx")
    text = RichText("网页", url_id=template.build_url_id("https://e.cn/1"))
    out = opened(template.render({"链接": text, "图": picture(anchor="https://e.cn/2")}))
    assert len(out.inline_shapes) == 1
    assert sorted(links(out.part)) == ["https://e.cn/1", "https://e.cn/2"]


def test_a_rich_text_s_link_by_docxtpl_s_id_works_with_its_template(make):
    data = make("{{r 链接 }}", header="{{r 链接 }}")
    theirs = DocxTemplate(io.BytesIO(data))
    text = RichText("网页", url_id=theirs.build_url_id("https://e.cn"))
    out = opened(compile_template(data, "a.docx").render({"链接": text}, theirs))
    assert out.paragraphs[0].hyperlinks[0].address == "https://e.cn"
    assert links(out.sections[0].header.part) == ["https://e.cn"]


def test_a_link_by_an_id_of_nobody_is_refused(make):
    text, data = RichText("网页", url_id="rId99"), make("{{r 链接 }}")
    template = compile_template(data, "a.docx")
    with pytest.raises(BrokenBlock, match="rId99"):
        template.render({"链接": text})
    with pytest.raises(BrokenBlock, match="rId99"):
        template.render({"链接": text}, DocxTemplate(io.BytesIO(data)))


def subdocument(template, words="子文档"):
    part = template.new_subdoc()
    part.add_paragraph(words).add_run("粗").bold = True
    part.add_picture(io.BytesIO(png(shade=7)))
    part.add_table(1, 1).cell(0, 0).text = "格<&>"
    return part


def test_a_sub_document_made_here_with_picture_and_table(make, read):
    pytest.importorskip("docxcompose", reason="docxtpl needs docxcompose for sub-documents")
    data = make("{{ 甲 }}", "{{p 附 }}", "后", header="{{ 甲 }}")
    theirs = DocxTemplate(io.BytesIO(data))
    out = compile_template(data, "a.docx").render({"甲": "A&<B>", "附": subdocument(theirs)})
    assert [text for text in read.texts(out) if text] == ["A&<B>", "子文档粗", "格<&>", "后"]
    assert read.texts(out, "word/header1.xml") == ["A&<B>"]
    (image,) = opened(out).inline_shapes
    relation = image._inline.graphic.graphicData.pic.blipFill.blip.embed
    assert opened(out).part.related_parts[relation].blob == png(shade=7)


def test_a_sub_document_beside_notes_and_contents(raw, add, read):
    pytest.importorskip("docxcompose", reason="docxtpl needs docxcompose for sub-documents")
    words = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:footnote w:id="2">{words.format("{{ 甲 }}")}</w:footnote></w:footnotes>'
    )
    data = raw(f"{words.format('{{p 附 }}')}<w:p><w:fldSimple w:instr=' NUMPAGES '/></w:p>")
    kind = "officedocument.wordprocessingml.footnotes"
    for each in (data, add(data, "word/footnotes.xml", notes, kind, "footnotes")):
        context = {"甲": "<注>", "附": subdocument(DocxTemplate(io.BytesIO(each)))}
        out = compile_template(each, "a.docx").render(context)
        assert "子文档粗" in read.text(out)
        assert b"updateFields" in read.xml(out, "word/settings.xml")
    assert read.text(out, "word/footnotes.xml") == "<注>"


def test_a_sub_document_in_a_header_brings_its_pictures(make):
    pytest.importorskip("docxcompose", reason="docxtpl needs docxcompose for sub-documents")
    data = make("甲", header="{{p 附 }}")
    theirs = DocxTemplate(io.BytesIO(data))
    header = opened(compile_template(data, "a.docx").render({"附": subdocument(theirs)})).sections[0].header
    (image,) = [rel.target_part for rel in header.part.rels.values() if "image" in rel.reltype]
    assert image.blob == png(shade=7)


def test_a_sub_document_from_a_file_brings_its_styles_and_is_the_same_every_time(make, tmp_path):
    pytest.importorskip("docxcompose", reason="docxtpl needs docxcompose for sub-documents")
    other = docx.Document()
    other.styles.add_style("别处的样式", 1).font.bold = True
    other.add_paragraph("一段", style="别处的样式")
    other.add_paragraph("项", style="List Number")
    other.save(tmp_path / "b.docx")
    data = make("{{p 附 }}")

    def rendered():
        theirs = DocxTemplate(io.BytesIO(data))
        return compile_template(data, "a.docx").render({"附": theirs.new_subdoc(str(tmp_path / "b.docx"))})

    assert rendered() == rendered()
    out = opened(rendered())
    assert [(each.text, each.style.name) for each in out.paragraphs[:2]] == [
        ("一段", "别处的样式"),
        ("项", "List Number"),
    ]
    assert out.paragraphs[0].style.font.bold


def test_faults_beside_a_sub_document_have_their_place(make):
    pytest.importorskip("docxcompose", reason="docxtpl needs docxcompose for sub-documents")
    data = make("{{p 附 }}", "名称：{{ 没有 }}")
    with pytest.raises(UnknownField, match=r"模板 a.docx 第2段“名称"):
        compile_template(data, "a.docx").render({"附": subdocument(DocxTemplate(io.BytesIO(data)))})


def test_a_sub_document_within_a_line_is_refused(make):
    pytest.importorskip("docxcompose", reason="docxtpl needs docxcompose for sub-documents")
    data = make("见{{ 附 }}")
    with pytest.raises(MisplacedBlock, match=re.escape("{{p 附 }}")):
        compile_template(data, "a.docx").render({"附": subdocument(DocxTemplate(io.BytesIO(data)))})


def test_a_sub_document_of_another_or_a_used_template_is_refused(make):
    pytest.importorskip("docxcompose", reason="docxtpl needs docxcompose for sub-documents")
    data = make("{{p 甲 }}", "{{p 乙 }}")
    one, two = DocxTemplate(io.BytesIO(data)), DocxTemplate(io.BytesIO(data))
    used = DocxTemplate(io.BytesIO(data))
    part = subdocument(used)
    used.render({"甲": part, "乙": part})
    template = compile_template(data, "a.docx")
    for context, words in (
        ({"甲": subdocument(one), "乙": subdocument(two)}, "不同的"),
        ({"甲": subdocument(DocxTemplate(io.BytesIO(make("别的"))))}, "另一个文件"),
        ({"甲": part, "乙": part}, "已经用过"),
    ):
        with pytest.raises(CannotFallBack, match=words):
            template.render(context)


def test_rich_paragraphs_take_the_place_of_a_paragraph(make, read):
    rich = RichTextParagraph()
    rich.add(RichText("一<", bold=True), parastyle="Heading1")
    rich.add("二")
    out = compile_template(make("{{p 段 }}", "后"), "a.docx").render({"段": rich})
    assert read.texts(out)[:3] == ["一<", "二", "后"]
    assert opened(out).paragraphs[0].style.name == "Heading 1"


def test_rich_texts_with_breaks_tabs_paragraphs_and_pages(make, read):
    text = RichText("一\n二\t三", color="FF0000", size=40)
    text.add("四\a五\f六", italic=True)
    out = compile_template(make("前{{r 字 }}后"), "a.docx").render({"字": text})
    assert read.texts(out)[:4] == ["前一\n二\t三四", "五", "\n", "六后"]
    assert [run.italic for run in opened(out).paragraphs[1].runs] == [True]


def test_a_listing_keeps_the_formatting_around_it(make):
    data = make([("甲：{{ 单 }}。", True)])
    out = opened(compile_template(data, "a.docx").render({"单": Listing("一<\n二\a三\f四")}))
    assert [(each.text, each.runs[0].bold) for each in out.paragraphs if each.text.strip()] == [
        ("甲：一<\n二", True), ("三", True), ("四。", True),
    ]  # fmt: skip


def test_a_picture_of_the_template_is_replaced_by_name_title_or_description(make):
    document = docx.Document()
    document.add_paragraph("{{ 甲 }}")
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(png(shade=1)))
    about = document.sections[0].header.part.element.xpath("//pic:cNvPr")[0]
    about.set("name", "印模.png")
    about.set("descr", "替代文字")
    stream = io.BytesIO()
    document.save(stream)
    template = compile_template(stream.getvalue(), "a.docx")
    for name in ("印模.png", "替代文字", "image1.png"):
        header = opened(template.render({"甲": 1}, files={name: png(shade=2)})).sections[0].header
        assert [rel.target_part.blob for rel in header.part.rels.values()] == [png(shade=2)]
    with pytest.raises(UnknownFile, match=r"是不是“印模\.png”"):
        template.render({"甲": 1}, files={"印摸.png": b""})


def test_an_embedded_workbook_is_replaced_by_its_name(make, change, read):
    data = change(make("{{ 甲 }}"), {"word/embeddings/附表.xlsx": b"old"})
    out = compile_template(data, "a.docx").render({"甲": 1}, files={"附表.xlsx": b"new"})
    assert read.xml(out, "word/embeddings/附表.xlsx") == b"new"


def test_a_document_with_pictures_and_links_may_serve_as_a_template(make):
    def filled(data, shade):
        template = compile_template(data, "a.docx")
        text = RichText("网页", url_id=template.build_url_id(f"https://e.cn/{shade}"))
        return template.render({"图": picture(shade), "链接": text})

    first = filled(make("{{ 图 }}{{r 链接 }}", "{_{ 图 }_}{_{r 链接 }_}"), 1)
    second = opened(filled(first, 2))
    assert len(second.inline_shapes) == 2
    assert [each.hyperlinks[0].address for each in second.paragraphs[:2]] == [
        "https://e.cn/1",
        "https://e.cn/2",
    ]
    images = [rel.target_part.blob for rel in second.part.rels.values() if "image" in rel.reltype]
    assert sorted(images) == sorted([png(shade=1), png(shade=2)])
