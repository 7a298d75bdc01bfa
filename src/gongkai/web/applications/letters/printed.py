"""Whether a letter, as it is printed, has every part the law asks for: looked at in the text itself.

A template is judged when it is uploaded and whenever it is used; this looks at the one letter made from it,
so that no condition written into a template lets a letter out without its remedy.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from gongkai.documents import Line, Paper, Text, legible, visible
from gongkai.documents.pdf import unprintable
from gongkai.kernel import GongkaiError
from gongkai.web.applications import clock
from gongkai.web.applications.letters import making, own_templates
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Letter
from gongkai.web.common.errors import ActionRefused

#: In the place of the number, which is given with the last signature.
_NUMBER_TO_COME: Final = "（文号签发时编定）"
_REMEDY: Final = "请检查本机关的模板，或在依申请公开设置中恢复通用文本"


def problems(letter: Letter, dated: date) -> list[str]:
    """The mandatory parts missing in the letter if it were printed and dated that day."""
    try:
        given = making.values_of(letter, dated)
        given |= {"文号": letter.document_no or _NUMBER_TO_COME}
        made = making.written(letter, given, dated)
    except GongkaiError as fault:
        return [clock.in_words(fault.message)]
    lacking = _missing(letter, given, made)
    return [f"文书中印不出必备的内容：{'、'.join(lacking)}。{_REMEDY}"] if lacking else []


def warnings(letter: Letter, dated: date) -> list[str]:
    """What whoever signs has to know and may sign all the same: characters that no font here can print.

    Rare characters of names have no font everywhere; the letter would show an empty box.
    """
    said = making.values_of(letter, dated)
    boxes = unprintable("".join(said.values()))
    if not boxes:
        return []
    codes = "、".join(f"U+{ord(one):04X}" for one in boxes)
    told = (
        f"本机的字体中没有{len(boxes)}个字（{codes}：{'、'.join(boxes)}），PDF 中印成空框。"
        "请系统管理员安装含有这些字的字体；来不及的，请在打印件上核对、补写后再送达"
    )
    return [told]


def refuse_incomplete(letter: Letter, given: Mapping[str, str], docx: bytes) -> None:
    """Raise ``ActionRefused`` where the file that is about to go out lacks a mandatory part."""
    if lacking := _missing(letter, given, docx):
        raise ActionRefused(
            f"文书没有签发：文件中没有{'、'.join(lacking)}", place=kinds()[letter.kind].name, remedy=_REMEDY
        )


def refuse_unreadable(letter: Letter, given: Mapping[str, str], pdf: bytes) -> None:
    """Raise ``ActionRefused`` where a mandatory part is in the pages and nobody can read it there."""
    kind = kinds()[letter.kind]
    if unread := own_templates.unread(kind, given, legible.read(pdf)):
        raise ActionRefused(
            f"文书没有签发：印出来看不见{'、'.join(unread)}（字的颜色与底色太接近、字太小，或者被遮住）",
            place=kind.name,
            remedy=_REMEDY,
        )


def _missing(letter: Letter, given: Mapping[str, str], made: Paper | bytes) -> list[str]:
    text = _words(made) if isinstance(made, Paper) else visible.text(made)
    return own_templates.missing_in(kinds()[letter.kind], given, text)


def _words(paper: Paper) -> str:
    blocks = (block.text for block in paper.blocks if isinstance(block, Line | Text))
    return "\n".join((paper.title, *blocks))
