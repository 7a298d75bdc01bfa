"""What a killed process leaves is found by the next; what is in use stays."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from gongkai.kernel import scratch

_HOLDS = """
from gongkai.kernel import scratch
folder = scratch.Folder()
(folder.path / "scan.pdf").write_bytes(b"%PDF-")
print(folder.path, flush=True)
input()
"""


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def grown_old(folder: Path) -> None:
    os.utime(folder / ".in-use", times=(time.time() - 3600,) * 2)


def test_it_is_gone_with_its_use(own_place: Path) -> None:
    with scratch.Folder() as folder:
        (folder.path / "scan.pdf").write_bytes(b"%PDF-")
        assert folder.path.parent == own_place
        assert folder.path.stat().st_mode & 0o077 == 0
    assert list(own_place.iterdir()) == []
    folder.remove()


def test_what_a_killed_process_left_goes_and_what_is_in_use_stays(own_place: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(own_place)},
    ) as other:
        assert other.stdout is not None
        theirs = Path(other.stdout.readline().strip())
        grown_old(theirs)
        assert scratch.remove_left_over() == 0
        assert (theirs / "scan.pdf").exists()
        other.send_signal(signal.SIGKILL)
        other.wait()
    with scratch.Folder() as ours:
        grown_old(ours.path)
        assert not theirs.exists()
        assert scratch.remove_left_over() == 0
        assert ours.path.exists()


def test_one_that_was_just_made_stays(own_place: Path) -> None:
    """Between the folder and its lock there is a moment."""
    (own_place / "gongkai-new").mkdir()
    (own_place / "gongkai-new" / ".in-use").touch()
    assert scratch.remove_left_over() == 0
    grown_old(own_place / "gongkai-new")
    assert scratch.remove_left_over() == 1
