"""Reports to be read back: random figures of both editions, laid out as HTML, typst and bare PDF operators.

``Case`` holds what a careful reader must find; ``mismatches`` compares it with a document cell by cell.
"""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from gongkai.report import form
from gongkai.report.grid import Cell, Document, Table

BLANK = ""


class Slot(NamedTuple):
    """A cell to be printed."""

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    head: bool = False


@dataclass(frozen=True)
class Printed:
    """A table to be printed: its cells, its size, relative column widths, rows of its header."""

    slots: tuple[Slot, ...]
    n_rows: int
    widths: tuple[float, ...]
    header_rows: int

    def rows(self) -> list[list[Slot]]:
        rows: list[list[Slot]] = [[] for _ in range(self.n_rows)]
        for slot in sorted(self.slots, key=lambda s: (s.row, s.col)):
            rows[slot.row].append(slot)
        return rows


@dataclass(frozen=True)
class Case:
    """A report: edition, figures by path (text as printed; blank cells are empty)."""

    edition: str
    single_other: bool
    figures: Mapping[str, str]

    @property
    def rows(self) -> tuple[form.Row, ...]:
        return form.application_rows(self.single_other)


def random_case(seed: int, *, edition: str = "", blanks: float | None = None, big: int = 400) -> Case:
    """Figures at random: zeros for the most part, some large, a share of blank cells."""
    rng = random.Random(seed)
    edition = edition or rng.choice(("2019", "2021"))
    share = rng.choice((0.0, 0.0, 0.1, 0.5)) if blanks is None else blanks
    single = edition == "2019"
    figures = {}
    for path in form.all_paths(edition, single):
        if rng.random() < share:
            figures[path] = BLANK
        elif "amount_10k_yuan" in path:
            figures[path] = f"{rng.randrange(100000)}.{rng.randrange(100):02d}"
        elif path.endswith("change"):
            figures[path] = rng.choice(("0", "-3", "+12", "5"))
        else:
            figures[path] = str(rng.choice((0, 0, 0, rng.randrange(10), rng.randrange(big))))
    return Case(edition, single, figures)


def applications(case: Case) -> Printed:
    """Table 3 with the statutory merged cells: three label columns, seven figure columns."""
    slots = [
        Slot(form.IDENTITY_NOTE, 0, 0, 3, 3, head=True),
        Slot(form.APPLICANT_HEADER, 0, 3, 1, 7, head=True),
        Slot("自然人", 1, 3, 2, 1, head=True),
        Slot(form.ORGANISATIONS, 1, 4, 1, 5, head=True),
        Slot("总计", 1, 9, 2, 1, head=True),
    ]
    slots += [Slot(c.label, 2, 4 + i, head=True) for i, c in enumerate(form.APPLICANTS[1:])]
    rows = case.rows
    for at, row in enumerate(rows, 3):
        depth = len(row.groups)
        for level, group in enumerate(row.groups):
            above = rows[at - 4].groups if at > 3 else ()
            if above[level : level + 1] != (group,):
                span = sum(group in other.groups for other in rows)
                slots.append(Slot(group, at, level, span, 1))
        slots.append(Slot(row.label, at, depth, 1, 3 - depth))
        slots += [
            Slot(case.figures[f"applications.{row.key}.{c.key}"], at, 3 + i)
            for i, c in enumerate(form.COLUMNS)
        ]
    return Printed(tuple(slots), 3 + len(rows), (3, 8, 16, 4, 4, 4, 4, 4, 4, 4), 3)


def disputes(case: Case) -> Printed:
    """Table 4: fifteen figures in one row."""
    slots = [
        Slot("行政复议", 0, 0, 1, 5, head=True),
        Slot("行政诉讼", 0, 5, 1, 10, head=True),
        Slot("未经复议直接起诉", 1, 5, 1, 5, head=True),
        Slot("复议后起诉", 1, 10, 1, 5, head=True),
    ]
    for b, block in enumerate(form.DISPUTE_BLOCKS):
        for c, column in enumerate(form.DISPUTE_COLUMNS):
            top = 1 if b == 0 else 2
            slots.append(Slot(column.label, top, b * 5 + c, 3 - top, 1, head=True))
            slots.append(Slot(case.figures[f"disputes.{block.key}.{column.key}"], 3, b * 5 + c))
    return Printed(tuple(slots), 4, (1,) * 15, 3)


def proactive(case: Case) -> Printed:
    """Table 2: all blocks in one table of twelve elementary columns."""
    slots: list[Slot] = []
    row = 0
    for block in form.EDITIONS[case.edition].proactive:
        slots.append(Slot(block.item, row, 0, 1, 12, head=True))
        width = 9 // len(block.columns)
        slots.append(Slot(form.PROACTIVE_LABEL, row + 1, 0, 1, 3, head=True))
        spans = [width] * (len(block.columns) - 1)
        spans.append(9 - sum(spans))
        lefts = [3 + sum(spans[:i]) for i in range(len(spans))]
        for column, left, span in zip(block.columns, lefts, spans, strict=True):
            slots.append(Slot(column.label, row + 1, left, 1, span, head=True))
        for at, label in enumerate(block.rows, row + 2):
            slots.append(Slot(label.label, at, 0, 1, 3))
            for column, left, span in zip(block.columns, lefts, spans, strict=True):
                slots.append(Slot(case.figures[f"proactive.{label.key}.{column.key}"], at, left, 1, span))
        row += 2 + len(block.rows)
    return Printed(tuple(slots), row, (1,) * 12, 0)


