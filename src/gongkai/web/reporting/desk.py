"""The reports that wait for a person: on the home page, and at a hand-over."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.desk import Item, Pile, Tray
from gongkai.web.agencies.duties import Duty
from gongkai.web.agencies.models import Matter, Person, Role, SigningChain
from gongkai.web.agencies.selectors import agency_of
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import ALL
from gongkai.web.reporting import permissions, selectors, signing
from gongkai.web.reporting.models import Intake, ReportRecord
from gongkai.web.reporting.states import SIGNING, State

#: How many of a pile are named.
NAMED: Final = 5
#: How many reports that are being signed are asked whose turn it is; an office above may have thousands.
ASKED: Final = 100
_HEAVY: Final = ("document", "findings", "changes", "rechecks")


def waiting(actor: Actor, day: date) -> Tray | None:
    """What the actor can do about reports today; None for whoever sees no report."""
    visible = agency_permissions.where(actor, permissions.VIEW)
    if actor.person_id is None or not visible:
        return None
    found = (
        _to_sign(actor, day),
        _withdrawals(actor),
        _intakes(actor),
        _in_state(actor, State.CONFLICT, "文件写明的机关或年度不符，待确认", permissions.UPLOAD, urgent=True),
        _in_state(actor, State.UNREADABLE, "无法读取，请换文件", permissions.UPLOAD, urgent=True),
        _in_state(actor, State.READ, "待核查", permissions.CORRECT),
    )
    return Tray("年度报告", reverse("reporting:board"), [pile for pile in found if pile is not None])


def _where(actor: Actor, permission: str) -> QuerySet[ReportRecord]:
    ids = agency_permissions.where(actor, permission)
    records = ReportRecord.objects.select_related("agency")
    return records if ids is ALL else records.filter(agency_id__in=ids)


def _items(records: Iterable[ReportRecord]) -> list[Item]:
    return [
        Item(f"{record.agency.short_name}{record.year}年", reverse("reporting:review", args=[record.pk]))
        for record in records
    ]


def _board(state: State, records: QuerySet[ReportRecord]) -> str:
    """The board with these reports alone: of all years in which there are any."""
    years = sorted(set(records.order_by().values_list("year", flat=True)))
    query = {"state": state.value, "first": years[0], "last": years[-1]}
    return f"{reverse('reporting:board')}?{urlencode(query)}"


def _in_state(
    actor: Actor, state: State, label: str, permission: str, *, urgent: bool = False
) -> Pile | None:
    records = _where(actor, permission).filter(state=state).order_by("changed_at", "id")
    count = records.count()
    if not count:
        return None
    return Pile(label, count, _board(state, records), _items(records[:NAMED]), urgent=urgent)


def _withdrawals(actor: Actor) -> Pile | None:
    """Somebody else asked to withdraw a report; whoever asked does not confirm."""
    records = _where(actor, permissions.WITHDRAW).filter(state=State.WITHDRAWING)
    records = records.exclude(withdrawal_asked_by_id=actor.person_id).order_by("changed_at", "id")
    count = records.count()
    if not count:
        return None
    url = _board(State.WITHDRAWING, records)
    return Pile("申请撤回，待确认", count, url, _items(records[:NAMED]), urgent=True)


def _intakes(actor: Actor) -> Pile | None:
    asked = selectors.intakes_for(actor)
    if not asked:
        return None
    items = [Item(one.source_name, reverse("reporting:upload")) for one in asked[:NAMED]]
    return Pile("请选择机关和年度后归档", len(asked), reverse("reporting:upload"), items, urgent=True)


def _to_sign(actor: Actor, day: date) -> Pile | None:
    """The reports whose next step is the actor's."""
    being_signed = _where(actor, permissions.SIGN).filter(_may_be_asked(actor, day), state__in=SIGNING)
    being_signed = being_signed.order_by("changed_at", "id").select_related("agency", "current_version")
    light = being_signed.defer(*(f"current_version__{name}" for name in _HEAVY))
    asked = list(light[: ASKED + 1])
    mine = [record for record in asked[:ASKED] if _is_turn_of(actor, record, day)]
    if not mine:
        return None
    url = reverse("reporting:review", args=[mine[0].pk])
    return Pile("待我签批", len(mine), url, _items(mine[:NAMED]), at_least=len(asked) > ASKED)


def _may_be_asked(actor: Actor, day: date) -> Q:
    """Agencies in which the person, or whoever they act for, has a post; and those whose own chain has a step
    of the disclosure office, which may be one further up.
    """
    posts = agency_permissions.standings(actor.person_id or 0, day)
    office = SigningChain.objects.filter(matter=Matter.REPORT, steps__role=Role.DISCLOSURE_OFFICE)
    here = Q(agency_id__in=[post.agency_id for post in posts])
    if not any(post.role == Role.DISCLOSURE_OFFICE for post in posts):
        return here
    return here | Q(agency__in=office.values("agency_id"))


def _is_turn_of(actor: Actor, record: ReportRecord, day: date) -> bool:
    version = record.current_version
    if version is None or actor.person_id is None:
        return False
    version.record = record
    return signing.progress(version, day).refusal(actor.person_id) is None


class IntakeDuties:
    """Files whose agency and year the person is still asked for: nobody else is."""

    def open_duties(self, person_id: int) -> list[Duty]:
        """One for each file."""
        waiting_files = self._open(person_id)
        if not waiting_files:
            return []
        home = agency_of(Person.objects.get(pk=person_id))
        return [
            Duty(f"待归档的文件：{one.source_name}", one.agency_id or home, reverse("reporting:upload"))
            for one in waiting_files
        ]

    def reassign(self, person_id: int, successor_id: int) -> int:
        """The successor is asked; who uploaded it stays in the log."""
        return self._open(person_id).update(uploaded_by_id=successor_id)

    def _open(self, person_id: int) -> QuerySet[Intake]:
        return (
            Intake.objects.filter(uploaded_by_id=person_id).exclude(state=Intake.State.FILED).order_by("id")
        )


INTAKES: Final = IntakeDuties()
