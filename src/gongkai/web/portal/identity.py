"""Who runs the site, as the footer and the page tags say it. REGULATION.md §5."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from gongkai.web.agencies.models import Agency

_PLATFORM = "政府信息公开平台"


@dataclass(frozen=True, slots=True)
class Identity:
    """What monitors look for on every page. An empty text has not been registered yet."""

    name: str
    notice: str
    domain: str
    sponsor: str
    site_code: str
    icp: str
    police_record: str
    phone: str
    email: str
    address: str


def of_request(request: HttpRequest, agency: Agency | None = None) -> Identity:
    """The site's identity on a page; ``agency`` is the one the page is about.

    Marks are those of the nearest agency at or above it that has a site code; on pages about no agency, those
    of the only agency without a supervisor. What nobody has registered is taken from the agency itself.
    """
    owner = _owner(agency)
    return Identity(
        name=settings.PORTAL_NAME or site_name(),
        notice=settings.PORTAL_NOTICE,
        domain=request.get_host().partition(":")[0],
        sponsor=owner.full_name if owner else "",
        site_code=owner.site_code if owner else "",
        icp=owner.icp if owner else "",
        police_record=owner.police_record if owner else "",
        phone=owner.phone if owner else "",
        email=owner.email if owner else "",
        address=owner.address if owner else "",
    )


def site_name() -> str:
    """The site's name where the settings give none: after the one agency above all others, if any."""
    top = _owner(None)
    return f"{top.full_name.removesuffix('人民政府')}{_PLATFORM}" if top else _PLATFORM


def _owner(agency: Agency | None) -> Agency | None:
    if agency is None:
        tops = list(Agency.objects.current().filter(supervisor=None).order_by()[:2])
        return tops[0] if len(tops) == 1 else None
    ids = [int(part) for part in agency.lineage.strip("/").split("/") if part and int(part) != agency.pk]
    if agency.site_code or not ids:
        return agency
    above = {one.pk: one for one in Agency.objects.filter(pk__in=ids).exclude(site_code="")}
    return next((above[pk] for pk in reversed(ids) if pk in above), agency)
