"""Any text goes in and comes out the same, through any field, table, header or note; the documents open."""

import gc
import io
import os
import random
import subprocess
import tracemalloc
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docxtpl import InlineImage, RichText
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import docgen
from docgen.pdf.faults import NoLibreOffice
from docgen.pdf.libreoffice import find_soffice
from docgen.template.template import compile as compile_template

FRAGMENTS = [
    "&", "<", ">", '"', "'", "&amp;", "&#10;", "&lt;w:p/&gt;", "<w:p/>", "</w:t></w:r></w:p>", "]]>", "<![CDATA[",
    "<!--", "<?docgen 0?>", "<?docgen paragraph?>", "{{", "}}", "{%", "%}", "{#", "#}", "{{ 值 }}", "{% endfor %}",
    "{%tr", "{_{", "}_}", "{_%", "%_}", "{% raw %}", "\ufdd0", "\ufdd1", "\ufdd00\ufdd1", "\x7f", "\x85", "\xa0",
    "\u2028", "\u200b", "\u202e", "\ufeff", "\ufffd", "\U0001fffe", "\U0010ffff", "e\u0301", "😀👨\u200d👩\u200d👧",
    "喆𫖯䶮㛃", "｛｛全角｝｝", "“引”", "‘引’", "……", "\n", "\t", "\r\n", "\r", "  ", " ", "\\", "\\n", "%s", "{0}",
    "$&", "\\1", "长" * 40, "a" * 40, "0", "=1+1", "None",
]  # fmt: skip


CONTROLS = "".join(map(chr, {*range(0x20)} - {0x9, 0xA, 0xD}))
LEGAL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=f"{CONTROLS}\ufffe\uffff"), max_size=12
)


@pytest.fixture(scope="session")
def places(make):
    """A template that writes texts in every place: paragraphs, runs, rows, cells, header, footer, comment, title."""
    loop = ["{%p for x in 文 %}", "{{ x }}", "{%p endfor %}"]
    rows = [["{%tr for x in 文 %}"], ["{{ x }}"], ["{%tr endfor %}"]]
    document = docx.Document(
        io.BytesIO(make(*loop, "{%p for x in 文 %}", "{{r x }}", "{%p endfor %}", rows=rows))
    )
    for part in (document.sections[0].header, document.sections[0].footer):
        part.paragraphs[0].text = loop[0]
        part.add_paragraph(loop[1])
        part.add_paragraph(loop[2])
    for words in ("{%p for x in 文 %}", "{{p x }}", "{%p endfor %}"):
        document.add_paragraph(words)
    row = document.add_table(1, 3).rows[0]
    for cell, words in zip(row.cells, ("{%tc for x in 文[:50] %}", "{{ x }}", "{%tc endfor %}"), strict=True):
        cell.text = words
    document.add_comment(document.paragraphs[0].runs, text="{% for x in 文 %}{{ x }}\u2029{% endfor %}")
    document.core_properties.title = "{{ 文|join('\u2029') }}"
    stream = io.BytesIO()
    document.save(stream)
    return compile_template(stream.getvalue(), "样张.docx")


def hostile(seed, count=500):
    """Return texts of fragments and of any characters that a document may hold."""
    chance = random.Random(seed)  # noqa: S311  no secrets
    return [_text(chance) for _ in range(count)]


def _text(chance):
    pieces = (
        chance.choice(FRAGMENTS) if chance.random() < 0.7 else chr(_code_point(chance))
        for _ in range(chance.randrange(8))
    )
    return "".join(pieces)


def _code_point(chance):
    top = chance.choice((0x7F, 0x2FFF, 0xD7FF, 0x10FFFF))
    code = chance.randrange(0x20, top)
    return 0x4E00 if 0xD800 <= code <= 0xDFFF or code in {0xFFFE, 0xFFFF} else code


