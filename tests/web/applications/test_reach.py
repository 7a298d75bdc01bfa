"""What an applicant, and who guesses a code, can reach of a case, and what stays inside."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.web.applications import clock, files
from gongkai.web.applications.actions import (
    AddFile,
    AddParty,
    DeliverLetter,
    DraftLetter,
    RecordAnswer,
    SignLetter,
)
from gongkai.web.applications.models import Attachment, Case
from gongkai.web.applications.receiving import drafts, intake
from gongkai.web.applications.receiving.codes import proof
from gongkai.web.portal.applications import in_hand
from tests.web.applications import by_form
from tests.web.applications.asking import PDF, register
from tests.web.applications.playing import START, Office, confirmed, on
from tests.web.reporting.people import Town


@pytest.fixture
def citizen() -> Client:
    return Client()


def paper(client: Client, one: Attachment, page_of: Case) -> int:
    return int(client.get(reverse("portal:paper", args=[one.pk]), {"case": page_of.pk}).status_code)


@pytest.mark.parametrize(("outcome", "reached"), [("provided", 200), ("partial", 200), ("third_party", 404)])
def test_files_reach_the_applicant_with_a_reply_that_grants_them(
    town: Town, office: Office, citizen: Client, outcome: str, reached: int
) -> None:
    case, other = confirmed(town), confirmed(town)
    given = {"case_id": case.pk}
    with on(date(2024, 3, 5)):
        ready, inner = (
            AddFile(
                town.as_clerk, **given, purpose=purpose, upload=intake.Upload(purpose, "某件.pdf", PDF)
            ).run()
            for purpose in ("disclosed", "internal")
        )
        party = AddParty(town.as_clerk, **given, party="third_party", name="晨曦公司").run()
    asked = office.send(
        case, "consult_third_party", {"征求内容": "协议", "权益": "商业秘密"}, date(2024, 3, 5),
        consultation_id=party.pk,
    )  # fmt: skip
    with on(date(2024, 3, 6)):
        answer = "objects" if outcome == "third_party" else "agrees"
        RecordAnswer(
            town.as_clerk, **given, consultation_id=party.pk, answer=answer, on=date(2024, 3, 6)
        ).run()
        typed = {"查明事实": "x", "理由": "x", "提供方式": "x"}
        typed |= {"其余部分的依据": "属于四类过程性信息"} if outcome == "partial" else {}
        draft = office.letter(case, "reply", typed, outcome=outcome)
        assert draft.pdf is not None
        citizen.post(reverse("portal:track"), {"number": case.register_no, "code": case.code})
        assert (paper(citizen, draft.pdf, case), paper(citizen, ready, case)) == (404, 404)
        page = citizen.get(reverse("portal:followed")).content.decode()
        assert "某件.pdf" not in page
        DeliverLetter(
            town.as_clerk, **given, letter_id=draft.pk, way="online", on=date(2024, 3, 6)
        ).run()  # fmt: skip
        assert (paper(citizen, draft.pdf, case), paper(citizen, ready, case)) == (200, reached)
        hidden = [inner, *other.attachments.all(), *case.attachments.filter(purpose="identity")]
        hidden += [one for one in (asked.pdf, asked.docx) if one]
        assert {paper(citizen, one, case) for one in hidden} == {404}
        page = citizen.get(reverse("portal:followed")).content.decode()
        assert ("某件.pdf" in page) is (reached == 200)
        assert asked.document_no not in page
        assert "晨曦" not in page
        assert paper(Client(), draft.pdf, case) == 302, "number and code are asked for"


def test_too_many_files_are_told_and_none_is_dropped(town: Town, office: Office, citizen: Client) -> None:
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "名称", "期限": "10"}, date(2024, 3, 6))
    from django.core.files.uploadedfile import SimpleUploadedFile

    with on(date(2024, 3, 7)):
        citizen.post(reverse("portal:track"), {"number": case.register_no, "code": case.code})
        sent = [SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(11)]
        url = reverse("portal:act_on_case", args=["correct"])
        answer = citizen.post(url, {"case": case.pk, "text": "补正", "files": sent})
        assert answer.status_code == 409
        assert "最多上传10个" in answer.content.decode()
        case.refresh_from_db()
        assert case.state == "awaiting_correction"
        sent = [SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(10)]
        assert citizen.post(url, {"case": case.pk, "text": "补正", "files": sent}).status_code == 302
    assert case.attachments.filter(purpose="correction").count() == 10


def test_a_draft_is_known_by_its_browser_alone(town: Town, citizen: Client) -> None:
    address = by_form.look(citizen, town.agency.slug)
    stranger = Client()
    for step in ("send", "found", "put_away", ""):
        assert stranger.post(address, {"step": step}).status_code == 404
    assert "陈一心" not in stranger.get(address).content.decode()
    token = in_hand.of(citizen.get(address).wsgi_request, address.split("/")[-2])
    assert token is not None
    assert token.token not in citizen.get(address).content.decode(), "the token stands in no page"
    assert Case.objects.count() == 0
    page, case = by_form.send(citizen, address)
    assert case.agency_id == town.agency.pk
    assert case.code in page
    assert case.code not in stranger.get(address).content.decode()


def test_a_guessed_code_opens_nothing_and_ends_nothing(town: Town, citizen: Client) -> None:
    case, other = confirmed(town), confirmed(town)
    track = reverse("portal:track")
    for number, code in (
        (case.register_no, other.code), (case.register_no, ""), ("", case.code), (case.register_no, "\x00"),
        ("\x00", "x"), (case.register_no, case.code[:-1]), ("%", case.code),
    ):  # fmt: skip
        assert citizen.post(track, {"number": number, "code": code}).status_code == 403
    session = citizen.session
    session["followed_case"] = [case.pk, proof(other.code)]
    session.save()
    assert citizen.get(reverse("portal:followed")).status_code == 302
    for name in ("withdraw", "rate", "correct"):
        url = reverse("portal:act_on_case", args=[name])
        answer = citizen.post(url, {"case": case.pk, "sure": "1", "stars": "5", "text": "x"})
        assert answer.status_code == (302 if name == "withdraw" else 403)
        assert case.subject not in answer.content.decode()
    case.refresh_from_db()
    assert case.is_open
    assert clock.fault(case) == ""
    assert drafts.of_token("x") is None


def test_a_letter_signed_is_shown_as_it_was_signed(town: Town) -> None:
    case = confirmed(town)
    with on(START):
        letter = DraftLetter(town.as_clerk, case_id=case.pk, kind="receipt", typed={}).run()
        for signer in (town.as_clerk, town.as_head):
            SignLetter(signer, case_id=case.pk, letter_id=letter.pk).run()
        letter.refresh_from_db()
        signed = files.content_of(letter.pdf)
        town.agency.full_name = "平阳县昆阳镇人民政府（已更名）"
        town.agency.save()
        clerk = Client()
        clerk.force_login(town.clerk)
        shown = clerk.get(reverse("applications:preview", args=[case.pk, letter.pk]))
    assert shown.content == signed


def test_the_session_changes_its_key_when_a_case_is_opened(town: Town, citizen: Client) -> None:
    case = register(town.as_clerk, town.agency, START)
    session = citizen.session
    session["x"] = 1
    session.save()
    before = citizen.session.session_key
    citizen.post(reverse("portal:track"), {"number": case.register_no, "code": case.code})
    assert citizen.session.session_key != before
