"""Files that are text: which of the formats made of text they are in."""

import re

from gongkai.report.grid import Document
from gongkai.report.read import html, text

_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|tbody|tr|td|div|p|br|span|h[1-6]|ul|ol|font|center|article)"
    rb"(?=[\s>/])",
    re.I,
)


def read(data: bytes) -> Document:
    """Read text, a web page, CSV, or a web page in one file with its pictures (MHTML)."""
    if b"<" in data and _TAG.search(data):
        return html.read(data)
    return text.read(data)
