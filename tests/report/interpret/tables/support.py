"""Table 3 in many shapes, made from one set of figures."""

from collections.abc import Sequence

from gongkai.kernel import Place
from gongkai.report import form
from gongkai.report.grid import Block, Cell, Document, Paragraph, Table

Figures = dict[str, list[str]]


def figures(single_other: bool = False, **rows: str) -> Figures:
    """Seven texts per row: zeros but in the rows named (``granted="1 0 0 0 0 0 1"``, _ is blank)."""
    texts = {row.key: ["0"] * 7 for row in form.application_rows(single_other)}
    for key, line in rows.items():
        texts[key] = ["" if text == "_" else text for text in line.split()]
    return texts


def loose(rows: Sequence[Sequence[str]]) -> Table:
    """Rows of a text file: the order of the cells is known, their columns are not."""
    cells = tuple(
        Cell(text, r, c, place=Place(table=1, row=r + 1, cell=c + 1))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Table(cells, len(rows), max(map(len, rows)), aligned=False)


def lines(text: str) -> list[Block]:
    """One paragraph a line, with offsets."""
    blocks: list[Block] = []
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Paragraph(line, Place(start=offset, end=offset + len(line))))
        offset += len(line) + 1
    return blocks


def document(*blocks: Block) -> Document:
    return Document("text", blocks)


def printed(texts: Figures) -> list[tuple[form.Row, list[str], list[str]]]:
    """(row, new group labels, figures) in printed order."""
    single = "other" in texts
    seen: set[tuple[str, ...]] = set()
    result = []
    for row in form.application_rows(single):
        fresh = []
        for depth in range(len(row.groups)):
            group = row.groups[: depth + 1]
            if group not in seen:
                seen.add(group)
                fresh.append(group[-1])
        result.append((row, fresh, texts[row.key]))
    return result


def full_grid(texts: Figures) -> list[list[str]]:
    """Every position of the printed grid, ten columns, merged cells blank."""
    rows = []
    seen: set[str] = set()
    for row, _, values in printed(texts):
        labels = ["", "", ""]
        for depth, group in enumerate(row.groups):
            if group not in seen:
                seen.add(group)
                labels[depth] = group
        labels[len(row.groups)] = row.label
        rows.append([*labels, *values])
    return rows


def aligned(rows: Sequence[Sequence[str]], header: bool = True) -> Table:
    """A table whose columns are known, with the form's header."""
    head = [
        [form.IDENTITY_NOTE, "", "", form.APPLICANT_HEADER, "", "", "", "", "", "总计"],
        ["", "", "", *(column.label for column in form.APPLICANTS), ""],
    ]
    every = [*head, *rows] if header else list(rows)
    cells = tuple(
        Cell(text, r, c, place=Place(table=1, row=r + 1, cell=c + 1))
        for r, row in enumerate(every)
        for c, text in enumerate(row)
    )
    return Table(cells, len(every), max(map(len, every)))
