"""Letters: drafted, changed, signed step by step over their content, returned, dropped."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone

from gongkai.law.case import Kind
from gongkai.web.applications import files, permissions
from gongkai.web.applications.actions.base import CaseAction, hashed, today
from gongkai.web.applications.alike import asked_once
from gongkai.web.applications.letters import ahead, check, making, printed, promises, remedies, signing
from gongkai.web.applications.letters.kinds import REPLY, LetterKind, kinds
from gongkai.web.applications.models import (
    Letter,
    LetterSignature,
    LetterState,
    Purpose,
)
from gongkai.web.applications.receiving import numbers
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of

_OPEN = (LetterState.DRAFT, LetterState.SIGNING, LetterState.SIGNED)


@dataclass(kw_only=True)
class DraftLetter(CaseAction[Letter]):
    """Begin a letter. What the clock would be told must be allowed today, so that nobody drafts in vain."""

    code: ClassVar = "applications.draft_letter"
    permission: ClassVar = permissions.HANDLE

    kind: str
    typed: Mapping[str, str]
    outcome: str = ""
    consultation_id: int | None = None
    letter: Letter = field(init=False, repr=False)

    def check(self) -> None:
        """A known kind whose event the law allows now, not begun twice."""
        super().check()
        kind = _kind_of(self.kind)
        if kind.code != REPLY or self.case.state != "lapsed":
            self.require_open()
        if kind.event:
            self.require_lawful(Kind(kind.event))
        self._consultation = None
        if self.consultation_id is not None:
            self._consultation = self.case.consultations.filter(pk=self.consultation_id).first()
            self._refuse_anothers()
        open_ones = self.case.letters.filter(kind=kind.code, state__in=_OPEN)
        to_them = Q(consultation=self._consultation) if self._consultation else Q(consultation=None)
        if kind.to != "section" and open_ones.filter(to_them).exists():
            raise ActionRefused(
                f"已有一份“{kind.name}”在办理", place=str(self.case), remedy="请修改或作废原来的一份"
            )

    def _refuse_anothers(self) -> None:
        """Who is asked for several cases is written to in one of them, and asked in the first."""
        one = self._consultation
        if one is None or one.asked_with is None:
            return
        writer, asks = asked_once.writer(one), self.kind in asked_once.ASKS
        if writer.pk == one.pk and not asks:
            return
        if one.sent_on is None:
            remedy = "请在那一件办理文书；那一件已办结的，先把它移出同文组"
        elif asks:
            remedy = "意见书已经送达；要再征求一次的，请另外登记征求对象"
        else:
            remedy = f"请在{writer.case}办理文书"
        raise ActionRefused(
            f"这个征求对象由{one.asked_with.case}的一份意见书一并征求", place=str(self.case), remedy=remedy
        )

    def apply(self) -> Letter:
        """A draft with what was typed."""
        kind = kinds()[self.kind]
        self.letter = Letter.objects.create(
            case=self.case,
            kind=self.kind,
            outcome=self.outcome if kind.code == REPLY else "",
            to_applicant=kind.to == "applicant",
            consultation=self._consultation,
            fields=_json(kind, self.typed),
            drafted_by_id=self.actor.person_id,
            drafted_at=timezone.now(),
        )
        self.touch()
        return self.letter

    def audit_details(self) -> dict[str, Any]:
        """The letter, its kind and outcome."""
        return {
            **super().audit_details(),
            "letter": self.letter.pk,
            "kind": self.kind,
            "outcome": self.outcome,
        }


@dataclass(kw_only=True)
class LetterAction(CaseAction[Letter]):
    """A change of one letter of the case."""

    letter_id: int
    letter: Letter = field(init=False, repr=False)
    states: ClassVar[tuple[str, ...]] = ()

    def check(self) -> None:
        """The letter belongs to the case, and stands where this can be done."""
        super().check()
        found = self.case.letters.filter(pk=self.letter_id).first()
        if found is None:
            raise ActionRefused("没有这份文书", place=str(self.case), remedy="请回到申请页面，从“文书”中打开")
        found.case = self.case
        self.letter = found
        if found.state not in self.states:
            raise ActionRefused(
                f"这份文书的状态是“{found.get_state_display()}”，不能这样办理",
                place=self.kind.name,
                remedy="请刷新页面查看",
            )

    @property
    def kind(self) -> LetterKind:
        """What kind of letter it is."""
        return kinds()[self.letter.kind]

    def audit_details(self) -> dict[str, Any]:
        """With the letter, its state and content."""
        return {
            **super().audit_details(),
            "letter": self.letter.pk,
            "letter_state": str(self.letter.state),
            "content": self.letter.content_sha256,
        }


@dataclass(kw_only=True)
class EditLetter(LetterAction):
    """Change a draft."""

    code: ClassVar = "applications.edit_letter"
    permission: ClassVar = permissions.HANDLE
    states: ClassVar = (LetterState.DRAFT,)

    typed: Mapping[str, str]
    outcome: str = ""

    def apply(self) -> Letter:
        """Write it anew."""
        self.letter.fields = _json(self.kind, self.typed)
        if self.kind.code == REPLY:
            self.letter.outcome = self.outcome
        self.letter.save()
        self.touch()
        return self.letter


@dataclass(kw_only=True)
class SignLetter(LetterAction):
    """Sign the next step. The last signature gives number and day, and keeps the files made ahead of it."""

    code: ClassVar = "applications.sign_letter"
    permission: ClassVar = permissions.SIGN
    states: ClassVar = (LetterState.DRAFT, LetterState.SIGNING)

    opinion: str = ""
    _ahead: ahead.Ahead | None = field(init=False, repr=False, default=None)

    def prepare(self) -> None:
        """With the last signature the letter is printed: its files are made before anything is locked."""
        self._ahead = None
        found = Letter.objects.filter(case_id=self.case_id, pk=self.letter_id, state__in=self.states)
        letter = found.select_related("case", "consultation").first()
        if letter is None or letter.case.purged_at is not None or not self.may():
            return
        now = signing.progress(letter, today())
        if now.is_last and now.refusal(person_of(self.actor)) is None and not check.problems(letter, today()):
            mark, day = kinds()[letter.kind].mark, today()
            number = numbers.coming_document_no(letter.case.agency, mark, f"letter:{mark}", day)
            self._ahead = ahead.make(letter, day, number)

    def check(self) -> None:
        """Nothing wrong with it, the actor's turn, nothing changed since the first signature."""
        super().check()
        person = person_of(self.actor)
        wrong = check.problems(self.letter, today())
        if wrong:
            raise ActionRefused(
                "文书还不能签批：" + "；".join(wrong),
                place=self.kind.name,
                remedy="请由经办人补正文书后再签批",
            )
        if self.kind.event:
            self.require_lawful(Kind(self.kind.event))
        self._progress = signing.progress(self.letter, today())
        refusal = self._progress.refusal(person)
        if refusal:
            raise ActionRefused(refusal, place=self.kind.name, remedy="请由本步骤的签批人办理")
        self._content = making.content_hash(self.letter, today())
        if any(row.content_sha256 != self._content for row in self._progress.signatures):
            raise ActionRefused(
                "文书的内容在前面的签批之后变了（内容、模板或救济途径）",
                place=self.kind.name,
                remedy="请退回后重新签批",
            )

    def apply(self) -> Letter:
        """A signature; with the last one the letter is ready to go out."""
        step = self._progress.next_step
        LetterSignature.objects.create(
            letter=self.letter,
            step=len(self._progress.signatures) + 1,
            step_name=step.name if step else "",
            person_id=person_of(self.actor),
            opinion=self.opinion.strip()[:500],
            content_sha256=self._content,
            at=timezone.now(),
        )
        self.letter.state = LetterState.SIGNED if self._progress.is_last else LetterState.SIGNING
        self.letter.content_sha256 = self._content
        if self._progress.is_last:
            self._issue()
        self.letter.save()
        self.touch()
        return self.letter

    def _issue(self) -> None:
        letter, kind = self.letter, self.kind
        letter.dated = today()
        letter.number, letter.document_no = numbers.document_no(
            self.case.agency, kind.mark, f"letter:{kind.mark}", letter.dated
        )
        promises.keep(letter, letter.dated)
        remedies.keep(letter, letter.dated)
        given, made = ahead.confirmed(self._ahead, letter, letter.dated)
        printed.refuse_incomplete(letter, given, made.docx)
        stem = f"{kind.name}（{letter.document_no}）"
        letter.docx = self._keep(f"{stem}.docx", made.docx, making.DOCX_TYPE)
        if made.pdf is not None:
            letter.pdf = self._keep(f"{stem}.pdf", made.pdf, "application/pdf")

    def _keep(self, name: str, content: bytes, kind: str) -> Any:
        return files.keep(
            self.case, self.actor, purpose=Purpose.LETTER, name=name, content=content, kind=kind
        )


