"""A draft: everything a layout needs to render one report, made from one seed."""

from dataclasses import dataclass, replace
from random import Random

from benchmarks import forms, wording
from benchmarks.figures import Style, Written, random_cells, random_style
from benchmarks.forms import Grid
from benchmarks.truth import TruthTable, truth_of
from benchmarks.wording import Change, Part


@dataclass(frozen=True)
class Draft:
    """One report before it is laid out. ``labels`` says which kind of label changes were made."""

    seed: int
    edition: str
    single_other: bool
    agency: str
    year: int
    cells: dict[str, Written]
    grids: dict[str, Grid]
    parts: tuple[Part, ...]
    labels: str = ""

    def rng(self) -> Random:
        """A generator of random numbers for the layout, the same for the same draft."""
        return Random(self.seed * 7919 + 13)

    def truth(self) -> TruthTable:
        """Every cell in its place."""
        return truth_of(self.cells)

    def relabel(self, change: Change, name: str) -> "Draft":
        """The same report with other labels."""
        grids = {key: grid.relabel(change) for key, grid in self.grids.items()}
        return replace(self, grids=grids, labels=name)

    @property
    def full(self) -> bool:
        """No cell is blank."""
        return all(written.text for written in self.cells.values())


def make_draft(
    seed: int, *, blanks: bool | None = None, remarks: bool = False, style: Style | None = None
) -> Draft:
    """A report of either edition, the 2021 form also with the single 其他处理 row.

    ``blanks`` is decided by the seed where it is None: every second report has blank cells.
    """
    rng = Random(seed)
    edition = "2019" if rng.random() < 0.3 else "2021"
    single = edition == "2019" or rng.random() < 0.2
    year = rng.choice((2019, 2020)) if edition == "2019" else rng.choice((2021, 2022, 2023, 2024, 2025))
    agency = rng.choice(wording.AGENCIES)
    if style is None:
        style = random_style(rng, blanks=seed % 2 == 1 if blanks is None else blanks, remarks=remarks)
    cells = random_cells(rng, edition, single, style)
    total = cells["applications.new.total"].value
    stated = int(total) if total is not None and rng.random() < 0.5 else None
    return Draft(
        seed,
        edition,
        single,
        agency,
        year,
        cells,
        forms.all_grids(rng, edition, single, cells),
        wording.parts(rng, agency, year, stated),
    )
