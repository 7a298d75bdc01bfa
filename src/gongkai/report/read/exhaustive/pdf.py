"""PDF: the text of each page as it is in the file, whether it can be seen or not.

Covered with a box, white, invisible, beside the page: whoever has the file can copy it all the same. So they
can read notes, form fields, attached files, and what an earlier state of the file held before it was changed.
"""

import math
import re
from collections.abc import Iterator
from typing import Final

from gongkai.kernel import UnreadableError
from gongkai.report.read.exhaustive.glyphs import Glyph, lines_of
from gongkai.report.read.exhaustive.pieces import Everything, Unread, run_over
from gongkai.report.read.pdf.glyphs import is_garbled
from gongkai.report.read.pdf.second import SecondOpinion, SecondPage

#: Figures with nothing but gaps between them: where a page has none so long, no character is looked at.
_FIGURES: Final = re.compile(r"\d(?:\W{0,4}\d){10}")
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\x00\ufffe\uffff]")
#: So many characters without a meaning make a page unreadable.
_FEW: Final = 10
#: A smaller picture (pixels) cannot show eleven figures.
_LEAST: Final = (55, 8)
_DEEPEST: Final = 5
_NOTES: Final = (b"Contents", b"V", b"RC", b"TU", b"Subj")
#: Earlier states of a file that are looked at, the latest first.
_STATES: Final = 5
_END: Final = b"%%EOF"


def read(data: bytes, everything: Everything) -> list[tuple[str, bytes]]:
    """Read a PDF into ``everything``; returns the files attached to it, with their places.

    Raises UnreadableError where it cannot be opened.
    """
    with SecondOpinion(data) as document:
        for index in range(len(document)):
            _read_page(document, index, everything)
        everything.add("书签、标题", "\n".join(document.titles()))
        attached = list(document.attached())
    _read_earlier(data, everything)
    return [(f"内嵌的文件“{name}”", content) for name, content in attached]


def _read_page(document: SecondOpinion, index: int, everything: Everything) -> None:
    place = f"第{index + 1}页"
    page = document.page(index)
    text = page.text()
    _add_text(place, page, text, everything)
    for note in page.notes(_NOTES):
        everything.add(f"{place}的批注或表单", note)
    why = _unread(page, text)
    if why:
        everything.unread.append(Unread(place, why))
    if page.has_notes():
        page.flatten()
        page.close()
        page = document.page(index)
        _add_text(f"{place}的批注或表单", page, page.text(), everything)
    page.close()


def _add_text(place: str, page: SecondPage, text: str, everything: Everything) -> None:
    everything.add(place, text, strict=True)
    for over in run_over(text.splitlines()):
        everything.add(place, over, strict=True)
    lines = lines_of(_glyphs(page)) if _FIGURES.search(text) else text.splitlines()
    everything.add(place, "\n".join(lines))


def _glyphs(page: SecondPage) -> Iterator[Glyph]:
    """Each character along its own direction of writing: a page may lie on its side."""
    for text, x, y, advance, size, angle in page.glyphs():
        turn = round(angle / (math.pi / 2)) * (math.pi / 2) if abs(angle) > 0.1 else 0.0
        begins = x * math.cos(turn) + y * math.sin(turn)
        yield Glyph(text, begins, begins + advance, x * math.sin(turn) - y * math.cos(turn), size)


def _unread(page: SecondPage, text: str) -> str:
    """Why not all of a page was read; empty where it was."""
    words = "".join(text.split())
    if is_garbled(words) or len(_PRIVATE.findall(text)) > _FEW:
        return "文字层是乱码"
    pictures = sum(wide >= _LEAST[0] and high >= _LEAST[1] for wide, high in page.picture_sizes(_DEEPEST))
    if not words and page.n_objects:
        return "是图片，没有文字" if pictures else "只有图形，没有文字"
    return f"有图片{pictures}幅" if pictures else ""


def _read_earlier(data: bytes, everything: Everything) -> None:
    """What stood in the file before it was changed and saved behind itself."""
    ends = [found.end() for found in re.finditer(re.escape(_END), data)][:-1]
    if b"/Linearized" in data[:1024]:
        ends = ends[1:]
    for end in ends[-_STATES:]:
        try:
            with SecondOpinion(data[:end]) as document:
                for index in range(len(document)):
                    page = document.page(index)
                    _add_text(f"第{index + 1}页（文件中留存的改动前内容）", page, page.text(), everything)
                    page.close()
        except UnreadableError:
            continue
