"""Every address the site answers, by the name of its view."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

_ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_GROUP = re.compile(r"\(\?P<(?P<name>\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)|\((?P<bare>[^()?][^()]*)\)")


class Entry(NamedTuple):
    """One line of the URLconf. ``name`` is the view's with its namespaces, or the route where it has none."""

    name: str
    route: str
    view: Callable[..., Any]

    @property
    def namespace(self) -> str:
        """The namespaces alone."""
        return self.name.rpartition(":")[0]

    @property
    def arguments(self) -> list[str]:
        """The names of what the address takes."""
        return [found["name"] for found in _ARGUMENT.finditer(self.route)]

    def filled(self, values: Mapping[str, object], other: object) -> str:
        """The address with these arguments, and ``other`` for those that have no value."""
        path = _ARGUMENT.sub(lambda found: str(values.get(found["name"], other)), self.route)
        path = _GROUP.sub(str(other), path)
        return "/" + path.replace("^", "").replace("$", "").replace("\\", "").replace(".*", "x")


def entries() -> list[Entry]:
    """All of them, in the order they are tried."""
    return list(_entries(get_resolver().url_patterns))


def _entries(found: Any, prefix: str = "", names: tuple[str, ...] = ()) -> Iterator[Entry]:
    for one in found:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _entries(one.url_patterns, route, (*names, one.namespace) if one.namespace else names)
        elif isinstance(one, URLPattern):
            yield Entry(":".join((*names, one.name)) if one.name else route, route, one.callback)
