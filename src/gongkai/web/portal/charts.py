"""Charts over the years, worked out on the server: one question each, bars from zero, labels on the marks.

The functions give places in a drawing of ``WIDTH`` units; the templates draw them, with text as text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gongkai.web.reporting.models import ReportRecord, ReportVersion

WIDTH = 360
_TOP, _BASE, _HEIGHT = 28.0, 168.0, 196
_LEFT, _RIGHT = 12.0, 12.0
_NAME_ROOM = 84.0
#: Years that still can be told apart on a telephone.
MOST_YEARS = 8

Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Series:
    """Values over the years under a name; None is blank, missing or not certain."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar and its label; ``known`` is False where there is no figure to draw."""

    year: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    label_y: float
    known: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line with its label above or below it."""

    x: float
    y: float
    label: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line: unbroken pieces as coordinate lists, its points, and where its name stands."""

    name: str
    pieces: tuple[str, ...]
    points: tuple[Point, ...]
    name_x: float
    name_y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its data table. Either ``bars`` or ``lines`` is filled."""

    key: str
    title: str
    note: str
    unit: str
    years: tuple[int, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    names: tuple[str, ...]
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    ticks: tuple[tuple[float, int], ...] = ()
    width: int = WIDTH
    height: int = _HEIGHT
    base: float = _BASE
    year_y: float = _BASE + 20


def plain(value: Value) -> str:
    """A figure as a table prints it; empty where there is none."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else format(value.normalize(), "f")


def bar_chart(key: str, years: Sequence[int], series: Series, *, unit: str, note: str) -> Chart:
    """One value a year as bars."""
    step = (WIDTH - _LEFT - _RIGHT) / len(years)
    width = min(48.0, step * 0.6)
    high = _highest([series])
    bars = []
    for place, (year, value) in enumerate(zip(years, series.values, strict=True)):
        middle = _LEFT + step * (place + 0.5)
        height = 0.0 if value is None else round(float(value) / high * (_BASE - _TOP), 1)
        label = "无数据" if value is None else plain(value)
        bars.append(
            Bar(year, round(middle - width / 2, 1), _BASE - height, round(width, 1), height, round(middle, 1),
                label, round(_BASE - height - 7, 1), value is not None)
        )  # fmt: skip
    return _chart(key, years, [series], unit, note, bars=tuple(bars))


def line_chart(key: str, years: Sequence[int], series: Sequence[Series], *, unit: str, note: str) -> Chart:
    """One or two values a year as lines, each named at its end."""
    high = _highest(series)
    step = (WIDTH - _LEFT - _NAME_ROOM - 24) / max(1, len(years) - 1)
    places = [round(_LEFT + 16 + step * place, 1) for place in range(len(years))]
    lines = tuple(_line(one, places, high, above=number == 0) for number, one in enumerate(series))
    lines = _apart(_labelled_once(lines))
    return _chart(key, years, series, unit, note, lines=lines, ticks=tuple(zip(places, years, strict=True)))


def _chart(
    key: str, years: Sequence[int], series: Sequence[Series], unit: str, note: str,
    *, bars: tuple[Bar, ...] = (), lines: tuple[Line, ...] = (), ticks: tuple[tuple[float, int], ...] = (),
) -> Chart:  # fmt: skip
    rows = tuple(
        (year, tuple(plain(one.values[place]) for one in series)) for place, year in enumerate(years)
    )
    title = _title(years, series, unit)
    names = tuple(one.name for one in series)
    return Chart(key, title, note, unit, tuple(years), rows, names, bars, lines, ticks)


def _highest(series: Sequence[Series]) -> float:
    known = [float(value) for one in series for value in one.values if value is not None]
    return max([1.0, *known])


