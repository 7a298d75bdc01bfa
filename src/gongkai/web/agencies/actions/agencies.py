"""Agencies: founded, renamed, moved, abolished, and what is said of them on their pages."""

from dataclasses import KW_ONLY, dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone

from gongkai.web.agencies import content, supervision
from gongkai.web.agencies.actions.checks import existing, valid
from gongkai.web.agencies.models import Agency, AgencyName, Post, Region
from gongkai.web.common import permissions
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused

#: What ``EditAgency`` may change: nothing that says which agency it is.
CONTACT_FIELDS = (
    "site_code", "icp", "police_record", "website", "address", "postcode", "phone", "email",
    "office_hours", "office",
)  # fmt: skip


def _name_is_free(name: str, but: Agency | None = None) -> None:
    """A full name belongs to one agency at a time."""
    taken = Agency.objects.filter(full_name=name)
    if (taken.exclude(pk=but.pk) if but else taken).exists():
        raise ActionRefused(f"已有名称为“{name}”的机关", remedy="请核对是否重复登记")


def _refuse_while_it_handles(office: Agency) -> None:
    """An office that goes must not leave a government's applications to nobody."""
    if (agency := office.handles.first()) is not None:
        raise ActionRefused(
            f"该机关还在办理向{agency}提出的申请", remedy="请先在该政府的页面改由其他机构办理"
        )


@dataclass
class CreateAgency(Action[Agency]):
    """Add an agency under its supervisor, with a collection of its own for documents and pictures."""

    code: ClassVar = "agencies.create_agency"
    permission: ClassVar = "agencies.create_agency"

    actor: Actor
    _: KW_ONLY
    agency_code: str
    region: Region
    kind: str
    short_name: str
    full_name: str
    slug: str
    supervisor: Agency | None = None
    invented: bool = False
    contact: dict[str, str] = field(default_factory=dict)

    def agency_id(self) -> int:
        """Who founds an agency answers for its supervisor; at the top, for the whole site."""
        return self.supervisor.pk if self.supervisor else permissions.SITE

    def check(self) -> None:
        """Name, code and address are new and well formed; the supervisor still exists."""
        if self.supervisor:
            existing(self.supervisor)
        unknown = set(self.contact) - set(CONTACT_FIELDS)
        if unknown:
            raise ActionRefused(f"不认识的字段：{'、'.join(sorted(unknown))}")
        _name_is_free(self.full_name)
        self._agency = Agency(
            code=self.agency_code, region=self.region, kind=self.kind, short_name=self.short_name,
            full_name=self.full_name, slug=self.slug, supervisor=self.supervisor, invented=self.invented,
            **self.contact,
        )  # fmt: skip
        valid(self._agency)

    def apply(self) -> Agency:
        """Add it and its collection."""
        self._agency.save()
        content.ensure_space(self._agency)
        supervision.changed(self._agency.supervisor_id)
        return self._agency

    def audit_details(self) -> dict[str, Any]:
        """Which agency, under whom."""
        return {"agency": self._agency.pk, "supervisor": self.supervisor.pk if self.supervisor else None}


@dataclass
class _AgencyAction(Action[Agency]):
    """An action on one agency that still exists."""

    actor: Actor
    _: KW_ONLY
    agency: Agency

    def agency_id(self) -> int:
        """The agency itself."""
        return self.agency.pk

    def _lock(self) -> None:
        self.agency = Agency.objects.select_for_update(of=("self",)).get(pk=self.agency.pk)
        existing(self.agency)


@dataclass(kw_only=True)
class EditAgency(_AgencyAction):
    """Change address, telephone, site code and the like; ``changes`` by field name."""

    code: ClassVar = "agencies.edit_agency"
    permission: ClassVar = "agencies.edit_agency"

    changes: dict[str, str]

    def check(self) -> None:
        """Only what may be changed, and well formed."""
        self._lock()
        unknown = set(self.changes) - set(CONTACT_FIELDS)
        if unknown:
            raise ActionRefused(
                f"不能在此修改：{'、'.join(sorted(unknown))}", remedy="更名、调整隶属另有办理入口"
            )
        self._changed = [name for name, value in self.changes.items() if getattr(self.agency, name) != value]
        for name in self._changed:
            setattr(self.agency, name, self.changes[name])
        valid(self.agency)

    def apply(self) -> Agency:
        """Save it."""
        self.agency.save()
        return self.agency

    def audit_details(self) -> dict[str, Any]:
        """The names of the fields that changed."""
        return {"fields": sorted(self._changed)}


