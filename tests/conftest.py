"""What tests share: the material beside the repository, and what Debian or an extra must bring."""

import importlib.util
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from tests.beside import MISSING, ROOT, SHARED

# How long an example takes tells of the machine, not of the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

_NEEDS = {
    "libreoffice": (("soffice", "libreoffice"), "apt-get install libreoffice-writer libreoffice-calc"),
    "chromium": (("chromium",), "apt-get install chromium"),
    "poppler": (("pdftoppm",), "apt-get install poppler-utils"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the command that helps, what this machine has not got."""
    skips = {
        name: pytest.mark.skip(reason=f"needs {commands[0]}: {remedy}")
        for name, (commands, remedy) in _NEEDS.items()
        if not any(map(shutil.which, commands))
    }
    if importlib.util.find_spec("rapidocr") is None:
        skips["ocr"] = pytest.mark.skip(reason="needs rapidocr: pip install 'gongkai[ocr]'")
    for item in items:
        for name, skip in skips.items():
            if item.get_closest_marker(name):
                item.add_marker(skip)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports beside the repository; skips the test where it is not there."""
    if not SHARED.is_dir():
        pytest.skip(MISSING)
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample reports of this repository."""
    return ROOT / "samples"
