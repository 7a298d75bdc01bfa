"""The signatures on a version against its agency's signing chain: who signs next, and whether one may."""

from datetime import date

from gongkai.web.agencies.models import Matter
from gongkai.web.agencies.signing import Progress, chain_of
from gongkai.web.reporting.models import ReportVersion, Signature


def progress(version: ReportVersion, day: date) -> Progress[Signature]:
    """How far the signing of a version is."""
    signatures = version.signatures.filter(void_at=None).select_related("person").order_by("step")
    return Progress(chain_of(version.record.agency, Matter.REPORT, day), list(signatures))
