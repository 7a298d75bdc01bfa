"""Links in the documents lead somewhere: files exist, anchors have their heading."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    """Every Markdown file of the repository."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "samples").rglob("*.md")])


def anchor(heading: str) -> str:
    """A heading as the fragment that leads to it."""
    kept = (c for c in heading.lower() if c in " -_" or unicodedata.category(c)[0] in "LNM")
    return "".join(kept).replace(" ", "-")


def broken_links(document: Path) -> Iterator[str]:
    """Links of one document that lead nowhere."""
    text = _FENCE.sub("", document.read_text(encoding="utf-8"))
    for link in _LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, fragment = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists():
            yield f"{document.relative_to(ROOT)}: {link}: no such file"
        elif fragment and target.suffix == ".md":
            headings = map(anchor, _HEADING.findall(target.read_text(encoding="utf-8")))
            if fragment not in set(headings):
                yield f"{document.relative_to(ROOT)}: {link}: no such heading"


def main() -> int:
    """0 where every link resolves, else 1 and the list."""
    broken = [line for document in documents() for line in broken_links(document)]
    for line in broken:
        print(line, file=sys.stderr)
    if not broken:
        print(f"{len(documents())} documents: every link resolves")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
