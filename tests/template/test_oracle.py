"""docxtpl's own rendering is the measure: the same text and structure, but where docxtpl is at fault."""

import io
import re
import zipfile

import docx
import pytest
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing, RichText
from jinja2 import Environment

from docgen.errors import Problems
from docgen.template.faults import UnknownFilter
from docgen.template.template import compile as compile_template

_DISH = [{"name": "Pizza", "ingredients": ["bread", "tomato"]}, {"name": "Soup", "ingredients": ["leek"]}]
_ITEMS = [{"desc": "P & Q", "qty": 2, "price": "0.00 €"}, {"desc": "<X>", "qty": 0, "price": "1"}]
CONTEXTS = {
    "dynamic_table_tpl": {
        "col_labels": ["fruit", "vegetable", "stone", "thing"],
        "tbl_contents": [{"label": "yellow", "cols": list("abcd")}, {"label": "red", "cols": list("efgh")}],
    },
    "escape_tpl_auto": {
        "nested_dict": {"a": "1 & <2>", "b": '"'},
        "autoescape": "<>&\"'",
        "autoescape_unicode": "é<>",
        "iteritems": lambda mapping: list(mapping.items()),
    },
    "horizontal_merge_tpl": {},
    "less_cells_after_loop_tpl": {},
    "merge_paragraph_tpl": {"living_in_town": True},
    "multi_rendering_tpl": {"title": "T & U", "body": "B"},
    "nested_for_tpl": {"dishes": _DISH, "authors": [{"name": "S", "books": [{"title": "x"}, {"title": "y"}]}]},
    "order_tpl": {
        "customer_name": "E", "items": _ITEMS, "in_europe": True, "is_paid": False, "company_name": "W",
        "total_price": "10,000",
    },
    "richtext_tpl": {"example": RichText("abc & <d>", bold=True)},
}  # fmt: skip


def _oracle(data, context):
    """Render by docxtpl; `context` may be a function of the DocxTemplate."""
    template = DocxTemplate(io.BytesIO(data))
    template.render(context(template) if callable(context) else context, autoescape=True)
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", CONTEXTS)
def test_docxtpl_s_own_templates_come_out_the_same(shipped, read, name):
    data = (shipped / f"{name}.docx").read_bytes()
    ours = compile_template(data, name).render(CONTEXTS[name])
    theirs = _oracle(data, CONTEXTS[name])
    assert read.texts(ours) == read.texts(theirs)
    assert read.layout(ours) == read.layout(theirs)


def test_the_town_in_the_countryside(shipped, read):
    data = (shipped / "merge_paragraph_tpl.docx").read_bytes()
    context = {"living_in_town": False}
    assert read.texts(compile_template(data, "a").render(context)) == read.texts(_oracle(data, context))


def test_vertical_merging_keeps_the_first_text_only(shipped, read):
    data = (shipped / "vertical_merge_tpl.docx").read_bytes()
    context = {"category": "Book", "items": _ITEMS, "total_price": "3"}
    ours = compile_template(data, "a").render(context)
    merges = [shape for shape in read.shape(ours) if shape[0] == "vMerge"]
    assert merges == [shape for shape in read.shape(_oracle(data, context)) if shape[0] == "vMerge"]
    assert read.texts(ours).count("Book") == 1


@pytest.mark.parametrize("name", ["header_footer_tpl", "header_footer_tpl_utf8"])
def test_headers_and_footers_beside_a_subdocument(shipped, read, name):
    pytest.importorskip("docxcompose", reason="docxtpl needs docxcompose for sub-documents")
    data = (shipped / f"{name}.docx").read_bytes()

    def context(template):
        part = template.new_subdoc()
        part.add_paragraph("子文档一段")
        return {"title": "T", "company_name": "公司 & <署>", "date": "2026", "mysubdoc": part}

    ours = compile_template(data, name).render(context(DocxTemplate(io.BytesIO(data))))
    theirs = _oracle(data, context)
    assert "子文档一段" in read.text(ours)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = [
            each for each in package.namelist() if re.match(r"word/(document|header|footer)\d?\.xml", each)
        ]
    for member in members:
        assert read.texts(ours, member) == read.texts(theirs, member)


def test_pictures_have_the_places_and_sizes_that_docxtpl_gives_them(shipped, read):
    data = (shipped / "inline_image_tpl.docx").read_bytes()
    logo = str(shipped / "python_logo.png")

    def context(template):
        sizes = ({}, {"width": Mm(20)}, {"height": Mm(10)}, {"width": Mm(10), "height": Mm(30)})
        one, two, three, four = (InlineImage(template, logo, **size) for size in sizes)
        frameworks = [{"image": two, "desc": "甲 & 乙"}, {"image": three, "desc": "丙"}]
        return {"myimage": one, "myimageratio": four, "frameworks": frameworks}

    template = compile_template(data, "a")
    ours, theirs = template.render(context(None)), _oracle(data, context)
    assert read.texts(ours) == read.texts(theirs)
    assert read.layout(ours) == read.layout(theirs)
    assert [(each.width, each.height) for each in docx.Document(io.BytesIO(ours)).inline_shapes] == [
        (each.width, each.height) for each in docx.Document(io.BytesIO(theirs)).inline_shapes
    ]
    assert ours == template.render(context(DocxTemplate(io.BytesIO(data))))


def _filter_a(value, name):
    return f"{value} & {name}"


def _filter_b(value, factor):
    return value * factor


def test_filters_of_the_caller_s(shipped, read):
    data = (shipped / "custom_jinja_filters_tpl.docx").read_bytes()
    filters = {"my_filterA": _filter_a, "my_filterB": _filter_b}
    context = {"base_value_float": 1.5, "base_value_string": "<值>", "doc_no": "1"}
    environment = Environment(autoescape=True)
    environment.filters.update(filters)
    template = DocxTemplate(io.BytesIO(data))
    template.render(context, environment)
    stream = io.BytesIO()
    template.save(stream)
    ours = compile_template(data, "a", filters).render(context)
    assert "<值> & Deric" in read.text(ours)
    for member in ("word/document.xml", "word/footer1.xml"):
        assert read.texts(ours, member) == read.texts(stream.getvalue(), member)
    with pytest.raises(Problems) as caught:
        compile_template(data, "a")
    assert {type(fault) for fault in caught.value.faults} == {UnknownFilter}


def test_every_shipped_template_is_rendered_by_one_of_these_tests(shipped):
    elsewhere = {"custom_jinja_filters_tpl", "header_footer_tpl", "header_footer_tpl_utf8", "inline_image_tpl",
                 "vertical_merge_tpl"}  # fmt: skip
    assert {path.stem for path in shipped.glob("*.docx")} == elsewhere | set(CONTEXTS)


def test_listings_and_rich_texts_need_no_docxtpl(make, read):
    data = make("{{ 单 }}", "{{r 字 }}")
    context = {"单": Listing("一\n二 & 三"), "字": RichText("四\n五", italic=True)}
    ours, theirs = compile_template(data, "a").render(context), _oracle(data, context)
    assert read.texts(ours) == read.texts(theirs) == ["一\n二 & 三", "四\n五"]
