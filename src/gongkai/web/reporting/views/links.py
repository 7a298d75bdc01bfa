"""From a finding to the other report it comes from: last year's cell, or the cells of the agencies below."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from gongkai.report import api
from gongkai.web.reporting import related
from gongkai.web.reporting.models import ReportRecord

_NOTHING: Final = mark_safe("")
_FRESH: Final = mark_safe('<p class="fresh">重新核查后新出现</p>')
_ROLLUP: Final = "ROLLUP-SUM"
_YEARS: Final = frozenset({"YOY-CARRY", "YOY-STOCK"})
_LAST_YEARS_TEXT: Final = "与上年报告"
_MOST: Final = 6


class Elsewhere:
    """The links of one report's findings; ``new`` are the keys of those that came with the latest check."""

    def __init__(self, record: ReportRecord, new: frozenset[str]) -> None:
        self.record, self.new = record, new

    def beside(self, row: Mapping[str, Any]) -> SafeString:
        """That it is new, and where the other figure stands."""
        fresh = _FRESH if row["key"] in self.new else _NOTHING
        return fresh + self._links(row)

    def _links(self, row: Mapping[str, Any]) -> SafeString:
        if row["rule"] == _ROLLUP and row["level"] != "info":
            return self._parts(row)
        about_last_year = row["rule"] in _YEARS or (
            row["rule"] == "SAME-TEXT" and _LAST_YEARS_TEXT in row["message"]
        )
        if not about_last_year or self._last_year is None:
            return _NOTHING
        url = reverse("reporting:review", args=[self._last_year.pk])
        return format_html(
            '<p class="links"><a href="{}#{}">看{}年度报告</a></p>',
            url,
            _counterpart(row["where"]),
            self._last_year.year,
        )

    @cached_property
    def _last_year(self) -> ReportRecord | None:
        return related.last_year_record(self.record)

    def _parts(self, row: Mapping[str, Any]) -> SafeString:
        """For each cell that is not the sum, the page with what every agency below reports in it."""
        paths = row.get("cells") or [row["where"]]
        url = reverse("reporting:rollup", args=[self.record.pk])
        edition = self.record.current_version.edition if self.record.current_version else "2021"
        items = format_html_join(
            "",
            '<li><a href="{}?{}">{}</a></li>',
            ((url, urlencode({"path": path}), api.label(path, edition)) for path in paths[:_MOST]),
        )
        more = (
            format_html('<li><a href="{}?{}">等{}格</a></li>', url, urlencode({"path": paths[0]}), len(paths))
            if len(paths) > _MOST
            else _NOTHING
        )
        return format_html('<p class="about">看各所属单位的数：</p><ul class="cells">{}{}</ul>', items, more)


def _counterpart(path: str) -> str:
    """Where last year's report has the figure this one goes on from."""
    return path.replace("applications.carried_in.", "applications.carried_out.")
