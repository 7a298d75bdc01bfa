"""Text messages out of the environment: the gateway's address, key and form, and the quiet hours."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured

from gongkai.web.common.sms.http_gateway import Approved, HttpGateway, refusal
from gongkai.web.common.sms.quiet import Quiet
from gongkai.web.settings.environment import flag, listed, optional, required

#: The form of a request where nothing else is set.
_BODY: Final = '{"phone": "{number}", "template": "{template}", "params": "{values}", "requestId": "{key}"}'
_CLIENT: Final = f"{HttpGateway.__module__}.{HttpGateway.__qualname__}"
_LONGEST: Final = 60


def sms_settings() -> dict[str, Any]:
    """What the variables ``GONGKAI_SMS_…`` say, as Django's settings; without an address there is no gateway.

    Raises ImproperlyConfigured, in Chinese, naming the variable.
    """
    found = {"SMS_QUIET": _quiet(), "SMS_QUIET_DAYS_OFF": flag("GONGKAI_SMS_QUIET_DAYS_OFF", default=False)}
    url = optional("GONGKAI_SMS_URL")
    if not url:
        return found | {"SMS_GATEWAY": {}}
    if why := refusal(url):
        raise ImproperlyConfigured(f"GONGKAI_SMS_URL（短信网关地址）{why}")
    return found | {"SMS_GATEWAY": {"BACKEND": _CLIENT, "OPTIONS": {"url": url, **_options()}}}


def _options() -> dict[str, Any]:
    return {
        "secret": _secret(),
        "templates": _templates(),
        "body": _object("GONGKAI_SMS_BODY", _BODY),
        "header": _header(),
        "code": optional("GONGKAI_SMS_ANSWER_CODE", "code"),
        "accepted": frozenset(listed(optional("GONGKAI_SMS_ANSWER_OK", "0"))),
        "number": optional("GONGKAI_SMS_ANSWER_ID"),
        "timeout": _timeout(),
    }


def _quiet() -> str:
    text = optional("GONGKAI_SMS_QUIET", "21:00-08:00")
    try:
        Quiet.parse(text)
    except ValueError as error:
        raise ImproperlyConfigured(
            "GONGKAI_SMS_QUIET（免打扰时段）应写成 21:00-08:00，不设免打扰写 none"
        ) from error
    return text


def _secret() -> str:
    text = required("GONGKAI_SMS_KEY", "短信网关的密钥")
    if not text.isascii() or not text.isprintable():
        raise ImproperlyConfigured("GONGKAI_SMS_KEY（短信网关的密钥）只能是一行英文字母、数字和符号")
    return text


def _header() -> str:
    text = optional("GONGKAI_SMS_HEADER", "Authorization: Bearer {secret}")
    if text == "none":
        return ""
    name, colon, _ = text.partition(":")
    if not colon or not name.strip() or not text.isprintable() or not text.isascii():
        raise ImproperlyConfigured(
            "GONGKAI_SMS_HEADER 应写成“名称: 值”，值中用 {secret} 代表密钥，不用请求头写 none"
        )
    return text


def _timeout() -> float:
    text = optional("GONGKAI_SMS_TIMEOUT", "10")
    if not text.isdecimal() or not 1 <= int(text) <= _LONGEST:
        raise ImproperlyConfigured(f"GONGKAI_SMS_TIMEOUT 应为1至{_LONGEST}之间的秒数")
    return float(text)


def _templates() -> dict[str, Approved]:
    """``{"name": "number"}``, or ``{"name": {"id": "number", "values": {"theirs": "ours"}}}``."""
    required("GONGKAI_SMS_TEMPLATES", "各短信模板在网关的编号，JSON")
    return {name: _approved(name, one) for name, one in _object("GONGKAI_SMS_TEMPLATES", "").items()}


def _approved(name: str, one: Any) -> Approved:
    number, values = (one.get("id"), one.get("values")) if isinstance(one, dict) else (one, None)
    named = values is None or (isinstance(values, dict) and all(isinstance(v, str) for v in values.values()))
    if not isinstance(number, str | int) or isinstance(number, bool) or not str(number) or not named:
        raise ImproperlyConfigured(
            f"GONGKAI_SMS_TEMPLATES 中 {name} 应为网关的模板编号，"
            '或 {"id": "编号", "values": {"网关的变量名": "本系统的变量名"}}'
        )
    return Approved(str(number), values)


def _object(name: str, default: str) -> Mapping[str, Any]:
    try:
        found = json.loads(optional(name, default))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} 不是正确的 JSON：第{_line(error)}行附近") from error
    if not isinstance(found, dict):
        raise ImproperlyConfigured(f"{name} 应为 JSON 对象（花括号括起来的）")
    return found


def _line(error: ValueError) -> int:
    return error.lineno if isinstance(error, json.JSONDecodeError) else 1
