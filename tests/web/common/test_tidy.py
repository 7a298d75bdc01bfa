"""What a killed process left on the disk goes in the night."""

import os
import time
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from gongkai.web.common.tidy import tidy


@pytest.mark.django_db
def test_an_upload_whose_process_was_killed_goes(settings: Settings, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    for name, days in (("tmpold.upload.pdf", 2), ("tmpnew.upload.pdf", 0), ("other.pdf", 2)):
        (tmp_path / name).write_bytes(b"%PDF-")
        os.utime(tmp_path / name, times=(time.time() - 86400 * days,) * 2)
    tidy()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["other.pdf", "tmpnew.upload.pdf"]
