"""An application that reached the wrong agency: the right one is named, or gets it with consent."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.applications import sealed
from gongkai.web.applications.actions import (
    AddFile,
    ForwardCase,
    Purge,
    ReceiveForwarded,
    RecordEvent,
    VoidEvent,
)
from gongkai.web.applications.files import content_of
from gongkai.web.applications.letters.check import typed_of
from gongkai.web.applications.letters.recital import came_in
from gongkai.web.applications.models import Case, Forwarding
from gongkai.web.applications.receiving import handed_over
from gongkai.web.applications.receiving.intake import Upload
from gongkai.web.common.actor import Actor
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import AuditEntry
from tests.web.applications.asking import IDENTITY, PDF, register, request, submit, today
from tests.web.applications.playing import Office, confirmed, on
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

FOUND = "本机关没有制作或者获取过该信息。"


@pytest.fixture
def case(town: Town) -> Case:
    Agency.objects.filter(pk=town.neighbour.pk).update(address="某路1号", phone="0577-63000000")
    wanted = request(channel="in_person", uploads=(Upload("identity", "身份证.pdf", PDF),))
    return register(town.as_clerk, town.agency, today() - timedelta(2), wanted)


def forward(town: Town, case: Case, **more: object) -> ForwardCase:
    given: dict[str, object] = {"agency_pk": town.neighbour.pk, "found_out": FOUND, **more}
    action = ForwardCase(town.as_clerk, case_id=case.pk, **given)  # type: ignore[arg-type]
    action.run()
    return action


def test_with_consent_it_is_registered_at_the_agency_in_charge(town: Town, case: Case) -> None:
    made = forward(town, case, consent="电话同意").made
    assert made is not None
    assert (made.agency, made.origin, made.received_on) == (town.neighbour, "forwarded", today())
    assert (made.subject, made.applicant.identity_number) == (case.subject, IDENTITY)
    assert [content_of(one) for one in made.attachments.all()] == [PDF]
    assert Forwarding.objects.get(case=case).consent == "电话同意"
    letter = case.letters.get()
    assert (letter.outcome, letter.state) == ("other_agency", "draft")
    assert "某路1号" in typed_of(letter)["理由"]
    assert "转该机关办理" in typed_of(letter)["理由"]
    case.refresh_from_db()
    assert case.is_open, "it is ended here by the reply"
    other = signed_in(town.other_clerk).get(reverse("applications:case", args=[made.pk])).content.decode()
    assert "转自" in other
    assert case.register_no in other
    mine = signed_in(town.clerk)
    assert made.register_no in mine.get(reverse("applications:case", args=[case.pk])).content.decode()
    assert mine.get(reverse("applications:case", args=[made.pk])).status_code == 404


def corrected(town: Town, office: Office) -> Case:
    """Asked to be corrected and corrected, with a paper; then found to be another's."""
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "请写明年度", "期限": "5"}, date(2024, 3, 6))
    with on(date(2024, 3, 8)):
        given = (Upload("", "补正说明.pdf", PDF),)
        RecordEvent(
            town.as_clerk, case_id=case.pk, kind="corrected", on=date(2024, 3, 8), text="2023年度的",
            uploads=given,
        ).run()  # fmt: skip
        for purpose in ("internal", "proof"):
            AddFile(
                town.as_clerk, case_id=case.pk, purpose=purpose, upload=Upload("", "内部.pdf", PDF)
            ).run()  # fmt: skip
    return Case.objects.get(pk=case.pk)


def test_it_goes_on_as_it_was_corrected(town: Town, office: Office) -> None:
    case = corrected(town, office)
    with on(date(2024, 3, 11)):
        made = forward(town, case, consent="电话同意").made
    assert made is not None
    assert made.details == case.details
    assert "2023年度的" in made.details
    notice = case.letters.get(kind="correction")
    assert notice.pdf is not None
    kept = {one.name: one for one in made.attachments.all()}
    assert {name: one.purpose for name, one in kept.items()} == {
        "证.pdf": "identity", "补正说明.pdf": "correction", notice.pdf.name: "internal",
    }  # fmt: skip
    assert content_of(kept[notice.pdf.name]) == content_of(notice.pdf)
    handed_in = dict(handed_over.by_purpose(made))
    assert handed_in["correction"] == "1份：补正说明.pdf", "the notice is no paper of the applicant's"
    with sealed.storage().open(kept[notice.pdf.name].path) as stored:
        assert b"%PDF" not in stored.read(), "encrypted"
    assert not {one.path for one in kept.values()} & set(case.attachments.values_list("path", flat=True))
    here = AuditEntry.objects.get(code="applications.forward").details
    there = AuditEntry.objects.get(code="applications.receive_forwarded").details
    assert here["papers"] == there["papers"] == {"correction": 1, "identity": 1, "internal": 1}
    assert (here["made"], there["from"]) == (made.pk, case.pk)
    assert "补正说明" not in f"{here}{there}"


