"""The papers of a case: all of REGULATION §4 as DOCX and PDF; who may have them, and what is on record."""

import json
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

import docx
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.documents import template
from gongkai.documents.pdf import to_pdf
from gongkai.law.case import Case as LawCase
from gongkai.law.case import Channel, Event, Kind
from gongkai.web.applications.actions import (
    AddParty,
    OpenPersonal,
    Purge,
    RecordAnswer,
    RecordEvent,
    SetTemplate,
    TakeOver,
)
from gongkai.web.applications.letters import making as letters
from gongkai.web.applications.letters import own_templates
from gongkai.web.applications.letters.kinds import decisions, kinds
from gongkai.web.applications.models import Case, Letter
from gongkai.web.applications.papers import application_form, making, register_sheet, templates
from gongkai.web.applications.papers.kinds import FORM, SHEET, SLIP, papers
from gongkai.web.applications.permissions import SETUP, TIDIER
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import CREDIT_CODE, IDENTITY, register, request, requester, submit, today
from tests.web.applications.letters.templating import without
from tests.web.applications.playing import START, Office, confirmed, on
from tests.web.applications.reading import words
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

#: REGULATION §4, "a pilot city's set", and which of ours each document is.
THE_SET = {
    "申请表": FORM,
    "申请登记表": SHEET,
    "接收回执": SLIP,
    "补正告知书": "correction",
    "说明理由告知书": "reasons",
    "延期答复告知书": "extension",
    "征求意见书（给第三方）": "consult_third_party",
    "征求意见确认函": "consult_reply_form",
    "征求意见告知书（给申请人）": "consult_notice",
    "依申请公开告知书（给第三方）": "third_party_notice",
    "征求意见书（给共同制作机关）": "consult_agency",
    "协办函": "errand",
    "收费通知书": "fee",
    "答复书": "reply",
}
TYPED = {
    "期限": "15", "数量": "31", "计收方式": "按量", "反馈期限": "2024-03-08",
    "延至": "2024-05-06",
}  # fmt: skip


def sheets_of(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


@pytest.fixture
def case(town: Town) -> Case:
    return confirmed(town)


def letter_of(case: Case, town: Town, code: str) -> Letter:
    """A letter of the kind with something in every field."""
    kind = kinds()[code]
    typed = {field.name: TYPED.get(field.name, f"某项{field.name}") for field in kind.fields}
    asked = None
    if kind.to == "party":
        asked = AddParty(
            town.as_clerk, case_id=case.pk, party=kind.party or "third_party", name="某公司"
        ).run()
    return Letter.objects.create(
        case=case, kind=code, outcome="provided" if code == "reply" else "", consultation=asked,
        fields=json.dumps(typed), drafted_at=case.submitted_at,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "code"), THE_SET.items())
def test_every_document_of_the_set_is_there_as_docx_and_pdf(
    town: Town, case: Case, name: str, code: str
) -> None:
    with on(START):
        if code in papers():
            title, made = papers()[code].name, making.make(code, case, START)
        else:
            title, made = kinds()[code].name, letters.make(letter_of(case, town, code), START)
        assert made.pdf is not None
        for content in (made.docx, made.pdf):
            said = words(content)
            assert title in said
            assert town.agency.full_name in said
            assert case.register_no in said or code in {
                "consult_third_party", "consult_reply_form", "third_party_notice", "consult_agency"
            }, "parties are not told which application it is"  # fmt: skip
            assert "{{" not in said


def test_no_kind_of_ours_is_beside_the_set_but_the_known_ones() -> None:
    ours = {kind.code for kind in templates.all_kinds()}
    assert ours - set(THE_SET.values()) == {"receipt", "delay"}, "the signed receipt, and Art. 35's delay"
    assert set(decisions()) > {"already_public", "provided", "partial", "third_party", "not_existing"}


def test_the_form_says_what_the_applicant_said(town: Town, case: Case) -> None:
    made = making.make(FORM, case, START)
    for content in (made.docx, made.pdf):
        said = words(content or b"")
        for wanted in (
            "陈一心", "居民身份证", IDENTITY, "0577-63700000", "chen@example.cn",
            "昆阳镇2023年土地征收补偿安置方案",
            "平征补〔2023〕5号", "■电子文档", "□纸质复制件", "■凭登记号和查询码在本网站下载", "身份证明1份",
            "网上提交，无需签名", "2024年3月4日", "■互联网", "□当面提交",
        ):  # fmt: skip
            assert wanted in said
        assert "■商业企业" not in said
        assert "用途" not in said
        assert "口头申请" not in said


