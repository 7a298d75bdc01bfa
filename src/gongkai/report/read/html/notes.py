"""What a page is not, and what on it could not be read."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Block, Paragraph, Table
from gongkai.report.read.html.cells import is_decoration
from gongkai.report.read.html.flow import Flow, clean
from gongkai.report.read.pictures import picture_notes

_ATTACHMENT = re.compile(r"\.(?:docx?|xlsx?|wps|et|pdf|ofd|zip|rar)(?:[?#].*)?$", re.IGNORECASE)
_ERROR = re.compile(
    r"\b(?:40[0134]|50[0234])\b|not\s+found|forbidden|bad\s+gateway|access\s+denied|service\s+unavailable"
    r"|页面(?:不存在|未找到|无法访问|已删除)|找不到(?:页面|网页|您)|无法访问|访问(?:被拒绝|受限|过于频繁)|(?:系统|服务器)(?:错误|繁忙)",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?:用户|账号|帐号).{0,40}密码|请(?:先)?登录|统一身份认证|安全验证|验证码"
    r"|\bsign\s*in\b|\blog\s*in\b|\bpassword\b",
    re.IGNORECASE,
)
#: A page with less text than this may be an error page.
_SHORT = 600


def refuse_empty(blocks: Sequence[Block], meta: Mapping[str, str], source: str, *, frames: bool) -> None:
    """Raise UnreadableError where the page is an error page, a login page, or has no content."""
    if any(isinstance(block, Table) and len(block.cells) >= 12 for block in blocks):
        return
    text = "\n".join(_texts(blocks))
    if len(text) >= _SHORT:
        return
    seen = f"{meta.get('title', '')}\n{text}"
    again = "请在浏览器中打开原网页，确认能看到报告全文后再保存"
    if "年度报告" not in text and _ERROR.search(seen):
        raise UnreadableError("这是网站的出错页面，不是年度报告", remedy=again, code="error-page")
    if "年度报告" not in text and _LOGIN.search(seen):
        raise UnreadableError("这是登录或验证页面，不是年度报告", remedy=again, code="login-page")
    if len(text.strip()) < 20 and frames:
        raise UnreadableError("网页的内容在框架（iframe）里，没有一起保存下来", remedy=again, code="empty")
    if not text.strip():
        if re.search(r"<script\b", source, re.IGNORECASE):
            raise UnreadableError("网页本身没有文字，内容要由脚本载入", remedy=again, code="empty")
        raise UnreadableError("网页里没有文字", remedy=again, code="empty")


def _texts(blocks: Sequence[Block]) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        else:
            texts.extend(cell.text for cell in block.cells)
    return texts


def notes_on(tree: Any, flow: Flow) -> tuple[str, ...]:
    """Notes on pictures in place of tables and on attachments that were not read."""
    blocks = flow.finish()
    positions = [position for position, image in flow.images if not is_decoration(image)]
    notes = picture_notes(blocks, positions)
    if flow.tables >= 2:
        return notes
    names = []
    for link in tree.css("a"):
        target = link.attributes.get("href") or ""
        if _ATTACHMENT.search(target):
            name = clean(link.text()) or target.rpartition("/")[2]
            names.append(f"《{name[:60]}》")
    if names:
        notes += (f"网页附有文件{'、'.join(dict.fromkeys(names[:5]))}，其中的内容没有读取",)
    return notes