@dataclass(kw_only=True)
class ReturnLetter(LetterAction):
    """Send a letter that is being signed back to be changed, with a reason; its signatures are void."""

    code: ClassVar = "applications.return_letter"
    permission: ClassVar = permissions.SIGN
    states: ClassVar = (LetterState.SIGNING,)

    reason: str

    def check(self) -> None:
        """With a reason, by a person."""
        super().check()
        person_of(self.actor)
        self.reason = reason_of(self.reason, "退回理由")

    def apply(self) -> Letter:
        """Void the signatures; they stay on record."""
        self.letter.signatures.filter(void_at=None).update(void_at=timezone.now(), void_reason=self.reason)
        self.letter.state, self.letter.content_sha256 = LetterState.DRAFT, ""
        self.letter.save()
        self.touch()
        return self.letter

    def audit_details(self) -> dict[str, Any]:
        """With the hash of the reason."""
        return {**super().audit_details(), "reason": hashed(self.reason)}


@dataclass(kw_only=True)
class DropLetter(LetterAction):
    """Give a letter up that has not gone out. A number it was given stays its own and is not given again."""

    code: ClassVar = "applications.drop_letter"
    permission: ClassVar = permissions.HANDLE
    states: ClassVar = _OPEN

    reason: str

    def check(self) -> None:
        """With a reason."""
        super().check()
        self.reason = reason_of(self.reason, "作废理由")

    def apply(self) -> Letter:
        """Marked as dropped; it stays on record."""
        self.letter.state, self.letter.dropped_reason = LetterState.DROPPED, self.reason
        self.letter.save()
        self.touch()
        return self.letter

    def audit_details(self) -> dict[str, Any]:
        """With the hash of the reason."""
        return {**super().audit_details(), "reason": hashed(self.reason)}


def _kind_of(code: str) -> LetterKind:
    found = kinds().get(code)
    if found is None:
        raise ActionRefused("没有这种文书", remedy="请从列表中选择")
    return found


def _json(kind: LetterKind, typed: Mapping[str, str]) -> str:
    given = {name: typed.get(name, "").strip() for name in (one.name for one in kind.fields)}
    return json.dumps(given, ensure_ascii=False)
