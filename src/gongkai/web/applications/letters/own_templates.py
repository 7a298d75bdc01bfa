"""Templates of an agency's own: what each must print, and whether a stored one still does.

The rules grow; a template that was taken under older ones may lack a part that has become mandatory. So each
is judged anew whenever something is printed. One that no longer fits is not used: the usual wording goes out
in its place, in time and with every part, the page of the letter says so, and whoever sets the agency up is
asked to replace it.
"""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from django.db.models import QuerySet

from gongkai.documents import legible, template, visible
from gongkai.documents.template import TemplateError
from gongkai.web.applications.letters import values
from gongkai.web.applications.letters.kinds import REPLY, Field, LetterKind
from gongkai.web.applications.models import LetterTemplate

#: Fields of letters that are worked into others: a template need not print them by themselves.
_WORKED_IN: Final = frozenset({"协办科室", "计收方式", "数量"})
RECEIPT: Final = "receipt"
#: The day a letter came in says the same as how it came in.
CAME_IN: Final = "收到情况"
_DAY_IT_CAME: Final = "收到日期"
#: What each kind says by law beside what its handler must type: the decision and its reasons (条例 36), how
#: information is provided or found, remedies, an extension's new day (33), rate and amount of a fee (109号).
_SAID_BY_LAW: Final[Mapping[str, set[str]]] = {
    REPLY: {"决定", "理由", "提供方式", "救济"},
    RECEIPT: {"期限说明", "登记号"},
    "extension": {"新期限"},
    "fee": {"收费标准", "金额"},
    "consult_notice": {"征求日期"},
    "third_party_notice": {"救济"},
}
REMEDY: Final = "请下载通用文本，在它的基础上修改后重新上传，字段见字段表"
#: Why words that are printed are not seen, where another look of theirs is all that is needed.
_CAN_BE_MENDED: Final = (legible.FAINT, legible.SMALL)
_MEND: Final = "请在 Word 或 WPS 中找到这些字段，改为深色、五号以上的字"
#: Braces that are left once all fields are filled in: full-width ones, single ones, one too few.
_STRAY: Final = re.compile(r"[{｛]+[^{}｛｝]{0,20}[}｝]*|[}｝]+")
_AS_FIELD: Final = "字段写作 {{ 字段名 }}，两边各两个半角花括号，不加引号"
_BLANKS: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


