"""A posted letter that comes back goes out once more, and its file tells of both."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.law.case import Kind
from gongkai.web.applications import clock
from gongkai.web.applications.actions import DeliverAgain, DeliverLetter, RecordArrival
from gongkai.web.applications.delivery import reached
from gongkai.web.applications.models import Attachment, Case, Letter, Purpose, Redelivery
from gongkai.web.applications.papers import register_sheet
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import PDF
from tests.web.applications.playing import START, Office, confirmed, on
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

BACK, AGAIN = date(2024, 3, 11), date(2024, 3, 12)


def posted(town: Town, office: Office, way: str = "post") -> Letter:
    case = confirmed(town)
    with on(START):
        letter = office.letter(case, "correction", {"补正事项": "请写明年度。", "期限": "15"})
        DeliverLetter(
            town.as_clerk, case_id=case.pk, letter_id=letter.pk, way=way, on=START, tracking="XA1234567890"
        ).run()
    return Letter.objects.get(pk=letter.pk)


def once_more(town: Town, letter: Letter, **changed: Any) -> DeliverAgain:
    given: dict[str, Any] = {"returned_on": BACK, "why": "unknown", "way": "hand", "on": AGAIN} | changed
    return DeliverAgain(town.as_clerk, case_id=letter.case_id, letter_id=letter.pk, **given)


def test_both_ways_are_on_file_and_the_term_runs_from_receipt(town: Town, office: Office) -> None:
    letter = posted(town, office)
    clerk, page = signed_in(town.clerk), reverse("applications:case", args=[letter.case_id])
    url = reverse("applications:act_on", args=[letter.case_id, "deliver-again", letter.pk])
    with on(AGAIN):
        assert url in clerk.get(page).content.decode()
        given = {
            "returned_on": "2024-03-11", "why": "unknown", "way": "hand", "on": "2024-03-12",
            "proof": SimpleUploadedFile("信封和回证.pdf", PDF),
            "revision": Case.objects.get(pk=letter.case_id).revision,
        }  # fmt: skip
        assert clerk.post(url, given).status_code == 302
        shown = clerk.get(page).content.decode()
        assert "2024年3月11日退回（地址不详或查无此人），2024年3月12日当面送达" in shown
        assert url not in shown, "what was handed over does not come back"
    case = Case.objects.get(pk=letter.case_id)
    assert Redelivery.objects.get().proof == Attachment.objects.get(purpose=Purpose.PROOF)
    assert case.events.get(kind=Kind.CORRECTION_REQUESTED).on == START, "the agency's own term"
    assert clock.account(case, AGAIN).terms[-1].until is None, "nobody has said when it was received"
    assert reached.of_letter(letter) == AGAIN, "a remedy runs from the day it was signed for"
    with on(AGAIN):
        event = case.events.get(kind=Kind.CORRECTION_REQUESTED)
        RecordArrival(town.as_clerk, case_id=case.pk, event_id=event.pk, on=AGAIN).run()
    assert clock.account(case, AGAIN).terms[-1].until == date(2024, 4, 2)
    sheet = register_sheet.values(case, AGAIN)["送达"]
    assert "2024-03-04邮寄（邮政企业），邮件号码XA1234567890" in sheet
    assert "2024-03-11退回（地址不详或查无此人），再次送达2024-03-12当面送达" in sheet


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"returned_on": date(2024, 3, 3)}, "上一次送出之后"),
        ({"on": date(2024, 3, 10)}, "在退回之后"),
        ({"on": date(2024, 3, 13)}, "不晚于今天"),
        ({"why": "lost"}, "退回的原因"),
        ({"way": "online"}, "再次送达的方式"),
        ({"way": "post"}, "没有填写邮件号码"),
    ],
)
def test_what_cannot_have_been(town: Town, office: Office, changed: dict[str, Any], said: str) -> None:
    letter = posted(town, office)
    with on(AGAIN), pytest.raises(ActionRefused, match=said):
        once_more(town, letter, **changed).run()


def test_what_was_handed_over_or_received_does_not_come_back(town: Town, office: Office) -> None:
    by_hand = posted(town, office, "hand")
    with on(AGAIN), pytest.raises(ActionRefused, match="不是邮寄的"):
        once_more(town, by_hand).run()
    by_post = posted(town, office)
    event = by_post.events.get()
    with on(AGAIN):
        RecordArrival(town.as_clerk, case_id=by_post.case_id, event_id=event.pk, on=BACK).run()
        with pytest.raises(ActionRefused, match="已登记收件人于2024年3月11日收到"):
            once_more(town, by_post).run()


def test_a_letter_can_come_back_more_than_once(town: Town, office: Office) -> None:
    letter = posted(town, office)
    with on(AGAIN):
        once_more(town, letter, way="post", on=BACK, tracking="XA2").run()
        once_more(town, letter, returned_on=AGAIN, why="refused").run()
        with pytest.raises(ActionRefused, match="不是邮寄的"):
            once_more(town, letter, returned_on=AGAIN).run()
    assert [one.way for one in Redelivery.objects.all()] == ["post", "hand"]


def test_the_reply_of_an_ended_case_comes_back_too(town: Town, office: Office) -> None:
    case = confirmed(town)
    typed = {"查明事实": "已检索档案。", "理由": "本机关没有制作过。"}
    with on(START):
        letter = office.letter(case, "reply", typed, outcome="not_existing")
        given = {"way": "post", "on": START, "tracking": "XA1"}
        DeliverLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, **given).run()
    letter = Letter.objects.get(pk=letter.pk)
    assert reached.of_letter(letter) is None, "posted, nobody knows the day"
    with on(AGAIN):
        page = signed_in(town.clerk).get(reverse("applications:case", args=[case.pk])).content.decode()
        url = reverse("applications:act_on", args=[case.pk, "deliver-again", letter.pk])
        assert url in page
        assert signed_in(town.clerk).get(url).status_code == 200
        once_more(town, letter).run()
    assert reached.of_letter(letter) == AGAIN
    assert Case.objects.get(pk=case.pk).closed_on == START, "in time by the day of the first posting"
