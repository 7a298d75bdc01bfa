"""Generated reports in every layout: no wrong figure anywhere, every figure in place read, no false alarm."""

from functools import cache

import pytest

from benchmarks.drafts import Draft
from benchmarks.layouts import LAYOUTS, Rendered
from benchmarks.trial import Outcome, judge, varied
from gongkai.kernel import Level
from gongkai.report import api
from gongkai.report.form import all_paths

#: Fewer where a report takes longer to make or to read.
_REPORTS = {"docx": 8, "xlsx": 6, "pdf": 6, "ofd": 8}
_TEXT_REPORTS = 16
#: Shares of the figures in place that must be read where not all of them need be.
_FLOORS = {
    "lines-plain": 0.95,
    "lines-plain-rows-apart": 0.95,
    "lines-plain-cells-apart": 0.95,
    "tabs-trailing-cut": 0.99,
    "pdftext-after": 0.96,
    "pdftext-first": 0.93,
    "pdftext-between": 0.94,
    "docx-tabbed": 0.99,
    "lines-blanks-gone": 0.95,
    "tabs-repeated-merge": 0.90,
    "tabs-all-cut": 0.99,
    "odd-one-line": 0.99,
    "odd-one-line-bars": 0.99,
    "odd-no-ordinals": 0.99,
    "odd-ocr": 0.60,
    "pdftext-before": 0.90,
    "pdftext-cut-groups": 0.95,
    "pdftext-vertical": 0.85,
}
#: Layouts whose reports have no title, or whose tables nobody can read.
_NAMELESS = {"odd-only-tables"}


def seeds(name: str) -> range:
    return range(_REPORTS.get(LAYOUTS[name].format, _TEXT_REPORTS))


@cache
def draft(seed: int) -> Draft:
    return varied(seed)


@cache
def rendered(name: str, seed: int) -> Rendered:
    return LAYOUTS[name].render(draft(seed))


@pytest.fixture(scope="module", params=LAYOUTS)
def layout(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def outcome(layout: str) -> Outcome:
    total = Outcome(layout)
    for seed in seeds(layout):
        total.add(judge(layout, seed, rendered(layout, seed)))
    return total


def test_no_figure_is_wrong(outcome: Outcome) -> None:
    assert outcome.bad == []
    assert outcome.score.wrong == []


def test_every_report_is_read(outcome: Outcome) -> None:
    assert outcome.errors == []


def test_figures_in_place_are_read(layout: str, outcome: Outcome) -> None:
    if LAYOUTS[layout].strict:
        assert outcome.score.missed == []
    else:
        assert outcome.share >= _FLOORS[layout]


def test_what_is_not_read_is_said(layout: str, outcome: Outcome) -> None:
    silent = outcome.score.counts["silent"]
    # A label that recognition garbled beyond likeness takes its row with it, unseen.
    assert silent == 0 or (layout == "odd-ocr" and silent < 50)


def test_name_year_and_edition(layout: str) -> None:
    for seed in seeds(layout):
        file = rendered(layout, seed)
        if file.unreadable:
            continue
        report = api.read_bytes(file.data)
        made = draft(seed)
        assert report.edition == made.edition
        if layout not in _NAMELESS:
            assert (report.agency, report.year) == (made.agency, made.year)
        assert set(report.figures) == set(all_paths(made.edition, made.single_other))


def test_sound_reports_raise_no_error(layout: str) -> None:
    """The figures keep the form's identities and the text states them as they are."""
    if not LAYOUTS[layout].strict or layout in {"odd-only-tables", "odd-no-headings"}:
        return
    for seed in seeds(layout):
        file = rendered(layout, seed)
        made = draft(seed)
        if file.unreadable or not made.full:
            continue
        errors = [f for f in api.check(api.read_bytes(file.data)) if f.level is Level.ERROR]
        assert errors == []
