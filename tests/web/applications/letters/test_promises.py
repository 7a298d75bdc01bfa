"""What a signed letter of any kind tells of the case is asked again for the day it goes out."""

from datetime import date

import pytest

from gongkai.documents import template
from gongkai.law.case import Channel
from gongkai.web.applications.actions import DeliverLetter, DraftLetter, RecordEvent, SignLetter, Split
from gongkai.web.applications.letters import making, promises
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Case, CaseEvent, Letter
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import register, request
from tests.web.applications.letters.templating import kept_before_the_rule, usual, with_line
from tests.web.applications.playing import START, Office, confirmed, on
from tests.web.reporting.people import Town

SECOND, THIRD, FOURTH = date(2024, 3, 6), date(2024, 3, 8), date(2024, 3, 12)
ERRAND = {"协办科室": "财政所", "协办事项": "查找决算", "反馈期限": "2024-03-20"}
ASKED = {"补正事项": "写明地块", "期限": "15"}
NUMEROUS = {"数量频次": "一年内提出四十件", "期限": "7"}


def by_mail(town: Town) -> Case:
    """Mail without signature: its receipt is still to be confirmed."""
    with on(START):
        return register(town.as_clerk, town.agency, START, request(channel=Channel.ORDINARY_MAIL))


def confirm(town: Town, case: Case, day: date) -> None:
    with on(day):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=day).run()


def deliver(town: Town, letter: Letter, day: date, recorded: date | None = None) -> Letter:
    with on(recorded or day):
        return DeliverLetter(
            town.as_clerk, case_id=letter.case_id, letter_id=letter.pk, way="hand", on=day
        ).run()


def signed(office: Office, case: Case, kind: str, typed: dict[str, str], day: date) -> Letter:
    with on(day):
        return office.letter(case, kind, typed)


def test_a_receipt_does_not_call_open_what_is_confirmed_by_then(town: Town, office: Office) -> None:
    case = by_mail(town)
    letter = signed(office, case, "receipt", {}, START)
    confirm(town, case, THIRD)
    with pytest.raises(
        ActionRefused, match=r"收到情况是“.*尚待本机关与您确认收到”，现在应为“.*3月8日与您确认"
    ):
        deliver(town, letter, THIRD)
    letter.refresh_from_db()
    assert letter.state == "signed"


def test_what_happened_after_the_day_it_went_out_overtakes_nothing(town: Town, office: Office) -> None:
    """Sent on the 6th, confirmed on the 8th, the sending recorded on the 12th: it said what held then."""
    case = by_mail(town)
    letter = signed(office, case, "receipt", {}, START)
    confirm(town, case, THIRD)
    assert deliver(town, letter, SECOND, recorded=FOURTH).state == "delivered"


def test_a_letter_about_the_number_of_applications_does_not_pass_over_a_correction(
    town: Town, office: Office
) -> None:
    case = confirmed(town)
    letter = signed(office, case, "reasons", NUMEROUS, START)
    office.send(case, "correction", ASKED, SECOND)
    with on(THIRD):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="corrected", on=THIRD, text="只要甲地块").run()
    with pytest.raises(ActionRefused, match=r"补正情况是“（没有）”，现在应为“.*补正内容为：“只要甲地块”"):
        deliver(town, letter, FOURTH)


def test_a_letter_about_a_consultation_holds_also_when_another_is_asked(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.consult(case, SECOND)
    letter = signed(office, case, "consult_notice", {"征求原因": "涉及商业秘密"}, SECOND)
    office.consult(case, THIRD)
    with on(FOURTH):
        assert "2024年3月8日" in making.values_of(letter, FOURTH)["征求日期"]
    assert deliver(town, letter, FOURTH).state == "delivered"


def test_a_day_that_is_none_any_more_is_not_told(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.consult(case, SECOND)
    letter = signed(office, case, "consult_notice", {"征求原因": "涉及商业秘密"}, SECOND)
    CaseEvent.objects.filter(case=case, kind="consultation_started").update(on=THIRD)
    with pytest.raises(ActionRefused, match="征求日期是“2024年3月6日”，现在应为“2024年3月8日”"):
        deliver(town, letter, FOURTH)


def test_a_letter_names_what_the_case_is_about_now(town: Town, office: Office) -> None:
    case = confirmed(town)
    letter = signed(office, case, "errand", ERRAND, START)
    with on(SECOND):
        Split(town.as_clerk, case_id=case.pk, subjects=("甲地块方案", "乙地块方案")).run()
    with pytest.raises(ActionRefused, match=r"所需信息是“.*”，现在应为“甲地块方案”"):
        deliver(town, letter, SECOND)


def test_what_a_letter_does_not_tell_stops_neither_signature_nor_delivery(town: Town, office: Office) -> None:
    """The letter to the section says nothing of how the application came in."""
    case = by_mail(town)
    with on(SECOND):
        letter = DraftLetter(town.as_clerk, case_id=case.pk, kind="errand", typed=ERRAND).run()
        SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()
    confirm(town, case, THIRD)
    with on(THIRD):
        letter = SignLetter(town.as_head, case_id=case.pk, letter_id=letter.pk).run()
    assert "收到情况" not in promises.said(letter)
    assert deliver(town, letter, FOURTH).state == "delivered"


def test_what_a_letter_tells_is_signed_anew_once_it_has_changed(town: Town) -> None:
    case = by_mail(town)
    with on(SECOND):
        letter = DraftLetter(town.as_clerk, case_id=case.pk, kind="receipt", typed={}).run()
        SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()
    confirm(town, case, THIRD)
    with on(THIRD), pytest.raises(ActionRefused, match="签批之后变了"):
        SignLetter(town.as_head, case_id=case.pk, letter_id=letter.pk).run()


def test_it_goes_by_what_the_agencys_own_template_prints(
    town: Town, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that tells the way of receipt in a letter to a section is held to it."""
    monkeypatch.setattr(making.template, "to_pdf", lambda _docx: None)
    monkeypatch.setattr(making.template, "office", lambda: None)
    kept_before_the_rule(town.agency, with_line(usual("errand"), "{{ 收到情况 }}"), "errand")
    case = by_mail(town)
    letter = signed(office, case, "errand", ERRAND, START)
    confirm(town, case, THIRD)
    with pytest.raises(ActionRefused, match="收到情况是“"):
        deliver(town, letter, THIRD)


@pytest.mark.parametrize("code", sorted(kinds()))
def test_every_kind_keeps_what_it_prints(code: str) -> None:
    """The names the usual wording prints are those of the template an agency starts from."""
    used = template.fields(usual(code))
    assert used == making.compose.names(kinds()[code])
    if kinds()[code].to == "applicant":
        assert {"收件人", "收到情况", "所需信息"} <= used & set(promises._TOLD)
