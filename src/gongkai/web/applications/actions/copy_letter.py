"""The same letter for another case of the group: its own draft, addressee, number, day and checks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from gongkai.web.applications import files, permissions
from gongkai.web.applications.actions.base import CaseAction, today
from gongkai.web.applications.actions.letters import DraftLetter, EditLetter
from gongkai.web.applications.alike import same_words
from gongkai.web.applications.letters import carried, check, making, others_data
from gongkai.web.applications.letters.kinds import REPLY, kinds
from gongkai.web.applications.models import Case, Clearance, Forwarding, Letter, LetterState, Purpose
from gongkai.web.common.errors import ActionRefused

#: Letters that may say the same to each applicant. A fee is counted for one applicant's month, and reasons
#: are asked for what one applicant did (条例 35): these stay each case's own.
KINDS: Final = frozenset({"receipt", "correction", "extension", "consult_notice", REPLY})
#: Outcomes that rest on what one applicant did or left undone.
_OF_ONE_APPLICANT: Final = frozenset(
    {"repeat", "abusive", "reissue", "still_unclear", "not_corrected", "fee_unpaid", "withdrawn"}
)


@dataclass(kw_only=True)
class CopyLetter(CaseAction[Letter]):
    """Draft for a case what a letter of another case of its group says, with the files to be disclosed.

    A draft of the same kind that is there already is written anew with ``replace``, and refused without.
    """

    code: ClassVar = "applications.copy_letter"
    permission: ClassVar = permissions.HANDLE

    letter_id: int
    replace: bool = False
    made: Letter = field(init=False, repr=False)
    carried: list[Clearance] = field(init=False, repr=False, default_factory=list)

    def check(self) -> None:
        """A letter of the group that fits another applicant, and a case that still asks for the same."""
        super().check()
        self.require_open()
        source = (
            Letter.objects.filter(pk=self.letter_id, case__agency_id=self.case.agency_id)
            .select_related("case", "case__applicant", "case__agency")
            .first()
        )
        mine = same_words.first_id(self.case)
        if source is None or source.case_id == self.case.pk or same_words.first_id(source.case) != mine:
            raise ActionRefused("没有这份同组申请的文书", place=str(self.case), remedy="请刷新页面后重新选择")
        if source.kind not in KINDS or source.state == LetterState.DROPPED:
            raise ActionRefused("这份文书不能照样办理", place=kinds()[source.kind].name, remedy="请单独拟写")
        if source.case.plain_text != self.case.plain_text:
            raise ActionRefused(
                f"所需信息的文字与{source.case}已经不同（补正或拆分后改变）",
                place=str(self.case),
                remedy="请移出同文组，单独答复",
            )
        self._source = source
        self._shown = list(_disclosed(source.case)) if source.kind == REPLY else []
        self._refuse_what_is_its_own()

    def _refuse_what_is_its_own(self) -> None:
        source = self._source
        by_consent = source.outcome == "other_agency" and Forwarding.objects.filter(case=source.case).exists()
        if source.outcome in _OF_ONE_APPLICANT or by_consent:
            raise ActionRefused(
                f"{source.case}的办理结果只关系到那一位申请人，不能照样答复别人",
                place=str(self.case),
                remedy="请按本件的情况单独拟写答复书",
            )
        texts = check.typed_of(source) | {f"文件{one.name}": one.name for one in self._shown}
        for what, text in texts.items():
            for word, value in _of_the_applicant(source.case):
                if value in text:
                    raise ActionRefused(
                        f"“{what}”中写有{source.case}的{word}，不能写给别的申请人",
                        place=str(self.case),
                        remedy="请先从那份文书中删去，或单独拟写",
                    )

    def apply(self) -> Letter:
        """A draft with the same words, checked as it would be before it is signed.

        What was said of a number in these words and files is carried to it.
        """
        self.made = self._drafted()
        self.case.refresh_from_db()
        self.made.case = self.case
        self._enclose()
        self.carried = carried.carry(self._source, self.made)
        unread = set(others_data.unread_in_files(self.made))  # to be looked through for this applicant
        if wrong := [one for one in check.problems(self.made, today()) if one not in unread]:
            raise ActionRefused(
                "文书还不能签批：" + "；".join(wrong),
                place=str(self.case),
                remedy="请先改好原来的一份，再照样拟写",
            )
        making.values_of(self.made, today())
        return self.made

    def _enclose(self) -> None:
        had = set(_disclosed(self.case).values_list("sha256", flat=True))
        for one in self._shown:
            if one.sha256 not in had:
                files.copy(one, self.case, self.actor)

    def _drafted(self) -> Letter:
        source = self._source
        typed = check.typed_of(source)
        drafts = self.case.letters.filter(kind=source.kind, state=LetterState.DRAFT)
        begun = drafts.first() if self.replace else None
        if begun is not None:
            return EditLetter(
                self.actor, case_id=self.case.pk, letter_id=begun.pk, typed=typed, outcome=source.outcome
            ).run()
        return DraftLetter(
            self.actor, case_id=self.case.pk, kind=source.kind, typed=typed, outcome=source.outcome
        ).run()

    def audit_details(self) -> dict[str, Any]:
        """With the letter, the one it was made after, the files that went along, what was said of numbers."""
        return {
            **super().audit_details(),
            "letter": self.made.pk,
            "like": self._source.pk,
            "files": len(self._shown),
            "cleared": [{"ground": one.ground, "found": one.digest} for one in self.carried],
        }


def _disclosed(case: Case) -> Any:
    return case.attachments.filter(purpose=Purpose.DISCLOSED).exclude(path="")


def _of_the_applicant(case: Case) -> Iterator[tuple[str, str]]:
    """What is one applicant's alone, and must not stand in a letter to another."""
    who = case.applicant
    for word, value in (
        ("登记号", case.register_no), ("申请人姓名或名称", who.name), ("证件号码", who.identity_number),
        ("联系人", who.contact_name), ("电话", who.phone), ("电子邮箱", who.email), ("地址", who.address),
        ("代理人", who.agent_name), ("代理人证件号码", who.agent_identity),
    ):  # fmt: skip
        if len(value) > 1:
            yield word, value
