"""The reports of the five real agencies of the demo: the sample files, and what is put right in them."""

from collections.abc import Mapping
from typing import Final, NamedTuple

YEAR: Final = 2024


class Sample(NamedTuple):
    """A report of the demo: whose it is, its file in ``samples/``, figures to fill in and why."""

    slug: str
    file: str
    corrections: Mapping[str, str] = {}
    reason: str = ""


SAMPLES: Final = (
    Sample("dakou", "docx/dakou.docx"),
    Sample("yanshi-wenlv", "xlsx/yanshi-culture-sheets.xlsx"),
    Sample("zhanhe-xinfang", "pdf/zhanhe-libreoffice.pdf"),
    Sample("sanjiao", "ofd/sanjiao.ofd"),
    Sample(
        "kunyang",
        "txt/kunyang-pipes-blanks-at-end.txt",
        {"applications.total.total": "20", "applications.carried_out.total": "1"},
        "报告正文写明“已办结20件（剩余1件答复中）”，表中两格空白，据正文填写",
    ),
)
