"""Where a figure, a sentence or a finding stands in its source."""

from typing import Any, NamedTuple


class Place(NamedTuple):
    """A position in a source document, or the records a computed figure was counted from.

    ``page``, ``table``, ``row``, ``cell`` and ``paragraph`` count from 1 in document order; ``row`` and
    ``cell`` are positions in the table's grid. ``box`` is (left, top, right, bottom) in PDF points from
    the page's upper left corner. ``start`` and ``end`` are character offsets: into the whole decoded text
    of a text file (``paragraph`` is None), else into paragraph ``paragraph``. ``records`` are the ids a
    computed figure was counted from.
    """

    page: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    paragraph: int | None = None
    start: int | None = None
    end: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    records: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Only what is known, for JSON."""
        return {
            k: list(v) if isinstance(v, tuple) else v
            for k, v in self._asdict().items()
            if v not in (None, ())
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Place":
        """The inverse of :meth:`to_dict`; unknown keys raise TypeError."""
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        return cls(**values)

    def span(self, start: int, end: int) -> "Place":
        """The same paragraph narrowed to [start, end) within it."""
        base = self.start or 0
        return Place(*self[:5], base + start, base + end, *self[7:])

    def describe(self) -> str:
        """The place in Chinese, as a clerk would say it: 第2页第3表第4行第5格."""
        parts = [f"工作表“{self.sheet}”"] if self.sheet else []
        named = (
            (self.page, "第{}页"),
            (self.table, "第{}个表"),
            (self.row, "第{}行"),
            (self.cell, "第{}格"),
            (self.paragraph, "第{}段"),
        )
        parts += [text.format(number) for number, text in named if number]
        if not parts and self.start is not None:
            parts.append(f"第{self.start + 1}字起")
        return "".join(parts)
