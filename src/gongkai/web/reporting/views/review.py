"""The review page: findings, the source, the reading, and the next step; and what became of each version."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from gongkai.kernel import Finding
from gongkai.report import api
from gongkai.web.agencies.models import Person
from gongkai.web.common import permissions as common_permissions
from gongkai.web.common.actor import Actor
from gongkai.web.reporting import engine, permissions, related, selectors, signing, states
from gongkai.web.reporting.models import ReportRecord, ReportVersion
from gongkai.web.reporting.states import BUSY, State
from gongkai.web.reporting.views import links, notes, pieces
from gongkai.web.reporting.views.acts import ACTS
from gongkai.web.reporting.views.base import actor_of, page, state_mark

if TYPE_CHECKING:
    from gongkai.report.api import Original, Panes


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The version worked on, or with ``?version=`` an earlier one, which is only shown."""
    actor = actor_of(request)
    record = selectors.record_for(actor, pk)
    version = _version(request, actor, record)
    current = version is not None and version.pk == record.current_version_id
    context: dict[str, Any] = {
        "record": record,
        "version": version,
        "mark": state_mark(record.state),
        "current": current,
        "busy": current and record.state in BUSY,
        "steps": _steps(version) if current else None,
        **(_buttons(actor, record, version) if current else {"primary": None, "others": []}),
    }
    if version is not None and version.document is not None:
        context |= _desk(actor, record, version, editable=bool(current))
    response = page(request, "review.html", context, crumb=record.title)
    if context["busy"]:
        response["Refresh"] = "2"
    return response


def _version(request: HttpRequest, actor: Actor, record: ReportRecord) -> ReportVersion | None:
    number = request.GET.get("version", "")
    if number:
        if not number.isdecimal():
            raise Http404
        return selectors.version_for(actor, record.pk, int(number))
    return record.current_version


def _desk(actor: Actor, record: ReportRecord, version: ReportVersion, *, editable: bool) -> dict[str, Any]:
    """The three panes of a version that was read."""
    may_correct = common_permissions.allowed(actor, permissions.CORRECT, record.agency_id)
    editable = editable and may_correct and states.allowed(record.state, "reporting.correct")
    original, problem = engine.original_of(version)
    panes = _panes(record, version, original, editable=editable)
    return {
        "panes": {
            # The engine has escaped all text of the report; ``pieces`` escapes what it adds.
            "verdict": mark_safe(panes.verdict),  # noqa: S308
            "findings": mark_safe(panes.findings),  # noqa: S308
            "source": mark_safe(panes.source),  # noqa: S308
            "reading": mark_safe(panes.reading),  # noqa: S308
            "css": mark_safe(panes.css),  # noqa: S308
        },
        "remarks": panes.remarks,
        "problem": problem,
        "editable": editable,
        "rechecks": notes.rechecks(actor, version),
        "dropped": notes.dropped(record, version) if editable else [],
        "sums_up": record.agency.is_government and related.has_parts(record),
        "corrections": selectors.corrections_of(version),
        "accepted": len(engine.accepted_keys(version) & {row["key"] for row in version.findings}),
    }


def _panes(record: ReportRecord, version: ReportVersion, original: "Original", *, editable: bool) -> "Panes":
    rows = version.findings
    findings = [engine.finding_of(row) for row in rows]
    row_of = {id(finding): row for finding, row in zip(findings, rows, strict=True)}
    accepted = {row.key: row for row in selectors.acceptances_of(version)}
    elsewhere = links.Elsewhere(record, notes.new_keys(version))
    corrected = {row.path: row for row in selectors.corrections_of(version)}

    def with_finding(_number: int, finding: Finding) -> Any:
        row = row_of[id(finding)]
        said = pieces.finding(record, row, accepted.get(row["key"]), editable=editable)
        return api.markup(elsewhere.beside(row) + said)

    def with_figure(path: str) -> Any:
        return api.markup(pieces.figure(record, path, corrected.get(path), editable=editable))

    return api.check_panes(
        original,
        findings,
        picture=lambda number: reverse("reporting:page", args=[record.pk, version.number, number]),
        finding_more=with_finding,
        figure_more=with_figure,
    )


