"""A citizen follows an application by number and code, and sends a new one."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from benchmarks.cases.measure import PAGE_ROUNDS, WARM, Page, Wrong, milliseconds
from benchmarks.cases.stock import CODE, LARGE, Stock
from benchmarks.web.server import HOST


def citizens(stock: Stock) -> Iterator[Page]:
    """Each time from another address: tries and applications are limited by address.

    Sending is what stands behind the button under the summary: number, case, event, receipt, audit, on disk.
    """
    visitors = [_Visitor(number) for number in range(PAGE_ROUNDS + WARM)]
    cases = stock.open[:: max(1, len(stock.open) // len(visitors))]
    pairs = list(zip(visitors, cases * len(visitors), strict=False))
    numbers = _numbers(cases)
    tried = [milliseconds(partial(one.follow, numbers[case])) for one, case in pairs]
    yield Page("following: number and code", promised=False, ms=tried[WARM:])
    opened = [milliseconds(one.followed) for one in visitors]
    yield Page("following: the case", promised=False, ms=opened[WARM:])
    drafts = [(one, _draft()) for one in visitors]
    sent = [milliseconds(partial(one.send, token)) for one, token in drafts]
    yield Page("sending an application", promised=False, ms=sent[WARM:])


class _Visitor:
    """A browser at an address of its own."""

    def __init__(self, number: int) -> None:
        from django.test import Client

        self.client: Any = Client(HTTP_HOST=HOST, HTTP_X_FORWARDED_FOR=f"192.0.2.{number + 1}")

    def follow(self, number: str) -> None:
        """Open a case."""
        self._ask(302, "post", "portal:track", {"number": number, "code": CODE})

    def followed(self) -> None:
        """Look at it."""
        self._ask(200, "get", "portal:followed")

    def send(self, token: str) -> None:
        """Send what was looked at once more."""
        self._ask(200, "post", "portal:apply_to", {"step": "send", "token": token}, slug=f"agency-{LARGE}")

    def _ask(self, expected: int, how: str, name: str, data: dict[str, str] | None = None, **at: str) -> None:
        from django.urls import reverse

        path = reverse(name, kwargs=at)
        answer = getattr(self.client, how)(path, data, secure=True)
        if answer.status_code != expected:
            message = f"{how} {path}: {answer.status_code}"
            raise Wrong(message)


def _numbers(cases: list[int]) -> dict[int, str]:
    from gongkai.web.applications.models import Case

    return dict(Case.objects.filter(pk__in=cases).values_list("pk", "register_no"))


def _draft() -> str:
    """An application that was filled in, to the large agency: its token."""
    from gongkai.web.agencies.models import Agency
    from gongkai.web.applications import intake
    from gongkai.web.applications.actions import PrepareDraft
    from gongkai.web.common.actor import Actor

    who = intake.Requester(
        kind="natural_person", name="示例", identity_kind="other", identity_number="演示-0001",
        phone="0990-0000001", email="example@example.cn",
    )  # fmt: skip
    wanted = intake.Request(who, "示例县第1号事项的批准文件和附件")
    return PrepareDraft(Actor.of(None), agency=Agency.objects.get(pk=LARGE), request=wanted).run()
