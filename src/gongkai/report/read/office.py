"""Formats of other office programs, by way of LibreOffice: .doc .wps .rtf .odt .ods and their kin.

LibreOffice runs without macros, without links to elsewhere, in a profile of its own that is thrown away.
"""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from gongkai.kernel import UnreadableError
from gongkai.report import patience
from gongkai.report.grid import Document
from gongkai.report.read import ole2

_SECONDS = 50
_INSTALL = (
    "请安装 LibreOffice（Debian：apt-get install libreoffice-writer libreoffice-calc），"
    "或在原软件中另存为 DOCX 或 PDF"
)
_SAVE_AS = "请在原软件中打开，另存为 DOCX 或 PDF 后再读取"
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def read(data: bytes) -> Document:
    """Read a compound file (.doc .xls .wps .et), RTF, OpenDocument or Word XML.

    Raises UnreadableError where the file is cut off or encrypted, and where LibreOffice is needed and not
    installed (code ``office-missing``), takes too long or fails.
    """
    kind = _kind(data)
    if kind == "xls":
        from gongkai.report.read import xlsx

        return replace(xlsx.read_old(data), format="xls")
    if kind == "ods":
        from gongkai.report.read import xlsx

        document = xlsx.read(_convert(data, kind, "xlsx"))
    else:
        from gongkai.report.read.docx import document as docx

        document = docx.read(_convert(data, kind, "docx"))
    converted = f"由 LibreOffice 从 {kind.upper()} 转换后读取"
    return replace(document, format=kind, notes=(converted, *document.notes))


def converted(data: bytes) -> bytes:
    """The same file as DOCX or XLSX, with its changes, notes and hidden text. Raises as ``read`` does."""
    kind = _kind(data)
    return _convert(data, kind, "xlsx" if kind in {"xls", "ods"} else "docx")


def _kind(data: bytes) -> str:
    if data.startswith(ole2.MAGIC):
        kind = ole2.kind_of(data)
        if kind in ("doc", "xls"):
            return kind
        what = "演示文稿" if kind == "ppt" else "Office 文件，但不是文档或表格"
        raise UnreadableError(f"这是{what}", remedy="请提供年度报告的 DOCX、PDF 或网页", code="format")
    if data.lstrip()[:5] == b"{\\rtf":
        unescaped = re.sub(rb"\\[\\{}]", b"", data)
        if unescaped.count(b"{") > unescaped.count(b"}"):
            raise UnreadableError(
                "RTF 文件不完整，没有收全", remedy="请重新下载或重新导出完整的文件", code="truncated"
            )
        return "rtf"
    if data.startswith(b"PK"):
        return "ods" if b"opendocument.spreadsheet" in data[:200] else "odt"
    return "xml"


def _convert(data: bytes, kind: str, target: str) -> bytes:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableError(
            f"读取 {kind.upper()} 文件需要 LibreOffice，这台电脑上没有安装",
            remedy=_INSTALL,
            code="office-missing",
        )
    patience.announce("office")
    with tempfile.TemporaryDirectory(prefix="gongkai-office-") as name:
        folder = Path(name)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = folder / f"report.{kind}"
        source.write_bytes(data)
        _run(program, folder, source, target)
        result = folder / "out" / f"report.{target}"
        if not result.is_file():
            raise UnreadableError(
                f"LibreOffice 不能转换这个 {kind.upper()} 文件，文件可能已损坏或已加密",
                remedy=_SAVE_AS,
                code="office",
            )
        return result.read_bytes()


def _run(program: str, folder: Path, source: Path, target: str) -> None:
    """Convert; on time-out the program and its children are killed."""
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        target,
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    kept = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
    environment = {key: value for key, value in os.environ.items() if key in kept}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(  # noqa: S603 - a fixed program; the file's name is ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        raise UnreadableError(
            f"LibreOffice 转换超过 {_SECONDS} 秒仍未完成", remedy=_SAVE_AS, code="time-limit"
        ) from None
    finally:
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
