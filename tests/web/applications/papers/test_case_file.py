"""The file of a case for the archive: everything is in it, in order, and what is not there is said."""

import re
import zipfile
from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from django.urls import reverse

from gongkai.web.applications import files
from gongkai.web.applications.actions import AddNote, OpenPersonal, Purge, RecordEvent, SetTemplate
from gongkai.web.applications.models import Attachment, Case, Purpose
from gongkai.web.applications.papers import case_file, file_papers, making, templates
from gongkai.web.applications.papers.kinds import FORM, papers
from gongkai.web.applications.permissions import TIDIER
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import IDENTITY, PDF
from tests.web.applications.playing import START, Office, confirmed, on
from tests.web.applications.reading import words
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

LATER = date(2024, 3, 26)


@pytest.fixture
def case(town: Town) -> Case:
    return confirmed(town)


@pytest.fixture
def ended(town: Town, case: Case) -> Case:
    """Corrected once, noted upon, replied to."""
    office = Office(town)
    office.send(case, "correction", {"补正事项": "写明地块", "期限": "15"}, date(2024, 3, 6))
    with on(date(2024, 3, 11)):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="corrected", on=date(2024, 3, 11)).run()
        AddNote(town.as_clerk, case_id=case.pk, kind="meeting", text="联席会议同意公开。").run()
    office.reply(case, "provided", date(2024, 3, 25))
    return Case.objects.get(pk=case.pk)


def made(case: Case, day: date = LATER) -> dict[str, bytes]:
    with on(day), zipfile.ZipFile(BytesIO(case_file.make(case, day))) as package:
        return {name: package.read(name) for name in package.namelist()}


def titles(package: dict[str, bytes]) -> list[str]:
    return [re.sub(r"^\d\d-|\.\w+$", "", name) for name in package]


def test_all_papers_are_in_it_in_the_order_of_the_list(case: Case, ended: Case) -> None:
    package = made(ended)
    assert titles(package) == [
        "卷内文件目录",
        "政府信息公开申请登记表",
        "政府信息公开申请表",
        "答复期限逐日计算表",
        "身份证明：证",
        "政府信息公开申请补正告知书",
        "政府信息公开申请答复书",
        "办理记录",
        "文件内容摘要（SHA-256）",
    ]
    contents = words(package["00-卷内文件目录.pdf"])
    reply = ended.letters.get(kind="reply")
    for wanted in (ended.register_no, *titles(package)[1:-1], reply.document_no, "2024年3月25日"):
        assert "".join(wanted.split()) in contents
    assert "尚未办结" not in contents
    assert package["04-身份证明：证.pdf"] == PDF
    assert reply.pdf is not None
    assert package["06-政府信息公开申请答复书.pdf"] == files.content_of(reply.pdf)
    assert "联席会议同意公开" in words(package["07-办理记录.pdf"])
    assert IDENTITY in words(package["02-政府信息公开申请表.pdf"])


def test_each_day_of_the_term_is_explained(ended: Case) -> None:
    said = words(made(ended)["03-答复期限逐日计算表.pdf"])
    assert "最晚答复：2024年4月9日" in said
    assert "第10个工作日" in said
    assert "2024年3月7日不计等待申请人补正《政府信息公开条例》第三十条" in said
    assert "2024年3月26日" not in said, "nothing is counted after the end"


def test_sums_tell_whether_a_paper_was_changed(ended: Case) -> None:
    package = made(ended)
    sums = package.pop("文件内容摘要（SHA-256）.txt").decode()
    listed = dict(reversed(line.split("  ", 1)) for line in sums.splitlines())
    assert listed == {name: sha256(content).hexdigest() for name, content in package.items()}


def test_of_an_open_case_the_list_says_that_more_will_come(case: Case) -> None:
    package = made(case, START)
    assert "尚未办结" in words(package["00-卷内文件目录.pdf"])
    assert not any("办理记录" in name for name in package)
    assert "（还没到）" in words(package["03-答复期限逐日计算表.pdf"])


def test_what_cannot_be_read_stands_in_the_list_with_the_reason(ended: Case) -> None:
    proof = ended.attachments.get(purpose=Purpose.IDENTITY)
    Attachment.objects.filter(pk=proof.pk).update(sha256="0" * 64)
    package = made(ended)
    assert not any("身份证明" in name for name in package)
    assert "文件与登记的内容摘要不符" in words(package["00-卷内文件目录.pdf"])
    assert "05-政府信息公开申请补正告知书.pdf" in package, "numbers are those of the list"


def test_what_was_purged_stands_in_the_list_with_the_day(ended: Case) -> None:
    with on(date(2024, 3, 27)):
        Purge(Actor.system(TIDIER), case_id=ended.pk, whole=False).run()
    ended.refresh_from_db()
    contents = words(made(ended, date(2024, 3, 28))["00-卷内文件目录.pdf"])
    assert "2024年3月27日清除" in contents


def test_of_a_case_whose_data_are_gone_there_is_no_file(town: Town, ended: Case) -> None:
    OpenPersonal(town.as_clerk, case_id=ended.pk, reason="归档").run()
    Purge(Actor.system(TIDIER), case_id=ended.pk, whole=True).run()
    ended.refresh_from_db()
    with pytest.raises(ActionRefused, match="按保存期限清除"):
        case_file.make(ended, LATER)
    gone = signed_in(town.clerk).get(reverse("applications:whole_file", args=[ended.pk]))
    assert gone.status_code == 302


def test_too_much_for_one_package_is_refused(ended: Case) -> None:
    ended.attachments.update(size=case_file.LARGEST)
    with pytest.raises(ActionRefused, match="超过一次能打包的300MB"):
        case_file.make(ended, LATER)


def test_a_name_leads_nowhere(town: Town, ended: Case) -> None:
    content, name = b"%PDF-1.4 x", '../../a:b*"c".pdf'
    with on(LATER):
        files.keep(
            ended, town.as_clerk, purpose=Purpose.INTERNAL, name=name, content=content, kind="application/pdf"
        )
    (found,) = (name for name, given in made(ended).items() if given == content)
    assert re.fullmatch(r"\d\d-内部材料：\.\._\.\._a_b_c_\.pdf", found)


def test_an_own_template_is_used_for_its_papers(town: Town, ended: Case) -> None:
    start = templates.starting(papers()[FORM])
    SetTemplate(town.as_head, agency=town.agency, kind=FORM, name="表.docx", content=start).run()
    (found,) = (name for name in made(ended) if name.startswith("02-"))
    assert found.endswith(".pdf" if making.make(FORM, ended, LATER).pdf else ".docx")


def test_taking_it_is_opening_personal_data(town: Town, ended: Case) -> None:
    client, url = signed_in(town.clerk), reverse("applications:whole_file", args=[ended.pk])
    papers_page = reverse("applications:papers", args=[ended.pk])
    assert client.get(url)["Location"] == papers_page
    client.post(papers_page, {"reason": "归档"})
    assert url in client.get(papers_page).content.decode()
    answer = client.get(url)
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    assert f"00-{file_papers.CONTENTS}.pdf" in zipfile.ZipFile(BytesIO(answer.content)).namelist()
    assert signed_in(town.other_clerk).get(url).status_code == 404
    assert signed_in(town.second_clerk).get(url).status_code == 302, "each gives a reason of their own"
