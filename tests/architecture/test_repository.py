"""Promises about the files of the repository."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tracked() -> list[Path]:
    """Every file git knows, or all of them where there is no git."""
    if not shutil.which("git"):
        return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("name", ["build", "dev", "ocr", "run", "web"])
def test_requirements_are_pinned_hashed_and_name_no_host(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in re.sub(r"^[a-z0-9-]+==.*$", "", text, flags=re.MULTILINE)
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    for block in blocks:
        assert re.match(r"[a-z0-9-]+==[^ ]+( ; [^\\]+)? \\\n", block), block[:80]
        assert "--hash=sha256:" in block


def test_versions_agree_between_requirement_files() -> None:
    pins: dict[str, set[str]] = {}
    for path in (ROOT / "requirements").glob("*.txt"):
        for name, version in re.findall(
            r"^([a-z0-9-]+)==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            pins.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}


def test_no_file_names_a_package_index() -> None:
    host = re.compile(rb"--(?:extra-)?index[-]url|https?://[^\s\"']+(/simple\b|\.whl|\.tgz)")
    named = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path != Path(__file__) and path.stat().st_size < 2_000_000 and host.search(path.read_bytes())
    ]
    assert named == []
