"""Bars on lines of their own: the first closes the cell above, a further one is a blank cell."""

from gongkai.report.grid import Paragraph, Table
from gongkai.report.read.text.document import read


def cells(*texts: str) -> str:
    return "\n".join(f"{text}\n|" if text else "|" for text in texts)


def test_cells_closed_by_bars_below_them_are_a_table() -> None:
    text = (
        "前言\n"
        + cells("行政许可", "12", "行政处罚", "", "行政强制", "3", "规章", "0", "0", "", "总计", "7")
        + "\n后文"
    )
    document = read(text.encode())
    assert [type(block) for block in document.blocks] == [Paragraph, Table, Paragraph]
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert [
        cell.text for cell in table.cells
    ] == "行政许可 12 行政处罚 _ 行政强制 3 规章 0 0 _ 总计 7".replace("_", "").split(" ")
    for cell in table.cells:
        assert text[cell.place.start : cell.place.end] == cell.text


def test_further_bars_on_a_line_are_blank_cells() -> None:
    rows = [cells("规章", "0", "0", "6") + "\n||" for _ in range(3)]
    table = read("\n".join(rows).encode()).blocks[0]
    assert isinstance(table, Table)
    for row in table.rows():
        assert [cell.text for cell in row][:4] == ["规章", "0", "0", "6"]
        assert {cell.text for cell in row[4:]} == {""}


def test_a_stray_bar_below_a_line_is_no_table() -> None:
    document = read("索引号\n|\n第一段说明文字\n第二段说明文字".encode())
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)][-2:] == [
        "第一段说明文字",
        "第二段说明文字",
    ]
