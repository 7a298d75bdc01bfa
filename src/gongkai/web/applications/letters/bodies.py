"""Who reconsiders and which court hears a suit, as a remedy clause names them."""

from collections.abc import Iterator
from typing import Final

from gongkai.web.agencies.models import Agency, AgencyKind

#: Whose decisions the government above reconsiders: lower governments, a government's own departments and
#: street offices (行政复议法 24).
_BY_GOVERNMENT: Final = frozenset(
    {AgencyKind.GOVERNMENT, AgencyKind.TOWN, AgencyKind.SUBDISTRICT, AgencyKind.DEPARTMENT}
)
_COURT: Final = "有管辖权的人民法院"


def reconsideration_body(agency: Agency) -> str:
    """The name the agency has set, else the one its place in the law gives; empty where nobody can say.

    A body led from above goes to the next above it (行政复议法 27). Outposts, authorised bodies and public
    services depend on who set them up: they must name it.
    """
    named = getattr(agency, "register", None)
    if named is not None and named.reconsideration_body:
        return str(named.reconsideration_body)
    above = agency.supervisor
    if above is None:
        return ""
    by_government = agency.kind in _BY_GOVERNMENT and above.kind == AgencyKind.GOVERNMENT
    return above.full_name if by_government or agency.kind == AgencyKind.VERTICAL else ""


def court(agency: Agency) -> str:
    """The name the agency has set, else the words of the law."""
    named = getattr(agency, "register", None)
    return (str(named.court) if named is not None else "") or _COURT


def problems(agency: Agency) -> Iterator[str]:
    """Why no remedy clause can be printed: one that names nobody sends the applicant nowhere."""
    if not reconsideration_body(agency):
        yield (
            "没有设置行政复议机关，救济途径写不出向哪个机关申请行政复议："
            "请本机关的系统管理员在“依申请公开设置”中填写"
        )
