"""Reasons asked for (条例 35): the page of the case says what is asked and until when, and takes them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.web.applications.actions import DeliverLetter
from gongkai.web.applications.models import Case
from gongkai.web.applications.receiving import reasons
from gongkai.web.common.models import AuditEntry
from tests.web.applications.asking import PDF
from tests.web.applications.playing import Office, confirmed, on
from tests.web.applications.test_portal_guidance import followed
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

DAY = date(2024, 3, 8)
TYPED = {"数量频次": "今年已提出30件", "期限": "7"}
GIVE = reverse("portal:act_on_case", args=["reasons"])


@pytest.fixture
def asked(town: Town, office: Office) -> Case:
    case = confirmed(town)
    office.send(case, "reasons", TYPED, DAY)
    return case


def give(client: Client, case: Case, text: str, **more: object) -> tuple[int, str]:
    answer = client.post(GIVE, {"case": case.pk, "number": case.register_no, "text": text, **more})
    return answer.status_code, answer.content.decode()


def test_the_page_asks_for_them_with_the_last_day_the_letter_first(asked: Case) -> None:
    with on(DAY):
        _, page = followed(asked)
    assert '受理机关请您<a href="#reasons">说明理由</a>。最晚2024年3月19日说明。' in page
    assert (
        page.index("政府信息公开申请说明理由告知书")
        < page.index('<h2 id="reasons">')
        < page.index('id="days"')
    )
    assert "也可以书面寄到或当面交到" in page


def test_they_are_given_once_with_words_and_papers(town: Town, asked: Case) -> None:
    with on(date(2024, 3, 11)):
        client, _ = followed(asked)
        for _ in range(2):
            status, _ = give(client, asked, "用于\r\n研究", files=SimpleUploadedFile("课题.pdf", PDF))
            assert status == 302
        page = client.get(reverse("portal:followed")).content.decode()
        status, refused = give(client, asked, "别的理由")
        assert (status, "现在没有需要说明的理由" in refused) == (409, True)
        desk = signed_in(town.clerk).get(reverse("applications:case", args=[asked.pk])).content.decode()
    assert "已收到您于2024年3月11日说明的理由" in page
    assert 'id="giving"' not in page
    event = asked.events.get(kind="reasons_given")
    assert (event.note, event.on, event.recorded_by) == ("用于\n研究", date(2024, 3, 11), None)
    assert asked.attachments.get(purpose="reasons").name == "课题.pdf"
    assert "用于<br>研究" in desk
    told = AuditEntry.objects.filter(code="applications.give_reasons")
    assert told.count() == 2
    assert not any("研究" in str(one.details) for one in told), "the applicant's words are not in the log"


def test_what_is_refused_comes_back_with_its_words(asked: Case) -> None:
    with on(DAY):
        client, _ = followed(asked)
        status, page = give(client, asked, "\u200b ")
        assert (status, "没有填写理由" in page) == (409, True)
        assert '<a href="#reasons-text">申请的理由</a>' in page
        status, page = give(client, asked, "长" * 5001)
        assert (status, f"{'长' * 5001}</textarea>" in page) == (409, True)
        status, page = give(client, asked, "用于研究", files=SimpleUploadedFile("x.exe", b"MZ"))
        assert (status, "用于研究</textarea>" in page) == (409, True)
    assert reasons.wanted(asked) is not None


def test_late_they_are_taken_until_there_is_a_reply(office: Office, asked: Case) -> None:
    with on(date(2024, 3, 20)):
        client, page = followed(asked)
        assert "说明理由的期限到2024年3月19日，已过" in page
        assert give(client, asked, "住院了")[0] == 302
    office.reply(asked, "provided", date(2024, 3, 21))
    with on(date(2024, 3, 22)):
        client, page = followed(asked)
        assert "说明的理由，由受理机关审查" not in page, "the reply is there"
        assert give(client, asked, "再说")[0] == 409


def test_posted_no_term_runs_before_its_receipt_is_recorded(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(DAY):
        letter = office.letter(case, "reasons", TYPED)
        posted = {"way": "post", "tracking": "XA123456789CN", "elsewhere": True}
        DeliverLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, on=DAY, **posted).run()
        _, page = followed(case)
    assert "请自收到说明理由告知书之日起7个工作日内说明" in page
    assert "登记之前期限不起算" in page


def test_nobody_is_asked_where_no_reasons_are_wanted(town: Town) -> None:
    case = confirmed(town)
    with on(DAY):
        client, page = followed(case)
        assert give(client, case, "理由")[0] == 409
    assert 'id="reasons"' not in page
