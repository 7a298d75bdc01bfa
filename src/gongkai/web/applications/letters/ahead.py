"""The files of a letter made before the transaction that signs it: LibreOffice takes seconds for a template.

They are made of all that the letter will say, with the number that comes next and the day. Whoever signs it
compares that with what it says then: files of anything else are not kept.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from gongkai.documents import template
from gongkai.web.applications.letters import making, printed
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Letter
from gongkai.web.common.errors import ActionRefused, Outrun


class Ahead(NamedTuple):
    """The files, and what they were made of: every field, and the hash of the agency's template."""

    given: Mapping[str, str]
    template: str
    made: making.Made


def make(letter: Letter, dated: date, document_no: str) -> Ahead:
    """The files of a letter if it is given this number and day; the letter itself is left as it is.

    Raises ``ActionRefused`` where the fields cannot be worked out, where LibreOffice is here and makes no
    PDF, and where nobody can read a mandatory part in it; ``TemplateError`` as ``making.make``.
    """
    given = making.values_of(letter, dated) | {"文号": document_no}
    used = making.template_hash(letter)
    made = making.printed(letter, given, dated)
    if made.pdf is None and template.office() is not None:
        raise ActionRefused(
            "没有签批：本机关的 Word 模板现在没有转成 PDF（LibreOffice 没有运行起来，或者超过了时限）",
            place=kinds()[letter.kind].name,
            remedy="请稍后再签批；总是这样的，请系统管理员检查 LibreOffice，或在依申请公开设置中恢复通用文本",
        )
    if used and made.pdf is not None:
        printed.refuse_unreadable(letter, given, made.pdf)
    return Ahead(given, used, made)


def confirmed(ahead: Ahead | None, letter: Letter, dated: date) -> tuple[Mapping[str, str], making.Made]:
    """The fields and files made ahead of a letter that now has its number.

    Raises ``Outrun`` where the letter says another thing by now.
    """
    now = (making.values_of(letter, dated), making.template_hash(letter))
    if ahead is None or (ahead.given, ahead.template) != now:
        raise Outrun(
            "文书没有签发：生成文件的时候，同一文号刚刚给了另一份文书，或者文书的内容变了",
            place=kinds()[letter.kind].name,
            remedy="请刷新页面，看过内容后再签批",
        )
    return ahead.given, ahead.made
