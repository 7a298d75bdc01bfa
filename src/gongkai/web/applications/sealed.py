"""Files that lie encrypted in the storage: put there, read, sealed anew when keys change, given up.

What is on record of each is its path; a file no record knows is swept away.
"""

import logging
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages
from django.db import transaction

from gongkai.web.common import keys

#: A file that is lost, was tampered with, or has a key nobody has any more.
UNREADABLE: Final = (FileNotFoundError, keys.NotAuthentic, keys.UnknownKey)
#: By then a file is on record, or what it was for has failed; a draft, with its files, is forgotten before.
_ORPHAN_AFTER: Final = timedelta(days=1)
_log = logging.getLogger(__name__)


def storage() -> Storage:
    """Where the files lie: the storage ``applications`` where the settings have one, else the default."""
    return storages["applications"] if "applications" in settings.STORAGES else default_storage


@dataclass(frozen=True, slots=True)
class Sealed:
    """Files of one kind; ``context``: what they are sealed for, so that none can be passed off as another."""

    context: str

    def put(self, folder: str, plain: bytes) -> str:
        """Store a file in a folder under a name of chance; where it lies."""
        content = ContentFile(keys.encrypt_bytes(plain, self.context))
        path: str = storage().save(f"{folder}/{secrets.token_hex(16)}", content)
        return path

    def read(self, path: str) -> bytes:
        """What a file holds. Raises one of ``UNREADABLE``."""
        with storage().open(path) as stored:
            return keys.decrypt_bytes(stored.read(), self.context)

    def renew(self, path: str, whose: str) -> str | None:
        """Write a file of another key anew with the key in force, beside the old one, which goes with the
        commit; where it lies now. None where nothing is to be done.

        Nor can anything be done with one that cannot be read: it says so when somebody opens it, and the
        others must go on. ``whose`` names it in the log.
        """
        try:
            with storage().open(path) as stored:
                content = stored.read()
            if not keys.outdated(content.partition(b".")[0].decode("ascii", "replace") + "."):
                return None
            plain = keys.decrypt_bytes(content, self.context)
        except UNREADABLE:
            _log.error("a file of %s cannot be read and keeps its key", whose)
            return None
        drop(path)
        return self.put(path.rpartition("/")[0], plain)

    def renew_each(self, kept: Iterable[dict[str, Any]], whose: str) -> int:
        """The same for each of some records with its ``path``, which is written anew; how many."""
        count = 0
        for one in kept:
            if (path := self.renew(one["path"], whose)) is not None:
                one["path"] = path
                count += 1
        return count


def drop(path: str) -> None:
    """Delete a file with the commit: what is rolled back still needs it. One that cannot be deleted then is
    left to ``sweep``.
    """
    transaction.on_commit(partial(storage().delete, path), robust=True)


def sweep(folder: str, known: Collection[str], now: datetime) -> int:
    """Delete the files of a folder that no record knows, a day old at least; how many.

    A process that is killed, or a change that is refused, between a file and its record leaves the file.
    """
    lost = [path for path in (f"{folder}/{name}" for name in listed(folder)[1]) if path not in known]
    old = [path for path in lost if storage().get_modified_time(path) < now - _ORPHAN_AFTER]
    for path in old:
        storage().delete(path)
    return len(old)


def listed(folder: str) -> tuple[list[str], list[str]]:
    """The folders and the files in a folder; none where there is no such folder."""
    try:
        return storage().listdir(folder)
    except FileNotFoundError:
        return [], []
