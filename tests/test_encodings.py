"""Which encoding a text is in, where its bytes could be read as GB 18030 too."""

from __future__ import annotations

import quopri

import pytest

from docgen.encodings import foreign_encoding, gbk_of, hidden_in_ascii
from docgen.texts import UnreadableText, text_of

TRADITIONAL = "關於開展測試工作的通知\n各鄉鎮人民政府，縣直各單位："
JAPANESE = "会議のお知らせ。各位、平素よりお世話になっております。"


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (TRADITIONAL, "big5", "Big5"),
        ("項目名稱,責任單位,聯絡人\n縣城區供水管網工程,縣水利局,陳先生", "big5", "Big5"),
        (JAPANESE, "shift_jis", "Shift-JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
    ],
)
def test_what_would_become_other_words_is_told_by_its_encoding(text: str, encoding: str, name: str) -> None:
    data = text.encode(encoding)
    assert gbk_of(data) not in (None, text)
    assert foreign_encoding(data).startswith(name)
    with pytest.raises(UnreadableText, match=f"像是 {name}"):
        text_of(data)


@pytest.mark.parametrize(
    "text",
    [
        "关于开展测试工作的通知",
        TRADITIONAL,
        "郝喆",
        "濯龑、翀、犇犇",
        "聖",
        "one – two",
        "《〈》〉",
        "",
        "plain words",
    ],
)
def test_what_china_writes_is_of_no_other_encoding(text: str) -> None:
    """Simplified and traditional, rare names, signs alone."""
    assert foreign_encoding(text.encode("gb18030")) == ""


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("关于报送进度的通知\n各单位：".encode("hz"), "HZ"),
        ("关于报送进度的通知\n各单位：".encode("utf-7"), "UTF-7"),
        (quopri.encodestring("关于报送进度的通知".encode()), "quoted-printable"),
        (quopri.encodestring("关于报送进度的通知".encode("gbk")), "quoted-printable"),
        (JAPANESE.encode("iso2022_jp"), "ISO-2022-JP"),
        ("會議 통지".encode("iso2022_kr"), "ISO-2022-KR"),
    ],
)
def test_hanzi_written_as_signs_of_ascii_are_no_text_as_it_stands(data: bytes, name: str) -> None:
    assert data.isascii()
    assert hidden_in_ascii(data).startswith(name)
    with pytest.raises(UnreadableText, match=f"像是 {name}"):
        text_of(data)


@pytest.mark.parametrize(
    "text",
    [
        "plain ~{braces} and ~{!!!!~} tildes",
        "+8613800000000, a+bcdefgh-ijk, C+TextText",
        "x = 1\ny=2B=2C, GET /?a=E5=85",
        "关于~{VPND~}的说明",
    ],
)
def test_signs_that_hide_no_hanzi_are_text(text: str) -> None:
    assert hidden_in_ascii(text.encode()) == ""
    assert text_of(text.encode()) == text
