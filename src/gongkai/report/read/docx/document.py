"""DOCX, from its XML: as Word, WPS and LibreOffice write it.

Read as it would be printed with all changes accepted: deleted and hidden text is left out, automatic
numbers are put in, headers, footers and the table of contents are not text of the report.
"""

from typing import TYPE_CHECKING

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Document
from gongkai.report.read.docx.body import Body, has_asides
from gongkai.report.read.docx.names import (
    CELL,
    DELETED,
    FALLBACK,
    HIDDEN,
    INSERTED,
    MOVED_FROM,
    PARAGRAPH_PROPERTIES,
    PHONETIC,
    RAISED,
    RUN,
    STRICT,
    TEXT,
    W,
    val,
)
from gongkai.report.read.docx.numbering import Numbering
from gongkai.report.read.docx.styles import Styles
from gongkai.report.read.limits import Archive, parse_xml
from gongkai.report.read.ooxml import main_part
from gongkai.report.read.pictures import picture_notes

if TYPE_CHECKING:
    from lxml.etree import _Element


def read(data: bytes) -> Document:
    """Read a DOCX file."""
    archive = Archive(data)
    return read_archive(archive, main_part(archive))


def read_archive(archive: Archive, main: str) -> Document:
    """Read the DOCX in ``archive`` whose main part is ``main``. Raises UnreadableError."""
    root = parse_xml(_transitional(archive.read(main)), main)
    notes: tuple[str, ...] = ()
    _bracket_notes(root)
    if _accept_changes(root):
        notes = ("文件中有尚未接受的修订，按全部接受后的内容读取",)
    folder = main.rpartition("/")[0]
    styles = Styles(_part(archive, f"{folder}/styles.xml"))
    numbering = Numbering(_part(archive, f"{folder}/numbering.xml"))
    body = Body(styles, numbering, has_asides=has_asides(root))
    top = root.find(f"{W}body")
    if top is not None:
        body.take(top)
    blocks = tuple(body.blocks)
    if not blocks:
        if body.pictures:
            raise UnreadableError(
                "文件里只有图片，没有文字",
                remedy="请提供文字版，或另存为 PDF 后用文字识别读取",
                code="pictures",
            )
        raise UnreadableError("文件里没有文字", remedy="请检查是否选错了文件", code="empty")
    notes += picture_notes(blocks, body.pictures)
    if body.objects:
        notes += (f"文中有 {body.objects} 个嵌入的对象（如电子表格），其中的内容没有读取",)
    return Document("docx", blocks, layout="ruled" if body.tables else "", notes=notes)


def _part(archive: Archive, name: str) -> bytes:
    return _transitional(archive.read(name)) if name in archive.names else b""


def _transitional(data: bytes) -> bytes:
    """Strict Open XML differs in its namespaces only."""
    strict, usual = STRICT
    return data.replace(strict, usual) if strict in data[:4096] else data


def _accept_changes(root: "_Element") -> bool:
    """Take out of the tree what is not shown: deletions, hidden runs, second versions for old programs."""
    changed = False
    for element in list(root.iter(DELETED, MOVED_FROM, FALLBACK, PHONETIC, HIDDEN, INSERTED)):
        tag = element.tag
        parent = element.getparent()
        if tag == INSERTED:
            changed = True
        elif parent is None:
            continue
        elif tag == HIDDEN:
            run = parent.getparent()
            if val(element, "true") not in ("0", "false", "off") and run is not None and run.tag == RUN:
                _remove(run)
        elif tag == DELETED and parent.tag in (f"{W}trPr", f"{W}rPr"):
            changed = True
            _delete_marked(parent)
        else:
            changed = changed or tag in (DELETED, MOVED_FROM)
            _remove(element)
    return changed


def _bracket_notes(root: "_Element") -> None:
    """Put a note mark raised behind a figure of a cell into brackets: 12 with a raised 1 is not 121."""
    for raised in list(root.iter(RAISED)):
        properties = raised.getparent()
        run = properties.getparent() if properties is not None else None
        if val(raised) != "superscript" or run is None or next(run.iterancestors(CELL), None) is None:
            continue
        text = run.find(TEXT)
        if text is not None and (text.text or "").strip()[:1].isdigit():
            text.text = f"（{text.text}）"


def _delete_marked(properties: "_Element") -> None:
    """A deleted row goes; a deleted paragraph mark stays, only its text is gone already."""
    owner = properties.getparent()
    if properties.tag == f"{W}trPr" and owner is not None:
        _remove(owner)
    elif owner is not None and owner.tag == PARAGRAPH_PROPERTIES:
        paragraph = owner.getparent()
        if paragraph is not None and paragraph.find(f".//{W}t") is None:
            _remove(paragraph)


def _remove(element: "_Element") -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
