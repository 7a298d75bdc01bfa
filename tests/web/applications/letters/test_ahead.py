"""The files of a letter are made before the transaction of the last signature, of just what it then says."""

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from gongkai.documents import template
from gongkai.web.applications import files
from gongkai.web.applications.actions import EditLetter, SignLetter
from gongkai.web.applications.letters import making
from gongkai.web.applications.models import Attachment, Case, Letter
from gongkai.web.applications.receiving import numbers
from gongkai.web.common.errors import ActionRefused, Outrun
from tests.web.applications.asking import today
from tests.web.applications.letters.templating import (
    TYPED,
    drafted,
    kept_before_the_rule,
    text_of,
    usual,
    with_line,
)
from tests.web.reporting.people import Town

pytestmark = pytest.mark.usefixtures("judged_anew")


def all_but_last(town: Town, case: Case) -> Letter:
    letter = drafted(town, case)
    for actor in (town.as_clerk, town.as_head, town.as_secrecy):
        letter = SignLetter(actor, case_id=case.pk, letter_id=letter.pk).run()
    return letter


def last(town: Town, letter: Letter) -> SignLetter:
    return SignLetter(town.as_leader, case_id=letter.case_id, letter_id=letter.pk)


class Meanwhile:
    """Something that happens each time while the files are made."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *then: Any) -> None:
        self.times, self._then, self._made = 0, list(then), making.printed
        monkeypatch.setattr(making, "printed", self)

    def __call__(self, letter: Letter, given: Any, dated: date) -> making.Made:
        self.times += 1
        made = self._made(letter, given, dated)
        if self._then:
            self._then.pop(0)()
        return made


def take_a_number(town: Town) -> None:
    with transaction.atomic():
        numbers.document_no(town.agency, "答", "letter:答", today())


def unsigned(letter: Letter) -> bool:
    letter.refresh_from_db()
    return (letter.state, letter.number, letter.document_no, letter.docx, letter.pdf, letter.dated) == (
        "signing", None, "", None, None, None,
    ) and letter.signatures.count() == 3  # fmt: skip


@pytest.mark.libreoffice
def test_a_template_becomes_a_pdf_outside_of_any_transaction(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_before_the_rule(town.agency, with_line(usual(), "本机关样式"))
    letter, depths = all_but_last(town, case), []
    convert, outside = template.to_pdf, len(connection.savepoint_ids)

    def watched(docx: bytes) -> bytes | None:
        depths.append(len(connection.savepoint_ids))
        return convert(docx)

    monkeypatch.setattr(template, "to_pdf", watched)
    letter = last(town, letter).run()
    assert depths == [outside]
    assert letter.pdf is not None
    assert files.content_of(letter.pdf).startswith(b"%PDF-")
    assert letter.docx is not None
    assert f"{letter.document_no}" in text_of(files.content_of(letter.docx))


def test_only_the_last_signature_makes_files(town: Town, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Meanwhile(monkeypatch)
    letter = all_but_last(town, case)
    assert made.times == 0
    with pytest.raises(ActionRefused):
        SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()
    assert made.times == 0, "not for who may not sign it"
    last(town, letter).run()
    assert made.times == 1


def test_a_number_that_went_to_another_letter_meanwhile_is_in_neither_file(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = all_but_last(town, case)
    made = Meanwhile(monkeypatch, lambda: take_a_number(town))
    letter = last(town, letter).run()
    assert (made.times, letter.number) == (2, 2)
    assert letter.docx is not None
    said = text_of(files.content_of(letter.docx))
    assert "第2号-答" in said
    assert "第1号" not in said
    assert letter.case.attachments.count() == 2


def test_who_is_always_outrun_is_told_and_nothing_is_kept(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = all_but_last(town, case)
    made = Meanwhile(monkeypatch, *[lambda: take_a_number(town)] * 3)
    with pytest.raises(Outrun, match="同一文号刚刚给了另一份文书"):
        last(town, letter).run()
    assert made.times == 3
    assert unsigned(letter)
    assert not Attachment.objects.exists()


def test_what_changed_meanwhile_is_not_signed(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = all_but_last(town, case)

    def change() -> None:
        Letter.objects.filter(pk=letter.pk).update(state="draft")
        EditLetter(
            town.as_clerk, case_id=case.pk, letter_id=letter.pk, outcome="provided",
            typed=TYPED | {"查明事实": "另查"},
        ).run()  # fmt: skip
        Letter.objects.filter(pk=letter.pk).update(state="signing")

    Meanwhile(monkeypatch, change)
    with pytest.raises(ActionRefused, match="签批之后变了"):
        last(town, letter).run()
    assert unsigned(letter)
    assert not Attachment.objects.exists()


def test_a_template_that_is_replaced_meanwhile_prints_nothing(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = all_but_last(town, case)
    Meanwhile(monkeypatch, lambda: kept_before_the_rule(town.agency, with_line(usual(), "新样式")))
    with pytest.raises(ActionRefused, match="签批之后变了"):
        last(town, letter).run()
    assert unsigned(letter)


def test_no_letter_goes_out_without_the_pdf_that_could_be_made(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_before_the_rule(town.agency, with_line(usual(), "本机关样式"))
    letter = all_but_last(town, case)
    monkeypatch.setattr(template, "to_pdf", lambda _docx: None)
    with monkeypatch.context() as here:
        here.setattr(template, "office", lambda: "/usr/bin/soffice")
        with pytest.raises(ActionRefused, match=r"没有转成 PDF.*请稍后再签批"):
            last(town, letter).run()
        assert unsigned(letter)
    monkeypatch.setattr(template, "office", lambda: None)
    letter = last(town, letter).run()
    assert (letter.state, letter.pdf) == ("signed", None), "a machine without LibreOffice sends the DOCX"
