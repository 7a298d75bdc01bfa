"""DATE-PERIOD and DATE-LATE: the year a report tells of, and the day it was published."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.kernel import Level, Period
from tests.report.check.builders import findings, only, report, section_texts
from tests.report.check.seeds import seed


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2023, 1, 1), date(2023, 12, 31)),
        (date(2023, 1, 1), date(2024, 12, 31)),
        (date(2024, 1, 1), date(2024, 11, 30)),
        (date(2024, 3, 1), date(2024, 12, 31)),
    ],
)
def test_date_period_fires_on_another_period(start: date, end: date) -> None:
    finding = only(report(period=Period(start, end)), "DATE-PERIOD")
    assert finding.level is Level.WARNING
    assert finding.expected == ["2024-01-01", "2024-12-31"]
    assert finding.found == [start.isoformat(), end.isoformat()]


@pytest.mark.parametrize("end", [date(2024, 12, 31), date(2024, 12, 3), date(2024, 1, 31), date(2024, 12, 1)])
def test_date_period_silent_on_the_year_and_on_lost_figures(end: date) -> None:
    assert findings(report(period=Period(date(2024, 1, 1), end)), "DATE-PERIOD") == []


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("overview", "2023年，我镇主动公开政府信息80条。"),
        ("overview", "（一）主动公开\n2023 年, 我镇在门户网站公开信息69条。"),
        ("overview", "我局2023年共收到政府信息公开申请3件。"),
        ("overview", "2023年1月1日至12月31日，共受理申请3件。"),
        ("overview", "2025年，我局未收到政府信息公开申请。"),
        ("problems", "2023年，我镇认真开展政府信息公开工作，但还存在不足。"),
        ("others", "按照《办法》规定，2023年我单位未收取政府信息公开处理费。"),
        ("head", "现公布柳溪镇2023年政府信息公开工作年度报告。"),
        ("head", "数据的统计期限自2023年1月1日起至2023年12月31日止。"),
    ],
)
def test_date_period_fires_on_words_left_from_another_year(key: str, text: str) -> None:
    finding = only(report(texts={key: text}), "DATE-PERIOD")
    assert finding.where == f"sections.{key}"
    assert "2024年度" in finding.message
    assert finding.place is not None


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("overview", "2023年收到申请5件，2024年收到申请8件。"),
        ("overview", "2023年，我局在评估中获评优秀。2024年，我局继续努力公开信息。"),
        ("overview", "2023年，我局公开信息10条。2024年，我局公开信息20条。"),
        ("overview", "与2023年相比，主动公开信息增长10%。"),
        ("overview", "2019年以来，我局认真落实条例。"),
        ("overview", "2023年底，发布信息10条。"),
        ("overview", "2023年12月，我局发布公告。"),
        ("overview", "2019年修订的条例得到严格落实。"),
        ("overview", "落实《2023年公开办法》，发布2023年度报告1条。"),
        ("overview", "统计期限自20201月1日起至202012月31日止。"),
        ("overview", "统计期限自204年1月1日起至24年12月31日止。"),
        ("overview", "2023年存在的问题已全部整改。"),
        ("overview", "2025年，我局将进一步加强主动公开。"),
        ("problems", "2025年，我镇认真做好以下工作，主动公开各类信息。"),
        ("head", "本报告依据2019年修订的条例编制。"),
        ("others", "2023年度决算于2024年公开。"),
    ],
)
def test_date_period_silent_on_other_years_meant_as_such(key: str, text: str) -> None:
    assert findings(report(texts={key: text}), "DATE-PERIOD") == []


def test_date_period_gathers_all_places_in_one_finding() -> None:
    overview = section_texts("柳溪镇", 2023)["overview"] + "\n2023年，收到申请3件。"
    head = section_texts("柳溪镇", 2023)["head"]
    finding = only(
        report(texts={"overview": overview, "head": head}, period=Period.of_year(2023)), "DATE-PERIOD"
    )
    assert "统计期限为2023年1月1日至2023年12月31日" in finding.message
    assert "收到申请3件" in finding.message


def test_date_period_fires_on_a_title_of_another_year() -> None:
    given = report()
    given = replace(given, reading=replace(given.reading, title="柳溪镇2023年政府信息公开工作年度报告"))
    finding = only(given, "DATE-PERIOD")
    assert "标题写的是2023年" in finding.message


def test_date_period_silent_without_a_year() -> None:
    given = replace(report(texts={"overview": "2023年，我镇主动公开政府信息80条。"}), year=None)
    assert findings(given, "DATE-PERIOD") == []


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_date_period_silent_on_the_seeds(number: str) -> None:
    assert findings(seed(number), "DATE-PERIOD") == []


@pytest.mark.parametrize(
    ("agency", "day"),
    [
        ("青禾县教育局", date(2025, 2, 1)),
        ("青禾县人民政府办公室", date(2025, 3, 1)),
        ("青禾县人民政府", date(2025, 4, 1)),
        ("青禾县", date(2025, 4, 1)),
        (None, date(2025, 4, 1)),
        ("柳溪镇人民政府", date(2025, 2, 1)),
        ("青禾县柳溪街道办事处", date(2025, 2, 1)),
    ],
)
def test_date_late_fires_after_the_deadline(agency: str | None, day: date) -> None:
    finding = only(report(agency=agency, published_on=day), "DATE-LATE")
    assert finding.level is Level.WARNING
    assert finding.found == day.isoformat()


@pytest.mark.parametrize(
    ("agency", "day"),
    [
        ("青禾县教育局", date(2025, 1, 31)),
        ("青禾县人民政府", date(2025, 3, 31)),
        ("青禾县", date(2025, 3, 31)),
        (None, date(2025, 3, 31)),
        ("柳溪镇人民政府", date(2025, 1, 31)),
        ("青禾县教育局", None),
    ],
)
def test_date_late_silent_in_time_and_where_the_day_is_unknown(agency: str | None, day: date | None) -> None:
    assert findings(report(agency=agency, published_on=day), "DATE-LATE") == []


def test_date_late_takes_the_day_given_before_the_day_read() -> None:
    given = report(agency="青禾县教育局", published_on=date(2025, 1, 10))
    assert only(given, "DATE-LATE", published_on=date(2025, 2, 10)).found == "2025-02-10"


def test_date_late_speaks_softer_to_a_township() -> None:
    township = only(report(agency="柳溪镇人民政府", published_on=date(2025, 2, 1)), "DATE-LATE")
    assert "没有列明乡镇" in township.message


def test_date_late_silent_where_the_law_has_no_date() -> None:
    given = replace(report(published_on=date(2025, 5, 1)), year=2018)
    assert findings(given, "DATE-LATE") == []
