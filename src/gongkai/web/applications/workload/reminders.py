"""Who is reminded of what today, and by which ways: mail and text message here, the site on its home page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongkai.law.calendar import published
from gongkai.web.agencies.models import Person
from gongkai.web.agencies.selectors import deputies
from gongkai.web.applications import selectors
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.letters import signing
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import OPEN, Case, Letter, ReminderKind, ReminderPlan, State
from gongkai.web.applications.workload import addressed, helping
from gongkai.web.common import outbox, workdays
from gongkai.web.common.days import chinese
from gongkai.web.common.sms import outbox as sms_outbox
from gongkai.web.common.sms.templates import Template

SMS: Final = Template(
    "applications.remind",
    "工作日上午8时30分发给选择了短信提醒的工作人员",
    "依申请公开有{count}件事项等您办理，其中今天到期和逾期{urgent}件，最急的登记号{number}，请登录系统办理：{site}",
)
#: Lines of one mail; what is beyond stands in the list it leads to.
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that waits. ``key`` changes when it becomes more urgent; ``day``: its last day, if known;
    of a call the day since when it waits.

    ``number``: the application's; empty for what is of none.
    """

    kind: str
    key: str
    number: str
    words: str
    day: date | None = None
    overdue: bool = False

    @property
    def line(self) -> str:
        """As it stands in a mail."""
        return f"{self.number}号　{self.words}" if self.number else self.words

    def pressing(self, today: date) -> bool:
        """Whether its last day is today or over."""
        dated = self.kind == ReminderKind.HELP and self.day is not None and self.day <= today
        return dated or self.kind == ReminderKind.URGENT


def works(day: date) -> bool:
    """Whether offices work on a day: by the notice; in a year without one Mondays to Fridays, provisionally.

    For reminders and messages alone: a deadline is never counted so.
    """
    working = published().look(day).working
    return workdays.by_week(day) if working is None else working


def plan_of(person_id: int | None) -> ReminderPlan:
    """What a person has chosen, or, not saved, what holds for who has chosen nothing."""
    return ReminderPlan.objects.filter(person_id=person_id or 0).first() or ReminderPlan()


def horizon(today: date, ahead: int) -> date:
    """The last day that is so many working days away, provisionally where the year is not published."""
    return published().reach(today, ahead).day


def of_everybody(today: date) -> dict[int, list[Entry]]:
    """What waits for each person, by id, the most urgent first; for who is away, for their deputies.

    A case goes to its handler; while nobody handles it, or who did has left the agency or its applications,
    to the clerks.
    """
    found: dict[int, dict[str, Entry]] = defaultdict(dict)
    for person, entry in [*_cases(today), *_papers(today), *_help(today), *_calls(today)]:
        found[person][entry.key] = entry
    for absent, acting in deputies(list(found), today).items():
        theirs = found.pop(absent)
        for person in acting:
            found[person] |= theirs
    return {person: sorted(entries.values(), key=_urgency) for person, entries in found.items()}


def _urgency(entry: Entry) -> tuple[bool, date]:
    return entry.day is None, entry.day or date.max


def _cases(today: date) -> Iterator[tuple[int, Entry]]:
    until = horizon(today, ReminderPlan.MOST)
    near = Q(due__lte=until) | Q(state=State.UNCONFIRMED)
    near |= Q(state=State.RUNNING, due=None, not_before__lte=until)
    people = helping.People(today)
    for case in Case.objects.filter(state__in=OPEN).filter(near).select_related("agency").order_by("id"):
        entry = _entry(case, today)
        for person in people.of(case.agency, case.handler_id):
            yield person, entry


def _entry(case: Case, today: date) -> Entry:
    if case.state == State.UNCONFIRMED:
        kind, stage, words = ReminderKind.UNCONFIRMED, "unconfirmed", "待与申请人确认收到"
    elif selectors.perhaps_over(case, today):
        kind, stage = ReminderKind.URGENT, "perhaps"
        words = f"可能已到期：节假日安排尚未公布，暂计不早于{chinese(case.not_before)}"
    elif case.due is None:
        kind, stage = ReminderKind.SOON, "provisional"
        words = f"期限待节假日安排公布后确定，暂计不早于{chinese(case.not_before)}"
    elif case.due > today:
        kind, stage, words = ReminderKind.SOON, "soon", _left(case, today)
    else:
        kind, words = ReminderKind.URGENT, _left(case, today)
        stage = "today" if case.due == today else "overdue"
    day = case.due or case.not_before
    key = f"case:{case.pk}:{stage}:{day or ''}"
    return Entry(kind, key, case.register_no, words, day, overdue=stage == "overdue")


def _left(case: Case, today: date) -> str:
    left = selectors.left(case, today)
    if left is None:  # the days between lie in a year nobody has published
        return f"最晚{chinese(case.due)}答复"
    if case.due is not None and case.due < today:
        # On the days off after the last day no working day is late yet, and the last day is over.
        return f"逾期{-left}个工作日" if left else f"已过最后期限{chinese(case.due)}"
    return f"剩{left}个工作日" if left else "今天到期"


