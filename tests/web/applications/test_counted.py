"""How the last day was counted is said beside it: from which day, how many days, what is left out."""

from datetime import date

from gongkai.web.applications import clock
from gongkai.web.applications.actions import RecordEvent
from gongkai.web.applications.models import Case
from gongkai.web.portal.applications import standing
from gongkai.web.portal.applications.standing import Standing
from tests.web.applications.playing import Office, confirmed, on
from tests.web.applications.test_portal_guidance import followed
from tests.web.reporting.people import Town

DAY = date(2024, 3, 8)


def told(case: Case, day: date) -> Standing:
    found = Case.objects.get(pk=case.pk)
    return standing.of(found, clock.account(found, day))


def test_from_the_day_after_receipt(town: Town) -> None:
    case = confirmed(town)
    assert told(case, DAY).detail == (
        "2024年3月4日确认收到申请，从次日起计算，20个工作日（条例第三十三条）。已计4个工作日。"
    )


def test_an_extension_is_said_and_not_only_its_sum(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "extension", {"延期理由": "需要检索的档案较多", "期限": "15"}, DAY)
    assert "20个工作日，延长15个，共35个工作日（条例第三十三条）" in told(case, DAY).detail
    with on(DAY):
        _, page = followed(case)
    assert "延长答复期限15个工作日" in page


def test_a_later_day_that_was_told_has_its_article(town: Town, office: Office) -> None:
    """条例 35: also when the reply has gone out, no 20 days are claimed."""
    case = confirmed(town)
    office.send(case, "reasons", {"数量频次": "一个月内提出申请四十件。", "期限": "5"}, date(2024, 3, 5))
    with on(date(2024, 3, 7)):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="reasons_given", on=date(2024, 3, 7)).run()
    office.send(case, "delay", {"无法答复的原因": "件数过多", "延至": "2024-05-10"}, DAY)
    said = "受理机关于2024年3月8日告知延迟到2024年5月10日答复（条例第三十五条）"
    assert told(case, date(2024, 3, 11)).sentence.endswith("最晚2024年5月10日答复")
    assert said in told(case, date(2024, 3, 11)).detail
    with on(DAY):
        _, page = followed(case)
    assert "告知延迟答复到2024年5月10日" in page
    office.reply(case, "provided", date(2024, 4, 10))
    assert said in told(case, date(2024, 4, 10)).detail
    assert "20个工作日" not in told(case, date(2024, 4, 10)).detail


def test_a_correction_begins_the_count_anew(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "名称", "期限": "10"}, DAY)
    assert "从次日起" not in told(case, date(2024, 3, 11)).detail, "nothing is counted meanwhile"
    with on(date(2024, 3, 12)):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="corrected", on=date(2024, 3, 12)).run()
    assert told(case, date(2024, 3, 13)).detail.startswith("2024年3月12日收到补正，从次日起重新计算，20个")


def test_a_payment_too(town: Town, office: Office) -> None:
    case = confirmed(town)
    typed = {"计收方式": "按量", "数量": "40", "缴纳方式": "到镇便民服务中心缴纳"}
    office.send(case, "fee", typed, DAY)
    with on(date(2024, 3, 12)):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="fee_paid", on=date(2024, 3, 12)).run()
    assert told(case, date(2024, 3, 13)).detail.startswith("2024年3月12日缴费完成，从次日起重新计算")


def test_how_long_others_are_asked_and_that_it_does_not_count(town: Town, office: Office) -> None:
    case = confirmed(town)
    party = office.consult(case, DAY)
    paused = told(case, date(2024, 3, 11))
    assert "最晚到2024年3月29日，结束后接着计算" in paused.detail
    assert "已计4个工作日" in paused.detail
    office.hear(party, date(2024, 3, 13), "agrees")
    assert "（条例第三十三条），征求意见的时间不计。" in told(case, date(2024, 3, 14)).detail


def test_nothing_is_said_of_days_nobody_can_count(town: Town, office: Office) -> None:
    """The holidays of the next year are published late; replies go out all the same."""
    case = confirmed(town, date(2026, 12, 15))
    office.reply(case, "provided", date(2027, 1, 6))
    with on(date(2027, 1, 6)):
        assert told(case, date(2027, 1, 6)) == Standing(
            "已于2027年1月6日答复",
            "2026年12月15日确认收到申请，从次日起计算，20个工作日（条例第三十三条）。",
            "●",
            "good",
        )


def test_what_was_let_lapse_has_its_day_and_whom_to_turn_to(town: Town, office: Office) -> None:
    case = confirmed(town)
    office.send(case, "correction", {"补正事项": "名称", "期限": "10"}, DAY)
    with on(date(2024, 4, 1)):
        _, page = followed(case)
    assert '<time datetime="2024-03-23">2024-03-23</time> 期限届满，视为放弃申请' in page
    assert "行政复议向" in page
    assert "人民法院提起" in page
