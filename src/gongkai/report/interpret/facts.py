"""The figures that a report's text states, each with the words that say what it counts.

A figure is taken only where its own clause, or the one it leans on, says what it counts. A figure of
another year, of another subject, of a part of the year or of one channel is not taken for the year's; a
denial (未收到) is a zero only of what it denies.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gongkai.report.interpret import fact_counts, fact_denials, fact_lists
from gongkai.report.interpret.fact_clause import REACH_BACK
from gongkai.report.interpret.fact_scan import Sentence, prepare, sentences, worth_reading
from gongkai.report.interpret.fact_stated import Scene, Stated
from gongkai.report.interpret.fact_subjects import last_subject
from gongkai.report.model import Fact, Section

_PART = re.compile(
    r"\s*(?:[（(]\s*[一二三四五六七八九十\d]{1,2}\s*[）)]|\d{1,2}\s*[、．.]|[一二三四五六七八]是"
    r"|[一二三四五六七八][、．.])?\s*([^。：:，,；;\n]{2,24})"
)
_NUMBERED = re.compile(
    r"\s*(?:[（(]\s*[一二三四五六七八九十\d]{1,2}\s*[）)]|\d{1,2}\s*[、．.]|[一二三四五六七八]是)"
)
#: What a numbered part inside a paragraph begins with.
_OPENING = frozenset("（( 一二三四五六七八123456789\u3000")
_DIGIT = re.compile(r"[\d；;，,。]")
_TOPICS = (
    ("disputes", re.compile(r"复议|诉讼")),
    ("application", re.compile(r"依申请|申请公开|公开申请|申请")),
    ("publish", re.compile(r"主动公开|信息公开情况|信息发布")),
    ("platform", re.compile(r"平台|新媒体|网站建设")),
)
_SECTION_TOPIC = {"applications": "application", "disputes": "disputes", "proactive": "publish"}


@dataclass(slots=True)
class _Reader:
    """Reads one section; ``year`` and ``agency`` are the report's, None where unknown."""

    section: Section
    year: int | None
    agency: str | None
    stated: list[Stated] = field(default_factory=list)

    def read(self) -> list[Stated]:
        text = self.section.text
        topic = _SECTION_TOPIC.get(self.section.key, "")
        start = 0
        while start < len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            topic = self._paragraph(text, start, end, topic)
            start = end + 1
        return self.stated

    def _paragraph(self, text: str, start: int, end: int, topic: str) -> str:
        topic = _topic_of(text, start, end, topic)
        scene = Scene(self.year, self.agency, topic, self.section.key)
        for begin, stop in sentences(text, start, end):
            if begin > start and text[begin] in _OPENING:
                opened = _topic_of(text, begin, stop, scene.topic)
                if opened != scene.topic:
                    scene = Scene(self.year, self.agency, opened, self.section.key)
            raw = text[begin:stop]
            if worth_reading(raw):
                self._sentence(prepare(raw, begin), scene)
            elif "申请" in raw:
                scene.subject = last_subject(raw[-REACH_BACK:], scene)
            else:
                scene.subject = ""
        return scene.topic

    def _sentence(self, sentence: Sentence, scene: Scene) -> None:
        before = scene.last
        found = [
            *fact_counts.counted(sentence, scene),
            *fact_denials.denied(sentence, scene),
        ]
        lists = list(fact_lists.listed(sentence, scene, found, before))
        hidden = {id(item) for made in lists for item in made.replaces}
        self.stated += [item for item in found if id(item) not in hidden]
        self.stated += [made.stated for made in lists]


def _topic_of(text: str, start: int, end: int, topic: str) -> str:
    """The topic a numbered part opens, or a short line that names one; else the one before."""
    numbered = _NUMBERED.match(text, start, end)
    if not numbered and (end - start > 24 or _DIGIT.search(text, start, end)):
        return topic
    head = _PART.match(text, start, end)
    if not head:
        return topic
    for name, pattern in _TOPICS:
        if pattern.search(head.group(1)):
            return name
    return "" if numbered and text[start : numbered.end()].strip()[0] in "（(" else topic


def read_facts(sections: Mapping[str, Section], year: int | None, agency: str | None) -> tuple[Fact, ...]:
    """The facts of all sections in the order of the text; of each name the statements of the whole first."""
    found: list[Fact] = []
    for section in sections.values():
        if section.text:
            found.extend(_facts_of(section, _Reader(section, year, agency).read()))
    return tuple(_primary_first(found))


def _facts_of(section: Section, stated: list[Stated]) -> Iterator[Fact]:
    for item in stated:
        yield Fact(
            item.name,
            item.value,
            section.text[item.start : item.end],
            item.scope,
            section.key,
            section.locate(item.start, item.end),
            item.whole,
            item.of,
            item.closed,
        )


def _primary_first(facts: list[Fact]) -> list[Fact]:
    """Statements that cover only a part go behind those of the same name that cover the whole."""
    whole = {fact.name for fact in facts if fact.whole}
    return [f for f in facts if f.whole or f.name not in whole] + [
        f for f in facts if not f.whole and f.name in whole
    ]
