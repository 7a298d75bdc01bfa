"""TEXT-SHARES and TEXT-SUM: lists in the text that should be whole."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.report.model import Fact
from tests.report.check.builders import findings, only, report
from tests.report.check.test_text_applications import with_text


def shares(values: Mapping[str, Any], **more: Any) -> Fact:
    return Fact("shares", values, "占比", section="overview", **more)


@pytest.mark.parametrize(
    "text",
    [
        "公开政务信息70条，其中工作信息类占59%，民生事项类占21%，政策文件类占22%。",
        "公开政务信息70条，其中工作信息类占50%，民生事项类占21%，其他占20%。",
        "公开政务信息100条，其中工作动态40条，占45%；通知公告60条，占55%。",
    ],
)
def test_shares_fire(text: str) -> None:
    finding = only(with_text(text), "TEXT-SHARES")
    assert finding.where == "sections.overview"


@pytest.mark.parametrize(
    "text",
    [
        "更新主动公开政务信息70条,其中工作信息类占59%,其次是民生事项类21%,再次是政策文件类20%",
        "公开政务信息70条，其中工作信息类占33.3%，民生事项类占33.3%，政策文件类占33.3%。",
        "公开政务信息70条，其中工作信息类占50%，民生事项类占21%。",
        "公开政务信息3条，其中工作动态1条，占33%；通知公告2条，占66%。",
        "公开政务信息3条，其中工作动态1条，占33%；通知公告2条，占67%。",
        "公开政务信息70条，同比增长12%，答复率100%。",
    ],
)
def test_shares_silent(text: str) -> None:
    assert not findings(with_text(text), "TEXT-SHARES")


@given(st.lists(st.integers(1, 500), min_size=2, max_size=9), st.integers(0, 2))
def test_rounded_shares_never_fire(counts: list[int], places: int) -> None:
    total = sum(counts)
    unit = Decimal(1).scaleb(-places)
    values: dict[str, Any] = {}
    for index, count in enumerate(counts):
        share = (Decimal(count) * 100 / total).quantize(unit)
        values[f"第{index}类"] = int(share) if places == 0 else share
    kinds = Fact(
        "published_by_kind",
        {f"第{i}类": c for i, c in enumerate(counts)},
        "其中",
        section=("overview"),
        of=total,
    )
    given_report = report(facts=[shares(values), kinds])
    assert not findings(given_report, "TEXT-SHARES")
    assert not findings(given_report, "TEXT-SUM")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("主动公开政府信息100条，其中工作动态60条，通知公告30条，其他5条。", 95),
        ("主动公开政府信息100条，其中工作动态60条，通知公告50条。", 110),
        ("主动公开政府信息1000条，其中工作动态600条，通知公告395条。", 995),
    ],
)
def test_sums_fire(text: str, found: int) -> None:
    finding = only(with_text(text), "TEXT-SUM")
    assert finding.found == found


@pytest.mark.parametrize(
    "text",
    [
        "主动公开政府信息100条，其中工作动态60条，通知公告30条。",
        "主动公开政府信息100条，其中工作动态60条，通知公告40条。",
        "主动公开政府信息100余条，其中工作动态60条，其他30条。",
        "主动公开政府信息100条，其中工作动态60条，通知公告40条，图文90条。",
        "公开政府工作动态54条，政策文件4条，公示公告17条，其他9条。",
        "收到政府信息公开申请10件，其中予以公开6件，部分公开4件。",
    ],
)
def test_sums_silent(text: str) -> None:
    assert not findings(with_text(text), "TEXT-SUM")
