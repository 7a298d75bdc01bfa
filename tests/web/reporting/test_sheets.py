"""The board, saved as a table."""

import csv
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from openpyxl import load_workbook

from gongkai.web.agencies.models import Agency
from tests.web.reporting.people import Town, agency
from tests.web.reporting.test_pages import url
from tests.web.sessions import signed_in


def test_the_board_is_saved_as_a_table_of_what_is_shown(town: Town) -> None:
    record = town.read()
    client = signed_in(town.office)
    answer = client.get(url("export", "csv"), {"q": "昆阳", "first": "2023", "last": "2024"})
    assert answer["Content-Type"].startswith("text/csv")
    assert unquote(answer["Content-Disposition"]).endswith(".csv")
    text = answer.content.decode("utf-8-sig")
    head, this_year, before = list(csv.reader(text.splitlines()))
    assert head[:5] == ["机关", "机构代码", "所在区划", "年度", "状态"]
    version = record.current_version
    assert version is not None
    assert this_year[:6] == ["平阳县昆阳镇人民政府", "kunyang", "平阳县", "2024", "待核查", "1"]
    assert this_year[6:10] == [
        str(number) for number in (version.errors, version.open_errors, version.warnings, version.infos)
    ]
    assert before[3:8] == ["2023", "未上传", "", "", ""], "nothing is known, which is not 0"
    book = load_workbook(BytesIO(client.get(url("export", "xlsx"), {"last": "2024"}).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) == 1 + 3 * 3
    assert {row[0] for row in rows[1:]} == {"平阳县人民政府", "平阳县昆阳镇人民政府", "平阳县鳌江镇人民政府"}
    assert {type(row[3]) for row in rows[1:]} == {int}


def test_what_is_saved_is_limited_to_what_one_may_see_and_holds_no_formula(town: Town) -> None:
    Agency.objects.filter(pk=town.agency.pk).update(full_name="=HYPERLINK(1)")
    mine = signed_in(town.clerk).get(url("export", "csv")).content.decode()
    assert "'=HYPERLINK(1)" in mine
    assert "鳌江镇" not in mine
    book = load_workbook(BytesIO(signed_in(town.clerk).get(url("export", "xlsx")).content))
    assert book.active["A2"].data_type == "s"
    assert signed_in(town.clerk).get(url("export", "pdf")).status_code == 404


def test_the_saved_table_asks_the_database_as_often_for_many_agencies(
    town: Town, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        agency(f"平阳县示例{number}办事处", town.agency.region, f"extra{number}", above=town.county)
    client = signed_in(town.office)
    client.get(url("board"))  # the first request of a day works out the groups
    with django_assert_max_num_queries(16):
        lines = client.get(url("export", "csv"), {"first": "2024", "last": "2024"}).content.decode()
    assert len(lines.splitlines()) == 1 + 63
