"""What an agency can print on templates of its own, letters and other papers alike: fields, the one to start
from, and how it looks.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from gongkai.documents import template
from gongkai.documents.pdf import to_pdf
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.letters import compose, values
from gongkai.web.applications.letters import making as letter_making
from gongkai.web.applications.letters.kinds import REPLY, Field, LetterKind, kinds
from gongkai.web.applications.papers import making
from gongkai.web.applications.papers.kinds import PaperKind, papers
from gongkai.web.common.errors import ActionRefused

#: Fields of letters that are worked into others: a template need not print them by themselves.
_WORKED_IN = frozenset({"协办科室", "计收方式", "数量"})
RECEIPT: Final = "receipt"
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
Printed = LetterKind | PaperKind


def all_kinds() -> Iterator[Printed]:
    """Letters first, in the order of the law; then the other papers."""
    yield from kinds().values()
    yield from papers().values()


def kind_of(code: str) -> Printed | None:
    """The letter or paper of a code."""
    return kinds().get(code) or papers().get(code)


def known(kind: Printed) -> frozenset[str]:
    """Every field a template of the kind may use."""
    own = {field.name for field in kind.fields}
    return frozenset(own | set(values.COMMON) if isinstance(kind, LetterKind) else own)


def needed(kind: Printed) -> frozenset[str]:
    """The fields a template of the kind must use: no letter goes out without its mandatory parts."""
    own = _required(kind.fields)
    if isinstance(kind, PaperKind):
        return frozenset(own)
    own |= {"机关"} if kind.fill_in else {"收件人", "文号", "落款日期"}
    own |= {"收到情况", "所需信息"} if kind.to == "applicant" else set()
    return frozenset((own | _SAID_BY_LAW.get(kind.code, set())) - _WORKED_IN)


def missing(kind: Printed, used: frozenset[str]) -> list[str]:
    """The fields a template of the kind must use and does not, given those it uses."""
    if "收到日期" in used and kind.code != RECEIPT:
        # The day alone says when the application came; a receipt also goes out before it is confirmed.
        used |= {"收到情况"}
    return sorted(needed(kind) - used)


def _required(fields: Sequence[Field]) -> set[str]:
    return {field.name for field in fields if field.required}


def starting(kind: Printed) -> bytes:
    """The DOCX an agency starts from."""
    return (
        letter_making.starting_template(kind)
        if isinstance(kind, LetterKind)
        else making.starting_template(kind)
    )


def preview(agency: Agency, kind: Printed) -> bytes:
    """How the kind is printed at the agency, as PDF, the name of each field in its place.

    Raises ``ActionRefused`` where a template of its own cannot be shown here.
    """
    shown = {name: f"【{name}】" for name in known(kind)}
    own = letter_making.template_of(agency.pk, kind)
    if own is None:
        paper = (
            compose.paper(kind, shown, None) if isinstance(kind, LetterKind) else making.laid_out(kind, shown)
        )
        return to_pdf(paper)
    pdf = template.to_pdf(template.fill(bytes(own.content), shown))
    if pdf is None:
        raise ActionRefused(
            "本机没有安装 LibreOffice，不能预览本机关的模板", remedy="请下载后在 Word 或 WPS 中查看"
        )
    return pdf
