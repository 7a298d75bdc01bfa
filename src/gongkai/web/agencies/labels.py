"""Words for what the log and the lists show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gongkai.web.agencies.models import Agency, Person
from gongkai.web.common import registry
from gongkai.web.common.models import AuditEntry

#: Other apps add theirs: ``registry.of("action_labels").register("reporting", {"reporting.sign": "签批"})``.
REGISTRY: Final = "action_labels"

ACTION_LABELS: Final[Mapping[str, str]] = {
    "agencies.create_region": "新增区划",
    "agencies.create_agency": "新增机关",
    "agencies.edit_agency": "修改机关信息",
    "agencies.rename_agency": "机关更名",
    "agencies.move_agency": "调整隶属",
    "agencies.abolish_agency": "撤销机关",
    "agencies.create_administrator": "新增全站管理员",
    "agencies.create_person": "新增人员",
    "agencies.edit_person": "修改人员信息",
    "agencies.reset_sign_in": "发放一次性密码",
    "agencies.remove_second_factor": "解除两步验证",
    "agencies.appoint": "任命岗位",
    "agencies.end_post": "离任",
    "agencies.record_leave": "登记请假",
    "agencies.cancel_leave": "撤回请假",
    "agencies.hand_over": "工作移交",
    "agencies.set_chain": "设定签批流程",
    "agencies.set_office": "设定依申请公开由谁办理",
    "agencies.erase_person": "清除人员信息",
    "common.begin_audit_chain": "开始一个单位的审计记录",
    "cms.wagtail.create": "新增文件或图片",
    "cms.wagtail.edit": "修改文件、图片或设置",
    "cms.wagtail.delete": "删除文件或图片",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the log, in words."""

    at: datetime
    who: str
    what: str
    number: int


def of_action(code: str) -> str:
    """What an action is called; its code where nobody has said."""
    for labels in (ACTION_LABELS, *registry.of(REGISTRY).values()):
        if code in labels:
            return str(labels[code])
    return code


def of_agency(agency: Agency) -> str:
    """What must be said beside an agency's name in a list."""
    if agency.abolished_on:
        return f"{agency.abolished_on:%Y-%m-%d}撤销"
    return "虚构示例" if agency.invented else ""


def entries(rows: Iterable[AuditEntry]) -> list[Line]:
    """Entries of the log with the names of people as they are now; a person erased is their number."""
    found = list(rows)
    names = dict(Person.objects.filter(pk__in={row.actor_id for row in found}).values_list("pk", "name"))
    return [Line(row.at, _who(row, names), of_action(row.code), row.number) for row in found]


def _who(row: AuditEntry, names: Mapping[int, str]) -> str:
    if row.actor_kind == "person" and row.actor_id is not None:
        return names.get(row.actor_id, f"人员{row.actor_id}")
    return "公众" if row.actor_kind == "public" else f"系统（{row.actor_name}）"
