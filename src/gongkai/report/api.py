"""The only door to the report engine: ``read()``, ``check()``, ``write()``, ``compare()``."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.kernel import Finding, GongkaiError, UnreadableError
from gongkai.report import personal
from gongkai.report.model import Correction, Number, Report
from gongkai.report.reading import open_bytes, read_bytes
from gongkai.report.sizes import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from gongkai.report.check.registry import Rule
    from gongkai.report.compare import Comparison, FigureRow
    from gongkai.report.compare import Side as ComparisonSide
    from gongkai.report.grid import Document
    from gongkai.report.pages import Page
    from gongkai.report.read.cells import WorkbookCell, WorkbookSheet
    from gongkai.report.worker import Original
    from gongkai.report.write import IndexEntry, PageImage
    from gongkai.report.write.check_page import Panes
    from gongkai.report.write.markup import Child
    from gongkai.report.write.parts import PageParts, SectionParts

__all__ = [
    "LARGEST_FILE",
    "Comparison",
    "ComparisonSide",
    "Correction",
    "FigureRow",
    "IndexEntry",
    "Original",
    "Page",
    "PageParts",
    "Panes",
    "Report",
    "Rule",
    "SectionParts",
    "WorkbookCell",
    "WorkbookSheet",
    "as_read",
    "can_recognise",
    "check",
    "check_page",
    "check_panes",
    "compare",
    "correct",
    "correction_of",
    "draw_pages",
    "dump_original",
    "findings_to_dict",
    "from_dict",
    "how_read",
    "index_entry",
    "label",
    "load_original",
    "markup",
    "open_bytes",
    "open_many",
    "page_parts",
    "parse_figure",
    "personal",
    "read",
    "read_bytes",
    "read_many",
    "rules",
    "to_dict",
    "without_source",
    "words",
    "workbook_rows",
    "workbook_sheets",
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


def check_panes(
    original: "Original",
    findings: Sequence[Finding],
    *,
    picture: "Callable[[int], str]",
    finding_more: "Callable[[int, Finding], Child] | None" = None,
    figure_more: "Callable[[str], Child] | None" = None,
) -> "Panes":
    """The parts of the check page, for a page of one's own; all text in them is escaped.

    ``picture`` gives the address of the picture of a page (from 1). ``finding_more(number, finding)`` and
    ``figure_more(path)`` make what else stands with a finding and in a figure's cell: text, which is escaped,
    or a ``str`` of the type :func:`markup` returns.
    """
    from gongkai.report.write import PageImage
    from gongkai.report.write.check_page import panes

    images = [PageImage(picture(i), p.width, p.height) for i, p in enumerate(original.pictures, start=1)]
    return panes(
        original.report,
        findings,
        original.document,
        images,
        finding_more=finding_more,
        figure_more=figure_more,
    )


def workbook_rows(data: bytes) -> list[list[str]]:
    """The first shown sheet of a workbook (XLSX) as rows of text, with days as ``2024-03-05``.

    For lists that are no reports: readers of foreign formats have this door alone. Raises UnreadableError.
    """
    from gongkai.report.read.xlsx import first_sheet as run

    return run(data)


def workbook_sheets(data: bytes) -> "tuple[WorkbookSheet, ...]":
    """All sheets of a workbook (XLSX), each cell with what the spreadsheet took it for.

    For lists of which nothing may be guessed: a formula is told from text, a long number from its figures.
    Raises UnreadableError.
    """
    from gongkai.report.read.cells import sheets as run

    return run(data)


def draw_pages(path: str | Path) -> "tuple[Page, ...]":
    """The pages of a PDF or of a picture file as pictures, drawn in a worker process. Raises UnreadableError.

    For mail that was scanned: it need not be a report.
    """
    from gongkai.report.pages import draw

    return draw(str(path))


def words(path: str | Path) -> str:
    """The words of any document, a line each, read in a worker process; of a scan by recognition.

    Raises UnreadableError, with code ``needs-ocr`` where recognition is needed and not installed.
    """
    from gongkai.report.pages import words as run

    return run(str(path))


def can_recognise() -> bool:
    """Whether the recognition of text in pictures is installed (the extra ``gongkai[ocr]``)."""
    from gongkai.report.read.ocr.engine import is_installed

    return is_installed()


def page_parts(report: Report) -> "PageParts":
    """The pieces of a report's page, for a page of one's own; all text in them is escaped.

    Title, head note, and for each of the six sections its text, its statutory table, remarks on figures that
    could not be placed, corrections, and the table's identities.
    """
    from gongkai.report.write.parts import page_parts as run

    return run(report)


def markup(html: str) -> "Child":
    """HTML that is finished, for :func:`check_panes`: the caller has escaped what is in it."""
    from gongkai.report.write.markup import Markup

    return Markup(html)


def dump_original(original: "Original") -> bytes:
    """A report with its source's grid and pictures as bytes to keep; nothing is lost, unlike in JSON."""
    from gongkai.report.worker import dump_original as run

    return run(original)


def load_original(data: bytes) -> "Original":
    """The inverse of :func:`dump_original`.

    Raises GongkaiError where another version of the engine wrote them in a form this one does not know.
    """
    from gongkai.report.worker import load_original as run

    return run(data)


def parse_figure(path: str, text: str, *, edition: str = "2021") -> Number | None:
    """What a person typed for a figure; None for an empty field. Raises GongkaiError where it cannot be."""
    from gongkai.report.correct import parse_figure as run

    return run(path, text, edition=edition)


def correction_of(report: Report, path: str, value: Number | None, reason: str, on: date) -> Correction:
    """A correction of one figure. Raises GongkaiError for an unknown path, no reason, or no change."""
    from gongkai.report.correct import correction_of as run

    return run(report, path, value, reason, on)


def correct(report: Report, corrections: Sequence[Correction]) -> Report:
    """The report with the corrected figures; what was read is kept in ``corrections``."""
    from gongkai.report.correct import correct as run

    return run(report, corrections)


def as_read(report: Report) -> Report:
    """The inverse of :func:`correct`: every figure as it was read."""
    from gongkai.report.correct import as_read as run

    return run(report)


def without_source(report: Report) -> "Original":
    """A report whose source cannot be shown, for :func:`check_panes`."""
    from gongkai.report.worker import Original

    return Original(report)


def from_dict(data: Any) -> Report:
    """The inverse of :func:`to_dict`. Raises UnreadableError where the data is not of the schema."""
    from gongkai.report import wire

    return wire.from_dict(data)


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


def how_read(report: Report) -> str:
    """In words the format the report was read from and how its tables stand there."""
    from gongkai.report.labels import how_read as run

    return run(report.reading)
