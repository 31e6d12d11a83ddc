"""Why a year cannot be archived."""

from __future__ import annotations

from docgen.errors import NOT_ALLOWED, NOT_VERIFIED, OUTSIDE_FAILED, WRONG_USE, DocgenError


class FondsMissing(DocgenError):
    """The settings do not say whose archive it is."""

    code = "archive-no-fonds"
    says = "docgen.toml 没有写全宗号、全宗名称，编不出档号"
    advises = '请在 [archive] 中写上 fonds = "全宗号" 和 fonds_name = "全宗名称"；全宗号由档案馆给定。'


class NotComplete(DocgenError):
    """A document, or a number, is not ready to be archived."""

    code = "archive-incomplete"
    says = "{document}：{reason}"
    advises = "请补齐；确实补不了的，加 --leave-out，在档案包里写明没有归档和原因。"

    document: str
    reason: str


class PrintUnfit(DocgenError):
    """The PDF that was made of a file is one that no bag takes."""

    code = "archive-pdf-unfit"
    exit_code = OUTSIDE_FAILED
    says = "{path} 的 PDF 不能归档：{reason}"
    advises = (
        "没有嵌入字体、字体里没有字的，请安装文中用的字体（生僻字可用 fonts-hanazono 一类的）以后再运行 "
        "docgen archive build；"
        "有别的原因的，多半是已有的档案包被人改过，请用 docgen verify 核对，把那一份移到别处。"
    )

    path: str
    reason: str


class NotTaken(DocgenError):
    """A file of a document is of a kind that no bag takes, or is damaged."""

    code = "archive-file-not-taken"
    says = "{document}：{reason}"
    advises = (
        "归档接受 PDF、图片（JPEG、PNG、TIFF）、docx、xlsx、OFD，另有 doc、wps、odt、rtf（同时转成 PDF/A 一并归入）；"
        "扫描件只接受 PDF 和图片，都不能有密码、宏、外部引用。请用 docgen doc detach 停用这一个（文件保留），"
        "再用 docgen doc attach 登记能用的；已归档的，用 docgen archive detach 和 docgen archive add。"
    )

    document: str
    reason: str


class NothingToArchive(DocgenError):
    """No number of the year is on record."""

    code = "archive-nothing"
    exit_code = WRONG_USE
    says = "{year}年没有编过文号，没有可以归档的公文"
    advises = "请核对 --year。"

    year: int


class NothingReady(DocgenError):
    """No document of the year can go into a bag."""

    code = "archive-nothing-ready"
    exit_code = NOT_ALLOWED
    says = "{year}年没有一件公文可以归入，没有生成档案包（{why}）"
    advises = "请先补齐至少一件；不加 --leave-out 运行 docgen archive build，会逐件列出缺什么。"

    year: int
    why: str


class ChangedMeanwhile(DocgenError):
    """Something was recorded about the documents while their bag was built."""

    code = "archive-changed-meanwhile"
    exit_code = NOT_ALLOWED
    says = "生成档案包的时候，这一年的公文又有新的登记（第{seq}条）"
    advises = "没有归档，什么都没有改动；请重新运行。"

    seq: int


class FileAway(DocgenError):
    """A file that was there when the year was gathered cannot be read any more: its disk went away."""

    code = "archive-disk-gone"
    exit_code = OUTSIDE_FAILED
    says = "{path} 读不出来了：{reason}"
    advises = "没有归档，什么都没有改动；请检查文件所在的磁盘、移动硬盘、网络文件夹是否连接好，再重新运行。"

    path: str
    reason: str


class BagThere(DocgenError):
    """Something else lies where a bag is to be."""

    code = "archive-place-taken"
    exit_code = WRONG_USE
    says = "{path} 已经存在，{reason}"
    advises = "请把它移到别处，或用 --to 换一个文件夹。"

    path: str
    reason: str


class BagPlaceWrong(DocgenError):
    """A bag was to be written where other things lie."""

    code = "archive-place-wrong"
    exit_code = WRONG_USE
    says = "档案包不能放在 {path}：{reason}"
    advises = "请用 --to 换一个文件夹。"

    path: str
    reason: str


class BagAltered(DocgenError):
    """A bag on record is not the one that was written."""

    code = "verify-bag-altered"
    exit_code = NOT_VERIFIED
    says = "{path} 不是归档时写的那一份：{reason}"
    advises = "请用另一份副本核对、替换，并查明是谁改动的。"

    path: str
    reason: str
