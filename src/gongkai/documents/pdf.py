"""A paper as typeset, tagged PDF (PDF/A-2a and PDF/UA-1) through typst.

The compiler is made once a process and reused: the fonts are read once. The paper goes in as JSON, so
that nothing in it is ever read as markup.
"""

import json
from contextlib import suppress
from dataclasses import asdict
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

from gongkai.documents import paper as measures
from gongkai.documents.paper import Block, Grid, Heading, Line, Note, Paper, printable

#: typst keeps state between compilations; one paper at a time.
_LOCK = Lock()


def to_pdf(paper: Paper) -> bytes:
    """The paper as PDF. The same paper gives the same bytes.

    PDF/A wants a date of creation; a paper without one is PDF/UA only, rather than dated by guess. A
    character that the bundled fonts lack is taken from the system's; where none has it, its place shows
    an empty box and the file claims no standard.
    """
    data = {
        "title": paper.title,
        "author": paper.author,
        "date": [paper.dated.year, paper.dated.month, paper.dated.day] if paper.dated else None,
        "measures": _measures(),
        "blocks": [{"kind": "title", "text": paper.title}, *map(_block, paper.blocks)],
    }
    text = json.dumps(_printable(data), ensure_ascii=False)
    standards = ["a-2a", "ua-1"] if paper.dated else ["ua-1"]
    with _LOCK:
        return (
            _compile(text, standards)
            or _compile(text, standards, system_fonts=True)
            or _compile(text, [], system_fonts=True)
        )


def unprintable(text: str) -> str:
    """The characters of a text that neither the bundled nor the system's fonts can print, each once."""
    return "".join(sign for sign in dict.fromkeys(printable(text)) if sign.strip() and not _has_glyph(sign))


@lru_cache(maxsize=10_000)
def _has_glyph(sign: str) -> bool:
    """Whether a font has it; what GB 2312 names, the bundled ones have."""
    with suppress(UnicodeEncodeError):
        return bool(sign.encode("gb2312"))
    blocks = [{"kind": "title", "text": sign}]
    page = {"title": "-", "author": "", "date": None, "measures": _measures(), "blocks": blocks}
    with _LOCK:
        return bool(_compile(json.dumps(page), ["ua-1"], system_fonts=True))


def _compile(text: str, standards: list[str], *, system_fonts: bool = False) -> bytes:
    """The PDF; empty where the standards cannot be met for a character of the text."""
    import typst

    try:
        result = _compiler(system_fonts).compile(
            format="pdf", sys_inputs={"paper": text}, pdf_standards=standards
        )
    except typst.TypstError:
        if standards:
            return b""
        raise
    return bytes(result)


@cache
def _compiler(system_fonts: bool) -> Any:
    import pylopdf_fonts_zh_cn
    import typst

    template = str(files("gongkai.documents") / "paper.typ")
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Compiler(template, font_paths=[str(fonts)], ignore_system_fonts=not system_fonts)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list | tuple) else value


def _measures() -> dict[str, float]:
    return {
        "page_width": measures.PAGE_WIDTH_MM,
        "page_height": measures.PAGE_HEIGHT_MM,
        "top": measures.MARGIN_TOP_MM,
        "bottom": measures.MARGIN_BOTTOM_MM,
        "left": measures.MARGIN_LEFT_MM,
        "right": measures.MARGIN_RIGHT_MM,
        "title": measures.TITLE_PT,
        "body": measures.BODY_PT,
        "pitch": measures.LINE_PITCH_PT,
        "padding": measures.CELL_PADDING_PT,
        "padding_above": measures.CELL_PADDING_ABOVE_PT,
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Grid):
        return {
            "kind": "grid",
            "widths": block.widths_pt(),
            "size": block.font_size(),
            "header_rows": block.header_rows,
            "together": block.together,
            "description": block.description,
            "heights": block.heights,
            "closing_from": block.n_rows - block.closing_rows,
            "cells": [cell._asdict() for cell in block.cells],
        }
    kind = {Heading: "heading", Line: "line", Note: "note"}.get(type(block), "text")
    return {"kind": kind, **asdict(block)}
