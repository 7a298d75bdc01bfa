"""A database with so many published reports: ``python -m benchmarks.web.stock REPORTS``.

Twenty generated reports are read and checked by the engine; the others are copies of their versions under
other agencies and years. Agencies are invented ones, a hundred in a county, ten counties in a city, five
years of reports each.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from benchmarks.drafts import Draft, make_draft
from benchmarks.layouts import LAYOUTS

YEARS = (2020, 2021, 2022, 2023, 2024)
#: Documents that differ; all others are copies.
DOCUMENTS = 20
_COUNTY, _CITY = 100, 1000  # agencies in each
_LAYOUT = "docx-merged"
_BATCH = 2_000
_BEGIN = datetime(2025, 1, 6, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
_BUREAUX = (
    "财政局",
    "教育局",
    "民政局",
    "司法局",
    "水利局",
    "审计局",
    "统计局",
    "医疗保障局",
    "信访局",
    "应急管理局",
)


def _drafts() -> Iterator[Draft]:
    """Reports in the form of 2021 with figures in most cells, the newest form."""
    drafts = (make_draft(seed) for seed in range(50_000, 60_000))
    return islice((draft for draft in drafts if draft.edition == "2021"), DOCUMENTS)


def fill(reports: int) -> None:
    """Put agencies and published reports into an empty, migrated database."""
    from django.db import transaction

    with transaction.atomic():
        _regions(reports // len(YEARS))
        _agencies(reports // len(YEARS))
        _records(reports)
        _first_versions()
        _other_versions(reports)
        _publish()
        _cms_page()


def _regions(agencies: int) -> None:
    from gongkai.web.agencies.models import Region

    cities = [
        Region(pk=_city(number), code=f"99{number + 1:02d}00", name=f"示例{number + 1}市", parent_id=1)
        for number in range(-(-agencies // _CITY))
    ]
    counties = [
        Region(
            pk=_county(number),
            code=f"99{number // 10 + 1:02d}{number % 10 + 21}",
            name=f"示例{number + 1}县",
            parent_id=_city(number // 10),
        )
        for number in range(-(-agencies // _COUNTY))
    ]
    Region.objects.bulk_create([Region(pk=1, code="990000", name="示例省"), *cities, *counties])


def _city(number: int) -> int:
    return 10 + number


def _county(number: int) -> int:
    return 1_000 + number


def _agencies(count: int) -> None:
    """In each county its government first, which supervises the others."""
    from gongkai.web.agencies.models import Agency, AgencyKind

    rows = []
    for number in range(count):
        pk, county = number + 1, number // _COUNTY
        government = county * _COUNTY + 1
        first = pk == government
        place = number % _COUNTY
        name = "人民政府" if first else f"第{place}{_BUREAUX[place % len(_BUREAUX)]}"
        rows.append(
            Agency(
                pk=pk,
                code=f"GK-{pk}",
                region_id=_county(county),
                kind=AgencyKind.GOVERNMENT if first else AgencyKind.DEPARTMENT,
                is_government=first,
                short_name=f"示例{county + 1}县{name}",
                full_name=f"示例{county + 1}县{name}",
                slug=_slug(pk),
                supervisor_id=None if first else government,
                lineage=f"{pk}/" if first else f"{government}/{pk}/",
                invented=True,
                site_code=f"99{county + 1:08d}" if first else "",
                phone="000-00000000",
            )
        )
    Agency.objects.bulk_create(rows, batch_size=_BATCH)


def _slug(agency: int) -> str:
    return f"agency-{agency}"


def report_path(number: int) -> str:
    """The address of a report by its number, from 0."""
    return f"/agencies/{_slug(number // len(YEARS) + 1)}/reports/{YEARS[number % len(YEARS)]}/"


def _records(count: int) -> None:
    """The report of each agency for each year; in a year they were published one minute after another."""
    from gongkai.web.reporting.models import ReportRecord
    from gongkai.web.reporting.states import State

    rows = (
        ReportRecord(
            pk=number + 1,
            agency_id=number // len(YEARS) + 1,
            year=YEARS[number % len(YEARS)],
            state=State.PUBLISHED,
            published_at=_BEGIN.replace(year=YEARS[number % len(YEARS)] + 1) + timedelta(minutes=number),
        )
        for number in range(count)
    )
    while batch := list(islice(rows, _BATCH)):
        ReportRecord.objects.bulk_create(batch)


def _first_versions() -> None:
    """Versions of the first records with every distinct document, as reading makes them."""
    from django.core.files.base import ContentFile

    from gongkai.report import api
    from gongkai.web.reporting import engine, files
    from gongkai.web.reporting.models import Origin, Outcome, ReportRecord, ReportVersion

    for number, draft in enumerate(_drafts()):
        record = ReportRecord.objects.select_related("agency").get(pk=number + 1)
        rendered = LAYOUTS[_LAYOUT].render(draft)
        report = replace(api.read_bytes(rendered.data), agency=record.agency.full_name, year=record.year)
        version = ReportVersion(
            pk=record.pk,
            record=record,
            number=1,
            origin=Origin.UPLOAD,
            outcome=Outcome.READ,
            source=files.store(ContentFile(rendered.data)),
            source_name="年度报告.docx",
            uploaded_at=record.published_at,
            published_at=record.published_at,
            engine_version=engine.VERSION,
            read_at=record.published_at,
        )
        engine.fill(version, report, engine.check(report, record))
        version.save(force_insert=True)


def _other_versions(count: int) -> None:
    """Copies for all other records, made by the database."""
    from django.db import connection

    from gongkai.web.reporting.models import ReportRecord, ReportVersion

    quote = connection.ops.quote_name
    own = {"id": "r.id", "record_id": "r.id"}
    own |= dict.fromkeys(("uploaded_at", "read_at", "published_at"), "r.published_at")
    columns = [field.column for field in ReportVersion._meta.concrete_fields]
    values = ", ".join(own.get(column, f"v.{quote(column)}") for column in columns)
    names = ", ".join(map(quote, columns))
    versions, records = quote(ReportVersion._meta.db_table), quote(ReportRecord._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {versions} ({names}) SELECT {values} FROM {records} r"
            f" JOIN {versions} v ON v.id = (r.id - 1) %% {DOCUMENTS} + 1 WHERE r.id > %s AND r.id <= %s",
            [DOCUMENTS, count],
        )


def _publish() -> None:
    from django.db.models import F

    from gongkai.web.reporting.models import ReportRecord

    ReportRecord.objects.update(current_version_id=F("id"), published_version_id=F("id"))


def _cms_page() -> None:
    """A page of the CMS below its root, with nothing of ours."""
    from wagtail.models import Page, Site

    root = Site.objects.get(is_default_site=True).root_page
    root.add_child(instance=Page(title="政府信息公开年报", slug="bare"))


def main(arguments: Sequence[str]) -> int:
    """Migrate, fill, collect the static files of the public site."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    fill(int(arguments[0]))
    with connection.cursor() as cursor:  # PostgreSQL does it by itself after a while
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    others = ["wagtail*", "allauth*", "django_htmx*", "agencies*", "reporting*"]
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=others)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
