"""What the environment says of text messages: whole, or named in Chinese as wrong."""

import json
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from gongkai.web.common.sms import client, quiet
from gongkai.web.common.sms.checks import gateway_is_whole
from gongkai.web.common.sms.http_gateway import Approved, HttpGateway
from gongkai.web.common.sms.templates import every
from gongkai.web.settings.sms import sms_settings
from tests.web.common.test_settings import environment, manage

__all__ = ["environment"]

NUMBERS = {one.name: f"T{n}" for n, one in enumerate(every())}
WHOLE = {
    "GONGKAI_SMS_URL": "https://sms.example.gov.cn/send",
    "GONGKAI_SMS_KEY": "s3cret",
    "GONGKAI_SMS_TEMPLATES": json.dumps(NUMBERS),
}


@pytest.fixture(autouse=True)
def _none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("URL", "KEY", "TEMPLATES", "BODY", "HEADER", "QUIET", "ANSWER_OK", "TIMEOUT"):
        monkeypatch.delenv(f"GONGKAI_SMS_{name}", raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **changes: str) -> dict[str, Any]:
    for name, value in {**WHOLE, **{f"GONGKAI_SMS_{key}": value for key, value in changes.items()}}.items():
        monkeypatch.setenv(name, value)
    return sms_settings()


def test_without_an_address_there_is_no_gateway() -> None:
    found = sms_settings()
    assert found == {"SMS_GATEWAY": {}, "SMS_QUIET": "21:00-08:00", "SMS_QUIET_DAYS_OFF": False}
    with override_settings(**found):
        assert not client.available()


def test_address_key_and_templates_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    with override_settings(**given(monkeypatch)):
        gateway = client.gateway()
        assert isinstance(gateway, HttpGateway)
        assert (gateway.url, gateway.secret, gateway.once) == (WHOLE["GONGKAI_SMS_URL"], "s3cret", True)
        assert gateway.templates["applications.received"] == Approved(NUMBERS["applications.received"])
        assert gateway_is_whole() == []


def test_everything_that_differs_between_gateways_can_be_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "body").write_text('{"mobiles": ["{number}"], "sign": "某镇"}', encoding="utf-8")
    own = NUMBERS | {"applications.letter": {"id": 7, "values": {"code": "number"}}}
    found = given(
        monkeypatch, BODY_FILE=str(tmp_path / "body"), TEMPLATES=json.dumps(own), HEADER="X-Key: {secret}",
        ANSWER_CODE="result.code", ANSWER_OK="OK, 200", ANSWER_ID="result.id", TIMEOUT="5", QUIET="none",
        QUIET_DAYS_OFF="1",
    )  # fmt: skip
    with override_settings(**found):
        gateway = client.gateway()
        assert isinstance(gateway, HttpGateway)
        assert gateway.body == {"mobiles": ["{number}"], "sign": "某镇"}
        assert gateway.templates["applications.letter"] == Approved("7", {"code": "number"})
        assert (gateway.header, gateway.code, gateway.number) == (
            "X-Key: {secret}",
            "result.code",
            "result.id",
        )
        assert (gateway.accepted, gateway.timeout, gateway.once) == (frozenset({"OK", "200"}), 5, False)
        assert quiet.hours() == quiet.Quiet(time(), time(), days_off=True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"URL": "http://sms.example.gov.cn/"}, "GONGKAI_SMS_URL.*https"),
        ({"KEY": ""}, "缺少 GONGKAI_SMS_KEY"),
        ({"KEY": "密钥"}, "GONGKAI_SMS_KEY.*只能是一行"),
        ({"KEY": "a\nb"}, "GONGKAI_SMS_KEY.*只能是一行"),
        ({"HEADER": "X-Key: 密{secret}"}, "GONGKAI_SMS_HEADER"),
        ({"URL": "https://短信.example/"}, "GONGKAI_SMS_URL"),
        ({"TEMPLATES": ""}, "缺少 GONGKAI_SMS_TEMPLATES"),
        ({"TEMPLATES": "{"}, "GONGKAI_SMS_TEMPLATES 不是正确的 JSON"),
        ({"TEMPLATES": "[]"}, "应为 JSON 对象"),
        ({"TEMPLATES": '{"a": true}'}, "中 a 应为"),
        ({"TEMPLATES": '{"a": {"values": {}}}'}, "中 a 应为"),
        ({"TEMPLATES": '{"a": {"id": "1", "values": {"b": 1}}}'}, "中 a 应为"),
        ({"BODY": '{"a": }'}, "GONGKAI_SMS_BODY 不是正确的 JSON"),
        ({"HEADER": "Authorization"}, "GONGKAI_SMS_HEADER"),
        ({"HEADER": "A: b\nC: d"}, "GONGKAI_SMS_HEADER"),
        ({"TIMEOUT": "0"}, "1至60"),
        ({"TIMEOUT": "soon"}, "1至60"),
        ({"QUIET": "21-8"}, "GONGKAI_SMS_QUIET"),
        ({"QUIET_DAYS_OFF": "yes"}, "应为 1 或 0"),
    ],
)
def test_what_is_wrong_is_named(monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=said):
        given(monkeypatch, **changes)


def test_production_does_not_start_with_half_a_gateway(environment: dict[str, str]) -> None:
    half = {**WHOLE, "GONGKAI_SMS_TEMPLATES": '{"applications.received": "1"}'}
    done = manage(environment | half, "check")
    assert done.returncode != 0
    assert "applications.replied 没有网关编号" in done.stderr
    shown = manage(environment | half, "sms")
    assert shown.returncode == 0
    assert "applications.remind" in shown.stdout
