"""The three statutory tables of a document: aligned tables first, loose text for what is not found there."""

import re

from gongkai.report import form
from gongkai.report.grid import Block, Document, Paragraph, Table
from gongkai.report.interpret.readings import TablesReading
from gongkai.report.interpret.tables import aligned, disputes, loose, loose_tables, proactive
from gongkai.report.interpret.tables.draft import Draft
from gongkai.report.interpret.tables.labels import core
from gongkai.report.interpret.tables.tokens import FIGURE, Token, tokenize
from gongkai.report.model import TableState

#: Words that stand in the tables and hardly anywhere else: where they are, tables are.
_TELLING = re.compile(
    r"三类内部事务|四类过程性|行政查询事项|第三方合法权益|没有现成信息|补正后申请内容|公开出版物|大量反复申请|结转下年度继续|"
    r"本年[制度]?[制发废止]{1,2}[件]?数|现行有效件|处理决定数|对外公开总数|未经复议直接|复议后起诉|尚未\s*审结|第二十条第|"
    r"勾稽关系|本年新收政府信息|行政事业性收费"
)
_ITEM_CORES = frozenset(core(block.item) for edition in form.EDITIONS.values() for block in edition.proactive)
#: A line this short above a table of a worksheet is the sheet's title, not text of the report.
_SHEET_TITLE = re.compile(r"(?![一二三四五六]、)(?!.*(?:报告|年报))[^。；！？]{2,30}")
#: Blocks around such a word that may belong to the same table.
_AROUND = 30


def read_tables(document: Document) -> TablesReading:
    """Find and read tables 2, 3 and 4. What is not in the document is ``missing`` in ``states``."""
    draft = Draft(ocr=document.ocr)
    with_columns = [(i, b) for i, b in enumerate(document.blocks) if isinstance(b, Table) and b.aligned]
    edition: str | None = None
    if with_columns:
        rest = aligned.unused(with_columns, aligned.read_applications(with_columns, draft))
        disputes.read_disputes(rest, draft)
        edition = proactive.read_proactive(rest, draft)
        _consume_captions(document, draft)
    read = {path.partition(".")[0] for path in draft.figures}
    if len(read) < 3:
        edition = _read_loose(document, draft, read) or edition
    return _reading(draft, edition)


def _consume_captions(document: Document, draft: Draft) -> None:
    """Lines above a table that belong to it: 第二十条第（一）项, and the title of its worksheet."""
    for block in sorted(draft.consumed):
        index = block - 1
        while index >= 0 and _is_caption(document.blocks[index]):
            draft.consumed[index] = None
            index -= 1


def _is_caption(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    text = block.text.strip()
    return core(text) in _ITEM_CORES or bool(block.place.sheet and _SHEET_TITLE.fullmatch(text))


def _read_loose(document: Document, draft: Draft, read: set[str]) -> str | None:
    blocks = _near_tables(document)
    if not blocks:
        return None
    tokens = tokenize(blocks)
    edition: str | None = None
    taken: list[tuple[int, int]] = []
    after = 0
    if "applications" not in read:
        span = loose.read_applications(tokens, draft)
        if span:
            taken.append(span)
            after = span[1] + 1
    kept = draft.blanks_kept
    if "proactive" not in read:
        found = loose_tables.read_proactive(tokens[: taken[0][0]] if taken else tokens, kept, draft)
        if found is None and taken:
            found = loose_tables.read_proactive(tokens[after:], kept, draft)
            found = (found[0], found[1] + after, found[2] + after) if found else None
        if found:
            edition = found[0]
            taken.append((found[1], found[2]))
            if draft.lines_dropped and _none_repeated(tokens):
                draft.forget("proactive")
    if "disputes" not in read:
        span = loose_tables.read_disputes(tokens[after:], kept, draft)
        if span:
            taken.append((span[0] + after, span[1] + after))
    _consume(tokens, taken, document, draft)
    return edition


def _none_repeated(tokens: list[Token]) -> bool:
    """Whether no figure comes twice: the sign of a page whose repeated lines were dropped."""
    texts = [token.text for token in tokens if token.kind is FIGURE]
    return len(set(texts)) == len(texts)


def _near_tables(document: Document) -> list[tuple[int, Block]]:
    """The unaligned tables and the paragraphs near a table's words."""
    near: set[int] = set()
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            if not block.aligned:
                near.add(index)
        elif _TELLING.search(block.text):
            near.update(range(index - _AROUND, index + _AROUND))
    blocks = enumerate(document.blocks)
    return [(i, b) for i, b in blocks if i in near and (isinstance(b, Paragraph) or not b.aligned)]


def _consume(tokens: list[Token], taken: list[tuple[int, int]], document: Document, draft: Draft) -> None:
    """Tell the text's interpreter which parts of which blocks the tables took."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for first, last in taken:
        ranges: dict[int, tuple[int, int]] = {}
        for token in tokens[first : last + 1]:
            if token.table:
                draft.consumed[token.block] = None
                continue
            if not token.text:
                continue
            block = document.blocks[token.block]
            base = block.place.start or 0
            start, end = (token.place.start or 0) - base, (token.place.end or 0) - base
            old = ranges.get(token.block, (start, end))
            ranges[token.block] = (min(start, old[0]), max(end, old[1]))
        for index, span in ranges.items():
            spans.setdefault(index, []).append(span)
    for index, found in spans.items():
        block = document.blocks[index]
        text = block.text if isinstance(block, Paragraph) else ""
        whole = len(found) == 1 and not (text[: found[0][0]] + text[found[0][1] :]).strip()
        draft.consumed[index] = None if whole else tuple(sorted(found))


def _reading(draft: Draft, edition: str | None) -> TablesReading:
    found = {path.partition(".")[0] for path in draft.figures}
    for table in ("proactive", "applications", "disputes"):
        if table not in found and table not in draft.states:
            draft.states[table] = TableState.MISSING
        elif draft.states.get(table, TableState.READ) is TableState.READ:
            doubtful = any(path.partition(".")[0] == table for path in draft.uncertain)
            draft.states[table] = TableState.UNCERTAIN if doubtful else TableState.READ
    return TablesReading(
        edition,
        draft.figures,
        draft.states,
        draft.uncertain,
        tuple(draft.labels.values()),
        draft.consumed,
        tuple(draft.notes),
        draft.stray,
    )
