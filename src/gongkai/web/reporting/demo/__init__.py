"""The reports of the demo, brought along by the actions and signed by the demo's people.

The five real agencies' reports of 2024 are read from ``samples/``, checked, put right with a reason and
published. The agencies of a county that does not exist have reports over five years, and something is left
for whoever looks at the back office. A report that is there already is left alone.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from gongkai.web.agencies.models import Agency
from gongkai.web.reporting.demo import county, steps
from gongkai.web.reporting.demo.samples import SAMPLES, YEAR, Sample
from gongkai.web.reporting.models import ReportRecord

#: Shown as the example of a report with corrections, and of figures over the years.
CORRECTED: Final = ("kunyang", YEAR)
OVER_THE_YEARS: Final = "shili-jiaoyu"


class Missing(NamedTuple):
    """A report that is not there yet, and how to make it."""

    agency: Agency
    year: int
    make: Callable[[], ReportRecord]


def missing(samples: Path, agencies: Mapping[str, Agency]) -> Iterator[Missing]:
    """The reports still to come. The invented first: on the home page the last published stand on top."""
    for slug, year in county.slugs_and_years():
        if not steps.exists(agencies[slug], year):
            yield Missing(agencies[slug], year, partial(_invented, slug, agencies[slug], year))
    for sample in SAMPLES:
        agency = agencies[sample.slug]
        if not steps.exists(agency, YEAR):
            yield Missing(agency, YEAR, partial(_sample, samples, sample, agency))


def load(samples: Path, agencies: Mapping[str, Agency]) -> list[ReportRecord]:
    """Bring along every report that is missing, and give these."""
    return [one.make() for one in list(missing(samples, agencies))]


def _invented(slug: str, agency: Agency, year: int) -> ReportRecord:
    one = county.compose(slug, year)
    return steps.bring(agency, year, one.name, one.content, stage=one.stage, reason=one.return_reason)


def _sample(samples: Path, sample: Sample, agency: Agency) -> ReportRecord:
    path = samples / sample.file
    return steps.bring(
        agency, YEAR, path.name, path.read_bytes(), corrections=sample.corrections, reason=sample.reason
    )
