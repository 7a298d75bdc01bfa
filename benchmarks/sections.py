"""Sections of docs/benchmarks.md: each is written alone or with all others."""

import re
from collections.abc import Sequence


def put(text: str, parts: Sequence[str]) -> str:
    """The page with a section in the place of the one that begins with the same heading, or at its end.

    ``parts``: the paragraphs and tables of the section; the first begins with the heading.
    """
    heading = parts[0].partition("\n")[0]
    mine = "\n\n".join(parts) + "\n"
    old = re.compile(rf"^{re.escape(heading)}$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if old.search(text):
        return old.sub(lambda _: mine + "\n", text).rstrip() + "\n"
    return f"{text.rstrip()}\n\n{mine}"
