"""Hours in which nobody's telephone rings: what falls into them waits until they end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from gongkai.web.common import workdays

_CHINA: Final = ZoneInfo("Asia/Shanghai")
_ONE_DAY: Final = timedelta(1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From ``start``, itself included, up to ``end``, not included, each day in Asia/Shanghai; over midnight
    where ``start`` is the later. Equal: at no hour. ``days_off``: all day on days that are no working days.
    """

    start: time
    end: time
    days_off: bool = False

    @classmethod
    def parse(cls, text: str, *, days_off: bool = False) -> "Quiet":
        """Of ``21:00-08:00``, or ``none``. Raises ValueError."""
        if text == "none":
            return cls(time(), time(), days_off)
        first, dash, last = text.partition("-")
        if not dash:
            raise ValueError(text)
        start, end = (time.fromisoformat(part.strip()) for part in (first, last))
        if start == end or start.tzinfo or end.tzinfo:
            raise ValueError(text)
        return cls(start, end, days_off)

    def until(self, now: datetime, works: Callable[[date], bool]) -> datetime | None:
        """When a message of ``now`` may go out, if not at once; None where it is not quiet.

        ``works`` tells working days; sooner or later there must be one.
        """
        at = now.astimezone(_CHINA)
        while (later := self._later(at, works)) is not None:
            at = later
        return at if at > now else None

    def _later(self, at: datetime, works: Callable[[date], bool]) -> datetime | None:
        """The next moment at which to look again; None where it is not quiet."""
        if self.days_off and not works(at.date()):
            return datetime.combine(at.date() + _ONE_DAY, time(), _CHINA)
        clock = at.time()
        if self.start < self.end:
            inside, ends = self.start <= clock < self.end, at.date()
        else:
            inside = self.start != self.end and (clock >= self.start or clock < self.end)
            ends = at.date() if clock < self.end else at.date() + _ONE_DAY
        return datetime.combine(ends, self.end, _CHINA) if inside else None


def hours() -> Quiet:
    """Those of the settings."""
    return Quiet.parse(settings.SMS_QUIET, days_off=settings.SMS_QUIET_DAYS_OFF)


def until(now: datetime) -> datetime | None:
    """When a message of ``now`` may go out by the settings, if not at once."""
    return hours().until(now, works=workdays.works)
