"""Following a case: wrong codes, what was typed and refused, what is shown first, the rating."""

import re
from datetime import date

import pytest
import time_machine
from django.conf import settings as live
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from gongkai.web.applications.models import Case, Rating
from gongkai.web.common.models import AuditEntry
from tests.web.applications.asking import IDENTITY, PDF, submit
from tests.web.applications.at_desks import at
from tests.web.applications.following import CORRECT, FOLLOWED, RATE, TRACK, key, of, opened
from tests.web.applications.playing import Office, confirmed, on
from tests.web.reporting.people import Town

WRONG = "AAAA-AAAA-AAAA"


@pytest.fixture
def asked(town: Town, office: Office) -> Case:
    """A case that waits for a correction."""
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "名称", "期限": "10"}, date(2024, 3, 6))
    return case


@pytest.fixture
def answered(town: Town, office: Office) -> Case:
    case = confirmed(town)
    office.reply(case, "provided", date(2024, 3, 8))
    return case


# --- codes -------------------------------------------------------------------------------------------------
def test_who_guesses_does_not_lock_out_who_knows(town: Town) -> None:
    case, guesser = submit(town.agency).case, Client()
    answers = [guesser.post(TRACK, key(case, WRONG)).status_code for _ in range(12)]
    assert answers == [403] * 10 + [429] * 2
    owner = Client()
    assert owner.post(TRACK, key(case)).headers["Location"] == FOLLOWED
    assert owner.post(TRACK, key(case), REMOTE_ADDR="10.0.0.9").status_code == 302


def test_opening_a_case_again_and_again_is_no_guessing(town: Town) -> None:
    case, owner = submit(town.agency).case, Client()
    assert {owner.post(TRACK, key(case)).status_code for _ in range(40)} == {302}


