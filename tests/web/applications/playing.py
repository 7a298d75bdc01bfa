"""Playing a case on the days it happens: what the people of the town do, each with their own sign-in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

import time_machine

from gongkai.law.calendar import published
from gongkai.web.applications.actions import (
    AddParty,
    DecideOnParty,
    DeliverLetter,
    DraftLetter,
    RecordAnswer,
    RecordEvent,
    SignLetter,
)
from gongkai.web.applications.models import Case, Consultation, Letter
from gongkai.web.applications.receiving import intake
from tests.web.applications.asking import PDF, request, submit
from tests.web.reporting.people import Town

CHINA = ZoneInfo("Asia/Shanghai")
START = date(2024, 3, 4)


@contextmanager
def on(day: date) -> Iterator[None]:
    with time_machine.travel(datetime(day.year, day.month, day.day, 10, tzinfo=CHINA), tick=False):
        yield


def workdays_after(day: date, count: int) -> date:
    return published().add(day, count)


class Office:
    """What the people of the town do, each with their own sign-in."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def letter(self, case: Case, kind: str, typed: dict[str, str], **more: object) -> Letter:
        town = self.town
        letter = DraftLetter(town.as_clerk, case_id=case.pk, kind=kind, typed=typed, **more).run()
        signers = {
            "reply": (town.as_clerk, town.as_head, town.as_secrecy, town.as_leader),
        }.get(kind, (town.as_clerk, town.as_head))
        for signer in signers:
            SignLetter(signer, case_id=case.pk, letter_id=letter.pk).run()
        letter.refresh_from_db()
        return letter

    def send(self, case: Case, kind: str, typed: dict[str, str], day: date, **more: object) -> Letter:
        with on(day):
            letter = self.letter(case, kind, typed, **more)
            DeliverLetter(self.town.as_clerk, case_id=case.pk, letter_id=letter.pk, way="hand", on=day).run()
        letter.refresh_from_db()
        return letter

    def consult(self, case: Case, day: date) -> Consultation:
        """A third party is asked in writing."""
        with on(day):
            party = AddParty(
                self.town.as_clerk, case_id=case.pk, party="third_party", name="某地产公司"
            ).run()
        self.send(
            case,
            "consult_third_party",
            {"征求内容": "补偿协议", "权益": "商业秘密"},
            day,
            consultation_id=party.pk,
        )
        return party

    def hear(self, party: Consultation, day: date, answer: str, decision: str = "") -> None:
        """It answers, and the agency decides."""
        given = {"case_id": party.case_id, "consultation_id": party.pk}
        with on(day):
            RecordAnswer(self.town.as_clerk, **given, answer=answer, on=day).run()
            if decision:
                DecideOnParty(self.town.as_clerk, **given, decision=decision, reason="见审查记录").run()

    def reply(self, case: Case, outcome: str, day: date) -> Letter:
        typed = {
            "查明事实": "本机关检索了档案室和业务科室的电子、纸质档案。",
            "理由": "详见附件说明。",
            "提供方式": "随本答复书一并提供。",
        }
        if outcome == "partial":
            typed["其余部分的依据"] = "属于四类过程性信息"
        if outcome == "repeat":
            typed["此前的答复"] = "2019年3月4日作出的昆公复〔2019〕3号"
        return self.send(case, "reply", typed, day, outcome=outcome)


def confirmed(town: Town, day: date = START) -> Case:
    """A citizen's application with a proof of identity, its receipt confirmed the same day."""
    with on(day):
        case = submit(town.agency, request(uploads=(intake.Upload("identity", "证.pdf", PDF),))).case
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=day).run()
    return Case.objects.get(pk=case.pk)
