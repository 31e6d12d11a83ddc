"""A template is a valid, deterministic .docx with named styles."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from lxml import etree

from docgen.standard.build import elements, ooxml
from docgen.standard.build.ooxml import properties, w
from docgen.standard.build.parts import Body, ForEach, Heading, NumberLine, Slot, When
from docgen.standard.build.table import Column, Table
from docgen.standard.forms.letter import Letter, build
from docgen.standard.measures.fonts import PLAIN
from docgen.standard.measures.lengths import Mm
from docgen.standard.measures.look import Look
from docgen.standard.wording.text import official_date

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LETTER = Letter(
    title="{{ 标题 }}",
    author="{{ 机关 }}",
    parts=(
        Slot("发文机关标志"),
        NumberLine("{{ 发文字号 }}"),
        Heading(1, "一、甲"),
        ForEach("行 in 表", (Body("{{ 行['甲'] }}"),)),
        When("数 < 3", (Body("少"),), (Body("多"),)),
        Table(
            (Column("名称", Mm(80), "{{ 行.名称 }}"), Column("备注", Mm(76), "{{ 行.备注 }}")),
            rows="行 in 表",
        ),
    ),
)


@pytest.fixture
def parts():
    with zipfile.ZipFile(io.BytesIO(build(LETTER))) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


def paragraphs(document):
    return ["".join(each.itertext(f"{W}t")) for each in document.iter(f"{W}p")]


def test_equal_declarations_make_equal_bytes():
    assert build(LETTER) == build(LETTER)
    assert build(LETTER) != build(LETTER, Look(faces=PLAIN))


def test_python_docx_opens_it_and_finds_the_styles_by_their_chinese_names():
    opened = docx.Document(io.BytesIO(build(LETTER)))
    assert {each.name for each in elements.ELEMENTS} <= {style.name for style in opened.styles}
    assert opened.core_properties.title == "{{ 标题 }}"


def test_properties_stand_in_the_schemas_order_everywhere(parts):
    for xml in parts.values():
        for name in ("pPr", "rPr", "tblPr", "tcPr", "sectPr"):
            order = ooxml._ORDERS[name]
            for each in xml.iter(f"{W}{name}"):
                places = [order.index(etree.QName(child).localname) for child in each]
                assert places == sorted(places), etree.tostring(each)


def test_a_property_the_schema_does_not_know_is_refused():
    with pytest.raises(ValueError, match="nonsense"):
        properties("pPr", w("nonsense"))


def test_every_style_that_is_used_is_defined(parts):
    defined = {each.get(f"{W}styleId") for each in parts["word/styles.xml"].iter(f"{W}style")}
    used = {
        each.get(f"{W}val")
        for xml in parts.values()
        for kind in ("pStyle", "rStyle", "basedOn")
        for each in xml.iter(f"{W}{kind}")
    }
    assert used <= defined


def test_every_part_has_a_content_type_and_every_relation_a_part(parts):
    types = {each.get("PartName") for each in parts["[Content_Types].xml"] if each.get("PartName")}
    assert types == {f"/{name}" for name in parts if not name.endswith(".rels") and not name.startswith("[")}
    targets = {each.get("Target") for each in parts["word/_rels/document.xml.rels"]}
    assert {f"word/{target}" for target in targets} <= set(parts)


def test_tags_stand_alone_in_their_paragraphs_and_rows(parts):
    said = paragraphs(parts["word/document.xml"])
    assert said[:2] == ["{{p 发文机关标志 }}", "{{ 发文字号 }}"]
    assert "{%p for 行 in 表 %}" in said
    assert "{{ 行['甲'] }}" in said
    assert said[6:11] == ["{%p if 数 < 3 %}", "少", "{%p else %}", "多", "{%p endif %}"]
    rows = ["".join(row.itertext()) for row in parts["word/document.xml"].iter(f"{W}tr")]
    assert rows == ["名称备注", "{%tr for 行 in 表 %}", "{{ 行.名称 }}{{ 行.备注 }}", "{%tr endfor %}"]


def test_a_table_wider_than_the_text_area_is_refused():
    with pytest.raises(ValueError, match="157"):
        Table((Column("名称", Mm(157), ""),))


def test_a_table_is_never_the_last_thing_of_a_document(parts):
    body = parts["word/document.xml"][0]
    assert [etree.QName(each).localname for each in body][-2:] == ["p", "sectPr"]


def test_the_date_of_a_document_has_no_leading_zeros():
    from datetime import date

    assert official_date(date(2026, 3, 6)) == "2026年3月6日"
