"""Pictures and scanned pages. Degraded on purpose: no figure may come out wrong."""

import io
import random

import pypdfium2
import pytest
import typst
from PIL import Image, ImageDraw, ImageFilter

from gongkai.kernel import UnreadableError
from gongkai.report.read.ocr import document as ocr
from gongkai.report.read.ocr import engine as ocr_engine
from gongkai.report.read.pdf import document as pdf
from gongkai.report.read.pdf.lines import LOST
from tests.report.read.pdf_cases import Case, mismatches, random_case
from tests.report.read.pdf_printed import TypstStyle, typst_source
from tests.report.read.support import paragraphs, rows, tables

PAGE = TypstStyle(size=9, body=12, margin="2cm")


def pictures(case: Case, dpi: int) -> list[Image.Image]:
    data = bytes(typst.compile(typst_source(case, PAGE).encode()))
    return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(data)]


def scanned(picture: Image.Image, seed: int) -> Image.Image:
    """Askew, blurred, grey, noisy."""
    rng = random.Random(seed)
    grey = picture.convert("L").rotate(rng.choice([-0.9, 0.4, 1.2]), Image.Resampling.BICUBIC, fillcolor=255)
    grey = grey.filter(ImageFilter.GaussianBlur(0.7)).point(lambda v: int(v * 0.85 + 20))
    noise = Image.effect_noise(grey.size, 18)
    return Image.blend(grey, noise, 0.08).convert("RGB")


def packed(picture: Image.Image, kind: str) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


def table_picture(figures: list[list[str]]) -> Image.Image:
    """A small ruled table in large print."""
    cells = ", ".join(f'[#"{text}"]' for row in figures for text in row)
    source = (
        '#set page(width: 12cm, height: 6cm, margin: 1cm)\n#set text(font: "Noto Serif CJK SC", size: 12pt)\n'
        f"#table(columns: {len(figures[0])}, inset: 6pt, {cells})"
    )
    data = bytes(typst.compile(source.encode()))
    return pypdfium2.PdfDocument(data)[0].render(scale=4).to_pil().convert("RGB")


@pytest.mark.ocr
def test_scanned_report_is_read_and_marked() -> None:
    case = random_case(0, blanks=0.3, edition="2021")
    pages = [scanned(picture, i) for i, picture in enumerate(pictures(case, 200))]
    buffer = io.BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    document = pdf.read(buffer.getvalue())
    assert document.ocr
    assert document.format == "pdf"
    different = mismatches(document, case)
    wrong = {p: pair for p, pair in different.items() if pair[1] is not None and LOST not in pair[1]}
    assert wrong == {}
    assert len(different) < 0.05 * len(case.figures)
    assert "一、总体情况" in paragraphs(document)


@pytest.mark.ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_pictures_in_every_format(kind: str) -> None:
    cells = [["项目", "自然人", "总计"], ["重复申请", "0", "17"], ["其他", "", "1"]]
    document = ocr.read_image(packed(table_picture(cells), kind))
    assert (document.format, document.ocr) == ("image", True)
    assert rows(tables(document)[0]) == cells


@pytest.mark.ocr
def test_ink_that_is_no_figure_is_unreadable_not_blank() -> None:
    picture = table_picture([["项目", "自然人"], ["重复申请", "0"], ["其他", ""]])
    draw = ImageDraw.Draw(picture)
    x, y = _middle_of_last_cell(picture)
    draw.line([(x, y), (x + 14, y + 22), (x + 3, y + 18), (x + 17, y - 6)], fill="black", width=4)
    table = tables(ocr.read_image(packed(picture, "PNG")))[0]
    text = rows(table)[2][1]
    assert text
    assert not text.isdecimal()


def _middle_of_last_cell(picture: Image.Image) -> tuple[int, int]:
    blank = tables(ocr.read_image(packed(picture, "PNG")))[0].cells[-1]
    scale = picture.width / 595
    x0, y0, x1, y1 = blank.place.box or (0, 0, 0, 0)
    return int((x0 + x1) / 2 * scale) - 8, int((y0 + y1) / 2 * scale) - 8


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(UnreadableError) as caught:
        ocr.read_image(b"\x89PNG\r\n\x1a\n")
    assert caught.value.code == "needs-ocr"
    assert "gongkai[ocr]" in caught.value.remedy


@pytest.mark.ocr
@pytest.mark.parametrize("share", [0.1, 0.6])
def test_cut_off_picture_is_refused(share: float) -> None:
    data = packed(table_picture([["项目", "0"]]), "JPEG")
    with pytest.raises(UnreadableError) as caught:
        ocr.read_image(data[: int(len(data) * share)])
    assert caught.value.code == "damaged"


@pytest.mark.ocr
def test_huge_picture_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableError) as caught:
        ocr.read_image(packed(Image.new("1", (30000, 30000)), "PNG"))
    assert caught.value.code == "too-large"


@pytest.mark.ocr
def test_blank_picture_is_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        ocr.read_image(packed(Image.new("RGB", (800, 1000), "white"), "PNG"))
    assert caught.value.code == "empty"


@pytest.mark.ocr
def test_models_come_from_the_package() -> None:
    engine = ocr_engine._engine()
    for part in (engine.cfg.Det, engine.cfg.Rec, engine.cfg.Cls):
        assert "rapidocr/models" in str(part.model_path)
