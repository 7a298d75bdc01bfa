"""A reply stands on what has happened: at signing, and again when it goes out; by which way, with what."""

from datetime import date, timedelta

import pytest

from gongkai.kernel.period import Period
from gongkai.law.outcomes import grounds_of_part
from gongkai.web.applications.actions import (
    AddFile,
    AddParty,
    AnswerOnTheSpot,
    DecideOnParty,
    DeliverLetter,
    DropLetter,
    EditLetter,
    RecordEvent,
)
from gongkai.web.applications.letters import check
from gongkai.web.applications.models import Case, Letter
from gongkai.web.applications.privacy import retention
from gongkai.web.applications.receiving import intake
from gongkai.web.applications.statistics import figures
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import PDF, register
from tests.web.applications.playing import START, Office, confirmed, on, workdays_after
from tests.web.applications.reading import pdf_text
from tests.web.reporting.people import Town

TYPED = {"查明事实": "本机关检索了档案室。", "理由": "见下。", "提供方式": "随本答复书一并提供。"}


def day(count: int) -> date:
    return workdays_after(START, count)


def replied(office: Office, case: Case, outcome: str, number: int, **typed: str) -> Letter:
    """A reply with all its signatures, not yet delivered."""
    with on(day(number)):
        return office.letter(case, "reply", TYPED | typed, outcome=outcome)


def deliver(office: Office, letter: Letter, number: int, way: str = "hand", **more: object) -> None:
    with on(day(number)):
        DeliverLetter(
            office.town.as_clerk, case_id=letter.case_id, letter_id=letter.pk, way=way, on=day(number), **more
        ).run()


# --- steps before an outcome --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("fee_unpaid", "发出收费通知"),
        ("not_corrected", "发出补正告知"),
        ("still_unclear", "收到补正"),
        ("abusive", "要求说明理由"),
        ("third_party", "发出征求意见书"),
    ],
)
def test_no_signature_under_an_outcome_whose_step_never_was(
    town: Town, office: Office, outcome: str, said: str
) -> None:
    case = confirmed(town)
    with pytest.raises(ActionRefused, match=said):
        replied(office, case, outcome, 3)
    assert not case.letters.get().signatures.exists()


def test_with_its_step_the_outcome_is_signed_and_counted(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "请写明文号", "期限": "10"}, day(2))
    with on(day(4)):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="corrected", on=day(4), text="仍是全部文件").run()
    office.reply(case, "still_unclear", day(6))
    case.refresh_from_db()
    assert case.outcome == "unable_still_unclear"


def test_a_lapsed_case_keeps_its_month_whatever_day_its_letter_goes_out(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "请写明文号", "期限": "5"}, day(2))
    lapsed = day(7) + timedelta(1)
    may = Period(date(2024, 5, 1), date(2024, 5, 31))
    with on(date(2024, 5, 6)), pytest.raises(ActionRefused, match="不能改作"):
        office.letter(case, "reply", TYPED, outcome="provided")
    Letter.objects.get(kind="reply").delete()
    case.refresh_from_db()
    office.reply(case, "not_corrected", date(2024, 5, 8))
    case.refresh_from_db()
    assert (case.state, case.closed_on, case.outcome) == ("answered", lapsed, "other_not_corrected")
    march = Period(date(2024, 3, 1), date(2024, 3, 31))
    assert figures.table3([town.agency.pk], march)["other_not_corrected"]["total"] == 1
    assert figures.table3([town.agency.pk], march)["carried_out"]["total"] == 0
    assert figures.table3([town.agency.pk], may)["total"]["total"] == 0
    # The suit is against the letter: what proves who asked is kept from its day on.
    assert retention.last_remedy(case) > date(2024, 5, 8) + timedelta(180)


def test_before_the_term_is_over_nothing_is_given_up(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "请写明文号", "期限": "5"}, day(2))
    with pytest.raises(ActionRefused, match="还没有逾期"):
        replied(office, case, "not_corrected", 6)


# --- third parties ------------------------------------------------------------------------------------------


