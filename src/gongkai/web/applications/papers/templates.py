"""The template an agency starts from for each letter and paper, and how they look at it now."""

from gongkai.documents import template
from gongkai.documents.pdf import to_pdf
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.letters import compose
from gongkai.web.applications.letters import making as letter_making
from gongkai.web.applications.letters.kinds import LetterKind
from gongkai.web.applications.papers import making, own_templates
from gongkai.web.applications.papers.own_templates import Printed
from gongkai.web.common.errors import ActionRefused


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
    shown = own_templates.trial(kind)
    own = own_templates.in_use(agency.pk, kind.code)
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
