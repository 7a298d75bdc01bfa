"""One page that lists many checked reports, with a link to the check page of each."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.kernel import Finding, Level
from gongkai.report.model import Report
from gongkai.report.write.markup import Child, Markup, el, page


class IndexEntry(NamedTuple):
    """A file on the list: the report read from it and its findings, or the reason why there is none.

    ``source`` is the path as given; ``href`` the address of its check page relative to the list.
    """

    source: str
    href: str = ""
    report: Report | None = None
    findings: tuple[Finding, ...] = ()
    reason: str = ""


def write_index_page(entries: Sequence[IndexEntry], *, title: str = "年度报告核查结果") -> bytes:
    """The list: files with errors first, then warnings, then clean ones, then those that cannot be read."""
    ordered = sorted(entries, key=_gravity)
    head = el(
        "tr",
        *(el("th", name, scope="col") for name in ("报告", "年度", *(level.word for level in Level), "读取")),
    )
    body: Child = el("p", "没有文件。请在命令后给出要核查的文件或文件夹。", class_="about")
    if entries:
        table = el(
            "table",
            el("caption", "按问题轻重排列"),
            el("thead", head),
            el("tbody", *map(_row, ordered)),
            class_="list",
        )
        body = el("div", table, class_="frame", role="region", tabindex="0", aria_label=title)
    header = el("header", el("h1", title), el("p", _summary(entries), class_="about"), class_="top")
    return page(title, el("div", header, el("main", body)), styles=("base.css", "index.css"))


def _gravity(entry: IndexEntry) -> tuple[int, int, int]:
    if entry.report is None:
        return (1, 0, 0)
    counts = Counter(finding.level for finding in entry.findings)
    return (0, -counts[Level.ERROR], -counts[Level.WARNING])


def _summary(entries: Sequence[IndexEntry]) -> str:
    read = [entry for entry in entries if entry.report]
    faulty = sum(any(finding.level is Level.ERROR for finding in entry.findings) for entry in read)
    unread = len(entries) - len(read)
    counts = f"读出 {len(read)} 个，其中 {faulty} 个有错误；{unread} 个不能读取"
    return f"共 {len(entries)} 个文件：{counts}。"


def _row(entry: IndexEntry) -> Markup:
    report = entry.report
    name = (report.agency if report else None) or entry.source.rpartition("/")[2] or entry.source
    link: Child = el("a", name, href=entry.href) if entry.href else name
    first = el("th", link, el("span", entry.source, class_="path"), scope="row")
    if report is None:
        return el("tr", first, el("td", f"✕ 不能读取：{entry.reason}", colspan=5, class_="reason"))
    counts = Counter(finding.level for finding in entry.findings)
    unsure = sum(figure.value is None for figure in report.figures.values())
    state = f"{unsure} 格空白或不确定" if unsure else "各格齐全"
    return el(
        "tr",
        first,
        el("td", str(report.year or "—"), class_="number"),
        *(_count(level, counts[level]) for level in Level),
        el("td", f"{report.edition}年版，{state}"),
    )


def _count(level: Level, count: int) -> Markup:
    if not count:
        return el("td", "0", class_="number zero")
    shape = el("span", f"{level.shape} ", aria_label=level.word, role="img")
    return el("td", shape, str(count), class_=f"number {level}")
