"""Answering at the counter in one go: written, signed by two people, handed over, all the same day."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.kernel import Period
from gongkai.web.agencies.models import Matter, Role, SigningChain
from gongkai.web.agencies.signing import chain_of
from gongkai.web.applications.actions import AnswerOnTheSpot, DeliverLetter, SignLetter
from gongkai.web.applications.letters import on_the_spot, signing
from gongkai.web.applications.letters.check import typed_of
from gongkai.web.applications.models import Case, Letter
from gongkai.web.applications.receiving.intake import Upload
from gongkai.web.applications.statistics import figures
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import IDENTITY, PDF, register, request, submit, today
from tests.web.applications.playing import START, confirmed, on, workdays_after
from tests.web.applications.reading import words
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

FOUND = "已查阅档案室目录，查得该文件一份。"
TYPED = {"查明事实": FOUND, "理由": "", "提供方式": "当面提供电子文档。"}


@pytest.fixture
def case(town: Town) -> Case:
    with on(START):
        return register(town.as_clerk, town.agency, START)


def answer(town: Town, case: Case, outcome: str = "provided", **more: object) -> Letter:
    given: dict[str, object] = {"typed": TYPED, "outcome": outcome} | more
    return AnswerOnTheSpot(town.as_clerk, case_id=case.pk, **given).run()  # type: ignore[arg-type]


def short_chain(town: Town) -> None:
    chain = SigningChain.objects.create(agency=town.agency, matter=Matter.ON_THE_SPOT)
    chain.steps.create(number=1, name="拟稿", role=Role.CLERK)
    chain.steps.create(number=2, name="签发", role=Role.SECTION_HEAD)


def test_answered_signed_and_handed_over_on_the_same_day(town: Town, case: Case) -> None:
    short_chain(town)
    with on(START):
        letter = answer(town, case)
        assert (letter.state, letter.on_the_spot) == ("signing", True)
        with pytest.raises(ActionRefused, match="您不是"):
            SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()
        SignLetter(town.as_head, case_id=case.pk, letter_id=letter.pk).run()
        DeliverLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, way="hand", on=START).run()
    case.refresh_from_db()
    assert (case.state, case.closed_on, case.late, case.outcome) == ("answered", START, False, "granted")
    assert case.used_workdays == 0, "the day it came is not counted"
    table = figures.table3(
        [town.agency.pk], Period(START.replace(month=1, day=1), START.replace(month=12, day=31))
    )
    assert table["granted"]["total"] == table["new"]["total"] == 1


def test_without_a_short_chain_the_usual_one_is_signed(town: Town, case: Case) -> None:
    with on(START):
        letter = answer(town, case)
        usual = chain_of(town.agency, Matter.REPLY, START)
        assert [step.name for step in signing.progress(letter, START).steps] == [step.name for step in usual]
        short_chain(town)
        assert len(signing.progress(letter, START).steps) == 2


def test_two_people_sign_even_on_the_spot(town: Town, case: Case) -> None:
    chain = SigningChain.objects.create(agency=town.agency, matter=Matter.ON_THE_SPOT)
    for number, name in enumerate(("拟稿", "签发"), 1):
        chain.steps.create(number=number, name=name, role=Role.CLERK, person=town.clerk)
    with on(START):
        letter = answer(town, case)
        assert letter.state == "draft"
        with pytest.raises(ActionRefused, match="至少要有两名不同的人员"):
            SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()


@pytest.mark.parametrize("channel", ["signed_mail", "ordinary_mail", "fax", "internet"])
def test_only_what_was_handed_in_is_answered_on_the_spot(town: Town, channel: str) -> None:
    wanted = request(channel=channel)
    confirmed_on = None if channel == "signed_mail" else today()
    case = (
        submit(town.agency, wanted).case
        if channel == "internet"
        else register(town.as_clerk, town.agency, today(), wanted, confirmed_on=confirmed_on)
    )
    with pytest.raises(ActionRefused, match="只用于当面提交的申请"):
        answer(town, case)
    page = signed_in(town.clerk).get(reverse("applications:case", args=[case.pk])).content.decode()
    assert "当场答复只用于当面提交的申请" in page
    assert Letter.objects.count() == 0


def test_not_another_day_and_not_twice(town: Town, case: Case) -> None:
    with on(workdays_after(START, 1)), pytest.raises(ActionRefused, match="当天"):
        answer(town, case)
    with on(START):
        answer(town, case)
        with pytest.raises(ActionRefused, match="已有一份在办理"):
            answer(town, case)


@pytest.mark.parametrize("outcome", ["", "third_party", "not_corrected", "fee_unpaid", "withdrawn", "x"])
def test_what_needs_a_step_before_is_not_told_on_the_spot(town: Town, case: Case, outcome: str) -> None:
    with on(START), pytest.raises(ActionRefused, match="办理结果"):
        answer(town, case, outcome)


def test_incomplete_nothing_is_kept(town: Town, case: Case) -> None:
    uploads = (_upload(),)
    with on(START), pytest.raises(ActionRefused, match="查明的事实"):
        answer(town, case, typed={**TYPED, "查明事实": " "}, uploads=uploads)
    assert Letter.objects.count() == 0
    assert case.attachments.count() == 0


def _upload() -> Upload:
    return Upload("disclosed", "防汛预案.pdf", PDF)


def test_a_refusal_hands_nothing_over(town: Town, case: Case) -> None:
    with on(START):
        letter = answer(
            town, case, "not_existing", typed={**TYPED, "提供方式": on_the_spot.handed_over(case)}
        )
        assert typed_of(letter)["提供方式"] == ""


def test_not_signed_that_day_it_goes_the_usual_way(town: Town, case: Case) -> None:
    short_chain(town)
    with on(START):
        letter = answer(town, case)
    client = signed_in(town.clerk)
    with on(workdays_after(START, 1)):
        with pytest.raises(ActionRefused, match="改按一般程序"):
            SignLetter(town.as_head, case_id=case.pk, letter_id=letter.pk).run()
        client.force_login(town.clerk)
        page = client.get(reverse("applications:letter", args=[case.pk, letter.pk])).content.decode()
        assert "改按一般程序办理" in page
        case.refresh_from_db()
        url = reverse("applications:act_on", args=[case.pk, "the-usual-way", letter.pk])
        assert client.post(url, {"revision": case.revision}).status_code == 302
        letter.refresh_from_db()
        assert (letter.state, letter.on_the_spot) == ("draft", False)
        assert typed_of(letter)["查明事实"] == FOUND
        assert letter.signatures.filter(void_at=None).count() == 0
        assert len(signing.progress(letter, today()).steps) == len(
            chain_of(town.agency, Matter.REPLY, today())
        )


def test_from_the_counter_to_the_delivery_on_screens(town: Town) -> None:
    short_chain(town)
    clerk, head = signed_in(town.clerk), signed_in(town.head)
    filled = {
        "once": "x" * 43, "agency": town.agency.pk, "came_by": "in_person", "spoken": "on",
        "received_on": today().isoformat(),
        "kind": "natural_person", "name": "陈一心", "identity_kind": "identity_card",
        "identity_number": IDENTITY, "phone": "0577-63700000", "subject": "昆阳镇防汛预案",
        "form_wanted": "paper", "way_wanted": "pick_up",
    }  # fmt: skip
    entered = clerk.post(reverse("applications:register"), filled, follow=True)
    case = Case.objects.get()
    assert case.spoken
    page = entered.content.decode()
    assert case.code in page
    assert "当场答复" in page
    form = clerk.post(
        reverse("applications:paper", args=[case.pk, "application_form", "pdf"]), {"reason": "请申请人签名"}
    )
    assert "申请人书写确有困难，口头提出申请，由工作人员张三记录" in words(form.content)
    url = reverse("applications:on_the_spot", args=[case.pk])
    shown = clerk.get(url).content.decode()
    assert "当面提供纸质复制件。" in shown
    assert "部分公开时选" not in shown, "nothing is partly withheld at the counter"
    given = {
        "revision": Case.objects.get().revision, "outcome": "provided", "field_0": FOUND,
        "field_2": "当面提供纸质复制件。", "disclosed": SimpleUploadedFile("预案.pdf", PDF),
    }  # fmt: skip
    answered = clerk.post(url, given, follow=True)
    assert "请“签发”的签批人现在签批" in answered.content.decode()
    letter = case.letters.get()
    sign = reverse("applications:act_on", args=[case.pk, "sign", letter.pk])
    assert "申请人在等" in head.get(reverse("applications:desk")).content.decode()
    assert head.post(sign, {"revision": Case.objects.get().revision}).status_code == 302
    page = clerk.get(reverse("applications:letter", args=[case.pk, letter.pk])).content.decode()
    assert "当面交付，申请人已签收" in page
    deliver = reverse("applications:act_on", args=[case.pk, "deliver", letter.pk])
    given = {"revision": Case.objects.get().revision, "way": "hand", "on": today().isoformat()}
    assert clerk.post(deliver, given).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.closed_on) == ("answered", today())
    assert case.attachments.get(purpose="disclosed").name == "预案.pdf"


def test_too_large_a_file_is_named_and_nothing_is_kept(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.web.applications.accepted.LARGEST", len(PDF) - 1)
    given = {
        "revision": case.revision, "outcome": "provided", "field_0": FOUND, "field_2": "当面提供。",
        "disclosed": SimpleUploadedFile("预案.pdf", PDF),
    }  # fmt: skip
    told = signed_in(town.clerk).post(reverse("applications:on_the_spot", args=[case.pk]), given)
    assert told.status_code == 409
    assert "预案.pdf" in told.content.decode()
    assert not case.letters.exists()


def test_by_word_of_mouth_only_at_the_counter(town: Town) -> None:
    with pytest.raises(ActionRefused, match="口头申请是当面提出的"):
        register(town.as_clerk, town.agency, today(), request(channel="fax"), spoken=True)
    assert Case.objects.count() == 0


def test_another_agency_learns_nothing(town: Town) -> None:
    case = confirmed(town, today() - timedelta(1))
    other = signed_in(town.other_clerk)
    for name in ("registered", "on_the_spot"):
        assert other.get(reverse(f"applications:{name}", args=[case.pk])).status_code == 404
