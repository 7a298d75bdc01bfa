"""What the documents name is there: files and headings of links, settings, commands, targets, addresses.

The other way round, every setting of the site stands in the administrator's guide, and every picture of the
guide in some document.
"""

import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_SETTING = re.compile(r"\bGONGKAI_[A-Z_]*[A-Z]\b")
#: In the guide ``M`` stands for the management command.
_COMMAND = re.compile(r"(?:^ *|`|&& )(?:M|\S*python (?:-P )?-m gongkai\.web\.manage) ([a-z_]+)", re.MULTILINE)
_TARGET = re.compile(r"(?:^|`)make ([a-z-]+)", re.MULTILINE)
_ADDRESS = re.compile(r"`(/[a-z][^`\s]*)`")
#: Folders of a server that the guide names; other paths that begin so are addresses of the site.
_FOLDERS = ("/etc/", "/opt/", "/srv/", "/backup")
_ADMINISTRATOR = ROOT / "docs" / "guide" / "administrator.md"


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


def unused_pictures() -> Iterator[str]:
    """Pictures of the guide that no document shows."""
    shown = {
        (document.parent / link.partition("#")[0]).resolve()
        for document in documents()
        for link in _LINK.findall(document.read_text(encoding="utf-8"))
    }
    for picture in sorted((ROOT / "docs" / "guide" / "pictures").glob("*.png")):
        if picture not in shown:
            yield f"{picture.relative_to(ROOT)}: a picture that no document shows"


def _for_users() -> list[Path]:
    """The documents that tell users what to type."""
    return [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs" / "guide").glob("*.md"))]


@cache
def settings() -> frozenset[str]:
    """Every variable the program reads; those of the tests are no settings."""
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    names = {name for source in sources for name in _SETTING.findall(source)}
    return frozenset(name for name in names if not name.startswith("GONGKAI_TEST"))


@cache
def _commands() -> frozenset[str]:
    import django
    from django.core.management import get_commands

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings.test")
    django.setup()
    return frozenset(get_commands())


@cache
def _targets() -> frozenset[str]:
    return frozenset(
        re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )


def _is_address(path: str) -> bool:
    """Whether the site answers under a path, in which ``{slug}`` and ``{year}`` stand for something."""
    from django.urls import Resolver404, resolve

    try:
        resolve(path.replace("{slug}", "a").replace("{year}", "2024").partition("?")[0])
    except Resolver404:
        return False
    return True


def unknown_names(text: str) -> Iterator[str]:
    """What a document names and the program does not know."""
    for name in sorted(set(_SETTING.findall(text))):
        if name.removesuffix("_FILE") not in settings():
            yield f"{name}: no such setting"
    commands = _commands()
    for name in sorted(set(_COMMAND.findall(text)) - commands):
        yield f"{name}: no such management command"
    for name in sorted(set(_TARGET.findall(text)) - _targets()):
        yield f"make {name}: no such target"
    for path in sorted(set(_ADDRESS.findall(text))):
        if not path.startswith(_FOLDERS) and not _is_address(path):
            yield f"{path}: no such address"


def missing_settings(text: str) -> Iterator[str]:
    """Settings the administrator's guide does not name."""
    for name in sorted(settings() - set(_SETTING.findall(text))):
        yield f"{name}: a setting that is not in the guide"


def main() -> int:
    """0 where everything named is there, else 1 and the list."""
    broken = [line for document in documents() for line in broken_links(document)]
    for document in _for_users():
        names = unknown_names(document.read_text(encoding="utf-8"))
        broken += [f"{document.relative_to(ROOT)}: {line}" for line in names]
    broken += unused_pictures()
    broken += missing_settings(_ADMINISTRATOR.read_text(encoding="utf-8"))
    for line in broken:
        print(line, file=sys.stderr)
    if not broken:
        print(f"{len(documents())} documents: every link, setting, command and address is there")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
