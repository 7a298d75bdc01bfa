"""Saying why a number that looks like another's may stand in a letter or its files, or that one looked."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.applications import permissions
from gongkai.web.applications.actions.letters import LetterAction
from gongkai.web.applications.letters import others_data
from gongkai.web.applications.models import Clearance, Letter, LetterState
from gongkai.web.common import typed
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of


@dataclass(kw_only=True)
class ClearData(LetterAction):
    """Account for one number in a draft or its files: ``words`` as ``others_data`` says it, ``ground`` why.

    What of a file could not be searched is accounted for by having looked through it.

    A letter that was signed once keeps what its signers saw: only a draft can be accounted for.
    """

    code: ClassVar = "applications.clear_data"
    permission: ClassVar = permissions.HANDLE
    states: ClassVar = (LetterState.DRAFT,)

    words: str
    ground: str

    def check(self) -> None:
        """Something that was found and not accounted for, on a ground that can be one for it."""
        super().check()
        open_ones = others_data.found_in(self.letter)
        said = typed.lines(self.words)
        found = next((one for one in open_ones if typed.lines(one.words) == said), None)
        if found is None:
            raise ActionRefused(
                "文书和文件中没有这一处，或者已经说明过", place=self.kind.name, remedy="请刷新文书页面查看"
            )
        if found.asker:
            raise ActionRefused("申请人的信息不能写给第三方和科室", place=found.words, remedy="请删除")
        if self.ground not in Clearance.Ground.values or not found.fits(self.ground):
            raise ActionRefused(
                "所选的理由不适用于这一处", place=found.words, remedy="请另选理由，或删除、遮盖"
            )
        self._found = found

    def apply(self) -> Letter:
        """Keep it beside the letter."""
        Clearance.objects.create(
            letter=self.letter, digest=self._found.digest, words=self._found.words, ground=self.ground,
            person_id=person_of(self.actor), at=timezone.now(),
        )  # fmt: skip
        self.touch()
        return self.letter

    def audit_details(self) -> dict[str, Any]:
        """With the ground and the keyed hash of the number."""
        return {**super().audit_details(), "ground": self.ground, "found": self._found.digest}
