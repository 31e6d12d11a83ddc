"""Signing a PDF with a certificate, and checking such signatures, through pyHanko (the extra `sign`).

A signature covers the whole file as it was signed (PAdES, SHA-256). Whose certificate it is, and whether the file is
unchanged, is found here; whether the certificate is to be trusted is for whoever knows its issuer to say.
"""

from __future__ import annotations

import logging
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import OUTSIDE_FAILED, WRONG_USE, DocgenError

FIELD: Final = "docgen"


class SignerMissing(DocgenError):
    """The library that signs PDFs is not installed."""

    code = "pdf-signer-missing"
    exit_code = OUTSIDE_FAILED
    says = "没有安装 PDF 签名组件"
    advises = "请运行 pip install 'docgen[sign]' 后重试。"


class BadCertificate(DocgenError):
    """A certificate file cannot be used for signing."""

    code = "certificate"
    exit_code = WRONG_USE
    says = "证书 {path} 不能用来签名：{reason}"
    advises = (
        "要用带私钥的 PKCS#12 证书（.p12 或 .pfx）；密码放在环境变量 DOCGEN_CERT_PASSWORD 里，或按提示输入。"
    )

    path: str
    reason: str


class CannotSign(DocgenError):
    """A PDF cannot be signed."""

    code = "pdf-not-signed"
    exit_code = OUTSIDE_FAILED
    says = "{path} 签名失败：{reason}"
    advises = "请核对 PDF 和证书后重试；原文件没有改动。"

    path: str
    reason: str


@dataclass(frozen=True)
class PdfSignature:
    """A signature found in a PDF.

    Args:
        signer: to whom the certificate is given (common name).
        fingerprint: SHA-256 of the certificate, lower-case hex.
        at: the time the signer stated; None when none.
        intact: whether what was signed is unchanged and was signed with that certificate's key.
        whole: whether it covers the file to its end, so that nothing was appended.
    """

    signer: str
    fingerprint: str
    at: datetime | None
    intact: bool
    whole: bool


class Certificate:
    """A certificate with its private key, ready to sign.

    Args:
        data: a PKCS#12 file.
        password: of the file.
        path: its name in messages.

    Raises:
        SignerMissing: the extra is not installed.
        BadCertificate: the file, or its password, is wrong.
    """

    def __init__(self, data: bytes, password: str, path: str) -> None:
        signers = _pyhanko("pyhanko.sign.signers")
        try:
            signer = signers.SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=password.encode())
        except Exception as fault:  # the libraries below raise errors of many kinds for a wrong file
            raise BadCertificate(path, "密码不对，或文件已损坏") from fault
        if signer is None or signer.signing_key is None:
            raise BadCertificate(path, "密码不对，或里面没有私钥")
        self._signer = signer

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the certificate."""
        return bytes(self._signer.signing_cert.sha256).hex()

    @property
    def holder(self) -> str:
        """Return to whom the certificate is given."""
        return _holder(self._signer.signing_cert)

    def sign(self, pdf: bytes, reason: str, path: str) -> bytes:
        """Return a PDF with a signature. Raises CannotSign."""
        signing = _pyhanko("pyhanko.sign.signers.pdf_signer")
        writing = _pyhanko("pyhanko.pdf_utils.incremental_writer")
        about = signing.PdfSignatureMetadata(field_name=FIELD, reason=reason, md_algorithm="sha256")
        try:
            writer = writing.IncrementalPdfFileWriter(BytesIO(pdf))
            signed = signing.PdfSigner(about, signer=self._signer).sign_pdf(writer)
        except Exception as fault:  # pyHanko and the libraries below raise errors of many kinds
            raise CannotSign(path, f"{type(fault).__name__}：{fault}") from fault
        return bytes(signed.getbuffer())


def signatures_of(pdf: bytes) -> tuple[PdfSignature, ...]:
    """Return the signatures in a PDF, the first one first; one that cannot be read is not intact.

    Raises:
        SignerMissing: the extra is not installed.
    """
    reading = _pyhanko("pyhanko.pdf_utils.reader")
    try:
        found = list(reading.PdfFileReader(BytesIO(pdf)).embedded_signatures)
    except Exception:  # noqa: BLE001  # a damaged PDF has no signature that could be read
        return ()
    return tuple(_checked(each) for each in found)


def _checked(signature: Any) -> PdfSignature:
    validation = _pyhanko("pyhanko.sign.validation")
    trust = _pyhanko("pyhanko_certvalidator").ValidationContext(trust_roots=[], allow_fetching=False)
    try:
        status = validation.validate_pdf_signature(signature, trust)
        whole = status.coverage == validation.SignatureCoverageLevel.ENTIRE_FILE
        holder, fingerprint = _holder(status.signing_cert), bytes(status.signing_cert.sha256).hex()
        intact = bool(status.intact and status.valid)
        return PdfSignature(holder, fingerprint, status.signer_reported_dt, intact, whole)
    except Exception:  # noqa: BLE001  # whatever keeps it from being checked, it proves nothing
        return PdfSignature("", "", None, intact=False, whole=False)


def _holder(certificate: Any) -> str:
    names = certificate.subject.native
    return str(names.get("common_name") or certificate.subject.human_friendly)


def _pyhanko(module: str) -> Any:
    import importlib

    try:
        found = importlib.import_module(module)
    except ImportError as fault:
        raise SignerMissing from fault
    for name in ("pyhanko", "pyhanko_certvalidator"):  # they log what is reported here as a value
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return found
