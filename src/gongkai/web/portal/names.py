"""File names as an office would name them."""

import re
from pathlib import PurePosixPath

from gongkai.web.reporting.models import ReportRecord

#: What file systems of offices refuse in names.
_REFUSED = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def file_name(record: ReportRecord, suffix: str, remark: str = "") -> str:
    """``昆阳镇人民政府2024年政府信息公开工作年度报告（原件）.docx``."""
    stem = _REFUSED.sub("", record.title)
    return f"{stem}（{remark}）.{suffix}" if remark else f"{stem}.{suffix}"


def source_suffix(name: str) -> str:
    """The ending of an uploaded file's name without the dot, ``bin`` where it has none that is plain."""
    suffix = PurePosixPath(name).suffix.lower().lstrip(".")
    return suffix if re.fullmatch(r"[a-z0-9]{1,8}", suffix) else "bin"
