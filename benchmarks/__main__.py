"""``python -m benchmarks``: measure all, write docs/benchmarks.md. BENCH_QUICK=1 takes fewer reports."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from benchmarks import law, material
from benchmarks.cases.__main__ import CASES
from benchmarks.cases.__main__ import measure_all as measure_cases
from benchmarks.cases.page import section as section_of_cases
from benchmarks.contenders import CONTENDERS
from benchmarks.layouts import LAYOUTS, Rendered
from benchmarks.measure import Measured, import_ms, measure
from benchmarks.page import Line, Page, write_page
from benchmarks.sections import put
from benchmarks.trial import Outcome, run
from benchmarks.truth import Score, score
from benchmarks.web.__main__ import measure_all as measure_site
from benchmarks.web.page import section
from gongkai.report.model import Figure, Mark, Report

_PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def compared(results: Sequence[object], truths: Sequence[Rendered]) -> tuple[Score, int]:
    """Scores of all files, and how many were read completely."""
    total, complete = Score(), 0
    for result, rendered in zip(results, truths, strict=True):
        if isinstance(result, Report):
            report = result
        else:
            values = result if isinstance(result, dict) else {}
            figures = {
                path: Figure(
                    values.get(path), "", Mark.NUMBER if values.get(path) is not None else Mark.BLANK
                )
                for path in {*rendered.truth, *values}
            }
            report = Report(None, None, "", figures)
        one = score(report, rendered.truth)
        complete += one.complete
        total.add(one)
    return total, complete


def measure_format(kind: str, reports: list[material.Draft], rounds: int) -> list[Line]:
    """Every contender of one format over the same files."""
    truths = material.files(kind, reports)
    files = [rendered.data for rendered in truths]
    size = sum(map(len, files)) / len(files) / 1024
    lines = []
    for name, _, role in CONTENDERS[kind]:
        measured: Measured = measure(kind, name, files, rounds)
        result = compared(measured.results, truths) if role != "floor" else None
        lines.append(Line(kind, name, role, measured, len(files), result, size))
        print(f"{kind:16} {name:20} {measured.cpu_ms:8.2f} ms {measured.peak_mb:7.0f} MB", flush=True)
    return lines


def odd_layouts(count: int) -> list[Outcome]:
    """Our reader on every layout."""
    outcomes = []
    for name in LAYOUTS:
        outcomes.append(run(name, range(20_000, 20_000 + count)))
        print(f"{name:26} {outcomes[-1].share:7.2%} wrong {len(outcomes[-1].score.wrong)}", flush=True)
    return outcomes


def main(arguments: Sequence[str]) -> int:
    """1 where a figure was read wrong or a sound report was not read at all."""
    quick = bool(os.environ.get("BENCH_QUICK"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=20 if quick else 200, help="reports a format")
    parser.add_argument("--rounds", type=int, default=2 if quick else 5)
    parser.add_argument("--layout-reports", type=int, default=8 if quick else 60, help="reports a layout")
    parser.add_argument("--formats", nargs="*", default=material.FORMATS, choices=material.FORMATS)
    parser.add_argument(
        "--date",
        default=datetime.now(timezone(timedelta(hours=8))).date().isoformat(),
        help="the day written on the page",
    )
    parser.add_argument("--output", type=Path, default=_PAGE)
    options = parser.parse_args(arguments)
    reports = material.drafts(options.reports)
    lines = [line for kind in options.formats for line in measure_format(kind, reports, options.rounds)]
    imports = {module: import_ms(module) for module in ("gongkai.report", "gongkai.report.api")}
    outcomes = odd_layouts(options.layout_reports)
    site = measure_site(many=2_000, rounds=2, seconds=0.3) if quick else measure_site()
    page = Page(options.date, options.rounds, lines, imports, outcomes, section(site))
    cases = section_of_cases(measure_cases(20_000 if quick else CASES))
    options.output.write_text(put(write_page(page) + law.section(), cases), encoding="utf-8")
    print(f"written: {options.output}")
    wrong = sum(len(outcome.score.wrong) for outcome in outcomes)
    wrong += sum(len(line.result[0].wrong) for line in lines if line.role == "ours" and line.result)
    failed = sum(len(outcome.errors) for outcome in outcomes)
    return int(wrong + failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
