"""LibreOffice as a converter: what it may not do, and what it leaves behind."""

import tempfile
import time
from pathlib import Path

import pytest

from gongkai.kernel import office

#: A program in the place of LibreOffice: it writes down its surroundings where the result is looked for.
TELLS = """#!/bin/sh
while [ $# -gt 0 ]; do if [ "$1" = --outdir ]; then out=$2; fi; shift; done
mkdir -p "$out" && env > "$out/file.pdf"
"""


def script(folder: Path, text: str) -> str:
    path = folder / "program"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o700)
    return str(path)


def test_the_keys_of_the_site_are_not_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_ENCRYPTION_KEYS", "k1:secret")
    told = office.convert(script(tmp_path, TELLS), b"PK", "docx", "pdf", seconds=20)
    assert told is not None
    assert b"PATH=" in told
    assert b"GONGKAI" not in told
    assert b"secret" not in told


def test_a_program_that_does_not_end_is_ended_with_its_children(tmp_path: Path) -> None:
    noted = tmp_path / "child"
    text = f"#!/bin/sh\nsleep 60 & echo $! > {noted}.new; mv {noted}.new {noted}; wait\n"
    with pytest.raises(TimeoutError):
        office.convert(script(tmp_path, text), b"PK", "docx", "pdf", seconds=2)
    assert ended(int(noted.read_text()))


def ended(process: int) -> bool:
    """Whether a process is gone, or waits only to be counted."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert office.convert("/bin/false", b"PK", "docx", "pdf", seconds=20) is None
    assert list(tmp_path.iterdir()) == []
