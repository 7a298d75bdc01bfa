"""The clients of text messages: a gateway that listens on loopback, files, and what is set up."""

import json
import socket
from collections.abc import Callable
from io import StringIO
from typing import Any, ClassVar

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.web.common.models import OutboxSms
from gongkai.web.common.sms import client, outbox
from gongkai.web.common.sms.checks import gateway_is_whole
from gongkai.web.common.sms.client import NotSent, Unclear
from gongkai.web.common.sms.http_gateway import Approved, HttpGateway, refusal
from tests.web.common.sms_gateway import NUMBER, TEXT, VALUES, Gateway, chosen, gateway, of, texts

__all__ = ["gateway", "texts"]


def send(one: client.Gateway) -> str:
    return one.send(NUMBER, TEXT.name, VALUES, key="k-1")


def test_a_message_is_asked_for_as_the_settings_say(gateway: Gateway) -> None:
    assert send(of(gateway)) == "m-1"
    ((headers, asked),) = gateway.asked
    assert headers["Authorization"] == "Bearer s3cret"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert asked == {
        "path": "/sms/send?v=1", "phone": NUMBER, "to": [f"+86{NUMBER}"], "template": "T-1", "params": VALUES,
        "list": list(VALUES.values()), "json": json.dumps(VALUES), "once": "k-1", "app": 7,
        "secret": "s3cret",
    }  # fmt: skip


def test_a_gateway_may_have_its_own_names_and_take_less(gateway: Gateway) -> None:
    approved = {TEXT.name: Approved("T-1", {"code": "number"})}
    gateway.answer = b'{"Response": {"Code": "OK"}}'
    one = of(
        gateway, templates=approved, header="", code="Response.Code", accepted=frozenset({"OK"}), number=""
    )
    assert send(one) == ""
    headers, asked = gateway.asked[0]
    assert "Authorization" not in headers
    assert (asked["params"], asked["list"]) == ({"code": "2024-0001"}, ["2024-0001"])


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (200, b'{"code": "isv.BUSINESS_LIMIT"}', NotSent),
        (200, b'{"code": 13800138000}', NotSent),
        (400, b"{}", NotSent),
        (401, b"", NotSent),
        (302, b"", NotSent),
        (500, b'{"code": 0}', Unclear),
        (504, b"", Unclear),
        (200, b"<html>ok</html>", Unclear),
        (200, b"", Unclear),
        (200, b"[]", Unclear),
        (200, b'{"code": null}', Unclear),
        (200, b'{"code": {"code": 0}}', Unclear),
        (200, b'{"code": 0}' + b" " * 70_000, Unclear),
        (200, b"\xff\xfe", Unclear),
        (200, b"[" * 60_000, Unclear),
    ],
)
def test_what_is_not_a_yes_is_none(
    gateway: Gateway, status: int, answer: bytes, error: type[Exception]
) -> None:
    gateway.status, gateway.answer = status, answer
    with pytest.raises((NotSent, Unclear)) as caught:
        send(of(gateway))
    assert caught.type is error
    assert "13800138000" not in str(caught.value)
    assert len(gateway.asked) == 1


def test_a_redirection_is_not_followed(gateway: Gateway) -> None:
    gateway.status, gateway.headers = 307, {"Location": gateway.url}
    with pytest.raises(NotSent, match="HTTP 307"):
        send(of(gateway))
    assert len(gateway.asked) == 1


def test_an_answer_that_does_not_come_in_time_is_unclear(gateway: Gateway) -> None:
    gateway.hold = 3
    with pytest.raises(Unclear, match="TimeoutError"):
        send(of(gateway, timeout=0.2))
    gateway.hold, gateway.hang_up = 0, True
    with pytest.raises(Unclear):
        send(of(gateway))


def test_who_is_not_reached_has_sent_nothing(texts: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NotSent, match="ConnectionRefusedError"):
        send(HttpGateway(**chosen(f"http://127.0.0.1:{port}/")["OPTIONS"]))


