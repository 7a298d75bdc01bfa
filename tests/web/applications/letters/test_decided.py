"""What a reply decides, in words that fit each ground, and what it rests on: read in the letter itself."""

import json
from datetime import date

import pytest

from gongkai.law.outcomes import grounds_of_part
from gongkai.web.applications.actions import (
    AddParty,
    DecideOnParty,
    DeliverLetter,
    RecordEvent,
)
from gongkai.web.applications.letters import check
from gongkai.web.applications.letters.kinds import decisions
from gongkai.web.applications.models import Case, Letter
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.playing import START, Office, confirmed, on, workdays_after
from tests.web.applications.reading import pdf_text
from tests.web.reporting.people import Town

TYPED = {"查明事实": "本机关检索了档案室。", "理由": "见下。", "提供方式": "随本答复书一并提供。"}
REASONS = {"数量频次": "您在三个月内提出了120件申请。", "期限": "5"}


def day(count: int) -> date:
    return workdays_after(START, count)


def reply(office: Office, case: Case, outcome: str, number: int, *grounds: str) -> Letter:
    typed = TYPED | ({"其余部分的依据": "；".join(grounds)} if grounds else {})
    with on(day(number)):
        return office.letter(case, "reply", typed, outcome=outcome)


def deliver(office: Office, letter: Letter, number: int, **more: object) -> None:
    given = {"case_id": letter.case_id, "letter_id": letter.pk, "way": "hand", "on": day(number)} | more
    with on(day(number)):
        DeliverLetter(office.town.as_clerk, **given).run()


def text(letter: Letter) -> str:
    return pdf_text(letter).replace("\n", "").replace(" ", "")


# --- partial releases ---------------------------------------------------------------------------------------

SEPARATED = "含有不应当公开的内容，但是能够作区分处理"
ITS_WORDS = {
    "属于行政查询事项": "其余部分属于行政查询事项，有关法律、行政法规对其获取有专门规定",
    "经检索没有所申请公开的信息": "其余部分经本机关检索不存在",
    "不属于本机关负责公开": "其余部分不属于本机关负责公开",
    "没有现成信息需要另行制作": "其余部分没有现成信息",
    "要求提供公开出版物": "其余部分属于政府公报、报刊、书籍等公开出版物",
}


def test_the_grounds_that_are_no_refusal_are_known() -> None:
    others = [one for one in grounds_of_part(START) if not one.withheld]
    assert {one.word for one in others} == set(ITS_WORDS)
    assert all("{条款}" in decisions()[one.code].part for one in others)


@pytest.mark.parametrize("ground", [one.word for one in grounds_of_part(START)])
def test_each_ground_of_a_part_is_told_in_its_own_words(town: Town, office: Office, ground: str) -> None:
    """What there is not, or is another agency's, is not refused: 不予公开 is told of 条例 14 to 16."""
    found = next(one for one in grounds_of_part(START) if one.word == ground)
    said = text(reply(office, confirmed(town), "partial", 2, ground))
    assert str(found.article) in said
    assert (SEPARATED in said) is found.withheld
    assert ("不予公开" in said) is found.withheld
    assert ("第三十七条" in said) is found.withheld
    assert ("先向" in said) is found.withheld
    assert ("6个月内" in said) is not found.withheld
    if not found.withheld:
        assert ITS_WORDS[ground] in said
        assert "第三十六条第（二）项，本机关予以公开" in said
        assert "如不服本决定，可以自收到本决定之日起60日内" in said


def test_several_grounds_are_told_one_by_one_with_the_remedy_of_each(town: Town, office: Office) -> None:
    words = ("属于四类过程性信息", "经检索没有所申请公开的信息", "属于国家秘密", "不属于本机关负责公开")
    said = text(reply(office, confirmed(town), "partial", 2, *words))
    assert SEPARATED in said
    assert "其余部分分别处理如下：（一）一部分根据《政府信息公开条例》第十四条（属于国家秘密）、" in said
    assert "第十六条第二款（属于四类过程性信息），不予公开。（二）一部分经本机关检索不存在，根据" in said
    assert "（三）一部分不属于本机关负责公开，根据" in said
    assert said.count("不予公开") == 2  # in the decision and in its remedy
    assert "如不服本决定中不予公开的部分，应当自收到本决定之日起60日内，先向" in said
    assert "如不服本决定的其他部分，可以自收到本决定之日起60" in said


