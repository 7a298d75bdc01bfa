"""Words, years, places and numbers of a Chinese text."""

import pytest

from gongkai.web.common import wording


def test_pairs_between_words_that_say_little() -> None:
    found = wording.words("关于2024年高标准农田建设项目的资料")
    assert found.telling == {"高标", "标准", "准农", "农田"}
    assert found.common == {"建设", "项目"}


def test_the_agencys_own_names_tell_nothing() -> None:
    assert wording.words("青石镇敬老院", ["青石镇"]).telling == {"敬老", "老院"}
    assert "青石" in wording.words("青石镇敬老院").telling


def test_letters_and_figures_stay_whole() -> None:
    assert "pm2" in wording.words("ＰＭ２ 监测").telling


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年工作总结", {2024}),
        ("2024年度工作总结", {2024}),
        ("二〇二四年工作总结", {2024}),
        ("二○二三年度", {2023}),
        ("２０２２年", {2022}),
        ("2021-2023年扶持资金", {2021, 2022, 2023}),
        ("2021年至2023年扶持资金", {2021, 2022, 2023}),
        ("2021年、2023年扶持资金", {2021, 2023}),
        ("青政〔2024〕6号", set()),
        ("电话13800002024", set()),
        ("1900-2099年", {2099}),
        ("", set()),
    ],
)
def test_years(text: str, years: set[int]) -> None:
    assert wording.years(text) == years


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("石桥村宅基地", {"石桥村"}),
        ("石桥村和白马社区的道路", {"石桥村", "白马社区"}),
        ("农村宅基地", set()),
        ("各村道路", set()),
        ("乡村振兴", set()),
    ],
)
def test_places(text: str, places: set[str]) -> None:
    assert wording.places(text) == places


@pytest.mark.parametrize(
    "written",
    ["青政〔2024〕6号", "青政[2024]6号", "青政（2024）第6号", "青政【２０２４】 06 号", "青政 (2024) 6号"],
)
def test_a_document_number_however_it_is_written(written: str) -> None:
    assert wording.number_key(written) == "青政〔2024〕6号"
    assert "青政〔2024〕6号" in wording.number_keys(f"关于印发{written}文件的附件")


def test_a_number_of_another_shape_is_kept_as_it_is() -> None:
    assert wording.number_key("2024年第3号公告") == "2024年第3号公告"
    assert wording.number_keys("2024年第3号公告") == []


def test_index_numbers() -> None:
    assert wording.index_key(" 000014349／2024-00110 ") == "000014349/2024-00110"
    assert wording.index_keys("索引号为000014349/2024-00110。") == ["000014349/2024-00110"]


@pytest.mark.parametrize("text", ["", "（）〔〕", "年" * 3000, "2024" * 800, "村" * 3000, "〔2024〕号" * 500])
def test_whatever_is_typed_is_read(text: str) -> None:
    wording.words(text)
    wording.years(text)
    wording.places(text)
    wording.number_keys(text)
    wording.index_keys(text)
    wording.unspecific(text)
