"""No number of somebody else's leaves the house in a file: found, and settled, before anybody signs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.report import personal
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import files, sealed, tasks
from gongkai.web.applications.actions import (
    AddFile,
    AnswerOnTheSpot,
    ClearData,
    DraftLetter,
    SignLetter,
    TakeOffFile,
)
from gongkai.web.applications.letters import check, others_data
from gongkai.web.applications.models import Attachment, Case, Clearance, FileSearch, Letter, Purpose, State
from gongkai.web.applications.privacy import searched
from gongkai.web.applications.receiving import intake
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.models import AuditEntry
from tests.report.read.exhaustive_cases import covered_pdf, deleted, docx, run, xlsx
from tests.report.read.pdf_bare import bare_pdf, show
from tests.web.applications.alike.several import trio
from tests.web.applications.alike.test_group_letters import drafted as group_reply
from tests.web.applications.alike.test_group_letters import like
from tests.web.applications.asking import IDENTITY, PDF, register
from tests.web.applications.playing import START, confirmed, on
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

ID, MOBILE, OFFICE = "330102199003071230", "13800138000", "13900139000"
TYPED = {"查明事实": "本机关检索了档案室。", "理由": "见下。", "提供方式": "在网上提供。"}
PICTURE = b"q 500 0 0 700 50 50 cm BI /W 100 /H 100 /BPC 8 /CS /G ID " + bytes(10000) + b" EI Q\n"


@pytest.fixture
def case(town: Town) -> Case:
    return confirmed(town)


def add(town: Town, case: Case, name: str, content: bytes) -> Attachment:
    upload = intake.Upload("disclosed", name, content)
    return AddFile(town.as_clerk, case_id=case.pk, purpose="disclosed", upload=upload).run()


def replied(town: Town, case: Case, outcome: str = "provided") -> Letter:
    return DraftLetter(town.as_clerk, case_id=case.pk, kind="reply", typed=TYPED, outcome=outcome).run()


def sign(actor: Actor, letter: Letter) -> None:
    SignLetter(actor, case_id=letter.case_id, letter_id=letter.pk).run()


def clear(town: Town, letter: Letter, ground: str) -> str:
    words = others_data.found_in(letter)[0].words
    given = {"case_id": letter.case_id, "letter_id": letter.pk, "words": words, "ground": ground}
    ClearData(town.as_clerk, **given).run()
    return words


def test_a_number_under_a_black_box_is_found_and_nobody_signs_until_it_is_settled(
    town: Town, case: Case
) -> None:
    with on(START):
        add(town, case, "名单.pdf", covered_pdf(ID))
        letter = replied(town, case)
        with pytest.raises(ActionRefused, match=r"文件“名单.pdf”第1页的身份证号") as told:
            sign(town.as_clerk, letter)
        assert "画黑块" in told.value.message
        assert ID not in str(told.value)
        assert "330*************30" in told.value.message
        case_page = signed_in(town.clerk).get(reverse("applications:case", args=[case.pk]))
        assert "疑似个人信息1处" in case_page.content.decode()
        for ground in ("office", "account", "looked"):
            with pytest.raises(ActionRefused, match="理由不适用"):
                clear(town, letter, ground)
        words = clear(town, letter, "interest")
        assert others_data.found_in(letter) == check.problems(letter, START) == []
        sign(town.as_clerk, letter)
        url = reverse("applications:act_on", args=[case.pk, "sign", letter.pk])
        page = signed_in(town.head).get(url).content.decode()
    assert words in page.replace("&quot;", '"'), "who signs next sees what was said"
    assert "不公开会对公共利益造成重大影响" in page
    (entry,) = AuditEntry.objects.filter(code="applications.clear_data")
    assert entry.details["ground"] == "interest"
    assert ID not in str(entry.details)


def test_what_was_said_holds_for_that_file_alone(town: Town, case: Case) -> None:
    with on(START):
        first = add(town, case, "名单.pdf", covered_pdf(ID))
        letter = replied(town, case)
        clear(town, letter, "public")
        TakeOffFile(town.as_clerk, case_id=case.pk, file_id=first.pk, reason="换一份").run()
        add(town, case, "名单.pdf", covered_pdf(ID) + b"\n")
        with pytest.raises(ActionRefused, match=r"名单.pdf”第1页的身份证号"):
            sign(town.as_clerk, letter)


def test_deleted_with_changes_tracked_and_put_right_by_another_version(town: Town, case: Case) -> None:
    with on(START):
        first = add(town, case, "名单.docx", docx(run("名单") + deleted(ID)))
        letter = replied(town, case)
        with pytest.raises(ActionRefused, match=r"修订中已删除的文字.*身份证号"):
            sign(town.as_clerk, letter)
        TakeOffFile(town.as_clerk, case_id=case.pk, file_id=first.pk, reason="换一份").run()
        add(town, case, "名单.docx", docx(run("名单") + run("330***")))
        sign(town.as_clerk, letter)


def test_the_applicant_s_own_and_an_agency_s_number_need_no_word(town: Town, case: Case) -> None:
    Agency.objects.filter(pk=town.neighbour.pk).update(phone=OFFICE)
    with on(START):
        spaced = f"{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}"
        add(town, case, "登记表.pdf", bare_pdf(show(spaced, 50, 700) + show(OFFICE, 50, 600)))
        sign(town.as_clerk, replied(town, case))


def test_numbers_of_documents_and_amounts_raise_no_alarm(town: Town, case: Case) -> None:
    rows: list[list[object]] = [
        ["合同编号", "金额（元）", "办公电话"],
        ["6222021234567890128", 13800138000, MOBILE],
    ]
    with on(START):
        add(town, case, "台账.xlsx", xlsx(rows))
        sign(town.as_clerk, replied(town, case))


def test_a_scan_is_looked_through_by_somebody_who_says_so(town: Town, case: Case) -> None:
    with on(START):
        add(town, case, "方案.pdf", bare_pdf(show("a", 9, 9), PICTURE, PICTURE))
        add(town, case, "照片.jpg", b"\xff\xd8\xff\xe0 picture")
        letter = replied(town, case)
        with pytest.raises(ActionRefused) as told:
            sign(town.as_clerk, letter)
        assert "文件“方案.pdf”有不能检查的内容（第2页、第3页：是图片，没有文字）" in told.value.message
        assert "文件“照片.jpg”有不能检查的内容（文件：是图片）" in told.value.message
        with pytest.raises(ActionRefused, match="理由不适用"):
            clear(town, letter, "public")
        clerk = signed_in(town.clerk)
        url = reverse("applications:act_on", args=[case.pk, "clear-data", letter.pk])
        for _ in range(2):
            form = clerk.get(url).context["form"]
            assert [value for value, _ in form.fields["ground"].choices] == ["looked"]
            given = {"words": form.initial["words"], "ground": "looked"}
            revision = Case.objects.get(pk=case.pk).revision
            assert clerk.post(url, given | {"revision": revision}).status_code == 302
        sign(town.as_clerk, letter)
    assert {one.ground for one in Clearance.objects.all()} == {"looked"}


def test_a_file_nobody_gets_with_a_refusal_is_not_asked_about(town: Town, case: Case) -> None:
    with on(START):
        add(town, case, "名单.pdf", covered_pdf(ID))
        sign(town.as_clerk, replied(town, case, "process"))


def test_the_name_of_a_file_is_read_by_the_applicant_too(town: Town, case: Case) -> None:
    with on(START):
        add(town, case, f"低保{ID}.pdf", PDF)
        letter = replied(town, case)
        (found,) = others_data.found_in(letter)
        assert found.words == ("文件“低保330*************30.pdf”的名称中的身份证号（330*************30）")
        clear(town, letter, "public")
        assert others_data.found_in(letter) == []


def test_a_list_of_many_is_told_and_answered_for_together(town: Town, case: Case) -> None:
    with on(START):
        add(town, case, "名单.xlsx", xlsx([[f"139001390{at:02d}"] for at in range(30)] + [[ID]]))
        letter = replied(town, case)
        mobiles, identity = others_data.found_in(letter)
        assert mobiles.masked.startswith("共30个，如139****9000、")
        assert "工作表“Sheet”第31行" in identity.words
        clear(town, letter, "office")
        clear(town, letter, "public")
        sign(town.as_clerk, letter)


def test_a_file_is_searched_once_and_what_was_found_is_kept_sealed_and_goes_with_it(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = personal.search

    def counted(path: str) -> personal.Searched:
        asked.append(path)
        return search(path)

    monkeypatch.setattr(personal, "search", counted)
    with on(START):
        one = add(town, case, "名单.pdf", covered_pdf(ID))
        other = add(town, case, "名单二.pdf", covered_pdf(ID))
        signed_in(town.clerk).get(reverse("applications:case", args=[case.pk]))
        assert len(asked) == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT found FROM applications_filesearch")
            ((stored,),) = cursor.fetchall()
        assert ID not in stored
        TakeOffFile(town.as_clerk, case_id=case.pk, file_id=one.pk, reason="重复").run()
        assert FileSearch.objects.count() == 1
        TakeOffFile(town.as_clerk, case_id=case.pk, file_id=other.pk, reason="重复").run()
    assert not FileSearch.objects.exists()


def test_a_file_of_an_older_release_is_searched_before_anybody_signs(town: Town, case: Case) -> None:
    with on(START):
        content = covered_pdf(ID)
        files.add(case, town.as_clerk, purpose=Purpose.DISCLOSED, name="旧.pdf", content=content)
        letter = replied(town, case)
        with pytest.raises(ActionRefused, match=r"“旧.pdf”还没有检查完"):
            sign(town.as_clerk, letter)
        tasks.search_files()
        with pytest.raises(ActionRefused, match=r"“旧.pdf”第1页的身份证号"):
            sign(town.as_clerk, letter)


def test_a_file_that_is_lost_keeps_no_other_from_being_searched(town: Town, case: Case) -> None:
    lost, there = (
        files.add(case, town.as_clerk, purpose=Purpose.DISCLOSED, name=name, content=covered_pdf(number))
        for name, number in (("失.pdf", ID), ("在.pdf", MOBILE))
    )
    sealed.storage().delete(lost.path)
    with pytest.raises(ActionRefused, match=rf"^1件没有办成：file {lost.pk}: 文件打不开"):
        tasks.search_files()
    assert list(FileSearch.objects.values_list("sha256", flat=True)) == [there.sha256]


def test_no_file_of_an_ended_case_is_looked_at_to_find_what_waits(town: Town, case: Case) -> None:
    files.add(case, town.as_clerk, purpose=Purpose.DISCLOSED, name="旧.pdf", content=covered_pdf(ID))
    assert searched.waiting().count() == 1
    Case.objects.filter(pk=case.pk).update(state=State.WITHDRAWN)
    assert not searched.waiting().exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="chooses by what is in the table: here nothing")
def test_files_are_found_by_their_sum_and_by_their_case(town: Town, case: Case) -> None:
    added = add(town, case, "名单.pdf", covered_pdf(ID))
    plans = []
    with CaptureQueriesContext(connection) as asked:
        assert not searched.waiting().exists()
        files.erase(added)
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            if query["sql"].startswith("SELECT"):
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
                plans += [step for *_, step in cursor.fetchall() if "applications_attachment" in step]
    assert any("attachment_sum (sha256=?)" in step for step in plans)
    assert [step for step in plans if step.startswith("SCAN")] == []


def test_on_the_spot_it_stays_a_draft_until_it_is_settled(town: Town) -> None:
    with on(START):
        case = register(town.as_clerk, town.agency, START)
        upload = intake.Upload("disclosed", "名单.pdf", covered_pdf(MOBILE))
        letter = AnswerOnTheSpot(
            town.as_clerk, case_id=case.pk, outcome="provided", typed=TYPED, uploads=(upload,)
        ).run()
        assert letter.state == "draft"
        clear(town, letter, "office")
        sign(town.as_clerk, letter)


def test_a_file_with_one_applicant_s_number_is_not_copied_to_the_group(town: Town) -> None:
    one, two, _ = trio(town)
    own = Case.objects.get(pk=one.pk).applicant.phone
    assert own == "13800000000"
    add(town, one, "表.pdf", bare_pdf(show(own, 50, 700)))
    source = group_reply(town, one)
    sign(town.as_clerk, source)
    with pytest.raises(ActionRefused, match=r"“表.pdf”第1页的手机号码"):
        like(town, two, source)
    assert not two.letters.exists()
    assert not two.attachments.filter(purpose="disclosed").exists()


def test_in_a_group_what_was_said_of_a_file_goes_along_and_a_scan_is_looked_at_for_each(town: Town) -> None:
    one, two, _ = trio(town)
    add(town, one, "表.pdf", bare_pdf(show(MOBILE, 50, 700), PICTURE))
    source = group_reply(town, one)
    clear(town, source, "public")
    clear(town, source, "looked")
    made = like(town, two, source)
    assert [said.ground for said in made.clearances.all()] == ["public"]
    with pytest.raises(ActionRefused, match="有不能检查的内容"):
        sign(town.as_clerk, made)
    clear(town, made, "looked")
    url = reverse("applications:together_on", args=[one.pk, "sign", source.pk])
    assert "经办人说明可以写入、提供的有2处" in signed_in(town.clerk).get(url).content.decode()
    sign(town.as_clerk, made)


def test_a_long_list_of_agencies_telephones_covers_nobody_s_behind_them(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(personal, "KEPT", 1)
    content = xlsx([[OFFICE], [MOBILE]])
    monkeypatch.setattr(personal, "search", lambda _path: personal.search_bytes(content))
    Agency.objects.filter(pk=town.neighbour.pk).update(phone=OFFICE)
    with on(START):
        add(town, case, "名单.xlsx", content)
        (found,) = others_data.found_in(replied(town, case))
    assert found.masked == "共2个，如139****9000"


def test_what_older_patterns_found_is_not_trusted_and_searched_again(town: Town, case: Case) -> None:
    paper = AddFile(
        town.as_clerk,
        case_id=case.pk,
        purpose="disclosed",
        upload=intake.Upload("", "册.pdf", covered_pdf(ID)),
    ).run()
    found = searched.of(paper.sha256)
    assert found is not None
    FileSearch.objects.update(patterns=0, found=personal.to_json(personal.Searched(())))
    assert searched.of(paper.sha256) is None
    tasks.search_files()
    assert searched.of(paper.sha256) == found
    assert not searched.waiting()
