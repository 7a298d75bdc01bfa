"""What applicants type: one line is one line, a number is read in any width, an address can be mailed to."""

from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from gongkai.web.applications import files
from gongkai.web.applications.actions import PrepareDraft, SetRegister
from gongkai.web.applications.forms import entry
from gongkai.web.applications.forms.entry import ApplicationForm
from gongkai.web.applications.models import Applicant
from gongkai.web.applications.receiving import drafts, intake, proven
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import CREDIT_CODE, IDENTITY, PDF, request, requester, submit
from tests.web.applications.playing import START, on
from tests.web.reporting.people import Town, work

LINES = ("name", "contact_name", "address", "needs_help", "agent_name", "phone", "email", "identity_number")


def faults(**changes: Any) -> dict[str, str]:
    return intake.faults(request(requester(**changes)))


@pytest.mark.parametrize("field", LINES)
@pytest.mark.parametrize("end", ["\r\n", "\n", "\x0b", "\u2028", "\x1b[2J"])
def test_no_line_holds_a_break(field: str, end: str) -> None:
    assert field in faults(**{field: f"【紧急】{end}请登录 http://evil.example"})


def test_nor_does_the_subject() -> None:
    assert "不能换行" in intake.faults(request(subject="甲\n乙"))["subject"]
    assert intake.faults(request(details="甲\n乙")) == {}


def test_the_receipt_mails_nothing_that_was_typed(town: Town) -> None:
    typed = "【紧急】请登录evil.example"
    who = requester(name=typed, contact_name=typed, address=typed, agent_name=typed)
    with pytest.raises(ActionRefused, match="不能换行"):
        submit(town.agency, request(replace(who, name=f"{typed}\r\n\r\n甲")))
    with on(START):
        case = submit(town.agency, request(who, subject=typed, details=typed)).case
        work()
    (sent,) = mail.outbox
    assert "evil" not in sent.body + sent.subject
    assert case.register_no in sent.body


