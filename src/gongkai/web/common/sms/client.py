"""The client every gateway is: one method, two ways to fail. Which one it is the settings say."""

import re
from collections.abc import Mapping
from typing import Any, Final, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

_MOBILE: Final = re.compile(r"(?:\+?86)?(1[3-9]\d{9})", re.ASCII)
_CODE: Final = re.compile(r"[A-Za-z0-9_.: -]{1,40}", re.ASCII)
_MANY_DIGITS: Final = re.compile(r"\d{7}", re.ASCII)


class Gateway(Protocol):
    """Sends text messages. Made of the settings: ``SMS_GATEWAY = {"BACKEND": class, "OPTIONS": {…}}``."""

    @property
    def once(self) -> bool:
        """Whether a message sent again under the same key reaches its receiver only once."""

    def faults(self) -> list[str]:
        """What is not right in its settings, in Chinese, seen beside the templates the apps send."""

    def send(self, number: str, template: str, values: Mapping[str, str], *, key: str) -> str:
        """Send one message; the gateway's number for it, empty where it gives none.

        ``number``: a mobile number of eleven digits. ``template``: a name of ``templates``. ``values``: its
        fields. ``key``: the same at each try of one message. Raises ``NotSent`` or ``Unclear``.
        """


class NotSent(Exception):
    """The message did not go out: the gateway refused it or was not reached. It may be tried again.

    Says a code and nothing of the message: errors are kept with the task and logged.
    """


class Unclear(Exception):
    """The gateway may have sent the message, or not: no answer in time, or none that can be understood."""


def available() -> bool:
    """Whether messages can be sent at all; what a page asks before it offers or promises one."""
    return bool(settings.SMS_GATEWAY)


def gateway() -> Gateway | None:
    """The client of the settings; None where there is none."""
    if not available():
        return None
    chosen: Mapping[str, Any] = settings.SMS_GATEWAY
    return cast("Gateway", import_string(chosen["BACKEND"])(**chosen.get("OPTIONS", {})))


def mobile(text: str) -> str:
    """The eleven digits of a mobile number of the mainland, however it is written; empty where it is none."""
    found = _MOBILE.fullmatch(re.sub(r"[\s()（）-]", "", text))
    return found.group(1) if found else ""


def speakable(code: str) -> str:
    """A gateway's code as it may be logged: short and plain, and with no number of anybody in it."""
    plain = bool(_CODE.fullmatch(code)) and not _MANY_DIGITS.search(code)
    return code if plain else "a code that is not logged"
