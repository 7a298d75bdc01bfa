"""Whom and what a reply names: who reconsiders, what was answered before; and the days nobody knows yet."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.law.case import Case as History
from gongkai.law.case import Channel, Event, Kind, Party
from gongkai.web.agencies.models import Agency, AgencyKind
from gongkai.web.applications.actions import DecideOnParty, DeliverLetter, DraftLetter, DropLetter, TakeOver
from gongkai.web.applications.letters import bodies
from gongkai.web.applications.models import Case, Letter, Register
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import register, request
from tests.web.applications.playing import START, Office, confirmed, on, workdays_after
from tests.web.applications.reading import pdf_text
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

TYPED = {"查明事实": "本机关检索了档案室。", "理由": "见下。", "提供方式": "随本答复书一并提供。"}


def day(count: int) -> date:
    return workdays_after(START, count)


def reply(office: Office, case: Case, outcome: str, on_day: date, **typed: str) -> Letter:
    with on(on_day):
        return office.letter(Case.objects.get(pk=case.pk), "reply", TYPED | typed, outcome=outcome)


def text(letter: Letter) -> str:
    return pdf_text(letter).replace("\n", "").replace(" ", "")


# --- who reconsiders (行政复议法 24, 27) --------------------------------------------------------------------


def test_a_town_is_reconsidered_by_the_county_above_it(town: Town, office: Office) -> None:
    said = text(reply(office, confirmed(town), "process", day(2)))
    assert "先向平阳县人民政府申请行政复议" in said
    assert "本级人民政府" not in said


def test_what_the_agency_has_set_is_named(town: Town, office: Office) -> None:
    Register.objects.create(
        agency=town.agency, reconsideration_body="温州市人民政府", court="温州市中级人民法院"
    )
    said = text(reply(office, confirmed(town), "not_existing", day(2)))
    assert "向温州市人民政府申请行政复议" in said
    assert "向温州市中级人民法院提起行政诉讼" in said


@pytest.mark.parametrize("outcome", ["process", "provided", "not_existing"])
def test_no_reply_is_signed_that_names_nobody(town: Town, office: Office, outcome: str) -> None:
    Agency.objects.filter(pk=town.agency.pk).update(supervisor=None)
    case = confirmed(town)
    with pytest.raises(ActionRefused, match=r"没有设置行政复议机关.+依申请公开设置"):
        reply(office, case, outcome, day(2))
    assert not case.letters.get().signatures.exists()


@pytest.mark.parametrize(
    ("kind", "above", "named"),
    [
        (AgencyKind.DEPARTMENT, AgencyKind.GOVERNMENT, True),
        (AgencyKind.SUBDISTRICT, AgencyKind.GOVERNMENT, True),
        (AgencyKind.GOVERNMENT, AgencyKind.GOVERNMENT, True),
        (AgencyKind.VERTICAL, AgencyKind.VERTICAL, True),
        (AgencyKind.DEPARTMENT, AgencyKind.DEPARTMENT, False),
        (AgencyKind.OUTPOST, AgencyKind.GOVERNMENT, False),
        (AgencyKind.PUBLIC_SERVICE, AgencyKind.GOVERNMENT, False),
    ],
)
def test_who_reconsiders_follows_the_place_in_law(kind: str, above: str, named: bool) -> None:
    upper = Agency(kind=above, full_name="示例县人民政府")
    agency = Agency(kind=kind, supervisor=upper)
    assert bodies.reconsideration_body(agency) == ("示例县人民政府" if named else "")
    assert bool(list(bodies.problems(agency))) is not named


# --- repeats (条例 36(6)) -----------------------------------------------------------------------------------


def again(town: Town, office: Office) -> tuple[Case, Case]:
    """An applicant's first application, and the same again."""
    return confirmed(town), confirmed(town)


def test_a_repeat_names_what_was_answered_before(town: Town, office: Office) -> None:
    first, second = again(town, office)
    with pytest.raises(ActionRefused, match="没有填写“此前同一申请"):
        reply(office, second, "repeat", day(2))
    Letter.objects.all().delete()
    with pytest.raises(ActionRefused, match="还没有答复，不属于重复申请"):
        reply(office, second, "repeat", day(2), 此前的答复=first.register_no)
    Letter.objects.all().delete()
    answer = office.reply(first, "provided", day(2))
    for named in (first.register_no, answer.document_no):
        said = text(reply(office, second, "repeat", day(3), 此前的答复=named))
        assert f"此前本机关已经答复的申请（{named}）内容相同" in said
        Letter.objects.filter(case=second).delete()


def test_another_applicants_answer_is_no_repeat(town: Town, office: Office) -> None:
    first, second = again(town, office)
    office.reply(first, "provided", day(2))
    first.applicant.identity_number = "330326195503151230"
    first.applicant.save()
    with pytest.raises(ActionRefused, match="申请人不是同一人"):
        reply(office, second, "repeat", day(3), 此前的答复=first.register_no)


