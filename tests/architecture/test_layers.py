"""The core stands without the web, without a clock, and loads little to start with."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "gongkai"

_IMPORT_ALL = """
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "wagtail", "duckdb", "pyarrow"} or name.startswith("gongkai.web"):
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
count = 0
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(module.name)
        count += 1
print(count)
"""


def python(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("package", ["gongkai.kernel", "gongkai.law", "gongkai.documents", "gongkai.report"])
def test_the_core_imports_with_django_blocked(package: str) -> None:
    files = [path for path in (SOURCE / package.split(".")[1]).rglob("*.py") if path.name != "__init__.py"]
    assert int(python("-c", _IMPORT_ALL, package)) >= len(files)


def test_importing_the_report_engine_loads_no_other_library() -> None:
    """The time that an import takes is measured in ``benchmarks``; what makes it long is told here."""
    code = "import sys; before = set(sys.modules); import gongkai.report, gongkai.report.api; "
    loaded = python("-c", code + "print(*set(sys.modules) - before)").split()
    others = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names
    assert others == {"gongkai"}


def test_importing_the_report_engine_loads_no_reader_writer_or_check() -> None:
    loaded = python("-c", "import sys, gongkai.report, gongkai.report.api; print(*sys.modules)").split()
    parts = {f"gongkai.report.{part}" for part in ("read", "interpret", "check", "write", "worker", "wire")}
    assert not parts & set(loaded)
    assert not {"multiprocessing", "subprocess", "json", "zipfile", "xml", "asyncio"} & set(loaded)


@pytest.mark.parametrize("package", ["kernel", "law", "report", "documents"])
def test_the_core_asks_no_clock_for_the_date(package: str) -> None:
    asked = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (SOURCE / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow", "localtime"}
    ]
    assert asked == []
