"""Days in sentences as people write them; tables keep 2024-03-04."""

from datetime import date, datetime

from django.utils import timezone


def chinese(day: date | None) -> str:
    """2024年3月4日; empty for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def chinese_moment(moment: datetime) -> str:
    """2024年3月4日 09:30, in the site's time."""
    here = timezone.localtime(moment)
    return f"{chinese(here.date())} {here:%H:%M}"
