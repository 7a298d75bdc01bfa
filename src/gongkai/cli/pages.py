"""Check pages on disk: one page for one report; a folder of pages with an entrance for several."""

from collections.abc import Sequence
from pathlib import Path

from gongkai.cli.files import save
from gongkai.kernel import Finding
from gongkai.report import api
from gongkai.report.api import Report


class Pages:
    """Collects the pages of a run. ``target`` is a file for one report, a folder for several."""

    def __init__(self, target: str, several: bool) -> None:
        self._several = several
        self._target = Path(target)
        self._names: set[str] = set()
        self._entries: list[tuple[str, Report, Sequence[Finding]]] = []
        self.entrance = self._target / "index.html" if several else self._target

    def add(self, path: str, report: Report, findings: Sequence[Finding]) -> None:
        """Write the page of one report."""
        content = api.write(report, "check-html", findings=findings)
        if not self._several:
            save(self._target, content)
            self._entries.append((self._target.name, report, findings))
            return
        name = self._free_name(Path(path).name)
        save(self._target / name, content)
        self._entries.append((name, report, findings))

    def finish(self) -> bool:
        """Write the entrance. False where there was nothing to write about."""
        return bool(self._entries)

    def _free_name(self, name: str) -> str:
        free, number = f"{name}.html", 2
        while free in self._names or free == "index.html":
            free, number = f"{name}-{number}.html", number + 1
        self._names.add(free)
        return free
