"""A catalogue from a file: what is read of it, and each fault with its row and column."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.sheets import write_csv, write_xlsx
from gongkai.web.publishing import catalogue_file
from gongkai.web.publishing.actions import ImportItems, WithdrawItem
from gongkai.web.publishing.catalogue_file import Verdict
from gongkai.web.publishing.models import Item, ItemWord
from tests.web.publishing.conftest import SYSTEM, Enter
from tests.web.reporting.people import Town

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 1)
HEAD = "索引号,名称,文号,内容概述,生成日期,发布日期,网址"
GOOD = "99/2024-1,森林防火方案,昆政〔2024〕1号,概述,2024-03-05,2024-03-08,https://a.example/1"


def rows(*lines: str, encoding: str = "utf-8") -> list[catalogue_file.Row]:
    return catalogue_file.read("\n".join(lines).encode(encoding))


def faults(town: Town, *lines: str) -> list[str]:
    compared = catalogue_file.compare(town.agency, rows(HEAD, *lines), TODAY)
    return [fault for one in compared for fault in one.faults]


def workbook(lines: Sequence[Sequence[object]]) -> bytes:
    made = Workbook()
    for line in lines:
        made.active.append(list(line))
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_of_any_office(town: Town, encoding: str) -> None:
    (one,) = catalogue_file.compare(town.agency, rows(HEAD, GOOD, encoding=encoding), TODAY)
    assert one.verdict is Verdict.NEW
    assert one.entry.title == "森林防火方案"
    assert one.entry.made_on == date(2024, 3, 5)
    assert one.line == 2


def test_a_workbook_with_its_own_words_and_a_title_above(town: Town) -> None:
    content = workbook(
        [
            ["昆阳镇政府信息公开目录"],
            ["序号", "信息索引号", "标题", "成文日期", "公开时间", "链接"],
            [1, "99/2024-1", "森林防火方案", date(2024, 3, 5), "2024年3月8日", "https://a.example/1"],
            [None] * 6,
            [2, "99/2024-2", "道路改造方案", "2024/3/6", None, "https://a.example/2"],
        ]
    )
    compared = catalogue_file.compare(town.agency, catalogue_file.read(content), TODAY)
    assert [one.verdict for one in compared] == [Verdict.NEW, Verdict.NEW]
    assert [one.line for one in compared] == [3, 5]
    assert [one.entry.made_on for one in compared] == [date(2024, 3, 5), date(2024, 3, 6)]
    assert compared[0].entry.published_on == date(2024, 3, 8)


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_our_own_template_can_be_read(town: Town, write: object) -> None:
    compared = catalogue_file.compare(
        town.agency,
        catalogue_file.read(write(catalogue_file.template())),
        TODAY,  # type: ignore[operator]
    )
    assert [one.faults for one in compared] == [()]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",森林防火方案,,,2024-03-05,,https://a.example/1", "第2行A列（索引号）：没有填写"),
        ("99/1,,,,2024-03-05,,https://a.example/1", "第2行B列（名称）：没有填写"),
        ("99/1,方案,,,,,https://a.example/1", "第2行E列（生成日期）：没有填写"),
        ("99/1,方案,,,2024-13-05,,https://a.example/1", "第2行E列（生成日期）：“2024-13-05”不是日期"),
        ("99/1,方案,,,去年,,https://a.example/1", "第2行E列（生成日期）：“去年”不是日期"),
        ("99/1,方案,,,2026-01-05,,https://a.example/1", "第2行E列（生成日期）：2026-01-05不在"),
        ("99/1,方案,,,2024-03-05,2024-03-04,https://a.example/1", "第2行F列（发布日期）：早于生成日期"),
        ("99/1,方案,,,2024-03-05,,javascript:alert(1)", "第2行G列（网址）：应以 http:// 或 https:// 开头"),
        ("99/1,方案,,,2024-03-05,,https://", "第2行G列（网址）：不是有效的网址"),
        ("99/1,方案,,,2024-03-05,,https://[1", "第2行G列（网址）：不是有效的网址"),
        ("99/1,方案,,,2024-03-05,,", "第2行G列（网址）：网址和查阅方式至少填写一项"),
        (f"{'9' * 61},方案,,,2024-03-05,,https://a.example/1", "第2行A列（索引号）：有61字，最多60字"),
    ],
)
def test_each_fault_has_its_place(town: Town, line: str, said: str) -> None:
    found = faults(town, line)
    assert len(found) == 1, found
    assert found[0].startswith(said)


def test_an_index_number_twice_in_the_file_is_taken_from_neither(town: Town) -> None:
    found = faults(town, GOOD, GOOD.replace("森林防火", "道路改造"))
    assert found == [
        "第2行A列（索引号）：“99/2024-1”在文件中出现了2次",
        "第3行A列（索引号）：“99/2024-1”在文件中出现了2次",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "缺少“索引号”、“名称”、“生成日期”"),
        ("名称,生成日期\n方案,2024-03-05".encode(), "缺少“索引号”"),
        (HEAD.encode(), "只有表头"),
        (f"{HEAD},标题\n{GOOD},x".encode(), "表头有两列“名称”"),
        (b"PK\x03\x04 no workbook at all", "不完整或已损坏"),
        (b"\xff\xfe\x00\x01\x00", "不是 CSV 或 XLSX"),
        (f'{HEAD}\n"99/1,方案'.encode(), "引号没有配对"),
    ],
)
def test_what_is_no_catalogue_is_refused_with_a_remedy(content: bytes, said: str) -> None:
    with pytest.raises(ActionRefused) as refused:
        catalogue_file.read(content)
    assert said in refused.value.message
    assert refused.value.remedy


def test_a_file_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_file, "MOST", 2)
    with pytest.raises(ActionRefused, match="文件有3行，一次最多2行"):
        rows(HEAD, GOOD, GOOD, GOOD)


def test_again_by_index_number(town: Town, enter: Enter) -> None:
    changed = GOOD.replace("森林防火方案", "森林防火工作方案").replace("99/2024-1", "99／2024-1")
    more = GOOD.replace("99/2024-1", "99/2024-2")
    first = ImportItems(town.as_clerk, agency=town.agency, rows=rows(HEAD, GOOD)).run()
    assert first == (1, 0)
    item = Item.objects.get(index_key="99/2024-1")
    again = rows(HEAD, changed, more, ",没有索引号,,,2024-03-05,,https://a.example/1")
    assert ImportItems(town.as_clerk, agency=town.agency, rows=again).run() == (1, 1)
    item.refresh_from_db()
    assert (item.title, item.revision) == ("森林防火工作方案", 1)
    assert Item.objects.count() == 2
    assert set(ItemWord.objects.values_list("item_id", flat=True)) == set(
        Item.objects.values_list("pk", flat=True)
    )
    compared = catalogue_file.compare(town.agency, rows(HEAD, changed), TODAY)
    assert [one.verdict for one in compared] == [Verdict.SAME]
    with pytest.raises(ActionRefused, match="没有可以新增或更新的目录"):
        ImportItems(town.as_clerk, agency=town.agency, rows=rows(HEAD, changed)).run()


def test_a_column_the_file_has_not_got_changes_nothing(town: Town) -> None:
    ImportItems(SYSTEM, agency=town.agency, rows=rows(HEAD, GOOD)).run()
    shorter = rows("索引号,名称,生成日期", "99/2024-1,新的名称,2024-03-05")
    ImportItems(SYSTEM, agency=town.agency, rows=shorter).run()
    item = Item.objects.get()
    assert (item.title, item.number, item.url) == ("新的名称", "昆政〔2024〕1号", "https://a.example/1")


def test_what_was_withdrawn_does_not_come_back_with_a_file(town: Town) -> None:
    ImportItems(SYSTEM, agency=town.agency, rows=rows(HEAD, GOOD)).run()
    WithdrawItem(town.as_clerk, item_id=Item.objects.get().pk, reason="有误").run()
    assert "撤下，请先在目录中恢复公开" in faults(town, GOOD)[0]


def test_the_same_number_of_a_neighbour_is_another(town: Town) -> None:
    ImportItems(SYSTEM, agency=town.agency, rows=rows(HEAD, GOOD)).run()
    assert ImportItems(SYSTEM, agency=town.neighbour, rows=rows(HEAD, GOOD)).run() == (1, 0)


def test_an_address_in_capitals_is_the_same_address(town: Town) -> None:
    given = rows(HEAD, GOOD.replace("https://a.example/1", "HTTPS://a.example/A"))
    assert [one.verdict for one in catalogue_file.compare(town.agency, given, TODAY)] == [Verdict.NEW]
    assert ImportItems(SYSTEM, agency=town.agency, rows=given).run() == (1, 0)
    assert Item.objects.get().url == "https://a.example/A"
    compared = catalogue_file.compare(town.agency, given, TODAY)
    assert [one.verdict for one in compared] == [Verdict.SAME]
