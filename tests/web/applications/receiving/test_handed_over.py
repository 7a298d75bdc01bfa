"""The applicant sees which files arrived, on the page of the case and on the printed form."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.web.applications.actions import AddFile, Purge, RecordEvent
from gongkai.web.applications.models import Case, Purpose
from gongkai.web.applications.papers import making
from gongkai.web.applications.papers.kinds import FORM
from gongkai.web.applications.permissions import TIDIER
from gongkai.web.applications.receiving import handed_over, intake
from gongkai.web.common.actor import Actor
from tests.web.applications.asking import IDENTITY, PDF, request, submit
from tests.web.applications.following import CORRECT, FOLLOWED, of, opened
from tests.web.applications.playing import START, Office, on
from tests.web.reporting.people import Town


def sent(town: Town) -> Case:
    uploads = (
        intake.Upload(Purpose.IDENTITY, f"身份证{IDENTITY}.pdf", PDF),
        intake.Upload(Purpose.REQUEST, "位置图.pdf", PDF),
        intake.Upload(Purpose.REQUEST, "说明.txt", b"text"),
    )
    case = submit(town.agency, request(uploads=uploads)).case
    RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=START).run()
    inner = intake.Upload("", "内部.pdf", PDF)
    AddFile(town.as_clerk, case_id=case.pk, purpose=Purpose.INTERNAL, upload=inner).run()
    return case


def test_what_came_with_the_application_and_with_the_correction_is_named(town: Town, office: Office) -> None:
    with on(START):
        case = sent(town)
    office.send(case, "correction", {"补正事项": "名称", "期限": "10"}, date(2024, 3, 6))
    with on(date(2024, 3, 7)):
        citizen = opened(case)
        citizen.post(CORRECT, of(case, text="", files=[SimpleUploadedFile("红线图.pdf", PDF)]))
        page = citizen.get(FOLLOWED).content.decode()
    for told in (
        "<dt>身份证明</dt><dd>1份</dd>",
        "<dt>申请附件</dt><dd>2份：位置图.pdf、说明.txt</dd>",
        "<dt>补正材料</dt><dd>1份：红线图.pdf</dd>",
    ):
        assert told in page
    assert IDENTITY not in page
    assert "内部" not in page
    printed = making.values_of(FORM, Case.objects.get(), date(2024, 3, 7))["所附材料"]
    assert printed == "身份证明1份；申请附件2份：位置图.pdf、说明.txt；补正材料1份：红线图.pdf"


def test_of_what_was_erased_the_number_stays(town: Town) -> None:
    with on(START):
        case = sent(town)
        RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=START).run()
        Purge(Actor.system(TIDIER), case_id=case.pk, whole=False).run()
    told = dict(handed_over.by_purpose(case))
    assert told[Purpose.IDENTITY] == "1份（已按保存期限清除）"
    assert told[Purpose.REQUEST] == "2份：位置图.pdf、说明.txt"
