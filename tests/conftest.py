"""What tests share: the material beside the repository, and what Debian or an extra must bring."""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
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
    folder = Path(os.environ.get("GONGKAI_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"needs the shared material at {folder}")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample reports of this repository."""
    return ROOT / "samples"
