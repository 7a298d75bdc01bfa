"""A letter's last page: name and day, where the seal lies, never stand there without words of the letter."""

import re
from io import BytesIO

import docx
import pypdfium2
import pytest

from gongkai.documents import Line, Paper, Text
from gongkai.documents.docx import to_docx
from gongkai.documents.pdf import to_pdf
from gongkai.web.applications.letters import compose
from gongkai.web.applications.letters.kinds import kinds

OFFICE, DAY = "青石镇人民政府", "2026年11月9日"


def letter(
    facts: str, remedy: str = "如不服本决定，可以自收到本决定之日起60日内申请行政复议。", **more: str
) -> Paper:
    kind = kinds()["extension"]
    values = {
        "机关": OFFICE, "落款日期": DAY, "收件人": "李某", "收到情况": "您的申请已收到", "登记号": "1",
        "所需信息": "甲", "延期理由": facts, "期限": "20", "新期限": remedy, **more,
    }  # fmt: skip
    return compose.paper(kind, values, None)


def pages(facts: str, **more: str) -> list[str]:
    document = pypdfium2.PdfDocument(to_pdf(letter(facts, **more)))
    return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]


@pytest.mark.parametrize("contact", [{}, {"办公地址": "某路1号", "联系电话": "0577-63700000"}])
def test_words_of_the_last_paragraph_stand_with_the_signature(contact: dict[str, str]) -> None:
    several = 0
    for lines in range(10, 20):
        *before, last = pages("检索档案" * 7 * lines, **contact)
        several += bool(before)
        assert DAY in last
        assert OFFICE in last
        assert not before or "行政复议" in last, lines
    assert several > 3, "the break was tried at many places"


def test_a_last_paragraph_longer_than_a_page_runs_on() -> None:
    found = pages("一", remedy="说明" * 900)
    assert len(found) in (3, 4)
    assert "说明说明" in found[-1]
    assert sum(page.count("说") for page in found) >= 900


def test_word_keeps_them_together_too() -> None:
    rows = docx.Document(BytesIO(to_docx(letter("一")))).paragraphs
    at = next(index for index, row in enumerate(rows) if row.text == OFFICE)
    assert [row.paragraph_format.keep_with_next for row in rows[at - 2 : at + 2]] == [True, True, True, None]


def test_files_are_named_below_all_words_and_the_last_stands_with_the_signature() -> None:
    given = {
        "机关": OFFICE, "落款日期": DAY, "收件人": "李某", "决定": "现予以公开。", "联系电话": "63700000",
        "附件": "附件：\n1. 甲\n2. 乙",
    }  # fmt: skip
    blocks = compose.paper(kinds()["reply"], given, None).blocks
    told = [(block.text, block.keep) for block in blocks if isinstance(block, Line | Text)]
    assert told[1:] == [
        ("现予以公开。", False), ("联系电话：63700000", False), ("", True), ("附件：", False),
        ("1. 甲", False), ("2. 乙", True), ("", True), (OFFICE, True), (DAY, False),
    ]  # fmt: skip
