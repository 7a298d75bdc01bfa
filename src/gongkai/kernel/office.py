"""LibreOffice as a converter: no macros, nothing fetched from elsewhere, a profile of its own, no secrets."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

#: Where a file is converted, in the system's folder for such.
_FOLDER: Final = "gongkai-office-"
#: No conversion takes that many seconds.
_LEFT_OVER: Final = 600
_PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""
#: The keys of the site stand in the environment too, and are no business of a program that opens files.
_KEPT: Final = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


def program() -> str | None:
    """LibreOffice on this machine; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(program: str, data: bytes, kind: str, target: str, *, seconds: float) -> bytes | None:
    """A file of one kind as another (``docx``, ``pdf``); None where LibreOffice cannot make it.

    Raises TimeoutError after so many seconds; the program and its children are ended then.
    """
    _remove_left_over()
    with tempfile.TemporaryDirectory(prefix=_FOLDER, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = folder / f"file.{kind}"
        source.write_bytes(data)
        _run(program, folder, source, target, seconds)
        made = folder / "out" / f"file.{target}"
        return made.read_bytes() if made.is_file() else None


def _remove_left_over() -> None:
    """The files of a conversion whose process was killed: they bear names, and nobody else removes them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _LEFT_OVER:
                shutil.rmtree(folder)


def _run(program: str, folder: Path, source: Path, target: str, seconds: float) -> None:
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
        "--nolockcheck", "--convert-to", target, "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 - a fixed program; the file's name is ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(folder),
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    finally:
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _environment(folder: Path) -> dict[str, str]:
    """What LibreOffice needs; the fonts of whoever runs the site among it."""
    kept = {key: value for key, value in os.environ.items() if key in _KEPT}
    fonts = os.environ.get("XDG_DATA_HOME") or str(Path("~/.local/share").expanduser())
    own = {"HOME": str(folder), "TMPDIR": str(folder), "XDG_DATA_HOME": fonts, "SAL_USE_VCLPLUGIN": "svp"}
    return kept | own
