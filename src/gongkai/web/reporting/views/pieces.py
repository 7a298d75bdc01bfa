"""What stands with a finding and in a figure's cell on the review page. Everything is escaped here."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from gongkai.report import api
from gongkai.web.reporting.models import Acceptance, Correction, ReportRecord

_NOTHING = mark_safe("")
_MOST = 4
_TABLES = frozenset({"proactive", "applications", "disputes"})


def act_url(record: ReportRecord, name: str, **query: str) -> str:
    """The address of something to do, on something."""
    url = reverse("reporting:act", args=[record.pk, name])
    return f"{url}?{urlencode(query)}" if query else url


def finding(
    record: ReportRecord, row: Mapping[str, Any], accepted: Acceptance | None, *, editable: bool
) -> SafeString:
    """Who let it stand and why, or the ways to deal with it."""
    if accepted is not None:
        undo = (
            format_html(
                ' <a class="do" data-act href="{}">取消认可</a>',
                act_url(record, "unaccept", key=row["key"]),
            )
            if editable
            else _NOTHING
        )
        return format_html(
            '<p class="accepted">✓ 已认可：{}<span class="who">（{}，{}）</span>{}</p>',
            accepted.reason,
            accepted.person,
            day(accepted.at),
            undo,
        )
    if not editable:
        return _NOTHING
    fill = format_html_join(
        "",
        ' <a class="do" data-act data-key="e" href="{}">{}</a>',
        ((address, said) for address, said in _fills(record, row)),
    )
    accept = act_url(record, "accept", key=row["key"])
    return format_html(
        '<p class="acts">{}<a class="do" data-act data-key="a" href="{}">认可</a></p>', fill, accept
    )


def _fills(record: ReportRecord, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(address, words) of the corrections a finding proposes, or of the one of the figure it is about."""
    edition = record.current_version.edition if record.current_version else "2021"
    suggested = {path: str(value) for path, value in (row.get("suggested") or {}).items() if _is_figure(path)}
    if len(suggested) > _MOST:
        every = act_url(record, "correct-as-suggested", key=row["key"])
        return [(every, f"按建议更正{len(suggested)}格")]
    named = len(suggested) > 1
    fills = [
        (
            act_url(record, "correct", path=path, value=value),
            f"更正{_short(path, edition) if named else ''}为{value}",
        )
        for path, value in suggested.items()
    ]
    if not fills and _is_figure(row["where"]):
        fills = [(act_url(record, "correct", path=row["where"]), "更正")]
    return fills


def _is_figure(path: str) -> bool:
    return path.count(".") == 2 and "*" not in path and path.partition(".")[0] in _TABLES


def _short(path: str, edition: str) -> str:
    """The last words of a figure's row, enough for a button."""
    label = api.label(path.rpartition(".")[0], edition)
    return f"“{label.removeprefix('三、本年度办理结果')[:14]}”"


def figure(record: ReportRecord, path: str, corrected: Correction | None, *, editable: bool) -> SafeString:
    """The mark of a corrected figure, which opens who, when and why; and the way to correct one."""
    label = api.label(path)
    edit = (
        format_html(
            '<a class="edit" data-act href="{}" title="更正：{}" aria-label="更正：{}">改</a>',
            act_url(record, "correct", path=path),
            label,
            label,
        )
        if editable
        else _NOTHING
    )
    if corrected is None:
        return edit
    undo = (
        format_html(
            '<a class="do" data-act href="{}">撤销更正</a>', act_url(record, "undo-correction", path=path)
        )
        if editable
        else _NOTHING
    )
    return format_html(
        '<details class="corrected"><summary title="更正过的数字：打开看是谁、何时、为何">更正</summary>'
        '<div class="why"><p>原文：{}</p><p>更正为：{}</p><p>理由：{}</p><p>{}，{}</p>{}</div></details>{}',
        corrected.read_raw.strip() or "空白",
        "空白" if corrected.value is None else corrected.value,
        corrected.reason,
        corrected.person,
        day(corrected.at),
        undo,
        edit,
    )


def day(moment: Any) -> str:
    """A day as an office writes it."""
    return date_format(timezone.localtime(moment), "Y年n月j日")
