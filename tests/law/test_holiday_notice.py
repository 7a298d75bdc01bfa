"""The words of a holiday notice: read where they are plain, refused where they are not."""

from datetime import date

import pytest

from gongkai.law.arrangement import Arrangement, ArrangementError
from gongkai.law.calendar import shipped
from gongkai.law.holiday_notice import ReadNotice, read_notice

#: Invented: nobody has published 2027.
TEXT = """
国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
现将2027年元旦、春节等放假调休日期安排如下。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕前一日、
周五）至12日（周五）放假调休，共8天。2月14日（周日）、2月20日（星期六）上班。鼓励大家2月4日休假。
三、清明节：4月3日至5日放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日放假1天，不调休。
六、中秋节：9月15日(周三)放假，与周末连休。
七、国庆节:10月1日到7日放假调休，共7天。9月26日（周日）、10月9日（周六）照常上班。
节日期间，各单位要安排好值班工作。
国务院办公厅
2026年11月3日
"""
ISSUED = date(2026, 11, 3)


def said(text: str) -> ReadNotice:
    return read_notice(text, year=2027, notice="国办发明电〔2026〕9号", issued=ISSUED)


def test_a_whole_notice_is_read() -> None:
    found = said(TEXT)
    runs = [(one.name, one.start, one.end) for one in found.arrangement.holidays]
    assert runs[1] == ("春节", date(2027, 2, 5), date(2027, 2, 12))
    assert (runs[4], len(runs)) == (("端午节", date(2027, 6, 9), date(2027, 6, 9)), 7)
    assert found.arrangement.make_up == tuple(
        date(2027, month, day) for month, day in ((2, 14), (2, 20), (5, 8), (9, 26), (10, 9))
    )
    assert found.arrangement.source == "国务院办公厅关于2027年部分节假日安排的通知（2026年11月3日）"
    assert [one[:6] for one in found.passed_over] == ["国务院办公厅", "鼓励大家2月", "节日期间，各"]


def _words(arrangement: Arrangement) -> str:
    """An arrangement as a notice says it."""
    lines = []
    for number, one in enumerate(arrangement.holidays):
        start, end = one.start, one.end
        until = f"至{end.year}年{end.month}月{end.day}日" if end != start else ""
        worked = arrangement.make_up if number == 0 else ()
        days = "、".join(f"{day.year}年{day.month}月{day.day}日" for day in worked)
        length = (end - start).days + 1
        lines.append(
            f"{one.name}：{start.year}年{start.month}月{start.day}日{until}放假，共{length}天。"
            + (f"{days}上班。" if days else "")
        )
    return "\n".join(lines)


@pytest.mark.parametrize("one", shipped().arrangements[2:], ids=lambda one: str(one.year))
def test_the_published_years_come_out_as_they_are(one: Arrangement) -> None:
    """Of each year whose notice nobody amended; three reach into the year before."""
    read = read_notice(_words(one), year=one.year, notice=one.notice, issued=date(one.year - 1, 11, 1))
    assert (read.arrangement.holidays, read.arrangement.make_up) == (one.holidays, one.make_up)


@pytest.mark.parametrize(
    ("right", "wrong", "why"),
    [
        ("5月8日（周六）", "5月9日（周六）", "劳动节：“5月9日（周六）”：2027年5月9日是星期日"),
        ("共8天", "共7天", "春节：写的是7天，按起止日期是8天"),
        ("至12日（周五）", "至2日", "春节：从2027年2月5日到2027年2月2日：起止日期不对"),
        ("4月3日至5日", "4月3日至35日", "清明节：没有“35日”这一天"),
        ("5月8日（周六）上班", "5月8日（周六）补班", "劳动节：看不懂“5月8日（周六）补班”"),
        ("5月8日（周六）上班", "照常上班", "劳动节：看不懂“照常上班”"),
        ("6月9日放假1天", "六月九日放假", "端午节：看不懂“六月九日放假"),
        ("6月9日放假1天", "6月9日放假1天，6月12日休息", "端午节：看不懂"),
        ("6月9日放假1天，不调休", "9日放假", "端午节：没有“9日”这一天"),
        ("五、端午节：", "五、端阳节：", "劳动节：看不懂“五、端阳节：6月9日放假"),
        ("〔2026〕9号", "〔2026〕8号", "内容里的文号是国办发明电〔2026〕8号"),
        ("关于2027年", "关于2026年", "内容是2026年的安排，填写的是2027年"),
        ("2026年11月3日", "2026年11月4日", "落款日期是2026年11月4日，填写的是2026年11月3日"),
    ],
)
def test_what_is_not_plain_is_refused_with_its_place(right: str, wrong: str, why: str) -> None:
    assert TEXT.count(right) >= 1
    text = TEXT.replace(right, wrong)
    with pytest.raises(ArrangementError) as refused:
        said(text)
    assert why in str(refused.value)


@pytest.mark.parametrize("text", ["", "放假安排另行通知。", "1月1日至3日放假。"])
def test_a_text_without_holidays_is_refused(text: str) -> None:
    with pytest.raises(ArrangementError, match="没有找到各个节日的放假安排"):
        said(text)


def test_all_that_a_file_is_checked_by_holds_here_too() -> None:
    with pytest.raises(ArrangementError, match="既是放假日又是调休上班日"):
        said(TEXT.replace("10月1日到7日放假调休，共7天", "10月1日到14日放假调休，共14天"))
    with pytest.raises(ArrangementError, match="2027年5月2日是法定节假日"):
        said(TEXT.replace("5月1日（周六）至5日（周三）放假调休，共5天", "5月1日放假1天"))
