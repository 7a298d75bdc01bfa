"""System check: a gateway that is set up is set up whole."""

from typing import Any

from django.core import checks

from gongkai.web.common.sms import client


@checks.register(checks.Tags.compatibility)
def gateway_is_whole(**_: Any) -> list[checks.CheckMessage]:
    """The gateway finds nothing wrong in its settings: it has a number for every text the apps send."""
    gateway = client.gateway()
    hint = "模板的名称、正文和变量见 python -m gongkai.web.manage sms"
    return [checks.Error(text, hint=hint, id="common.E002") for text in gateway.faults()] if gateway else []
