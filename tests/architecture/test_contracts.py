"""The import contracts bite, and cover what exists."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: For each contract, by the beginning of its name, an import it must refuse: (module, import).
VIOLATIONS = {
    "kernel <- law": ("kernel/period.py", "import gongkai.law"),
    "The core knows no Django": ("report/form.py", "import duckdb"),
    "kernel uses the standard": ("kernel/place.py", "import msgspec"),
    "documents is used by": ("report/check/registry.py", "import gongkai.documents"),
    "Parsers of foreign": ("report/compare.py", "import selectolax"),
    "Writers of DOCX": ("report/grid.py", "import docx"),
    "read, check and write": ("report/check/registry.py", "import gongkai.report.write"),
    "Readers stop": ("report/read/__init__.py", "import gongkai.report.form"),
    "interpret knows": ("report/interpret/readings.py", "import gongkai.law"),
    "write knows": ("report/write/__init__.py", "import gongkai.report.interpret"),
    "check knows": ("report/check/registry.py", "import gongkai.report.interpret"),
    "The apps of the site": ("web/common/actor.py", "import gongkai.web.agencies"),
    "The rooms of applications": (
        "web/applications/alike/same_words.py",
        "import gongkai.web.applications.letters.kinds",
    ),
    "The site uses": ("web/common/errors.py", "import gongkai.report.model"),
    "common and agencies": ("web/agencies/signing.py", "import gongkai.law"),
    "cli imports": ("cli/files.py", "import gongkai.report.model"),
}


def contracts() -> list[dict[str, Any]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: list[dict[str, Any]] = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return found


def lint(folder: Path) -> str:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src"), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_every_contract_refuses_what_it_forbids(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for module, line in VIOLATIONS.values():
        with (tmp_path / "src" / "gongkai" / module).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    report = lint(tmp_path)
    verdicts = re.findall(r" (BROKEN|KEPT)(?: \(.*\))?$", report, re.MULTILINE)
    assert len(verdicts) == len(contracts())
    assert set(verdicts) == {"BROKEN"}, report


def test_every_contract_has_a_violation_to_try() -> None:
    names = [contract["name"] for contract in contracts()]
    assert [n for n in names if sum(n.startswith(start) for start in VIOLATIONS) != 1] == []
    assert len(names) == len(VIOLATIONS)


def test_every_module_of_the_report_engine_is_under_the_contract_on_parsers() -> None:
    sources = next(c["source_modules"] for c in contracts() if c["name"].startswith("Parsers"))
    rooms = {
        f"gongkai.report.{path.stem}"
        for path in (ROOT / "src/gongkai/report").iterdir()
        if not path.name.startswith("__")
    }
    assert rooms - {"gongkai.report.read"} <= set(sources)


@pytest.mark.parametrize("package", ["web", "corpus"])
def test_a_new_package_brings_its_contracts(package: str) -> None:
    exists = (ROOT / "src/gongkai" / package).is_dir()
    named = any(f"gongkai.{package}" in contract.get("source_modules", ()) for contract in contracts())
    assert exists == named
