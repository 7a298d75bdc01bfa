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
    summaries = [(one, one.fill_in()) for one in visitors]
    sent = [milliseconds(partial(one.send, summary)) for one, summary in summaries]
    yield Page("sending an application", promised=False, ms=sent[WARM:])


class _Visitor:
    """A browser at an address of its own."""

    def __init__(self, number: int) -> None:
        from django.test import Client

        self.client: Any = Client(HTTP_HOST=HOST, HTTP_X_FORWARDED_FOR=f"192.0.2.{number + 1}")
        self.address = f"example-{number}@example.cn"

    def follow(self, number: str) -> None:
        """Open a case."""
        self._ask(302, "post", reverse_of("portal:track"), {"number": number, "code": CODE})

    def followed(self) -> None:
        """Look at it."""
        self._ask(200, "get", reverse_of("portal:followed"))

    def fill_in(self) -> str:
        """Fill in the form of the large agency; the address of the summary."""
        form = {
            "step": "look", "kind": "natural_person", "name": "示例", "identity_kind": "other",
            "identity_number": "演示-0001", "phone": "0990-0000001", "email": self.address,
            "subject": "示例县第1号事项的批准文件和附件", "form_wanted": "electronic", "way_wanted": "online",
        }  # fmt: skip
        return str(
            self._ask(302, "post", reverse_of("portal:apply_to", slug=f"agency-{LARGE}"), form)["Location"]
        )

    def send(self, summary: str) -> None:
        """Send what was looked at once more."""
        self._ask(302, "post", summary, {"step": "send"})

    def _ask(self, expected: int, how: str, path: str, data: dict[str, str] | None = None) -> Any:
        answer = getattr(self.client, how)(path, data, secure=True)
        if answer.status_code != expected:
            message = f"{how} {path}: {answer.status_code}"
            raise Wrong(message)
        return answer


def reverse_of(name: str, **at: str) -> str:
    """The path of a page, once Django is set up."""
    from django.urls import reverse

    return reverse(name, kwargs=at)


def _numbers(cases: list[int]) -> dict[int, str]:
    from gongkai.web.applications.models import Case

    return dict(Case.objects.filter(pk__in=cases).values_list("pk", "register_no"))
