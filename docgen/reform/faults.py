"""Why a draft cannot be laid out: what it holds that nobody can decide, or that would be lost."""

from __future__ import annotations

from docgen.errors import DATA_WRONG, NOT_VERIFIED, OUTSIDE_FAILED, WRONG_USE, DocgenError


class DraftFault(DocgenError):
    """A draft that cannot be laid out as it is."""

    path: str


class OpenChanges(DraftFault):
    """The draft has tracked changes that nobody has accepted or refused."""

    code = "format-open-changes"
    says = "{path}：第 {places} 段有没有处理的修订"
    advises = "请先在 Word 或 WPS 里接受或拒绝修订，再整理格式。"

    changes: tuple[int, ...]

    @property
    def places(self) -> str:
        """Return the paragraphs as words."""
        shown = "、".join(map(str, self.changes[:5]))
        return f"{shown}……" if len(self.changes) > 5 else shown


class NotCarried(DraftFault):
    """The draft holds an object that cannot be carried into another document whole."""

    code = "format-not-carried"
    says = "{path}：有{object}，排版后会丢失，没有整理"
    advises = "请把它改成图片或表格，再整理格式。"

    object: str


class NotConverted(DraftFault):
    """LibreOffice left something out of the .docx that it made of a file, or repeated it, and did not say so."""

    code = "format-not-converted"
    exit_code = OUTSIDE_FAILED
    says = "{path}：LibreOffice 转换时{what_is_wrong}，没有整理"
    advises = "请用 WPS 或 Word 打开，另存为 .docx 再整理；少了公式的，也可以安装 libreoffice-math 后再试。"

    wrong: tuple[str, ...]

    @property
    def what_is_wrong(self) -> str:
        """Return the first things that are missing or repeated as words."""
        return _first_of(self.wrong)


class UnendedField(DraftFault):
    """A field begins that does not end, so that nobody can tell which of the words behind it are shown."""

    code = "format-unended-field"
    exit_code = DATA_WRONG
    says = "{path}：有一个域缺少结束标记，后面的文字“{words}”读不出来"
    advises = "请用 Word 或 WPS 打开，把这个域改成普通文字（Ctrl+Shift+F9）或删去，保存后再整理格式。"

    words: str


class SubDocument(DraftFault):
    """The draft takes in another file that a word processor would put in its place when it opens it."""

    code = "format-sub-document"
    says = "{path}：插入了其他文件，内容不在正文里"
    advises = "请用 Word 打开并另存一次，再整理格式。"


class NestedTooDeep(DraftFault):
    """Tables or text boxes stand within each other deeper than any reader goes."""

    code = "format-nested-too-deep"
    exit_code = DATA_WRONG
    says = "{path}：表格或文本框一层套一层，超过{most}层，里面的文字读不到"
    advises = "请把里层的表格或文本框移出来，再整理格式。"

    most: int


class NoWords(DraftFault):
    """The draft says nothing."""

    code = "format-no-words"
    says = "{path}：没有文字"
    advises = "请核对是不是选错了文件。"


class UnknownDraft(DraftFault):
    """The file is of no type that can be read."""

    code = "format-unknown-type"
    exit_code = WRONG_USE
    says = "{path}：不认识这种文件"
    advises = "可以整理的文件：{endings}，以及 LibreOffice 能读的 .doc、.wps、.odt、.rtf。"

    endings: tuple[str, ...]


class UnreadableDraft(DraftFault):
    """A text is in no encoding that can be told."""

    code = "format-unreadable"
    exit_code = DATA_WRONG
    says = "{path}：{reason}"

    reason: str


class TooMuchText(DraftFault):
    """A text is longer than any document. `reason` says what of it, how long, and how long it may be."""

    code = "format-too-much-text"
    exit_code = DATA_WRONG
    says = "{path}：文字太多（{reason}）"
    advises = "请核对是不是选错了文件；确实要这么长的，请分成几段或几份。"

    reason: str


class Lost(DraftFault):
    """Something of the draft would not be in the result, which is therefore not written."""

    code = "format-lost"
    exit_code = NOT_VERIFIED
    says = "{path}：整理后会少{what_is_lost}，没有写出"
    advises = "请把这一处改得简单些再试，并把原稿发给 docgen 的维护者。"

    missing: tuple[str, ...]

    @property
    def what_is_lost(self) -> str:
        """Return the first things that are missing as words."""
        return _first_of(self.missing)


def _first_of(missing: tuple[str, ...]) -> str:
    shown = "；".join(missing[:5])
    return f"{shown}等{len(missing)}处" if len(missing) > 5 else shown


class PictureGone(DraftFault):
    """A picture that the draft names is not beside it."""

    code = "format-picture-missing"
    exit_code = DATA_WRONG
    says = "{path}：找不到图片 {picture}"
    advises = "请把图片放在文稿旁边，或删去这一行。"

    picture: str
