"""The gateway most Chinese providers have: JSON by POST, template number and variables, a code in the answer.

What differs from one to the next is settings: the body with places to fill in, the header with the key, where
the answer has its code. A provider that asks for signed requests is a client of its own beside this one.
"""

import http.client
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from gongkai.web.common.sms import templates
from gongkai.web.common.sms.client import NotSent, Unclear, speakable

#: Bytes of an answer; what is longer is no gateway's.
_LONGEST: Final = 64 * 1024
_PLACE: Final = re.compile(r"\{(number|template|key|secret|values_json)\}")
_LOCAL: Final = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Approved:
    """A text as the gateway knows it: its number there, and the gateway's names of what we fill in."""

    number: str
    values: Mapping[str, str] | None = None

    def filled(self, values: Mapping[str, str]) -> dict[str, str]:
        """The values under the gateway's names; all of them under ours where none are given."""
        if self.values is None:
            return dict(values)
        return {theirs: values[ours] for theirs, ours in self.values.items()}


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """Sends by POST to ``url``.

    ``body``: JSON in which ``{number}``, ``{template}``, ``{key}``, ``{secret}``, ``{values_json}`` are
    replaced within texts, and the texts ``{values}`` and ``{values_list}`` by an object and a list.
    ``header``: ``Name: value`` with ``{secret}``, or empty. ``code``, ``number``: dotted paths in the answer
    (``data.0.code``) to the code and the message's number; ``accepted``: the codes that mean sent.
    ``timeout``: seconds for each step of the exchange.
    """

    url: str
    secret: str
    templates: Mapping[str, Approved]
    body: Mapping[str, Any]
    header: str = "Authorization: Bearer {secret}"
    code: str = "code"
    accepted: frozenset[str] = frozenset({"0"})
    number: str = ""
    timeout: float = 10

    @property
    def once(self) -> bool:
        """Whether the gateway is told the key of the message: then it is to send it only once."""
        return "{key}" in json.dumps(self.body)

    def faults(self) -> list[str]:
        """Texts without a number, numbers without a text, fields that a text has not got."""
        ours = {one.name: set(one.fields) for one in templates.every()}
        found = [f"短信模板 {name} 没有网关编号" for name in sorted(ours.keys() - self.templates.keys())]
        for name, approved in sorted(self.templates.items()):
            if name not in ours:
                found.append(f"没有名为 {name} 的短信模板")
            elif strange := sorted(set((approved.values or {}).values()) - ours[name]):
                found.append(f"短信模板 {name} 没有变量 {'、'.join(strange)}")
        return found

    def send(self, number: str, template: str, values: Mapping[str, str], *, key: str) -> str:
        """Send one message. A redirection is a refusal: the number goes to no other address."""
        if template not in self.templates:
            raise NotSent(f"no template {template}")
        status, text = self._exchange(self._request(number, self.templates[template], values, key))
        return self._judged(status, text)

    def _request(self, number: str, approved: Approved, values: Mapping[str, str], key: str) -> bytes:
        filled = approved.filled(values)
        words = {
            "number": number, "template": approved.number, "key": key, "secret": self.secret,
            "values_json": json.dumps(filled, ensure_ascii=False),
        }  # fmt: skip
        whole = {"{values}": filled, "{values_list}": list(filled.values())}
        return json.dumps(_put(self.body, words, whole), ensure_ascii=False).encode()

    def _exchange(self, request: bytes) -> tuple[int, bytes]:
        """Status and answer. Until the connection stands nothing was sent; after that it may have been."""
        connection = self._connection()
        try:
            try:
                connection.connect()
            except OSError as error:
                raise NotSent(type(error).__name__) from None
            try:
                connection.request("POST", _target(self.url), body=request, headers=self._headers())
                response = connection.getresponse()
                return response.status, response.read(_LONGEST + 1)
            except (OSError, http.client.HTTPException) as error:
                raise Unclear(type(error).__name__) from None
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.url)
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        return kind(parts.hostname or "", parts.port, timeout=self.timeout)

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
        if self.header:
            name, _, value = self.header.partition(":")
            headers[name.strip()] = value.strip().replace("{secret}", self.secret)
        return headers

    def _judged(self, status: int, text: bytes) -> str:
        if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unclear(f"HTTP {status}")  # one machine of several may have taken it
        if not http.HTTPStatus.OK <= status < http.HTTPStatus.MULTIPLE_CHOICES:
            raise NotSent(f"HTTP {status}")
        answer = _json(text)
        code = _at(answer, self.code)
        if code is None:
            raise Unclear("an answer without its code")
        if code not in self.accepted:
            raise NotSent(speakable(code))
        return (_at(answer, self.number) or "")[:100] if self.number else ""


def refusal(url: str) -> str:
    """Why an address cannot be a gateway's, in Chinese; empty where it can."""
    parts, right = urlsplit(url), "应为 https://域名/路径，用户名和密钥不写在地址里"
    try:
        whole = parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:  # no port at all
        whole = False
    if not whole or parts.username or parts.password or not _plain(url):
        return right
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        return "应以 https:// 开头：手机号码不能明文传输"
    return ""


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _put(part: Any, words: Mapping[str, str], whole: Mapping[str, Any]) -> Any:
    """A part of the body with its places filled; what was filled in is not looked at again."""
    put = partial(_put, words=words, whole=whole)
    if isinstance(part, Mapping):
        return {name: put(value) for name, value in part.items()}
    if isinstance(part, list):
        return [put(value) for value in part]
    if not isinstance(part, str):
        return part
    return whole[part] if part in whole else _PLACE.sub(lambda found: words[found[1]], part)


def _json(text: bytes) -> Any:
    try:
        return json.loads(text) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        return None


def _at(answer: Any, path: str) -> str | None:
    """What stands under a dotted path, as text; None where nothing or no plain value does."""
    for name in path.split("."):
        if isinstance(answer, list) and name.isdecimal() and int(name) < len(answer):
            answer = answer[int(name)]
        elif isinstance(answer, dict):
            answer = answer.get(name)
        else:
            return None
    if isinstance(answer, bool):
        return str(answer).lower()
    return str(answer) if isinstance(answer, str | int) else None
