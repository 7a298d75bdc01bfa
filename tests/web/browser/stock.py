"""A site with something on every page: reports in every state, years for the charts, an application."""

from datetime import date

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.base import ContentFile
from django.utils import timezone

from gongkai.web.agencies.models import Agency, Leave, Person, Post, Role
from gongkai.web.applications.actions import DraftLetter, GroupCases, RecordEvent, TakeInScan
from gongkai.web.applications.models import IncomingScan
from gongkai.web.applications.receiving import scans
from gongkai.web.common.actor import Actor
from gongkai.web.publishing.actions import AddItem, WithdrawItem
from gongkai.web.reporting.actions import AcceptFinding, Correct, Upload
from gongkai.web.reporting.models import Outcome, ReportRecord
from gongkai.web.reporting.states import State
from tests.web.applications.asking import register, request, requester, submit
from tests.web.applications.receiving.scanning import picture, upload
from tests.web.browser.conftest import SAMPLES
from tests.web.portal.conftest import keep, publish_invented, published, sample
from tests.web.publishing.conftest import entry
from tests.web.reporting.people import work

BROKEN = "txt/kunyang-pipes-blanks-at-end.txt"
_SINCE = date(2019, 5, 15)


def everybody(agencies: dict[str, Agency]) -> Person:
    """Somebody who may see every page: the site's administrator, with every post in 昆阳镇 and the county."""
    person = Person.objects.get(username="admin")
    for slug in ("kunyang", "pingyang"):
        for role in Role:
            Post.objects.create(person=person, agency=agencies[slug], role=role, from_day=_SINCE)
    today = timezone.localdate()
    clerk, leader = (Person.objects.get(username=f"kunyang-{end}") for end in ("clerk", "leader"))
    TOTP.activate(clerk, generate_totp_secret())
    Leave.objects.create(person=clerk, deputy=leader, from_day=today, until_day=today)
    gone = Person.objects.get(username="pingyang-leader")
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    return person


def reports(agencies: dict[str, Agency]) -> None:
    """The broken table, read, with a correction and an accepted finding; and one report in every state."""
    kunyang = agencies["kunyang"]
    clerk = Actor.of(Person.objects.get(username="kunyang-clerk"))
    data = (SAMPLES / BROKEN).read_bytes()
    Upload(clerk, agency=kunyang, year=2024, name="年报.txt", content=ContentFile(data, "年报.txt")).run()
    work()
    record = ReportRecord.objects.get()
    Correct(
        clerk, record_id=record.pk, path="applications.carried_out.total", value="1", reason="正文写明"
    ).run()
    record.refresh_from_db()
    assert record.current_version is not None
    row = next(one for one in record.current_version.findings if one["level"] == "error")
    AcceptFinding(clerk, record_id=record.pk, key=row["key"], reason="原报告如此").run()
    for number, state in enumerate(State):
        one_in(kunyang, 2023 - number, state)
    one_in(agencies["pingyang"], 2024, State.READ)
    published(agencies["dakou"], 2024, "html/kunyang.html", corrections={"applications.total.total": 20})
    published(agencies["dakou"], 2023)
    publish_invented(agencies["shili-qingshi"])


def application(agency: Agency) -> None:
    """An application to an agency, confirmed with the applicant, with a reply in draft."""
    clerk, today = Actor.of(Person.objects.get(username=f"{agency.slug}-clerk")), timezone.localdate()
    case = submit(agency).case
    RecordEvent(clerk, case_id=case.pk, kind="confirmed", on=today).run()
    DraftLetter(
        clerk, case_id=case.pk, kind="reply", typed={"查明事实": "已检索"}, outcome="not_existing"
    ).run()
    in_the_same_words(agency, clerk)


def in_the_same_words(agency: Agency, clerk: Actor) -> None:
    """Two people who ask for the same, grouped, one with a reply in draft; one more at the counter today."""
    today = timezone.localdate()
    people = (
        requester(name=name, identity_kind="other", identity_number=number)
        for name, number in (("顾清和", "1001"), ("沈知秋", "1002"))
    )
    first, second = (
        register(clerk, agency, today, request(who, subject="同样的内容", channel="in_person"))
        for who in people
    )
    others = ((second.pk, second.revision),)
    GroupCases(clerk, case_id=first.pk, others=others, reason="所需信息相同，申请人不同").run()
    typed = {"查明事实": "已检索", "提供方式": "随函附上"}
    DraftLetter(clerk, case_id=first.pk, kind="reply", outcome="provided", typed=typed).run()
    register(clerk, agency, today, request(subject="可以当场答复的事项", channel="in_person"))


def scanned(agency: Agency) -> None:
    """A letter that was scanned and waits to be entered, its words being recognised."""
    clerk = Actor.of(Person.objects.get(username=f"{agency.slug}-clerk"))
    ready = scans.prepared([upload("来信.jpg", picture())])
    made = TakeInScan(clerk, agency=agency, scanned=ready, said={"came_by": "signed_mail"}).run()
    IncomingScan.objects.filter(pk=made.pk).update(reading="asked")


def catalogue(agency: Agency) -> None:
    """Two published items; one of them was withdrawn."""
    clerk = Actor.of(Person.objects.get(username="kunyang-clerk"))
    AddItem(clerk, agency=agency, entry=entry()).run()
    other = entry(index_number="000014349/2024-00002", title="昆阳镇森林防火工作方案", number="")
    withdrawn = AddItem(clerk, agency=agency, entry=other).run()
    WithdrawItem(clerk, item_id=withdrawn.pk, reason="附件有误").run()


def one_in(agency: Agency, year: int, state: State) -> ReportRecord:
    """A report in a state, with what its page says there."""
    report, data = sample(BROKEN)
    record = keep(agency, year, report, data, "年报.txt")
    version = record.current_version
    assert version is not None
    version.engine_version = ReportRecord.objects.exclude(pk=record.pk).first().current_version.engine_version  # type: ignore[union-attr]
    if state in {State.UPLOADED, State.READING, State.UNREADABLE, State.EMPTY}:
        version.document, version.findings = None, []
    if state == State.UNREADABLE:
        version.outcome = Outcome.UNREADABLE
        version.error = {
            "message": "不是年度报告",
            "remedy": "请换一个文件",
            "place": "年报.txt",
            "code": "kind",
        }
    if state == State.CONFLICT:
        version.outcome, version.conflict = Outcome.CONFLICT, {"agency": "鳌江镇人民政府", "year": 2022}
    version.save()
    if state in {State.PUBLISHED, State.WITHDRAWING}:
        record.published_version, record.published_at = version, timezone.now()
    if state in {State.WITHDRAWING, State.WITHDRAWN}:
        record.withdrawal_reason = "数字有误"
        record.withdrawal_asked_by = Person.objects.get(username="kunyang-clerk")
        record.withdrawn_at = timezone.now() if state == State.WITHDRAWN else None
    if state == State.EMPTY:
        record.current_version = None
    record.state = state
    record.save()
    return record
