"""Fonts for previews and PDF: free faces in the place of the official ones, which are not free and not shipped.

A .docx names 方正小标宋简体, 仿宋_GB2312 and so on. Where these are installed they are used; where not, a fontconfig
file of our own puts Fandol faces in their place, and Hanazono Mincho or WenQuanYi Micro Hei for what Fandol lacks
(㎡ 喆 垚 犇 玥 珺 瑢 昇 堃 頔). `install` fetches all that on Debian and its kin; it is `docgen pdf --setup`, and
`python -m docgen.pdf.fonts` for a Makefile.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import IO, Final

from docgen.pdf.faults import SetupFailed, SetupNotPossible

SUBSTITUTES: Final = {
    "FandolSong-Bold.otf": (
        "方正小标宋简体",
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05S",
        "FZXiaoBiaoSong-B05",
        "小标宋",
    ),
    "FandolSong-Regular.otf": ("宋体", "SimSun", "新宋体", "NSimSun"),
    "FandolFang-Regular.otf": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK"),
    "FandolKai-Regular.otf": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK"),
    "FandolHei-Regular.otf": ("黑体", "SimHei", "方正黑体_GBK"),
}
"""The faces taken from Fandol, and the official names each stands in for."""
RARE: Final = "WenQuanYi Micro Hei"
_HEI: Final = "FandolHei"
_MINCHO: Final = ("HanaMinA", "HanaMinB")
"""Fonts for hanzi that Fandol lacks (喆, 堃 in names), beside any face but 黑体, whose strokes `RARE` has."""
PACKAGES: Final = (
    "libreoffice-writer-nogui",
    "libreoffice-calc-nogui",
    "fonts-wqy-microhei",
    "fonts-hanazono",  # names with hanzi that seldom occur
    "poppler-utils",
)
FANDOL_PACKAGE: Final = "texlive-lang-chinese"
_SYSTEM_CONFIG: Final = "/etc/fonts/fonts.conf"
_STEP_SECONDS: Final = 1200


def fonts_dir() -> Path:
    """Return the folder of the substitute fonts: `DOCGEN_FONTS`, else the user's data folder of this platform."""
    named = os.environ.get("DOCGEN_FONTS")
    return Path(named) if named else _data_home() / "docgen" / "fonts"


def write_fontconfig(directory: Path) -> Path:
    """Write a fontconfig file into a folder and return its path, for `FONTCONFIG_FILE`.

    It includes the system's own configuration, so that installed official faces keep their place.
    """
    path = directory / "fonts.conf"
    path.write_text(_fontconfig(fonts_dir()), encoding="utf-8")
    return path


def missing_fonts() -> list[str]:
    """Return the names of the substitute font files that are not there."""
    return [name for name in SUBSTITUTES if not (fonts_dir() / name).is_file()]


def install() -> list[str]:
    """Install LibreOffice and the substitute fonts as far as they are missing; return what was done, in Chinese.

    Raises:
        SetupNotPossible: if packages are missing and this is no Debian-like system, or not run as root.
        SetupFailed: if a package cannot be downloaded or installed.
    """
    done = []
    packages = [name for name in PACKAGES if not _is_there(name)]
    fonts = missing_fonts()
    if packages or fonts:
        _update(as_root=bool(packages))
    if packages:
        _run("安装软件包", "apt-get", "install", "-y", "--no-install-recommends", *packages)
        done.append(f"安装了软件包 {' '.join(packages)}")
    if fonts:
        _fetch_fandol(fonts)
        done.append(f"在 {fonts_dir()} 放入了字体 {' '.join(fonts)}")
    return done or ["LibreOffice 和替代字体都已经装好，没有改动"]


def _data_home() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _fontconfig(fonts: Path) -> str:
    # FandolSong Bold calls itself regular. What a scan found is kept in fontconfig's cache until the folder changes:
    # whoever changes the scan rule must touch the folder.
    rules = "\n".join(_substitution(name, file) for file, names in SUBSTITUTES.items() for name in names)
    return f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">{_SYSTEM_CONFIG}</include>
<dir>{escape(str(fonts))}</dir>
<match target="scan">
  <test name="file" compare="contains"><string>FandolSong-Bold</string></test>
  <edit name="weight" mode="assign"><const>bold</const></edit>
</match>
{rules}
</fontconfig>
"""


def _substitution(name: str, file: str) -> str:
    family, _, weight = file.removesuffix(".otf").partition("-")
    bold = (
        '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>'
        if weight == "Bold"
        else ""
    )
    rare = "".join(f"<string>{each}</string>" for each in _MINCHO) if family != _HEI else ""
    return (
        f'<match target="pattern"><test name="family" qual="any"><string>{name}</string></test>'
        f'<edit name="family" mode="append" binding="strong"><string>{family}</string>{rare}</edit>{bold}</match>'
    )


def _is_there(package: str) -> bool:
    """Whether a package is installed, or the one with windows, which it would push aside."""
    return any(map(_is_installed, dict.fromkeys((package, package.removesuffix("-nogui")))))


def _is_installed(package: str) -> bool:
    asked = shutil.which("dpkg-query")
    if asked is None:
        return False
    command = (asked, "-W", "-f", "${Status}", package)
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_STEP_SECONDS)  # noqa: S603 (fixed words)
    return answer.stdout == "install ok installed"


def _update(*, as_root: bool) -> None:
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise SetupNotPossible(" apt-get 和 dpkg-deb")
    is_root = getattr(os, "geteuid", lambda: 1)() == 0
    if as_root and not is_root:
        raise SetupNotPossible("管理员（root）权限")
    if is_root:
        _run("更新软件源", "apt-get", "update")


def _fetch_fandol(fonts: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="docgen-fonts-") as place:
        folder = Path(place)
        _run("下载字体", "apt-get", "-o", "APT::Sandbox::User=root", "download", FANDOL_PACKAGE, cwd=folder)
        package = next(folder.glob("*.deb"), None)
        if package is None:
            raise SetupFailed("下载字体")
        archive = folder / "content.tar"
        _run("解开字体包", "dpkg-deb", "--fsys-tarfile", str(package), into=archive)
        _take(archive, fonts)


def _take(archive: Path, fonts: Sequence[str]) -> None:
    wanted = fonts_dir()
    wanted.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as content:
        for member in content:
            name = member.name.rpartition("/")[2]
            if name in fonts:
                _write(content, member, wanted / name)
    if left := missing_fonts():
        raise SetupFailed("取出字体", " ".join(left))


def _write(content: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    source = content.extractfile(member)
    if source is None:
        return
    unfinished = path.with_suffix(".part")
    with source, unfinished.open("wb") as target:
        shutil.copyfileobj(source, target)
    unfinished.replace(path)


def _run(step: str, *command: str, cwd: Path | None = None, into: Path | None = None) -> None:
    with (into or Path(os.devnull)).open("wb") as output:
        said = _said_in_error(step, command, output, cwd)
    if said:
        raise SetupFailed(step, said)


def _said_in_error(step: str, command: Sequence[str], output: IO[bytes], cwd: Path | None) -> str:
    """Run a program; return the end of what it said if it failed, else nothing."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    try:
        answer = subprocess.run(  # noqa: S603 (fixed words)
            command,
            stdout=output,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env=quiet,
            check=False,
            timeout=_STEP_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise SetupFailed(step, str(fault)) from fault
    said = answer.stderr.decode(errors="replace").strip()[-300:]
    return (said or f"返回值 {answer.returncode}") if answer.returncode else ""


if __name__ == "__main__":
    sys.stdout.write("\n".join(install()) + "\n")