def test_a_certificate_nobody_vouches_for_is_refused_before_anything_is_said(gateway: Gateway) -> None:
    with pytest.raises(NotSent, match="SSL"):
        send(HttpGateway(**chosen(gateway.url.replace("http:", "https:"))["OPTIONS"]))
    assert gateway.asked == []


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://sms.example.gov.cn/v1/send", True),
        ("http://127.0.0.1:9000/send", True),
        ("http://sms.example.gov.cn/send", False),
        ("ftp://127.0.0.1/", False),
        ("https:///send", False),
        ("https://user:pass@sms.example.gov.cn/", False),
        ("sms.example.gov.cn", False),
        ("https://sms.example.gov.cn:port/", False),
        ("https://sms.example.gov.cn/a b", False),
    ],
)
def test_numbers_travel_encrypted(url: str, good: bool) -> None:
    assert (refusal(url) == "") is good


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (NUMBER, NUMBER), ("138 0013 8000", NUMBER), ("+86 138-0013-8000", NUMBER), ("8613800138000", NUMBER),
        ("0577-63700000", ""), ("12800138000", ""), ("1380013800", ""), ("138001380000", ""), ("", ""),
        ("１３８００１３８０００", ""), ("+852 5123 4567", ""),
    ],
)  # fmt: skip
def test_what_a_mobile_number_is(text: str, number: str) -> None:
    assert client.mobile(text) == number


@pytest.mark.django_db
class TestWhatIsSetUp:
    wrong: ClassVar[list[tuple[dict[str, Any], str]]] = [
        ({"templates": {}}, "tests.news 没有网关编号"),
        ({"templates": {TEXT.name: Approved("1"), "x": Approved("2")}}, "没有名为 x 的短信模板"),
        ({"templates": {TEXT.name: Approved("1", {"a": "name"})}}, "没有变量 name"),
    ]

    @pytest.mark.parametrize(("changes", "said"), wrong)
    def test_a_gateway_half_set_up_is_told(
        self, settings: Settings, texts: None, changes: dict[str, Any], said: str
    ) -> None:
        settings.SMS_GATEWAY = chosen("https://sms.example.gov.cn/", **changes)
        assert [said in message.msg for message in gateway_is_whole()] == [True]
        assert said in run()

    def test_nothing_is_wrong_with_none_and_with_a_whole_one(self, settings: Settings, texts: None) -> None:
        assert gateway_is_whole() == []
        settings.SMS_GATEWAY = chosen("https://sms.example.gov.cn/")
        assert gateway_is_whole() == []

    def test_the_command_shows_the_texts_to_hand_in(self, settings: Settings, texts: None) -> None:
        assert "没有设置网关" in run()
        settings.SMS_GATEWAY = chosen("https://sms.example.gov.cn/")
        assert "已设置网关" in run()
        assert TEXT.text in run()
        assert "变量：number、site" in run()

    def test_the_command_counts_what_became_of_messages(self, settings: Settings, texts: None) -> None:
        assert "网关已接受0条，等待0条，放弃0条" in run()
        settings.SMS_GATEWAY = chosen("https://sms.example.gov.cn/")
        now = timezone.now()
        for sent, failed, error in (
            (now, None, ""),
            (None, now, "E1"),
            (None, now, "E1"),
            (None, None, "E2"),
        ):
            posted = outbox.post(NUMBER, TEXT.name, VALUES)
            assert posted is not None
            OutboxSms.objects.filter(pk=posted.pk).update(sent_at=sent, failed_at=failed, error=error)
        assert "网关已接受1条，等待1条，放弃：E1 2条" in run()

    def test_the_command_tries_one_message(self, gateway: Gateway, settings: Settings) -> None:
        assert "m-1" in run("--try", NUMBER)
        gateway.answer = b'{"code": "5"}'
        refused: dict[str, Callable[[], str]] = {
            "没有发出：5": lambda: run("--try", NUMBER),
            "应为11位": lambda: run("--try", "0577"),
            "没有名为 x": lambda: run("--try", NUMBER, "--template", "x"),
        }
        for said, doing in refused.items():
            with pytest.raises(CommandError, match=said):
                doing()
        gateway.answer = b"?"
        with pytest.raises(CommandError, match="不能确定"):
            run("--try", NUMBER)
        settings.SMS_GATEWAY = {}
        with pytest.raises(CommandError, match="没有设置短信网关"):
            run("--try", NUMBER)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("sms", *arguments, stdout=out)
    return out.getvalue()
