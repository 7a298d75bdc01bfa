"""Register numbers and document numbers: per agency, year and series, without gap or double."""

import re
from datetime import date

from django.db import transaction

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.models import Counter, Register
from gongkai.web.common.errors import ActionRefused

CASES = "case"
_PATTERN = re.compile(r"(?:[^{}]|\{year\}|\{number(?::0[1-9]d)?\})+")


def take(agency: Agency, year: int, series: str) -> int:
    """The next number of a series, in the transaction at hand.

    The counter's row stays locked until that ends: a number whose case is rolled back is given again, so that
    no gap is left, and two at once wait for each other. Outside a transaction it raises RuntimeError.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "a number is taken in the transaction of what it numbers"
        raise RuntimeError(message)
    Counter.objects.get_or_create(agency=agency, year=year, series=series)
    counter = Counter.objects.select_for_update().get(agency=agency, year=year, series=series)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def register_no(agency: Agency, year: int, number: int) -> str:
    """The register number as the agency writes it."""
    return register_of(agency).pattern.format(year=year, number=number)


def register_of(agency: Agency) -> Register:
    """How the agency numbers; the default, unsaved, where it has not said."""
    return Register.objects.filter(agency=agency).first() or Register(agency=agency)


def refuse_bad_pattern(pattern: str) -> None:
    """Raise ``ActionRefused`` where a pattern would give the same number twice or is not understood."""
    known = _PATTERN.fullmatch(pattern)
    if not known or "{number" not in pattern or "{year}" not in pattern:
        raise ActionRefused(
            f"登记号格式“{pattern}”不能用",
            remedy="须含 {year} 和 {number}（如 {number:04d} 表示补足四位），其余文字照写",
        )


def document_no(agency: Agency, kind_mark: str, series: str, day: date) -> tuple[int, str]:
    """The next number of a kind of letter in a year, and the document number: 昆公〔2024〕第1号-答."""
    number = take(agency, day.year, series)
    mark = register_of(agency).mark or agency.short_name
    return number, f"{mark}〔{day.year}〕第{number}号-{kind_mark}"
