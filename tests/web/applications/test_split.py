"""An application that asks for several things becomes several cases, each with the proof of who asks."""

from django.core.files.storage import default_storage

from gongkai.law.case import Kind
from gongkai.web.applications import clock, files, intake
from gongkai.web.applications.actions import AddFile, Purge, Split
from gongkai.web.applications.models import Attachment, Case, Purpose
from gongkai.web.applications.permissions import TIDIER
from gongkai.web.common.actor import Actor
from gongkai.web.common.models import AuditEntry
from tests.web.applications.asking import PDF, request, submit, today
from tests.web.reporting.people import Town

AUTHORISATION = b"%PDF-1.4\n%authorisation\n%%EOF\n"


def divided(town: Town) -> tuple[Case, Case]:
    uploads = (
        intake.Upload(Purpose.IDENTITY, "陈一心身份证.pdf", PDF),
        intake.Upload(Purpose.AUTHORISATION, "委托书.pdf", AUTHORISATION),
    )
    case = submit(town.agency, request(uploads=uploads)).case
    inner = intake.Upload("", "内部.pdf", PDF)
    AddFile(town.as_clerk, case_id=case.pk, purpose=Purpose.INTERNAL, upload=inner).run()
    (part,) = Split(town.as_clerk, case_id=case.pk, subjects=("补偿方案", "安置方案")).run()
    return Case.objects.get(pk=case.pk), Case.objects.get(pk=part.pk)


def proofs(case: Case) -> list[tuple[str, bytes]]:
    return [(one.purpose, files.content_of(one)) for one in case.attachments.order_by("pk") if one.path]


def test_each_part_has_the_proofs_in_copies_of_its_own(town: Town) -> None:
    whole, part = divided(town)
    assert proofs(part) == [("identity", PDF), ("authorisation", AUTHORISATION)]
    kept = Attachment.objects.filter(purpose__in=("identity", "authorisation"))
    assert len(set(kept.values_list("path", flat=True))) == 4
    for one in part.attachments.all():
        with default_storage.open(one.path) as stored:
            assert b"%PDF" not in stored.read()
    entry = AuditEntry.objects.get(code="applications.split_off")
    assert (entry.details["split_from"], entry.details["files"]) == (whole.pk, 2)
    assert "陈一心" not in str(entry.details)


def test_each_part_keeps_its_proofs_as_long_as_itself(town: Town) -> None:
    whole, part = divided(town)
    clock.append(whole, town.as_clerk, Kind.WITHDRAWN, today())
    Purge(Actor.system(TIDIER), case_id=whole.pk, whole=False).run()
    assert proofs(whole) == [("internal", PDF)]
    assert len(proofs(part)) == 2