def _papers(today: date) -> Iterator[tuple[int, Entry]]:
    """Letters that wait for a signature, for each person who may give it."""
    for letter in signing.under_way(Letter.objects.all()):
        now = signing.progress(letter, today)
        step = now.next_step
        for person in step.people if step else ():
            if step and now.refusal(person) is None:
                to = addressed.place(letter)
                words = f"{kinds()[letter.kind].name}{f'（致{to}）' if to else ''}等您{step.name}"
                key = f"letter:{letter.pk}:{step.name}"
                yield (
                    person,
                    Entry(ReminderKind.SIGNING, key, letter.case.register_no, words, letter.case.due),
                )


def _help(today: date) -> Iterator[tuple[int, Entry]]:
    """Help with a date, for each whom it concerns."""
    for one in helping.waiting(today, horizon(today, ReminderPlan.MOST)):
        entry = Entry(ReminderKind.HELP, one.key, one.number, one.words, one.day, overdue=one.late)
        for person in one.people:
            yield person, entry


def _calls(today: date) -> Iterator[tuple[int, Entry]]:
    """Applicants to be told by telephone, for who handles the case, also after its end."""
    people = helping.People(today)
    for notice in undelivered.waiting().filter(undelivered.CALLS):
        words = f"电话告知申请人：{notice.get_about_display()}"
        since = timezone.localdate(notice.call_since)
        entry = Entry(ReminderKind.CALLS, f"call:{notice.pk}", notice.case.register_no, words, since)
        for person in people.of(notice.case.agency, notice.case.handler_id):
            yield person, entry


def remind(person_id: int, entries: Sequence[Entry], today: date) -> None:
    """Write a person's mail and message of the day into the outboxes, as they have chosen; once a day.

    On a day off everything waits for the next working day, with one exception: what has become overdue since
    the last reminder is told at once, and once. Each further day late counts against the agency in court, and
    whoever learns of it on the Saturday can still act; told again every day of a long holiday it would only
    be noise. No year's holidays are guessed: where they are not published, Mondays to Fridays count.
    """
    with transaction.atomic():
        ReminderPlan.objects.get_or_create(person_id=person_id)
        plan = ReminderPlan.objects.select_for_update().select_related("person").get(person_id=person_id)
        if plan.told_on == today or not plan.person.is_active:
            return
        working = works(today)
        near = _near(plan, entries, today)
        wanted = near if working else [one for one in near if one.overdue and one.key not in plan.told]
        _by_mail(plan, [one for one in wanted if one.kind in plan.mail], today)
        _by_sms(plan, [one for one in wanted if one.kind in plan.sms], today)
        plan.told = [one.key for one in near] if working else [*plan.told, *(one.key for one in wanted)]
        plan.told_on = today
        plan.save(update_fields=["told", "told_on"])


def _near(plan: ReminderPlan, entries: Iterable[Entry], today: date) -> list[Entry]:
    """Without what is further away than the person wants to know."""
    until = horizon(today, plan.ahead)
    dated = {ReminderKind.SOON, ReminderKind.HELP}
    return [one for one in entries if one.kind not in dated or (one.day is not None and one.day <= until)]


def _is_due(plan: ReminderPlan, entries: Sequence[Entry]) -> bool:
    """Whether there is anything to say now: anything at all, or anything new."""
    if plan.rhythm == ReminderPlan.Rhythm.DAILY:
        return bool(entries)
    return any(one.key not in plan.told for one in entries)


def _by_mail(plan: ReminderPlan, entries: Sequence[Entry], today: date) -> None:
    person: Person = plan.person
    if not person.email or not _is_due(plan, entries):
        return
    lines = [one.line for one in entries[:_MOST]]
    if len(entries) > _MOST:
        lines.append(f"……共{len(entries)}件，其余请在系统中查看")
    outbox.post(
        person.email,
        f"依申请公开：{len(entries)}件需要办理",
        f"{person.name}：\n\n"
        + "\n".join(lines)
        + f"\n\n以上截至{chinese(today)}。请到系统办理：{_url('applications:desk')}\n"
        f"修改提醒方式：{_url('applications:reminders')}\n",
    )


def _by_sms(plan: ReminderPlan, entries: Sequence[Entry], today: date) -> None:
    if not _is_due(plan, entries):
        return
    sms_outbox.post(plan.mobile, SMS.name, _values(entries, today))


def _values(entries: Sequence[Entry], today: date) -> Mapping[str, str]:
    return {
        "count": str(len(entries)),
        "urgent": str(sum(one.pressing(today) for one in entries)),
        "number": next((one.number for one in entries if one.number), "见系统"),
        "site": _url("applications:desk"),
    }


def _url(name: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name)}"


def erase(person: Person) -> int:
    """A person's choice goes with the person: it holds a mobile number."""
    return ReminderPlan.objects.filter(person=person).delete()[0]
