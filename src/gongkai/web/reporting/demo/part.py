"""What this app brings to the demo of ``make run``: reports, and where to look first."""

from pathlib import Path

from django.urls import reverse

from gongkai.web.agencies import demo as agencies_demo
from gongkai.web.common.demo import Part, Say
from gongkai.web.reporting import demo


def load(samples: Path, say: Say) -> None:
    """Every report that is missing, with a line for each."""
    missing = list(demo.missing(samples, agencies_demo.load()))
    for number, one in enumerate(missing, 1):
        record = one.make()
        say(f"（{number}/{len(missing)}）{record}：{record.get_state_display()}")


def pages(address: str) -> list[str]:
    """A corrected report, and charts over the years."""
    corrected = reverse("portal:report", args=demo.CORRECTED)
    charts = reverse("portal:agency", args=(demo.OVER_THE_YEARS,))
    return [
        f"  示例年报　{address}{corrected} （表格有空白，据正文更正后发布）",
        f"  历年图表　{address}{charts} （虚构的机关，标有“虚构示例”）",
    ]


def notes() -> list[str]:
    """What is left to do in the back office."""
    return [
        "",
        "后台中留有待办（示例县）：",
        "  shili-qingshi-clerk 有错误待核查，shili-liuhe-clerk 有退回待修改，",
        "  shili-weijian-clerk 有文件待确认，shili-shuili-leader 有报告待签发，shili-office 可看全县总表",
    ]


PART = Part(load, pages, notes)
