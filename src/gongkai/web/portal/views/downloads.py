"""Files of a report: written from its published document, and the file it was read from."""

import mimetypes
from typing import NamedTuple

from django.core.cache import caches
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

import gongkai
from gongkai.report import api
from gongkai.web.portal import names, selectors
from gongkai.web.reporting import files
from gongkai.web.reporting.models import ReportRecord

_OFFICE = "application/vnd.openxmlformats-officedocument"
SOURCE = "source"
#: What is written on demand: ending -> (name on the page, media type).
FORMATS = {
    "docx": ("Word 文档", f"{_OFFICE}.wordprocessingml.document"),
    "pdf": ("PDF 文件", "application/pdf"),
    "xlsx": ("Excel 表格", f"{_OFFICE}.spreadsheetml.sheet"),
    "json": ("JSON 数据", "application/json"),
    "csv": ("CSV 数据", "text/csv; charset=utf-8"),
}
_KEEP = 24 * 3600


class Offer(NamedTuple):
    """A file on a report's page."""

    label: str
    suffix: str
    href: str


def offered(record: ReportRecord) -> list[Offer]:
    """The files of a report."""

    def href(fmt: str) -> str:
        return reverse("portal:download", args=(record.agency.slug, record.year, fmt))

    written = [Offer(label, fmt.upper(), href(fmt)) for fmt, (label, _) in FORMATS.items()]
    version = record.published_version
    if version is None:
        return written
    return [*written, Offer("原件", names.source_suffix(version.source_name).upper(), href(SOURCE))]


@require_safe
def download(request: HttpRequest, slug: str, year: int, fmt: str) -> HttpResponseBase:
    """One file of a published report, named as an office names it."""
    record = selectors.report(slug, year)
    if record is None or (fmt != SOURCE and fmt not in FORMATS):
        raise Http404
    etag = quote_etag(f"{record.published_version_id}-{fmt}-{gongkai.__version__}")
    unchanged = get_conditional_response(request, etag=etag)
    if isinstance(unchanged, HttpResponseNotModified):
        return unchanged
    response = _source(record) if fmt == SOURCE else _written(record, fmt)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _written(record: ReportRecord, fmt: str) -> HttpResponse:
    """The report in a format; a version never changes once it is published, so it is written once."""
    key = f"portal:{gongkai.__version__}:{record.published_version_id}:{fmt}"
    data = caches["files"].get(key)
    if data is None:
        data = api.write(selectors.document(record), fmt)
        caches["files"].set(key, data, _KEEP)
    response = HttpResponse(data, content_type=FORMATS[fmt][1])
    name = names.file_name(record, fmt)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return response


def _source(record: ReportRecord) -> FileResponse:
    """The uploaded file as it is, always to be saved, never shown: it may be a web page with scripts."""
    version = record.published_version
    if version is None:
        raise Http404
    try:
        content = files.storage().open(version.source.path)
    except FileNotFoundError as error:
        raise Http404 from error
    suffix = names.source_suffix(version.source_name)
    kind = mimetypes.types_map.get(f".{suffix}", "application/octet-stream")
    harmless = kind if suffix in {"docx", "pdf", "xlsx", "doc", "xls", "txt"} else "application/octet-stream"
    name = names.file_name(record, suffix, "原件")
    return FileResponse(content, as_attachment=True, filename=name, content_type=harmless)
