"""Agencies with reports in every state, as the public may and may not see them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile

from gongkai.report import api
from gongkai.report.model import Figure, Report
from gongkai.web.agencies.models import Agency, AgencyKind, Region
from gongkai.web.reporting import engine, files
from gongkai.web.reporting.models import Origin, Outcome, ReportRecord, ReportVersion
from gongkai.web.reporting.states import State

SAMPLES = Path(__file__).parents[3] / "samples"
BEIJING = ZoneInfo("Asia/Shanghai")

MakeAgency = Callable[..., Agency]
Publish = Callable[..., ReportRecord]


@cache
def sample(name: str) -> tuple[Report, bytes]:
    """A sample's report as read, and its file."""
    path = SAMPLES / name
    return api.read(path), path.read_bytes()


@pytest.fixture
def make_agency(db: None) -> MakeAgency:
    """Makes an agency in a county of Henan."""

    def make(slug: str, full_name: str, short_name: str = "", **more: object) -> Agency:
        province, _ = Region.objects.get_or_create(code="410000", defaults={"name": "河南省"})
        county, _ = Region.objects.get_or_create(code="410422", defaults={"name": "叶县", "parent": province})
        return Agency.objects.create(
            code=f"GK-{slug}",
            region=more.pop("region", county),
            kind=more.pop("kind", AgencyKind.TOWN),
            full_name=full_name,
            short_name=short_name or full_name,
            slug=slug,
            **more,
        )

    return make


def with_figures(report: Report, values: Mapping[str, int | None]) -> Report:
    """The report with other figures."""
    figures = dict(report.figures)
    for path, value in values.items():
        figures[path] = replace(Figure(value, "" if value is None else str(value)), place=figures[path].place)
    return replace(report, figures=figures)


def keep(agency: Agency, year: int, report: Report, data: bytes, name: str, **more: object) -> ReportRecord:
    """A record with one version that has been read, in the back office only."""
    source = files.store(ContentFile(data, name))
    record = ReportRecord.objects.create(agency=agency, year=year, state=State.READ)
    version = ReportVersion(
        record=record, number=1, origin=Origin.UPLOAD, outcome=Outcome.READ, source=source, source_name=name,
        uploaded_at=datetime(year + 1, 1, 5, 9, tzinfo=BEIJING), **more,
    )  # fmt: skip
    settled = replace(report, agency=agency.full_name, year=year)
    version.save()
    engine.fill(version, settled, engine.check(settled, record))
    version.save()
    record.current_version = version
    record.save()
    return record


def published(
    agency: Agency,
    year: int = 2024,
    name: str = "docx/sanjiao.docx",
    *,
    figures: Mapping[str, int | None] | None = None,
    corrections: Mapping[str, int] | None = None,
    report: Report | None = None,
) -> ReportRecord:
    """A sample as an agency's published report for a year, with other figures where given."""
    read, data = sample(name)
    shown = with_figures(report or read, figures or {})
    shown = api.correct(
        shown,
        [
            api.correction_of(shown, path, value, "与登记台账核对", date(year + 1, 1, 8))
            for path, value in (corrections or {}).items()
        ],
    )
    record = keep(agency, year, shown, data, Path(name).name)
    record.published_version = record.current_version
    record.published_at = datetime(year + 1, 1, 20, 10, 30, tzinfo=BEIJING)
    record.state = State.PUBLISHED
    record.save()
    return record


@pytest.fixture
def publish(db: None) -> Publish:
    """Publishes a sample: ``published``."""
    return published


#: Figures of an invented town over four years; the third year's received applications are blank.
INVENTED = {
    2021: {"new": 12, "carried_in": 0, "total": 11, "carried_out": 1, "granted": 8, "partial": 1},
    2022: {"new": 18, "carried_in": 1, "total": 17, "carried_out": 2, "granted": 11, "partial": 2},
    2023: {"new": None, "carried_in": 2, "total": 22, "carried_out": 0, "granted": 15, "partial": 3},
    2024: {"new": 36, "carried_in": 0, "total": 33, "carried_out": 3, "granted": 20, "partial": 5},
}
DISPUTES = {2021: (0, 0), 2022: (2, 1), 2023: (1, 1), 2024: (4, 2)}


def publish_invented(town: Agency) -> None:
    """Four years of reports of a town that does not exist."""
    for year, figures in INVENTED.items():
        reconsideration, litigation = DISPUTES[year]
        values = {f"applications.{row}.total": value for row, value in figures.items()}
        values |= {f"applications.{row}.natural_person": value for row, value in figures.items()}
        values |= {
            "disputes.reconsideration.total": reconsideration,
            "disputes.reconsideration.upheld": reconsideration,
            "disputes.direct_litigation.total": litigation,
            "disputes.direct_litigation.pending": litigation,
        }
        published(town, year, figures=values)


@pytest.fixture
def invented(make_agency: MakeAgency) -> Agency:
    """An invented town with four years of reports."""
    town = make_agency("yunxi", "云溪镇人民政府", "云溪镇", invented=True)
    publish_invented(town)
    return town


@pytest.fixture
def kunyang(make_agency: MakeAgency, publish: Publish) -> Agency:
    """A real town with its report for 2024, two figures of which were corrected."""
    town = make_agency(
        "kunyang", "昆阳镇人民政府", "昆阳镇", site_code="4104220001", icp="豫ICP备00000000号",
        phone="0375-0000000", address="昆阳镇府前街1号", office="昆阳镇党政办公室",
    )  # fmt: skip
    publish(
        town,
        2024,
        "html/kunyang.html",
        corrections={"applications.total.natural_person": 20, "applications.total.total": 20},
    )
    return town
