"""LibreOffice as a converter: no macros, nothing fetched from elsewhere, a profile of its own, no secrets."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Final

from gongkai.kernel import scratch

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
    with scratch.Folder() as made:
        folder = made.path
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = folder / f"file.{kind}"
        source.write_bytes(data)
        _run(program, folder, source, target, seconds)
        result = folder / "out" / f"file.{target}"
        return result.read_bytes() if result.is_file() else None


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
