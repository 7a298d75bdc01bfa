"""The source file of a version, and pictures of its pages."""

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongkai.kernel import GongkaiError
from gongkai.web.reporting import files, selectors
from gongkai.web.reporting.views.base import actor_of


@require_GET
def source(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """The file as it was uploaded, under its name, to be saved: it is never opened on this site."""
    version = selectors.version_for(actor_of(request), pk, number)
    response = FileResponse(
        files.storage().open(version.source.path), content_type="application/octet-stream"
    )
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(version.source_name)}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_GET
def page(request: HttpRequest, pk: int, number: int, page: int) -> HttpResponse:
    """The picture of a page, from 1."""
    version = selectors.version_for(actor_of(request), pk, number)
    try:
        pictures = files.original(version.source, version.engine_version).pictures
    except GongkaiError as error:
        raise Http404 from error
    if not 1 <= page <= len(pictures):
        raise Http404
    response = HttpResponse(pictures[page - 1].png, content_type="image/png")
    response["Cache-Control"] = "private, max-age=86400"
    return response
