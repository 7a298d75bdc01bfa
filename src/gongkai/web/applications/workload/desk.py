"""The applications that wait for a person, on the back office's home page."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from django.urls import reverse

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.desk import Item, Pile, Tray
from gongkai.web.applications import permissions, selectors
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.models import Case, ReminderKind
from gongkai.web.applications.workload import helping, reminders, suggestions
from gongkai.web.applications.workload.waiting import Paper, Urgent, waiting_for
from gongkai.web.common.actor import Actor

#: How many of a pile are named.
NAMED: Final = 5


def waiting(actor: Actor, day: date) -> Tray | None:
    """What the actor can do about applications today; None for whoever sees none."""
    if actor.person_id is None or not agency_permissions.where(actor, permissions.VIEW):
        return None
    return Tray("依申请公开：待我办理", reverse("applications:desk"), list(_piles(actor, day)))


def _piles(actor: Actor, day: date) -> Iterator[Pile]:
    """As the person wants to be reminded here; what is due today or overdue is always among it."""
    plan, due = reminders.plan_of(actor.person_id), reverse("applications:due")
    ahead = plan.ahead if ReminderKind.SOON in plan.site else 0
    found = waiting_for(actor, day, NAMED, ahead=ahead)
    if found.overdue_count:
        url = f"{due}?bucket=overdue"
        yield Pile("逾期未答复", found.overdue_count, url, _cases(found.overdue), urgent=True)
    yield from undelivered.piles(actor)
    if found.extensions:
        url = reverse("applications:desk")
        yield Pile("延期待我批准", len(found.extensions), url, _papers(found.extensions), urgent=True)
    if found.papers and ReminderKind.SIGNING in plan.site:
        yield Pile("待我签批", len(found.papers), reverse("applications:desk"), _papers(found.papers))
    if found.soon_count:
        label = f"{ahead}个工作日内到期" if ahead else "今天到期"
        yield Pile(label, found.soon_count, reverse("applications:desk"), _cases(found.soon))
    if found.help and ReminderKind.HELP in plan.site:
        yield _help(found.help)
    if found.unconfirmed_count and ReminderKind.UNCONFIRMED in plan.site:
        yield Pile("待确认收到", found.unconfirmed_count, f"{due}?bucket=unconfirmed")
    if suggested := suggestions.pile(actor, NAMED):
        yield suggested
    if count := selectors.unassigned(actor).count():
        yield Pile("待分办", count, reverse("applications:routing"))


def _help(rows: Sequence[helping.Help]) -> Pile:
    items = [Item(f"{one.number} {one.words}".strip(), one.url) for one in rows[:NAMED]]
    late = any(one.late for one in rows)
    url = f"{reverse('applications:desk')}#ap-help"
    return Pile("协办、协助查询待反馈", len(rows), url, items, urgent=late)


def _cases(rows: Sequence[Urgent]) -> list[Item]:
    return [
        Item(
            f"{row.case.register_no}，{_last(row.case)}",
            reverse("applications:case", args=[row.case.pk]),
        )
        for row in rows
    ]


def _last(case: Case) -> str:
    if case.due is not None:
        return f"最晚{case.due:%-m月%-d日}"
    return f"不早于{case.not_before:%-m月%-d日}（暂计）"


def _papers(papers: Sequence[Paper]) -> list[Item]:
    return [
        Item(
            f"{one.letter.case.register_no} {one.kind}" + (f"，致{one.to}" if one.to else ""),
            reverse("applications:letter", args=[one.letter.case_id, one.letter.pk]),
        )
        for one in papers[:NAMED]
    ]
