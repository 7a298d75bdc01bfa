"""One proof of many letters, a list of the post office: kept with each case, looked at once, purged apart."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gongkai.web.applications import accepted, files, sealed
from gongkai.web.applications.actions import DraftLetter, Purge, RecordEvent, SignLetter
from gongkai.web.applications.models import Attachment, Case, Letter, LetterState, Purpose
from gongkai.web.common import audit
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.models import AuditEntry
from tests.web.applications.alike.several import asked, group
from tests.web.applications.alike.test_group_letters import letters, like
from tests.web.applications.asking import PDF, today
from tests.web.reporting.people import Town

LIST = PDF + b"% the post office's list of three letters\n"
TIDIER = Actor.system("applications.tidier")


def scan(content: bytes = LIST, name: str = "交寄清单.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def signed(town: Town, number: int = 3) -> tuple[Letter, list[Case]]:
    """A receipt for each of a group, signed; the first's, and the cases."""
    cases = [asked(town, one) for one in range(number)]
    group(town, cases[0], *cases[1:])
    source = DraftLetter(town.as_clerk, case_id=cases[0].pk, kind="receipt", typed={}).run()
    made = [source, *(like(town, case, source) for case in cases[1:])]
    for letter in made:
        for signer in (town.as_clerk, town.as_head):
            SignLetter(signer, case_id=letter.case_id, letter_id=letter.pk).run()
    return source, cases


def delivered(town: Town, source: Letter, cases: list[Case], **given: Any) -> HttpResponse:
    url = reverse("applications:together_on", args=[source.case_id, "deliver", source.pk])
    client = Client()
    client.force_login(town.clerk)
    marked = [f"{one.pk}-{one.revision}" for one in Case.objects.filter(pk__in=[one.pk for one in cases])]
    sent = {"case": marked, "way": "hand", "on": today().isoformat(), **given}
    return client.post(url, sent)  # type: ignore[return-value]


def test_one_proof_is_kept_with_each_case(town: Town) -> None:
    source, cases = signed(town)
    assert delivered(town, source, cases, proof=scan()).status_code == 302
    proofs = [letter.delivery.proof for letter in letters(*cases)]
    assert [one.case_id for one in proofs] == [one.pk for one in cases]
    for one in proofs:
        assert (one.purpose, one.name) == (Purpose.PROOF, "交寄清单.pdf")
        assert files.content_of(one) == LIST
        with sealed.storage().open(one.path) as stored:
            assert b"post office" not in stored.read(), "encrypted"
    assert len({one.path for one in proofs}) == 3
    assert audit.verify() == []


def test_the_purge_of_one_case_takes_nothing_from_the_others(town: Town) -> None:
    source, cases = signed(town)
    delivered(town, source, cases, proof=scan())
    RecordEvent(town.as_clerk, case_id=cases[0].pk, kind="withdrawn", on=today()).run()
    Purge(TIDIER, case_id=cases[0].pk, whole=True).run()
    gone, *kept = (letter.delivery.proof for letter in letters(*cases))
    with pytest.raises(ActionRefused, match="已按保存期限清除"):
        files.content_of(gone)
    assert [files.content_of(one) for one in kept] == [LIST, LIST]


