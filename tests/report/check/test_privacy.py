"""PII-LEAK: personal data, shown masked only."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel import Finding, Level
from gongkai.report.check.privacy import _CHECK, _WEIGHTS, is_identity_number, passes_luhn
from tests.report.check.builders import findings, only, report
from tests.report.check.seeds import seed


def identity(first: str) -> str:
    """17 digits with their check digit."""
    return first + _CHECK[sum(w * int(d) for w, d in zip(_WEIGHTS, first, strict=True)) % 11]


def card(first: str) -> str:
    """A card's figures with their check digit."""
    return next(first + digit for digit in "0123456789" if passes_luhn(first + digit))


IDENTITY = identity("33010219900307123")
CARD = card("622202123456789012")


def leaks(text: str, key: str = "overview") -> list[Finding]:
    return findings(report(texts={key: text}), "PII-LEAK")


def secrets_in(finding: Finding, number: str) -> bool:
    return number in repr(finding)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"身份证号{IDENTITY}。", IDENTITY[:3] + "*" * 13 + IDENTITY[-2:]),
        (f"证件{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}，", IDENTITY[:3] + "*" * 13 + IDENTITY[-2:]),
        ("户主身份证号330102551231001。", "330" + "*" * 10 + "01"),
        ("村民陈某，330102 551231 001，", "330" + "*" * 10 + "01"),
        ("证件号码编号330102551231001，", "330" + "*" * 10 + "01"),
        ("村民电话13800138000。", "138****8000"),
        ("村民，+86 138-0013-8000，", "138****8000"),
        ("村民邮编310000 13800138000", "138****8000"),
        (f"银行卡号{CARD}。", "*" * 15 + CARD[-4:]),
        (f"汇入{CARD}。", "*" * 15 + CARD[-4:]),
        ("申请人李小明向我局申请公开。", "李某某"),
        ("申请人：王五。", "王某"),
        ("原告张三诉柳溪镇人民政府一案。", "张某"),
        ("李小明诉青禾县自然资源局政府信息公开案。", "李某某"),
        ("申请人欧阳小明提出申请。", "欧阳某某"),
        ("第三人（周建国）同意公开。", "周某某"),
    ],
)
def test_pii_leak_fires_and_never_repeats_the_number(text: str, shown: str) -> None:
    (finding,) = leaks(text)
    assert finding.level is Level.ERROR
    assert finding.found == [shown]
    assert shown in finding.message
    assert not any(
        secrets_in(finding, number) for number in (IDENTITY, CARD, "13800138000", "李小明", "欧阳小明")
    )
    assert finding.place is not None


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码11330102002500123X。",
        "索引号：11330102002500123X/2024-00012。",
        "电话：0571-60000001，传真：0571—60000002。",
        "办公电话：13800138000。",
        "监督电话13800138000。",
        "手机138****8000，身份证330102********1234。",
        "金额13800138000元。",
        "编号20240101120000123。",
        "项目代码622202123456789012。",
        "数据量330102551331001，数据量990102551231001，数据量330102550000001。",
        "工商注册号330102551231001，编号330102551231001，A330102551231001。",
        "投资330102551231001元。",
        "申请人张某某、李某不服答复。",
        "申请人王先生提出申请。",
        "申请人高度评价我局工作，申请人方便获取。",
        "申请人何时提出申请，由申请人申请，于2024年答复。",
        "与申请人沟通，保障申请人权益，征求第三人意见，第三人方面，当事人马上申请。",
        "收到行政诉讼3件，接诉即办，群众投诉局办理。",
        "全年访问量13800138000次。",
        "申请人程序权利，申请人许可，原告胜诉。",
        "投诉举报人要求，举报人文化程度，上诉人任何请求。",
    ],
)
def test_pii_leak_silent_on_offices_codes_and_masked_data(text: str) -> None:
    assert leaks(text) == []


def test_pii_leak_is_information_for_a_mobile_as_the_offices_contact() -> None:
    (finding,) = leaks("如有疑问，请与党政办联系（地址：柳溪路1号，电话：13800138000）。", "head")
    assert finding.level is Level.INFO
    (finding,) = leaks("联系人：张三，电话：13800138000。", "head")
    assert finding.level is Level.ERROR


def test_pii_leak_is_one_finding_for_each_kind() -> None:
    text = f"申请人李小明、陈大文（{IDENTITY}，13800138000、13900139000）。"
    found = {finding.message[2:6]: finding.found for finding in leaks(text)}
    assert sorted(len(items) for items in found.values()) == [1, 2, 2]


@given(st.integers(0, 10**17 - 1))
def test_a_wrong_check_digit_is_no_identity_number(number: int) -> None:
    first = f"{number:017d}"
    right = identity(first)
    for digit in "0123456789X":
        assert is_identity_number(first + digit) <= (first + digit == right)


@pytest.mark.parametrize(
    "first",
    ["33010219901307123", "33010219900230123", "33010218800307123", "99010219900307123", "33010221500307123"],
)
def test_no_region_or_no_day_of_birth_is_no_identity_number(first: str) -> None:
    assert not is_identity_number(identity(first))


def test_identity_number_with_x() -> None:
    every = (identity(f"33010219900307{tail:03d}") for tail in range(1000))
    number = next(made for made in every if made.endswith("X"))
    assert is_identity_number(number)
    assert is_identity_number(number.lower())


@given(st.text("0123456789 -", min_size=8, max_size=40))
def test_figures_of_any_kind_never_show_in_full(text: str) -> None:
    shown: Any = [item for finding in leaks(f"电话{text}。") for item in finding.found]
    assert all("*" in item for item in shown)


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_pii_leak_silent_on_the_seeds(number: str) -> None:
    assert findings(seed(number), "PII-LEAK") == []


def test_pii_leak_names_the_section() -> None:
    assert only(report(texts={"others": "处理费。申请人：王五。"}), "PII-LEAK").where == "sections.others"
