"""A delivery nothing proves is said on the page of the case, and its proof can come later."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.web.applications.actions import AddProof, DeliverLetter
from gongkai.web.applications.delivery import proofs
from gongkai.web.applications.models import Attachment, Case, Delivery, Letter, Purpose
from gongkai.web.applications.receiving import intake
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import PDF
from tests.web.applications.playing import START, Office, confirmed, on
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

WANTED = {"hand": "送达回证", "fax": "传真发送", "email": "邮件发送", "post": "邮政企业", "online": ""}


@pytest.fixture
def case(town: Town) -> Case:
    return confirmed(town)


@pytest.mark.parametrize(("way", "wanted"), WANTED.items())
def test_each_way_asks_for_its_own_proof_but_the_site_s_own_record(
    town: Town, office: Office, case: Case, way: str, wanted: str
) -> None:
    with on(START):
        letter = office.letter(case, "receipt", {})
        DeliverLetter(
            town.as_clerk, case_id=case.pk, letter_id=letter.pk, way=way, on=START, tracking="1234567890123"
        ).run()
        page = signed_in(town.clerk).get(reverse("applications:case", args=[case.pk])).content.decode()
    found = Letter.objects.get(pk=letter.pk)
    assert wanted in proofs.missing(found)
    assert bool(proofs.missing(found)) is bool(wanted) is ("没有送达凭证" in page)


def test_what_comes_back_later_is_kept_with_the_delivery_once(town: Town, office: Office, case: Case) -> None:
    letter = office.send(case, "receipt", {}, START)
    url = reverse("applications:act_on", args=[case.pk, "add-proof", letter.pk])
    with on(START):
        clerk = signed_in(town.clerk)
        assert "送达凭证：收件人签收的送达回证" in clerk.get(url).content.decode()
        given = {
            "revision": Case.objects.get(pk=case.pk).revision,
            "proof": SimpleUploadedFile("回证.pdf", PDF),
        }
        assert clerk.post(url, given).status_code == 302
        delivery = Delivery.objects.get(letter=letter)
        assert delivery.proof == Attachment.objects.get(purpose=Purpose.PROOF)
        page = clerk.get(reverse("applications:case", args=[case.pk])).content.decode()
        assert "没有送达凭证" not in page
        again = AddProof(
            town.as_clerk, case_id=case.pk, letter_id=letter.pk, proof=intake.Upload("", "二.pdf", PDF)
        )
        with pytest.raises(ActionRefused, match="已有送达凭证"):
            again.run()


def test_a_letter_that_did_not_go_out_has_no_proof(town: Town, office: Office, case: Case) -> None:
    with on(START):
        letter = office.letter(case, "receipt", {})
        given = {"case_id": case.pk, "letter_id": letter.pk, "proof": intake.Upload("", "一.pdf", PDF)}
        with pytest.raises(ActionRefused, match="已签发"):
            AddProof(town.as_clerk, **given).run()
    assert proofs.missing(letter) == ""