@pytest.mark.parametrize(
    "number",
    [
        "110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ", " 11010519491231002x ",
        "110105　19491231　002Ｘ",
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written(town: Town, number: str) -> None:
    wanted = request(requester(identity_number=number, agent_name="林一帆", agent_identity=number))
    assert intake.faults(wanted) == {}
    applicant = Applicant.objects.get(case=submit(town.agency, wanted).case)
    assert applicant.identity_number == applicant.agent_identity == IDENTITY


def test_other_numbers_in_full_width(town: Town) -> None:
    who = requester(phone="０５７７－６３７０００００", postcode="３２５４００", email="Ｃhen＠example。cn")
    wanted = request(who)
    assert set(intake.faults(wanted)) == {"email"}
    wanted = request(replace(wanted.requester, email="ＣＨＥＮ＠example．cn"))
    case = submit(town.agency, wanted).case
    assert (case.applicant.phone, case.applicant.postcode) == ("0577-63700000", "325400")
    assert case.applicant.email == "chen@example.cn"


def test_the_register_number_in_any_width(town: Town) -> None:
    made = submit(town.agency)
    number = made.case.register_no
    wide = number.translate({sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)})
    copied = (f"{number}号", f"登记号：{number}", f"登记号 {number}", f"{number}号申请")
    for typed in (number, wide, f" {wide[:3]} {wide[3:]}", f"{number}\u200b", *copied):
        found = proven.case_of(typed, made.code)
        assert found is not None
        assert found.pk == made.case.pk
    assert proven.case_of(number[:-1], made.code) is None


def test_a_register_number_no_telephone_can_type(town: Town) -> None:
    SetRegister(town.as_head, agency=town.agency, pattern="BS白公开〔{year}〕{number}号").run()
    with on(START):
        first, second = submit(town.agency), submit(town.agency)
    assert first.case.register_no == "BS白公开〔2024〕1号"
    for number in (
        "BS白公开（2024）1号",
        "bs白公开(2024)1号",
        "Bs白公开【2024】 1号",
        "ＢＳ白公开[2024]１号",
        "登记号：BS白公开（2024）1号",
        "BS白公开（2024）1号申请",
        "BS白公开（2024）1",
    ):
        found = proven.case_of(number, first.code)
        assert found == first.case, number
        assert proven.case_of(number, second.code) is None
    assert proven.case_of("", first.code) is None
    assert proven.case_of("BS白公开20241号", first.code) is None
    with pytest.raises(ActionRefused, match="不能用"):
        SetRegister(town.as_head, agency=town.agency, pattern="昆\n{year}-{number}").run()


def test_the_fault_names_the_kind_of_document() -> None:
    said = faults(kind="business", identity_kind="identity_card", identity_number=CREDIT_CODE)
    assert "属于“统一社会信用代码证书”，证件种类选的是“居民身份证”" in said["identity_number"]
    assert "属于“居民身份证”" in faults(identity_kind="credit_code")["identity_number"]
    said = faults(identity_number="330326000000063")
    assert "选的是“居民身份证”" in said["identity_number"]
    assert "改选证件种类" in said["identity_number"]


@pytest.mark.parametrize(
    "email", ["a,b@c.cn", "a;b@c.cn", "a@b.c,", "a@b..cn", "a@b", "甲@b.cn", "a@b.cn c@d.cn", "a@b.cn\n"]
)
def test_an_address_no_mail_can_go_to(email: str) -> None:
    found = faults(email=email)
    assert (email == "a@b.cn\n") == (found == {})  # a break at the end is a blank around it
    if found:
        assert "电子邮箱" in found["email"]


def test_nobody_is_born_tomorrow() -> None:
    """Its check digit is right."""
    number = "110101209903071235"
    assert "出生日期还没有到" in faults(identity_number=number)["identity_number"]
    assert "出生日期还没有到" in faults(agent_name="林一帆", agent_identity=number)["agent_identity"]


def test_an_agents_number_is_looked_at_without_a_name() -> None:
    found = faults(agent_identity="abc")
    assert "身份证号码有误" in found["agent_identity"]
    assert "请填写代理人姓名" in found["agent_name"]
    assert "agent_name" in faults(agent_identity=IDENTITY)


def test_a_name_that_nobody_sees_is_none() -> None:
    assert faults(name="\u200b")["name"] == "请填写姓名"
    assert faults(phone="\u2060", email="", address="\u3000") == {
        "phone": "请至少填写一种联系方式：电话、电子邮箱或通信地址"
    }


def form(**changes: str) -> ApplicationForm:
    typed = {
        "kind": "natural_person", "name": "陈一心", "identity_kind": "identity_card",
        "identity_number": IDENTITY, "phone": "0577-63700000", "subject": "预算",
        "form_wanted": "electronic", "way_wanted": "online",
    }  # fmt: skip
    sent = QueryDict(mutable=True)
    sent.update(typed | changes)
    return ApplicationForm(sent)


@pytest.mark.parametrize("field", ["subject", "details", "name", "address", "postcode", "needs_help"])
def test_what_is_too_long_is_said_in_our_words(field: str) -> None:
    given = form(**{field: "长" * 5001})
    assert not given.is_valid()
    (said,) = given.errors[field]
    assert "变量" not in said
    assert "最多" in said


def test_a_break_is_one_sign_as_in_the_browser(town: Town) -> None:
    given = form(details="长" * 4950 + "\r\n" * 49 + "末")
    assert given.is_valid(), given.errors
    assert given.request().details == "长" * 4950 + "\n" * 49 + "末"
    given = form(details="长" * 4950 + "\r\n" * 50 + "末")
    assert "最多5000字" in given.errors["details"][0]


def test_what_turns_text_around_or_controls_is_not_kept(town: Town) -> None:
    said = "文号\u202eabc\u202c\x0b第二行\x1b[2J\r\n第三行"
    case = submit(town.agency, request(details=said)).case
    assert case.details == "文号abc\n第二行[2J\n第三行"
    assert submit(town.agency, request(details="\u200b\u2800")).case.details == ""


def test_no_field_lets_a_browser_cut_what_is_pasted() -> None:
    given = form()
    assert [one.name for one in given if "maxlength" in str(one)] == []
    assert form(postcode=" 325 400 ").is_valid()


def test_all_files_that_cannot_be_taken_are_named_at_once() -> None:
    given = form()
    wrong = [
        SimpleUploadedFile("空.pdf", b""),
        SimpleUploadedFile("假.pdf", b"MZ"),
        SimpleUploadedFile("a.zip", b"PK"),
    ]
    given.files.setlist("agent_files", [*wrong, SimpleUploadedFile("书.pdf", PDF)])
    assert [text.split("：")[0] for text in given.errors["agent_files"]] == ["空.pdf", "假.pdf", "a.zip"]


def test_a_fault_of_a_choice_leads_to_its_first_button(town: Town) -> None:
    given = dict(form(form_wanted="paper", phone="没有").data.items())
    page = Client().post(reverse("portal:apply_to", args=[town.agency.slug]), given).content.decode()
    assert '<a href="#id_way_wanted_0">获取方式</a>' in page
    assert '<a href="#id_phone">联系电话</a>' in page


class Large(SimpleUploadedFile):
    """A file said to be of 190 MB, of which nothing may be read."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("read before its size was looked at")


def test_a_large_file_is_not_read() -> None:
    upload = Large("证.pdf", b"%PDF-")
    upload.size = 190 * 2**20
    given = form()
    given.files.setlist("identity_files", [upload])
    assert not given.is_valid()
    assert "190MB，超过20MB" in given.errors["identity_files"][0]


def test_many_files_are_limited_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "LARGEST_TOGETHER", 2 * len(PDF))
    uploads = [SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(3)]
    given = form()
    given.files.setlist("identity_files", uploads[:1])
    given.files.setlist("request_files", uploads[1:])
    assert not given.is_valid()
    assert "全部附件合计" in given.errors["request_files"][0]
    given = form()
    given.files.setlist("identity_files", uploads[:2])
    assert given.is_valid(), given.errors
    assert [one.content for one in given.request().uploads] == [PDF, PDF]


def test_a_file_is_read_from_its_start() -> None:
    upload = SimpleUploadedFile("证.pdf", PDF)
    upload.seek(5)
    assert files.read_upload(upload) == PDF


def test_a_draft_keeps_what_is_meant(town: Town) -> None:
    token = PrepareDraft(
        Actor.of(None), agency=town.agency, request=request(requester(name=" 陈一心\u200b"))
    ).run()
    wanted = drafts.of_token(token)
    assert wanted is not None
    assert wanted.requester.name == "陈一心"


def test_nul_in_what_is_sent(town: Town) -> None:
    token = PrepareDraft(Actor.of(None), agency=town.agency, request=request()).run()
    sent = {"step": "found", "token": token, "offer": "catalogue:1\0"}
    answer = Client(raise_request_exception=False).post(f"/apply/to/{town.agency.slug}/", sent)
    assert answer.status_code in {409, 422}


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("passport", "e1234 5678", "E12345678"),
        ("permit", "Ｈ1234-5678", "H12345678"),
        ("credit_code", "91110000-600037341-l", "91110000600037341L"),
        ("identity_card", "330326 19550315 123x", "33032619550315123X"),
        ("other", "甲字-12号", "甲字-12号"),
    ],
)
def test_a_number_is_kept_in_one_spelling(kind: str, typed: str, kept: str) -> None:
    who = intake.Requester("natural_person", "张三", kind, typed, agent_identity="h1234 5678")
    request = intake.normal(intake.Request(who, "预算"))
    assert request.requester.identity_number == kept
    assert request.requester.agent_identity == "H12345678"
    assert "agent_identity" not in intake.faults(request)


def test_a_unit_s_paper_is_not_a_person_s() -> None:
    who = intake.Requester(
        "natural_person", "某某公司", "credit_code", "91110000600037341L", phone="0577-63700000"
    )
    assert intake.faults(intake.Request(who, "预算")) == {
        "kind": "填的是单位的证件：单位申请请改选申请人类别，本人申请请填写本人的证件"
    }


@pytest.mark.parametrize(
    ("form", "way", "fits"),
    [
        ("paper", "online", False),
        ("paper", "email", False),
        ("paper", "post", True),
        ("disc", "email", False),
        ("disc", "pick_up", True),
        ("inspection", "post", False),
        ("inspection", "pick_up", True),
        ("electronic", "post", True),
        ("electronic", "online", True),
    ],
)
def test_a_form_and_the_ways_it_can_be_had_by(form: str, way: str, fits: bool) -> None:
    assert (intake.unfit(form, way) == "") is fits
