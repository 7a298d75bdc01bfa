"""ZIP packages: Office documents, workbooks, OpenDocument, OFD; their pictures, and files within them."""

import re
from io import BytesIO
from typing import Final

from gongkai.kernel import UnreadableError
from gongkai.report.read.exhaustive import ofd, sheets, word
from gongkai.report.read.exhaustive.pieces import Everything, Unread
from gongkai.report.read.exhaustive.xml import attributes, loose_texts
from gongkai.report.read.limits import Archive, parse_xml
from gongkai.report.read.ooxml import main_part

#: A smaller picture (pixels) cannot show eleven figures.
_LEAST: Final = (55, 8)
_PICTURE: Final = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?|webp|emf|wmf|svg|jp2|jb2|heic)$", re.IGNORECASE)
_MARKUP: Final = re.compile(rb"<[^>]*>")
#: Who wrote a file and what it looks like: no numbers of persons.
_ABOUT: Final = ("docProps/", "META-INF/", "Thumbnails/")
_PARAGRAPHS: Final = (
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_STRICT: Final = (_PARAGRAPHS[1], _PARAGRAPHS[0])
_WITHIN: Final = re.compile(r"(?:embeddings|Attachs?|Attachments)/|Object [^/]+$", re.IGNORECASE)


def read(data: bytes, everything: Everything) -> list[tuple[str, bytes]]:
    """Read a package into ``everything``; returns the files within it, with their places.

    Raises UnreadableError for other archives, and where it is cut off or encrypted.
    """
    archive = Archive(data)
    done: set[str] = set()
    if "OFD.xml" in archive.names:
        ofd.read(archive, everything)
        done = set(archive.names)
    elif (main := main_part(archive)).endswith(".xml"):
        if main.startswith("xl/"):
            done = sheets.read(archive, main, everything)
    elif not ("content.xml" in archive.names and "mimetype" in archive.names):
        raise UnreadableError("是压缩包或不认识的文件", code="format")
    for name in sorted(archive.names - done):
        if not name.startswith(_ABOUT):
            _part(archive, name, everything)
    _pictures(archive, everything)
    return [
        (f"内嵌的文件“{name.rpartition('/')[2]}”", archive.read(name, 64 << 20))
        for name in sorted(archive.names)
        if _WITHIN.search(name) and not _PICTURE.search(name) and not name.endswith(("/", ".xml", ".rels"))
    ]


def _part(archive: Archive, name: str, everything: Everything) -> None:
    if name.endswith(".vml"):  # as programs write it, no XML
        everything.add("文件内的图形", _MARKUP.sub(b"", archive.read(name)).decode("utf-8", "replace"))
    if not name.endswith((".xml", ".rels")):
        return
    content = archive.read(name)
    if any(one in content[:8192] for one in _PARAGRAPHS):
        word.read(name, parse_xml(content.replace(*_STRICT), name), everything)
        return
    root = parse_xml(content, name)
    if name.endswith(".rels"):
        everything.add("文件内的链接", "\n".join(text for item in root for text in attributes(item)))
        return
    everything.add(_place(name), "\n".join(loose_texts(root)))


def _place(name: str) -> str:
    if "omment" in name:
        return "批注"
    return "正文" if name == "content.xml" else f"文件内的{name.rpartition('/')[2]}"


def _pictures(archive: Archive, everything: Everything) -> None:
    count = sum(
        _PICTURE.search(name) is not None
        and not name.startswith(_ABOUT)
        and _can_show(archive.read(name, 64 << 20))
        for name in archive.names
    )
    if count:
        everything.unread.append(Unread("文件", f"有图片{count}幅"))


def _can_show(content: bytes) -> bool:
    """Whether a picture is large enough to show a number; True where that cannot be told."""
    from PIL import Image

    try:
        with Image.open(BytesIO(content)) as picture:
            return picture.width >= _LEAST[0] and picture.height >= _LEAST[1]
    except (OSError, ValueError, Image.DecompressionBombError):
        return True
