"""The text of a report: title, agency, year, period, sections and stated facts."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from gongkai.kernel import Period
from gongkai.report import form
from gongkai.report.grid import Document
from gongkai.report.interpret import dates, sections, title
from gongkai.report.interpret.facts import read_facts
from gongkai.report.interpret.headings import Heading, find_headings
from gongkai.report.interpret.readings import Consumed, TextReading
from gongkai.report.interpret.text_lines import Line, lines_of, short_cells
from gongkai.report.model import Section

_AGENCY_LABELS = (
    "发布机构",
    "发文机关",
    "公开主体",
    "责任主体",
    "信息来源",
    "来源",
    "公开责任部门",
    "发布单位",
    ("制发机关"),
)


def read_text(document: Document, consumed: Consumed) -> TextReading:
    """Read everything around the statutory tables.

    ``consumed`` tells what the tables took. What is not said, or not certain, is None or absent: a section
    without a heading, a period with lost figures, a year named nowhere.
    """
    lines = lines_of(document, consumed)
    headings = find_headings(lines)
    before = headings[0].line if headings else len(lines)
    found = title.find_title(lines, before)
    head, parts = _head(lines, headings, found)
    made = _sections(head, parts, sections.cut(lines, headings))
    words = found.text if found else title.from_words(document.meta.get("title", ""))
    rows = list(short_cells(document, consumed))
    texts = [section.text for section in made.values()]
    period = dates.period_in(texts)
    agency = _agency(words, document, lines, made, rows)
    year = _year(words, period, made)
    facts = read_facts(made, year, agency)
    published = _published(document, lines, headings, before, rows)
    return TextReading(words, agency, year, period, published, made, facts)


def _head(
    lines: Sequence[Line], headings: Sequence[Heading], found: title.Title | None
) -> tuple[list[Line], list[Line]]:
    """The head note, and the overview's paragraphs where its heading is missing but its parts are there."""
    body = list(lines)
    first = 0
    if found:
        first = found.line
        if found.stop:
            rest = sections.part_of(lines[found.line], found.stop, None)
            body[found.line : found.line + 1] = [rest] if rest else []
            if headings and headings[0].line == found.line:
                rest = sections.part_of(lines[found.line], found.stop, headings[0].start)
                return ([rest] if rest else []), []
    head = sections.head_note(body, first, headings)
    if headings and headings[0].key == "overview":
        return head, []
    opened = sections.opened_by_parts(head)
    return (head, []) if opened is None else (head[:opened], head[opened:])


def _sections(head: Sequence[Line], overview: Sequence[Line], cut: dict[str, Section]) -> dict[str, Section]:
    """All sections in the order of the form."""
    made = dict(cut)
    for key, lines in (("head", head), ("overview", overview)):
        if lines:
            made[key] = sections.make(key, "", lines, lines[0].place(0, len(lines[0].text)))
    return {key: made[key] for key in form.SECTIONS if key in made}


def _agency(
    words: str,
    document: Document,
    lines: Sequence[Line],
    made: dict[str, Section],
    rows: Sequence[Sequence[str]],
) -> str | None:
    titled = title.agency_of_title(words)
    if titled and title.AGENCY_END.search(titled):
        return titled
    signed = title.signature([line.text for line in lines])
    head = made["head"].text if "head" in made else ""
    overview = made["overview"].text[:600] if "overview" in made else ""
    named = title.named_in(head) or title.named_in(overview)
    text = "\n".join(section.text for section in made.values())
    best = title.best_agency(titled, signed, named, text)
    return best or _agency_in_data(document, rows) or title.opened_with(overview)


def _agency_in_data(document: Document, rows: Sequence[Sequence[str]]) -> str | None:
    """The agency a page's own data names: its source, or the table of metadata in front."""
    for key in ("agency", "source", "author", "ContentSource"):
        value = document.meta.get(key, "").strip()
        if value and title.AGENCY_END.search(value):
            return value
    for row in rows:
        for label, value in pairwise(row):
            named = re.sub(r"[：:\s]", "", label) in _AGENCY_LABELS
            if named and title.AGENCY_END.search(value):
                return value
    return None


def _year(words: str, period: Period | None, made: dict[str, Section]) -> int | None:
    """The year of the title, else of the report the head note names, of the period, or of the text."""
    named = dates.year_of_title(words) or (dates.year_called(made["head"].text) if "head" in made else None)
    if named:
        return named
    if period:
        return period.end.year
    texts = [made[key].text for key in ("head", "overview") if key in made]
    return dates.year_in_text(texts)


def _published(
    document: Document,
    lines: Sequence[Line],
    headings: Sequence[Heading],
    before: int,
    rows: Sequence[Sequence[str]],
) -> date | None:
    """The day of publication: the page's own data, a line that names it, a table of metadata, or the foot."""
    meta = dates.iso_date(document.meta.get("published_on", ""))
    if meta:
        return meta
    around = [line.text for line in lines[: min(before, 60)]]
    tail = [line.text for line in lines[headings[-1].line + 1 if headings else -12 :]]
    named = dates.published_in(around) or dates.published_in(tail) or dates.published_in_rows(rows)
    if named:
        return named
    for text in reversed(tail[-40:]):
        if len(text) <= 60 and sections.is_signature(text):
            day = dates.date_in(text)
            if day:
                return day
    return None
