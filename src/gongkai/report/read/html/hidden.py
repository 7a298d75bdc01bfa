"""What a page hides."""

import re
from collections import Counter
from typing import Any

from gongkai.report.read.html.source import Source

_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
#: What a style that hides something has.
_WORDS = ("display", "mso-hide")
_NOT_STYLED = frozenset((b"style", b"script"))


def drop_hidden(tree: Any, source: Source) -> None:
    """Take out what the page hides, but not a page that shows itself by a script."""
    nodes = tree.css("[hidden]")
    for word in _WORDS:
        nodes += _styled(tree, source, word)
    body = tree.body
    whole = -1
    for node in nodes:
        attributes = node.attributes
        if "hidden" not in attributes and not _HIDDEN.search(attributes.get("style") or ""):
            continue
        if whole < 0:
            whole = len(body.text()) if body is not None else 0
        if node.tag not in ("html", "body") and len(node.text()) * 2 <= whole:
            node.decompose()


def _styled(tree: Any, source: Source, word: str) -> list[Any]:
    """The elements with a word in their style."""
    # Asking the tree takes longer the more elements have a style, and in pages pasted from Word all have:
    # so only those of the names are asked for that the source has the word in.
    names = Counter(name for name in source.elements_with(word.encode()) if name not in _NOT_STYLED)
    if not names:
        return []
    asked = f'[style*="{word}" i]'
    if b"" not in names:
        nodes: list[Any] = tree.css(",".join(name.decode() + asked for name in names))
        if len(nodes) == names.total():
            return nodes
    everywhere: list[Any] = tree.css(asked)
    return everywhere
