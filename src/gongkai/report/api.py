"""The only door to the report engine: ``read()``, ``check()``, ``write()``, ``compare()``."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.kernel import Finding, GongkaiError, UnreadableError
from gongkai.report.model import Report
from gongkai.report.reading import open_bytes, read_bytes

if TYPE_CHECKING:
    from gongkai.report.check.registry import Rule
    from gongkai.report.compare import Comparison
    from gongkai.report.compare import Side as ComparisonSide
    from gongkai.report.grid import Document
    from gongkai.report.worker import Original
    from gongkai.report.write import IndexEntry, PageImage

__all__ = [
    "Comparison",
    "ComparisonSide",
    "IndexEntry",
    "Original",
    "Report",
    "Rule",
    "check",
    "check_page",
    "compare",
    "findings_to_dict",
    "index_entry",
    "label",
    "open_bytes",
    "open_many",
    "read",
    "read_bytes",
    "read_many",
    "rules",
    "to_dict",
    "write",
    "write_index",
]


def read(path: str | Path) -> Report:
    """Read one file in a worker process with limits on memory and time.

    Raises UnreadableError; ``reading.source`` is the path as given.
    """
    from gongkai.report.worker import run_limited

    return run_limited(str(path))


def read_many(paths: Iterable[str], *, jobs: int = 1) -> Iterator[tuple[str, Report | UnreadableError]]:
    """Each path with its report or the reason why there is none, in order; ``jobs`` worker processes."""
    from gongkai.report.worker import read_many as run

    return run(paths, jobs)


def open_many(
    paths: Iterable[str], *, jobs: int = 1, sources: bool = True
) -> "Iterator[tuple[str, Original | UnreadableError]]":
    """As :func:`read_many`; with ``sources`` also the document of each report and pictures of its pages."""
    from gongkai.report.worker import open_many as run

    return run(paths, jobs, sources=sources)


def check_page(original: "Original", findings: Sequence[Finding]) -> bytes:
    """The check page of a report beside what it was read from, as HTML."""
    from base64 import b64encode

    from gongkai.report.write import PageImage

    images = [
        PageImage(f"data:image/png;base64,{b64encode(png).decode('ascii')}", width, height)
        for png, width, height in original.pictures
    ]
    document = original.document
    return write(
        original.report, "check-html", findings=findings, source_document=document, page_images=images
    )


def check(
    report: Report,
    *,
    previous: Report | None = None,
    subordinates: Sequence[Report] = (),
    others: Sequence[Report] = (),
    published_on: date | None = None,
) -> tuple[Finding, ...]:
    """All findings, gravest first. See ``docs/rules.md`` for what each rule compares."""
    from gongkai.report.check import run
    from gongkai.report.check.registry import Context

    return run(Context(report, previous, tuple(subordinates), tuple(others), published_on))


def rules() -> tuple["Rule", ...]:
    """Every rule of the catalogue, in its order."""
    import gongkai.report.check  # noqa: F401 - registers the rules
    from gongkai.report.check.registry import RULES

    return tuple(RULES.values())


def compare(a: Report, b: Report) -> "Comparison":
    """Two years, or two agencies, side by side; a difference only where both sides are known."""
    from gongkai.report.compare import compare as run

    return run(a, b)


def write(
    report: Report,
    fmt: str,
    *,
    findings: Sequence[Finding] = (),
    source_document: "Document | None" = None,
    page_images: "Sequence[PageImage]" = (),
) -> bytes:
    """The report as ``html docx pdf xlsx csv json``, or as the page ``check-html``.

    The check page shows ``findings`` first, the reading beside ``source_document``, and the pictures of
    its pages where given. Raises GongkaiError for another format.
    """
    from gongkai.report.write import write as run

    return run(report, fmt, findings=findings, source_document=source_document, page_images=page_images)


def index_entry(
    source: str,
    href: str = "",
    report: Report | None = None,
    findings: Sequence[Finding] = (),
    reason: GongkaiError | None = None,
) -> "IndexEntry":
    """A line of :func:`write_index`: a report with the address of its check page, or why there is none."""
    from gongkai.report.write import IndexEntry

    said = (
        "" if reason is None else f"{reason.message}（{reason.remedy}）" if reason.remedy else reason.message
    )
    return IndexEntry(source, href, report, tuple(findings), said)


def write_index(entries: "Sequence[IndexEntry]") -> bytes:
    """One page listing many checked files, each linked to its check page."""
    from gongkai.report.write import write_index_page

    return write_index_page(entries)


def to_dict(report: Report, *, cells: bool = False) -> dict[str, Any]:
    """The report as ``gongkai.report/1``; ``cells`` adds each figure's raw text, mark and place."""
    from gongkai.report import wire

    return wire.to_dict(report, cells=cells)


def findings_to_dict(report: Report, findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings on a report as ``gongkai.findings/1``."""
    from gongkai.report import wire

    return wire.findings_to_dict(report, findings)


def label(path: str, edition: str = "2021") -> str:
    """A figure's, row's, column's, table's or section's path in the words of the form.

    Other paths are returned as they are.
    """
    from gongkai.report.labels import describe

    return describe(path, edition)
