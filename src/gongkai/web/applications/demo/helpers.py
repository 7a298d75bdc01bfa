"""Help with a date, and a mail that did not arrive: what the demo's people are told beside their cases."""

from dataclasses import replace
from typing import Final

from django.utils import timezone

from gongkai.law.calendar import published
from gongkai.web.agencies.demo import MAIL
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import AskSection, RecordAssistance, Submit
from gongkai.web.applications.models import Case, State
from gongkai.web.applications.receiving import intake
from gongkai.web.common.actor import Actor
from gongkai.web.common.models import OutboxMail, QueuedTask

#: Working days to the day a section, and the town, are to answer by.
_SECTION: Final = 2
_ASKED: Final = 3
_REFUSED: Final = "gongkai.web.common.outbox.MailRefused: SMTPRecipientsRefused 550"


def load(town: Agency, clerk: Actor, helper: Actor) -> None:
    """A section is asked about a case that runs, another agency asks the town."""
    today = timezone.localdate()
    case = Case.objects.filter(agency=town, state=State.RUNNING, due__gt=today).order_by("due", "id").last()
    if case is not None:
        AskSection(
            clerk, case_id=case.pk, section="示例农业服务中心", question="请查找并提供有关台账的复制件。",
            answer_by=published().reach(today, _SECTION).day, helper_id=helper.person_id,
        ).run()  # fmt: skip
    RecordAssistance(
        clerk, agency=town, from_agency="示例县人民法院", document_no=f"示法函〔{today.year}〕8号",
        subject="请协助查询示例村土地承包合同的签订情况。", received_on=today,
        answer_by=published().reach(today, _ASKED).day,
    ).run()  # fmt: skip


def refused(town: Agency, wanted: intake.Request) -> None:
    """An application over the internet whose receipt goes to an address that nobody has, as it stands when
    the mail server has refused it to the last.
    """
    who = replace(wanted.requester, email=f"meiyouzhege@{MAIL}")
    case = Submit(Actor.of(None), agency=town, request=replace(wanted, requester=who)).run().case
    number, now = case.notices.get().mail_id, timezone.now()
    sending = QueuedTask.objects.filter(name="common.send_mail", payload__mail_id=number)
    sending.update(state=QueuedTask.State.FAILED, finished_at=now, error=_REFUSED)
    OutboxMail.objects.filter(notice__case=case).update(failed_at=now)
