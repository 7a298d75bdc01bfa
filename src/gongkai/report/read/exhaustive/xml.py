"""Texts of any XML part: of elements, and of the attributes that hold words or copies of values."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

#: What is one text, though it stands in several runs.
_WHOLE: Final = frozenset({"p", "h", "si", "comment", "threadedComment", "text"})
#: Attributes with words: of pictures, links, fields, document variables, copies of values in pivot tables.
_WORDS: Final = frozenset(
    {"descr", "title", "alt", "instr", "Target", "tooltip", "display", "v", "val", "caption", "href"}
)
_LONG: Final = re.compile(r"\d(?:\W?\d){10}")


def local(element: "_Element") -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def words_of(element: "_Element") -> str:
    """All text in an element, in one piece."""
    return "".join(map(str, element.itertext()))


def loose_texts(root: "_Element", *, but: frozenset[str] = frozenset()) -> Iterator[str]:
    """The texts in an element, each by itself; not those in elements named in ``but``."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name in but:
            continue
        yield from attributes(element)
        if name in _WHOLE:
            yield words_of(element)
            for inner in element.iterdescendants():
                yield from attributes(inner)
            continue
        if element.text and not element.text.isspace():
            yield element.text
        if element.tail and not element.tail.isspace():
            yield element.tail
        waiting.extend(reversed(element))


def attributes(element: "_Element") -> Iterator[str]:
    """The attributes that may hold a long number."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] in _WORDS and _LONG.search(str(value)):
            yield str(value)
