"""A signed PDF of an issued document: made, attached, verified, and found when it is changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

Docgen = Callable[..., Any]
PASSWORD = "代章2026"  # noqa: S105  # of a certificate made here


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "澄湖县发展和改革委员会")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(9).not_valid_before(now).not_valid_after(now + timedelta(days=9))
    locked = serialization.BestAvailableEncryption(PASSWORD.encode())
    path = tmp_path / "证书.p12"
    signed = made.sign(key, hashes.SHA256())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, signed, None, locked))
    return path


@pytest.fixture
def signed(workspace: Path, docgen: Docgen) -> Path:
    assert docgen("notice", "--project", "3", "--unit", "县水利局").code == 0
    assert docgen("--by", "方知远", "doc", "review", "--all").code == 0
    assert docgen("--by", "万里舟", "doc", "sign", "--all").code == 0
    return workspace


@pytest.mark.libreoffice
def test_a_signed_pdf_is_attached_and_a_change_to_it_is_found(
    signed: Path, docgen: Docgen, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCGEN_CERT_PASSWORD", PASSWORD)
    done = docgen("doc", "sign-pdf", "1", "--certificate", certificate)
    assert (done.code, done.err.count("Traceback")) == (0, 0)
    (made,) = signed.rglob("*.pdf")
    assert made.name == "签名PDF-澄联审办函〔2026〕1号.pdf"
    assert docgen("verify").code == 0
    assert "签名PDF" in docgen("verify", made).out
    made.write_bytes(made.read_bytes().replace(b"/Type", b"/Typo", 1))
    altered = docgen("verify")
    assert altered.code == 5
    assert made.name in altered.out


def test_a_wrong_password_makes_nothing(
    signed: Path, docgen: Docgen, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCGEN_CERT_PASSWORD", "wrong")
    done = docgen("doc", "sign-pdf", "1", "--certificate", certificate)
    assert done.code == 2
    assert "密码" in done.err
    assert list(signed.rglob("*.pdf")) == []


def test_an_unsigned_document_gets_none(
    workspace: Path, docgen: Docgen, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCGEN_CERT_PASSWORD", PASSWORD)
    docgen("notice", "--project", "3", "--unit", "县水利局")
    assert docgen("doc", "sign-pdf", "1", "--certificate", certificate).code == 3


def test_a_document_no_longer_in_force_gets_none(
    signed: Path, docgen: Docgen, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCGEN_CERT_PASSWORD", PASSWORD)
    assert docgen("--by", "万里舟", "doc", "void", "1", "--remark", "项目已取消").code == 0
    refused = docgen("doc", "sign-pdf", "1", "--certificate", certificate)
    assert refused.code == 3
    assert "现在是“作废”" in refused.err
    assert list(signed.rglob("*.pdf")) == []


def test_nothing_is_signed_for_but_the_file_on_record(
    signed: Path, docgen: Docgen, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words put into a numbered document for the moment of signing would leave a sound signature under them."""
    monkeypatch.setenv("DOCGEN_CERT_PASSWORD", PASSWORD)
    (numbered,) = (each for each in (signed / "out").rglob("*.docx") if "送签稿" not in str(each))
    kept = numbered.read_bytes()
    numbered.write_bytes(kept + b"\0")
    altered = docgen("doc", "sign-pdf", "1", "--certificate", certificate)
    numbered.unlink()
    gone = docgen("doc", "sign-pdf", "1", "--certificate", certificate)
    assert (altered.code, gone.code) == (3, 3)
    assert "被改动过" in altered.err
    assert "不在原处" in gone.err
    assert list(signed.rglob("*.pdf")) == []