def test_the_day_of_handing_in_does_not_change(town: Town) -> None:
    """Sent on one day, its receipt confirmed on another: the receipt tells the day it was sent, always."""
    with on(START):
        case = submit(town.agency).case
        before = making.values_of(SLIP, case, START)["提交时间"]
    with on(date(2024, 3, 7)):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=date(2024, 3, 7)).run()
    case = Case.objects.get(pk=case.pk)
    assert making.values_of(SLIP, case, START)["提交时间"] == before == "2024年3月4日"
    assert making.values_of(FORM, case, START)["申请日期"] == "2024年3月4日"


def test_what_was_taken_over_was_handed_in_when_it_came(town: Town) -> None:
    history = LawCase(
        Channel.INTERNET, (Event(START, Kind.RECEIVED), Event(date(2024, 3, 5), Kind.CONFIRMED))
    )
    with on(date(2024, 3, 20)):
        case = TakeOver(
            Actor.system(SETUP), agency=town.agency, request=request(), history=history
        ).run().case  # fmt: skip
    given = making.values_of(FORM, Case.objects.get(pk=case.pk), date(2024, 3, 20))
    assert (given["申请日期"], given["收到日期"]) == ("2024年3月4日", "2024年3月5日")


def test_an_organisation_stands_in_its_own_column(town: Town) -> None:
    who = requester(
        kind="research", name="某研究院", identity_kind="credit_code", identity_number=CREDIT_CODE,
        contact_name="李二", agent_name="王三", agent_identity=IDENTITY,
    )  # fmt: skip
    case = register(town.as_clerk, town.agency, today(), request(who, channel="in_person"))
    given = making.values_of(FORM, case, today())
    assert (given["单位名称"], given["单位证件号码"]) == ("某研究院", CREDIT_CODE)
    assert (given["公民姓名"], given["公民证件号码"]) == ("", "")
    assert "■科研机构" in given["单位类别"]
    assert given["代理人姓名"] == "王三"
    assert given["签名说明"] == "", "it is signed by hand"


def test_one_sheet_of_paper_blank_or_filled(town: Town, case: Case) -> None:
    town.agency.address, town.agency.postcode = "浙江省温州市平阳县昆阳镇解放街128号政府大院3号楼", "325400"
    town.agency.office, town.agency.phone = "党政综合办公室（政府信息公开办公室）", "0577-63700000"
    town.agency.office_hours = "工作日上午8:30—12:00，下午14:00—17:30"
    blank = making.make_blank(town.agency)
    assert sheets_of(blank.pdf or b"") == 1
    printed = template.to_pdf(blank.docx)
    assert printed is None or sheets_of(printed) == 1
    assert sheets_of(making.make(FORM, case, START).pdf or b"") == 1
    said = words(blank.pdf or b"")
    assert "不需要说明用途" in said
    assert town.agency.full_name in said
    assert "■" not in said
    assert "陈一心" not in said


def test_a_long_request_runs_on_over_the_sheet(town: Town) -> None:
    details = "".join(f"第{number}项资料；" for number in range(600))
    case = register(town.as_clerk, town.agency, today(), request(channel="in_person", details=details))
    for code in (FORM, SHEET):
        made = making.make(code, case, today())
        assert sheets_of(made.pdf or b"") > 1
        assert "第0项资料；" in words(made.pdf or b"")
        assert "第599项资料；" in words(made.pdf or b""), "nothing is cut off at the foot of a page"


def test_the_sheet_tells_the_whole_way(town: Town, case: Case) -> None:
    office = Office(town)
    office.send(case, "correction", {"补正事项": "写明地块", "期限": "15"}, date(2024, 3, 6))
    with on(date(2024, 3, 11)):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="corrected", on=date(2024, 3, 11)).run()
        asked = AddParty(town.as_clerk, case_id=case.pk, party="third_party", name="某地产公司").run()
    typed = {"征求内容": "补偿协议", "权益": "商业秘密"}
    office.send(case, "consult_third_party", typed, date(2024, 3, 12), consultation_id=asked.pk)
    with on(date(2024, 3, 20)):
        RecordAnswer(
            town.as_clerk, case_id=case.pk, consultation_id=asked.pk, answer="objects", on=date(2024, 3, 20)
        ).run()
    office.reply(case, "third_party", date(2024, 3, 25))
    with on(date(2024, 3, 26)):
        case = Case.objects.get(pk=case.pk)
        given = making.values_of(SHEET, case, date(2024, 3, 26))
        said = words(making.make(SHEET, case, date(2024, 3, 26)).pdf or b"")
    assert given["收到日期"] == "2024年3月4日"
    assert [line[:10] for line in given["补正"].splitlines()] == ["2024-03-06", "2024-03-11"]
    assert given["延期"] == given["收费"] == given["协办"] == "无"
    assert "某地产公司（第三方）：2024-03-12送达，不同意公开（2024-03-20）" in given["征求意见"]
    assert given["办结日期"] == "2024年3月25日"
    assert "第十五条" in given["依据"]
    assert "第三方" in given["表三行次"]
    assert "签发 " in given["文书签批"]
    assert "2024-03-25当面送达" in given["送达"]
    assert len(given["办理经过"].splitlines()) == case.events.filter(voids=None, voided_by=None).count()
    for name in ("办理结果", "表三行次", "送达"):
        assert "".join(given[name].split()) in said


