"""Element names of WordprocessingML, in Clark notation."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: The namespace of Strict Open XML, and the usual one.
STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _MAIN.encode())
W = f"{{{_MAIN}}}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

PARAGRAPH = f"{W}p"
PARAGRAPH_PROPERTIES = f"{W}pPr"
RUN = f"{W}r"
TABLE = f"{W}tbl"
ROW = f"{W}tr"
CELL = f"{W}tc"
TEXT = f"{W}t"
TAB = f"{W}tab"
BREAK = f"{W}br"
RETURN = f"{W}cr"
SYMBOL = f"{W}sym"
FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
RAISED = f"{W}vertAlign"
HYPHEN = f"{W}noBreakHyphen"
TEXT_BOX = f"{W}txbxContent"
CONTENT_CONTROL = f"{W}sdt"
CONTENT = f"{W}sdtContent"
DELETED = f"{W}del"
INSERTED = f"{W}ins"
MOVED_FROM = f"{W}moveFrom"
HIDDEN = f"{W}vanish"
PHONETIC = f"{W}rt"
FALLBACK = f"{_MC}Fallback"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
OBJECT = f"{W}object"
#: Elements around paragraphs, rows or cells that add nothing to what is shown.
TRANSPARENT = frozenset(
    (
        f"{W}ins",
        f"{W}moveTo",
        f"{W}customXml",
        f"{W}smartTag",
        CONTENT,
        f"{_MC}AlternateContent",
        f"{_MC}Choice",
    )
)

_VAL = f"{W}val"


def val(element: "_Element | None", default: str = "") -> str:
    """The element's ``w:val``; ``default`` where the element or the attribute is missing."""
    if element is None:
        return default
    value = element.get(_VAL)
    return default if value is None else value


def number(element: "_Element | None", default: int) -> int:
    """The element's ``w:val`` as a number not below zero; ``default`` where there is none."""
    value = val(element)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else default
