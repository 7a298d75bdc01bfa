"""Making the files of a letter: the wording of its kind, or the agency's own template."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from gongkai.documents import Paper, template
from gongkai.documents.docx import to_docx
from gongkai.documents.pdf import to_pdf
from gongkai.documents.picture import to_png
from gongkai.web.applications.letters import compose, enclosed, own_templates, values
from gongkai.web.applications.letters.kinds import LetterKind, kinds
from gongkai.web.applications.letters.typed import typed_of
from gongkai.web.applications.models import Letter, LetterTemplate

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Made(NamedTuple):
    """A letter's files; ``pdf`` is None where its own template needs LibreOffice and there is none."""

    docx: bytes
    pdf: bytes | None


def values_of(letter: Letter, dated: date) -> dict[str, str]:
    """Every field of a letter if it were dated that day."""
    return values.of(
        letter.case,
        kinds()[letter.kind],
        typed_of(letter),
        dated=dated,
        outcome_code=letter.outcome,
        consultation=letter.consultation,
        document_no=letter.document_no,
    )


def content_hash(letter: Letter, dated: date) -> str:
    """What the signatures stand on: everything the letter prints, but its number and day, which come last.

    The remedy clause is part of it: where the law changes between two signatures the first no longer holds.
    So are what was typed, printed or not, and the files that go out with it. What the case has come to since
    and the letter does not tell is none of it.
    """
    names = printed_names(letter) - {"文号", "落款日期"}
    said = {name: text for name, text in values_of(letter, dated).items() if name in names}
    typed = typed_of(letter)
    whole = [letter.kind, letter.outcome, template_hash(letter), said, typed, enclosed.sums(letter)]
    plain = json.dumps(whole, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def printed_names(letter: Letter) -> frozenset[str]:
    """The fields the letter prints: those of the usual wording, or of the agency's own template."""
    own = _own(letter)
    return compose.names(kinds()[letter.kind]) if own is None else template.fields(bytes(own.content))


def make(letter: Letter, dated: date) -> Made:
    """The files of a letter dated that day. Raises TemplateError where the agency's template does not fit."""
    return printed(letter, values_of(letter, dated), dated)


def printed(letter: Letter, given: Mapping[str, str], dated: date) -> Made:
    """The files of a letter with its fields filled in. Raises TemplateError as ``make`` does."""
    made = written(letter, given, dated)
    if isinstance(made, Paper):
        return Made(to_docx(made), to_pdf(made))
    return Made(made, template.to_pdf(made))


def written(letter: Letter, given: Mapping[str, str], dated: date) -> Paper | bytes:
    """A letter with its fields filled in: the usual wording as a paper, else the agency's own DOCX.

    Raises TemplateError as ``make`` does.
    """
    own = _own(letter)
    if own is None:
        return compose.paper(kinds()[letter.kind], given, dated)
    return template.fill(bytes(own.content), given)


def picture(pdf: bytes) -> bytes:
    """The pages of a letter's PDF one below the other, as PNG."""
    return to_png(pdf)


def starting_template(kind: LetterKind) -> bytes:
    """The DOCX an agency starts from: the usual wording with the names of the fields."""
    return to_docx(compose.blank(kind))


def template_hash(letter: Letter) -> str:
    """The SHA-256 sum of the agency's template the letter is printed by; empty for the usual wording."""
    own = _own(letter)
    return own.sha256 if own else ""


def _own(letter: Letter) -> LetterTemplate | None:
    return own_templates.in_use(letter.case.agency_id, kinds()[letter.kind])
