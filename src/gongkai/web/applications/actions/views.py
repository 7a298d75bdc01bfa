"""The filters of the due list kept under a name, each person's own."""

from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar, Final

from django.http import QueryDict

from gongkai.web.agencies.models import Agency
from gongkai.web.applications import permissions
from gongkai.web.applications.models import SavedView
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of

#: What of the address a view keeps: the filters, never the page nor what is looked for.
KEPT: Final = ("bucket", "handler", "channel", "same", "on")
#: What is looked for, and the key that stands for it while a session lasts.
_LOOKED_FOR: Final = ("q", "s")
NAME_LENGTH: Final = 30
MOST: Final = 20


@dataclass
class SaveView(Action[SavedView]):
    """Keep filters under a name; the same name again takes the new filters.

    ``agency`` is the one in whose matters the person works and whose log holds the change.
    """

    code: ClassVar = "applications.save_view"
    permission: ClassVar = permissions.VIEW

    actor: Actor
    _: KW_ONLY
    agency: Agency
    name: str
    query: str

    def agency_id(self) -> int:
        """Where the person works."""
        return self.agency.pk

    def check(self) -> None:
        """A name, and something that is filtered."""
        self._person = person_of(self.actor)
        self.name = " ".join(self.name.split())
        if not self.name or len(self.name) > NAME_LENGTH:
            raise ActionRefused(f"视图名称应为1至{NAME_LENGTH}字", remedy="请起一个容易认的名称")
        given, kept = QueryDict(self.query), QueryDict(mutable=True)
        for key in KEPT:
            if given.get(key):
                kept[key] = given[key]
        self._kept = kept.urlencode()
        if any(given.get(name) for name in _LOOKED_FOR):
            raise ActionRefused(
                "现在的列表按登记号、申请人的姓名、证件号或电话查找，查找的内容不能保存",
                remedy="个人信息不在办理之外留存；请去掉后再保存",
            )
        if not kept or self._kept == "bucket=all":
            raise ActionRefused("现在显示的是全部申请，没有可以保存的筛选条件", remedy="请先筛选，再保存")
        mine = SavedView.objects.filter(person_id=self._person)
        if mine.exclude(name=self.name).count() >= MOST:
            raise ActionRefused(f"最多保存{MOST}个视图", remedy="请先删除不用的")

    def apply(self) -> SavedView:
        """Keep it."""
        self._saved, _ = SavedView.objects.update_or_create(
            person_id=self._person, name=self.name, defaults={"query": self._kept}
        )
        return self._saved

    def audit_details(self) -> dict[str, Any]:
        """The view; not what it looks for."""
        return {"view": self._saved.pk}


@dataclass
class DeleteView(Action[int]):
    """Delete one's own view."""

    code: ClassVar = "applications.delete_view"
    permission: ClassVar = permissions.VIEW

    actor: Actor
    _: KW_ONLY
    agency: Agency
    view_id: int

    def agency_id(self) -> int:
        """Where the person works."""
        return self.agency.pk

    def check(self) -> None:
        """It is the actor's own."""
        found = SavedView.objects.filter(pk=self.view_id, person_id=person_of(self.actor)).first()
        if found is None:
            raise ActionRefused("没有这个视图", remedy="可能已经删除，请刷新页面")
        self._found = found

    def apply(self) -> int:
        """Gone."""
        self._found.delete()
        return self.view_id

    def audit_details(self) -> dict[str, Any]:
        """Which."""
        return {"view": self.view_id}
