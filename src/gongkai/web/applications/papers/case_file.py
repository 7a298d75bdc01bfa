"""The file of a case for the archive (案卷): all its papers in one package, with a list of what is in it."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Final

from django.utils import timezone

from gongkai.documents import Paper
from gongkai.documents.pdf import to_pdf
from gongkai.kernel import GongkaiError
from gongkai.web.applications import clock, files
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Attachment, Case, Letter, LetterState, Purpose
from gongkai.web.applications.papers import file_papers, making
from gongkai.web.applications.papers.file_papers import Entry
from gongkai.web.applications.papers.kinds import FORM, SHEET, papers
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused

#: Bytes of one package, which is made in memory: in the clear these papers never lie on the disk.
LARGEST: Final = 300 * 2**20
_SUMS: Final = "文件内容摘要（SHA-256）.txt"
_MADE: Final = "系统生成"
#: What no file system takes in a name.
_FORBIDDEN: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the file. ``content`` is None where there is nothing to take; ``remark`` says why."""

    title: str
    source: str
    on: date | None
    suffix: str = ".pdf"
    content: bytes | None = None
    document_no: str = ""
    remark: str = ""

    @property
    def entry(self) -> Entry:
        """Its line in the list of contents."""
        return Entry(self.document_no, self.source, self.title, chinese(self.on), self.remark)


def make(case: Case, day: date) -> bytes:
    """The package (ZIP) as things stand on ``day``: the list, then each piece under its number in the list.

    A piece that is purged or cannot be read stands in the list with the reason. Raises ``ActionRefused``
    where the case's data are gone, or the pieces are too large for one package.
    """
    _refuse_large(case)
    pieces = [
        _paper(SHEET, case, day),
        _paper(FORM, case, day),
        _days(case, day),
        *sorted(_kept(case), key=lambda piece: piece.on or day),
        *_noted(case, day),
    ]
    listed = file_papers.contents(case, (piece.entry for piece in pieces), day)
    named = {f"00-{file_papers.CONTENTS}.pdf": to_pdf(listed)}
    for number, piece in enumerate(pieces, 1):
        if piece.content is not None:
            named[_name(number, piece)] = piece.content
    return _zipped(named)


def _refuse_large(case: Case) -> None:
    size = sum(case.attachments.exclude(path="").values_list("size", flat=True))
    if size > LARGEST:
        raise ActionRefused(
            f"案卷中的文件共{size / 2**20:.0f}MB，超过一次能打包的{LARGEST // 2**20}MB",
            place=str(case),
            remedy="请在申请页面逐份下载",
        )


def _paper(code: str, case: Case, day: date) -> Piece:
    """A paper as the agency prints it; of an own template the DOCX, where it cannot become a PDF here."""
    made, name = making.make(code, case, day), papers()[code].name
    if made.pdf is None:
        return Piece(name, _MADE, day, ".docx", made.docx)
    return Piece(name, _MADE, day, content=made.pdf)


def _days(case: Case, day: date) -> Piece:
    try:
        paper = file_papers.counted_days(case, clock.account(case))
    except GongkaiError as fault:
        return Piece(file_papers.DAYS, _MADE, day, remark=f"没有打印，期限须核对：{clock.told(fault)}")
    return _printed(file_papers.DAYS, paper, day)


def _noted(case: Case, day: date) -> Iterator[Piece]:
    paper = file_papers.notes(case)
    if paper is not None:
        yield _printed(file_papers.NOTES, paper, day)


def _printed(title: str, paper: Paper, day: date) -> Piece:
    return Piece(title, _MADE, day, content=to_pdf(paper))


def _kept(case: Case) -> Iterator[Piece]:
    """Letters that were signed, and every file on the case; what lies with a letter stands after it."""
    signed = (LetterState.SIGNED, LetterState.DELIVERED)
    for letter in case.letters.filter(state__in=signed).select_related("pdf", "docx"):
        yield _letter(case, letter)
    for one in case.attachments.exclude(purpose=Purpose.LETTER).select_related("added_by"):
        by = str(one.added_by) if one.added_by else "申请人网上提交"
        title = f"{one.get_purpose_display()}：{one.name}" if one.name else one.get_purpose_display()
        yield _file(one, title, by, timezone.localdate(one.added_at))


def _letter(case: Case, letter: Letter) -> Piece:
    title, unsent = kinds()[letter.kind].name, "" if letter.state == LetterState.DELIVERED else "尚未送达"
    kept = letter.pdf or letter.docx
    if kept is None:
        return Piece(title, case.agency.full_name, letter.dated, "", None, letter.document_no, "没有留存文件")
    return _file(kept, title, case.agency.full_name, letter.dated, letter.document_no, unsent)


def _file(
    one: Attachment, title: str, source: str, on: date | None, document_no: str = "", remark: str = ""
) -> Piece:
    try:
        content = files.content_of(one)
    except ActionRefused as refusal:
        gone = f"{chinese(timezone.localdate(one.purged_at))}清除" if one.purged_at else ""
        return Piece(title, source, on, "", None, document_no, gone or refusal.message)
    suffix = PurePosixPath(one.name).suffix.lower()
    return Piece(title, source, on, suffix, content, document_no, remark)


def _name(number: int, piece: Piece) -> str:
    stem = _FORBIDDEN.sub("_", piece.title.removesuffix(piece.suffix)).strip(" .")[:60]
    return f"{number:02d}-{stem}{piece.suffix}"


def _zipped(named: dict[str, bytes]) -> bytes:
    sums = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in named.items())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (*named.items(), (_SUMS, sums.encode())):
            package.writestr(name, content)
    return buffer.getvalue()