def _line(series: Series, places: Sequence[float], high: float, *, above: bool) -> Line:
    pieces: list[list[str]] = [[]]
    points = []
    for x, value in zip(places, series.values, strict=True):
        if value is None:
            pieces.append([])
            continue
        y = round(_BASE - float(value) / high * (_BASE - _TOP), 1)
        pieces[-1].append(f"{x},{y}")
        # Below the line there is no room for the label of a zero.
        label_y = y - 8 if above or y > _BASE - 16 else y + 18
        points.append(Point(x, y, plain(value), round(label_y, 1)))
    end = points[-1] if points else Point(places[-1], _BASE, "", _BASE)
    joined = tuple(" ".join(piece) for piece in pieces if len(piece) > 1)
    return Line(series.name, joined, tuple(points), end.x + 12, end.y + 4)


def _labelled_once(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Points of two lines in one place share the first line's label."""
    if len(lines) != 2:
        return lines
    first, second = lines
    taken = {(point.x, point.y) for point in first.points}
    points = tuple(replace(one, label="") if (one.x, one.y) in taken else one for one in second.points)
    return first, replace(second, points=points)


def _apart(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Names that would stand on each other, one above the other."""
    if len(lines) != 2 or abs(lines[0].name_y - lines[1].name_y) >= 18:
        return lines
    upper = min(lines[0].name_y, lines[1].name_y, _BASE - 14)
    order = sorted(lines, key=lambda line: line.name_y)
    moved = {id(line): upper + 18 * place for place, line in enumerate(order)}
    return tuple(replace(line, name_y=round(moved[id(line)], 1)) for line in lines)


def _title(years: Sequence[int], series: Sequence[Series], unit: str) -> str:
    """What the chart answers: ``2022年至2024年，新收申请由12件增至36件``; the span of years is said once."""
    said: dict[str, list[str]] = {}
    for one in series:
        known = [(year, value) for year, value in zip(years, one.values, strict=True) if value is not None]
        if known:
            (first, a), (last, b) = known[0], known[-1]
            span = f"{last}年" if first == last else f"{first}年至{last}年"
            said.setdefault(span, []).append(_change(one.name, a, b, unit, single=first == last))
    return "；".join(f"{span}，{'，'.join(parts)}" for span, parts in said.items())


def _change(name: str, a: int | Decimal, b: int | Decimal, unit: str, *, single: bool) -> str:
    if single:
        return f"{name}{plain(b)}{unit}"
    if a == b:
        return f"{name}首尾两年都是{plain(b)}{unit}"
    return f"{name}由{plain(a)}{unit}{'增至' if b > a else '减至'}{plain(b)}{unit}"


def _share(version: ReportVersion) -> Value:
    """Granted wholly or in part, of all results, in percent with one decimal."""
    if version.granted is None or version.partial is None or not version.total:
        return None
    share = Decimal(version.granted + version.partial) * 100 / version.total
    return share.quantize(Decimal("0.1"))


def over_the_years(records: Sequence[ReportRecord]) -> dict[str, list[Chart]]:
    """The charts of an agency's published reports by section; none for fewer than two years.

    Nothing is filled in: a year without a figure says so. Years without a report are not shown as zero.
    """
    versions = {record.year: record.published_version for record in records if record.published_version}
    years = sorted(versions)[-MOST_YEARS:]
    if len(years) < 2:
        return {}

    def series(name: str, value: Callable[[ReportVersion], Value]) -> Series:
        return Series(name, tuple(value(versions[year]) for year in years))

    received = series("新收申请", lambda version: version.new)
    shares = series("予以公开和部分公开的比例", _share)
    appeals = series("行政复议", lambda version: version.reconsideration)
    suits = series("行政诉讼", lambda version: version.litigation)
    charts = {
        "applications": [
            bar_chart("received", years, received, unit="件", note="本年新收政府信息公开申请数量（件）"),
            line_chart("shares", years, [shares], unit="%", note="占本年度办理结果总计的百分比"),
        ],
        "disputes": [
            line_chart(
                "disputes", years, [appeals, suits], unit="件",
                note="件数；行政诉讼为未经复议直接起诉与复议后起诉之和",
            )
        ],
    }  # fmt: skip
    return {key: [chart for chart in found if chart.title] for key, found in charts.items()}
