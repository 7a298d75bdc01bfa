"""What letters say of the application: how it came (条例 31), what was corrected (30), who was asked when."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from gongkai.documents.docx import to_docx
from gongkai.law.case import Channel
from gongkai.web.applications import clock
from gongkai.web.applications.actions import (
    AddParty,
    DeliverLetter,
    DraftLetter,
    RecordAnswer,
    RecordEvent,
    VoidEvent,
)
from gongkai.web.applications.alike import same_words
from gongkai.web.applications.letters import check, compose, making, values
from gongkai.web.applications.letters.kinds import REPLY, decisions, kinds
from gongkai.web.applications.letters.recital import came_in, corrected, handed_in
from gongkai.web.applications.models import Case, CaseEvent, Letter
from gongkai.web.applications.receiving import corrections
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import CREDIT_CODE, register, request, requester, submit
from tests.web.applications.playing import CHINA, START, Office, confirmed, on
from tests.web.applications.reading import words
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

LATER = date(2024, 3, 6)


def by(town: Town, channel: Channel, day: date = START) -> Case:
    return register(town.as_clerk, town.agency, day, request(channel=channel))


def draft(town: Town, case: Case, kind: str, outcome: str = "", **typed: str) -> Letter:
    return DraftLetter(town.as_clerk, case_id=case.pk, kind=kind, typed=typed, outcome=outcome).run()


def test_a_body_is_addressed_as_one(town: Town) -> None:
    who = requester(
        kind="business", name="某某建材有限公司", identity_kind="credit_code", identity_number=CREDIT_CODE
    )
    with on(LATER):
        case = register(town.as_clerk, town.agency, START, request(who, channel=Channel.IN_PERSON))
        for code, kind in kinds().items():
            if kind.to != "applicant":
                continue
            for outcome in decisions() if code == REPLY else ("",):
                typed = {field.name: field.choices[0] if field.choices else "15" for field in kind.fields}
                given = values.of(
                    case, kind, typed | {"延至": "2024-05-06"}, dated=LATER, outcome_code=outcome
                )
                said = words(to_docx(compose.paper(kind, given | {"征求日期": "某日"}, LATER)))
                assert "您" not in said, (code, outcome)
                assert "{" not in said
                assert "贵单位于2024年3月4日当面提交的政府信息公开申请" in said


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        (Channel.IN_PERSON, "您于2024年3月4日当面提交的政府信息公开申请，本机关于当日收到"),
        (Channel.SIGNED_MAIL, "您邮寄的政府信息公开申请，本机关于2024年3月4日签收"),
        (Channel.ORDINARY_MAIL, "您邮寄的政府信息公开申请于2024年3月4日送到本机关，尚待本机关与您确认收到"),
        (Channel.INTERNET, "您于2024年3月4日通过互联网提交的政府信息公开申请，尚待本机关与您确认收到"),
        (Channel.FAX, "您于2024年3月4日以传真提交的政府信息公开申请，尚待本机关与您确认收到"),
    ],
)
def test_a_receipt_says_what_is_known_of_the_day_of_receipt(town: Town, channel: Channel, said: str) -> None:
    with on(LATER):
        case = by(town, channel)
        letter = draft(town, case, "receipt")
        printed = words(making.make(letter, LATER).docx)
    assert said in printed
    if channel.needs_confirmation:
        assert "自本机关与您确认收到之日起计算" in printed
        assert "自收到申请之日起20个工作日" not in printed
    else:
        assert "自收到申请之日起20个工作日内答复" in printed


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        (Channel.ORDINARY_MAIL, "于2024年3月4日送到本机关，本机关于2024年3月6日与您确认收到"),
        (
            Channel.INTERNET,
            "您于2024年3月4日通过互联网提交的政府信息公开申请，本机关于2024年3月6日与您确认收到",
        ),
    ],
)
def test_once_confirmed_it_names_both_days(town: Town, channel: Channel, said: str) -> None:
    with on(LATER):
        case = by(town, channel)
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=LATER).run()
        assert said in came_in(Case.objects.get(pk=case.pk))


def test_the_day_is_that_of_the_place_not_of_greenwich(town: Town) -> None:
    with time_machine.travel(datetime(2024, 3, 5, 2, tzinfo=CHINA), tick=False):
        case = submit(town.agency).case
        assert handed_in(case) == date(2024, 3, 5)
        assert (
            "您于2024年3月5日通过互联网提交"
            in making.values_of(draft(town, case, "receipt"), START)["收到情况"]
        )


def asked_to_correct(town: Town) -> Case:
    case = confirmed(town)
    Office(town).send(case, "correction", {"补正事项": "写明地块", "期限": "15"}, LATER)
    return case


def test_a_correction_entered_by_staff_joins_the_application(town: Town) -> None:
    case = asked_to_correct(town)
    before, twin = Case.objects.get(pk=case.pk).plain_text, confirmed(town)
    assert same_words.alike(twin).count() == 1
    with on(date(2024, 3, 11)):
        url = reverse("applications:act", args=[case.pk, "corrected"])
        client = signed_in(town.clerk)
        empty = client.post(url, {"on": "2024-03-11", "revision": Case.objects.get(pk=case.pk).revision})
        assert empty.status_code == 422
        assert "没有补正的内容" in empty.content.decode()
        given = {
            "on": "2024-03-11", "text": "只要乙地块", "note": "当面交来",
            "revision": Case.objects.get(pk=case.pk).revision,
        }  # fmt: skip
        assert client.post(url, given).status_code == 302
    case = Case.objects.get(pk=case.pk)
    assert case.details == "平征补〔2023〕5号\n【2024年3月11日补正】只要乙地块"
    assert case.plain_text != before
    assert same_words.alike(twin).count() == 0, "not found beside what was asked before"
    with on(date(2024, 3, 20)):
        printed = words(
            making.make(
                draft(town, case, "reply", outcome="provided", 查明事实="已检索"), date(2024, 3, 20)
            ).docx
        )
    assert (
        "本机关于2024年3月6日告知您补正，于2024年3月11日收到您的补正，补正内容为：“只要乙地块”。" in printed
    )


def test_a_correction_entered_wrongly_is_marked_and_recited_no_more(town: Town) -> None:
    case = asked_to_correct(town)
    with on(date(2024, 3, 12)):
        RecordEvent(
            town.as_clerk, case_id=case.pk, kind="corrected", on=date(2024, 3, 11), text="另一人的"
        ).run()
        wrong = CaseEvent.objects.get(case=case, kind="corrected")
        VoidEvent(town.as_clerk, case_id=case.pk, event_id=wrong.pk, reason="录错了件").run()
        RecordEvent(
            town.as_clerk, case_id=case.pk, kind="corrected", on=date(2024, 3, 11), text="甲地块\n和乙地块"
        ).run()
    case = Case.objects.get(pk=case.pk)
    assert "【2024年3月11日补正（登记有误，已更正）】另一人的" in case.details
    assert corrections.text_of(case, date(2024, 3, 11)) == "甲地块\n和乙地块"
    assert corrections.text_of(case, date(2024, 3, 12)) == ""


def test_a_long_correction_is_named_by_its_day(town: Town) -> None:
    case = asked_to_correct(town)
    with on(date(2024, 3, 11)):
        RecordEvent(
            town.as_clerk, case_id=case.pk, kind="corrected", on=date(2024, 3, 11), text="长" * 201
        ).run()
    assert (
        corrected(Case.objects.get(pk=case.pk))
        == "本机关于2024年3月6日告知您补正，于2024年3月11日收到您的补正。"
    )


def consulting(town: Town, office: Office, case: Case, day: date) -> None:
    with on(day):
        asked = AddParty(town.as_clerk, case_id=case.pk, party="third_party", name="某地产公司").run()
    typed = {"征求内容": "补偿协议", "权益": "商业秘密"}
    office.send(case, "consult_third_party", typed, day, consultation_id=asked.pk)


def test_the_applicant_is_told_the_recorded_day_of_the_consultation(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(LATER):
        early = draft(town, case, "consult_notice", 征求原因="涉及商业秘密", 征求日期="2024-01-01")
        assert any("征求意见书还没有送达" in text for text in check.problems(early, LATER))
    consulting(town, office, case, date(2024, 3, 7))
    with on(date(2024, 3, 8)):
        assert check.problems(early, date(2024, 3, 8)) == []
        printed = words(making.make(Letter.objects.get(pk=early.pk), date(2024, 3, 8)).docx)
    assert "本机关已于2024年3月7日书面征求其意见" in printed
    assert "2024年1月1日" not in printed


EXTENSION = {"延期理由": "需要检索的档案较多", "期限": "20"}


def test_an_extension_overtaken_by_a_consultation_is_not_delivered(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(LATER):
        letter = office.letter(case, "extension", EXTENSION)
    consulting(town, office, case, date(2024, 3, 8))
    with on(date(2024, 3, 11)):
        deliver = DeliverLetter(
            town.as_clerk, case_id=case.pk, letter_id=letter.pk, way="hand", on=date(2024, 3, 11)
        )
        with pytest.raises(ActionRefused, match="文书不能送达：现在算不出延长后的期限"):
            deliver.run()
    letter.refresh_from_db()
    assert letter.state == "signed"
    assert not case.events.filter(kind="extended").exists()


def test_an_extension_whose_day_moved_is_not_delivered(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(LATER):
        letter = office.letter(case, "extension", EXTENSION)
    consulting(town, office, case, date(2024, 3, 8))
    with on(date(2024, 3, 13)):
        RecordAnswer(
            town.as_clerk, case_id=case.pk, consultation_id=case.consultations.get().pk, answer="agrees",
            on=date(2024, 3, 13),
        ).run()  # fmt: skip
        with pytest.raises(ActionRefused, match="签发时写的新期限是“2024年4月29日”，现在应为“2024年5月"):
            DeliverLetter(
                town.as_clerk, case_id=case.pk, letter_id=letter.pk, way="hand", on=date(2024, 3, 13)
            ).run()
        # What was handed over before the consultation, and is recorded now, said what held on that day.
        DeliverLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, way="hand", on=LATER).run()
        assert clock.account(Case.objects.get(pk=case.pk)).due is not None


def test_an_extension_that_still_holds_is_delivered(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(LATER):
        letter = office.letter(case, "extension", EXTENSION)
        promised = making.values_of(letter, LATER)["新期限"]
    with on(date(2024, 3, 8)):
        DeliverLetter(
            town.as_clerk, case_id=case.pk, letter_id=letter.pk, way="hand", on=date(2024, 3, 8)
        ).run()
    due = Case.objects.get(pk=case.pk).due
    assert due is not None
    assert promised == f"{due.year}年{due.month}月{due.day}日"
