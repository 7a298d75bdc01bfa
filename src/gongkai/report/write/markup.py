"""HTML from values: everything is escaped unless it is markup already."""

import re
from functools import cache
from html import escape
from importlib.resources import files


class Markup(str):
    """A piece of finished HTML."""

    __slots__ = ()


#: What a child may be: text to escape, finished markup, or nothing.
Child = str | Markup | None

_VOID = frozenset({"br", "img", "link", "meta"})
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), "�")
#: What :func:`safe` changes; a report has a thousand texts, and hardly one has any of it.
_UNSAFE = re.compile(r"""[\x00-\x08\x0b\x0c\x0e-\x1f\x7f&<>"']""")


def el(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Markup:
    """An element. ``class_`` and ``for_`` lose their underscore, other underscores become hyphens.

    Attributes that are None, False or empty text are left out; True gives the bare name.
    """
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is None or value is False or value == "":
            continue
        label = _label(key)
        parts.append(f" {label}" if value is True else f' {label}="{safe(str(value), quote=True)}"')
    parts.append(">")
    if name not in _VOID:
        parts += [join(children), f"</{name}>"]
    return Markup("".join(parts))


@cache
def _label(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def join(children: tuple[Child, ...] | list[Child] | list[Markup]) -> Markup:
    """Children one after the other, text escaped."""
    return Markup("".join(child if isinstance(child, Markup) else safe(child) for child in children if child))


def safe(text: str, *, quote: bool = False) -> str:
    """Text escaped for HTML; control characters are shown as U+FFFD."""
    if not _UNSAFE.search(text):
        return text
    return escape(text.translate(_CONTROLS), quote=quote)


def page(title: str, body: Markup, *, styles: tuple[str, ...], more_css: str = "", script: str = "") -> bytes:
    """A standalone page in UTF-8: the named style sheets and the script stand in it, nothing is fetched."""
    css = Markup("\n".join((*map(asset, styles), more_css)))
    js = el("script", Markup(asset(script))) if script else None
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'" + (
        "; script-src 'unsafe-inline'" if script else ""
    )
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", css),
    )
    return b"<!DOCTYPE html>\n" + el("html", head, el("body", body, js), lang="zh-CN").encode()


def asset(name: str) -> str:
    """A style sheet or script of this package."""
    return (files("gongkai.report.write") / "assets" / name).read_text(encoding="utf-8")
