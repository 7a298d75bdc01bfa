"""Notes on the review page: why a report was checked again, and corrections that were not carried over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from gongkai.report import api
from gongkai.web.common.actor import Actor
from gongkai.web.reporting import changes, related, selectors
from gongkai.web.reporting.models import ReportRecord, ReportVersion
from gongkai.web.reporting.views.pieces import act_url

#: Notes shown; the rest are in the record of versions.
SHOWN: Final = 3


def new_keys(version: ReportVersion) -> frozenset[str]:
    """Keys of the findings that came with the latest check."""
    latest = version.rechecks[-1] if version.rechecks else {}
    return frozenset(row["key"] for row in latest.get("new", ()))


def rechecks(actor: Actor, version: ReportVersion, most: int | None = SHOWN) -> list[dict[str, Any]]:
    """Every later check that changed the findings, the newest first: when, why, what came and went."""
    wanted = version.rechecks[::-1][:most]
    pks = {note["cause"]["record"] for note in wanted if note["cause"]}
    records = ReportRecord.objects.filter(pk__in=pks).select_related("agency").in_bulk()
    may_see = set(selectors.records_for(actor).filter(pk__in=pks).values_list("pk", flat=True))
    return [_note(version, note, records, may_see) for note in wanted]


def _note(
    version: ReportVersion, note: Mapping[str, Any], records: Mapping[int, ReportRecord], may_see: set[int]
) -> dict[str, Any]:
    cause = note["cause"]
    record = records.get(cause["record"]) if cause else None
    return {
        "at": datetime.fromisoformat(note["at"]),
        "why": _why(cause, record) if cause else "",
        "figures": _figures(cause, version.edition) if cause else [],
        "more": max(0, cause["count"] - len(cause["figures"])) if cause else 0,
        "url": reverse("reporting:review", args=[record.pk]) if record and record.pk in may_see else "",
        "engine": note["engine"] if note["engine"][0] != note["engine"][1] else None,
        "gone": note["gone"],
        "new": note["new"],
    }


def _why(cause: Mapping[str, Any], record: ReportRecord | None) -> str:
    """Which report changed, and how, in one sentence."""
    last_year = cause["kind"] == related.LAST_YEAR
    whose = "一份有关的报告"
    if record is not None:
        whose = f"{record.year}年度报告" if last_year else f"{record.agency.full_name}的报告"
    if cause["came"]:
        return f"{whose}已读取" if last_year else f"{whose}已发布或者待签发"
    if cause["went"]:
        return f"{whose}已撤下" if last_year else f"{whose}已退回或者撤回"
    changed = [f"{cause['count']}个数字"] if cause["count"] else []
    changed += ["文字"] if cause["texts"] else []
    return f"{whose}的{'和'.join(changed)}有改动"


def _figures(cause: Mapping[str, Any], edition: str) -> list[str]:
    return [
        f"{api.label(path, edition)}：{_word(before)} → {_word(after)}"
        for path, before, after in cause["figures"]
    ]


def _word(value: Any) -> str:
    return "空白" if value is None else str(value)


def dropped(record: ReportRecord, version: ReportVersion) -> list[dict[str, str]]:
    """Corrections of the version before that were not carried over and whose figure nobody has settled since.

    Each with the address of making it again, filled in.
    """
    paths = version.changes.get("corrections_dropped", ())
    before = selectors.last_read(version)
    if not paths or version.document is None or before is None:
        return []
    settled = set(version.corrections.values_list("path", flat=True))
    now = changes.figures_now(version.document)
    asked = []
    open_paths = [path for path in paths if path not in settled]
    for row in selectors.corrections_of(before).filter(path__in=open_paths):
        value = row.value or ""
        asked.append(
            {
                "label": api.label(row.path, version.edition),
                "was": _word(row.read_value),
                "now": _word(now.get(row.path)),
                "value": _word(row.value),
                "reason": row.reason,
                "url": act_url(record, "correct", path=row.path, value=value, reason=row.reason)
                if row.path in now
                else "",
            }
        )
    return asked
