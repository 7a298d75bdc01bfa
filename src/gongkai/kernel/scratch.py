"""Folders for files that another program reads. They lie there in the clear, so none outlives its owner."""

import fcntl
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

_PREFIX: Final = "gongkai-"
_LOCK: Final = ".in-use"
#: Seconds in which a folder that was just made has its lock.
_NEW: Final = 60


class Folder:
    """A folder in the system's place for such; gone at the end of ``with``, or by ``remove``.

    Its owner holds a lock on it, which ends with the process however that ends: what killed processes left is
    removed when the next folder is made, and by ``remove_left_over``.
    """

    def __init__(self) -> None:
        remove_left_over()
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = (self.path / _LOCK).open("wb")
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def remove(self) -> None:
        """Delete it with all that is in it; a second time there is nothing to do."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.close()


def remove_left_over() -> int:
    """Delete the folders whose owners are gone; how many."""
    count = 0
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        with suppress(OSError):  # in use, another user's, or gone meanwhile
            if time.time() - path.stat().st_mtime > _NEW and _unlocked(path):
                shutil.rmtree(path.parent)
                count += 1
    return count


def _unlocked(path: Path) -> bool:
    """Raises OSError where somebody holds the lock."""
    with path.open("rb+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return True
