"""Reports in which the generator once found a wrong figure."""

from random import Random

import pytest

from benchmarks.drafts import Draft, make_draft
from benchmarks.figures import Style
from benchmarks.layouts import LAYOUTS
from benchmarks.layouts.pdf import libreoffice_rendered
from benchmarks.trial import judge, varied


@pytest.mark.parametrize("seed", [1407, 1639, 2217])
def test_rows_that_drift_without_totals(seed: int) -> None:
    """Six figures between two blank cells: the row may have moved, or the total may be blank."""
    outcome = judge("tabs-drifted", seed, LAYOUTS["tabs-drifted"].render(varied(seed)))
    assert outcome.score.wrong == []


def test_blank_row_at_the_top_of_a_page() -> None:
    """A row whose cells are all blank is a row of its own, not the end of the row before the page break."""
    outcome = judge("pdf-typst", 40009, LAYOUTS["pdf-typst"].render(varied(40009)))
    assert outcome.score.wrong == []


def crowded(seed: int) -> Draft:
    """Figures too wide for their cells: they wrap, and a page may end inside a figure."""
    blanks = Random(seed).choice(("", "some", "rows", "natural_and_total"))
    return make_draft(seed, style=Style(blanks, busy=0.5, largest=60_000))


@pytest.mark.libreoffice
def test_figures_cut_by_a_page_break() -> None:
    seeds = range(30_010, 30_060, 2)
    found = {}
    for seed, file in zip(seeds, libreoffice_rendered([crowded(seed) for seed in seeds]), strict=True):
        outcome = judge("pdf-typst", seed, file)
        if outcome.score.wrong or outcome.errors:
            found[seed] = (outcome.score.wrong, outcome.errors)
    assert found == {}
