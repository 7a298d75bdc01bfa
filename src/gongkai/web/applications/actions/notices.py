"""By which ways people are told: an applicant of a case, a member of staff of what waits for them."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from gongkai.web.agencies.models import Agency
from gongkai.web.applications import permissions
from gongkai.web.applications.actions.applicant import AsApplicant
from gongkai.web.applications.models import ALWAYS_SHOWN, Applicant, ReminderKind, ReminderPlan
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of
from gongkai.web.common.sms import client


@dataclass(kw_only=True)
class ChooseSms(AsApplicant[Applicant]):
    """Begin or end messages about a case; ended as easily as begun (个人信息保护法 15)."""

    code: ClassVar = "applications.choose_sms"

    wanted: bool

    def check(self) -> None:
        """Begun on an open case only, with a gateway and a mobile number; ended always."""
        super().check()
        if not self.wanted:
            return
        self.require_open()
        if not client.available():
            raise ActionRefused("本站没有开通短信通知", remedy="请凭登记号和查询码查看办理进展")
        if not client.mobile(self.case.applicant.phone):
            raise ActionRefused("申请中没有手机号码，不能用短信通知", remedy="请与受理机关联系，补充手机号码")

    def apply(self) -> Applicant:
        """Keep it; what is so already makes no new revision."""
        who = self.case.applicant
        if who.tell_by_sms != self.wanted:
            who.tell_by_sms = self.wanted
            who.save(update_fields=["tell_by_sms"])
            self.touch()
        return who

    def audit_details(self) -> dict[str, Any]:
        """With the choice."""
        return {**super().audit_details(), "sms": self.wanted}


@dataclass
class SetReminders(Action[ReminderPlan]):
    """Choose how one wants to be reminded. Everybody chooses for themselves.

    ``agency`` is the one in whose matters the person works and whose log holds the change.
    """

    code: ClassVar = "applications.set_reminders"
    permission: ClassVar = permissions.VIEW

    actor: Actor
    _: KW_ONLY
    agency: Agency
    site: Sequence[str]
    mail: Sequence[str]
    sms: Sequence[str]
    ahead: int
    rhythm: str
    mobile: str = ""

    def agency_id(self) -> int:
        """Where the person works."""
        return self.agency.pk

    def check(self) -> None:
        """Kinds there are, days within bounds, a mobile number for messages.

        Without a gateway the choice of before stays as it is, for the day there is one again.
        """
        self._person = person_of(self.actor)
        if not {*self.site, *self.mail, *self.sms} <= set(ReminderKind.values):
            raise ActionRefused("没有这种提醒", remedy="请从列表中选择")
        if not ReminderPlan.LEAST <= self.ahead <= ReminderPlan.MOST:
            raise ActionRefused(
                f"提前的天数应为{ReminderPlan.LEAST}至{ReminderPlan.MOST}个工作日", remedy="请从列表中选择"
            )
        if self.rhythm not in ReminderPlan.Rhythm.values:
            raise ActionRefused("请选择提醒的频次")
        if not client.available():
            return
        if self.mobile.strip() and not client.mobile(self.mobile):
            raise ActionRefused(
                "手机号码应为11位，以1开头", place=self.mobile.strip()[:20], remedy="请核对号码"
            )
        if self.sms and not client.mobile(self.mobile):
            raise ActionRefused(
                "没有填写手机号码，不能用短信提醒", remedy="请填写11位手机号码，或者取消勾选短信"
            )

    def apply(self) -> ReminderPlan:
        """Keep it; what was told last stays known."""
        chosen: dict[str, Any] = {
            "site": _ordered({*self.site, *ALWAYS_SHOWN}), "mail": _ordered(self.mail),
            "ahead": self.ahead, "rhythm": self.rhythm,
        }  # fmt: skip
        if client.available():
            chosen |= {"sms": _ordered(self.sms), "mobile": client.mobile(self.mobile)}
        plan, _ = ReminderPlan.objects.update_or_create(person_id=self._person, defaults=chosen)
        return plan

    def audit_details(self) -> dict[str, Any]:
        """What was chosen; not the number."""
        return {
            "site": list(self.site), "mail": list(self.mail), "sms": list(self.sms), "ahead": self.ahead,
            "rhythm": self.rhythm,
        }  # fmt: skip


def _ordered(given: Sequence[str] | set[str]) -> list[str]:
    return [kind for kind in ReminderKind.values if kind in given]
