"""What a newcomer types: the targets of the Makefile, and the script behind ``make run``."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def make(*words: str) -> str:
    command = ["make", "--no-print-directory", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_every_target_one_types_is_explained_in_chinese() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony
    listed = dict(line.split(maxsplit=1) for line in make("help").splitlines())
    assert set(listed) == set(phony[1].split())
    for name, said in listed.items():
        assert re.search(r"[一-鿿]", said), name


def test_run_serves_on_a_port_and_check_files_checks() -> None:
    assert 'scripts/run.sh "8000"' in make("-n", "run")
    assert 'scripts/run.sh "8123"' in make("-n", "run", "PORT=8123")
    assert 'scripts/run.sh "8000" a.docx b.pdf' in make("-n", "run", "FILES=a.docx b.pdf")
    assert "scripts/check_files.sh a.docx" in make("-n", "check-files", "FILES=a.docx")


def _asked(folder: Path, *words: str) -> tuple[str, list[str]]:
    """What ``run.sh`` says, and what it starts where both programs only write down their words."""
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / "scripts").symlink_to(ROOT / "scripts")
    for name in ("gongkai", "python"):
        program = folder / ".venv/bin" / name
        program.write_text(
            f'#!/bin/sh\nmkdir -p out; touch out/index.html\necho {name} "$@" > asked\n', encoding="utf-8"
        )
        program.chmod(0o755)
    done = subprocess.run(
        ["scripts/run.sh", *words], cwd=folder, capture_output=True, text=True, check=True
    )  # fmt: skip
    return done.stdout, (folder / "asked").read_text(encoding="utf-8").split()


def test_without_files_the_demo_is_served(tmp_path: Path) -> None:
    said, asked = _asked(tmp_path, "8123")
    assert said == ""
    assert asked[:1] == ["python"]
    assert asked[-5:] == ["run_demo", "--port", "8123", "--samples", "samples"]


def test_with_files_these_are_checked_as_before(tmp_path: Path) -> None:
    said, asked = _asked(tmp_path, "8000", "甲 乙.docx")
    assert "make check-files" in said
    assert asked == ["gongkai", "check", "--full", "--html", "out", "samples", "甲", "乙.docx"]
