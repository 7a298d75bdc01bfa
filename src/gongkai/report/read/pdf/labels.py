"""How labels of the statutory tables look, as far as page breaks and unruled tables need to know."""

import re
from functools import cache, lru_cache
from itertools import chain

from rapidfuzz import fuzz, process

from gongkai.report import form

#: 一、 （一） (1) 1. 1、 第一 at the start of a label.
NUMBERING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)|第[一二三四五六七八九十]+[条章节项])"
)
_FIGURE = re.compile(
    r"^(?:[\d\s,，.．+＋\-－—–/／%％]+|[\s无零]+|不适用|没有"
    r"|[增减+\-]?\s*\d[\d,，.]*\s*(?:件|项|条|个|次|份|宗|元|万元)?\s*(?:[（(][^（）()]*[）)])?)$"
)
_NOISE = re.compile(r"[\s（）()、，,.．“”\"'‘’:：;；]+")


def plain(text: str) -> str:
    """A label without spaces, brackets and punctuation."""
    return _NOISE.sub("", text)


def is_figure(text: str) -> bool:
    """A number (a unit or a remark in brackets behind it) or one of the marks that stand for none."""
    return bool(text) and bool(_FIGURE.match(text)) and text.strip() != ""


@cache
def known_labels() -> frozenset[str]:
    """Every label of both editions of the form, without spaces and punctuation."""
    rows = chain(form.application_rows(False), form.application_rows(True))
    labels = [label for row in rows for label in (row.label, *row.groups)]
    labels += [column.label for column in (*form.COLUMNS, *form.DISPUTE_COLUMNS, *form.DISPUTE_BLOCKS)]
    for edition in form.EDITIONS.values():
        for block in edition.proactive:
            labels += [block.item, *(c.label for c in (*block.columns, *block.rows))]
    labels += [form.ORGANISATIONS, form.APPLICANT_HEADER, form.LITIGATION, form.PROACTIVE_LABEL]
    return frozenset(plain(label) for label in labels)


def begins_label(text: str) -> bool:
    """True if a row's text begins a label of its own, rather than going on with the row before."""
    return bool(NUMBERING.match(text)) or likeness(text) >= 85


@lru_cache(maxsize=1024)
def likeness(text: str) -> float:
    """How much a text is like the nearest label of the form, 0 to 100."""
    _, score, _ = process.extractOne(plain(text), known_labels(), scorer=fuzz.ratio)
    return float(score)


def completes(above: str, below: str) -> bool:
    """True if two texts make one label rather than ``above`` being one already.

    Judged by the form where the text is like one of its labels, else not at all (True).
    """
    alone, joined = likeness(above), likeness(above + below)
    return joined >= alone or max(alone, joined) < 50


def application_leaves(*, single_other: bool) -> list[str]:
    """Table 3's row labels in printed order."""
    return [row.label for row in form.application_rows(single_other)]


def application_columns() -> list[str]:
    """Table 3's seven figure columns."""
    return [column.label for column in form.COLUMNS]


def dispute_columns() -> list[str]:
    """Table 4's fifteen figure columns."""
    return [column.label for _ in form.DISPUTE_BLOCKS for column in form.DISPUTE_COLUMNS]
