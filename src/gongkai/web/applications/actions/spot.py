"""An answer at the counter: written, signed first and sent on in one go; or taken back to the usual way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.report import api
from gongkai.web.applications import files, permissions
from gongkai.web.applications.actions.base import CaseAction, today
from gongkai.web.applications.actions.letters import DraftLetter, LetterAction, SignLetter
from gongkai.web.applications.letters import check, on_the_spot, others_data, signing
from gongkai.web.applications.letters.kinds import REPLY
from gongkai.web.applications.models import Letter, LetterState, Purpose
from gongkai.web.applications.privacy import searched
from gongkai.web.applications.receiving import intake
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of


@dataclass(kw_only=True)
class AnswerOnTheSpot(CaseAction[Letter]):
    """Write the reply to an application handed in today, with what it discloses, and send it to be signed.

    Where a file has somebody's number in it, or cannot be searched, it stays a draft until that is settled.

    Whoever writes it signs the first step of the agency's chain with it, where that step is theirs; at least
    one other person signs after them, as any reply is signed (条例 33: 能够当场答复的，应当当场予以答复).
    """

    code: ClassVar = "applications.answer_on_the_spot"
    permission: ClassVar = permissions.HANDLE

    outcome: str
    typed: Mapping[str, str]
    uploads: tuple[intake.Upload, ...] = ()
    _searched: tuple[api.personal.Searched, ...] = field(init=False, repr=False, default=())

    def prepare(self) -> None:
        """What is disclosed is searched for personal data."""
        if self.may():
            self._searched = tuple(searched.ahead(one.name, one.content) for one in self.uploads)

    def check(self) -> None:
        """Handed in at the counter today, not answered already, an outcome that needs no step before."""
        super().check()
        person_of(self.actor)
        refused = on_the_spot.refusal(self.case, today())
        if refused:
            raise ActionRefused(refused, place=str(self.case), remedy="请按一般程序办理")
        if self.outcome not in dict(on_the_spot.choices(today())):
            raise ActionRefused(
                "没有选择可以当场告知的办理结果", place=str(self.case), remedy="请从列表中选择"
            )

    def apply(self) -> Letter:
        """The letter, complete; its files wait on the case until it is delivered."""
        typed = on_the_spot.without_prefill(self.case, self.outcome, dict(self.typed))
        letter = DraftLetter(
            self.actor, case_id=self.case.pk, kind=REPLY, typed=typed, outcome=self.outcome
        ).run()
        letter.on_the_spot = True
        letter.save(update_fields=["on_the_spot"])
        wrong = check.problems(letter, today())
        if wrong:
            raise ActionRefused(
                "答复还不完整：" + "；".join(wrong),
                place=str(self.case),
                remedy="请补全后再当场答复，或者按一般程序办理",
            )
        for one, found in zip(self.uploads, self._searched, strict=True):
            kept = files.add(
                self.case, self.actor, purpose=Purpose.DISCLOSED, name=one.name, content=one.content
            )
            searched.keep(kept.sha256, found)
        signs = signing.progress(letter, today()).refusal(person_of(self.actor)) is None
        if signs and not any(others_data.in_files(letter)):
            SignLetter(self.actor, case_id=self.case.pk, letter_id=letter.pk).run()
        self.letter = Letter.objects.get(pk=letter.pk)
        self.case.refresh_from_db()
        return self.letter

    def audit_details(self) -> dict[str, Any]:
        """With letter, outcome and the number of files."""
        return {
            **super().audit_details(),
            "letter": self.letter.pk,
            "outcome": self.outcome,
            "files": len(self.uploads),
        }


@dataclass(kw_only=True)
class AnswerTheUsualWay(LetterAction):
    """Take a reply that was not signed on the day back to the usual chain, to be signed anew as it stands."""

    code: ClassVar = "applications.answer_the_usual_way"
    permission: ClassVar = permissions.HANDLE
    states: ClassVar = (LetterState.DRAFT, LetterState.SIGNING)

    def check(self) -> None:
        """One that was to be told on the spot."""
        super().check()
        if not self.letter.on_the_spot:
            raise ActionRefused(
                "这份文书本来就按一般程序办理", place=self.kind.name, remedy="不用改，照常签批、送达"
            )

    def apply(self) -> Letter:
        """Its signatures are void and stay on record."""
        reason = "改按一般程序办理"
        self.letter.signatures.filter(void_at=None).update(void_at=timezone.now(), void_reason=reason)
        self.letter.on_the_spot, self.letter.state, self.letter.content_sha256 = False, LetterState.DRAFT, ""
        self.letter.save()
        self.touch()
        return self.letter
