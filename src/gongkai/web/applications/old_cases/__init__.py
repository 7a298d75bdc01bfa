"""Cases of an old system, read from a file and taken over: a workbook or a JSON list, checked alike."""

from datetime import date
from typing import Final

from gongkai.web.applications.old_cases import json_file, workbook
from gongkai.web.applications.old_cases.given import Given
from gongkai.web.applications.old_cases.json_file import of_rows, template
from gongkai.web.applications.old_cases.taking import Row, take_over
from gongkai.web.applications.old_cases.words import codes
from gongkai.web.applications.old_cases.workbook_template import template as workbook_template
from gongkai.web.common.errors import ActionRefused

__all__ = ["MOST", "Given", "Row", "codes", "of_rows", "read", "take_over", "template", "workbook_template"]

#: Cases of one file.
MOST: Final = 500
#: How a workbook begins: a package, or a compound file (the old XLS, and each with a password).
_WORKBOOK: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read(content: bytes, on: date) -> list[Given]:
    """The cases of a file, by its content a workbook or JSON; ``on`` is the day whose words it may use.

    Raises ``ActionRefused`` where it is neither, or holds none or too many.
    """
    given = workbook.read(content, on) if content.startswith(_WORKBOOK) else json_file.read(content)
    if not given:
        raise ActionRefused("文件中没有申请", remedy="请在“申请”表中逐行填写，表头下面一行一件")
    if len(given) > MOST:
        raise ActionRefused(f"文件有{len(given)}件，一次最多{MOST}件", remedy="请分成几个文件")
    return given
