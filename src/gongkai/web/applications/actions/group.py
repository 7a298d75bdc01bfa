"""Cases in the same words put into one group, and taken out of it; each stays an application of its own."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone

from gongkai.web.applications import permissions
from gongkai.web.applications.actions import ask_once
from gongkai.web.applications.actions.base import CaseAction, hashed, one_at_a_time
from gongkai.web.applications.alike import groups, same_words
from gongkai.web.applications.models import Case, Note
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of


@dataclass(kw_only=True)
class GroupCases(CaseAction[list[Case]]):
    """Put a case and ``others`` that ask for the same into one group, under the first received.

    ``others`` are ids with the revisions the actor saw. Groups they are in already become one.
    """

    code: ClassVar = "applications.group"
    permission: ClassVar = permissions.HANDLE

    others: tuple[tuple[int, int], ...]
    reason: str
    group: list[Case] = field(init=False, repr=False)

    def check(self) -> None:
        """Open cases of one agency in the same words, of an applicant each, none changed meanwhile."""
        one_at_a_time(self.agency_id())
        super().check()
        self._person = person_of(self.actor)
        self.require_open()
        self.reason = reason_of(self.reason, "归组理由", "请写明核对了什么，如“所需信息相同，申请人不同”")
        if not self.others:
            raise ActionRefused("没有选定要归为一组的申请", place=str(self.case), remedy="请至少选一件")
        chosen = [self._chosen(pk, revision) for pk, revision in self.others]
        self.group = _whole_groups([self.case, *chosen])
        self._refuse_repeats()

    def _chosen(self, pk: int, revision: int) -> Case:
        found = Case.objects.select_for_update().filter(pk=pk, agency_id=self.case.agency_id).first()
        if found is None or found.pk == self.case.pk:
            raise ActionRefused("选定的申请不在本机关", place=str(self.case), remedy="请从列表中选择")
        if found.revision != revision:
            raise ActionRefused(
                "选定的申请刚刚被其他人改动过，没有归组",
                place=str(found),
                remedy="请刷新页面，看过改动后再选",
                code="stale",
            )
        if not found.is_open:
            raise ActionRefused("选定的申请已办结，不能归组", place=str(found), remedy="请刷新页面后重新选择")
        if not found.plain_text or found.plain_text != self.case.plain_text:
            raise ActionRefused(
                "选定的申请所需信息的文字不同",
                place=str(found),
                remedy="只有文字相同的申请可以归为一组；内容相近的请分别办理",
            )
        return found

    def _refuse_repeats(self) -> None:
        seen: list[Case] = []
        for one in self.group:
            twin = next((other for other in seen if groups.is_repeat(one, other)), None)
            if twin is not None:
                raise ActionRefused(
                    f"{twin}与{one}是同一申请人提出的，属于重复申请，不归入同文组",
                    place=str(one),
                    remedy="前一件答复后，按《政府信息公开条例》第三十六条第（六）项告知不予重复处理",
                )
            seen.append(one)

    def apply(self) -> list[Case]:
        """The first received names the group; each case gets a new revision and a note of who and why."""
        names = "、".join(map(str, self.group))
        _name_after(self.group[0], self.group)
        for one in self.group:
            _note(one, f"归为同文组：{names}；首件为{self.group[0]}。理由：{self.reason}", self._person)
        self.case.refresh_from_db(fields=["revision", "same_as"])
        return self.group

    def audit_details(self) -> dict[str, Any]:
        """Each case, the first of them, and the hash of the reason."""
        return {
            **super().audit_details(),
            "first": self.group[0].pk,
            "cases": [one.pk for one in self.group],
            "reason": hashed(self.reason),
        }


@dataclass(kw_only=True)
class LeaveGroup(CaseAction[Case]):
    """Take one case out of its group; the last one left alone is in none. What was sent stays sent."""

    code: ClassVar = "applications.leave_group"
    permission: ClassVar = permissions.HANDLE

    reason: str

    def check(self) -> None:
        """A case of a group, with a reason."""
        one_at_a_time(self.agency_id())
        super().check()
        self._person = person_of(self.actor)
        self.reason = reason_of(self.reason, "移出理由", "请写明为什么不再一起办理")
        everybody = _whole_groups([self.case])
        if len(everybody) < 2:
            raise ActionRefused("这件申请没有归入同文组", place=str(self.case), remedy="请刷新页面查看")
        self._left = [one for one in everybody if one.pk != self.case.pk]

    def apply(self) -> Case:
        """Where the first goes, the next received takes its place."""
        before = same_words.first_id(self.case)
        self.case.same_as = None
        self.case.save(update_fields=["same_as"])
        ask_once.leave(self.case)
        self.touch()
        _note(
            self.case,
            f"移出同文组（其余：{'、'.join(map(str, self._left))}）。理由：{self.reason}",
            self._person,
        )
        _name_after(self._left[0], self._left)
        if before == self.case.pk or len(self._left) == 1:
            for one in self._left:
                word = f"首件改为{self._left[0]}" if len(self._left) > 1 else "同文组已解散"
                _note(one, f"{self.case}移出同文组，{word}。理由：{self.reason}", self._person)
        return self.case

    def audit_details(self) -> dict[str, Any]:
        """With those that stay, the first of them, and the hash of the reason."""
        return {
            **super().audit_details(),
            "first": self._left[0].pk,
            "cases": [one.pk for one in self._left],
            "reason": hashed(self.reason),
        }


def _whole_groups(cases: list[Case]) -> list[Case]:
    """Some cases with all that are grouped with them, locked, the first received first."""
    firsts = {same_words.first_id(one) for one in cases}
    found = Case.objects.filter(Q(pk__in=firsts) | Q(same_as_id__in=firsts))
    locked = found.select_for_update(of=("self",)).select_related("applicant").order_by("pk")
    return sorted(locked, key=groups.by_receipt)


def _name_after(first: Case, group: list[Case]) -> None:
    """Let all of a group name its first, each under a new revision; of one alone nobody is named."""
    for one in group:
        one.same_as = None if one.pk == first.pk else first
        one.revision += 1
        one.save(update_fields=["same_as", "revision", "changed_at"])


def _note(case: Case, text: str, person_id: int) -> None:
    Note.objects.create(case=case, kind=Note.Kind.NOTE, text=text, person_id=person_id, at=timezone.now())
