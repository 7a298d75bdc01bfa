"""DOCX: body, headers, notes, comments; also what is deleted with changes tracked, and hidden."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from gongkai.report.read.docx.names import (
    BREAK,
    CELL,
    DELETED,
    HIDDEN,
    HYPHEN,
    INSERTED,
    MOVED_FROM,
    PARAGRAPH,
    RETURN,
    ROW,
    RUN,
    TAB,
    TABLE,
    TEXT,
    W,
    val,
)
from gongkai.report.read.exhaustive.pieces import Everything, row_texts
from gongkai.report.read.exhaustive.xml import attributes, loose_texts, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_DELETED_TEXT: Final = f"{W}delText"
_FIELD: Final = (f"{W}instrText", f"{W}delInstrText")
_SIGNS: Final = {TAB: "\t", BREAK: "\n", RETURN: "\n", HYPHEN: "-"}
_GONE: Final = (DELETED, MOVED_FROM)
_COME: Final = (INSERTED, f"{W}moveTo")
_PLACES: Final = (
    ("document", "正文"), ("header", "页眉"), ("footer", "页脚"), ("footnotes", "脚注"),
    ("endnotes", "尾注"), ("comments", "批注"),
)  # fmt: skip


class _Said(NamedTuple):
    """A paragraph as it reads now, as it read before its tracked changes, and with both."""

    shown: str
    before: str
    all: str
    hidden: bool


def read(name: str, root: "_Element", everything: Everything) -> None:
    """Read a part of a DOCX that has Word's paragraphs."""
    part = name.rpartition("/")[2]
    where = next((word for start, word in _PLACES if part.startswith(start)), f"文件内的{part}")
    for number, paragraph in enumerate(root.iter(PARAGRAPH), 1):
        said = _said(paragraph)
        place = f"{where}第{number}段" if where == "正文" else where
        place += "（隐藏文字）" if said.hidden else ""
        if next(paragraph.iterancestors(CELL), None) is None:
            everything.add(place, said.shown)
        else:
            everything.add(place, said.shown, strict=True)
        if said.all != said.shown:
            deleted = f"{place}（修订中已删除的文字）"
            everything.add(deleted, said.before)
            everything.add(deleted, said.all, strict=True)
    for number, table in enumerate(root.iter(TABLE), 1):
        rows = [[_cell(cell) for cell in row.iterfind(f".//{CELL}")] for row in table.iter(ROW)]
        for at, text in enumerate(row_texts(rows), 1):
            everything.add(f"{where}表格{number}第{at}行", text)
    others = [text for element in root.iter() for text in attributes(element)]
    others += [words_of(field) for field in root.iter(*_FIELD)]
    others += [text for box in root.iter("{*}txBody") for text in loose_texts(box)]
    everything.add(where, "\n".join(others))


def _cell(cell: "_Element") -> str:
    """All words of a cell: what may be read now, and before the changes, where these differ."""
    said = [_said(paragraph) for paragraph in cell.iter(PARAGRAPH)]
    texts = ["\n".join(filter(None, (one.shown for one in said)))]
    if any(one.before != one.shown for one in said):
        texts.append("\n".join(one.before for one in said))
    return "\n".join(texts)


def _said(paragraph: "_Element") -> _Said:
    shown, before, everything = [], [], []
    hidden = False
    for text, gone, come, unseen in _runs(paragraph):
        everything.append(text)
        hidden = hidden or unseen
        if not gone:
            shown.append(text)
        if not come:
            before.append(text)
    return _Said("".join(shown), "".join(before), "".join(everything), hidden)


def _runs(paragraph: "_Element") -> Iterator[tuple[str, bool, bool, bool]]:
    """Pieces of text of the paragraph's own: whether deleted, whether inserted, whether hidden."""
    for element in paragraph.iter(TEXT, _DELETED_TEXT, *_SIGNS):
        parent = element.getparent()
        if parent is None or parent.tag != RUN or next(element.iterancestors(PARAGRAPH)) is not paragraph:
            continue
        text = _SIGNS.get(str(element.tag)) or element.text or ""
        above = [ancestor.tag for ancestor in element.iterancestors()]
        gone = element.tag == _DELETED_TEXT or any(tag in _GONE for tag in above)
        yield text, gone, any(tag in _COME for tag in above), _is_hidden(element)


def _is_hidden(element: "_Element") -> bool:
    run = next(element.iterancestors(RUN), None)
    mark = run.find(f"{W}rPr/{HIDDEN}") if run is not None else None
    return mark is not None and val(mark, "true") not in {"0", "false", "off"}
