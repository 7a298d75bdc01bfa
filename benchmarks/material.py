"""The files that are measured: reports of each format in the layouts that keep every figure in its place."""

from benchmarks.drafts import Draft, make_draft
from benchmarks.layouts import LAYOUTS, Rendered
from benchmarks.layouts.pdf import libreoffice_rendered

#: Layouts in turn. Only clean ones: the odd ones have their own table.
_LAYOUTS = {
    "text": ("tabs-clean", "pipes-kept", "lines-tab", "pipes-markdown"),
    "html": ("html-styled", "html-chrome", "html-word", "html-header-cells"),
    "html-published": ("html-published",),
    "docx": ("docx-merged", "docx-runs", "docx-library", "docx-merged"),
    "pdf-typst": ("pdf-typst",),
}
FORMATS = (*_LAYOUTS, "pdf-libreoffice")


def drafts(count: int) -> list[Draft]:
    """``count`` reports of both editions, every second with blank cells, labels as the form prints them."""
    return [make_draft(seed) for seed in range(10_000, 10_000 + count)]


def files(kind: str, reports: list[Draft]) -> list[Rendered]:
    """The reports as files of one format."""
    if kind == "pdf-libreoffice":
        return libreoffice_rendered(reports)
    names = _LAYOUTS[kind]
    return [LAYOUTS[names[number // 2 % len(names)]].render(draft) for number, draft in enumerate(reports)]
