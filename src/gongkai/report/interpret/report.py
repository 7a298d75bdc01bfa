"""From the neutral grid to the report."""

from collections.abc import Mapping

from gongkai.report import form
from gongkai.report.grid import Document
from gongkai.report.interpret.kind import reject_other_kinds
from gongkai.report.interpret.tables import read_tables
from gongkai.report.interpret.tables.draft import MISSING
from gongkai.report.interpret.tables.settle import settle
from gongkai.report.interpret.text import read_text
from gongkai.report.model import Figure, Reading, Report


def interpret(document: Document) -> Report:
    """Make a report of a document. Raises UnreadableError where it is none."""
    tables = read_tables(document)
    text = read_text(document, tables.consumed)
    reject_other_kinds(document, text, tables)
    figures, uncertain = settle(tables, text.facts)
    edition = tables.edition or _edition_by_form(figures, text.year)
    reading = Reading(
        format=document.format,
        layout=document.layout,
        title=text.title,
        published_on=text.published_on,
        period=text.period,
        tables=tables.states,
        uncertain=uncertain,
        labels=tables.labels,
        notes=(*document.notes, *tables.notes, *text.notes),
        ocr=document.ocr,
    )
    return Report(
        text.agency,
        text.year,
        edition,
        _complete(figures, edition),
        text.sections,
        text.facts,
        reading,
    )


def _edition_by_form(figures: Mapping[str, Figure], year: int | None) -> str:
    """Without a table 2 the edition in force for the year; without a year what table 3 shows."""
    edition = form.edition_for(year) if year else None
    if edition:
        return edition.code
    return "2019" if "applications.other.total" in figures else "2021"


def _complete(figures: Mapping[str, Figure], edition: str) -> dict[str, Figure]:
    """Every path of the form in printed order; what the document lacks is ``missing``."""
    single_other = "applications.other.total" in figures or (
        edition == "2019" and "applications.other_other.total" not in figures
    )
    return {path: figures.get(path, MISSING) for path in form.all_paths(edition, single_other)}
