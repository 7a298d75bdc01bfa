"""Letters and papers together: the template an agency starts from for each, and what its own are worth."""

from collections.abc import Iterable, Iterator

from gongkai.documents import template
from gongkai.documents.pdf import to_pdf
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.letters import compose, own_templates
from gongkai.web.applications.letters import making as letter_making
from gongkai.web.applications.letters.kinds import LetterKind, kinds
from gongkai.web.applications.letters.own_templates import Stored
from gongkai.web.applications.models import LetterTemplate
from gongkai.web.applications.papers import making
from gongkai.web.applications.papers.kinds import PaperKind, papers
from gongkai.web.common.errors import ActionRefused

Printed = LetterKind | PaperKind


def all_kinds() -> Iterator[Printed]:
    """Letters first, in the order of the law; then the other papers."""
    yield from kinds().values()
    yield from papers().values()


def kind_of(code: str) -> Printed | None:
    """The letter or paper of a code."""
    return kinds().get(code) or papers().get(code)


def judged(templates: Iterable[LetterTemplate]) -> Iterator[Stored]:
    """Each with the verdict of today's rules. One of a kind there no longer is prints nothing: left out."""
    for one in templates:
        kind = kind_of(one.kind)
        if kind is not None:
            yield own_templates.judged(one, kind)


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
    own = own_templates.in_use(agency.pk, kind)
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
