"""Web pages, saved or as Word writes them.

The page's text is taken in document order with a line break wherever a block element begins or ends. The
marks for these breaks are put in before parsing, as form feeds, which HTML takes for white space
everywhere: so the text of any part of the page comes from the parser in one piece.
"""

import re
from collections.abc import Iterator
from typing import Any

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Document
from gongkai.report.read.html.cells import spell_out_cells
from gongkai.report.read.html.flow import Flow
from gongkai.report.read.html.notes import notes_on, refuse_empty
from gongkai.report.read.html.source import Source
from gongkai.report.read.limits import MAX_CHARACTERS, refuse_length
from gongkai.report.read.text.decode import Decoded, decode

_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
#: Pictures inside the page, as data.
_INLINE_DATA = re.compile(r"data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%\s]{1000,}")
#: What the source of a page that hides something has, and the elements it may hide so.
_MAY_HIDE = (
    (b"hidden", "[hidden]"),
    (b"display", '[style*="display" i]'),
    (b"mso-hide", '[style*="mso-hide" i]'),
)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_DROPPED = [
    "script", "style", "noscript", "template", "nav", "select", "button", "textarea", "svg", "iframe",
    "object", "head",
]  # fmt: skip
_DATE = re.compile(r"(20\d\d)\s*[-/年.]\s*(\d{1,2})\s*[-/月.]\s*(\d{1,2})")
#: Names of meta elements (those of the government website standard first), and what we call them.
_META = {
    "articletitle": "title",
    "og:title": "title",
    "pubdate": "published_on",
    "publishdate": "published_on",
    "article:published_time": "published_on",
    "contentsource": "source",
    "sitename": "site",
    "columnname": "column",
}


def read(data: bytes) -> Document:
    """Read a web page. Raises UnreadableError where it is an error page, a login page or empty."""
    decoded = decode(data, declared_encoding(data))
    return read_decoded(decoded)


def declared_encoding(data: bytes) -> str:
    """What the page says its encoding is, "" where it says nothing."""
    declared = _CHARSET.search(data[:4096])
    return declared[1].decode("ascii", "replace") if declared else ""


def read_decoded(decoded: Decoded, *, whole: bool = True) -> Document:
    """Read the decoded text of a web page, or (``whole=False``) of a part of one, which may be empty."""
    from selectolax.lexbor import LexborHTMLParser

    text = decoded.text
    if len(text) > MAX_CHARACTERS:
        text = _INLINE_DATA.sub("", text)
    refuse_length(len(text))
    same = decoded.utf8 if text is decoded.text else b""
    source = Source(same or text.encode("utf-8", "replace"))
    source.refuse_depth()
    tree = LexborHTMLParser(source.with_breaks())
    meta = {"encoding": decoded.encoding} | _meta(tree)
    frames = tree.css_first("frame,iframe") is not None
    tree.strip_tags(_DROPPED)
    root = tree.root
    if root is None:
        raise UnreadableError("网页里没有文字", remedy="请重新保存网页", code="empty")
    _drop_hidden(tree, source)
    spell_out_cells(tree)
    flow = Flow(tree)
    flow.walk(root)
    blocks = flow.finish()
    if whole:
        refuse_empty(blocks, meta, text, frames=frames)
    layout = "ruled" if flow.tables else ""
    return Document("html", blocks, layout=layout, meta=meta, notes=decoded.notes + notes_on(tree, flow))


def _meta(tree: Any) -> dict[str, str]:
    """Title and date of publication as the page's head gives them."""
    found: dict[str, str] = {}
    for name, content in _named(tree):
        key = _META.get(name.lower())
        text = _iso_date(content) if key == "published_on" else content.strip()
        if key and text:
            found.setdefault(key, text)
    title = tree.css_first("title")
    if title is not None and "title" not in found and title.text().strip():
        found["title"] = " ".join(title.text().split())
    return found


def _iso_date(text: str) -> str:
    date = _DATE.search(text)
    return f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}" if date else ""


def _named(tree: Any) -> Iterator[tuple[str, str]]:
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property")
        content = attributes.get("content")
        if name and content:
            yield name, content


def _drop_hidden(tree: Any, source: Source) -> None:
    """Take out what the page hides, but not a page that shows itself by a script."""
    # Asking the tree takes longer the more elements have a style, and in pages pasted from Word all have.
    selectors = [selector for word, selector in _MAY_HIDE if word in source.lower]
    if not selectors:
        return
    body = tree.body
    whole = -1
    for node in tree.css(",".join(selectors)):
        attributes = node.attributes
        if "hidden" not in attributes and not _HIDDEN.search(attributes.get("style") or ""):
            continue
        if whole < 0:
            whole = len(body.text()) if body is not None else 0
        if node.tag not in ("html", "body") and len(node.text()) * 2 <= whole:
            node.decompose()
