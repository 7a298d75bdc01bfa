"""PDF as LibreOffice and Chromium make it."""

import subprocess
from pathlib import Path

import pytest

from gongkai.report.read.pdf import document as pdf
from tests.report.read.pdf_cases import PARAGRAPHS, mismatches, random_case
from tests.report.read.pdf_docx import DocxStyle, docx_bytes
from tests.report.read.pdf_printed import HtmlStyle, html
from tests.report.read.support import paragraphs

_OFFICE = (
    DocxStyle(filler=3),
    DocxStyle(size=9, body=12, border="double", border_size=12, padding=0, vertical="btLr", outer=False),
    DocxStyle(size=10.5, body=12, border="dotted", row_height=30, repeat_header=False, filler=9),
    DocxStyle(size=12, body=14, margins=(20, 15, 20, 15), align="right", valign="top", shade="D9E2F3"),
)
_BROWSER = (
    HtmlStyle(filler=5),
    HtmlStyle(border="3px double #000", collapse=False, size=9, body=12, margin="20mm", filler=11),
    HtmlStyle(border="1px dotted #333", size=9, body=12, repeat_header=False, vertical="", filler=2),
    HtmlStyle(page="A4 landscape", indent="0", extra="p{margin:0.6em 0}", size=9, body=12),
)


def assert_read(data: bytes, seed: int) -> None:
    document = pdf.read(data)
    assert mismatches(document, random_case(seed)) == {}
    texts = paragraphs(document)
    assert [text for text in PARAGRAPHS if text not in texts] == []


@pytest.mark.libreoffice
def test_reports_printed_by_libreoffice(tmp_path: Path) -> None:
    names = []
    for seed, style in enumerate(_OFFICE):
        (tmp_path / f"{seed}.docx").write_bytes(docx_bytes(random_case(seed), style))
        names.append(f"{seed}.docx")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run([*command, "--convert-to", "pdf", *names], cwd=tmp_path, check=True, timeout=240)
    for seed in range(len(_OFFICE)):
        assert_read((tmp_path / f"{seed}.pdf").read_bytes(), seed)


@pytest.mark.chromium
@pytest.mark.parametrize("seed", range(len(_BROWSER)))
def test_reports_printed_by_chromium(seed: int, tmp_path: Path) -> None:
    page, made = tmp_path / "report.html", tmp_path / "report.pdf"
    page.write_text(html(random_case(seed), _BROWSER[seed]), encoding="utf-8")
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path}/profile",
    ]
    subprocess.run(
        [*command, "--no-pdf-header-footer", f"--print-to-pdf={made}", page.as_uri()],
        check=True,
        timeout=120,
        capture_output=True,
    )
    assert_read(made.read_bytes(), seed)
