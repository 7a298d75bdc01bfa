"""The cheap second reading of PDFs: what it confirms, and where it leaves the word to pdfium."""

import io
import zlib
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
import pytest
import typst

from gongkai.report.read.pdf import document as pdf
from gongkai.report.read.pdf.plain import plain_texts
from gongkai.report.read.pdf.second import SecondOpinion
from gongkai.report.read.pdf.streams import unpacked_streams
from tests.report.read.pdf_cases import Case, mismatches, random_case
from tests.report.read.pdf_printed import TypstStyle, typst_source

FONT = b"""1 beginbfchar <01> <516C> endbfchar
1 beginbfrange <02> <04> <0030> endbfrange
2 beginbfchar <28> <5F00> <29> <5E74> endbfchar
1 beginbfrange <05> <06> [<653F> <5E9C>] endbfrange"""


@cache
def typeset(seed: int) -> tuple[Case, bytes]:
    case = random_case(seed)
    return case, bytes(typst.compile(typst_source(case, TypstStyle()).encode()))


def texts(data: bytes) -> list[str]:
    return plain_texts(data, unpacked_streams(data))


def packed(number: int, head: bytes, content: bytes) -> bytes:
    body = zlib.compress(content)
    return b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        head,
        len(body),
        body,
    )


def one_page(content: bytes, *, table: bytes = FONT, page: bytes = b"", font: bytes = b"/TrueType") -> bytes:
    """A page that shows ``content`` in a font of one-byte codes."""
    objects = (
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F1 5 0 R>>>>>>\nendobj\n",
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R%s>>\nendobj\n" % page,
        packed(4, b"", content),
        b"5 0 obj\n<</Type/Font/Subtype%s/ToUnicode 6 0 R>>\nendobj\n" % font,
        packed(6, b"", table),
    )
    return b"%PDF-1.4\n" + b"".join(objects) + b"trailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF"


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        change(file)
        file.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return buffer.getvalue()


def no_page(*_: object) -> object:
    raise AssertionError("pdfium was asked")


# -- what is confirmed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_same_characters_as_pdfium_sees(seed: int) -> None:
    _, data = typeset(seed)
    with pypdfium2.PdfDocument(data) as file:
        seen = [Counter("".join(page.get_textpage().get_text_range().split())) for page in file]
    assert [Counter("".join(text.split())) for text in texts(data)] == seen


def test_plain_report_is_read_without_pdfium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SecondOpinion, "page", no_page)
    case, data = typeset(3)
    assert mismatches(pdf.read(data), case) == {}


def test_difference_is_put_before_pdfium(monkeypatch: pytest.MonkeyPatch) -> None:
    """A digit read wrong by the first engine is not confirmed; then pdfium's reading makes it no figure."""
    _, data = typeset(1)
    chars_of = pdf.chars_of

    def misread(*args: Any) -> Any:
        chars, sideways = chars_of(*args)
        at = next(i for i, c in enumerate(chars) if c.text.isdecimal())
        chars[at] = chars[at]._replace(text="6" if chars[at].text != "6" else "5")
        return chars, sideways

    monkeypatch.setattr(pdf, "chars_of", misread)
    document = pdf.read(data)
    assert "歧义" in document.notes[0]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"BT /F1 9 Tf <01 02> Tj [<03>-250(\\004)] TJ ET", "公012"),
        (b"BT /F1 9 Tf (\\001()\\(\\002) Tj ET", "公开年开0"),
        (b"/Span<</Lang(zh)/MCID 0>>BDC BT /F1 9 Tf <0506> Tj ET EMC", "政府"),
        (b"0 0 m 9 9 l S", ""),
        (b"(" * 700_000, ""),
    ],
)
def test_strings_of_codes(content: bytes, text: str) -> None:
    found = texts(one_page(content))
    assert [Counter(one) for one in found] == [Counter(text)]


# -- what is left to pdfium -------------------------------------------------------------------------------

SHOWN = b"BT /F1 9 Tf <0102> Tj ET"


@pytest.mark.parametrize(
    "data",
    [
        one_page(b"BT /F1 9 Tf <07> Tj ET"),  # a code the font's table lacks
        one_page(b"BT /F2 9 Tf <01> Tj ET"),  # a font the page has not
        one_page(b"BT 3 Tr /F1 9 Tf <01> Tj ET"),  # text that is not drawn
        one_page(SHOWN, font=b"/Type3"),
        one_page(SHOWN, font=b"/Type0/Encoding/GBK-EUC-H"),
        one_page(SHOWN, table=b"/Other usecmap " + FONT),
        one_page(SHOWN, page=b"/Annots[<</Subtype/Widget>>]"),
        one_page(SHOWN, page=b"/Annots[<</Subtype/W#69dget>>]"),
        one_page(SHOWN) + one_page(SHOWN),  # written over by a later version
        one_page(SHOWN)[:-20] + b"4 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF",
        one_page(SHOWN).replace(b"/Kids[3 0 R]", b"/Kids[9 0 R]"),
        one_page(SHOWN).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
        one_page(SHOWN + b" " * 900_000),
        one_page(b"BT 3.0 Tr /F1 9 Tf <01> Tj ET"),
        one_page(b"BT /F1 9 Tf (\\777) Tj (\\001) Tj ET"),
        b"%PDF-1.4\nstartxref",
    ],
)
def test_anything_unusual_is_left_to_pdfium(data: bytes) -> None:
    assert texts(one_page(SHOWN)) == ["公0"]
    assert texts(data) == []


@pytest.mark.parametrize(
    "data",
    [
        one_page(SHOWN).replace(b"/Kids[3 0 R]", b"/Kids[%s2 0 R]" % (b"3 0 R " * 3000)),
        one_page(SHOWN, table=b"beginbfrange" + b"<00><FF><0030>" * 70_000 + b"endbfrange"),
    ],
)
def test_file_made_to_take_for_ever_is_given_up(data: bytes) -> None:
    assert texts(data) == []


def test_text_drawn_as_an_object_is_not_missed() -> None:
    """Text within a form that the page draws is not looked up: the page is not confirmed, pdfium is asked."""
    case, data = typeset(2)

    def wrap(file: pikepdf.Pdf) -> None:
        for page in file.pages:
            form = file.make_stream(page.obj.Contents.read_bytes())
            form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            form.BBox, form.Resources = page.obj.MediaBox, page.obj.Resources
            page.obj.Contents = file.make_stream(b"q /Fm0 Do Q")
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm0=form))

    wrapped = changed(data, wrap)
    assert not any(texts(wrapped))
    assert mismatches(pdf.read(wrapped), case) == {}


def test_form_fields_are_seen_in_a_plain_file() -> None:
    case, data = typeset(1)

    def add_field(file: pikepdf.Pdf) -> None:
        look = file.make_stream(b"")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, 40, 20])
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="total",
            Rect=pikepdf.Array([10, 10, 50, 30]),
            AP=pikepdf.Dictionary(N=look),
        )
        file.pages[0].obj.Annots = pikepdf.Array([file.make_indirect(field)])
        file.Root.AcroForm = pikepdf.Dictionary(Fields=file.pages[0].obj.Annots)

    filled = changed(data, add_field)
    assert texts(filled) == []
    assert mismatches(pdf.read(filled), case) == {}
