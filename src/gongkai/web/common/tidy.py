"""What is kept no longer than needed: finished tasks, sent mail and messages, sessions, limits, files."""

import datetime as dt
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.kernel import scratch
from gongkai.web.common import caching
from gongkai.web.common.models import OutboxMail, OutboxSms, QueuedTask
from gongkai.web.common.tasks import task

#: No upload takes so long.
_UPLOADED: Final = dt.timedelta(days=1)


@task("common.tidy", daily_at=dt.time(3, 20), retries=2)
def tidy() -> None:
    """Once a night."""
    now = timezone.now()
    with transaction.atomic():
        done = QueuedTask.objects.filter(
            state=QueuedTask.State.DONE, finished_at__lt=now - settings.TASK_KEEP
        )
        done.delete()
        before = now - settings.OUTBOX_KEEP_TEXT
        # What was given up is kept no longer: an address that was typed wrong is somebody else's.
        over = Q(sent_at__lt=before) | Q(failed_at__lt=before)
        old = OutboxMail.objects.filter(over, erased_at=None)
        old.update(to="", subject="", body="", erased_at=now)
        OutboxSms.objects.filter(over, erased_at=None).update(to="", erased_at=now)
        caching.forget_what_is_over(now)
    call_command("clearsessions")
    scratch.remove_left_over()
    _remove_uploads(now)


def _remove_uploads(now: dt.datetime) -> None:
    """Uploads that Django put on the disk for a process that was killed: nobody else deletes them."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir())
    for path in folder.glob("tmp*.upload*"):
        with suppress(OSError):  # another user's, or gone meanwhile
            if path.stat().st_mtime < (now - _UPLOADED).timestamp():
                path.unlink()
