"""Letters' templates to test with, and a reply made from them."""

import hashlib
from io import BytesIO
from typing import Any

import docx
from django.utils.timezone import now

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import (
    DraftLetter,
)
from gongkai.web.applications.letters import making
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Case, Letter, LetterTemplate
from tests.web.reporting.people import Town

TYPED = {"查明事实": "已检索2021年至2024年的档案", "提供方式": "随函附上"}


def kept_before_the_rule(agency: Agency, content: bytes, kind: str = "reply") -> LetterTemplate:
    """A template that is stored, whatever it lacks by the rules of today."""
    return LetterTemplate.objects.create(
        agency=agency, kind=kind, name="旧样式.docx", content=content,
        sha256=hashlib.sha256(content).hexdigest(), uploaded_at=now(),
    )  # fmt: skip


def with_line(content: bytes, *lines: str, hidden: bool = False) -> bytes:
    document: Any = docx.Document(BytesIO(content))
    for line in lines:
        document.add_paragraph("").add_run(line).font.hidden = hidden
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def usual(kind: str = "reply") -> bytes:
    return making.starting_template(kinds()[kind])


def drafted(town: Town, case: Case) -> Letter:
    return DraftLetter(town.as_clerk, case_id=case.pk, kind="reply", outcome="provided", typed=TYPED).run()


def text_of(docx_bytes: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(docx_bytes)).paragraphs)


def without(kind: str, *names: str) -> bytes:
    """The template one starts from, each paragraph with one of the fields left out."""
    document: Any = docx.Document(BytesIO(usual(kind)))
    for paragraph in list(document.paragraphs):
        if any("{{ " + name + " }}" in paragraph.text for name in names):
            paragraph._element.getparent().remove(paragraph._element)
    changed = BytesIO()
    document.save(changed)
    return changed.getvalue()
