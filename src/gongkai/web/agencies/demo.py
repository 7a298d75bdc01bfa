"""The agencies and people of the demo: the five agencies of the seeds under their governments, and a county
that does not exist, marked as invented.

Names and division codes of the real agencies are public; whoever works there in the demo is invented. They
share one password, so that nothing here runs outside the settings that name ``DEMO_PASSWORD``, and have mail
addresses of a domain that cannot exist (RFC 2606). An agency that is there already is left as people made it.
"""

from datetime import date
from typing import Final, NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from gongkai.web.agencies.actions import (
    CreateAdministrator,
    CreateAgency,
    CreatePerson,
    CreateRegion,
    SetChain,
    StepWanted,
)
from gongkai.web.agencies.models import Agency, AgencyKind, Matter, Person, Region, Role
from gongkai.web.common.actor import Actor

ACTOR: Final = Actor.system("agencies.setup")
#: Nobody's, for ever: what the demo mails lies in a folder, and could reach nobody if it were sent.
MAIL: Final = "gongkai.example"
_SINCE: Final = date(2019, 5, 15)  # since then the regulation of now is in force


class NotForDemoError(Exception):
    """The settings in force name no demo password: this is not a machine for a demo."""


class SignIn(NamedTuple):
    """Somebody one can sign in as in the demo; ``agency`` is empty for the site's administrator."""

    username: str
    agency: str
    post: str


class _Agency(NamedTuple):
    slug: str
    full_name: str
    short_name: str
    kind: AgencyKind
    region: str
    above: str = ""
    invented: bool = False


#: Code, name; the invented ones begin with 99, which no province has.
_REGIONS: Final = (
    ("330000", "浙江省"), ("330300", "温州市"), ("330326", "平阳县"),
    ("410000", "河南省"), ("410300", "洛阳市"), ("410307", "偃师区"),
    ("410400", "平顶山市"), ("410411", "湛河区"),
    ("500000", "重庆市"), ("500110", "綦江区"),
    ("990000", "示例省"), ("990100", "示例市"), ("990121", "示例县"),
)  # fmt: skip

#: Begins the code of each agency of the demo; codes never change, names and addresses may.
_CODE: Final = "demo-"
_K = AgencyKind
_AGENCIES: Final = (
    _Agency("yanshi", "洛阳市偃师区人民政府", "偃师区政府", _K.GOVERNMENT, "410307"),
    _Agency("dakou", "偃师区大口镇人民政府", "大口镇", _K.TOWN, "410307", "yanshi"),
    _Agency("yanshi-wenlv", "偃师区文化广电和旅游局", "偃师区文旅局", _K.DEPARTMENT, "410307", "yanshi"),
    _Agency("pingyang", "平阳县人民政府", "平阳县政府", _K.GOVERNMENT, "330326"),
    _Agency("kunyang", "平阳县昆阳镇人民政府", "昆阳镇", _K.TOWN, "330326", "pingyang"),
    _Agency("zhanhe", "平顶山市湛河区人民政府", "湛河区政府", _K.GOVERNMENT, "410411"),
    _Agency("zhanhe-xinfang", "湛河区信访局", "湛河区信访局", _K.DEPARTMENT, "410411", "zhanhe"),
    _Agency("qijiang", "重庆市綦江区人民政府", "綦江区政府", _K.GOVERNMENT, "500110"),
    _Agency("sanjiao", "重庆市綦江区三角镇人民政府", "三角镇", _K.TOWN, "500110", "qijiang"),
    _Agency("shili", "示例县人民政府", "示例县政府", _K.GOVERNMENT, "990121", "", invented=True),
    _Agency(
        "shili-ban", "示例县人民政府办公室", "示例县政府办", _K.DEPARTMENT, "990121", "shili", invented=True
    ),
    _Agency("shili-qingshi", "示例县青石镇人民政府", "青石镇", _K.TOWN, "990121", "shili", invented=True),
    _Agency(
        "shili-baishui", "示例县白水街道办事处", "白水街道", _K.SUBDISTRICT, "990121", "shili", invented=True
    ),
    _Agency("shili-liuhe", "示例县柳河乡人民政府", "柳河乡", _K.TOWN, "990121", "shili", invented=True),
    _Agency("shili-jiaoyu", "示例县教育局", "示例县教育局", _K.DEPARTMENT, "990121", "shili", invented=True),
    _Agency("shili-shuili", "示例县水利局", "示例县水利局", _K.DEPARTMENT, "990121", "shili", invented=True),
    _Agency(
        "shili-weijian", "示例县卫生健康局", "示例县卫健局", _K.DEPARTMENT, "990121", "shili", invented=True
    ),
)

