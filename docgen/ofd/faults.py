"""What keeps a PDF from becoming an OFD."""

from __future__ import annotations

from docgen.errors import OUTSIDE_FAILED, DocgenError


class NoOfdPackages(DocgenError):
    """The optional packages that read a PDF and build fonts are not installed."""

    code = "no-ofd-packages"
    exit_code = OUTSIDE_FAILED
    says = "没有安装 {package}，不能生成 OFD"
    advises = "请运行 pip install 'docgen[ofd]'。"

    package: str


class NotPdf(DocgenError):
    """A file that is no PDF, or a damaged one."""

    code = "ofd-not-pdf"
    says = "{file} 不是 PDF，或已经损坏，不能转换成 OFD"
    advises = "请用 PDF 阅读器打开检查，或重新生成这个 PDF。"

    file: str


class NotOfd(DocgenError):
    """A file that is no OFD, or a damaged one."""

    code = "ofd-not-ofd"
    says = "{file} 不是 OFD，或已经损坏，读不出来"
    advises = "请用 OFD 阅读器打开检查，或向来文单位要一份完整的。"

    file: str


class PdfLocked(DocgenError):
    """A PDF that asks for a password."""

    code = "ofd-pdf-locked"
    says = "{file} 有打开密码，不能转换成 OFD"
    advises = "请先去掉密码，另存后再转换。"

    file: str


class PageUnreadable(DocgenError):
    """A page of a PDF that cannot be read."""

    code = "ofd-page-unreadable"
    says = "{file} 的第{page}页读不出来，没有生成 OFD"
    advises = "请用 PDF 阅读器打开检查，或重新生成这个 PDF。"

    file: str
    page: int


class PdfTooLarge(DocgenError):
    """A PDF with more pages, or more on one page, than is taken on."""

    code = "ofd-too-large"
    says = "{file} {measure}，超过上限{most}，没有转换成 OFD"
    advises = "请拆成几个文件后分别转换。"

    file: str
    measure: str
    most: int