def test_a_correction_that_was_none_stays_here(town: Town, office: Office) -> None:
    case = corrected(town, office)
    with on(date(2024, 3, 11)):
        event = case.events.get(kind="corrected")
        VoidEvent(town.as_clerk, case_id=case.pk, event_id=event.pk, reason="登记错了").run()
        made = forward(town, case, consent="电话同意").made
    assert made is not None
    assert [one.purpose for one in made.attachments.all()] == ["identity"]


def test_the_reasons_for_many_applications_stay_here(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "reasons", {"数量频次": "一个月四十件。", "期限": "5"}, date(2024, 3, 6))
    with on(date(2024, 3, 8)):
        given = (Upload("", "理由.pdf", PDF),)
        RecordEvent(
            town.as_clerk, case_id=case.pk, kind="reasons_given", on=date(2024, 3, 8), uploads=given
        ).run()  # fmt: skip
        made = forward(town, case, consent="电话同意").made
    assert made is not None
    assert [one.purpose for one in made.attachments.all()] == ["identity"]


def test_without_consent_the_right_agency_is_only_named(town: Town, case: Case) -> None:
    assert forward(town, case).made is None
    assert Case.objects.count() == 1
    reason = typed_of(case.letters.get())["理由"]
    assert town.neighbour.full_name in reason
    assert "请您向该机关提出申请" in reason


def test_what_came_over_the_internet_is_confirmed_anew(town: Town) -> None:
    case = submit(town.agency).case
    with pytest.raises(ActionRefused):
        forward(town, case, consent="网上同意")
    assert Case.objects.count() == 1, "not even registered there: the reply here is not allowed yet"
    RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=today()).run()
    made = forward(town, case, consent="网上同意").made
    assert made is not None
    assert made.state == "unconfirmed"


def test_once_and_only_to_another_agency_around(town: Town, case: Case) -> None:
    for pk in (town.agency.pk, 10**6):
        with pytest.raises(ActionRefused, match="没有选定"):
            forward(town, case, agency_pk=pk)
    forward(town, case, consent="电话同意")
    case.letters.update(state="dropped")
    with pytest.raises(ActionRefused, match="已经转办过"):
        forward(town, case, consent="电话同意")


def test_nobody_registers_at_another_agency_by_hand(town: Town, case: Case) -> None:
    with pytest.raises(Denied):
        ReceiveForwarded(town.as_clerk, agency=town.neighbour, request=request()).run()
    with pytest.raises(Denied):
        ForwardCase(
            town.as_other_clerk, case_id=case.pk, agency_pk=town.neighbour.pk, found_out=FOUND, consent="x"
        ).run()
    assert Case.objects.count() == 1


def test_the_form_asks_how_the_applicant_agreed(town: Town, case: Case) -> None:
    client, url = signed_in(town.clerk), reverse("applications:act", args=[case.pk, "forward"])
    assert town.neighbour.full_name in client.get(url).content.decode()
    given = {"revision": case.revision, "agency_pk": town.neighbour.pk, "found_out": FOUND, "agrees": "on"}
    assert client.post(url, given).status_code == 422
    assert client.post(url, {**given, "consent": "当面同意"}).status_code == 302
    assert Forwarding.objects.get().to.agency == town.neighbour


def test_the_consent_is_erased_with_the_file(town: Town, case: Case) -> None:
    made = forward(town, case, consent="电话同意").made
    assert made is not None
    RecordEvent(town.as_other_clerk, case_id=made.pk, kind="withdrawn", on=today()).run()
    Purge(Actor.system("applications.tidier"), case_id=made.pk, whole=True).run()
    assert Forwarding.objects.get().consent == ""


@pytest.mark.parametrize("channel", ["signed_mail", "in_person", "internet"])
def test_letters_there_say_whom_it_was_sent_on_by(town: Town, channel: str) -> None:
    if channel == "internet":
        case = submit(town.agency).case
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=today()).run()
    else:
        case = register(town.as_clerk, town.agency, today() - timedelta(2), request(channel=channel))
    made = forward(town, case, consent="电话同意").made
    assert made is not None
    day = chinese(today())
    came = f"您向{town.agency.full_name}提出、经您同意转来的政府信息公开申请于{day}转到本机关，"
    there = "尚待本机关与您确认收到" if channel == "internet" else "本机关于当日收到"
    assert came_in(made) == came + there
    assert "转来" not in came_in(case)
