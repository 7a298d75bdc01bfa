"""The list of one's applications: added by number and code, taken off again."""

from dataclasses import dataclass, field
from typing import ClassVar

from django.utils import timezone

from gongkai.web.applications.models import Case
from gongkai.web.applications.receiving import codes, proven
from gongkai.web.common.errors import ActionRefused
from gongkai.web.portal.accounts.actions.base import AsHolder
from gongkai.web.portal.accounts.models import ListedCase


@dataclass(kw_only=True)
class ListCase(AsHolder[ListedCase]):
    """Put a case on the list by number and code, as they are asked for anywhere else; proven once."""

    code: ClassVar = "portal.list_case"

    number: str
    typed: str = field(repr=False)

    def check(self) -> None:
        """The code is the case's. A number nobody has and a wrong code are told alike."""
        super().check()
        case = proven.case_of(self.number, self.typed)
        if case is None:
            raise ActionRefused(
                "登记号或查询码不对",
                remedy="请核对回执上的登记号和查询码，注意不要漏掉年份",
                code="wrong-code",
            )
        self._case = case

    def apply(self) -> ListedCase:
        """Once; a case with a new code is proven anew."""
        listed, _ = ListedCase.objects.update_or_create(
            account=self.account,
            case=self._case,
            defaults={"proof": codes.proof(self._case.code)},
            create_defaults={"proof": codes.proof(self._case.code), "added_at": timezone.now()},
        )
        return listed


@dataclass(kw_only=True)
class ListAgain(AsHolder[ListedCase]):
    """Put a case back that was taken off just now; ``proof`` is the one its row held."""

    code: ClassVar = "portal.list_again"

    case_id: int
    proof: str = field(repr=False)

    def check(self) -> None:
        """The proof is still that of the case's code."""
        super().check()
        case = Case.objects.filter(pk=self.case_id).first()
        if case is None or case.purged_at is not None or not codes.proves(self.proof, case.code):
            raise ActionRefused("不能恢复到列表", remedy="请用登记号和查询码重新加入", code="wrong-code")

    def apply(self) -> ListedCase:
        """Once, however often it is clicked."""
        given = {"proof": self.proof, "added_at": timezone.now()}
        listed, _ = ListedCase.objects.get_or_create(
            account=self.account, case_id=self.case_id, defaults=given
        )
        return listed


@dataclass(kw_only=True)
class UnlistCase(AsHolder[str]):
    """Take a case off the list; with the agency nothing changes. The proof its row held."""

    code: ClassVar = "portal.unlist_case"

    case_id: int

    def check(self) -> None:
        """It is on this list."""
        super().check()
        self._listed = ListedCase.objects.filter(account=self.account, case_id=self.case_id)
        if not self._listed.exists():
            raise ActionRefused("列表中没有这件申请", remedy="请刷新列表", code="not-listed")

    def apply(self) -> str:
        """The row goes, and with it the proof."""
        proof = self._listed.get().proof
        self._listed.delete()
        return proof
