"""Applications to make in tests. The identity numbers are invented and pass their check digits."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.law.case import Channel
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import RegisterByStaff, Submit, Submitted
from gongkai.web.applications.models import Case
from gongkai.web.applications.receiving import intake
from gongkai.web.common.actor import Actor
from tests.report.read.pdf_bare import bare_pdf, show

IDENTITY = "11010519491231002X"
CREDIT_CODE = "91110000600037341L"
#: A file with a page of text, as any office hands in or out.
PDF = bare_pdf(show("Programme of works", 72, 700))


def requester(**changes: Any) -> intake.Requester:
    given = intake.Requester(
        kind="natural_person",
        name="陈一心",
        identity_kind="identity_card",
        identity_number=IDENTITY,
        phone="0577-63700000",
        email="chen@example.cn",
    )
    return replace(given, **changes)


def request(who: intake.Requester | None = None, **changes: Any) -> intake.Request:
    given = intake.Request(
        requester=who or requester(), subject="昆阳镇2023年土地征收补偿安置方案", details="平征补〔2023〕5号"
    )
    return replace(given, **changes)


def submit(agency: Agency, wanted: intake.Request | None = None) -> Submitted:
    return Submit(Actor.of(None), agency=agency, request=wanted or request()).run()


def register(
    actor: Actor, agency: Agency, on: date, wanted: intake.Request | None = None, **more: Any
) -> Case:
    given = wanted or request(channel=Channel.IN_PERSON)
    return RegisterByStaff(actor, agency=agency, request=given, received_on=on, **more).run().case


def today() -> date:
    return timezone.localdate()
