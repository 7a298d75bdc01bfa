"""Check pages on disk: one page for one report; a folder of pages with a list for several."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.files import save
from gongkai.kernel import Finding, GongkaiError
from gongkai.report import api

if TYPE_CHECKING:
    from gongkai.report.api import IndexEntry, Original

_LIST = "index.html"


class Pages:
    """Writes the pages of a run. ``target`` is a file for one report, a folder for several."""

    def __init__(self, target: str, several: bool) -> None:
        self._several = several
        self._target = Path(target)
        self._taken = {_LIST}
        self._entries: list[IndexEntry] = []
        #: The page to open first.
        self.entrance = self._target / _LIST if several else self._target

    def add(self, path: str, original: "Original", findings: Sequence[Finding]) -> None:
        """Write the page of one report."""
        name = self._free_name(Path(path).name) if self._several else self._target.name
        save(self.entrance.with_name(name), api.check_page(original, findings))
        self._entries.append(api.index_entry(path, name, original.report, findings))

    def refuse(self, path: str, error: GongkaiError) -> None:
        """A file that could not be read stands on the list with its reason."""
        self._entries.append(api.index_entry(path, reason=error))

    def finish(self) -> bool:
        """Write the list. False where there is no page at all."""
        if self._several and self._entries:
            save(self.entrance, api.write_index(self._entries))
            return True
        return self.entrance.exists() and any(entry.report for entry in self._entries)

    def _free_name(self, name: str) -> str:
        free, number = f"{name}.html", 2
        while free in self._taken:
            free, number = f"{name}-{number}.html", number + 1
        self._taken.add(free)
        return free
