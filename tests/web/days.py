"""The day a run of the tests began: for modules that name it where they are read (``still_today``)."""

from typing import Final

from django.utils import timezone

TODAY: Final = timezone.localdate()
