"""Packages: the same bytes every time, and no harm from any bytes given."""

import io
import os
import subprocess
import sys
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import DocgenError
from docgen.opc import faults as package_faults
from docgen.template import faults
from docgen.template.template import compile as compile_template

_ELSEWHERE = """
import sys, hashlib
from docgen.template.template import compile
data = sys.stdin.buffer.read()
print(hashlib.sha256(compile(data, "a").render({"b": {"c": "1", "a": [1, 2]}})).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_in_any_process(make):
    data = make("{{ b.c }}{% for x in b.a %}{{ x }}{% endfor %}", header="{{ b.c }}", title="{{ b.c }}")
    digests = set()
    for seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", _ELSEWHERE], input=data, capture_output=True, env=environment, check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_the_order_of_the_members_and_dates_of_the_template_do_not_matter_to_dates(make):
    out = compile_template(make("{{ a }}", header="{{ a }}"), "a.docx").render({"a": 1})
    with zipfile.ZipFile(io.BytesIO(out)) as written:
        assert written.infolist()[0].filename == "[Content_Types].xml"
        assert {each.date_time for each in written.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert written.testzip() is None
    assert docx.Document(io.BytesIO(out)).paragraphs[0].text == "1"


def test_unchanged_members_are_copied_as_they_lie(make):
    data = make("{{ a }}")
    out = compile_template(data, "a.docx").render({"a": 1})
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(out)) as new:
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert sorted(old.namelist()) == sorted(new.namelist())
        assert old.getinfo("word/styles.xml").compress_size == new.getinfo("word/styles.xml").compress_size
    assert changed == ["word/document.xml"]


_DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
_STRICT = b'<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body/></document>'


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"word/document.xml": None}, package_faults.NoDocument),
        ({"[Content_Types].xml": None}, package_faults.DamagedFile),
        ({"word/document.xml": b"<w:document"}, package_faults.MalformedPart),
        ({"word/styles.xml": b"<a>"}, package_faults.MalformedPart),
        ({"word/document.xml": _DOCTYPE}, package_faults.HasDoctype),
        ({"word/styles.xml": _DOCTYPE}, package_faults.HasDoctype),
        ({"word/document.xml": _STRICT}, package_faults.StrictFormat),
        ({"word/vbaProject.bin": b"x"}, package_faults.HasMacros),
    ],
)
def test_a_package_with_a_bad_member_is_refused(make, change, changes, kind):
    with pytest.raises(kind, match=r"^模板 a\.docx："):
        compile_template(change(make("{{ a }}"), changes), "a.docx")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [("document.main", "template.main", faults.WrongKind),
     ("openxmlformats-officedocument.wordprocessingml.document.main", "ms-word.document.macroEnabled.main",
      package_faults.HasMacros)],
)  # fmt: skip
def test_other_kinds_of_word_files_are_refused(make, change, read, old, new, kind):
    data = make("{{ a }}")
    types = read.xml(data, "[Content_Types].xml").decode().replace(old, new)
    with pytest.raises(kind):
        compile_template(change(data, {"[Content_Types].xml": types.encode()}), "a.docx")


@settings(max_examples=100, deadline=None)
@given(
    spots=st.lists(st.tuples(st.floats(0, 0.9999), st.integers(0, 255)), min_size=1, max_size=6),
    cut=st.floats(0.2, 1),
)
def test_any_damage_is_survived_or_refused_by_name(make, spots, cut):
    data = bytearray(_base(make))
    for where, value in spots:
        data[int(where * len(data))] = value
    try:
        compile_template(bytes(data[: int(cut * len(data)) + 1]), "a.docx").render({"a": 1})
    except DocgenError as fault:
        assert str(fault)  # noqa: PT017  either outcome is right


_BASES = {}


def _base(make):
    return _BASES.setdefault("base", make("{{ a }}"))
