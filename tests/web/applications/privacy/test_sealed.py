"""Papers as they came bear numbers and addresses in clear: they open with a reason that stays on record."""

import pytest
from django.urls import reverse

from gongkai.web.applications import tasks
from gongkai.web.applications.actions import AddFile, RecordEvent
from gongkai.web.applications.models import Case, Opening, Purpose
from gongkai.web.applications.privacy import retention
from gongkai.web.applications.privacy.openings import SEALED
from gongkai.web.applications.receiving import intake
from gongkai.web.common.models import AuditEntry
from tests.web.applications.asking import PDF
from tests.web.applications.playing import START, confirmed, on
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in


@pytest.fixture
def case(town: Town) -> Case:
    made = confirmed(town)
    with on(START):
        for purpose in (Purpose.SCAN, Purpose.IDENTITY, Purpose.INTERNAL, Purpose.DISCLOSED):
            upload = intake.Upload(purpose, f"陈一心的{purpose.label}.pdf", PDF)
            AddFile(town.as_clerk, case_id=made.pk, purpose=purpose, upload=upload).run()
    return Case.objects.get(pk=made.pk)


def test_a_paper_from_outside_opens_after_a_reason_and_one_of_the_agency_s_own_at_once(
    town: Town, case: Case
) -> None:
    client, page = signed_in(town.clerk), reverse("applications:case", args=[case.pk])
    address = {
        one.purpose: reverse("applications:attachment", args=[case.pk, one.pk])
        for one in case.attachments.all()
    }
    for purpose in (Purpose.SCAN, Purpose.IDENTITY):
        told = client.get(address[purpose])
        assert (told.status_code, told.headers["Location"]) == (302, f"{page}#ap-reason")
    for purpose in (Purpose.INTERNAL, Purpose.DISCLOSED):
        assert client.get(address[purpose]).status_code == 200
    assert "来件扫描件上可能有证件号码" in client.get(page).content.decode()
    assert not Opening.objects.exists()
    client.post(reverse("applications:personal", args=[case.pk]), {"reason": "核对申请表"})
    assert client.get(address[Purpose.SCAN]).content == PDF
    assert Opening.objects.get().reason == "核对申请表"
    assert AuditEntry.objects.filter(code="applications.open_personal").count() == 1


def test_its_name_is_not_shown_and_who_may_not_open_it_gets_no_link(town: Town, case: Case) -> None:
    scan = case.attachments.get(purpose=Purpose.SCAN)
    url = reverse("applications:attachment", args=[case.pk, scan.pk])
    page = reverse("applications:case", args=[case.pk])
    clerk = signed_in(town.clerk).get(page).content.decode()
    assert url in clerk
    assert "陈一心的来件扫描件" not in clerk
    assert "打开前先写明理由" in clerk
    reviewer = signed_in(town.secrecy)
    assert url not in reviewer.get(page).content.decode()
    assert reviewer.get(url).status_code == 302
    assert "请由经办人打开" in reviewer.get(page).content.decode()


def test_what_the_agency_writes_itself_is_not_sealed() -> None:
    assert set(Purpose) - SEALED == {Purpose.DISCLOSED, Purpose.LETTER, Purpose.INTERNAL}


def test_the_application_stays_with_the_file_and_the_proofs_go_first(town: Town, case: Case) -> None:
    with on(START):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=START).run()
    case.refresh_from_db()
    with on(retention.proofs_until(case).replace(year=retention.proofs_until(case).year + 1)):
        tasks.purge()
    kept = {one.purpose: bool(one.path) for one in case.attachments.all()}
    assert kept[Purpose.SCAN]
    assert not kept[Purpose.IDENTITY]
