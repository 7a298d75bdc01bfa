"""Which files the arguments name. Folders are searched through and through; formats are told by content."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from gongkai.kernel import GongkaiError, UnreadableError

#: Found in folders beside reports, and never one. A file named on the command line is always read.
_OTHER_SUFFIXES = frozenset(
    {".css", ".ini", ".js", ".log", ".md", ".py", ".pyc", ".sh", ".toml", ".yaml", ".yml"}
)
_OWN_JSON = b"gongkai.report/"
_JSON_HEAD = 4096


def find(arguments: Sequence[str], refuse: Callable[[GongkaiError], None]) -> list[str]:
    """Every file named, and every file below the folders named, each under the path it was given by.

    ``refuse`` is called with each folder that cannot be searched or holds nothing that may be a report.
    """
    found: list[str] = []
    for argument in arguments:
        if not Path(argument).is_dir():
            found.append(argument)
            continue
        below = list(_below(argument, refuse))
        found += below
        if not below:
            refuse(
                UnreadableError(
                    "文件夹中没有可以读取的文件", place=argument, remedy="请检查路径", code="empty"
                )
            )
    return found


def _below(folder: str, refuse: Callable[[GongkaiError], None]) -> Iterator[str]:
    def closed(error: OSError) -> None:
        place = str(error.filename)
        refuse(
            UnreadableError("没有读取这个文件夹的权限", place=place, remedy="请检查权限", code="permission")
        )

    for directory, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            path = os.path.join(directory, name)  # noqa: PTH118 - keeps the folder exactly as it was given
            if not name.startswith((".", "~$")) and _may_be_report(path):
                yield path


def _may_be_report(path: str) -> bool:
    """Whether a file found in a folder is worth reading: JSON only of our own schema."""
    suffix = Path(path).suffix.lower()
    if suffix in _OTHER_SUFFIXES:
        return False
    if suffix != ".json":
        return True
    try:
        with Path(path).open("rb") as file:
            return _OWN_JSON in file.read(_JSON_HEAD)
    except OSError:
        return True  # let reading it say why it cannot be read


def save(path: Path, content: bytes) -> None:
    """Write a file. Raises GongkaiError where that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise GongkaiError(
            f"不能写入（{error.strerror}）", place=str(path), remedy="请检查路径和权限", code="write"
        ) from None