def test_an_open_case_says_that_it_is_open(town: Town, case: Case) -> None:
    with on(START):
        given = making.values_of(SHEET, case, START)
    assert (given["办理结果"], given["办结日期"], given["表三行次"]) == ("未办结", "未办结", "")
    assert given["答复期限"] == "2024年4月1日"
    assert given["文书签批"] == given["送达"] == "无"


def test_the_sheet_says_who_wrote_the_application_down(town: Town, case: Case) -> None:
    events = (Event(date(2024, 1, 8), Kind.RECEIVED),)
    with on(START):
        by_hand = register(town.as_clerk, town.agency, today(), request(channel="in_person"))
        old = TakeOver(
            Actor.system(SETUP), agency=town.agency, request=request(channel=Channel.IN_PERSON),
            history=LawCase(Channel.IN_PERSON, events), old_number="旧-1",
        ).run().case  # fmt: skip
        by = [making.values_of(SHEET, one, START)["登记人"] for one in (case, by_hand, old)]
    assert by == ["申请人", str(town.clerk), "由原系统转入"]


def papers_of(case: Case, code: str, form: str) -> str:
    return reverse("applications:paper", args=[case.pk, code, form])


def test_downloading_one_is_opening_personal_data(town: Town, case: Case) -> None:
    client = signed_in(town.clerk)
    for code in papers():
        for form in ("pdf", "docx"):
            refused = client.get(papers_of(case, code, form))
            assert refused["Location"] == reverse("applications:papers", args=[case.pk])
    page = client.get(reverse("applications:papers", args=[case.pk])).content.decode()
    assert "查看理由" in page
    assert case.openings.count() == 0
    without = client.post(reverse("applications:papers", args=[case.pk]), {"reason": " "})
    assert without.status_code == 409
    opened = client.post(reverse("applications:papers", args=[case.pk]), {"reason": "打印存档"})
    assert opened.status_code == 302
    assert case.openings.get().reason == "打印存档"
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(papers_of(case, FORM, form))
        assert answer.content.startswith(start)
        assert IDENTITY in words(answer.content)
        assert "no-store" in answer["Cache-Control"]
    assert client.get(papers_of(case, "granted", "pdf")).status_code == 404
    assert client.get(papers_of(case, FORM, "csv")).status_code == 404
    other = signed_in(town.other_clerk)
    assert other.get(papers_of(case, FORM, "pdf")).status_code == 404
    assert other.post(papers_of(case, FORM, "pdf"), {"reason": "看看"}).status_code == 404
    second = signed_in(town.second_clerk).get(papers_of(case, FORM, "pdf"))
    assert second.status_code == 302, "each gives a reason of their own"


def test_posted_with_a_reason_it_comes_at_once(town: Town, case: Case) -> None:
    answer = signed_in(town.clerk).post(papers_of(case, SLIP, "pdf"), {"reason": "登记后交申请人"})
    said = words(answer.content)
    assert case.register_no in said
    assert case.code not in said
    assert "本回执不再载明" in said
    assert case.openings.get().reason == "登记后交申请人"


def test_what_is_purged_is_not_printed(town: Town, case: Case) -> None:
    Office(town).reply(case, "provided", date(2024, 3, 20))
    OpenPersonal(town.as_clerk, case_id=case.pk, reason="打印").run()
    Purge(Actor.system(TIDIER), case_id=case.pk, whole=True).run()
    case.refresh_from_db()
    with pytest.raises(ActionRefused, match="按保存期限清除"):
        making.make(FORM, case, today())
    assert signed_in(town.clerk).get(papers_of(case, FORM, "pdf")).status_code == 302


