import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gongkai.report.model import Report
from tests.cli.conftest import Command

Save = Callable[[Report, str], Path]


def rules_found(stdout: str) -> set[str]:
    return {finding["rule"] for finding in json.loads(stdout)["findings"]}


def test_errors_make_the_exit_code_1(gongkai: Command, faulty: Report, save: Save) -> None:
    done = gongkai("check", save(faulty, "错.json"), "--json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert data["schema"] == "gongkai.findings/1"
    assert (data["agency"], data["year"]) == ("青石镇人民政府", 2024)
    balance = [finding for finding in data["findings"] if finding["rule"] == "T3-BALANCE"]
    assert [finding["level"] for finding in balance] == ["error"]
    assert balance[0]["law"]


def test_no_error_is_exit_code_0(gongkai: Command, report: Report, save: Save) -> None:
    done = gongkai("check", save(report, "对.json"), "--json")
    assert [f for f in json.loads(done.stdout)["findings"] if f["level"] == "error"] == []
    assert done.returncode == 0


def test_the_highest_code_counts(gongkai: Command, report: Report, faulty: Report, save: Save) -> None:
    good, bad = save(report, "对.json"), save(faulty, "错.json")
    assert gongkai("check", good, bad).returncode == 1
    assert gongkai("check", bad, good, "没有.txt").returncode == 2


def test_people_see_level_rule_place_and_law(gongkai: Command, faulty: Report, save: Save) -> None:
    shown = gongkai("check", save(faulty, "错.json")).stdout
    assert "■ 错误  T3-BALANCE" in shown
    assert "依据：" in shown


def test_several_files_are_one_line_each_unless_full(
    gongkai: Command, report: Report, faulty: Report, save: Save
) -> None:
    paths = [save(report, "对.json"), save(faulty, "错.json")]
    shown = gongkai("check", *paths).stdout.splitlines()
    assert len(shown) == 2
    assert "■ 错误 1" in shown[1] or "■ 错误 2" in shown[1]
    assert "T3-BALANCE" in gongkai("check", "--full", *paths).stdout


def last_year(report: Report) -> Report:
    """A report of the year before whose carry-over does not lead into ``report``."""
    path = "applications.carried_out.total"
    figure = replace(report.figures[path], value=int(report.value("applications.carried_in.total") or 0) + 5)
    return replace(report, year=2023, figures={**report.figures, path: figure})


def test_last_years_report_is_compared(gongkai: Command, report: Report, save: Save) -> None:
    this, last = save(report, "2024.json"), save(last_year(report), "2023.json")
    assert "YOY-CARRY" not in rules_found(gongkai("check", this, "--json").stdout)
    done = gongkai("check", "--previous", last, this, "--json")
    assert "YOY-CARRY" in rules_found(done.stdout)
    assert done.returncode == 1


def test_of_several_last_years_reports_the_agencys_own_is_taken(
    gongkai: Command, report: Report, save: Save
) -> None:
    save(replace(last_year(report), agency="青石县青石镇人民政府"), "去年/a.json")
    save(replace(last_year(report), agency="白鹭市人民政府"), "去年/b.json")
    this = save(report, "今年/2024.json")
    other = save(replace(report, agency="临江区文化局"), "今年/别的.json")
    done = gongkai("check", this, other, "--previous", "去年", "--json")
    first, second = done.stdout.splitlines()
    assert "YOY-CARRY" in rules_found(first)
    assert "YOY-CARRY" not in rules_found(second)


def test_subordinates_are_summed_without_the_report_itself(
    gongkai: Command, report: Report, save: Save
) -> None:
    save(replace(report, agency="青石县人民政府"), "全部/县.json")
    save(report, "全部/镇.json")
    done = gongkai("check", "全部/县.json", "--subordinates", "全部", "--json")
    assert "ROLLUP-SUM" not in rules_found(done.stdout)


def test_the_day_of_publication_may_be_given(gongkai: Command, report: Report, save: Save) -> None:
    path = save(report, "年报.json")
    late = gongkai("check", path, "--published-on", "2025-06-01", "--json")
    assert "DATE-LATE" in rules_found(late.stdout)
    in_time = gongkai("check", path, "--published-on", "2025-01-15", "--json")
    assert "DATE-LATE" not in rules_found(in_time.stdout)
    wrong = gongkai("check", path, "--published-on", "去年")
    assert wrong.returncode == 2
    assert "2025-01-20" in wrong.stderr


def test_the_page_is_written(gongkai: Command, faulty: Report, save: Save, tmp_path: Path) -> None:
    assert gongkai("check", save(faulty, "错.json"), "--html", "页/核查.html").returncode == 1
    page = (tmp_path / "页/核查.html").read_text(encoding="utf-8")
    assert "T3-BALANCE" in page
    assert "青石镇人民政府" in page


def test_several_pages_have_an_entrance(gongkai: Command, report: Report, faulty: Report, save: Save) -> None:
    save(report, "夹/年报.json")
    save(faulty, "夹/下/年报.json")
    folder = save(report, "x.json").parent / "页"
    done = gongkai("check", "夹", "没有.json", "--html", folder)
    assert done.returncode == 2
    assert "index.html" in done.stderr
    names = {path.name for path in folder.iterdir()}
    assert names == {"index.html", "年报.json.html", "年报.json-2.html"}
    entrance = (folder / "index.html").read_text(encoding="utf-8")
    assert "夹/年报.json" in entrance
    assert "夹/下/年报.json" in entrance
    assert "没有.json" in entrance
