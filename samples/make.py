"""Build the sample reports and expected.json from samples/source/*.toml: ``python samples/make.py``.

The figures, facts and findings of a sample are what its source says, never what the reader found.
"""

import io
import json
import sys
import tomllib
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from benchmarks import forms, wording  # noqa: E402 - the generator's layouts render the samples, too
from benchmarks.drafts import Draft  # noqa: E402
from benchmarks.figures import Written  # noqa: E402
from benchmarks.layouts import LAYOUTS  # noqa: E402
from benchmarks.layouts.pdf import libreoffice_rendered, typeset, typst_source  # noqa: E402
from benchmarks.wording import Part  # noqa: E402
from gongkai.report import form  # noqa: E402

_KINDS = {"# ": "title", "## ": "heading", "! ": "sign", "@": "table"}
_SECTION_KEYS = ("overview", "proactive", "applications", "disputes", "problems", "others")


def parts_of(body: str) -> tuple[Part, ...]:
    """The marked-up text of a source: ``#`` title, ``##`` heading, ``@`` table, ``!`` signature."""
    parts = []
    for line in body.strip().split("\n"):
        mark = next((mark for mark in ("## ", "# ", "! ", "@") if line.startswith(mark)), "")
        parts.append(Part(_KINDS.get(mark, "text"), line.removeprefix(mark)))
    return tuple(parts)


def draft_of(source: dict[str, Any], number: int) -> Draft:
    """A source as the generator's draft."""
    paths = form.all_paths("2021", single_other=False)
    unknown = set(source["figures"]) - set(paths)
    if unknown:
        raise ValueError(f"no such figures: {sorted(unknown)}")
    empty = Written("", None) if source["blank"] else Written("0", 0)
    cells = {
        path: Written(str(source["figures"][path]), source["figures"][path])
        if path in source["figures"]
        else empty
        for path in paths
    }
    grids = forms.all_grids(Random(number), "2021", False, cells)
    draft = Draft(
        number,
        "2021",
        False,
        source["agency"],
        source["year"],
        cells,
        grids,
        parts_of(source["text"]["body"]),
    )
    labels = source.get("labels", {})
    draft = draft.relabel(lambda text: labels.get(text, text), "source")
    return draft.relabel(getattr(wording, source["change"]), source["change"]) if source["change"] else draft


def scan(draft: Draft) -> bytes:
    """The report printed on one large sheet, scanned a little askew, grey and noisy."""
    import pypdfium2
    from PIL import Image, ImageFilter

    page = 'paper: "a4", margin: 2.5cm, numbering: "— 1 —"'
    sheet = typst_source(draft).replace(page, "width: 24cm, height: auto, margin: 1.6cm")
    document = pypdfium2.PdfDocument(typeset(sheet))
    picture = document[0].render(scale=150 / 72, grayscale=True).to_pil()
    picture = picture.rotate(0.25, fillcolor=255, resample=Image.Resampling.BICUBIC)
    picture = picture.filter(ImageFilter.GaussianBlur(0.6))
    rng = Random(7)
    for _ in range(1500):
        picture.putpixel(
            (rng.randrange(picture.width), rng.randrange(picture.height)), rng.randrange(90, 200)
        )
    buffer = io.BytesIO()
    picture.quantize(8).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def nested(values: dict[str, Any]) -> dict[str, Any]:
    """Paths to the wire form's nested tables."""
    result: dict[str, Any] = {"proactive": {}, "applications": {}, "disputes": {}}
    for path, value in values.items():
        table, row, column = path.split(".")
        result[table].setdefault(row, {})[column] = value
    return result


def wire(path: str, value: int | Decimal | None) -> int | str | None:
    """A figure as JSON has it."""
    return str(value) if value is not None and path.rpartition(".")[2] in form.AMOUNT_KEYS else value


def own_json(draft: Draft) -> bytes:
    """The report in the project's own JSON."""
    texts: dict[str, list[str]] = {"head": [], **{key: [] for key in _SECTION_KEYS}}
    headings, key = {}, "head"
    coming = iter(_SECTION_KEYS)
    for part in draft.parts:
        if part.kind == "heading":
            key = next(coming)
            headings[key] = part.text
        elif part.kind in {"text", "sign"}:
            texts[key].append(part.text.removeprefix("[bookmark: _GoBack]"))
    data = {
        "schema": "gongkai.report/1",
        "agency": draft.agency,
        "year": draft.year,
        "edition": draft.edition,
        **nested({path: wire(path, written.value) for path, written in draft.cells.items()}),
        "sections": {key: "\n".join(lines) for key, lines in texts.items()},
        "facts": {},
        "reading": {
            "source": "",
            "format": "json",
            "layout": "",
            "title": "".join(part.text for part in draft.parts if part.kind == "title"),
            "period": [f"{draft.year}-01-01", f"{draft.year}-12-31"],
            "headings": headings,
        },
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def render(draft: Draft, name: str) -> bytes:
    """One file of a sample."""
    if name == "scan":
        return scan(draft)
    if name == "json":
        return own_json(draft)
    if name == "pdf-libreoffice":
        return libreoffice_rendered([draft])[0].data
    return LAYOUTS[name].render(draft).data


def expected(draft: Draft, source: dict[str, Any], file: dict[str, Any]) -> dict[str, Any]:
    """What a careful reader gets from one file."""
    values = {path: wire(path, written.value) for path, written in draft.cells.items()}
    lost = file.get("uncertain", {})
    for row in lost:
        for column in form.APPLICANTS:
            values[f"{row}.{column.key}"] = None
    promised = source["expected"]
    result = {
        "agency": draft.agency,
        "year": draft.year,
        "edition": draft.edition,
        **nested(values),
        "findings": promised["findings"],
        "silent": promised["silent"],
        "facts": {} if file["layout"] == "json" else promised["facts"],
    }
    if lost:
        candidates = [column.key for column in form.APPLICANTS]
        result["uncertain"] = {
            row: {"values": [value], "candidates": candidates} for row, value in lost.items()
        }
    if "suggested" in promised:
        result["suggested"] = promised["suggested"]
    if file["layout"] == "scan":
        result["ocr"] = True
    return result


def main() -> None:
    """Write every file and the table of expectations."""
    reports = {}
    for number, path in enumerate(sorted((HERE / "source").glob("*.toml"))):
        source = tomllib.loads(path.read_text(encoding="utf-8"))
        draft = draft_of(source, number)
        for name, file in source["files"].items():
            target = HERE / name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(render(draft, file["layout"]))
            reports[name] = expected(draft, source, file)
            print(f"{name}\t{target.stat().st_size}")
    about = "从 samples/source 生成：每个样本中认真读者应当读到的内容。null 表示空白，或位置已经丢失。"
    text = json.dumps({"about": about, "reports": reports}, ensure_ascii=False, indent=1)
    (HERE / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
