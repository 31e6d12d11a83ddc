"""Files are opened with suspicion: what is no sound .docx is called by its name, within bounds, without a traceback."""

import io
import tracemalloc
import warnings
import zipfile
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.opc import faults, guard
from docgen.opc.parsing import parse, refuse_unsound
from docgen.opc.reading import opened, read

MAIN = "word/document.xml"
TYPES = "[Content_Types].xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
MACROS = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override'
    ' PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)


@contextmanager
def memory_below(most):
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < most


def test_parts_are_read_by_name(pack):
    with opened(pack({"word/styles.xml": "<a/>"}), "甲.docx") as parts:
        assert parts.main() == MAIN
        assert "word/styles.xml" in parts
        assert "word/numbering.xml" not in parts
        assert parts.xml("word/styles.xml").tag == "a"
        assert list(parts.types()) == [MAIN]


def test_a_file_is_read_from_its_path_as_from_its_bytes(pack, tmp_path):
    path = tmp_path / "甲.docx"
    path.write_bytes(pack())
    with opened(path, "甲.docx") as parts:
        assert parts.contents() == read(pack(), "甲.docx")


def test_relations_name_parts_of_the_package_wherever_they_are_counted_from(pack):
    relation = '<Relationship Id="{}" Type="http://x/{}" Target="{}" {}/>'
    given = [
        relation.format("a", "footer", "footer1.xml", ""),
        relation.format("b", "theme", "/word/theme/theme1.xml", ""),
        relation.format("c", "customXml", "../customXml/item1.xml", ""),
        relation.format("d", "hyperlink", "https://example.org", 'TargetMode="External"'),
    ]
    xml = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(given)}'
        "</Relationships>"
    )
    with opened(pack({"word/_rels/document.xml.rels": xml}), "甲.docx") as parts:
        found = {name: (each.kind, each.target) for name, each in parts.relations(MAIN).items()}
        assert parts.relations("word/footer1.xml") == {}
    assert found == {
        "a": ("footer", "word/footer1.xml"),
        "b": ("theme", "word/theme/theme1.xml"),
        "c": ("customXml", "customXml/item1.xml"),
    }


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", faults.EmptyFile),
        (b"%PDF-1.7", faults.NotADocx),
        ("关于……的通知".encode(), faults.NotADocx),
        (OLE + b"\0" * 600, faults.OldWordFile),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), faults.EncryptedFile),
        (b"PK\3\4", faults.DamagedFile),
    ],
)
def test_what_is_no_docx_is_called_by_its_name(data, kind, tmp_path):
    (tmp_path / "甲").write_bytes(data)
    for source in (data, tmp_path / "甲"):
        with pytest.raises(kind, match=r"^甲\.docx：") as refused, opened(source, "甲.docx"):
            pass
        assert refused.value.remedy.endswith("。")


def test_a_file_that_cannot_be_opened_says_why(tmp_path):
    with pytest.raises(faults.CannotOpen, match="文件不存在"), opened(tmp_path / "没有.docx", "没有.docx"):
        pass
    with pytest.raises(faults.CannotOpen, match="文件夹"), opened(tmp_path, "夹"):
        pass


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_damaged(pack, part):
    data = pack()
    with pytest.raises(faults.DamagedFile):
        read(data[: int(len(data) * part)], "甲.docx")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({TYPES: None}, faults.DamagedFile),
        ({MAIN: None}, faults.NoDocument),
        ({"word/vbaProject.bin": b"x"}, faults.HasMacros),
        ({TYPES: MACROS}, faults.HasMacros),
        ({"a" * (guard.LONGEST_NAME + 1): b""}, faults.DamagedFile),
        ({"_rels/.rels": b"<a>"}, faults.MalformedPart),
    ],
)  # fmt: skip
def test_a_package_that_no_word_processor_writes_is_refused(pack, changes, kind):
    with pytest.raises(kind), opened(pack(changes), "甲.docx") as parts:
        parts.main()


def test_two_members_of_one_name_are_refused(pack):
    buffer = io.BytesIO(pack())
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as package:
        warnings.simplefilter("ignore")
        package.writestr(MAIN, "<other/>")
    with pytest.raises(faults.DamagedFile):
        read(buffer.getvalue(), "甲.docx")