def settled(text):
    """Return a text as it is expected back: every line end is a line break."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check(places, read, texts):
    out = places.render({"文": texts})
    wanted = [settled(text) for text in texts]
    for member in ("word/header1.xml", "word/footer1.xml"):
        assert read.texts(out, member) == wanted
    assert read.texts(out) == [*wanted * 4, *wanted[:50], ""][: len(wanted) * 4 + len(wanted[:50])]
    assert "".join(read.texts(out, "word/comments.xml")) == "".join(f"{text}\u2029" for text in wanted)
    title = etree.fromstring(read.xml(out, "docProps/core.xml")).find(
        "{http://purl.org/dc/elements/1.1/}title"
    )
    assert (title.text or "") == "\u2029".join(wanted)
    return out


@pytest.mark.parametrize("seed", range(20))
def test_ten_thousand_hostile_texts_come_out_as_they_went_in(places, read, seed):
    docx.Document(io.BytesIO(check(places, read, hostile(seed))))


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(LEGAL, min_size=1, max_size=6))
def test_any_texts_come_out_as_they_went_in(places, read, texts):
    check(places, read, texts)


@settings(max_examples=40, deadline=None)
@given(
    cut=st.lists(st.integers(1, 30), max_size=4, unique=True),
    value=st.text(st.sampled_from("&<>{}%#_\n\t甲“ "), max_size=10),
)
def test_a_text_comes_out_the_same_however_its_tag_is_split_over_runs(raw, read, cut, value):
    words = "甲{{ 项.名 }}乙{% if 项.名 %}有{% endif %}丙"
    edges = [0, *sorted(cut), len(words)]
    runs = (f'<w:r><w:t xml:space="preserve">{words[a:b]}</w:t></w:r>' for a, b in pairwise(edges))
    out = compile_template(raw(f"<w:p>{''.join(runs)}</w:p>"), "a.docx").render({"项": {"名": value}})
    assert read.texts(out) == [f"甲{value}乙{'有' if value else ''}丙"]


def test_rendering_keeps_nothing(places):
    """What a hundred documents leave behind is less than one of them."""
    contexts = [{"文": hostile(seed, 20)} for seed in range(30)]
    for context in contexts:
        places.render(context)
    tracemalloc.start()
    try:
        for context in contexts:
            places.render(context)
        before = kept_by_docgen()
        for _ in range(4):
            for context in contexts:
                places.render(context)
        after = kept_by_docgen()
    finally:
        tracemalloc.stop()
    assert after - before < 20_000


def kept_by_docgen():
    """Return the bytes that docgen's own lines hold; threads of other libraries may be about."""
    gc.collect()  # what waits for the collector is not kept
    own = tracemalloc.Filter(True, f"{Path(docgen.__file__).parent}{os.sep}*")
    return sum(each.size for each in tracemalloc.take_snapshot().filter_traces([own]).statistics("filename"))


@pytest.mark.libreoffice
def test_libreoffice_reads_the_same_texts(make, tmp_path):
    try:
        soffice = find_soffice()
    except NoLibreOffice as fault:
        pytest.fail(str(fault)) if os.environ.get("CI") == "true" else pytest.skip(str(fault))
    rows = [["{%tr for x in 文 %}"], ["{{ x }}"], ["{%tr endfor %}"]]
    template = compile_template(
        make("{%p for x in 文 %}", "{{ x }}", "{%p endfor %}", rows=rows, header="{{ 文[0] }}"), "a"
    )
    known = [text for text in FRAGMENTS if text.isprintable() and text.strip() == text]
    batches = [[f"{left}{right}" for right in known] for left in known[::6]]
    for number, texts in enumerate(batches):
        (tmp_path / f"{number}.docx").write_bytes(template.render({"文": texts}))
    (tmp_path / "rich.docx").write_bytes(_rich(make))
    subprocess.run(
        [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         "txt:Text (encoded):UTF8", "--outdir", tmp_path, *sorted(tmp_path.glob("*.docx"))],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for number, texts in enumerate(batches):
        lines = (tmp_path / f"{number}.txt").read_text("utf-8-sig").splitlines()
        assert [line for line in lines if line] == texts * 2
    assert (tmp_path / "rich.txt").read_text("utf-8-sig").split() == ["后网页", "同", "0", "1"]


def _rich(make):
    """Return a document with pictures, links and merged cells."""
    rows = [
        ["{%tr for x in [0, 1] %}", ""],
        ["{% vm %}{% cellbg 'AABBCC' %}同", "{{ x }}"],
        ["{%tr endfor %}", ""],
    ]
    template = compile_template(make("{{ 图 }}后{{r 链接 }}", rows=rows, header="{{ 图 }}"), "a")
    gif = io.BytesIO(b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;")
    link = RichText("网页", url_id=template.build_url_id("https://e.cn/?a=1&b=2"))
    return template.render({"图": InlineImage(None, gif), "链接": link})