@dataclass(kw_only=True)
class RenameAgency(_AgencyAction):
    """Give an agency a new name from a day on; the old one is kept as a former name until the day before."""

    code: ClassVar = "agencies.rename_agency"
    permission: ClassVar = "agencies.rename_agency"

    full_name: str
    short_name: str
    from_day: date

    def check(self) -> None:
        """A new name, free, from a day after the last renaming."""
        self._lock()
        if self.full_name == self.agency.full_name and self.short_name == self.agency.short_name:
            raise ActionRefused("新名称与现名称相同")
        if self.from_day > timezone.localdate():
            raise ActionRefused("启用日期不能晚于今天", remedy="请在新名称启用之日办理")
        _name_is_free(self.full_name, but=self.agency)
        last = self.agency.former_names.first()
        self._former = AgencyName(
            agency=self.agency, full_name=self.agency.full_name, short_name=self.agency.short_name,
            from_day=last.until_day + timedelta(days=1) if last else None,
            until_day=self.from_day - timedelta(days=1),
        )  # fmt: skip
        if self._former.from_day and self._former.from_day > self._former.until_day:
            raise ActionRefused(f"启用日期应晚于上次更名（{self._former.from_day:%Y-%m-%d}）")
        self.agency.full_name, self.agency.short_name = self.full_name, self.short_name
        valid(self.agency)

    def apply(self) -> Agency:
        """Keep the old name, take the new one."""
        self._former.save()
        self.agency.save()
        content.rename_space(self.agency)
        return self.agency

    def audit_details(self) -> dict[str, Any]:
        """The former name's number; names of agencies are no personal data but the row holds them."""
        return {"former_name": self._former.pk, "from": self.from_day.isoformat()}


@dataclass(kw_only=True)
class MoveAgency(_AgencyAction):
    """Put an agency, with all below it, under another supervisor or into another region.

    The permission is asked where it was and where it goes.
    """

    code: ClassVar = "agencies.move_agency"
    permission: ClassVar = "agencies.move_agency"

    supervisor: Agency | None
    region: Region

    def check(self) -> None:
        """Supervision stays a tree; both ends agree."""
        self._lock()
        self._before = self.agency.supervisor_id
        if self._before == (self.supervisor.pk if self.supervisor else None):
            if self.agency.region_id == self.region.pk:
                raise ActionRefused("隶属关系和所在区划都没有变化")
        else:
            for end in (self._before, self.supervisor.pk if self.supervisor else None):
                permissions.require(self.actor, self.permission, permissions.SITE if end is None else end)
            _refuse_while_it_handles(self.agency)
        if self.supervisor:
            existing(self.supervisor)
        self.agency.supervisor, self.agency.region = self.supervisor, self.region
        valid(self.agency)

    def apply(self) -> Agency:
        """Move it."""
        self.agency.save()
        if self.agency.supervisor_id != self._before:
            supervision.changed(self._before, self.agency.supervisor_id)
        return self.agency

    def audit_details(self) -> dict[str, Any]:
        """From where to where."""
        after = self.supervisor.pk if self.supervisor else None
        return {"from": self._before, "to": after, "region": self.region.pk}


@dataclass(kw_only=True)
class AbolishAgency(_AgencyAction):
    """Close an agency from a day on. Its reports and its log stay; nobody may change anything in it."""

    code: ClassVar = "agencies.abolish_agency"
    permission: ClassVar = "agencies.abolish_agency"

    day: date

    def check(self) -> None:
        """Nobody works there any more and nobody is supervised from there."""
        self._lock()
        if self.day > timezone.localdate():
            raise ActionRefused("撤销日期不能晚于今天", remedy="请在撤销之日办理")
        _refuse_while_it_handles(self.agency)
        if self.agency.supervised.filter(abolished_on=None).exists():
            raise ActionRefused("仍有下级机关隶属于该机关", remedy="请先调整下级机关的隶属关系")
        staying = Q(until_day=None) | Q(until_day__gt=timezone.localdate())
        if Post.objects.filter(staying, agency=self.agency).exists():
            raise ActionRefused("该机关仍有在任人员", remedy="请先办理离任或工作移交")

    def apply(self) -> Agency:
        """Close it."""
        self.agency.abolished_on = self.day
        self.agency.save()
        supervision.changed(self.agency.supervisor_id)
        return self.agency

    def audit_details(self) -> dict[str, Any]:
        """From when."""
        return {"day": self.day.isoformat()}
