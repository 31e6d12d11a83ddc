"""Files that are no readable .docx get a fault each, within bounds, and never a traceback."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.errors import DocgenError
from docgen.lint.batch import NoDocuments, check_all
from docgen.lint.checker import check
from docgen.lint.reading import bounds
from docgen.opc import faults, guard

Made = Callable[[str], bytes]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def changed(data: bytes, **members: bytes | None) -> bytes:
    """Return a package with members replaced, by the names' last parts; None removes one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            key = each.rpartition("/")[2].partition(".")[0]
            content = members.get(key, old.read(each))
            if content is not None:
                new.writestr(each, content)
        for name, content in members.items():
            if "." in name and content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


def document(body: str) -> bytes:
    return f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()


BROKEN: dict[str, tuple[Callable[[bytes], bytes], type[DocgenError]]] = {
    "empty": (lambda _: b"", faults.EmptyFile),
    "text": (lambda _: "关于……的通知".encode(), faults.NotADocx),
    "truncated": (lambda data: data[: len(data) // 2], faults.DamagedFile),
    "no document": (lambda data: changed(data, document=None), faults.NoDocument),
    "no types": (lambda data: changed(data, **{"[Content_Types]": None}), faults.DamagedFile),
    "malformed": (lambda data: changed(data, document=b"<w:document"), faults.MalformedPart),
    "malformed styles": (lambda data: changed(data, styles=b"<a><b></a>"), faults.MalformedPart),
    "doctype": (
        lambda data: changed(data, document=b'<!DOCTYPE x [<!ENTITY a "b">]>' + document("<w:p/>")),
        faults.HasDoctype,
    ),
    "strict": (
        lambda data: changed(
            data, document=b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
        ),
        faults.StrictFormat,
    ),
    "another root": (lambda data: changed(data, document=b"<html/>"), faults.NoDocument),
    "macros": (lambda data: changed(data, **{"word/vbaProject.bin": b"x"}), faults.HasMacros),
    "bomb": (
        lambda data: changed(data, document=b"<a>" + b" " * (guard.MOST_PART + 1) + b"</a>"),
        faults.TooLarge,
    ),
}


LONG = {
    "paragraphs": "<w:p/>" * (bounds.MOST_PARAGRAPHS + 1),
    "runs": "<w:p>" + "<w:r/>" * (bounds.MOST_RUNS + 1) + "</w:p>",
    "characters": f"<w:p><w:r><w:t>{'字' * (bounds.MOST_CHARACTERS + 1)}</w:t></w:r></w:p>",
}
LONGEST = {
    "numbers": "<w:p><w:r><w:t>某政发〔2026〕12号</w:t></w:r></w:p>" * 15_000,
    "signers": "<w:p><w:r><w:t>签发人：张三</w:t></w:r></w:p>" * 15_000,
    "copies": "<w:p><w:r><w:t>某</w:t></w:r></w:p>"
    + "<w:p><w:r><w:t>抄送：某局。</w:t></w:r></w:p>" * 15_000,
    "runs": "<w:p>" + "<w:r><w:t>某某某某某某某某</w:t></w:r>" * 90_000 + "</w:p>",
}


@pytest.mark.parametrize("name", LONG)
def test_a_document_that_is_too_long_is_refused_before_it_is_read(name: str, made: Made) -> None:
    data = changed(made("general"), document=document(LONG[name]))
    started = time.process_time()
    with pytest.raises(faults.TooLarge, match="最多"):
        check(data, "文件.docx")
    assert time.process_time() - started < 2


@pytest.mark.parametrize("name", LONGEST)
def test_a_long_document_is_checked_in_bounded_time(name: str, made: Made) -> None:
    data = changed(made("general"), document=document(LONGEST[name]))
    started = time.process_time()
    assert check(data, "文件.docx").findings
    assert time.process_time() - started < 10


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_readable_docx_gets_its_fault(name: str, made: Made) -> None:
    spoil, fault = BROKEN[name]
    with pytest.raises(fault) as raised:
        check(spoil(made("general")), "文件.docx")
    assert str(raised.value).startswith("文件.docx：")
    assert raised.value.remedy


def test_a_broken_file_does_not_stop_the_others(tmp_path: Path, made: Made) -> None:
    (tmp_path / "甲.docx").write_bytes(b"")
    (tmp_path / "乙.docx").write_bytes(made("general"))
    (tmp_path / "丙.docm").write_bytes(BROKEN["macros"][0](made("general")))
    (tmp_path / "~$丁.docx").write_bytes(b"lock")
    checked = {Path(each.path).name: each for each in check_all([tmp_path, tmp_path / "没有.docx"])}
    assert checked["乙.docx"].report
    assert isinstance(checked["甲.docx"].fault, faults.EmptyFile)
    assert isinstance(checked["丙.docm"].fault, faults.HasMacros)
    assert isinstance(checked["没有.docx"].fault, faults.CannotOpen)
    assert len(checked) == 4


def test_a_folder_without_documents_is_said(tmp_path: Path) -> None:
    (checked,) = check_all([tmp_path])
    assert isinstance(checked.fault, NoDocuments)


ODD = {
    "nothing": "",
    "a table alone": "<w:tbl/>",
    "nested tables": "<w:tbl><w:tr><w:tc>" * 30 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 30,
    "numbers that are none": '<w:p><w:pPr><w:ind w:left="x" w:firstLineChars=""/>'
    '<w:spacing w:line="-5" w:lineRule="?"/></w:pPr></w:p>',
    "sizes of nothing": '<w:p><w:r><w:rPr><w:sz w:val="0"/><w:color w:val="zz"/></w:rPr><w:t>关于</w:t></w:r></w:p>',
    "a page of nothing": '<w:p/><w:sectPr><w:pgSz w:w="0" w:h="0"/><w:pgMar w:top="-9"/>'
    '<w:docGrid w:type="lines" w:linePitch="-1"/></w:sectPr>',
    "an unknown style": '<w:p><w:pPr><w:pStyle w:val="没有"/><w:numPr><w:numId w:val="99"/></w:numPr></w:pPr></w:p>',
    "fields left open": '<w:p><w:r><w:fldChar w:fldCharType="end"/>'
    '<w:fldChar w:fldCharType="begin"/><w:t>字</w:t></w:r></w:p>',
    "a footer that is not there": '<w:p/><w:sectPr><w:footerReference w:type="default"/></w:sectPr>',
    "brackets": "<w:p><w:r><w:t>（</w:t></w:r></w:p>",
    "an annex alone": "<w:p><w:r><w:t>附件</w:t></w:r></w:p>",
    "copies alone": "<w:p><w:r><w:t>抄送</w:t></w:r></w:p>",
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_document_is_read_all_the_same(name: str, made: Made) -> None:
    assert check(changed(made("general"), document=document(ODD[name])), "文件.docx").findings


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 2**32), part=st.sampled_from(["document", "styles", "footer1", "settings", "theme1"])
)
def test_mutated_documents_end_in_findings_or_faults(seed: int, part: str, made: Made) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    data = made(chance.choice(["general", "letter", "wps", "docgen general", "docgen upward", "minutes"]))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = next(
            (package.read(each) for each in package.namelist() if each.endswith(f"/{part}.xml")), b"<a/>"
        )
    pieces = content.split(b"<")
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(pieces))
        match chance.randrange(4):
            case 0:
                del pieces[place : place + chance.randint(1, 3)]
            case 1:
                pieces.insert(place, pieces[chance.randrange(len(pieces))])
            case 2:
                pieces[place] = pieces[place].replace(b"0", b"-9").replace(b"1", b"x")
            case _:
                pieces[place] = bytes(reversed(pieces[place]))
        if not pieces:
            break
    with suppress(DocgenError):
        check(changed(data, **{part: b"<".join(pieces)}), "文件.docx")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(
        st.text(
            alphabet="一二三（）()1234.、：:附件抄送：年月日〔〕号关于通知签发人★秘密×“”《》—… \t0",
            max_size=24,
        ),
        max_size=14,
    )
)
def test_any_words_end_in_findings(lines: list[str], made: Made) -> None:
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in lines)
    assert check(changed(made("general"), document=document(body)), "文件.docx").findings
