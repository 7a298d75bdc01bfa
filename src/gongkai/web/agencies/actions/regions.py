"""Regions come from the official list; the site's administrator adds them."""

from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from gongkai.web.agencies.actions.checks import valid
from gongkai.web.agencies.models import Region
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import SITE


@dataclass
class CreateRegion(Action[Region]):
    """Add a region under another."""

    code: ClassVar = "agencies.create_region"
    permission: ClassVar = "agencies.create_region"

    actor: Actor
    _: KW_ONLY
    division_code: str
    name: str
    parent: Region | None = None

    def agency_id(self) -> int:
        """Regions belong to the whole site."""
        return SITE

    def check(self) -> None:
        """The code is new, well formed, and lies inside the parent's."""
        self._region = Region(code=self.division_code, name=self.name, parent=self.parent)
        valid(self._region)

    def apply(self) -> Region:
        """Add it."""
        self._region.save()
        return self._region

    def audit_details(self) -> dict[str, Any]:
        """The division code."""
        return {"region": self._region.pk, "code": self.division_code}
