"""A part is read piece by piece or whole, and says the same either way."""

import pytest

from docgen.marks.located import NotUtf8, located
from docgen.template.ooxml import WML

READ_WHOLE = b"<!-- a remark -->"
BOX = "<w:txbxContent><w:p><w:r><w:t>盒</w:t></w:r></w:p><w:p/></w:txbxContent>"
BODIES = {
    "empty": "",
    "closed at once": "<w:p/><w:p /><w:tbl/>",
    "nested": f"<w:p><w:r><mc:AlternateContent>{BOX}<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
    "signs in attributes": """<w:p a='/w:p>>' b="/>"><w:t x="a>b"/></w:p>""",
    "signs in text": """<w:p\n w:id = '1' ><w:t>]]&gt; &lt;w:p&gt; /></w:t></w:p>""",
    "names alike": "<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr></w:p><w:pP/><w:p>x</w:p>",
    "written as numbers": '<w:bookmarkStart w:name="docgen&#95;number"/><w:p><w:t>&#x6587;&amp;</w:t></w:p>',
    "a table": "<w:tbl><w:tr><w:tc><w:tbl><w:tr/></w:tbl><w:p>1</w:p></w:tc></w:tr></w:tbl><w:sectPr/>",
}


def part(body: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:document xmlns:w="{WML}"><w:body>{body}</w:body></w:document>'.encode()


def said(element):
    """Return all that is known of an element and of those in it; what holds paragraphs is not asked for its text."""
    text = "" if element.name in {"w:document", "w:body"} else element.text
    children = [said(each) for each in element.children]
    return element.name, dict(element.attributes), text, element.start, element.end, element.source, children


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_part_read_piece_by_piece_says_what_it_says_when_it_is_read_whole(body):
    assert said(located(part(body))) == said(located(part(body) + READ_WHOLE))


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("name", ["w:p", "w:t", "w:txbxContent", "w:tbl", "w:bookmarkStart"])
def test_the_elements_of_a_name_are_found_in_their_order(body, name):
    pieces, whole = located(part(body)).iter(name), located(part(body) + READ_WHOLE).iter(name)
    assert [each.start for each in pieces] == [each.start for each in whole]


@pytest.mark.parametrize(
    "hidden", ["<!-- <w:p><w:t>x</w:p> -->", "<w:r><![CDATA[<w:p></w:body>]]></w:r>", "<?a <w:p> ?>"]
)
def test_what_only_looks_like_a_tag_is_none(hidden):
    root = located(part(f"<w:p/>{hidden}<w:p><w:t>文</w:t></w:p>"))
    assert [each.source.decode() for each in root.iter("w:p")] == ["<w:p/>", "<w:p><w:t>文</w:t></w:p>"]


@pytest.mark.parametrize("encoding", ["UTF-16", "GB18030", "ISO-8859-1"])
def test_a_part_in_another_encoding_is_refused(encoding):
    text = part("<w:p/>").decode().replace("UTF-8", encoding)
    with pytest.raises(NotUtf8):
        located(text.encode(encoding))
