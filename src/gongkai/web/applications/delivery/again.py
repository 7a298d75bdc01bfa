"""Letters the post office brings back, and how they went out once more."""

from gongkai.web.applications.models import Delivery, Letter, Redelivery


def last(letter: Letter) -> Delivery | Redelivery | None:
    """How a letter went out last; None while it has not."""
    delivery: Delivery | None = getattr(letter, "delivery", None)
    return max(letter.redeliveries.all(), key=lambda one: one.pk, default=None) or delivery


def may_come_back(letter: Letter) -> bool:
    """Whether a letter is with the post office, as far as is known: nothing else is brought back."""
    found = last(letter)
    return found is not None and found.way == Delivery.Way.POST
