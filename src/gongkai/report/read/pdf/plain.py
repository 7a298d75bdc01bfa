"""The text of a plainly built PDF, looked up here: the cheap second reading.

Office programs and typesetters show a page's text as codes of fonts that carry a table of their characters
(``/ToUnicode``), in streams of the page's own. In such a file the codes are found and looked up in a fifth of
the time that an engine needs to load the fonts. Nothing is passed on from here: the text only confirms what
was read, and where it does not, or where anything in the file is built in another way, an engine is asked.
So what is overlooked here (text inside of drawn objects, say) costs time and no figure.
"""

import re
from collections.abc import Iterator, Mapping
from struct import unpack

#: What makes a file not plain: packed objects, protection, form fields, layers, names written in escapes.
_MARKS = (b"/ObjStm", b"/Encrypt", b"/Widget", b"/FreeText", b"/OCProperties")
_ESCAPED_NAME = re.compile(rb"/[A-Za-z]{0,12}#[4-7]")
#: A page of more than this is none of a report. Fewer drawing operations fit into it than are refused.
_MAX_CONTENT = 800_000
#: Bytes looked through in a file, many times what a long report takes; and how deep its pages may lie.
_MAX_STEPS, _MAX_DEPTH = 8_000_000, 8
#: ``/F1 12 Tf``, ``<0A1B>`` or ``(…)``, with balanced brackets inside. What marks carry is not shown:
#: ``<</Lang(zh)>>``.
_TOKEN = re.compile(
    rb"/([^\s/\[\]()<>{}%]++)\s++[-+.\d]++\s++Tf\b"
    rb"|<([0-9A-Fa-f\s]*+)>|<<[^<>]*+>>"
    rb"|\(((?:[^()\\]++|\\[\s\S]|\((?:[^()\\]++|\\[\s\S])*+\))*+)\)"
)
_ODD_ESCAPE = re.compile(rb"\\(?:[^0-7nrtbf()\\]|[4-7][0-7]{2})")
_REFERENCE = re.compile(rb"(\d+) 0 R\b")
_NAMED = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+(\d+) 0 R\b")
_STREAM = re.compile(rb"stream (\d+)\s*$")
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")


class _NotPlainError(Exception):
    """The file is built in a way that is not looked into here."""