def test_a_repeat_names_no_reply_that_never_went_out(town: Town, office: Office) -> None:
    first, second = again(town, office)
    with on(day(2)):
        typed = {"查明事实": "见档案。", "理由": "见上。", "提供方式": "随本答复书一并提供。"}
        wrong = office.letter(first, "reply", typed, outcome="provided")
        DropLetter(town.as_clerk, case_id=first.pk, letter_id=wrong.pk, reason="写错").run()
    office.reply(first, "provided", day(3))
    with pytest.raises(ActionRefused, match=f"“{wrong.document_no}”没有送达申请人"):
        reply(office, second, "repeat", day(4), 此前的答复=wrong.document_no)


@pytest.mark.parametrize(("named", "stands"), [("2018-77", True), ("2018年5月7日作出的答复", False)])
def test_of_the_time_before_the_register_the_day_is_told(
    town: Town, office: Office, named: str, stands: bool
) -> None:
    case = confirmed(town)
    if not stands:
        assert named in text(reply(office, case, "repeat", day(2), 此前的答复=named))
        return
    with pytest.raises(ActionRefused, match="登记中没有“2018-77”"):
        reply(office, case, "repeat", day(2), 此前的答复=named)


def test_only_a_repeat_names_an_earlier_answer(town: Town, office: Office) -> None:
    with pytest.raises(ActionRefused, match="只在重复申请时填写"):
        reply(office, confirmed(town), "provided", day(2), 此前的答复="2018年5月7日作出的答复")


# --- a year whose holidays are not published ----------------------------------------------------------------


def test_a_reply_goes_out_in_a_year_nobody_has_published(town: Town, office: Office) -> None:
    """It is due; it names no day that would have to be worked out."""
    new_year = date(2027, 1, 6)
    with on(date(2026, 12, 31)):
        case = register(town.as_clerk, town.agency, date(2026, 12, 31))
    letter = reply(office, case, "not_existing", new_year)
    with on(new_year):
        DeliverLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, way="hand", on=new_year).run()
    case.refresh_from_db()
    assert (case.state, case.closed_on) == ("answered", new_year)


def test_an_extension_is_not_signed_in_such_a_year(town: Town, office: Office) -> None:
    with on(date(2026, 12, 31)):
        case = register(town.as_clerk, town.agency, date(2026, 12, 31))
    with on(date(2027, 1, 6)), pytest.raises(ActionRefused, match="放假安排尚未公布"):
        office.letter(case, "extension", {"延期理由": "档案多", "期限": "10"})


# --- consultations of an older system (条例 32) -------------------------------------------------------------


def taken_over(town: Town, *events: Event) -> Case:
    history = History(Channel.IN_PERSON, (Event(START, Kind.RECEIVED), *events))
    with on(day(12)):
        return TakeOver(
            town.as_head, agency=town.agency, request=request(channel=Channel.IN_PERSON), history=history,
            old_number="2024-老-7",
        ).run().case  # fmt: skip


@pytest.mark.parametrize("party", [None, Party.THIRD_PARTY])
def test_an_answer_nobody_has_entered_is_decided_on_first(
    town: Town, office: Office, party: Party | None
) -> None:
    case = taken_over(
        town,
        Event(day(2), Kind.CONSULTATION_STARTED, party=party, ref="1"),
        Event(day(8), Kind.CONSULTATION_ENDED, party=party, ref="1"),
    )
    for number in (12, 18):  # within its 15 working days, and after them: it did answer
        with pytest.raises(ActionRefused, match="意见已经收到，但没有登记是否同意"):
            reply(office, case, "provided", day(number))
        Letter.objects.all().delete()
    asked = case.consultations.get()
    assert asked.party == "third_party"
    with on(day(18)):
        DecideOnParty(
            town.as_clerk,
            case_id=case.pk,
            consultation_id=asked.pk,
            decision="disclose",
            reason="原卷载明同意",
        ).run()
    assert reply(office, case, "provided", day(18)).state == "signed"


def test_a_party_of_no_name_is_silent_after_its_term(town: Town, office: Office) -> None:
    case = taken_over(town, Event(day(2), Kind.CONSULTATION_STARTED))
    with pytest.raises(ActionRefused, match="逾期未提出意见"):
        reply(office, case, "provided", day(18))


def test_a_character_no_font_has_is_told_before_signing_and_stops_nothing(town: Town, office: Office) -> None:
    pages = []
    for village in ("陈", "𱍐"):
        case, typed = confirmed(town), TYPED | {"查明事实": f"检索了{village}家村的档案。"}
        with on(day(1)):
            given = {"case_id": case.pk, "kind": "reply", "outcome": "provided"}
            letter = DraftLetter(town.as_clerk, typed=typed, **given).run()
            address = reverse("applications:letter", args=[case.pk, letter.pk])
            pages.append(signed_in(town.clerk).get(address).content.decode())
    usual, rare = pages
    assert "印成空框" not in usual
    assert "没有1个字（U+31350：𱍐）" in rare
    assert "签批前需要补正" not in rare
