"""Register numbers and document numbers: per agency, year and series, without gap or double."""

import re
from datetime import date

from django.db import transaction

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.models import Case, Counter, Register
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.typed import breaks

CASES = "case"
_FIELD = re.compile(r"\{year\}|\{number(?::0[1-9]d)?\}")
_PATTERN = re.compile(rf"(?:[^{{}}]|{_FIELD.pattern})+")


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
    """Raise ``ActionRefused`` where a pattern would give the same number twice or is not understood.

    Each field comes once: so a number is read back in one way, and two cases never share one.
    """
    names = sorted(found.strip("{}").partition(":")[0] for found in _FIELD.findall(pattern))
    if breaks(pattern) or not _PATTERN.fullmatch(pattern) or names != ["number", "year"]:
        raise ActionRefused(
            f"登记号格式“{pattern}”不能用",
            remedy="{year} 和 {number} 须各写一次（{number:04d} 表示补足四位），其余文字照写",
        )


def refuse_colliding(agency: Agency, pattern: str) -> None:
    """Raise ``ActionRefused`` where a pattern would some day give a number that was given before.

    Numbers given stay; those to come, of any year, are those after the last taken. The counters are locked:
    what is being registered just now under the pattern of before is looked at, too.
    """
    counters = Counter.objects.select_for_update().filter(agency=agency, series=CASES)
    last = {counter.year: counter.last for counter in counters}
    readable = _reading(pattern)
    given = Case.objects.filter(agency=agency, register_no__startswith=_FIELD.split(pattern)[0])
    for number in given.order_by().values_list("register_no", flat=True).iterator(chunk_size=5000):
        found = readable.fullmatch(number)
        if found is None:
            continue
        year, count = int(found["year"]), int(found["number"])
        if count > last.get(year, 0) and pattern.format(year=year, number=count) == number:
            raise ActionRefused(
                f"登记号“{number}”已经发出；按新格式，{year}年第{count}件会是同一个号",
                place=f"登记号格式“{pattern}”",
                remedy="请在格式中加上以前没有用过的字或符号，例如机关代字",
            )


def _reading(pattern: str) -> re.Pattern[str]:
    """What reads year and number out of a register number of a pattern."""
    literals = [re.escape(text) for text in _FIELD.split(pattern)]
    groups = [
        r"(?P<year>[0-9]{4})" if found == "{year}" else r"(?P<number>[0-9]+)"
        for found in _FIELD.findall(pattern)
    ]
    return re.compile(literals[0] + "".join(map("".join, zip(groups, literals[1:], strict=True))))


def document_no(agency: Agency, kind_mark: str, series: str, day: date) -> tuple[int, str]:
    """The next number of a kind of letter in a year, and the document number: 昆公〔2024〕第1号-答."""
    number = take(agency, day.year, series)
    return number, _document_no(agency, kind_mark, number, day)


def coming_document_no(agency: Agency, kind_mark: str, series: str, day: date) -> str:
    """The document number a letter would be given now. It is not taken: another may be given it first."""
    counters = Counter.objects.filter(agency=agency, year=day.year, series=series)
    last = counters.values_list("last", flat=True).first() or 0
    return _document_no(agency, kind_mark, last + 1, day)


def _document_no(agency: Agency, kind_mark: str, number: int, day: date) -> str:
    mark = register_of(agency).mark or agency.short_name
    return f"{mark}〔{day.year}〕第{number}号-{kind_mark}"
