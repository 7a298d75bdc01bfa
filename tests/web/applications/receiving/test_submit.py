"""Intake: numbers, codes, receipts, drafts sent once; what is wrong is refused with its place."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.db import connection

from gongkai.law.case import Channel
from gongkai.web.applications import accepted, files, sealed
from gongkai.web.applications.actions import PrepareDraft, RegisterByStaff, SendDraft
from gongkai.web.applications.models import Applicant, Attachment, Case, Counter, Draft
from gongkai.web.applications.receiving import codes, intake
from gongkai.web.common import audit
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused, Denied
from tests.web.applications.asking import CREDIT_CODE, IDENTITY, PDF, register, request, requester, submit
from tests.web.reporting.people import Town, work

PUBLIC = Actor.of(None)


def test_an_application_gets_a_number_a_code_and_a_receipt(town: Town) -> None:
    first, second = submit(town.agency), submit(town.agency)
    year = first.case.year
    assert (first.case.register_no, second.case.register_no) == (f"{year}-0001", f"{year}-0002")
    assert codes.fits(first.code.lower().replace("-", " "), first.case.code)
    assert not codes.fits(second.code, first.case.code)
    assert first.case.state == "unconfirmed"
    assert first.case.due is None
    work()
    assert [message.to for message in mail.outbox] == [["chen@example.cn"]] * 2
    assert first.code in mail.outbox[0].body
    assert IDENTITY not in mail.outbox[0].body
    assert audit.verify(town.agency.pk) == []


def test_each_agency_and_year_has_its_own_numbers(town: Town) -> None:
    assert register(town.as_clerk, town.agency, date(2024, 3, 4)).register_no == "2024-0001"
    assert register(town.as_clerk, town.agency, date(2025, 3, 4)).register_no == "2025-0001"
    assert register(town.as_clerk, town.agency, date(2024, 3, 5)).register_no == "2024-0002"
    assert register(town.as_other_clerk, town.neighbour, date(2024, 3, 5)).register_no == "2024-0001"


def test_a_number_whose_case_is_refused_is_given_again(town: Town) -> None:
    bad = request(uploads=(intake.Upload("identity", "身份证.pdf", b"no pdf"),))
    with pytest.raises(ActionRefused, match="内容与扩展名不符"):
        submit(town.agency, bad)
    assert not Counter.objects.filter(last__gt=0).exists()
    assert submit(town.agency).case.number == 1


def test_handed_in_counts_from_that_day_and_by_internet_from_confirmation(town: Town) -> None:
    handed_in = register(town.as_clerk, town.agency, date(2024, 1, 31))
    assert handed_in.received_on == date(2024, 1, 31)
    assert handed_in.due == date(2024, 3, 4)  # over the Spring Festival, with its two worked weekend days
    by_fax = register(
        town.as_clerk,
        town.agency,
        date(2024, 1, 31),
        request(channel=Channel.FAX),
        confirmed_on=date(2024, 2, 1),
    )
    assert (by_fax.received_on, by_fax.state) == (date(2024, 2, 1), "running")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"identity_number": "110105194912310021"}, "identity_number"),
        ({"identity_number": ""}, "identity_number"),
        ({"kind": "company"}, "kind"),
        ({"phone": "", "email": ""}, "phone"),
        ({"phone": "打我电话"}, "phone"),
        ({"email": "chen"}, "email"),
        ({"postcode": "32540"}, "postcode"),
        ({"agent_name": "陈二", "agent_identity": "123"}, "agent_identity"),
        ({"identity_kind": "credit_code", "identity_number": IDENTITY}, "identity_number"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(changes: dict[str, str], field: str) -> None:
    assert list(intake.faults(request(requester(**changes)))) == [field]


def test_nothing_the_law_does_not_ask_for_is_mandatory() -> None:
    bare = intake.Requester("natural_person", "陈一心", "passport", "E12345678", phone="13800000000")
    assert intake.faults(intake.Request(bare, "昆阳镇财政决算")) == {}
    firm = requester(kind="business", name="某公司", identity_kind="credit_code", identity_number=CREDIT_CODE)
    assert intake.faults(request(firm)) == {}


def test_personal_data_is_not_readable_in_the_database(town: Town) -> None:
    case = submit(town.agency).case
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM applications_applicant")
        applicant = str(cursor.fetchall())
        cursor.execute("SELECT * FROM applications_case")
        row = str(cursor.fetchall())
    for secret in ("陈一心", IDENTITY, "63700000", "chen@"):
        assert secret not in applicant
    assert "土地征收" not in row
    assert "-".join(case.code.split("-")) not in row
    index = Applicant._meta.get_field("identity_index")
    assert Applicant.objects.filter(identity_index__in=index.candidates(IDENTITY)).get().case_id == case.pk


def test_files_are_stored_encrypted_and_come_back(town: Town) -> None:
    case = submit(town.agency, request(uploads=(intake.Upload("identity", "证件.pdf", PDF),))).case
    stored = Attachment.objects.get(case=case)
    with sealed.storage().open(stored.path) as raw:
        assert b"PDF" not in raw.read()
    assert files.content_of(stored) == PDF
    assert stored.name == "证件.pdf"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.exe", b"MZ", "不能接收"),
        ("a.pdf", b"", "空的"),
        ("a.jpg", PDF, "不符"),
        ("a.txt", b"\x00\x01", "不符"),
        ("a.docx", b"PK\x03\x04broken", "损坏"),
    ],
)
def test_files_that_may_not_come_in(name: str, content: bytes, message: str) -> None:
    with pytest.raises(ActionRefused, match=message):
        accepted.media_type(name, content)


TYPES = "[Content_Types].xml"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", zipped(**{"META-INF/MANIFEST.MF": "", "a.class": ""}), "不符"),
        ("a.ofd", zipped(**{TYPES: "<Types/>"}), "不符"),
        ("a.docx", zipped(**{TYPES: "<Types/>", "word/VBAPROJECT.BIN": ""}), "宏"),
        ("a.docx", zipped(**{TYPES: "<Override ContentType='application/vnd.ms-office.vbaProject'/>"}), "宏"),
        ("a.xlsx", zipped(**{TYPES: "application/vnd.ms-excel.sheet.macroEnabled.main+xml"}), "宏"),
        ("a.doc", OLD + "_VBA_PROJECT".encode("utf-16-le"), "宏"),
    ],
)
def test_what_a_package_says_of_itself_counts(name: str, content: bytes, message: str) -> None:
    with pytest.raises(ActionRefused, match=message):
        accepted.media_type(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", zipped(**{TYPES: "<Types/>", "word/document2.xml": ""})),
        ("a.xlsx", zipped(**{TYPES: "<Types/>"})),
        ("a.ofd", zipped(**{"OFD.xml": ""})),
        ("a.wps", zipped(**{"content.xml": ""})),
        ("a.wps", OLD),
        ("a.doc", OLD),
    ],
)
def test_files_as_offices_make_them_come_in(name: str, content: bytes) -> None:
    assert accepted.media_type(name, content)


def test_a_draft_is_sent_once_however_often_it_is_clicked(town: Town) -> None:
    wanted = request(uploads=(intake.Upload("request", "说明.txt", "详见附图".encode()),))
    token = PrepareDraft(PUBLIC, agency=town.agency, request=wanted).run()
    assert Case.objects.count() == 0
    first = SendDraft(PUBLIC, token=token).run()
    again = SendDraft(PUBLIC, token=token).run()
    assert (first.case.pk, first.code) == (again.case.pk, again.code)
    assert Case.objects.count() == 1
    assert files.content_of(Attachment.objects.get()) == "详见附图".encode()
    assert Draft.objects.get().content == ""
    with pytest.raises(ActionRefused, match="已经过期"):
        SendDraft(PUBLIC, token="unknown").run()


def test_staff_register_for_their_own_agency_only(town: Town) -> None:
    with pytest.raises(Denied):
        register(town.as_other_clerk, town.agency, date(2024, 3, 4))
    with pytest.raises(Denied):
        RegisterByStaff(PUBLIC, agency=town.agency, request=request()).run()
    with pytest.raises(ActionRefused, match="今天之后"):
        register(town.as_clerk, town.agency, date(2099, 1, 1))
