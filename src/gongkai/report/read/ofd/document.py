"""OFD: a ZIP archive of XML with positioned text, read like a PDF page: characters and ruling lines.

Lengths in the file are millimetres from the upper left corner of the page, y downwards.
"""

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Document
from gongkai.report.read.limits import Archive, encrypted
from gongkai.report.read.ofd.objects import Matrix, numbers, path_boxes, text_chars
from gongkai.report.read.pdf.layout import read_layout
from gongkai.report.read.pdf.page import Box, Char, PageContent

if TYPE_CHECKING:
    from lxml.etree import _Element

_POINTS = 72 / 25.4
_MAX_PAGES = 500
_A4 = (0.0, 0.0, 210.0, 297.0)
#: Objects may stand in blocks within blocks; nobody needs more levels.
_DEEPEST = 20


def read(data: bytes) -> Document:
    """Read an OFD file."""
    return read_archive(Archive(data))


def read_archive(archive: Archive) -> Document:
    """Read the OFD in ``archive``. Raises UnreadableError where it is damaged, encrypted or only pictures."""
    if any(name.rpartition("/")[2].lower().startswith("encrypt") for name in archive.names):
        raise encrypted()
    file = _File(archive)
    pages = list(file.pages())
    if not any(page.chars for page in pages):
        if file.pictures:
            raise UnreadableError(
                "OFD 里只有图片，没有文字", remedy="请转换为 PDF 或图片，再用文字识别读取", code="pictures"
            )
        raise UnreadableError("OFD 里没有文字", remedy="请检查是否选错了文件", code="empty")
    layout = read_layout(pages)
    notes = layout.notes
    bare = [page.number for page in pages if not page.chars and page.number in file.pictures]
    if bare:
        notes += (f"第 {'、'.join(map(str, bare))} 页是图片，其中的内容没有读取",)
    return Document("ofd", layout.blocks, layout=layout.layout, notes=notes)


class _File:
    """The first document of an OFD file. ``pictures`` holds the numbers of pages with pictures."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.pictures: set[int] = set()
        root = archive.xml("OFD.xml").find(".//{*}DocRoot")
        if root is None or not (root.text or "").strip():
            raise UnreadableError("OFD 文件缺少正文", remedy="请重新下载完整的文件", code="truncated")
        self._path = normpath((root.text or "").strip().lstrip("/"))
        self._document = archive.xml(self._path)
        self._box = self._page_box(self._document.find("{*}CommonData/{*}PageArea")) or _A4
        self._templates = {
            item.get("ID"): item.get("BaseLoc") or ""
            for item in self._document.iterfind("{*}CommonData/{*}TemplatePage")
        }

    def pages(self) -> Iterator[PageContent]:
        """The pages in order."""
        elements = self._document.findall("{*}Pages/{*}Page")
        if len(elements) > _MAX_PAGES:
            raise UnreadableError(
                f"OFD 有 {len(elements)} 页，不像年度报告", remedy="请检查是否选错了文件", code="too-large"
            )
        for number, element in enumerate(elements, 1):
            yield self._page(number, self._xml(element.get("BaseLoc") or ""))

    def _xml(self, location: str) -> "_Element":
        if location.startswith("/"):
            return self._archive.xml(normpath(location.lstrip("/")))
        return self._archive.xml(normpath(join(dirname(self._path), location)))

    @staticmethod
    def _page_box(area: "_Element | None") -> tuple[float, ...] | None:
        if area is not None:
            box = numbers(area.findtext("{*}PhysicalBox") or "")
            if len(box) == 4 and box[2] > 0 and box[3] > 0:
                return tuple(box)
        return None

    def _page(self, number: int, page: "_Element") -> PageContent:
        x, y, width, height = self._page_box(page.find("{*}Area")) or self._box
        chars: list[Char] = []
        rules: list[Box] = []
        shades: list[Box] = []
        contents = [self._xml(location) for location in self._template_locations(page)]
        to_points = Matrix(_POINTS, 0, 0, _POINTS, -x * _POINTS, -y * _POINTS)
        for content in [*contents, page]:
            for element in _objects(content.find("{*}Content")):
                kind = str(element.tag).rpartition("}")[2]
                if element.get("Visible") == "false":
                    continue
                if kind == "TextObject":
                    chars.extend(text_chars(element, to_points))
                elif kind == "PathObject":
                    path_boxes(element, to_points, rules, shades)
                elif kind == "ImageObject":
                    self.pictures.add(number)
        right, bottom = width * _POINTS, height * _POINTS
        seen = [c for c in chars if 0 <= c.x0 + c.x1 <= 2 * right and 0 <= c.y0 + c.y1 <= 2 * bottom]
        return PageContent(number, right, bottom, seen, rules, shades)

    def _template_locations(self, page: "_Element") -> list[str]:
        found = [self._templates.get(item.get("TemplateID"), "") for item in page.iterfind("{*}Template")]
        return [location for location in found if location]


def _objects(container: "_Element | None", depth: int = 0) -> Iterator["_Element"]:
    """Text, path and image objects in drawing order, also those in blocks."""
    if container is None or depth > _DEEPEST:
        return
    for child in container:
        kind = str(child.tag).rpartition("}")[2]
        if kind in ("Layer", "PageBlock"):
            yield from _objects(child, depth + 1)
        elif kind in ("TextObject", "PathObject", "ImageObject"):
            yield child