def test_nothing_is_given_out_while_a_third_party_is_asked(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.consult(case, day(2))
    with pytest.raises(ActionRefused, match="第三十二条"):
        replied(office, case, "provided", 3)
    Letter.objects.get(kind="reply").delete()
    assert replied(office, case, "not_existing", 3).state == "signed"


def test_a_consultation_after_the_signatures_stops_the_delivery(town: Town, office: Office) -> None:
    case = confirmed(town)
    letter = replied(office, case, "provided", 1)
    party = office.consult(case, day(2))
    with pytest.raises(ActionRefused, match="正在征求"):
        deliver(office, letter, 3)
    office.hear(party, day(4), "agrees")
    deliver(office, letter, 4)
    case.refresh_from_db()
    assert case.outcome == "granted"


def test_a_decision_to_withhold_stands_against_disclosure(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.hear(office.consult(case, day(1)), day(3), "objects", "withhold")
    with pytest.raises(ActionRefused, match="决定不予公开"):
        replied(office, case, "provided", 4)
    Letter.objects.get(kind="reply").delete()
    replied(office, case, "third_party", 4)


def test_an_override_is_told_to_the_third_party_first(town: Town, office: Office) -> None:
    case = confirmed(town)
    party = office.consult(case, day(1))
    office.hear(party, day(3), "objects", "override")
    with pytest.raises(ActionRefused, match="书面告知第三方"):
        replied(office, case, "provided", 4)
    Letter.objects.get(kind="reply").delete()
    told = {"公开内容": "补偿标准", "公开理由": "涉及公共利益"}
    office.send(case, "third_party_notice", told, day(5), consultation_id=party.pk)
    deliver(office, replied(office, case, "provided", 5), 5)
    case.refresh_from_db()
    assert case.outcome == "granted"


def test_silence_is_decided_on_before_anything_is_given_out(town: Town, office: Office) -> None:
    case = confirmed(town)
    party = office.consult(case, day(1))
    with pytest.raises(ActionRefused, match="没有决定"):
        replied(office, case, "provided", 17)
    Letter.objects.get(kind="reply").delete()
    with on(day(17)):
        DecideOnParty(
            town.as_clerk, case_id=case.pk, consultation_id=party.pk, decision="disclose", reason="不涉及秘密"
        ).run()
    replied(office, case, "provided", 17)


def test_a_party_nobody_wrote_to_stands_against_nothing(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(day(1)):
        AddParty(town.as_clerk, case_id=case.pk, party="third_party", name="某公司").run()
    deliver(office, replied(office, case, "provided", 2), 2)


def test_the_part_a_third_party_does_not_agree_to_is_blacked_out(town: Town, office: Office) -> None:
    case = confirmed(town)
    party = office.consult(case, day(1))
    office.hear(party, day(3), "partly", "disclose")
    deliver(office, replied(office, case, "partial", 4, 其余部分的依据="保护第三方合法权益"), 4)
    case.refresh_from_db()
    assert case.outcome == "partial"


def test_reasons_asked_for_without_a_term_are_asked_for_again_with_one(town: Town, office: Office) -> None:
    """As letters were before the term was asked for: nobody could go on from one the applicant left alone."""
    case = confirmed(town)
    first = office.send(case, "reasons", {"数量频次": "今年已提出30件", "期限": "7"}, day(1))
    first.case.events.filter(letter=first).update(workdays=None)
    with pytest.raises(ActionRefused, match="再发一份写明期限"):
        replied(office, case, "abusive", 12)
    Letter.objects.get(kind="reply").delete()
    again = {"数量频次": "今年已提出30件", "期限": "3"}
    office.send(case, "reasons", again, day(2))
    with pytest.raises(ActionRefused, match="尚未说明"):
        office.send(case, "reasons", again, day(2))
    with pytest.raises(ActionRefused, match="还可以说明"):
        replied(office, case, "abusive", 5)
    Letter.objects.get(kind="reply").delete()
    deliver(office, replied(office, case, "abusive", 6), 6)


# --- partial releases ---------------------------------------------------------------------------------------


def test_a_partial_release_names_its_grounds_and_the_remedy_that_follows(town: Town, office: Office) -> None:
    case = confirmed(town)
    with pytest.raises(ActionRefused, match="没有填写“其余部分的依据"):
        replied(office, case, "partial", 2)
    Letter.objects.get(kind="reply").delete()
    both = "保护第三方合法权益；属于四类过程性信息"
    text = pdf_text(replied(office, case, "partial", 2, 其余部分的依据=both))
    for part in ("第三十七条", "第十五条", "第十六条第二款", "先向"):
        assert part in text.replace("\n", "")


def test_a_part_withheld_for_another_reason_may_be_sued_directly(town: Town, office: Office) -> None:
    case = confirmed(town)
    letter = replied(office, case, "partial", 2, 其余部分的依据="没有现成信息需要另行制作")
    text = pdf_text(letter).replace("\n", "")
    assert "第三十八条" in text
    assert "先向" not in text
    assert "6个月内" in text
    deliver(office, letter, 2)
    case.refresh_from_db()
    assert case.outcome == "partial"


@pytest.mark.parametrize("ground", [one.word for one in grounds_of_part(START)])
def test_each_ground_fits_a_partial_release_and_no_other(town: Town, office: Office, ground: str) -> None:
    letter = Letter(case=confirmed(town), kind="reply", outcome="partial")
    letter.fields = '{"查明事实": "x", "理由": "x", "提供方式": "x", "其余部分的依据": "%s"}' % ground  # noqa: UP031
    with on(day(1)):
        assert check.problems(letter, day(1)) == []
        letter.outcome = "provided"
        assert check.problems(letter, day(1)) == ["“其余部分的依据”只在部分公开时选"]


# --- the way it goes out ------------------------------------------------------------------------------------


def test_online_goes_only_with_what_it_promises(town: Town, office: Office) -> None:
    case = confirmed(town)
    letter = replied(office, case, "provided", 2)
    with pytest.raises(ActionRefused, match="没有添加提供给申请人的文件"):
        deliver(office, letter, 2, "online")
    with on(day(2)):
        DropLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, reason="没有附文件").run()
        AddFile(
            town.as_clerk, case_id=case.pk, purpose="disclosed", upload=intake.Upload("", "方案.pdf", PDF)
        ).run()
    deliver(office, replied(office, case, "provided", 2), 2, "online")


def test_online_what_the_letter_itself_tells_needs_no_file(town: Town, office: Office) -> None:
    deliver(office, replied(office, confirmed(town), "not_existing", 2), 2, "online")
    told = replied(office, confirmed(town), "provided", 2, 提供方式="所申请的数据为：2023年共12户。")
    deliver(office, told, 2, "online", elsewhere=True)


def test_no_mail_without_an_address_and_no_page_for_a_third_party(town: Town, office: Office) -> None:
    case = confirmed(town)
    case.applicant.email = ""
    case.applicant.save()
    letter = replied(office, case, "provided", 2)
    with pytest.raises(ActionRefused, match="没有登记电子邮箱"):
        deliver(office, letter, 2, "email")
    case.applicant.email = "chen@example.org"
    case.applicant.save()
    deliver(office, letter, 2, "email")
    other = confirmed(town)
    with on(day(2)):
        party = AddParty(town.as_clerk, case_id=other.pk, party="third_party", name="某公司").run()
        asked = office.letter(
            other, "consult_third_party", {"征求内容": "协议", "权益": "商业秘密"}, consultation_id=party.pk
        )
    with pytest.raises(ActionRefused, match="没有查询页面"):
        deliver(office, asked, 2, "online")


# --- the counter --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["state_secret", "internal", "process", "partial", "enforcement_file"])
def test_what_is_reviewed_before_it_is_refused_is_not_told_at_the_counter(town: Town, outcome: str) -> None:
    with on(START):
        case = register(town.as_clerk, town.agency, START)
        given = {"case_id": case.pk, "typed": TYPED}
        with pytest.raises(ActionRefused, match="可以当场告知"):
            AnswerOnTheSpot(town.as_clerk, **given, outcome=outcome).run()
        letter = AnswerOnTheSpot(town.as_clerk, **given, outcome="provided").run()
        letter.signatures.all().delete()
        letter.state = "draft"
        letter.save()
        EditLetter(
            town.as_clerk, case_id=case.pk, letter_id=letter.pk, typed=TYPED, outcome=outcome
        ).run()  # fmt: skip
        letter.refresh_from_db()
        assert any("第十七条" in one for one in check.problems(letter, START))
        letter.on_the_spot = False
        assert not any("第十七条" in one for one in check.problems(letter, START))
