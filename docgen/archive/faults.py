"""What may be wrong with a bag, each fault a class of its own; all say which file or document."""

from __future__ import annotations

from docgen.errors import NOT_VERIFIED, OUTSIDE_FAILED, WRONG_USE, DocgenError

_KEEP = "请保全现场，用另一份副本核对、替换。"


class NotABag(DocgenError):
    """A folder is no bag."""

    code = "bag-none"
    exit_code = WRONG_USE
    says = "{path} 不是档案包：{reason}"
    advises = "请给出 docgen archive build 生成的那个文件夹，里面有 bagit.txt。"

    path: str
    reason: str


class BagUnreadable(DocgenError):
    """The disk went away, or refuses, while a bag was read or written."""

    code = "bag-disk-gone"
    exit_code = OUTSIDE_FAILED
    says = "{path} 读不下去了：{reason}"
    advises = "请检查磁盘、移动硬盘是否连接好，再重新核对；档案包没有改动。"

    path: str
    reason: str


class ManifestWrong(DocgenError):
    """A manifest is not as it was written."""

    code = "bag-manifest-wrong"
    exit_code = NOT_VERIFIED
    says = "{path} 第{line}行{reason}"
    advises = _KEEP

    path: str
    line: int
    reason: str


class BagFileMissing(DocgenError):
    """A listed file is not there."""

    code = "bag-file-missing"
    exit_code = NOT_VERIFIED
    says = "{path} 不见了{likely}"
    advises = "请从另一份副本取回这个文件；改过名的，请改回原名。"

    path: str
    likely: str


class BagFileUnlisted(DocgenError):
    """A file lies in a bag that its manifests do not list."""

    code = "bag-file-unlisted"
    exit_code = NOT_VERIFIED
    says = "{path} 不在清单中{likely}"
    advises = "请查明来历后移到档案包以外；补充材料要用 docgen archive add 登记，再生成新的一版。"

    path: str
    likely: str


class BagFileAltered(DocgenError):
    """A file of a bag is not as it was written."""

    code = "bag-file-altered"
    exit_code = NOT_VERIFIED
    says = "{path} 被改动：现在的摘要是 {found}，清单上是 {expected}"
    advises = _KEEP

    path: str
    found: str
    expected: str


class BagFileUnread(DocgenError):
    """A file of a bag cannot be read."""

    code = "bag-file-unreadable"
    exit_code = NOT_VERIFIED
    says = "{path} 读不出来：{reason}"
    advises = "磁盘可能损坏，请尽快从另一份副本恢复。"

    path: str
    reason: str


class BagPathUnsafe(DocgenError):
    """A manifest names a path that leads out of the bag, or a bag holds what leads out of it."""

    code = "bag-path-unsafe"
    exit_code = NOT_VERIFIED
    says = "{path} {reason}"
    advises = "不要打开它；这不是 docgen 写的，请用另一份副本核对。"

    path: str
    reason: str


class BagNameAlike(DocgenError):
    """Two names of a bag are one on some systems."""

    code = "bag-name-alike"
    exit_code = NOT_VERIFIED
    says = "{path} 与 {other} 在有的系统上是同一个名字（大小写或字符写法不同）"
    advises = "复制到那样的系统会丢掉一个，请核对哪一个是原来的。"

    path: str
    other: str


class ChainBroken(DocgenError):
    """The chain of entries in a bag is not whole."""

    code = "bag-chain-broken"
    exit_code = NOT_VERIFIED
    says = "登记链第{seq}条{reason}"
    advises = _KEEP

    seq: int
    reason: str


class BagContradicts(DocgenError):
    """What a bag says of a document is not what the entries or the document say."""

    code = "bag-contradiction"
    exit_code = NOT_VERIFIED
    says = "{document}：{reason}"
    advises = "请与签字的原件、用印登记簿核对。"

    document: str
    reason: str


class BagIncomplete(DocgenError):
    """Something that the archive must have is not in the bag."""

    code = "bag-incomplete"
    exit_code = NOT_VERIFIED
    says = "{document}：{reason}"
    advises = "请查明去向；材料在的，请补齐后生成新的一版。"

    document: str
    reason: str


class BagUnusable(DocgenError):
    """A file of a bag cannot be opened, or not everywhere."""

    code = "bag-unusable"
    exit_code = NOT_VERIFIED
    says = "{path} {reason}"
    advises = "请从原件重新扫描或重新转换，补充后生成新的一版。"

    path: str
    reason: str


class BagUnsafe(DocgenError):
    """A file of a bag holds what runs or fetches something."""

    code = "bag-unsafe"
    exit_code = NOT_VERIFIED
    says = "{path} {reason}"
    advises = "不要打开它，请查明来历。"

    path: str
    reason: str
