"""Making the files of a paper: the usual layout, or the agency's own template."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from gongkai.documents import Paper, template
from gongkai.documents.docx import to_docx
from gongkai.documents.pdf import to_pdf
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.letters import own_templates
from gongkai.web.applications.letters.making import DOCX_TYPE, Made
from gongkai.web.applications.models import Case
from gongkai.web.applications.papers import application_form, receipt_slip, register_sheet
from gongkai.web.applications.papers.kinds import FORM, SHEET, PaperKind, papers
from gongkai.web.common.errors import ActionRefused

TYPES: Mapping[str, str] = {"docx": DOCX_TYPE, "pdf": "application/pdf"}
#: Seconds staff wait for another's paper to be made; the public is given the DOCX at once.
PATIENT: Final = 60.0
AT_ONCE: Final = 0.0


def values_of(code: str, case: Case, day: date, query_code: str = "") -> dict[str, str]:
    """Every field of a paper of a case; ``query_code`` as in ``make``.

    Raises ``ActionRefused`` where the case's data are gone.
    """
    if case.purged_at is not None:
        raise ActionRefused(
            "个人信息已按保存期限清除，不能再打印",
            place=str(case),
            remedy="办理经过和统计数字仍可在申请页面查看",
        )
    if code == FORM:
        return application_form.values(case)
    return register_sheet.values(case, day) if code == SHEET else receipt_slip.values(case, day, query_code)


def make(code: str, case: Case, day: date, query_code: str = "", *, wait: float | None = PATIENT) -> Made:
    """The files of a paper of a case, printed that day.

    ``query_code``: the applicant's code, for the receipt that is handed out with it; any other bears none.
    ``wait``: how many seconds to stand in line where an own template has to become a PDF; after that there
    is none, nor where it is None.
    """
    given = values_of(code, case, day, query_code)
    return _made(papers()[code], case.agency_id, given, filled=True, wait=wait)


def make_blank(agency: Agency) -> Made:
    """The files of an agency's application form, to be filled in by hand."""
    return _made(papers()[FORM], agency.pk, application_form.blank(agency), filled=False, wait=PATIENT)


def printed_from(agency: Agency) -> list[str]:
    """All that decides how an agency's blank form looks: what stands in it, and its own template."""
    own = own_templates.in_use(agency.pk, papers()[FORM])
    return [*application_form.blank(agency).values(), own.sha256 if own else ""]


def starting_template(kind: PaperKind) -> bytes:
    """The DOCX an agency starts from: the usual layout with the names of the fields."""
    return to_docx(laid_out(kind, {field.name: "{{ " + field.name + " }}" for field in kind.fields}))


def one_of(made: Made, form: str) -> bytes:
    """The file in one form. Raises ``ActionRefused`` where an own template cannot become a PDF here."""
    content = made.docx if form == "docx" else made.pdf
    if content is None:
        raise ActionRefused(
            "本机关用自己的 Word 模板，现在不能生成 PDF（没有安装 LibreOffice，或者它正忙）",
            remedy="请下载 DOCX，或稍后再试",
        )
    return content


def _made(
    kind: PaperKind, agency_id: int, given: Mapping[str, str], *, filled: bool, wait: float | None
) -> Made:
    own = own_templates.in_use(agency_id, kind)
    if own is None:
        paper = laid_out(kind, given, filled=filled)
        return Made(to_docx(paper), None if wait is None else printed(kind, given, filled=filled))
    docx = template.fill(bytes(own.content), given)
    return Made(docx, None if wait is None else template.to_pdf(docx, wait=wait))


def printed(kind: PaperKind, given: Mapping[str, str], *, filled: bool = True) -> bytes:
    """A paper in the usual layout as PDF."""
    return to_pdf(laid_out(kind, given, filled=filled))


def laid_out(kind: PaperKind, given: Mapping[str, str], *, filled: bool = True) -> Paper:
    """The usual layout of a paper."""
    if kind.code == FORM:
        return application_form.paper(given, filled=filled)
    return (register_sheet if kind.code == SHEET else receipt_slip).paper(given)