def test_a_package_under_a_password_is_refused(pack):
    data = bytearray(pack())
    data[data.rfind(b"PK\1\2") + 8] |= 1
    with pytest.raises(faults.EncryptedFile):
        read(bytes(data), "甲.docx")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<w:document", faults.MalformedPart),
        (b"\xff\xfe\x00", faults.MalformedPart),
        (b"", faults.MalformedPart),
        (b"<a>" * 5000, faults.TooLarge),
        (DOCTYPE, faults.HasDoctype),
        (b'<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x/>', faults.HasDoctype),
        (b"<a>" + b" " * guard.MOST_PART + b"</a>", faults.TooLarge),
        (b"<a>" + b"x" * 11_000_000 + b"</a>", faults.TooLarge),
        (b"<a:b/>", faults.MalformedPart),
        (b"<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>", faults.MalformedPart),
        (b"<a xmlns:w='u'><w:1/></a>", faults.MalformedPart),
        (b"<a xml:id='1'/>", faults.MalformedPart),
        (b"<a>&b;</a>", faults.MalformedPart),
    ],
    ids=range(13),
)
def test_a_part_that_cannot_be_parsed_safely_is_refused_and_so_it_is_without_a_tree(content, kind):
    for refused in (parse, refuse_unsound):
        with pytest.raises(kind, match="甲"):
            refused(content, "甲", "word/styles.bin")


@pytest.mark.parametrize("content", [b"<a/>", b"<!-- b --><a>x</a>", b"<?xml version='1.1'?><a/>"])
def test_a_part_that_can_be_parsed_is_not_refused(content):
    refuse_unsound(content, "甲", "word/styles.bin")


def test_blanks_and_remarks_are_kept_as_asked():
    given = b"<a> <!-- x --><b/></a>"
    kept = [len(parse(given, "", "", remarks=each)) for each in (False, True)]
    assert kept == [1, 2]
    assert [parse(given, "", "", blanks=each, remarks=True).text for each in (False, True)] == [None, " "]


@pytest.mark.parametrize(
    "members",
    [
        {"word/media/a.bin": guard.MOST_BYTES + 1},
        {"word/styles.xml": guard.MOST_PART + 1},
        {f"word/header{number}.xml": guard.MOST_XML // 4 for number in range(5)},
    ],
    ids=["all", "part", "xml"],
)
def test_a_zip_bomb_is_refused_before_it_is_unpacked(pack, members):
    data = pack({name: bytes(size) for name, size in members.items()})
    with memory_below(2_000_000), pytest.raises(faults.TooLarge):
        read(data, "甲.docx")


def test_a_member_that_lies_about_its_size_is_damaged_and_not_unpacked_beyond_it(pack):
    data = bytearray(pack({"word/media/a.bin": bytes(20 * 2**20)}))
    position = data.rfind(b"word/media/a.bin") - 46 + 24
    data[position : position + 4] = (10).to_bytes(4, "little")
    with memory_below(2**20), pytest.raises(faults.DamagedFile):
        read(bytes(data), "甲.docx")


def test_a_member_under_another_name_than_the_directory_says_is_damaged(pack):
    data = bytearray(pack({"word/media/a.bin": b"x"}))
    data[data.find(b"word/media/a.bin") + 15] += 1
    with pytest.raises(faults.DamagedFile):
        read(bytes(data), "甲.docx")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_members_packed_in_ways_that_the_format_does_not_know_are_refused_unpacked(pack, method):
    data = pack({"word/media/a.bin": bytes(20 * 2**20)}, method)
    with memory_below(2**20), pytest.raises(faults.DamagedFile):
        read(data, "甲.docx")


def test_too_many_members_are_refused(pack):
    data = pack({f"x/{number}": b"" for number in range(guard.MOST_MEMBERS)})
    with pytest.raises(faults.TooLarge):
        read(data, "甲.docx")


def test_a_file_of_a_hundred_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "大文件.docx"
    with path.open("wb") as file:
        file.write(b"PK\3\4")
        file.truncate(100 * 2**20)
    with memory_below(2**20), pytest.raises(faults.TooLarge), opened(path, "大文件.docx"):
        pass


@settings(max_examples=150, deadline=None)
@given(
    spots=st.lists(st.tuples(st.floats(0, 0.9999), st.integers(0, 255)), min_size=1, max_size=6),
    cut=st.floats(0.2, 1),
)
def test_any_damage_is_survived_or_refused_by_name(pack, spots, cut):
    data = bytearray(pack())
    for where, value in spots:
        data[int(where * len(data))] = value
    try:
        with opened(bytes(data[: int(cut * len(data)) + 1]), "甲.docx") as parts:
            parts.contents()
            parts.xml(parts.main())
    except faults.FileFault as fault:
        assert str(fault)  # noqa: PT017  either outcome is right


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200), start=st.sampled_from([b"", b"PK\3\4", b"PK\5\6", OLE]))
def test_any_bytes_are_refused_by_name(data, start):
    with pytest.raises(faults.FileFault), opened(start + data, "甲.docx") as parts:
        parts.main()