TITLE = "平湖县2024年政府信息公开工作年度报告"
HEAD = (
    "本报告根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和《国务院办公厅政府信息与政务公开办公室关于印发"
    "〈中华人民共和国政府信息公开工作年度报告格式〉的通知》要求编制，所列数据的统计期限自2024年1月1日起至2024年12月31日止。"
)
OVERVIEW = (
    (
        "2024年，平湖县以公开促落实、强监管，主动公开信息1234条，其中通过门户网站公开1000条，通过微信公众号公开234条。"
        "全年收到政府信息公开申请17件，均已在法定期限内答复，没有收取任何费用。"
    ),
    (
        "（二）政府信息管理。健全信息发布“三审三校”制度，严格执行先审后发、分级审核，动态调整公开目录，"
        "累计更新规范性文件库3次，对已经失效的文件及时标注有效性。"
    ),
)
PROBLEMS = "一是公开的深度还不够，二是解读的形式比较单一。下一步将加强培训，进一步提高工作水平。"
OTHERS = "按照《政府信息公开信息处理费管理办法》规定，2024年没有发出收费通知，收取信息处理费0元。"

#: Sections in print order: heading, paragraphs, name of the table that follows.
SECTIONS = (
    ("一、总体情况", OVERVIEW, ""),
    ("二、主动公开政府信息情况", (), "proactive"),
    ("三、收到和处理政府信息公开申请情况", (), "applications"),
    ("四、政府信息公开行政复议、行政诉讼情况", (), "disputes"),
    ("五、存在的主要问题及改进情况", (PROBLEMS,), ""),
    ("六、其他需要报告的事项", (OTHERS,), ""),
)
PARAGRAPHS = (TITLE, HEAD, *(t for heading, texts, _ in SECTIONS for t in (heading, *texts)))


def table(case: Case, name: str) -> Printed:
    """The printed table of that name."""
    return {"proactive": proactive, "applications": applications, "disputes": disputes}[name](case)


# -- comparing ------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return re.sub(r"[\s（）()、，,.．“”\"：:]+", "", text)


def found_figures(document: Document, case: Case) -> dict[str, str]:
    """Figures by path, found in the grid by exact labels; the text of the cell as it stands."""
    found: dict[str, str] = {}
    for block in document.blocks:
        if isinstance(block, Table):
            labels = {_plain(c.text) for c in block.cells}
            if "商业企业" in labels:
                found.update(_found_applications(block, case))
            elif "复议后起诉" in labels:
                found.update(_found_disputes(block))
            elif "信息内容" in labels:
                found.update(_found_proactive(block, case))
    return found


def _at(table: Table, row: int, col: int) -> Cell | None:
    for cell in table.cells:
        if cell.row <= row < cell.row + cell.rowspan and cell.col <= col < cell.col + cell.colspan:
            return cell
    return None


def _found_applications(table: Table, case: Case) -> Iterator[tuple[str, str]]:
    heads = [_plain(c.label) for c in form.COLUMNS]
    columns = {}
    for cell in table.cells:
        text = _plain(cell.text)
        if text in heads and (text != "总计" or cell.colspan == 1) and text not in columns:
            columns[text] = cell.col
    labels = [(_plain(c.text), c.row) for c in sorted(table.cells, key=lambda c: (c.row, c.col))]
    start = -1
    for row in case.rows:
        wanted = _plain(row.label)
        at = next((r for text, r in labels if fuzz.ratio(text, wanted) > 90 and r > start), None)
        if at is None:
            continue
        start = at
        for column in form.COLUMNS:
            cell = _at(table, at, columns.get(_plain(column.label), -1))
            if cell is not None:
                yield f"applications.{row.key}.{column.key}", cell.text


def _found_disputes(table: Table) -> Iterator[tuple[str, str]]:
    keys = [f"disputes.{b.key}.{c.key}" for b in form.DISPUTE_BLOCKS for c in form.DISPUTE_COLUMNS]
    last = table.rows()[-1]
    if len(last) == len(keys):
        yield from zip(keys, (c.text for c in last), strict=True)


def _found_proactive(table: Table, case: Case) -> Iterator[tuple[str, str]]:
    start = -1
    for block in form.EDITIONS[case.edition].proactive:
        for row in block.rows:
            at = next(
                (c.row for c in table.cells if _plain(c.text) == _plain(row.label) and c.row > start), None
            )
            if at is None:
                continue
            start = at
            for column in block.columns:
                heads = [c for c in table.cells if _plain(c.text) == _plain(column.label) and c.row < at]
                cell = _at(table, at, max(heads, key=lambda c: c.row).col) if heads else None
                if cell is not None:
                    yield f"proactive.{row.key}.{column.key}", cell.text


def mismatches(document: Document, case: Case) -> dict[str, tuple[str, str | None]]:
    """Path -> (printed, found) where they differ; found is None where the figure was not found."""
    found = found_figures(document, case)
    return {path: (text, found.get(path)) for path, text in case.figures.items() if found.get(path) != text}
