"""Named registries, filled at start-up: what one app offers to another's page.

``registry.of("search").register("reports", provider)`` in an ``AppConfig.ready``;
``for provider in registry.of("search").values()`` in the page.
"""

from collections.abc import Iterator
from typing import Any


class Registry:
    """Entries under unique keys, in the order they came or by ``order``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, tuple[int, Any]] = {}

    def register(self, key: str, entry: Any, *, order: int = 100) -> None:
        """Add an entry; a key is taken once, except by the same entry again."""
        if key in self._entries and self._entries[key][1] is not entry:
            message = f"{key!r} is already in the registry {self.name!r}"
            raise ValueError(message)
        self._entries[key] = (order, entry)

    def get(self, key: str) -> Any:
        """The entry under a key, or None."""
        return self._entries[key][1] if key in self._entries else None

    def items(self) -> list[tuple[str, Any]]:
        """Keys and entries, lowest order first."""
        ordered = sorted(self._entries.items(), key=lambda item: item[1][0])
        return [(key, entry) for key, (_, entry) in ordered]

    def values(self) -> list[Any]:
        """The entries, lowest order first."""
        return [entry for _, entry in self.items()]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.values())

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)


_registries: dict[str, Registry] = {}


def of(name: str) -> Registry:
    """The registry of that name; the first to ask makes it."""
    return _registries.setdefault(name, Registry(name))
