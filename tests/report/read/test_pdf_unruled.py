"""Tables without ruling lines: read where every place is certain, else left as text."""

import pytest
import typst

from gongkai.report.read.pdf import document as pdf
from tests.report.read.pdf_cases import Case, mismatches, random_case
from tests.report.read.pdf_printed import TypstStyle, typst_source
from tests.report.read.support import tables

BARE = TypstStyle(stroke="none", size=8, body=12)


def typeset(case: Case, style: TypstStyle) -> bytes:
    return bytes(typst.compile(typst_source(case, style).encode()))


@pytest.mark.parametrize("align", ["center + horizon", "left + top", "center + top"])
@pytest.mark.parametrize("blanks", [0.0, 0.5])
def test_unruled_tables_never_give_a_wrong_figure(align: str, blanks: float) -> None:
    read = 0
    for seed in range(4):
        case = random_case(seed, blanks=blanks)
        document = pdf.read(typeset(case, TypstStyle(stroke="none", size=8, body=12, align=align)))
        wrong = {path: pair for path, pair in mismatches(document, case).items() if pair[1] is not None}
        assert wrong == {}
        read += document.layout == "unruled"
    assert read >= 3


def test_applications_and_disputes_are_placed() -> None:
    case = random_case(2, edition="2021")
    document = pdf.read(typeset(case, BARE))
    assert document.layout == "unruled"
    missing = [path for path in mismatches(document, case) if not path.startswith("proactive")]
    assert missing == []


def test_a_missing_row_leaves_the_table_as_text() -> None:
    case = random_case(2, edition="2021")
    source = typst_source(case, BARE).replace("2.重复申请", "某某情形")
    document = pdf.read(bytes(typst.compile(source.encode())))
    assert not [t for t in tables(document) if t.n_cols == 8]


def test_figure_under_two_columns_leaves_the_table_as_text() -> None:
    case = random_case(2, edition="2021", blanks=0.0)
    figures = {**case.figures, "applications.new.business": "123456789012345"}
    document = pdf.read(typeset(Case(case.edition, case.single_other, figures), BARE))
    assert not [t for t in tables(document) if t.n_cols == 8]
