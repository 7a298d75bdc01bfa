"""Which office handles the applications made to a government."""

from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from gongkai.web.agencies.actions.checks import existing
from gongkai.web.agencies.models import Agency
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused


@dataclass
class SetOffice(Action[Agency]):
    """Let an office of a government handle the applications to it; None: the government's own people alone.

    The office's clerks, heads, reviewers and leaders then see and handle these cases as their own agency's
    and sign their letters, which stay the government's: its name, its numbers, its figures (条例 4).
    """

    code: ClassVar = "agencies.set_office"
    permission: ClassVar = "agencies.set_office"

    actor: Actor
    _: KW_ONLY
    agency: Agency
    office: Agency | None

    def agency_id(self) -> int:
        """The government: whoever decides whose eyes see its applicants' data answers for it."""
        return self.agency.pk

    def check(self) -> None:
        """An office directly below the government, that still exists."""
        self.agency = Agency.objects.select_for_update(of=("self",)).get(pk=self.agency.pk)
        existing(self.agency)
        if self.office is None:
            return
        existing(self.office)
        if not self.agency.is_government:
            raise ActionRefused("只有人民政府可以由其办公机构办理申请", place=str(self.agency))
        if self.office.supervisor_id != self.agency.pk or self.office.is_government:
            raise ActionRefused(
                "只能选择这个政府直属的办公机构或部门",
                place=str(self.office),
                remedy="如应由其办理，请先调整其隶属关系",
            )

    def apply(self) -> Agency:
        """From now on, for open cases too."""
        self._before = self.agency.handled_by_id
        self.agency.handled_by = self.office
        self.agency.save()
        return self.agency

    def audit_details(self) -> dict[str, Any]:
        """From which office to which."""
        return {"from": self._before, "to": self.office.pk if self.office else None}
