"""Read report files in worker processes: one with :func:`run_limited`, many with :func:`read_many`."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

import msgspec

from gongkai.kernel import GongkaiError, UnreadableError
from gongkai.report import patience
from gongkai.report.grid import Document, Paragraph, Table
from gongkai.report.limited import Limits, Pool, Step
from gongkai.report.model import Report
from gongkai.report.sizes import MEGABYTE

#: A report is read in milliseconds; recognising a scan, converting an old .doc, drawing pages take longer.
LIMITS = Limits(
    steps=MappingProxyType(
        {"ocr": Step(240.0, 3072 * MEGABYTE), "office": Step(60.0), "pictures": Step(60.0)},
    )
)

_Result = TypeVar("_Result")


class Picture(NamedTuple):
    """A page of the source as a PNG, and the page's size in points."""

    png: bytes
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Original:
    """A report with what it was read from: its grid (None for our own JSON) and pictures of its pages."""

    report: Report
    document: Document | None = None
    pictures: tuple[Picture, ...] = ()


def run_limited(path: str) -> Report:
    """Read the file at ``path`` in a worker process; ``reading.source`` is ``path``.

    Raises UnreadableError.
    """
    return _named(msgspec.msgpack.decode(_pool(read_in_worker).run(path), type=Report), path)


def open_limited(path: str, *, sources: bool = True) -> Original:
    """As :func:`run_limited`; with ``sources`` also the document read from and pictures of its pages."""
    if not sources:
        return Original(run_limited(path))
    return _unflatten(msgspec.msgpack.decode(_pool(open_in_worker).run(path), type=_Flat), path)


def read_many(paths: Iterable[str], jobs: int = 1) -> Iterator[tuple[str, Report | UnreadableError]]:
    """Each path with its report, or with the reason why there is none, in the order given.

    ``jobs`` files are read at the same time, each in a process of its own. Only a few results are held
    at once, so that ``paths`` may be as long as one likes.
    """
    return _many(run_limited, paths, jobs)


def open_many(
    paths: Iterable[str], jobs: int = 1, *, sources: bool = True
) -> Iterator[tuple[str, Original | UnreadableError]]:
    """As :func:`read_many`, each file as :func:`open_limited` opens it."""
    return _many(partial(open_limited, sources=sources), paths, jobs)


def _many(
    one: Callable[[str], _Result], paths: Iterable[str], jobs: int
) -> Iterator[tuple[str, _Result | UnreadableError]]:
    def attempt(path: str) -> _Result | UnreadableError:
        try:
            return one(path)
        except UnreadableError as error:
            return error

    ahead = 4 * jobs
    waiting: deque[tuple[str, Future[_Result | UnreadableError]]] = deque()
    executor = ThreadPoolExecutor(jobs)
    finished = False
    try:
        for path in paths:
            waiting.append((path, executor.submit(attempt, path)))
            if len(waiting) > ahead:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
        finished = True
    finally:
        executor.shutdown(wait=finished, cancel_futures=True)
        if not finished:
            for function in (read_in_worker, open_in_worker):
                _pool(function).close()


def read_in_worker(path: str) -> bytes:
    """The worker's side of :func:`run_limited`: the report, encoded."""
    from gongkai.report.reading import read_bytes

    return msgspec.msgpack.encode(read_bytes(Path(path).read_bytes(), source=path))


def open_in_worker(path: str) -> bytes:
    """The worker's side of :func:`open_limited`."""
    from gongkai.report.read.page_images import page_pictures
    from gongkai.report.reading import open_bytes

    data = Path(path).read_bytes()
    report, document = open_bytes(data, source=path)
    patience.announce("pictures")
    pictures = tuple(Picture(*picture) for picture in page_pictures(data))
    return dump_original(Original(report, document, pictures))


def dump_original(original: Original) -> bytes:
    """An Original as bytes: the report, its grid and its pictures, complete."""
    return msgspec.msgpack.encode(_flatten(original.report, original.document, original.pictures))


def load_original(data: bytes) -> Original:
    """The inverse of :func:`dump_original`.

    Raises GongkaiError where another version of the engine wrote them in a form this one does not know.
    """
    try:
        flat = msgspec.msgpack.decode(data, type=_Flat)
    except msgspec.MsgspecError as error:
        raise GongkaiError(
            "保存的读取结果是另一版本的程序写的，现在打不开", remedy="请重新读取原文件", code="engine"
        ) from error
    return _unflatten(flat, flat.report.reading.source)


@cache
def _pool(function: Callable[[str], bytes]) -> Pool:
    return Pool(f"{__name__}:{function.__name__}", LIMITS)


def _named(report: Report, path: str) -> Report:
    return replace(report, reading=replace(report.reading, source=path))


@dataclass(frozen=True, slots=True)
class _Grid:
    """A document on its way between processes: a block is a pair, of which one side is None."""

    format: str
    blocks: tuple[tuple[Paragraph | None, Table | None], ...]
    layout: str
    ocr: bool
    meta: dict[str, str]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Flat:
    """An Original on its way between processes."""

    report: Report
    grid: _Grid | None
    pictures: tuple[Picture, ...]


def _flatten(report: Report, document: Document | None, pictures: tuple[Picture, ...]) -> _Flat:
    if document is None:
        return _Flat(report, None, pictures)
    blocks = tuple(
        (block, None) if isinstance(block, Paragraph) else (None, block) for block in document.blocks
    )
    meta = dict(document.meta)
    grid = _Grid(document.format, blocks, document.layout, document.ocr, meta, document.notes)
    return _Flat(report, grid, pictures)


def _unflatten(flat: _Flat, path: str) -> Original:
    report = _named(flat.report, path)
    grid = flat.grid
    if grid is None:
        return Original(report, None, flat.pictures)
    blocks = tuple(block for pair in grid.blocks for block in pair if block is not None)
    document = Document(grid.format, blocks, grid.layout, grid.ocr, grid.meta, grid.notes)
    return Original(report, document, flat.pictures)
