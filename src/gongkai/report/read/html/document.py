"""Web pages, saved or as Word writes them.

The page's text is taken in document order with a line break wherever a block element begins or ends. The
marks for these breaks are put in before parsing, as form feeds, which HTML takes for white space
everywhere: so the text of any part of the page comes from the parser in one piece.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Document
from gongkai.report.read.html.cells import IN_CELLS, spell_out_cells
from gongkai.report.read.html.flow import SPECIAL, Flow
from gongkai.report.read.html.hidden import drop_hidden
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
_DROPPED = (
    "script", "style", "noscript", "template", "nav", "select", "button", "textarea", "svg", "iframe",
    "object", "head",
)  # fmt: skip
#: All elements that are looked at one by one.
_LOOKED_AT = frozenset((*_DROPPED, *IN_CELLS, *SPECIAL, "meta", "title", "frame"))
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
    page = source.with_breaks()
    tree = LexborHTMLParser(page)
    found = _looked_at(tree)
    if "table" not in found and source.has_bare_rows():
        tree = LexborHTMLParser(b"<table>%s</table>" % page)
        found = _looked_at(tree)
    meta = {"encoding": decoded.encoding} | _meta(found)
    for tag in _DROPPED:
        for node in found.get(tag, ()):
            node.decompose(recursive=False)
    root = tree.root
    if root is None:
        raise UnreadableError("网页里没有文字", remedy="请重新保存网页", code="empty")
    drop_hidden(tree, source)
    spell_out_cells(found)
    flow = Flow(found)
    flow.walk(root)
    blocks = flow.finish()
    if whole:
        refuse_empty(blocks, meta, text, frames="frame" in found or "iframe" in found)
    layout = "ruled" if flow.tables else ""
    return Document("html", blocks, layout=layout, meta=meta, notes=decoded.notes + notes_on(tree, flow))


def _looked_at(tree: Any) -> dict[str, list[Any]]:
    """The elements of the page that are looked at one by one, by their names, in document order.

    One way through the whole page: asking for name after name takes longer.
    """
    names = _names()
    found: dict[str, list[Any]] = {}
    for node in tree.css("*"):
        name = names.get(node.tag_id)
        if name:
            found.setdefault(name, []).append(node)
    return found


@cache
def _names() -> dict[int, str]:
    """The names looked for by the parser's numbers for them, which it tells faster."""
    from selectolax.lexbor import LexborHTMLParser

    create = LexborHTMLParser("").create_node
    return {create(name).tag_id: name for name in _LOOKED_AT}


def _meta(found: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    """Title and date of publication as the page's head gives them."""
    meta: dict[str, str] = {}
    for name, content in _named(found.get("meta", ())):
        key = _META.get(name.lower())
        text = _iso_date(content) if key == "published_on" else content.strip()
        if key and text:
            meta.setdefault(key, text)
    titles = found.get("title")
    title = titles[0].text().split() if titles else []
    if title and "title" not in meta:
        meta["title"] = " ".join(title)
    return meta


def _iso_date(text: str) -> str:
    date = _DATE.search(text)
    return f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}" if date else ""


def _named(elements: Sequence[Any]) -> Iterator[tuple[str, str]]:
    for node in elements:
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property")
        content = attributes.get("content")
        if name and content:
            yield name, content
