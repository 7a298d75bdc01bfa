"""Remarks on pictures that stand where text or a table is expected."""

import re
from collections.abc import Sequence

from gongkai.report.grid import Block, Paragraph, Table

#: Stands for a picture in a cell without text: the cell is not blank, and holds no figure that can be read.
PICTURE_IN_CELL = "〔图片〕"
_HEADING = re.compile(r"[一二三四五六七八九十]{1,2}[、.．]")


def picture_notes(blocks: Sequence[Block], positions: Sequence[int]) -> tuple[str, ...]:
    """Notes on pictures of the content. ``positions``: the number of blocks before each picture.

    A picture right behind a heading stands for a table; in a document without tables every picture may.
    Logos and decoration beside the text are not worth a note.
    """
    notes = []
    for position in sorted(set(positions)):
        before = blocks[position - 1] if 0 < position <= len(blocks) else None
        if isinstance(before, Paragraph) and len(before.text) <= 40 and _HEADING.match(before.text.strip()):
            notes.append(f"“{before.text.strip()}”之后是图片，图片中的内容没有读取")
    if not notes and positions and not any(isinstance(block, Table) for block in blocks):
        notes.append(f"文中有 {len(positions)} 张图片，图片中的内容没有读取")
    return tuple(dict.fromkeys(notes))