class Printed(Hashable, Protocol):
    """A kind of letter or of another paper, as far as templates go."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """What stands in it; of a letter beside what every letter can say."""


def known(kind: Printed) -> frozenset[str]:
    """Every field a template of the kind may use."""
    own = {field.name for field in kind.fields}
    return frozenset(own | set(values.COMMON) if isinstance(kind, LetterKind) else own)


def needed(kind: Printed) -> frozenset[str]:
    """The fields a template of the kind must use: no letter goes out without its mandatory parts."""
    own = _required(kind.fields)
    if not isinstance(kind, LetterKind):
        return frozenset(own)
    own |= {"机关"} if kind.fill_in else {"收件人", "文号", "落款日期"}
    own |= {CAME_IN, "所需信息"} if kind.to == "applicant" else set()
    return frozenset((own | _SAID_BY_LAW.get(kind.code, set())) - _WORKED_IN)


def missing(kind: Printed, used: frozenset[str]) -> list[str]:
    """The fields a template of the kind must use and does not, given those it uses."""
    if _DAY_IT_CAME in used and kind.code != RECEIPT:
        # The day alone says when the application came; a receipt also goes out before it is confirmed.
        used |= {CAME_IN}
    return sorted(needed(kind) - used)


def _required(fields: Sequence[Field]) -> set[str]:
    return {field.name for field in fields if field.required}


def faults(kind: Printed, content: bytes) -> tuple[str, ...]:
    """Why a DOCX cannot serve as the agency's template of a kind; empty where it can.

    Its fields are looked at first, then what it prints with each of them filled in: a field in hidden words,
    in white or tiny ones, behind a condition or outside the pages is not printed, though it is there.
    """
    try:
        used = template.fields(content)
        if unknown := sorted(used - known(kind)):
            return (f"模板中有未知的字段：{'、'.join(unknown)}",)
        if lacking := missing(kind, used):
            return (f"模板中缺少必备的字段：{'、'.join(lacking)}",)
        words = [one for found in visible.words(template.fill(content, trial(kind))) for one in found]
    except TemplateError as error:
        return (f"{error.message}（{error.remedy}）",)
    shown = "".join(one.text for one in words if not one.why)
    if stray := _STRAY.search(shown):
        return (f"模板中的“{stray[0]}”没有被认作字段，会照样印在文书上。{_AS_FIELD}",)
    return tuple(_unseen(kind, shown, words))


def unreadable(kind: Printed, content: bytes) -> tuple[str, ...]:
    """Which fields of a template without ``faults`` nobody can read on the page as LibreOffice draws it.

    It takes seconds: not for a transaction. Empty where all can be read, and where there is no LibreOffice.
    """
    pdf = template.to_pdf(template.fill(content, trial(kind)))
    if pdf is None:
        return (
            () if template.office() is None else ("模板现在没有转成 PDF，不能核对印出来的样子，请稍后再试",)
        )
    page = legible.read(pdf)
    return tuple(_unseen(kind, page.text, [visible.Words(one.words, one.why) for one in page.hidden]))


def trial(kind: Printed) -> dict[str, str]:
    """Every field of a kind with its name in the place of what it says."""
    return {name: f"【{name}】" for name in known(kind)}


def _unseen(kind: Printed, text: str, words: Sequence[visible.Words]) -> Iterator[str]:
    """What is wrong where a trial shows a text, given the words nobody sees."""
    said, shown = plain(text), trial(kind)
    lacking = missing(kind, frozenset(name for name, word in shown.items() if word in said))
    for why in _CAN_BE_MENDED:
        unseen = plain("".join(one.text for one in words if one.why == why))
        if names := [name for name in lacking if shown[name] in unseen]:
            lacking = [name for name in lacking if name not in names]
            yield f"模板中必备的字段印出来看不见：{'、'.join(names)}（{why}）。{_MEND}"
    if lacking:
        yield f"模板中缺少必备的字段：{'、'.join(lacking)}（写在隐藏文字、条件或页面以外，印不出来）"


def unread(kind: Printed, given: Mapping[str, str], page: legible.Printed) -> list[str]:
    """The mandatory parts that stand on a printed page and that nobody can read there."""
    hidden = plain("".join(one.words for one in page.hidden))
    wanted = (name for name in sorted(needed(kind)) if given.get(name, "").strip())
    return [
        name
        for name in wanted
        if stands_in(hidden, given[name]) and not stands_in(plain(page.text), given[name])
    ]


def stands_in(text: str, value: str) -> bool:
    """Whether a value is printed in a ``plain`` text; a number not as a part of a longer one."""
    wanted = plain(value)
    if wanted.isdecimal():
        return re.search(rf"(?<!\d){wanted}(?!\d)", text) is not None
    return wanted in text


def plain(text: str) -> str:
    """A text without the blanks and breaks that paper lays differently."""
    return _BLANKS.sub("", text)


def missing_in(kind: Printed, given: Mapping[str, str], text: str) -> list[str]:
    """The mandatory parts that a printed text lacks, given the values it was printed with.

    What need not be typed for this outcome (``letters.check`` says what must) is empty and is not looked for.
    """
    said, optional = plain(text), {field.name for field in kind.fields if not field.required}
    wanted = (name for name in needed(kind) if given.get(name, "").strip() or name not in optional)
    printed = {name for name in known(kind) if given.get(name, "").strip() and stands_in(said, given[name])}
    if _DAY_IT_CAME in printed and kind.code != RECEIPT:
        printed.add(CAME_IN)
    return sorted(set(wanted) - printed)


class Stored(NamedTuple):
    """A template an agency has uploaded, and why it is not used; nothing where it is."""

    template: LetterTemplate
    kind: Printed
    faults: tuple[str, ...]


def in_use(agency_id: int, kind: Printed) -> LetterTemplate | None:
    """The agency's template of a kind; None where it has none, or one that must not be used."""
    found = stored(agency_id, kind)
    return found.template if found and not found.faults else None


def stored(agency_id: int, kind: Printed) -> Stored | None:
    """The agency's template of a kind with the verdict on it, used or not."""
    found = kept().filter(agency_id=agency_id, kind=kind.code).first()
    return judged(found, kind) if found else None


def unfit(agency_id: int, kind: Printed) -> Stored | None:
    """The agency's template of a kind where it has one that is not used; else None."""
    found = stored(agency_id, kind)
    return found if found and found.faults else None


def kept() -> QuerySet[LetterTemplate]:
    """The templates of all agencies that none has replaced, without their content."""
    return LetterTemplate.objects.filter(replaced_at=None).select_related("agency").defer("content")


def judged(one: LetterTemplate, kind: Printed) -> Stored:
    """A template of a kind with the verdict of today's rules."""
    return Stored(one, kind, _verdict(kind, one.pk, one.sha256))


@lru_cache(maxsize=4096)
def _verdict(kind: Printed, pk: int, sha256: str) -> tuple[str, ...]:  # noqa: ARG001 - the file the verdict is on
    """Once for each file in each process: neither a stored file nor the rules of a process change."""
    content = LetterTemplate.objects.values_list("content", flat=True).get(pk=pk)
    return faults(kind, bytes(content))
