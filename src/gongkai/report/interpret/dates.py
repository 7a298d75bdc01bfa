"""Dates in words: the period of the report, its year and the day it was published.

A date whose 年, 月, 日 or figures were lost in publishing is no date here; it is never put together again.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from gongkai.kernel import Period

_WIDE = str.maketrans("０１２３４５６７８９．－～／：", "0123456789.-~/:")
_CHINESE = {
    c: d
    for d, signs in enumerate(("〇○零OＯ0", "一", "二", "三", "四", "五", "六", "七", "八", ("九")))
    for c in signs
}
_DAY = r"(\d{1,2})\s*(?:月|[./-])\s*(\d{1,2})\s*日?"
_PERIOD = re.compile(
    rf"(?<!\d)(20\d\d)\s*(?:年|[./-])\s*{_DAY}\s*(?:\(含\)|（含）|零时|0时)?\s*(?:起)?\s*(?:至|到|—+|－|-+|~"
    rf"|～|―+|–)\s*"
    rf"(?:(20\d\d)\s*(?:年|[./-])\s*|同年|当年)?{_DAY}(?!\d)"
)
_ABOUT_PERIOD = re.compile(r"统计|期限|时限|数据|时间|期间|起止|周期|范围")
_DATE = re.compile(r"(?<!\d)(20\d\d)\s*(?:年|[./-])\s*(\d{1,2})\s*(?:月|[./-])\s*(\d{1,2})(?!\d)")
_CHINESE_DATE = re.compile(
    r"([二][〇○零OＯ0][〇○零OＯ0一二三四五六七八九]{2})\s*年\s*([一二三四五六七八九十]{1,2})\s*月\s*("
    r"[一二三四五六七八九十]{1,3})\s*日"
)
#: The day of publication before the day of writing.
_PUBLISHED = (
    re.compile(r"(?:发布|公开|发表|公布)(?:日期|时间)\s*[：:】\]]?\s*(?=20\d\d)"),
    re.compile(r"(?:发文|成文|更新|生成|撰写|录入)?(?:日期|时间)\s*[：:】\]]?\s*(?=20\d\d)"),
)
_DAY_LABELS = (re.compile(r"(?:发布|公开|公布)(?:日期|时间)"), re.compile(r"(?:成文|生成|发文)(?:日期|时间)"))
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(?:年|(?=\s*(?:年度|度)))")
_CITED_NOTICE = re.compile(r"《[^》]*(?:通知|要点|办法|规定|方案)》|《[^》]*$")
_CALLED = re.compile(
    r"(?:现|公布|发布|公开|编制|形成|作出)[^。；;\n]{0,40}?(?<!\d)(20\d\d)\s*年?度?[^。；;，,\n]{0,30}?"
    r"信息公开(?:工作)?(?:20\d\d年)?(?:年度)?(?:报告|年报)"
)
_CITED = re.compile(r"《[^》]*》|〔\d{4}〕|\[\d{4}\]|（\d{4}）\d+号|[“\"][^”\"]*[”\"]")


def period_in(texts: Iterable[str]) -> Period | None:
    """The period that figures are said to cover: a whole one, near a word such as 统计期限."""
    for text in texts:
        if "月" not in text and "." not in text and "-" not in text:
            continue
        plain = text.translate(_WIDE)
        for found in _PERIOD.finditer(plain):
            if _ABOUT_PERIOD.search(plain, max(0, found.start() - 40), found.start()):
                return _period(found)
    return None


def _period(found: re.Match[str]) -> Period | None:
    first_year, first_month, first_day, year, month, day = found.groups()
    start = _date(first_year, first_month, first_day)
    end = _date(year or first_year, month, day)
    return Period(start, end) if start and end and start <= end else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def date_in(text: str) -> date | None:
    """The one date a short line consists of or ends in, in figures or in Chinese numerals."""
    plain = text.translate(_WIDE)
    found = _DATE.findall(plain)
    if found:
        return _date(*found[-1])
    chinese = _CHINESE_DATE.search(plain)
    if not chinese:
        return None
    year = "".join(str(_CHINESE[c]) for c in chinese.group(1))
    return _date(year, str(_small(chinese.group(2))), str(_small(chinese.group(3))))


def _small(numeral: str) -> int:
    """Chinese numerals up to 九十九."""
    if "十" not in numeral:
        return _CHINESE.get(numeral, 0)
    tens, units = numeral.split("十", 1)
    return 10 * (_CHINESE[tens] if tens else 1) + (_CHINESE[units] if units else 0)


def published_in(lines: Iterable[str]) -> date | None:
    """The day that a line such as 发布日期：2025-01-15 names."""
    plain = [line.translate(_WIDE) for line in lines if "期" in line or "时间" in line]
    for label in _PUBLISHED:
        for line in plain:
            found = label.search(line)
            day = _DATE.match(line, found.end()) if found else None
            if day:
                return _date(*day.groups())
    return None


def published_in_rows(rows: Iterable[Sequence[str]]) -> date | None:
    """The day in the cell behind 发布日期, 成文日期 and the like of a table of metadata."""
    pairs = [pair for row in rows for pair in pairwise(row) if len(pair[0]) < 12]
    for wanted in _DAY_LABELS:
        for label, value in pairs:
            day = date_in(value) if wanted.search(label) else None
            if day:
                return day
    return None


def iso_date(text: str) -> date | None:
    """An ISO date from a file's own metadata; None for anything else."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def year_of_title(title: str) -> int | None:
    """The year a title names, in figures or Chinese numerals."""
    plain = re.sub(r"\s", "", title).translate(_WIDE)
    found = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?!〕|\])", plain)
    if found:
        return int(found.group(1))
    chinese = re.search(r"二[〇○零OＯ0][〇○零OＯ0一二三四五六七八九]{2}", plain)
    return int("".join(str(_CHINESE[c]) for c in chinese.group())) if chinese else None


def year_called(head: str) -> int | None:
    """The year of the report the head note speaks of: 编制了2021年政府信息公开工作年度报告."""
    plain = _CITED_NOTICE.sub("", head.translate(_WIDE))
    years = {int(found.group(1)) for found in _CALLED.finditer(plain)}
    return years.pop() if len(years) == 1 else None


def year_in_text(texts: Iterable[str]) -> int | None:
    """The year the text speaks of most, outside cited titles and document numbers; None in a tie."""
    counts: dict[int, int] = {}
    for text in texts:
        if "年" not in text:
            continue
        for found in _YEAR.finditer(_CITED.sub("", text.translate(_WIDE))):
            year = int(found.group(1))
            counts[year] = counts.get(year, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