_GOVERNMENT_ROLES: Final = (Role.DISCLOSURE_OFFICE, Role.LEADER, Role.ADMINISTRATOR)
_SMALL_OFFICE: Final = (Role.CLERK, Role.LEADER)
_WHOLE_OFFICE: Final = (Role.CLERK, Role.SECTION_HEAD, Role.SECRECY_REVIEWER, Role.LEADER, Role.ADMINISTRATOR)
_ENDINGS: Final = {
    Role.CLERK: "clerk", Role.SECTION_HEAD: "head", Role.SECRECY_REVIEWER: "secrecy", Role.LEADER: "leader",
    Role.DISCLOSURE_OFFICE: "office", Role.ADMINISTRATOR: "admin",
}  # fmt: skip
_STEP_NAMES: Final = {
    Role.CLERK: "拟稿", Role.SECTION_HEAD: "审核", Role.SECRECY_REVIEWER: "保密审查", Role.LEADER: "签发",
    Role.DISCLOSURE_OFFICE: "拟稿",
}  # fmt: skip
ADMINISTRATOR: Final = "admin"


def load() -> dict[str, Agency]:
    """Load what is missing and give the agencies by their names below; loading again changes nothing.

    Raises ``NotForDemoError`` unless the settings name ``DEMO_PASSWORD``.
    """
    password: str = getattr(settings, "DEMO_PASSWORD", "")
    if not password:
        raise NotForDemoError("当前设置不允许载入演示数据（没有 DEMO_PASSWORD）；演示数据只用于开发设置")
    with transaction.atomic():
        agencies = {
            agency.code.removeprefix(_CODE): agency
            for agency in Agency.objects.filter(code__startswith=_CODE).select_related("region")
        }
        missing = [row for row in _AGENCIES if row.slug not in agencies]
        administrator = Person.objects.filter(username=ADMINISTRATOR).exists()
        if administrator and not missing:
            return agencies
        hashed = make_password(password)
        regions = _regions()
        for row in missing:
            agencies[row.slug] = _agency(row, regions, agencies.get(row.above))
            _people(row, agencies[row.slug], hashed)
        if not administrator:
            _administrator(hashed)
    return agencies


def sign_ins() -> list[SignIn]:
    """Whom one can sign in as; all with ``DEMO_PASSWORD``."""
    people = [SignIn(ADMINISTRATOR, "", "全站管理员")]
    for row in _AGENCIES:
        people.extend(SignIn(_username(row, role), row.full_name, role.label) for role in _roles(row))
    return people


def _regions() -> dict[str, Region]:
    found = {region.code: region for region in Region.objects.all()}
    for code, name in _REGIONS:
        if code not in found:
            above = next(
                (found[up] for up in (code[:4] + "00", code[:2] + "0000") if up != code and up in found), None
            )
            found[code] = CreateRegion(ACTOR, division_code=code, name=name, parent=above).run()
    return found


def _agency(row: _Agency, regions: dict[str, Region], above: Agency | None) -> Agency:
    return CreateAgency(
        ACTOR, agency_code=f"{_CODE}{row.slug}", region=regions[row.region], kind=row.kind,
        short_name=row.short_name,
        full_name=row.full_name, slug=row.slug, supervisor=above, invented=row.invented,
        contact=_contact(row),
    ).run()  # fmt: skip


def _contact(row: _Agency) -> dict[str, str]:
    """Where to write to an agency that does not exist; for a real one nothing is made up."""
    if not row.invented:
        return {}
    return {
        "address": f"示例省示例市{row.full_name}一楼（虚构地址）",
        "phone": f"0990-00001{_AGENCIES.index(row):02d}",
    }


def _roles(row: _Agency) -> tuple[Role, ...]:
    """One invented agency has a whole office; small ones are two people, as most are."""
    if row.kind == AgencyKind.GOVERNMENT:
        return _GOVERNMENT_ROLES
    return _WHOLE_OFFICE if row.slug == "shili-qingshi" else _SMALL_OFFICE


def _username(row: _Agency, role: Role) -> str:
    return f"{row.slug}-{_ENDINGS[role]}"


def _people(row: _Agency, agency: Agency, hashed: str) -> None:
    for role in _roles(row):
        person = CreatePerson(
            ACTOR, agency=agency, username=_username(row, role), role=role,
            name=f"{row.short_name}{role.label}（演示）", email=f"{_username(row, role)}@{MAIL}",
            from_day=_SINCE,
        ).run()  # fmt: skip
        _known_password(person, hashed)
    for matter in Matter:
        roles = [role for role in _roles(row) if role in _STEP_NAMES]
        steps = [StepWanted(_STEP_NAMES[role], role) for role in roles]
        SetChain(ACTOR, agency=agency, matter=matter, steps=steps).run()


def _administrator(hashed: str) -> None:
    person, _ = CreateAdministrator(ACTOR, username=ADMINISTRATOR, name="全站管理员（演示）").run()
    _known_password(person, hashed)


def _known_password(person: Person, hashed: str) -> None:
    """The one password everybody of the demo has: there is nobody to hand a one-time password to."""
    person.password = hashed
    person.must_change_password = False
    person.save()