class _Characters(dict[int, str]):
    """What each code of a font stands for; a code has ``width`` bytes."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.width = width

    def __missing__(self, code: int) -> str:
        raise _NotPlainError


def plain_texts(data: bytes, contents: Mapping[int, bytes]) -> list[str]:
    """The characters each page shows, font by font; empty if the file is not plainly built.

    ``contents`` are the unpacked streams by the place where they begin.
    """
    try:
        skeleton = _skeleton(data)
        if any(mark in skeleton for mark in _MARKS) or _has_escaped_name(skeleton):
            return []
        return _File(skeleton, contents).texts()
    except (_NotPlainError, ValueError, IndexError):
        return []


def _has_escaped_name(skeleton: bytes) -> bool:
    return b"#" in skeleton and _ESCAPED_NAME.search(skeleton) is not None


def _skeleton(data: bytes) -> bytes:
    """The file with each stream replaced by the place where it begins."""
    pieces: list[bytes] = []
    at = 0
    *parts, tail = data.split(b"endstream")
    for part in parts:
        end = part.find(b"stream")
        head = part[:end]
        if end < 0 or not head.rstrip().endswith(b">>"):
            raise _NotPlainError
        start = at + end + (8 if part[end + 6 : end + 8] == b"\r\n" else 7)
        pieces += (head, b"stream %d " % start)
        at += len(part) + len(b"endstream")
    skeleton = b"".join([*pieces, tail])
    if skeleton.count(b"startxref") != 1 or b"stream" in tail:
        raise _NotPlainError
    return skeleton


class _File:
    """The objects of a file, each defined once."""

    def __init__(self, skeleton: bytes, contents: Mapping[int, bytes]) -> None:
        self._steps = _MAX_STEPS
        self._skeleton = skeleton
        self._contents = contents
        self._objects: dict[bytes, bytes] = {}
        self._fonts: dict[bytes, _Characters] = {}
        for chunk in skeleton.split(b"endobj"):
            number, found, body = chunk.partition(b" 0 obj")
            if found and self._objects.setdefault(number[-10:].split()[-1], body) is not body:
                raise _NotPlainError

    def texts(self) -> list[str]:
        """The text of each page."""
        root = _one(rb"/Root\s+(\d+) 0 R\b", self._skeleton)
        top = _one(rb"/Pages\s+(\d+) 0 R\b", self._object(root))
        return [self._text(page, resources) for page, resources in self._pages(top, b"")]

    def _take(self, steps: int) -> None:
        """Count what is done: a file made to be looked through for ever is not plain."""
        self._steps -= steps
        if self._steps < 0:
            raise _NotPlainError

    def _object(self, number: bytes) -> bytes:
        if number not in self._objects:
            raise _NotPlainError
        self._take(len(self._objects[number]) + 100)
        return self._objects[number]

    def _content(self, number: bytes) -> bytes:
        """What the stream of an object holds."""
        body = self._object(number)
        start = _STREAM.search(body)
        content = self._contents.get(int(start[1])) if start else None
        if content is None or b"/DecodeParms" in body or body.count(b"Decode") != 1:
            raise _NotPlainError
        self._take(len(content))
        return content

    def _pages(self, number: bytes, resources: bytes, depth: int = 0) -> Iterator[tuple[bytes, bytes]]:
        """Each page and its resources, which may be those of the pages above it."""
        node = self._object(number)
        if b"/Resources" in node:
            resources = self._inner(b"/Resources", node)
        if b"/Kids" not in node:
            yield node, resources
            return
        kids = _REFERENCE.findall(_one(rb"/Kids\s*\[([^\]]*)\]", node))
        if depth > _MAX_DEPTH:
            raise _NotPlainError
        for kid in kids:
            yield from self._pages(kid, resources, depth + 1)

    def _inner(self, name: bytes, holder: bytes) -> bytes:
        """The dictionary ``name`` of a dictionary: the object pointed at, or what follows in the holder."""
        self._take(len(holder))
        found = re.findall(name + rb"\s*(?:<<|(\d+) 0 R\b)", holder)
        if len(found) != 1:
            raise _NotPlainError
        return self._object(found[0]) if found[0] else holder.partition(name)[2]

    def _text(self, page: bytes, resources: bytes) -> str:
        if b"/Contents" not in page:
            return ""
        references = _one(rb"/Contents\s*(\[[^\]]*\]|\d+ 0 R\b)", page)
        content = b"\n".join([self._content(number) for number in _REFERENCE.findall(references)])
        if len(content) > _MAX_CONTENT or not _is_visible(content):
            raise _NotPlainError
        return "".join(
            [_decoded(codes, self._font(name, resources)) for name, codes in _shown(content).items() if codes]
        )

    def _font(self, name: bytes, resources: bytes) -> _Characters:
        fonts = self._inner(b"/Font", resources).partition(b">>")[0]
        numbers = [number for key, number in _NAMED.findall(fonts) if key == name]
        if len(numbers) != 1:
            raise _NotPlainError
        number = numbers[0]
        if number not in self._fonts:
            self._fonts[number] = self._characters(self._object(number))
        return self._fonts[number]

    def _characters(self, font: bytes) -> _Characters:
        kind = _one(rb"/Subtype\s*/(\w+)", font)
        if kind == b"Type0" and re.search(rb"/Encoding\s*/Identity-[HV]\b", font):
            characters = _Characters(2)
        elif kind in (b"TrueType", b"Type1"):
            characters = _Characters(1)
        else:
            raise _NotPlainError
        table = self._content(_one(rb"/ToUnicode\s+(\d+) 0 R\b", font))
        if b"usecmap" in table:
            raise _NotPlainError
        for section in _CHARS.findall(table):
            _add_chars(characters, _HEX.findall(section))
        for section in _RANGES.findall(table):
            for first, last, text, texts in _RANGE.findall(section):
                _add_range(characters, first, last, [text] if text else _HEX.findall(texts))
                self._take(len(characters))
        return characters


def _one(pattern: bytes, holder: bytes) -> bytes:
    """The only match of a pattern."""
    found = re.findall(pattern, holder)
    if len(found) != 1:
        raise _NotPlainError
    return bytes(found[0])


def _is_visible(content: bytes) -> bool:
    """True if all text is filled or stroked: the modes of drawing text are 0, 1 and 2."""
    modes = content.count(b"Tr")
    known = modes and content.count(b"0 Tr") - content.count(b".0 Tr")
    return modes == known or modes == known + content.count(b"1 Tr") + content.count(b"2 Tr")


def _shown(content: bytes) -> dict[bytes, bytes]:
    """The codes shown in each font of a page, by the font's name."""
    if _ODD_ESCAPE.search(content):
        raise _NotPlainError
    shown: dict[bytes, tuple[list[bytes], list[bytes]]] = {}
    digits: list[bytes] = []
    strings: list[bytes] = []
    for font, code, string in _TOKEN.findall(content):
        if font:
            digits, strings = shown.setdefault(font, ([], []))
        elif code:
            digits.append(code)
        elif string:
            strings.append(string)
    return {
        font: bytes.fromhex(b"".join(digits).decode()) + _unescaped(strings)
        for font, (digits, strings) in shown.items()
    }


def _unescaped(strings: list[bytes]) -> bytes:
    """The bytes that strings in round brackets stand for; Python knows all the escapes there may be.

    Between them an escaped end of line, which stands for nothing and ends an octal number.
    """
    together = b"\\\n".join(strings).replace(rb"\(", rb"\050").replace(rb"\)", rb"\051")
    return together.decode("unicode_escape").encode("latin-1")


def _decoded(codes: bytes, characters: _Characters) -> str:
    return codes.decode("utf-16-be" if characters.width == 2 else "latin-1").translate(characters)


def _add_chars(characters: _Characters, digits: list[bytes]) -> None:
    """Codes, each followed by what it stands for."""
    codes, texts = digits[::2], digits[1::2]
    if not set(map(len, codes)) <= {2 * characters.width}:
        raise _NotPlainError
    together = _utf16(b"".join(texts))
    one_each = len(together) == len(texts) and set(map(len, texts)) == {4}
    shown = together if one_each else [_utf16(text) for text in texts]
    numbers = bytes.fromhex(b"".join(codes).decode())
    width = "H" if characters.width == 2 else "B"
    characters.update(zip(unpack(f">{len(codes)}{width}", numbers), shown, strict=True))


def _add_range(characters: _Characters, first: bytes, last: bytes, texts: list[bytes]) -> None:
    """The codes from first to last, which stand for one character after the other or for those listed."""
    start, stop = int(first, 16), int(last, 16) + 1
    if len(first) != 2 * characters.width or len(last) != len(first):
        raise _NotPlainError
    if len(texts) == 1:
        begin = _utf16(texts[0])
        shown = [begin[:-1] + chr(ord(begin[-1]) + step) for step in range(stop - start)]
    else:
        shown = [_utf16(text) for text in texts]
    characters.update(zip(range(start, stop), shown, strict=True))


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