def test_guessing_without_end_is_not_looked_at(town: Town, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = live.ACCOUNT_RATE_LIMITS | {"guess": "15/h/ip"}
    case, guesser = submit(town.agency).case, Client()
    for number in range(15):
        guesser.post(TRACK, {"number": f"2024-{number:04d}", "code": WRONG})
    assert guesser.post(TRACK, key(case)).status_code == 429, "nor is the right one, from that address"
    assert Client().post(TRACK, key(case), REMOTE_ADDR="10.0.0.9").status_code == 302


# --- what was typed ----------------------------------------------------------------------------------------
def test_a_refused_correction_comes_back_with_its_text_and_names_the_file(asked: Case) -> None:
    with on(date(2024, 3, 7)):
        citizen = opened(asked)
        wrong = SimpleUploadedFile("说明.exe", b"MZ")
        answer = citizen.post(CORRECT, of(asked, text="人民路北侧<地块>", files=[wrong]))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "人民路北侧&lt;地块&gt;</textarea>" in page
    assert "说明.exe" in page
    assert "不能接收" in page


def test_all_files_that_cannot_be_taken_are_named_at_once(asked: Case) -> None:
    with on(date(2024, 3, 7)):
        citizen = opened(asked)
        wrong = [SimpleUploadedFile("空.pdf", b""), SimpleUploadedFile("照片.heic", b"ftyp")]
        right = SimpleUploadedFile("说明.pdf", PDF)
        page = citizen.post(CORRECT, of(asked, text="北侧", files=[*wrong, right])).content.decode()
    assert "2个文件不能接收" in page
    assert "空.pdf：文件是空的" in page
    assert "照片.heic：不能接收" in page
    assert "说明.pdf" not in page
    assert '<a href="#files">' in page


def test_no_browser_cuts_what_is_written(asked: Case, answered: Case) -> None:
    with on(date(2024, 3, 11)):
        pages = [opened(case).get(FOLLOWED).content.decode() for case in (asked, answered)]
    for page in pages:
        (area,) = re.findall(r"<textarea[^>]*>", page)
        assert "maxlength" not in area


def test_an_opinion_too_long_comes_back_whole(answered: Case) -> None:
    with on(date(2024, 3, 11)):
        answer = opened(answered).post(RATE, of(answered, stars="4", text="长" * 1000 + "末"))
    assert answer.status_code == 409
    assert "现在有1001字" in answer.content.decode()
    assert "末</textarea>" in answer.content.decode()
    assert not Rating.objects.filter(case=answered).exists()


def test_large_print_on_the_correction_keeps_its_text(asked: Case) -> None:
    with on(date(2024, 3, 7)):
        citizen = opened(asked)
        answer = citizen.post(CORRECT, of(asked, text="人民路北侧", display="large"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="large"' in page
    assert "人民路北侧</textarea>" in page
    asked.refresh_from_db()
    assert asked.state == "awaiting_correction"


@pytest.mark.parametrize("tries", [1, 2])
def test_a_correction_of_a_case_that_closed_meanwhile_is_not_lost(asked: Case, tries: int) -> None:
    with on(date(2024, 3, 7)):
        citizen = opened(asked)
        citizen.cookies.clear()
        page = citizen.post(CORRECT, of(asked, text="人民路北侧"))
        assert page.status_code == 403
        assert "没有提交" in page.content.decode()
        assert page.context["number"] == asked.register_no
        carried = {"step": "correct", "text": page.context["typed"].text, "case": asked.pk}
        for _ in range(tries - 1):
            wrong = citizen.post(TRACK, key(asked, WRONG) | carried)
            assert "人民路北侧</textarea>" in wrong.content.decode()
        back = citizen.post(TRACK, key(asked) | carried).content.decode()
        assert "人民路北侧</textarea>" in back
        assert "还没有提交" in back
        assert citizen.post(CORRECT, of(asked, text="人民路北侧")).status_code == 302
    asked.refresh_from_db()
    assert asked.state != "awaiting_correction"


def test_half_an_hour_begins_anew_with_each_step(town: Town) -> None:
    case = confirmed(town)
    with time_machine.travel(at(date(2024, 3, 7)), tick=False) as clock:
        citizen = opened(case)
        for _ in range(3):
            clock.shift(20 * 60)
            assert citizen.get(FOLLOWED).status_code == 200
        clock.shift(31 * 60)
        assert citizen.get(FOLLOWED).headers["Location"] == TRACK


# --- pressed twice -----------------------------------------------------------------------------------------
def test_a_correction_sent_twice_is_answered_alike_and_done_once(asked: Case) -> None:
    with on(date(2024, 3, 7)):
        citizen = opened(asked)
        for number in range(3):
            papers = [SimpleUploadedFile("图.pdf", PDF)]
            answer = citizen.post(CORRECT, of(asked, text=" 人民路北侧\r\n二号", files=papers))
            assert answer.headers.get("Location") == f"{FOLLOWED}?done=correct", number
        page = citizen.get(FOLLOWED).content.decode()
        for other in (of(asked, text="别的"), of(asked, text="人民路北侧\n二号")):
            refused = citizen.post(CORRECT, other)
            assert refused.status_code == 409
            assert "现在没有需要补正的内容" in refused.content.decode()
    assert "收到补正" in page
    asked.refresh_from_db()
    assert asked.details.endswith("【2024年3月7日补正】人民路北侧\n二号")
    assert asked.details.count("人民路北侧") == 1
    assert asked.events.filter(kind="corrected").count() == 1
    assert asked.attachments.filter(purpose="correction").count() == 1
    told = AuditEntry.objects.filter(code="applications.hand_in_correction").order_by("pk")
    assert ["again" in one.details for one in told] == [False, True, True]


def test_a_withdrawal_and_a_rating_sent_twice_are_answered_alike(town: Town, answered: Case) -> None:
    case = confirmed(town)
    with on(date(2024, 3, 11)):
        citizen = opened(case)
        withdraw = reverse("portal:act_on_case", args=["withdraw"])
        for _ in range(2):
            assert citizen.post(withdraw, of(case, sure="1")).headers["Location"] == FOLLOWED
        assert citizen.post(withdraw, of(case, sure="1", text="另一个理由")).status_code == 409
        citizen = opened(answered)
        for _ in range(2):
            answer = citizen.post(RATE, of(answered, stars="4", text="很快\r\n谢谢"))
            assert answer.headers["Location"] == f"{FOLLOWED}#rate"
        assert citizen.post(RATE, of(answered, stars="5", text="很快\n谢谢")).status_code == 409
        assert citizen.post(withdraw, of(answered, sure="1")).status_code == 409, "answered, not withdrawn"
    assert case.events.filter(kind="withdrawn").count() == 1
    assert Rating.objects.get().stars == 4


# --- what nobody sees --------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["\u200b\u2800", "\u202e", " \r\n\u3164"])
def test_a_correction_in_which_nothing_is_seen_is_none(asked: Case, text: str) -> None:
    with on(date(2024, 3, 7)):
        answer = opened(asked).post(CORRECT, of(asked, text=text))
    assert answer.status_code == 409
    assert "没有填写补正内容" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.state == "awaiting_correction"


def test_a_correction_too_long_comes_back_whole_and_a_break_is_one_sign(asked: Case) -> None:
    with on(date(2024, 3, 7)):
        citizen = opened(asked)
        answer = citizen.post(CORRECT, of(asked, text="长" * 4950 + "\r\n" * 49 + "末尾二字"))
        assert answer.status_code == 409
        assert "末尾二字</textarea>" in answer.content.decode()
        assert "现在有5003字" in answer.content.decode()
        fits = "长" * 4950 + "\r\n" * 49 + "末"
        assert citizen.post(CORRECT, of(asked, text=fits)).status_code == 302
    asked.refresh_from_db()
    assert asked.details.endswith(fits.replace("\r\n", "\n"))


# --- the page ----------------------------------------------------------------------------------------------
def test_what_is_asked_for_stands_before_the_answer_to_it(asked: Case) -> None:
    with on(date(2024, 3, 7)):
        page = opened(asked).get(FOLLOWED).content.decode()
    assert page.index("补正告知书") < page.index("提交补正</button>") < page.index("期限怎样计算")


def test_the_reply_stands_first_and_remedies_after_it(answered: Case) -> None:
    with on(date(2024, 3, 11)):
        page = opened(answered).get(FOLLOWED).content.decode()
    assert page.index("答复书") < page.index("不服答复怎么办") < page.index("期限怎样计算")
    assert "<summary>不服答复怎么办" in page, "all was granted"


def test_the_applicant_sees_what_they_filled_in_without_the_whole_number(town: Town) -> None:
    case = confirmed(town)
    with on(date(2024, 3, 7)):
        page = opened(case).get(FOLLOWED).content.decode()
    assert "我填写的内容" in page
    assert "陈一心" in page
    assert IDENTITY not in page
    assert f"{IDENTITY[:3]}***" in page


def test_the_rating_is_thanked_for_and_shown(answered: Case) -> None:
    with on(date(2024, 3, 11)):
        citizen = opened(answered)
        page = citizen.post(RATE, of(answered, stars="4", text="很快"), follow=True).content.decode()
    assert "谢谢您的评价：<strong>满意</strong>" in page
    assert "很快" in page
    assert "提交评价" not in page


@pytest.mark.parametrize("stars", ["9" * 5000, "²", "0", "6", "-1", "", "٣"])
def test_stars_are_one_to_five(answered: Case, stars: str) -> None:
    with on(date(2024, 3, 11)):
        answer = opened(answered).post(RATE, of(answered, stars=stars, text="好"))
    assert answer.status_code == 409
    assert "好</textarea>" in answer.content.decode()
    assert not Rating.objects.exists()
