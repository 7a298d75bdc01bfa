"""What the rules on the text share: hits in sections, the sentence around one, and how they are quoted."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from gongkai.kernel import Finding, Place
from gongkai.report import form
from gongkai.report.check.registry import Rule
from gongkai.report.model import Report, Section

#: How many hits a message spells out; ``found`` lists them all.
QUOTED = 5
_SENTENCE_END = re.compile(r"[。；！？;!?\n]")
_SPACE = re.compile(r"\s+")


class Hit(NamedTuple):
    """A stretch of a section's text that a rule objects to. ``note`` is what to write about it."""

    section: Section
    start: int
    end: int
    note: str = ""

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.section.text[self.start : self.end]

    @property
    def place(self) -> Place | None:
        """Where they stand in the source."""
        return self.section.locate(self.start, self.end)


def prose(report: Report) -> Iterator[Section]:
    """The sections that have text, in the order of the form."""
    for key in form.SECTIONS:
        section = report.sections.get(key)
        if section and section.text:
            yield section


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around ``text[start:end]``, from one 。；！？ or line end to the next."""
    left = max((text.rfind(mark, 0, start) for mark in "。；！？;!?\n"), default=-1) + 1
    found = _SENTENCE_END.search(text, end)
    return left, found.start() if found else len(text)


def sentence(text: str, start: int, end: int) -> str:
    """The words of the sentence around ``text[start:end]``."""
    left, right = sentence_span(text, start, end)
    return text[left:right]


def quote(text: str, start: int, end: int, around: int = 8) -> str:
    """The words with a little of what stands around them, on one line."""
    left, right = max(0, start - around), min(len(text), end + around)
    line_start, line_end = text.rfind("\n", left, start), text.find("\n", end, right)
    left = line_start + 1 if line_start >= 0 else left
    right = line_end if line_end >= 0 else right
    return _SPACE.sub(" ", text[left:right]).strip()


def part_name(key: str) -> str:
    """A section as a clerk calls it."""
    return f"“{form.SECTIONS[key]}”" if form.SECTIONS[key] else "报告开头的说明"


def listing(notes: Iterable[str], unit: str = "处") -> str:
    """The first few of the notes, and how many there are in all."""
    every = list(dict.fromkeys(notes))
    shown = "；".join(every[:QUOTED])
    return f"{shown}；等{len(every)}{unit}" if len(every) > QUOTED else shown


def one_finding(rule: Rule, hits: Sequence[Hit], message: str, **more: Any) -> Finding:
    """One finding for many hits of one defect: at the first one's place, every one in ``found``."""
    first = hits[0]
    parts = tuple(dict.fromkeys(f"sections.{hit.section.key}" for hit in hits))
    more.setdefault("found", [hit.note or hit.text for hit in hits])
    return rule.finding(parts[0], message, place=first.place, cells=parts if len(parts) > 1 else (), **more)
