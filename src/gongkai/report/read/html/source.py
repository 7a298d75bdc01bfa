"""A page's source made ready for the parser, as bytes: they are searched several times faster than text."""

import re
from functools import cached_property

from gongkai.kernel import UnreadableError

#: By their first letters: the search gives up sooner on what is no block.
_BLOCKS = (
    rb"p|t(?:[dhr]|itle)|br|d(?:iv|[ldt]|etails)|h(?:[1-6r]|eader)|[uo]l|li|s(?:ection|ummary)"
    rb"|a(?:rticle|side|ddress)|f(?:ooter|i(?:gure|gcaption|eldset)|orm)|main|blockquote"
    rb"|c(?:enter|aption)|option"
)
#: Wide blanks do not end a tag's name in HTML, but who typed one there meant the tag.
_NAME_END = rb"(?:[\s>/]|\xc2\xa0|\xe3\x80\x80)"
_BREAK = re.compile(rb"<(?=(?:table|/?+(?:%s))%s)" % (_BLOCKS, _NAME_END))
#: The same for tags in capitals; it takes four times as long.
_ANY_BREAK = re.compile(_BREAK.pattern, re.IGNORECASE)
_CAPITAL_TAG = re.compile(rb"<[A-Z]")
_TABLE = re.compile(rb"<table[\s>]", re.IGNORECASE)
_ROW = re.compile(rb"<tr[\s>]", re.IGNORECASE)
_NAME = re.compile(rb"[a-z][a-z0-9]*(?=[\s/])")
#: How far behind its name an element's tag is searched, in bytes.
_LONGEST_TAG = 5000
#: Elements of a kind left open, at most.
_DEEPEST = 2000


class Source:
    """The source of a page, ``data`` in UTF-8, and what is asked of it as a whole before it is parsed."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def lower(self) -> bytes:
        """The same in small letters."""
        return self.data.lower()

    def with_breaks(self) -> bytes:
        """The page with a form feed where a block element begins or ends.

        Raises UnreadableError where thousands of elements are opened and never closed: parsing them takes
        for ever.
        """
        data = self.data.replace(b"\f", b" ") if b"\f" in self.data else self.data
        pattern = _ANY_BREAK if _CAPITAL_TAG.search(data) else _BREAK
        parts = pattern.split(data)
        broken = b"\f<".join(parts)
        blocks = len(parts) - 1
        # Nearly always there are not that many blocks and tables at all that are opened.
        if blocks > _DEEPEST and blocks - broken.count(b"\f</") > _DEEPEST:
            self._refuse_depth()
        return broken

    def _refuse_depth(self) -> None:
        for name in (b"div", b"table"):
            opened = self.lower.count(b"<" + name)
            if opened > _DEEPEST and opened - self.lower.count(b"</" + name) > _DEEPEST:
                raise UnreadableError(
                    "网页的元素嵌套过深，没有读取",
                    remedy="请在浏览器中打开原网页，另存后再试",
                    code="too-deep",
                )

    def has_bare_rows(self) -> bool:
        """Whether rows stand in it and no table: the parser leaves such rows out."""
        return _ROW.search(self.data) is not None and not _TABLE.search(self.data)

    def elements_with(self, word: bytes) -> list[bytes]:
        """For each place of ``word`` (in small letters) the name of the element in whose tag it stands.

        A place in a style sheet or a script gives ``style`` or ``script``; where it cannot be told, b"".
        """
        names = []
        lower = self.lower
        at = lower.find(word)
        while at >= 0:
            tag = lower.rfind(b"<", max(0, at - _LONGEST_TAG), at)
            name = _NAME.match(lower, tag + 1) if tag >= 0 else None
            names.append(name[0] if name else b"")
            at = lower.find(word, at + len(word))
        return names