@pytest.mark.parametrize("code", [FORM, SHEET, SLIP, "reply"])
def test_templates_of_ones_own(town: Town, case: Case, code: str) -> None:
    kind = templates.kind_of(code)
    assert kind is not None
    client, url = signed_in(town.head), reverse("applications:settings", args=[town.agency.pk])
    start = client.get(reverse("applications:template", args=[town.agency.pk, code])).content
    assert template.fields(start) <= own_templates.known(kind)
    assert template.fields(start) >= own_templates.needed(kind)
    page = client.get(url).content.decode()
    assert all(field.name in page for field in kind.fields), "the list of fields"
    shown = client.get(reverse("applications:template_preview", args=[town.agency.pk, code])).content
    assert all(f"【{name}】" in words(shown) for name in own_templates.needed(kind))
    document: Any = docx.Document(BytesIO(start))
    document.add_paragraph("本机关监制")
    changed = BytesIO()
    document.save(changed)
    upload = SimpleUploadedFile("样式.docx", changed.getvalue())
    assert client.post(url, {"kind": code, "template": upload}).status_code == 302
    if code in papers():
        made = making.make(code, case, START)
        assert "本机关监制" in words(made.docx)
        assert case.register_no in words(made.docx)
    wrong = SimpleUploadedFile("样式.docx", letters.starting_template(kinds()["fee"]))
    assert client.post(url, {"kind": code, "template": wrong}).status_code == 409


@pytest.mark.parametrize("kind", list(templates.all_kinds()), ids=lambda kind: kind.code)
def test_what_one_starts_from_has_all_a_template_needs(kind: own_templates.Printed) -> None:
    assert own_templates.missing(kind, template.fields(templates.starting(kind))) == []


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("reply", "理由"), ("reply", "提供方式"), ("reply", "救济"), ("reply", "文号"), ("reply", "所需信息"),
        ("reply", "收到情况"), ("extension", "新期限"), ("fee", "金额"), ("fee", "收费标准"),
        ("third_party_notice", "救济"), ("third_party_notice", "文号"), ("consult_notice", "征求日期"),
        ("receipt", "期限说明"), ("receipt", "收到情况"), ("correction", "期限"), ("errand", "文号"),
    ],
)  # fmt: skip
def test_a_template_may_not_drop_what_the_law_asks_for(town: Town, kind: str, field: str) -> None:
    content = without(kind, field)
    with pytest.raises(ActionRefused, match=f"缺少必备的字段：.*{field}"):
        SetTemplate(town.as_head, agency=town.agency, kind=kind, name="样式.docx", content=content).run()


def test_a_template_that_says_the_day_of_receipt_itself_is_taken(town: Town) -> None:
    document: Any = docx.Document(BytesIO(without("extension", "收到情况")))
    document.add_paragraph("您{{ 收到日期 }}的申请（{{ 所需信息 }}）")
    changed = BytesIO()
    document.save(changed)
    SetTemplate(
        town.as_head, agency=town.agency, kind="extension", name="样式.docx", content=changed.getvalue()
    ).run()


@pytest.mark.libreoffice
def test_a_template_of_ones_own_becomes_a_pdf(town: Town, case: Case) -> None:
    start = templates.starting(papers()[FORM])
    SetTemplate(town.as_head, agency=town.agency, kind=FORM, name="表.docx", content=start).run()
    made = making.make(FORM, case, START)
    assert made.pdf is not None
    assert IDENTITY in words(made.pdf)
    preview = Client()
    preview.force_login(town.head)
    shown = preview.get(reverse("applications:template_preview", args=[town.agency.pk, FORM])).content
    assert "【公民姓名】" in words(shown)


@pytest.mark.parametrize("code", [SHEET, FORM])
def test_what_is_signed_for_stands_with_the_signatures(code: str) -> None:
    laid_out = register_sheet.paper if code == SHEET else partial(application_form.paper, filled=True)
    given = {field.name: "无" for field in papers()[code].fields}
    signed, before = ("经办人签字", "办理结果") if code == SHEET else ("申请人签名", "需要的协助")
    several = 0
    for lines in range(8, 26, 3):
        long = given | {"所需信息": "某项信息\n" * lines, "特征描述": "某项信息\n" * lines}
        pages = [
            page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(to_pdf(laid_out(long)))
        ]
        several += len(pages) > 1
        assert signed in pages[-1], lines
        assert before in pages[-1], lines
    assert several > 1, "the break was tried at several places"