# --- third parties (条例 15, 32) ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "decision"), [("agrees", ""), ("agrees", "disclose"), ("agrees", "withhold")]
)
def test_nobody_is_protected_against_their_consent(
    town: Town, office: Office, answer: str, decision: str
) -> None:
    case = confirmed(town)
    office.hear(office.consult(case, day(2)), day(4), answer, decision)
    for outcome, grounds in (("third_party", ()), ("partial", ("保护第三方合法权益",))):
        with pytest.raises(ActionRefused, match=r"都同意公开.+第十五条"):
            reply(office, case, outcome, 5, *grounds)
        Letter.objects.filter(kind="reply").delete()
    assert reply(office, case, "partial", 5, "属于四类过程性信息").state == "signed"


def test_a_party_that_comes_to_agree_stops_the_delivery(town: Town, office: Office) -> None:
    case = confirmed(town)
    party = office.consult(case, day(2))
    office.hear(party, day(4), "objects", "withhold")
    letter = reply(office, case, "third_party", 5)
    with on(day(6)):
        DecideOnParty(
            town.as_clerk, case_id=case.pk, consultation_id=party.pk, decision="override", reason="公共利益"
        ).run()
    with pytest.raises(ActionRefused, match="第十五条"):
        deliver(office, letter, 6)


def test_the_names_of_others_are_blacked_out_though_a_party_agrees(town: Town, office: Office) -> None:
    """Who else is protected stands on record; what is blacked out asks for nobody's view."""
    case = confirmed(town)
    office.hear(office.consult(case, day(2)), day(4), "agrees")
    with on(day(5)):
        AddParty(town.as_clerk, case_id=case.pk, party="third_party", name="名单中的村民").run()
    assert reply(office, case, "partial", 5, "保护第三方合法权益").state == "signed"


# --- reasons for abnormal volume (条例 35) ------------------------------------------------------------------


def asked(town: Town, office: Office) -> Case:
    case = confirmed(town)
    office.send(case, "reasons", REASONS, day(2))
    return case


def test_the_letter_states_the_term_and_what_follows(town: Town, office: Office) -> None:
    case = asked(town, office)
    said = text(case.letters.get())
    assert "请您自收到本告知书之日起5个工作日内，向本机关书面说明理由" in said
    assert "逾期未说明理由，或者本机关认为申请理由不合理的，将告知不予处理" in said
    assert case.events.get(kind="reasons_requested").workdays == 5


def test_nobody_is_refused_while_reasons_may_still_come(town: Town, office: Office) -> None:
    case = asked(town, office)
    for number in (3, 7):
        with pytest.raises(ActionRefused, match="届满，申请人还可以说明"):
            reply(office, case, "abusive", number)
        Letter.objects.filter(kind="reply").delete()
    said = text(reply(office, case, "abusive", 8))
    assert "本机关于2024年3月6日书面要求您说明理由，您在告知的期限内没有说明。" in said
    assert "不合理" not in said


def test_reasons_that_were_given_are_judged(town: Town, office: Office) -> None:
    case = asked(town, office)
    with on(day(3)):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="reasons_given", on=day(3)).run()
    said = text(reply(office, case, "abusive", 3))
    assert "明显超过合理范围，说明的理由不合理。" in said
    assert "没有说明" not in said


def test_reasons_that_come_after_the_signatures_stop_the_letter_that_says_there_were_none(
    town: Town, office: Office
) -> None:
    case = asked(town, office)
    letter = reply(office, case, "abusive", 8)
    with on(day(9)):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="reasons_given", on=day(9)).run()
    with pytest.raises(ActionRefused, match="签发时写的决定"):
        deliver(office, letter, 9)


# --- dates a letter names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("until", "stands"), [(10, True), (20, True), (21, False)])
def test_a_delay_goes_beyond_the_present_term_or_is_not_signed(
    town: Town, office: Office, until: int, stands: bool
) -> None:
    case = asked(town, office)
    with on(day(3)):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="reasons_given", on=day(3)).run()
    typed = {"无法答复的原因": "申请件数过多", "延至": day(until).isoformat()}
    if not stands:
        assert office.send(case, "delay", typed, day(4)).state == "delivered"
        return
    with on(day(4)), pytest.raises(ActionRefused, match="不晚于原来的期限"):
        office.letter(case, "delay", typed)
    letter = case.letters.get(kind="delay")
    assert (letter.state, letter.document_no, letter.signatures.count()) == ("draft", "", 0)


def test_no_section_is_asked_for_a_day_that_is_over(town: Town, office: Office) -> None:
    typed = {"协办科室": "民政办", "协办事项": "查找文件", "反馈期限": day(1).isoformat()}
    letter = Letter(case=confirmed(town), kind="errand", fields=json.dumps(typed))
    with on(day(2)):
        assert check.problems(letter, day(2)) == ["“反馈期限”2024年3月5日已经过去"]
        assert check.problems(letter, day(1)) == []
