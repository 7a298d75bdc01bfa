"""What goes out with a reply is what was signed for: files come before the signatures, and stay."""

from datetime import date

import pytest

from gongkai.documents import Line, Paper, Text
from gongkai.web.applications.actions import (
    AddFile,
    DeliverLetter,
    DraftLetter,
    DropLetter,
    ReturnLetter,
    SignLetter,
    TakeOffFile,
)
from gongkai.web.applications.letters import making
from gongkai.web.applications.models import Attachment, Case, Letter
from gongkai.web.applications.privacy import searched
from gongkai.web.applications.receiving import intake
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import PDF
from tests.web.applications.playing import START, Office, confirmed, on, workdays_after
from tests.web.reporting.people import Town

TYPED = {"查明事实": "本机关检索了档案室。", "理由": "见下。", "提供方式": "在网上提供。"}
HELD = "签的是现在的文件"


def day(count: int) -> date:
    return workdays_after(START, count)


def add(town: Town, case: Case, name: str = "方案.pdf", purpose: str = "disclosed") -> Attachment:
    upload = intake.Upload(purpose, name, PDF + name.encode())
    return AddFile(town.as_clerk, case_id=case.pk, purpose=purpose, upload=upload).run()


def test_no_file_is_slipped_under_a_signature(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(day(2)):
        first = add(town, case)
        draft = DraftLetter(
            town.as_clerk, case_id=case.pk, kind="reply", typed=TYPED, outcome="provided"
        ).run()
        second = add(town, case, "附表.pdf")  # a draft is not signed for yet
        SignLetter(town.as_clerk, case_id=case.pk, letter_id=draft.pk).run()
        for change in (
            lambda: add(town, case, "名单.pdf"),
            lambda: TakeOffFile(town.as_clerk, case_id=case.pk, file_id=first.pk, reason="传错了").run(),
        ):
            with pytest.raises(ActionRefused, match=HELD):
                change()
        add(town, case, "内部.pdf", "internal")
        ReturnLetter(town.as_head, case_id=case.pk, letter_id=draft.pk, reason="换附表").run()
        TakeOffFile(town.as_clerk, case_id=case.pk, file_id=second.pk, reason="传错了").run()
        for signer in (town.as_clerk, town.as_head, town.as_secrecy, town.as_leader):
            SignLetter(signer, case_id=case.pk, letter_id=draft.pk).run()
        with pytest.raises(ActionRefused, match=HELD):
            add(town, case, "名单.pdf")
        DeliverLetter(town.as_clerk, case_id=case.pk, letter_id=draft.pk, way="online", on=day(2)).run()
        with pytest.raises(ActionRefused, match="已经办结"):
            add(town, case, "事后.pdf")
    kept = case.attachments.filter(purpose="disclosed", purged_at=None)
    assert [one.pk for one in kept] == [first.pk]
    second.refresh_from_db()
    assert second.path == second.name == ""


def test_files_that_change_between_two_signatures_are_noticed(town: Town, office: Office) -> None:
    """Also where they change by another way than the two actions."""
    case = confirmed(town)
    with on(day(2)):
        draft = DraftLetter(
            town.as_clerk, case_id=case.pk, kind="reply", typed=TYPED, outcome="provided"
        ).run()
        one = add(town, case)
        SignLetter(town.as_clerk, case_id=case.pk, letter_id=draft.pk).run()
        found = searched.of(one.sha256)
        assert found is not None
        searched.keep("0" * 64, found)
        Attachment.objects.filter(pk=one.pk).update(sha256="0" * 64)
        with pytest.raises(ActionRefused, match="内容在前面的签批之后变了"):
            SignLetter(town.as_head, case_id=case.pk, letter_id=draft.pk).run()


def test_a_refusal_holds_no_files_and_a_dropped_reply_lets_go(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(day(2)):
        refused = office.letter(case, "reply", TYPED, outcome="process")
        one = add(town, case)  # nobody gets it with a refusal
        DropLetter(town.as_clerk, case_id=case.pk, letter_id=refused.pk, reason="改为公开").run()
        granted = office.letter(case, "reply", TYPED, outcome="provided")
        DropLetter(town.as_clerk, case_id=case.pk, letter_id=granted.pk, reason="换文件").run()
        TakeOffFile(town.as_clerk, case_id=case.pk, file_id=one.pk, reason="传错了").run()


def test_what_came_from_others_is_not_taken_off(town: Town) -> None:
    case = confirmed(town)
    proof = case.attachments.get(purpose="identity")
    with on(day(2)), pytest.raises(ActionRefused, match="不能移除"):
        TakeOffFile(town.as_clerk, case_id=case.pk, file_id=proof.pk, reason="不要了").run()


def printed(letter: Letter) -> str:
    """The words of a letter, a paragraph a line."""
    made = making.written(letter, making.values_of(letter, day(2)), day(2))
    assert isinstance(made, Paper)
    return "\n".join(block.text for block in made.blocks if isinstance(block, Line | Text))


def test_a_reply_names_the_files_that_go_out_with_it(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(day(2)):
        draft = DraftLetter(
            town.as_clerk, case_id=case.pk, kind="reply", typed=TYPED, outcome="provided"
        ).run()
        assert "附件" not in printed(draft)
        add(town, case)
        add(town, case, "内部.pdf", "internal")
        assert "附件：方案\n" in printed(draft)
        add(town, case, "附表.2023年.pdf")
        assert "附件：\n1. 方案\n2. 附表.2023年\n" in printed(draft)
        assert "内部" not in printed(draft)
        Letter.objects.filter(pk=draft.pk).update(outcome="not_existing")
        assert "附件" not in printed(Letter.objects.get(pk=draft.pk))
