"""``check_letter_templates``: whether the templates agencies have uploaded still hold what they must."""

from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.web.applications.letters import own_templates
from gongkai.web.applications.papers import templates


class Command(BaseCommand):
    """To run after an update, which may bring a new mandatory part. Ends with 1 where one does not fit."""

    help = "核对各机关自己的文书模板是否仍符合必备内容；不合格的不使用，文书改用通用文本"

    def handle(self, *_: Any, **__: Any) -> None:
        """One line for each that is not used, or whose letters cannot be signed."""
        found = list(templates.judged(own_templates.kept().order_by("agency__lineage", "kind")))
        unfit = [one for one in found if self._told(one, one.faults)]
        unread = [one for one in found if not one.faults and self._told(one, self._unreadable(one))]
        if unfit or unread:
            left = f"，另有{len(unread)}份的文书不能签发" if unread else ""
            raise CommandError(
                f"共{len(found)}份模板，{len(unfit)}份不合格，没有使用{left}；{own_templates.REMEDY}"
            )
        self.stdout.write(f"共{len(found)}份模板，都合格")

    def _told(self, one: own_templates.Stored, faults: Sequence[str]) -> bool:
        if faults:
            name = f"{one.template.agency.full_name} {one.kind.name}（{one.template.name}）"
            self.stdout.write(f"{name}：{'；'.join(faults)}")
        return bool(faults)

    def _unreadable(self, one: own_templates.Stored) -> Sequence[str]:
        return own_templates.unreadable(one.kind, bytes(one.template.content))