def _steps(version: ReportVersion | None) -> list[dict[str, Any]] | None:
    """The signing chain with who signed when, and who may sign next."""
    if version is None or version.document is None:
        return None
    progress = signing.progress(version, timezone.localdate())
    names = _names({pk for step in progress.steps for pk in step.people})
    rows = []
    for index, step in enumerate(progress.steps):
        signature = progress.signatures[index] if index < len(progress.signatures) else None
        rows.append(
            {
                "name": step.name,
                "signature": signature,
                "next": index == len(progress.signatures),
                "people": "、".join(sorted(names[pk] for pk in step.people if pk in names)),
            }
        )
    return rows


def _names(pks: set[int]) -> dict[int, str]:
    return {person.pk: str(person) for person in Person.objects.filter(pk__in=pks)}


#: The order in which the page offers things; the first that the actor may do now is its one primary button.
_PRIMARY = ("confirm", "sign", "publish", "withdraw")
_OTHERS = ("return", "amend", "keep", "request-withdrawal", "recheck", "reread", "discard")


def _buttons(actor: Actor, record: ReportRecord, version: ReportVersion | None) -> dict[str, Any]:
    def offered(name: str) -> bool:
        action = ACTS[name].action
        if not states.allowed(record.state, action.code):
            return False
        if name == "withdraw" and actor.person_id == record.withdrawal_asked_by_id:
            return False
        return common_permissions.allowed(actor, action.permission, record.agency_id)

    def button(name: str) -> dict[str, str]:
        return {
            "name": name,
            "title": ACTS[name].title,
            "url": reverse("reporting:act", args=[record.pk, name]),
        }

    names = [name for name in _PRIMARY if offered(name)]
    signer = {"sign", "publish"} & set(names)
    waiting = ""
    if signer and version is not None:
        names, waiting = _signable(actor, version, names)
    replacing = states.allowed(record.state, "reporting.upload") and common_permissions.allowed(
        actor, permissions.UPLOAD, record.agency_id
    )
    query = urlencode({"agency": record.agency_id, "year": record.year})
    return {
        "primary": button(names[0]) if names else None,
        "others": [button(name) for name in (*names[1:], *filter(offered, _OTHERS))],
        "waiting": waiting,
        "replace_url": f"{reverse('reporting:upload')}?{query}" if replacing else "",
    }


def _signable(actor: Actor, version: ReportVersion, names: list[str]) -> tuple[list[str], str]:
    """Of signing and publishing the one whose turn it is, if the actor may; else why not."""
    progress = signing.progress(version, timezone.localdate())
    others = [name for name in names if name not in {"sign", "publish"}]
    if version.open_errors:
        return others, f"还有{version.open_errors}个错误没有处理：更正，或写明理由认可后，才能签批。"
    refusal = progress.refusal(actor.person_id) if actor.person_id is not None else "请登录"
    if refusal:
        return others, refusal
    turn = "publish" if progress.is_last else "sign"
    return ([turn, *others] if turn in names else others), ""


@require_GET
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of a report: where it came from, what changed, who corrected and signed what."""
    actor = actor_of(request)
    record = selectors.record_for(actor, pk)
    rows = [
        {
            "version": version,
            "current": version.pk == record.current_version_id,
            "public": version.pk == record.published_version_id,
            "corrections": [
                (api.label(row.path, version.edition or "2021"), row) for row in version.corrections.all()
            ],
            "carried": [
                api.label(path, version.edition or "2021")
                for path in version.changes.get("corrections_carried", ())
            ],
            "rechecks": notes.rechecks(actor, version, None),
            "dropped": [
                api.label(path, version.edition or "2021")
                for path in version.changes.get("corrections_dropped", ())
            ],
        }
        for version in selectors.versions_of(record)
    ]
    context = {"record": record, "rows": rows, "mark": state_mark(record.state), "State": State}
    return page(request, "versions.html", context, crumb="版本记录")
