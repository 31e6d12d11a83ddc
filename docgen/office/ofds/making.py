"""OFDs of documents and of PDFs, one that fails stopping no other."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.digests import sha256
from docgen.errors import WRONG_USE, Advice, DocgenError
from docgen.files import cannot_write, read_regular, reason_of, set_aside, staged
from docgen.ofd.making import Made, made_of, need_packages
from docgen.ofd.package import About, Attachment
from docgen.office.desk import Desk
from docgen.office.kind_folders import Unreadable
from docgen.office.ofds.about import about_file
from docgen.office.ofds.known import Known, Register
from docgen.office.ofds.reading import OFD
from docgen.office.pdfs import Progress
from docgen.office.pool import Pool, cores
from docgen.pdf.convert import Pdfs, make_pdfs
from docgen.pdf.libreoffice import FILE_SECONDS
from docgen.pdf.origin import origin_of

PDF: Final = ".pdf"
_FEW: Final = 4
"""So many files to a process at least: a process has to read what makes OFDs first."""


class SameOfdName(DocgenError):
    """Two files would become one OFD."""

    code = "ofd-same-name"
    exit_code = WRONG_USE
    says = "{files} 转换后都叫 {name}"
    advises = "请分次转换，或转换到不同的文件夹。"

    name: str
    files: tuple[str, ...]


class IsOfd(DocgenError):
    """A file that is to become an OFD is one."""

    code = "ofd-is-ofd"
    exit_code = WRONG_USE
    says = "{path} 已经是 OFD，没有转换"
    advises = "要看它的元数据和附件，请用 docgen read。"

    path: str


class AttachmentUnreadable(DocgenError):
    """A file that is to go into an OFD as an attachment cannot be read."""

    code = "ofd-attachment-unreadable"
    exit_code = WRONG_USE
    says = "{path} 不能作为 OFD 的附件：{reason}"
    advises = "请核对文件名和路径。"

    path: str
    reason: str


@dataclass(frozen=True)
class Asked:
    """How OFDs are made.

    Args:
        folder: where they go; beside each file when None.
        seconds: how long LibreOffice may take for one document at most; None for the usual time.
        printed: PDFs at hand, by the document each was made of.
        desk: of the workspace whose register may know the files; None where there is none.
        attach: files that go into the OFD as attachments.
        recorded: whether the attachments on record of a registered document go into its OFD.
    """

    folder: Path | None = None
    seconds: int | None = None
    printed: Mapping[Path, Path] = field(default_factory=dict)
    desk: Desk | None = None
    attach: tuple[Path, ...] = ()
    recorded: bool = True


@dataclass(frozen=True)
class Ofd:
    """An OFD that was made.

    Args:
        path: where it is.
        kept: where the former OFD of that name is now; None where there was none.
        document: the registered document it shows, as messages name it; empty where it shows none.
        metadata: what it says of itself by name, empty elements left out.
        attachments: the names of the files in it.
        has_text: whether it has text; a scan has none.
    """

    path: Path
    kept: Path | None
    document: str
    metadata: Mapping[str, str]
    attachments: tuple[str, ...]
    has_text: bool


@dataclass(frozen=True)
class Ofds:
    """What became of files: the OFDs in the files' order, the faults, and what should be known.

    `left_out` names for a document what it refers to outside itself, which was not fetched; `unshown` its hanzi that no
    font has.
    """

    made: list[Ofd]
    faults: list[DocgenError]
    left_out: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    advices: list[Advice] = field(default_factory=list)
    unshown: dict[Path, str] = field(default_factory=dict)

    @property
    def paths(self) -> list[Path]:
        """Return where the OFDs are."""
        return [each.path for each in self.made]


@dataclass(frozen=True)
class _Job:
    """A file, its PDF, where its OFD goes, and what the register knows of it."""

    named: Path
    pdf: Path
    target: Path
    attach: tuple[Attachment, ...] = ()
    known: Known | None = None
    within: tuple[Path, ...] = ()
    recorded: bool = True


def need_tools() -> None:
    """Find what OFDs need before anything is written. Raises NoOfdPackages (extra `ofd`)."""
    need_packages()


def converted(files: Sequence[Path], asked: Asked | None = None, progress: Progress | None = None) -> Ofds:
    """Make OFDs of PDFs, and of documents by way of a PDF that is not kept; one that fails stops no other.

    An OFD already there is moved to `留存` beside it. A file that the register knows gets the metadata and the
    attachments on record; of any other one its own text tells. Many are made by as many processes as there are cores.

    Args:
        files: PDFs and documents; one named twice is made once.
        asked: where they go, and what goes into them.
        progress: is told how many are done, of how many.

    Raises:
        NoOfdPackages: the extra `ofd` is not installed.
        SameOfdName: two files would become one OFD.
        AttachmentUnreadable: a file that is to go into an OFD cannot be read.
    """
    need_packages()
    asked = asked or Asked()
    different = list({each.resolve(): each for each in reversed(files)}.values())[::-1]
    already = [IsOfd(str(each)) for each in different if each.suffix.lower() == OFD]
    different = [each for each in different if each.suffix.lower() != OFD]
    targets = {each: (asked.folder or each.parent) / f"{each.stem}{OFD}" for each in different}
    _refuse_same_names(targets)
    attach = tuple(map(_attachment, asked.attach))
    with tempfile.TemporaryDirectory(prefix="docgen-ofd-", ignore_cleanup_errors=True) as place:
        pdf_of, pdfs = _printed(different, asked, Path(place))
        jobs = [_Job(each, pdf, targets[each], attach) for each, pdf in pdf_of.items()]
        jobs, advices = _looked_up(jobs, asked)
        found = _made(jobs, progress)
    faults, advices = [*already, *pdfs.faults, *found.faults], [*advices, *_without_text(found)]
    return Ofds(found.made, faults, pdfs.left_out, advices, pdfs.unshown)


def _printed(files: Sequence[Path], asked: Asked, place: Path) -> tuple[dict[Path, Path], Pdfs]:
    """Return the PDF of each file that is one or has one; those that are not at hand are made in a folder."""
    others = [each for each in files if each.suffix.lower() != PDF and each not in asked.printed]
    wanted = {each: place / f"{number:06}.pdf" for number, each in enumerate(others)}
    pdfs = make_pdfs(wanted, seconds=asked.seconds or FILE_SECONDS) if wanted else Pdfs([], {}, [])
    lacking = set(wanted.values()).difference(pdfs.made)
    sources = {each: asked.printed.get(each) or wanted.get(each, each) for each in files}
    return {each: pdf for each, pdf in sources.items() if pdf not in lacking}, pdfs


def _without_text(found: Ofds) -> list[Advice]:
    """Say of each OFD that it holds pictures alone."""
    return [
        Advice("ofd-without-text", f"{each.path.name} 里没有文字（是扫描件、图片或空白页），不能查找和复制")
        for each in found.made
        if not each.has_text
    ]


def _refuse_same_names(targets: Mapping[Path, Path]) -> None:
    files: dict[Path, list[str]] = {}
    for each, target in targets.items():
        files.setdefault(target, []).append(str(each))
    for target, same in files.items():
        if len(same) > 1:
            raise SameOfdName(target.name, tuple(same))


def _attachment(path: Path) -> Attachment:
    try:
        return Attachment(path.name, read_regular(path))
    except OSError as fault:
        reason = "这是文件夹" if path.is_dir() else reason_of(fault)
        raise AttachmentUnreadable(str(path), reason) from fault


def _looked_up(jobs: list[_Job], asked: Asked) -> tuple[list[_Job], list[Advice]]:
    """Return the jobs with what the register knows of their files, and what is amiss with the register."""
    if asked.desk is None:
        return jobs, []
    try:
        register = Register(asked.desk)
    except DocgenError as fault:
        words = f"登记库读不出来，OFD 的元数据只取自文件本身（{fault.what}）"
        return jobs, [Advice("ofd-without-register", words)]
    found = [
        replace(each, known=_known(register, each), within=register.within, recorded=asked.recorded)
        for each in jobs
    ]
    return found, [_claim(each.named, each.known) for each in found if each.known and each.known.is_claim]


def _claim(named: Path, known: Known) -> Advice:
    """Say of a PDF that it is taken for a document because it says so."""
    of, own = known.document.name, known.document.path
    words = f"{named} 自称由登记的{of}转换而来，内容没有与正本核对；要有把握，请转换 {own}"
    return Advice("ofd-claimed", words)


def _known(register: Register, job: _Job) -> Known | None:
    """Return what the register knows of a file, or of the document that its PDF was made of."""
    try:
        data, pdf = read_regular(job.named), read_regular(job.pdf)
    except OSError:
        return None  # which the making says
    return register.find(sha256(data), origin_of(pdf))


def _made(jobs: Sequence[_Job], progress: Progress | None) -> Ofds:
    """Make an OFD of each PDF and put it in its place."""
    made: list[Ofd] = []
    faults: list[DocgenError] = []
    count = min(cores(), max(1, len(jobs) // _FEW))
    pool: Pool[_Job, tuple[Made, About] | DocgenError] = Pool(_ofd, count, lambda: None)
    with pool:
        for done, (job, result) in enumerate(zip(jobs, pool.results(jobs), strict=True), start=1):
            try:
                if isinstance(result, DocgenError):
                    raise result
                made.append(_put(job, *result))
            except DocgenError as fault:
                faults.append(fault)
            if progress:
                progress(done, len(jobs))
    return Ofds(made, faults)


def _put(job: _Job, made: Made, said: About) -> Ofd:
    with staged() as staging:
        staging.add(job.target, made.data)
        staging.take_over(staging.hand_over())  # on the disk before the former OFD leaves its place
        kept = set_aside(job.target) if job.target.is_file() else None
    known = job.known.document.name if job.known else ""
    names = tuple(each.name for each in said.attachments)
    return Ofd(job.target, kept, known, said.metadata, names, made.has_text)


def _ofd(job: _Job) -> tuple[Made, About] | DocgenError:
    """Return a file's OFD, and what it says of itself; or why there is none."""
    try:
        pdf = _read(job.pdf, job.named)
        source = origin_of(pdf)
        file = str(job.named)
        if job.known:
            said = job.known.about(
                file, source or job.known.document.sha256, job.within, attached=job.recorded
            )
        else:
            said = about_file(job.named, pdf if job.named == job.pdf else _read(job.named, job.named), source)
        said = replace(said, attachments=said.attachments + job.attach)
        return made_of(pdf, said, file), said
    except DocgenError as fault:
        return fault


def _read(path: Path, named: Path) -> bytes:
    try:
        return read_regular(path)
    except OSError as fault:
        if path != named:
            raise cannot_write(path, fault) from fault
        raise Unreadable(str(named), reason_of(fault)) from fault
