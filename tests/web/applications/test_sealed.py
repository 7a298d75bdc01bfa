"""Files that lie encrypted: read for what they were sealed for alone, and gone only with the commit."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from gongkai.web.applications import sealed

MINE = sealed.Sealed("tests.mine")


def test_a_file_lies_encrypted_and_is_read_for_its_own_purpose_alone() -> None:
    path = MINE.put("tests", b"plain words")
    with sealed.storage().open(path) as stored:
        assert b"plain" not in stored.read()
    assert MINE.read(path) == b"plain words"
    with pytest.raises(sealed.UNREADABLE):
        sealed.Sealed("tests.another").read(path)
    with pytest.raises(sealed.UNREADABLE):
        MINE.read("tests/never-there")


@pytest.mark.django_db
def test_what_is_rolled_back_keeps_its_file(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    path = MINE.put("tests", b"kept")
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        sealed.drop(path)
        transaction.set_rollback(True)
    assert MINE.read(path) == b"kept"
    with django_capture_on_commit_callbacks(execute=True):
        sealed.drop(path)
    assert not sealed.storage().exists(path)


def test_what_no_record_knows_is_swept_after_a_day() -> None:
    known, lost = MINE.put("tests/swept", b"known"), MINE.put("tests/swept", b"lost")
    now = timezone.now()
    assert sealed.sweep("tests/swept", {known}, now) == 0
    assert sealed.sweep("tests/swept", {known}, now + timedelta(days=2)) == 1
    assert (sealed.storage().exists(known), sealed.storage().exists(lost)) == (True, False)
    assert sealed.sweep("tests/no-such-folder", (), now) == 0
