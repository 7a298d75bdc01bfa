"""Posts: appointed to, ended."""

from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Any, ClassVar

from gongkai.web.agencies.actions.checks import active, existing, not_oneself, valid
from gongkai.web.agencies.models import Agency, AgencyKind, Person, Post, Role
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused

#: Bodies that have a disclosure office over others: governments, and lines led from above (条例 3).
_WITH_DISCLOSURE_OFFICE = frozenset({AgencyKind.GOVERNMENT, AgencyKind.TOWN, AgencyKind.VERTICAL})


@dataclass
class Appoint(Action[Post]):
    """Give a person a role in an agency from a day on."""

    code: ClassVar = "agencies.appoint"
    permission: ClassVar = "agencies.appoint"

    actor: Actor
    _: KW_ONLY
    agency: Agency
    person: Person
    role: str
    from_day: date
    until_day: date | None = None
    title: str = ""

    def agency_id(self) -> int:
        """The agency of the post."""
        return self.agency.pk

    def check(self) -> None:
        """An active person, not oneself, not twice; a disclosure office only where there is one."""
        existing(self.agency)
        active(self.person)
        not_oneself(self.actor, self.person, "给自己任命岗位")
        if self.role == Role.DISCLOSURE_OFFICE and self.agency.kind not in _WITH_DISCLOSURE_OFFICE:
            raise ActionRefused(
                f"“{self.agency}”不是政府信息公开工作主管机关，不设此岗位", remedy="请在上级主管机关任命"
            )
        self._post = Post(
            person=self.person, agency=self.agency, role=self.role, title=self.title,
            from_day=self.from_day, until_day=self.until_day,
        )  # fmt: skip
        valid(self._post)
        held = Post.objects.select_for_update().overlapping(self.from_day, self.until_day)
        if held.filter(person=self.person, agency=self.agency, role=self.role).exists():
            raise ActionRefused(f"“{self.person}”在此期间已任{self._post.get_role_display()}")

    def apply(self) -> Post:
        """Add the post."""
        self._post.save()
        return self._post

    def audit_details(self) -> dict[str, Any]:
        """Who, as what, when."""
        return {
            "post": self._post.pk,
            "person": self.person.pk,
            "role": str(self.role),
            "from": self.from_day.isoformat(),
            "until": self.until_day.isoformat() if self.until_day else None,
        }


@dataclass
class EndPost(Action[Post]):
    """Let a post end with a day. Past posts stay as they were: they say who could sign then."""

    code: ClassVar = "agencies.end_post"
    permission: ClassVar = "agencies.end_post"

    actor: Actor
    _: KW_ONLY
    post: Post
    last_day: date

    def agency_id(self) -> int:
        """The agency of the post."""
        return self.post.agency_id

    def check(self) -> None:
        """The post has not ended before, and ends no earlier than it began."""
        self.post = Post.objects.select_for_update(of=("self",)).get(pk=self.post.pk)
        if self.post.until_day is not None and self.post.until_day <= self.last_day:
            raise ActionRefused(f"该任职已于{self.post.until_day:%Y-%m-%d}结束")
        if self.last_day < self.post.from_day:
            raise ActionRefused(f"离任日期不能早于任职日期（{self.post.from_day:%Y-%m-%d}）")

    def apply(self) -> Post:
        """Set the last day."""
        self.post.until_day = self.last_day
        self.post.save()
        return self.post

    def audit_details(self) -> dict[str, Any]:
        """Which post, until when."""
        return {"post": self.post.pk, "person": self.post.person_id, "until": self.last_day.isoformat()}