def test_it_is_looked_at_once_for_all(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    source, cases = signed(town)
    looked: list[str] = []
    monkeypatch.setattr(files, "scan", lambda name, _content: looked.append(name) or "已扫描，未发现病毒")
    delivered(town, source, cases, proof=scan())
    assert looked == ["交寄清单.pdf"]
    scanned = Attachment.objects.filter(purpose=Purpose.PROOF).values_list("scanned", flat=True)
    assert list(scanned) == ["已扫描，未发现病毒"] * 3


def test_a_file_that_may_not_come_in_stops_all_and_loses_nothing_typed(town: Town) -> None:
    source, cases = signed(town, 2)
    numbers = {f"tracking-{case.pk}": f"XA1234567{n}" for n, case in enumerate(cases)}
    for proof, why in (
        (scan(b"MZ", "清单.exe"), "不能接收“.exe”的文件"),
        (scan(b"no pdf at all"), "文件内容与扩展名不符"),
        (scan(PDF + b" " * accepted.LARGEST), "超过20MB"),
    ):
        answer = delivered(town, source, cases, way="post", proof=proof, **numbers)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert why in page
        assert all(f'value="{number}"' in page for number in numbers.values())
        assert '<option value="post" selected>' in page
        assert "请重新选择" in page
    assert {one.state for one in letters(*cases)} == {LetterState.SIGNED}
    assert not Attachment.objects.filter(purpose=Purpose.PROOF).exists()


def test_an_infected_file_stops_all(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    source, cases = signed(town, 2)

    def found(name: str, _content: bytes) -> str:
        raise ActionRefused("文件未通过病毒扫描（Eicar-Signature）", place=name)

    monkeypatch.setattr(files, "scan", found)
    answer = delivered(town, source, cases, proof=scan())
    assert "Eicar-Signature" in answer.content.decode()
    assert {one.state for one in letters(*cases)} == {LetterState.SIGNED}


def test_those_refused_come_back_with_what_was_typed(town: Town) -> None:
    source, cases = signed(town)
    numbers = {f"tracking-{case.pk}": f"XA1234567{n}" for n, case in enumerate(cases[:2])}
    answer = delivered(town, source, cases, way="post", proof=scan(), **numbers)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert f"{cases[2]}没有办理：没有填写邮件号码" in page
    assert [row["row"].case for row in answer.context["rows"]] == [cases[2]]
    assert '<option value="post" selected>' in page
    assert [one.state for one in letters(*cases)] == ["delivered", "delivered", "signed"]
    assert Attachment.objects.filter(purpose=Purpose.PROOF).count() == 2


def test_a_day_in_the_future_is_told_in_one_line_for_all(town: Town) -> None:
    source, cases = signed(town)
    far = date(today().year + 1, 1, 4).isoformat()
    page = delivered(town, source, cases, on=far).content.decode()
    assert page.count("送达日期应在落款日期至今天之间") == 1
    assert "没有办理（3件）" in page


def proven(town: Town, source: Letter, cases: list[Case], proof: SimpleUploadedFile) -> HttpResponse:
    url = reverse("applications:together_on", args=[source.case_id, "add-proof", source.pk])
    client = Client()
    client.force_login(town.clerk)
    marked = [f"{one.pk}-{one.revision}" for one in Case.objects.filter(pk__in=[one.pk for one in cases])]
    return client.post(url, {"case": marked, "proof": proof})  # type: ignore[return-value]


def test_one_that_comes_later_is_added_once_for_those_chosen(town: Town) -> None:
    source, cases = signed(town)
    numbers = {f"tracking-{case.pk}": f"XA1234567{n}" for n, case in enumerate(cases)}
    delivered(town, source, cases, way="post", **numbers)
    client = Client()
    client.force_login(town.clerk)
    url = reverse("applications:together_on", args=[source.case_id, "add-proof", source.pk])
    assert url in client.get(reverse("applications:group", args=[cases[1].pk])).content.decode()
    page = client.get(url).content.decode()
    assert all(f"邮件号码{number}，没有送达凭证" in page for number in numbers.values())
    assert proven(town, source, cases[:2], scan()).status_code == 302
    one, two, three = (letter.delivery.proof for letter in letters(*cases))
    assert (one.case, two.case, three) == (cases[0], cases[1], None)
    assert [files.content_of(kept) for kept in (one, two)] == [LIST, LIST]
    assert one.path != two.path
    entries = AuditEntry.objects.filter(code="applications.add_proof")
    assert {entry.details["case"] for entry in entries} == {cases[0].pk, cases[1].pk}
    assert audit.verify() == []
    page = client.get(url)
    assert [row["row"].case for row in page.context["rows"]] == [cases[2]]
    assert page.content.decode().count("已有送达凭证") == 2
    assert proven(town, source, [cases[0]], scan()).status_code == 409, "the one that is there stays"
    assert Attachment.objects.filter(purpose=Purpose.PROOF).count() == 2


def test_a_later_one_that_may_not_come_in_is_added_to_none(town: Town) -> None:
    source, cases = signed(town, 2)
    delivered(town, source, cases)
    answer = proven(town, source, cases, scan(b"MZ", "清单.exe"))
    assert answer.status_code == 409
    assert "不能接收“.exe”的文件" in answer.content.decode()
    assert not Attachment.objects.filter(purpose=Purpose.PROOF).exists()


def test_a_proof_that_comes_back_later_is_added_as_one(town: Town) -> None:
    source, cases = signed(town, 2)
    delivered(town, source, cases)
    url = reverse("applications:act", args=[cases[0].pk, "file"])
    client = Client()
    client.force_login(town.clerk)
    revision = Case.objects.get(pk=cases[0].pk).revision
    answer = client.post(url, {"revision": revision, "purpose": "proof", "upload": scan()})
    assert answer.status_code == 302
    kept = cases[0].attachments.get(purpose=Purpose.PROOF)
    assert files.content_of(kept) == LIST
