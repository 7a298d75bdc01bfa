"""LAYOUTS §1.7 to §1.11: what else happens to a report on its way."""

import re
from random import Random

from benchmarks import wording
from benchmarks.drafts import Draft
from benchmarks.forms import Box, Grid
from benchmarks.layouts.base import (
    Rendered,
    assemble,
    figures,
    flat,
    layout,
    loosen,
    loosen_all,
    lose_all,
    texts,
)
from benchmarks.layouts.lines import stacked
from benchmarks.layouts.tabs import tab_table
from benchmarks.truth import Kind, TruthTable, downgrade


@layout("odd-one-line", "text", strict=False)
def one_line(draft: Draft) -> Rendered:
    """The whole report on one line, words apart by a space: blank cells are gone."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.LOST, spanning=Kind.LOST)

    def table(grid: Grid) -> str:
        return " ".join(flat(cell) for row in stacked(grid) for cell in row if cell)

    text = assemble(draft, table, paragraph_break=" ").replace("\n", " ")
    return Rendered(text.encode(), truth)


@layout("odd-one-line-bars", "text", strict=False)
def one_line_bars(draft: Draft) -> Rendered:
    """The whole report on one line with the bars of its pipe rows."""
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)

    def table(grid: Grid) -> str:
        return " ".join("| " + " | ".join(texts(row)) + " |" for row in grid.spread())

    text = assemble(draft, table, paragraph_break=" ").replace("\n", " ")
    return Rendered(text.encode(), truth)


@layout("odd-only-tables", "text")
def only_tables(draft: Draft) -> Rendered:
    """No headings, no title, no year."""
    return Rendered(assemble(draft, tab_table, kinds=("table",)).encode(), draft.truth())


@layout("odd-no-headings", "text")
def no_headings(draft: Draft) -> Rendered:
    """Title and text, but the tables follow each other without headings."""
    kinds = ("title", "text", "table", "sign")
    return Rendered(assemble(draft, tab_table, kinds=kinds).encode(), draft.truth())


@layout("odd-lines-dropped", "text")
def lines_dropped(draft: Draft) -> Rendered:
    """One cell per line, each repeated line dropped: ``0`` stands once in the whole report."""
    truth = draft.truth()
    lose_all(truth)

    def table(grid: Grid) -> str:
        return "\n".join(flat(cell) for row in stacked(grid) for cell in row)

    text = assemble(draft, table, paragraph_break="\n")
    return Rendered("\n".join(dict.fromkeys(text.split("\n"))).encode(), truth, unreadable=True)


@layout("odd-no-cells", "text")
def no_cells(draft: Draft) -> Rendered:
    """Headings, but the tables were pictures or an attachment."""
    truth = draft.truth()
    lose_all(truth)
    note = draft.rng().choice(("", "（详见附件）", "附件：2023年度报告统计表.xls", "[图片]"))
    return Rendered(assemble(draft, lambda _grid: note).encode(), truth, unreadable=True)


@layout("odd-labels-only", "text")
def labels_only(draft: Draft) -> Rendered:
    """Every label and no figure."""
    truth = draft.truth()
    lose_all(truth)

    def table(grid: Grid) -> str:
        rows = ([flat(box.text) for box in row if not box.path] for row in grid.rows())
        return "\n".join(" ".join(row) for row in rows if row)

    return Rendered(assemble(draft, table, paragraph_break="\n").encode(), truth, unreadable=True)


CHROME_BEFORE = (
    "首页 > 政府信息公开 > 政府信息公开年报", "无障碍浏览 | 繁体 | 手机版", "当前位置：首页 / 公开年报",
    "字体：【大 中 小】 打印本页 关闭窗口", "浏览次数：1024", "来源：办公室 发布时间：2025-01-16 09:30",
)  # fmt: skip
CHROME_AFTER = (
    "上一篇：关于公布公开指南的通知", "下一篇：2023年度报告", "相关链接",
    "主办单位：政府办公室 网站标识码：3300000012", "备案号：浙ICP备05000000号-1 公安备案 33000002000001号",
    "您是第 88123 位访客", "扫一扫在手机打开当前页",
)  # fmt: skip


def metadata_table(draft: Draft, rng: Random) -> str:
    """索引号, 发布机构, 文号: figures in a table that is none of the three."""
    rows = (
        (
            "索引号",
            f"00258{rng.randint(1000, 9999)}/{draft.year}-{rng.randint(10000, 99999)}",
            "信息分类",
            "年度报告",
        ),
        ("发布机构", draft.agency, "发文日期", f"{draft.year + 1}-01-{rng.randint(10, 29)}"),
        ("文号", "无", "有效性", "有效"),
        ("信息名称", f"{draft.year}年度报告", "主题词", "公开 年报"),
    )
    return "\n".join("\t".join(row) for row in rows)


@layout("odd-chrome", "text")
def chrome(draft: Draft) -> Rendered:
    """Site chrome before and after, a metadata table in front."""
    rng = draft.rng()
    before = "\n".join(rng.sample(CHROME_BEFORE, 4))
    after = "\n".join(rng.sample(CHROME_AFTER, 5))
    body = assemble(draft, tab_table, paragraph_break="\n")
    text = f"{before}\n{metadata_table(draft, rng)}\n{body}{after}\n"
    return Rendered(text.encode(), draft.truth())


@layout("odd-extra-table", "text")
def extra_table(draft: Draft) -> Rendered:
    """A small table of its own in section one."""
    rng = draft.rng()
    rows = (
        ("公开渠道", "信息类别", "数量（条）"),
        ("政府网站", "工作动态", "36"),
        ("微信公众号", "其他", "120"),
        ("总计", "", "156"),
    )
    extra = "\n".join("\t".join(row) for row in rows)
    heading = next(part.text for part in draft.parts if part.kind == "heading" and "主动公开" in part.text)
    text = assemble(draft, tab_table).replace(heading, f"{extra}\n\n{heading}", 1)
    return Rendered(text.encode() if rng else b"", draft.truth())


@layout("odd-notes", "text")
def notes(draft: Draft) -> Rendered:
    """Notes with figures under each table."""
    remarks = {
        "proactive": "注：现行有效件数截至12月31日，含2020年以前制发的3件。",
        "applications": "说明：1.本表统计本机关办理的申请；2.其他处理中不含转办信访件5件。",
        "disputes": "备注：尚未审结的案件将在下年度报告中反映。 1 0 2",
    }

    def table(grid: Grid) -> str:
        return f"{tab_table(grid)}\n{remarks[grid.name]}"

    return Rendered(assemble(draft, table).encode(), draft.truth())


@layout("odd-numbering-restarts", "text")
def numbering(draft: Draft) -> Rendered:
    """Headings numbered anew at the tables, or not at all."""
    text = assemble(draft, tab_table)
    for number, part in enumerate(part for part in draft.parts if part.kind == "heading"):
        bare = re.sub(r"^(第.部分|[一二三四五六]、)\s*", "", part.text)
        prefix = ("一、", "一、", "二、", "三、", "", "")[number]
        text = text.replace(f"\n{part.text}\n", f"\n{prefix}{bare}\n", 1)
    return Rendered(text.encode(), draft.truth())


@layout("odd-no-ordinals", "text", strict=False)
def without_ordinals(draft: Draft) -> Rendered:
    """Labels without their ordinals."""
    other = draft.relabel(wording.no_ordinals, "no ordinals")
    return Rendered(assemble(other, tab_table).encode(), draft.truth())


_LOOK_ALIKES = str.maketrans("已未申无公0", "己末中旡公0")
_FIGURE_LOOK_ALIKES = {"0": ("O", "o", "〇"), "1": ("l", "I", "丨")}
_HEADERS = ("列{}", "Column {}", "项目{}", "Unnamed: {}", "数据{}")


def _ocr_cell(rng: Random, box: Box, truth: TruthTable) -> str:
    if not box.path:
        return flat(box.text).translate(_LOOK_ALIKES) if rng.random() < 0.3 else flat(box.text)
    if box.text in _FIGURE_LOOK_ALIKES and rng.random() < 0.04:
        downgrade(truth, [box.path], Kind.LOST)
        return rng.choice(_FIGURE_LOOK_ALIKES[box.text])
    return flat(box.text)


@layout("odd-ocr", "text", strict=False)
def recognised(draft: Draft) -> Rendered:
    """Table 3 cut into small Markdown tables with invented headers; look-alike characters."""
    rng = draft.rng()
    truth = draft.truth()

    def table(grid: Grid) -> str:
        rows = [[_ocr_cell(rng, box, truth) for box in row] for row in grid.rows()]
        for row in grid.rows():
            if len(figures(row)) > 1:
                loosen(truth, figures(row), Kind.HARD)
        chunks, start = [], 0
        while start < len(rows):
            size = rng.randint(3, 7)
            chunks.append(rows[start : start + size])
            start += size
        return "\n\n".join(_markdown(rng, chunk) for chunk in chunks)

    return Rendered(assemble(draft, table).encode(), truth)


def _markdown(rng: Random, rows: list[list[str]]) -> str:
    width = max(map(len, rows))
    header = rng.choice(_HEADERS)
    lines = [[header.format(index + 1) for index in range(width)], ["---"] * width]
    lines += [row + [""] * (width - len(row)) for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
