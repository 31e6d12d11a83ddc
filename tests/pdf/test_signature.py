"""PDFs signed with a certificate: what a signature proves, and what breaks it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from docgen.pdf.signature import BadCertificate, CannotSign, Certificate, SignerMissing, signatures_of

HOLDER = "澄湖县发展和改革委员会"
PASSWORD = "代章2026"  # noqa: S105  # of a certificate made here


@pytest.fixture(scope="module")
def pkcs() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOLDER)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(now - timedelta(days=1))
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        builder.not_valid_after(now + timedelta(days=30))
        .add_extension(usage, True)
        .sign(key, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(HOLDER.encode(), key, certificate, None, locked)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    buffer = BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


@pytest.fixture(scope="module")
def certificate(pkcs: bytes) -> Certificate:
    return Certificate(pkcs, PASSWORD, "印章.p12")


def test_a_signature_names_its_holder_and_covers_the_file(pdf: bytes, certificate: Certificate) -> None:
    (found,) = signatures_of(certificate.sign(pdf, "印发", "甲.pdf"))
    assert (found.signer, found.fingerprint) == (HOLDER, certificate.fingerprint)
    assert (found.intact, found.whole) == (True, True)
    assert found.at is not None


def test_an_unsigned_pdf_and_what_is_no_pdf_have_no_signature(pdf: bytes) -> None:
    assert (signatures_of(pdf), signatures_of(b"no pdf"), signatures_of(b"")) == ((), (), ())


def test_each_change_within_the_signed_bytes_breaks_it(pdf: bytes, certificate: Certificate) -> None:
    signed = certificate.sign(pdf, "印发", "甲.pdf")
    for place in range(9, len(pdf), max(1, len(pdf) // 25)):
        changed = bytearray(signed)
        changed[place] ^= 1
        assert not any(each.intact and each.whole for each in signatures_of(bytes(changed)))


def test_what_is_added_behind_is_found(pdf: bytes, certificate: Certificate) -> None:
    signed = certificate.sign(pdf, "印发", "甲.pdf")
    longer = signed + b"\n% added behind\n"
    assert not any(each.intact and each.whole for each in signatures_of(longer))


@pytest.mark.parametrize(("data", "password"), [(None, "wrong"), (b"no certificate", PASSWORD), (b"", "")])
def test_a_wrong_password_or_file_is_said(pkcs: bytes, data: bytes | None, password: str) -> None:
    with pytest.raises(BadCertificate) as raised:
        Certificate(pkcs if data is None else data, password, "印章.p12")
    assert "印章.p12" in str(raised.value)


def test_what_is_no_pdf_is_not_signed(certificate: Certificate) -> None:
    with pytest.raises(CannotSign):
        certificate.sign(b"no pdf", "印发", "甲.pdf")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, pdf: bytes) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.pdf_utils.reader", None)
    with pytest.raises(SignerMissing) as raised:
        signatures_of(pdf)
    assert "docgen[sign]" in str(raised.value)
