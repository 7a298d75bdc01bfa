"""Labels by their distance to the form's wording."""

import pytest

from gongkai.report import form
from gongkai.report.interpret.tables.labels import ALL_ROWS, differs, is_group, match_column, match_row
from gongkai.report.interpret.tables.proactive_labels import (
    edition_of,
    match_proactive_column,
    match_proactive_row,
)


def test_every_label_of_the_form_matches_its_row_alone() -> None:
    for row in ALL_ROWS:
        assert match_row(row.label) == ((row.key, 1.0),)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("(一) 予以公开", "granted"),
        ("以公开", "granted"),
        ("（二）部分公开(区分处理的,只计这一情况,不计其他情况)", "partial"),
        ("部分公开", "partial"),
        ("2.其他法律行政止公开", "denied_by_law"),
        ("1、属于国家秘密", "denied_state_secret"),
        ("1属于国家秘密", "denied_state_secret"),
        ('3.危及"三安全一稳定"', "denied_safety_stability"),
        ("(七) 总 计", "total"),
        ("（七）合计", "total"),
        ("一、本年新收政府信息公开申请数", "new"),
        ("本年新收政府信息公开申请数量", "new"),
        ("三、本年度办理结果（一）予以公开", "granted"),
        ("（三）不予公开1.属于国家秘密", "denied_state_secret"),
        ("1.申请人无正当理由逾期不补正", "other_not_corrected"),
        ("3.其他", "other_other"),
        ("（六）其他处理", "other"),
    ],
)
def test_deviating_labels_still_match(text: str, key: str) -> None:
    assert match_row(text)[0][0] == key


@pytest.mark.parametrize(
    "text", ["（三）不予公开", "（四）无法提供", "三、本年度办理结果", "申请人情况", "平台建设", ""]
)
def test_group_labels_and_strangers_label_no_row(text: str) -> None:
    assert match_row(text) == ()


def test_group_labels_are_known() -> None:
    assert is_group("（五） 不予处理")
    assert is_group("三、本年度办理结果")
    assert not is_group("（一）予以公开")


@pytest.mark.parametrize(
    ("text", "key"), [("商业\n企业", "business"), ("总 计", "total"), ("社会公益组级", "public_welfare")]
)
def test_columns(text: str, key: str) -> None:
    assert match_column(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("本年度止件数", "repealed"),
        ("年废止件数", "repealed"),
        ("本年(2023)制发件数", "issued"),
        ("本年收费金额(单位:万元)", "amount_10k_yuan"),
    ],
)
def test_columns_of_table_2(text: str, key: str) -> None:
    assert match_proactive_column(text, "2021") == key


@pytest.mark.parametrize(
    ("text", "key"), [("政许可", "licences"), ("规范性文件", "normative_documents"), ("规章", "regulations")]
)
def test_rows_of_table_2(text: str, key: str) -> None:
    assert match_proactive_row(text, "2021") == key


def test_the_edition_shows_in_the_columns() -> None:
    for edition in form.EDITIONS.values():
        labels = [column.label for block in edition.proactive for column in block.columns]
        assert edition_of(labels) == edition.code
    assert edition_of(["信息内容", "本年处理决定数量"]) is None


@pytest.mark.parametrize("found", ["(一) 予以公开", "（一）予以公开（含主动公开）", "1.予以公开"])
def test_spaces_brackets_ordinals_and_remarks_are_no_deviation(found: str) -> None:
    assert not differs(found, "（一）予以公开")


def test_a_wrong_character_is_a_deviation() -> None:
    assert differs("本年度止件数", "本年废止件数")
