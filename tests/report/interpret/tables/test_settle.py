"""What sums and text settle, and what they leave open."""

from collections.abc import Sequence

from gongkai.report.interpret.tables import read_tables
from gongkai.report.interpret.tables.settle import settle
from gongkai.report.model import Fact, Figure, Uncertain
from tests.report.interpret.tables.support import document, figures, full_grid, loose


def read(facts: Sequence[Fact], **rows: str) -> tuple[dict[str, Figure], dict[str, Uncertain]]:
    """Blank cells moved to the end of every row."""
    texts = figures(**dict.fromkeys(figures(), "_ _ _ _ _ _ _") | rows)
    moved = [[cell for cell in cells if cell] for cells in full_grid(texts)]
    table = loose([[*cells, *[""] * (10 - len(cells))] for cells in moved])
    return settle(read_tables(document(table)), facts)


RECEIVED = Fact("applications_received", 21, "受理21件")
PERSONS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other")


def test_the_total_the_text_states_is_read_and_the_column_stays_open() -> None:
    found, uncertain = read([RECEIVED], new="21 _ _ _ _ _ 21", granted="_ 20 _ _ _ _ 20")
    assert found["applications.new.total"].value == 21
    assert found["applications.granted.total"].value == 20
    assert uncertain["applications.new"].values == (21,)
    assert uncertain["applications.new"].candidates == PERSONS
    assert {found[f"applications.new.{key}"].value for key in PERSONS} == {None}


def test_without_the_text_nothing_says_that_the_last_figure_is_the_total() -> None:
    found, uncertain = read([], new="21 _ _ _ _ _ 21", granted="20 _ _ _ _ _ 20")
    assert found["applications.new.total"].value is None
    assert len(uncertain["applications.granted"].candidates) == 7


def test_figures_that_do_not_add_up_are_no_total() -> None:
    found, _ = read([RECEIVED], new="15 6 _ _ _ _ _")
    assert found["applications.new.total"].value is None


def test_a_part_of_the_applications_says_nothing_of_the_total() -> None:
    partial = Fact("applications_received", 21, "区府办受理21件", whole=False)
    found, _ = read([partial], new="21 _ _ _ _ _ 21")
    assert found["applications.new.total"].value is None


def test_zeros_and_single_figures_stay_open() -> None:
    found, uncertain = read(
        [RECEIVED], new="21 _ _ _ _ _ 21", granted="0 _ _ _ _ _ 0", partial="_ _ _ _ _ _ 3"
    )
    assert found["applications.granted.total"].value is None
    assert found["applications.partial.total"].value is None
    assert uncertain["applications.granted"].values == (0, 0)


def test_a_row_that_could_be_the_double_stays_open() -> None:
    found, _ = read([RECEIVED], new="21 _ _ _ _ _ 21", granted="5 _ _ _ _ _ 5")
    assert found["applications.granted.total"].value is None


def test_without_the_row_of_those_received_the_balance_settles_nothing() -> None:
    texts = figures(**dict.fromkeys(figures(), "_ _ _ _ _ _ _") | {"granted": "20 _ _ _ _ _ 20"})
    without = [cells for cells in full_grid(texts) if "本年新收" not in "".join(cells)]
    moved = [[cell for cell in cells if cell] for cells in without]
    table = loose([[*cells, *[""] * (10 - len(cells))] for cells in moved])
    found, uncertain = settle(read_tables(document(table)), [])
    assert "applications.new.total" not in found
    assert len(uncertain["applications.granted"].candidates) == 7
