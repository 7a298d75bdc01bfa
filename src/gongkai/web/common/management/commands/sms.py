"""Text messages: what is set up, the texts to hand in for approval, and one message to try it."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.db.models import Count
from django.utils import timezone

from gongkai.web.common.models import OutboxSms
from gongkai.web.common.sms import client, templates


class Command(BaseCommand):
    """``sms``: what is set up, and the texts. ``sms --try NUMBER``: one message, whatever the hour."""

    help = "显示短信设置和报备用的模板正文；--try 手机号码 立即试发一条"
    #: It helps to set up what the checks find missing.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--try", dest="number", default="", help="立即向这个手机号码试发一条")
        parser.add_argument("--template", default="", help="试发的模板，缺省为第一个")

    def handle(self, *_: Any, number: str, template: str, **__: Any) -> None:
        """Show or try."""
        gateway = client.gateway()
        if number:
            self._try(gateway, number, template)
            return
        self.stdout.write("短信：" + ("已设置网关" if gateway else "没有设置网关，各页面不提供短信"))
        days = "，非工作日全天" if settings.SMS_QUIET_DAYS_OFF else ""
        self.stdout.write(
            f"免打扰时段：{'不设' if settings.SMS_QUIET == 'none' else settings.SMS_QUIET}{days}"
        )
        for fault in gateway.faults() if gateway else []:
            self.stdout.write(f"设置有误：{fault}")
        try:
            self.stdout.write(_counted())
        except DatabaseError:
            self.stdout.write("数据库还没有建立，没有发送记录")
        for one in templates.every():
            self.stdout.write(
                f"\n{one.name}（{one.occasion}）\n  {one.text}\n  变量：{'、'.join(one.fields)}"
            )

    def _try(self, gateway: client.Gateway | None, number: str, template: str) -> None:
        if gateway is None:
            raise CommandError("没有设置短信网关")
        if not client.mobile(number):
            raise CommandError("手机号码应为11位，以1开头")
        names = [one.name for one in templates.every()]
        if template and template not in names:
            raise CommandError(f"没有名为 {template} 的模板，可用的有：{'、'.join(names)}")
        chosen = templates.of(template or names[0])
        values = dict.fromkeys(chosen.fields, "1")
        try:
            given = gateway.send(client.mobile(number), chosen.name, values, key=uuid.uuid4().hex)
        except client.NotSent as error:
            raise CommandError(f"没有发出：{error}") from error
        except client.Unclear as error:
            raise CommandError(f"不能确定是否发出：{error}") from error
        self.stdout.write(f"网关已接受{f'，编号 {given}' if given else ''}")


def _counted() -> str:
    """What became of the messages of the last week; codes without numbers."""
    rows = OutboxSms.objects.filter(created_at__gte=timezone.now() - timedelta(days=7))
    waiting = rows.filter(sent_at=None, failed_at=None).count()
    codes = rows.exclude(failed_at=None).values_list("error").annotate(n=Count("id")).order_by("-n")[:10]
    given_up = "，".join(f"{error or '没有代码'} {n}条" for error, n in codes)
    sent = rows.exclude(sent_at=None).count()
    return f"最近7天：网关已接受{sent}条，等待{waiting}条，放弃{f'：{given_up}' if given_up else '0条'}"
