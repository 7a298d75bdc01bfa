"""PDFs with a text layer: from a typesetter and from LibreOffice."""

import re
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from benchmarks.drafts import Draft
from benchmarks.forms import Box, Grid
from benchmarks.layouts.base import Rendered, layout
from benchmarks.layouts.docx import Make, document

_PREAMBLE = """#set page(paper: "a4", margin: 2.5cm, numbering: "— 1 —")
#set text(font: "Noto Sans SC", size: 9pt, lang: "zh")
#set table(stroke: 0.5pt, align: center + horizon)
"""


@cache
def font_folder() -> str:
    """Where the packaged Chinese fonts lie."""
    import pylopdf_fonts_zh_cn

    return str(Path(pylopdf_fonts_zh_cn.__file__).parent)


def _escape(text: str) -> str:
    return re.sub(r"([\\#$*_`<>@~\[\]/+=\-])", r"\\\1", text).replace("\n", " \\ ")


def _cell(box: Box) -> str:
    spans = f"rowspan: {box.rowspan}, colspan: {box.colspan}, x: {box.col}, y: {box.row}"
    return f"table.cell({spans})[{_escape(box.text)}]"


def _table(grid: Grid, *, vertical: bool) -> str:
    columns = "(1fr, 1fr, 1fr, 1fr)" if grid.name == "proactive" else f"({'1fr, ' * grid.n_cols})"
    if grid.name == "applications":
        columns = "(0.6fr, 1.6fr, 3.4fr" + ", 0.9fr" * 7 + ")"
    cells = ",\n".join(_cell(box) for box in grid.boxes)
    if vertical:
        cells = cells.replace("[三、本年度办理结果]", "[" + " \\ ".join("三、本年度办理结果") + "]")
    return f"#table(columns: {columns}, inset: 4pt,\n{cells}\n)"


def typst_source(draft: Draft) -> str:
    """The report as Typst markup."""
    vertical = draft.seed % 3 > 0
    pieces = [_PREAMBLE]
    for part in draft.parts:
        if part.kind == "table":
            pieces.append(_table(draft.grids[part.text], vertical=vertical))
        elif part.kind == "title":
            pieces.append(f"#align(center, text(size: 16pt)[{_escape(part.text)}])")
        else:
            pieces.append(f"#h(2em){_escape(part.text)}")
    return "\n\n".join(pieces)


def typeset(source: str) -> bytes:
    """Typst markup to PDF."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.typ"
        path.write_text(source)
        return typst.compile(path, font_paths=[font_folder()], ignore_system_fonts=True)


@layout("pdf-typst", "pdf")
def typst_pdf(draft: Draft) -> Rendered:
    """Typeset, ruled tables over several pages."""
    return Rendered(typeset(typst_source(draft)), draft.truth())


def libreoffice_pdfs(documents: Sequence[bytes]) -> list[bytes]:
    """DOCX files to PDF, all in one run of LibreOffice. Raises RuntimeError where it makes none."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, data in enumerate(documents):
            path = Path(folder) / f"{number:05}.docx"
            path.write_bytes(data)
            paths.append(path)
        command = [
            "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
            "--outdir", folder, *map(str, paths),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        made = [path.with_suffix(".pdf") for path in paths]
        if not all(path.exists() for path in made):
            raise RuntimeError(f"soffice: {done.stdout[-500:]} {done.stderr[-500:]}")
        return [path.read_bytes() for path in made]


def libreoffice_rendered(drafts: Sequence[Draft]) -> list[Rendered]:
    """Many drafts as LibreOffice prints them."""
    files = libreoffice_pdfs([document(draft, Make(repeat_header=draft.seed % 2 == 0)) for draft in drafts])
    return [Rendered(data, draft.truth()) for data, draft in zip(files, drafts, strict=True)]
