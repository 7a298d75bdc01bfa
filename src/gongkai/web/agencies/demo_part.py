"""What this app brings to the demo of ``make run``: agencies, people, and who can sign in."""

from itertools import groupby
from pathlib import Path

from django.conf import settings

from gongkai.web.agencies import demo
from gongkai.web.agencies.models import Agency
from gongkai.web.common.demo import Part, Say


def load(_samples: Path, say: Say) -> None:
    """Agencies and people, where there are none yet."""
    if not Agency.objects.exists():
        say("正在载入机关和人员……")
    demo.load()


def pages(_address: str) -> list[str]:
    """None of its own."""
    return []


def notes() -> list[str]:
    """One line for each agency: who can sign in, as what; the password; the second factor."""
    lines = [
        "",
        f"登录（密码都是 {settings.DEMO_PASSWORD}，首次运行时随机生成，只用于这台机器）",
    ]
    for agency, people in groupby(demo.sign_ins(), key=lambda one: one.agency):
        lines.append(f"  {agency or '全站'}：" + "，".join(f"{one.username} {one.post}" for one in people))
    lines += [
        "两步验证：演示不要求；登录后点左下角姓名，在账号页的“两步验证”中绑定验证器，以后登录就要输入动态码。正式部署一律要求。",
    ]
    return lines


PART = Part(load, pages, notes)
