"""A citizen's browser at the public form: filled in, looked at once more, sent."""

from typing import Any

from django.test import Client

from gongkai.web.applications.models import Case
from tests.web.applications.asking import IDENTITY

FORM = {
    "kind": "natural_person", "name": "陈一心", "identity_kind": "identity_card", "identity_number": IDENTITY,
    "phone": "0577-63700000", "subject": "昆阳镇2023年征地方案", "form_wanted": "electronic",
    "way_wanted": "online", "step": "look",
}  # fmt: skip


def look(client: Client, slug: str = "kunyang", **changes: Any) -> str:
    """Fill in the form; the address of the summary."""
    answer = client.post(f"/apply/to/{slug}/", FORM | changes)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def send(client: Client, address: str) -> tuple[str, Case]:
    """Send what the summary shows; the page of the receipt and the case."""
    answer = client.post(address, {"step": "send"}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    return answer.content.decode(), answer.context["case"]


def sent(client: Client, slug: str = "kunyang", **changes: Any) -> tuple[str, Case]:
    """From the empty form to the receipt."""
    return send(client, look(client, slug, **changes))
