"""What is offered for what is asked, and what is not: a wrong offer costs a citizen time."""

from datetime import date

import pytest

from gongkai.web.common.published import Wanted
from gongkai.web.publishing.matching import Match, Published, Request, match

NAMES = ["示例县青石镇人民政府", "青石镇", "示例县"]


def compared(
    subject: str, title: str, *, details: str = "", summary: str = "", on: date = date(2024, 5, 1)
) -> Match | None:
    return match(Request.of(Wanted(subject, details), NAMES), Published(title, summary, on))


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("2024年高标准农田建设项目", "青石镇2024年高标准农田建设项目实施方案"),
        ("二〇二四年高标准农田项目的全部资料", "青石镇2024年高标准农田建设项目实施方案"),
        ("2024年高标准农田建设项目招标文件和验收报告", "关于2024年高标准农田建设项目竣工验收的公示"),
        ("2024年政府工作报告", "青石镇2024年政府工作报告"),
        ("本人宅基地审批材料", "青石镇2023年农村宅基地审批结果公示"),
        ("财政决算", "青石镇2023年财政决算"),
        (
            "本人因承包地被征收，想了解贵机关关于2024年度第三批次土地征收补偿安置方案的批准文件及补偿款发放明细",
            "2024年度第三批次土地征收补偿安置方案公告",
        ),
        ("石桥村宅基地审批结果", "青石镇石桥村农村宅基地审批结果公示"),
        ("石桥村宅基地审批结果", "青石镇农村宅基地审批结果公示"),
    ],
)
def test_offered(subject: str, title: str) -> None:
    found = compared(subject, title)
    assert found is not None
    assert 0 < found.score < 1


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("2024年高标准农田建设项目", "青石镇2023年高标准农田建设项目实施方案"),
        ("2024年高标准农田建设项目", "青石镇2024年道路建设项目实施方案"),
        ("2025年道路改造工程中标结果", "青石镇敬老院改造工程中标结果公示"),
        ("王某与李某土地纠纷处理决定", "青石镇土地利用总体规划"),
        ("某地块出让合同", "青石镇土地利用总体规划"),
        ("水库移民台账", "大中型水库移民后期扶持资金发放公示"),
        ("招商引资协议", "青石镇招商引资优惠政策"),
        ("石桥村宅基地审批结果", "青石镇小岭村宅基地审批结果公示"),
        ("工作方案", "青石镇2025年森林防火实施意见"),
        ("青石镇人民政府文件", "青石镇2025年森林防火工作方案"),
        ("的", "青石镇2025年森林防火工作方案"),
        ("", "青石镇2025年森林防火工作方案"),
    ],
)
def test_not_offered(subject: str, title: str) -> None:
    assert compared(subject, title) is None


def test_a_title_without_a_year_answers_for_the_year_it_was_made_and_the_one_before() -> None:
    title = "困难群众救助资金发放公示"
    for year, offered in ((2023, False), (2024, True), (2025, True), (2026, False)):
        found = compared(f"{year}年困难群众救助资金发放", title, on=date(2025, 1, 20))
        assert (found is not None) == offered, year


def test_the_year_may_stand_in_the_details() -> None:
    title = "青石镇2023年财政决算"
    assert compared("财政决算", title, details="2024年度的") is None
    assert compared("财政决算", title, details="2023年度的") is not None


def test_the_kind_of_paper_and_the_year_make_it_better() -> None:
    results = compared(
        "2025年道路改造工程中标结果公告", "2025年道路改造工程中标结果公告", on=date(2025, 6, 1)
    )
    plan = compared("2025年道路改造工程中标结果公告", "道路改造工程中标意见", on=date(2025, 6, 1))
    assert results is not None
    assert plan is not None
    assert results.score > plan.score


def test_the_reader_is_told_what_matched() -> None:
    found = compared("2024年高标准农田建设项目", "青石镇2024年高标准农田建设项目实施方案")
    assert found is not None
    assert found.why == "名称中有“2024年”、“高标准农田”"


def test_a_summary_helps_a_title_and_does_not_stand_for_it() -> None:
    title = "青石镇2024年农田水利建设项目清单"
    assert compared("2024年高标准农田", title) is None
    assert compared("高标准农田", "青石镇公告", summary="高标准农田") is None
    assert compared("农田水利建设的资金来源", "农田水利建设项目", summary="资金来源和工期") is not None
