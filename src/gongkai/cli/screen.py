"""Where output goes: results to stdout, errors and progress to stderr; colours and bars on terminals only."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console, RenderableType
from rich.text import Text

from gongkai.kernel import GongkaiError, Level

Piece = str | tuple[str, str]

_STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.INFO: "blue"}
LEVELS = {level: (f"{level.shape} {level.word}", style) for level, style in _STYLES.items()}
#: Columns of a table that goes to a file or a pipe.
_PAPER = 200


class Screen:
    """Both streams. Colours follow the terminal and NO_COLOR."""

    def __init__(self, *, debug: bool = False) -> None:
        self._debug = debug
        self._out = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        if not self._out.is_terminal:
            self._out.width = _PAPER
        self._err = Console(file=sys.stderr, highlight=False, markup=False, emoji=False)
        #: While a bar runs on the terminal that also shows the results, they scroll above it.
        self._results = self._out

    def line(self, *pieces: Piece) -> None:
        """One line of results, of plain or ``(text, style)`` pieces; never wrapped."""
        self._results.print(Text.assemble(*pieces), soft_wrap=True)

    def table(self, table: RenderableType) -> None:
        """A table, at most as wide as the terminal."""
        self._results.print(table)

    def data(self, value: Any) -> None:
        """One JSON object on one line; amounts are decimal strings."""
        text = json.dumps(value, ensure_ascii=False, default=str)
        if self._results is self._out:
            sys.stdout.write(text + "\n")
        else:
            self._results.print(Text(text), soft_wrap=True)

    def note(self, text: str) -> None:
        """A remark on stderr."""
        self._err.print(Text(text), soft_wrap=True)

    def error(self, error: GongkaiError, path: str = "") -> None:
        """An error in one line on stderr, naming the file once."""
        named = str(error)
        if path and not named.startswith(path):
            named = f"{path}：{named}"
        self._err.print(Text.assemble(("✗ ", "bold red"), named), soft_wrap=True)
        if self._debug:
            for detail in getattr(error, "__notes__", ()):
                self.note(detail)

    @contextmanager
    def progress(self, what: str, total: int) -> Iterator[Callable[[], None]]:
        """Call the result once for each item done: a bar, where stderr is a terminal."""
        if total == 1 or not self._err.is_terminal:
            yield lambda: None
            return
        from gongkai.cli.bar import build

        with build(self._err) as bar:
            task = bar.add_task(what, total=total)
            if self._out.is_terminal:
                self._results = self._err
            try:
                yield lambda: bar.advance(task)
            finally:
                self._results = self._out


def level_counts(counts: Iterable[tuple[Level, int]]) -> list[Piece]:
    """``■ 错误 2  ▲ 提醒 1`` as pieces of a line."""
    pieces: list[Piece] = []
    for level, count in counts:
        word, style = LEVELS[level]
        pieces += [(f"{word} {count}", style), "  "]
    return pieces
