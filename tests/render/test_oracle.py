"""docxtpl's own rendering is the measure: the same text and structure, but where docxtpl is at fault."""

import io

import docx
import pytest
from docxtpl import DocxTemplate, InlineImage, Listing, RichText

from docgen.render.faults import BrokenBlock, CannotFallBack, UnknownFilter
from docgen.render.template import compile as compile_template

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
    template = DocxTemplate(io.BytesIO(data))
    template.render(context, autoescape=True)
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", CONTEXTS)
def test_docxtpl_s_own_templates_come_out_the_same(shipped, read, name):
    data = (shipped / f"{name}.docx").read_bytes()
    ours = compile_template(data, name).render(CONTEXTS[name])
    theirs = _oracle(data, CONTEXTS[name])
    assert read.texts(ours) == read.texts(theirs)
    assert _layout(read, ours) == _layout(read, theirs)


def _layout(read, data):
    """Return the elements that make up the page, and apart from them the cells' spans and merges.

    docxtpl does not put these where the schema of w:tcPr wants them.
    Runs and their formatting are left out, for docxtpl leaves empty ones behind.
    """
    skipped = {"t", "r", "rPr", "proofErr", "lang", "rFonts"}
    shapes = [(name, values) for name, values, _ in read.shape(data) if name not in skipped]
    moved = {"gridSpan", "vMerge"}
    spans = [shape for shape in shapes if shape[0] in moved]
    return [shape for shape in shapes if shape[0] not in moved], spans


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
def test_headers_and_footers_with_a_subdocument_are_left_to_docxtpl(shipped, read, name):
    pytest.importorskip("docxcompose", reason="docxtpl needs docxcompose for subdocuments")
    data = (shipped / f"{name}.docx").read_bytes()

    def context(template):
        part = template.new_subdoc()
        part.add_paragraph("子文档一段")
        return {"title": "T", "company_name": "公司", "date": "2026", "mysubdoc": part}

    ours = compile_template(data, name).render(context(DocxTemplate(io.BytesIO(data))))
    theirs_template = DocxTemplate(io.BytesIO(data))
    theirs_template.render(context(theirs_template), autoescape=True)
    stream = io.BytesIO()
    theirs_template.save(stream)
    assert "子文档一段" in read.text(ours)
    for member in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        assert read.texts(ours, member) == read.texts(stream.getvalue(), member)


def test_pictures_are_left_to_docxtpl_and_come_out_the_same_every_time(shipped, read):
    data = (shipped / "inline_image_tpl.docx").read_bytes()

    def rendered():
        template = DocxTemplate(io.BytesIO(data))
        picture = InlineImage(template, str(shipped / "python_logo.png"))
        frameworks = [{"image": picture, "desc": "甲 & 乙"}]
        return compile_template(data, "a").render(
            {"myimage": picture, "myimageratio": picture, "frameworks": frameworks}
        )

    document = rendered()
    assert len(docx.Document(io.BytesIO(document)).inline_shapes) == 5
    assert "甲 & 乙" in read.text(document)
    assert document == rendered()


def test_a_picture_of_another_template_is_refused(shipped, make):
    data = (shipped / "inline_image_tpl.docx").read_bytes()
    picture = InlineImage(DocxTemplate(io.BytesIO(data)), str(shipped / "python_logo.png"))
    with pytest.raises(CannotFallBack, match="另一个文件"):
        compile_template(make("{{ 图 }}"), "a").render({"图": picture})


def test_a_rich_text_s_hyperlink_is_refused_for_its_address_lies_in_another_package(make):
    data = make("{{r 字 }}")
    text = RichText("网页", url_id=DocxTemplate(io.BytesIO(data)).build_url_id("https://example.org"))
    with pytest.raises(BrokenBlock):
        compile_template(data, "a").render({"字": text})


def test_a_field_unknown_to_docxtpl_s_rendering_is_a_fault_all_the_same(shipped):
    data = (shipped / "inline_image_tpl.docx").read_bytes()
    picture = InlineImage(DocxTemplate(io.BytesIO(data)), str(shipped / "python_logo.png"))
    with pytest.raises(CannotFallBack, match="myimageratio"):
        compile_template(data, "a").render({"myimage": picture, "frameworks": []})


def test_filters_of_one_s_own_are_refused(shipped):
    data = (shipped / "custom_jinja_filters_tpl.docx").read_bytes()
    with pytest.raises(Exception, match="my_filterB") as caught:
        compile_template(data, "a")
    assert {type(fault) for fault in caught.value.faults} == {UnknownFilter}


def test_a_template_built_here_comes_out_as_docxtpl_s(make, read):
    data = make(
        "{{ 甲 }}和{{ 乙.丙 }}", "{%p for x in 清单 %}", [("{{ x }}", True), ("；", None)], "{%p endfor %}",
        "{% for x in 清单 %}{{ loop.index }}{{ x }}{% if not loop.last %}、{% endif %}{% endfor %}",
        rows=[["{%tr for x in 清单 %}", ""], ["{{ x }}", "{{ 甲 }}"], ["{%tr endfor %}", ""]],
        header="{{ 甲 }}", footer="{{ 乙.丙 }}", title="{{ 甲 }}",
    )  # fmt: skip
    context = {"甲": "A&B <1>\n二\t三", "乙": {"丙": 7}, "清单": ["一", "二", "<三>"]}
    ours, theirs = compile_template(data, "a").render(context), _oracle(data, context)
    for member in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        assert read.texts(ours, member) == read.texts(theirs, member)
    plain = context | {"甲": "A&B <1>"}
    assert read.shape(compile_template(data, "a").render(plain)) == read.shape(_oracle(data, plain))


def test_listings_and_rich_texts_need_no_docxtpl(make, read):
    data = make("{{ 单 }}", "{{r 字 }}")
    context = {"单": Listing("一\n二 & 三"), "字": RichText("四\n五", italic=True)}
    ours, theirs = compile_template(data, "a").render(context), _oracle(data, context)
    assert read.texts(ours) == read.texts(theirs) == ["一\n二 & 三", "四\n五"]


def test_what_docxtpl_loses_is_kept(make, read):
    """LIBRARIES: `<b>Bob` deletes the paragraphs after it, `{_{` in a value turns into `{{`."""
    data = make("{{ 甲 }}", "后一段")
    assert read.texts(compile_template(data, "a").render({"甲": "<b>Bob {_{"})) == ["<b>Bob {_{", "后一段"]
