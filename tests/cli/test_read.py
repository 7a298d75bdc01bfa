import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.report import api
from gongkai.report.model import Report
from tests.cli.conftest import Command

Save = Callable[[Report, str], Path]


def test_one_file_is_one_json_object(gongkai: Command, report: Report, save: Save) -> None:
    path = save(report, "年报.json")
    done = gongkai("read", path, "--json")
    assert done.returncode == 0
    data = json.loads(done.stdout)
    assert data["schema"] == "gongkai.report/1"
    assert (data["agency"], data["year"]) == ("青石镇人民政府", 2024)
    assert data["applications"] == api.to_dict(report)["applications"]
    assert data["reading"]["source"] == str(path)
    assert "cells" not in data


def test_the_source_is_the_path_as_given(gongkai: Command, report: Report, save: Save) -> None:
    save(report, "甲/年报.json")
    assert json.loads(gongkai("read", "甲/年报.json", "--json").stdout)["reading"]["source"] == "甲/年报.json"
    assert json.loads(gongkai("read", "甲", "--json").stdout)["reading"]["source"] == "甲/年报.json"


def test_cells_add_raw_text_and_place(gongkai: Command, report: Report, save: Save) -> None:
    data = json.loads(gongkai("read", save(report, "年报.json"), "--json", "--cells").stdout)
    assert set(data["cells"]) == set(report.figures)
    shown = gongkai("read", "年报.json", "--cells").stdout
    assert "applications.new.total" in shown
    assert "一、本年新收政府信息公开申请数量，总计" in shown


def test_several_files_are_one_line_each_in_order(gongkai: Command, report: Report, save: Save) -> None:
    paths = [save(report, f"年报{number}.json") for number in range(7)]
    done = gongkai("read", *paths, "--json", "--jobs", 2)
    assert done.returncode == 0
    assert [json.loads(line)["reading"]["source"] for line in done.stdout.splitlines()] == list(
        map(str, paths)
    )
    assert done.stderr == ""
    assert len(gongkai("read", *paths).stdout.splitlines()) == len(paths)


def test_a_folder_is_searched_through_and_through(gongkai: Command, report: Report, save: Save) -> None:
    for name in ("夹/甲.json", "夹/下/乙.json", "夹/.隐藏.json", "夹/~$锁.docx", "夹/下/说明.md"):
        save(report, name)
    save(report, "夹/别的.json").write_text('{"reports": {}}', encoding="utf-8")
    done = gongkai("read", "夹", "--json")
    assert done.returncode == 0, done.stderr
    sources = [json.loads(line)["reading"]["source"] for line in done.stdout.splitlines()]
    assert sources == ["夹/甲.json", "夹/下/乙.json"]


def test_what_cannot_be_read_goes_to_stderr_and_the_rest_goes_on(
    gongkai: Command, report: Report, save: Save, tmp_path: Path
) -> None:
    good = save(report, "好.json")
    (tmp_path / "空.txt").touch()
    (tmp_path / "菜谱.txt").write_text("红烧肉的做法：先把五花肉切块。" * 20, encoding="utf-8")
    done = gongkai("read", "空.txt", good, "菜谱.txt", "没有.pdf", "--json")
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 1
    lines = done.stderr.splitlines()
    assert [line.split("：")[0] for line in lines] == ["✗ 空.txt", "✗ 菜谱.txt", "✗ 没有.pdf"]


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda _: None, "找不到"),
        (lambda path: path.mkdir(), "没有可以读取的文件"),
        (lambda path: path.touch(), "空"),
        (lambda path: (path.touch(), os.truncate(path, 500 << 20)), "500 MB"),
        (lambda path: path.write_bytes(b"\x00\x01\x02" * 400), "✗"),
    ],
    ids=["missing", "empty folder", "empty file", "huge", "noise"],
)
def test_bad_input_is_a_chinese_sentence(
    gongkai: Command, tmp_path: Path, prepare: Callable[[Path], object], words: str
) -> None:
    prepare(tmp_path / "x.pdf")
    done = gongkai("read", "x.pdf")
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert "x.pdf" in done.stderr


def test_people_get_the_key_figures(gongkai: Command, report: Report, save: Save) -> None:
    shown = gongkai("read", save(report, "年报.json")).stdout
    assert "青石镇人民政府 2024年度" in shown
    assert f"本年新收 {report.value('applications.new.total')}" in shown
    assert "\x1b" not in shown


def test_colours_only_where_they_are_wanted(gongkai: Command, report: Report, save: Save) -> None:
    path = save(report, "年报.json")
    assert "\x1b[" in gongkai("read", path, FORCE_COLOR="1").stdout
    assert "\x1b[3" not in gongkai("read", path, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_a_file_name_that_is_no_utf8_comes_out_as_it_went_in(
    gongkai: Command, report: Report, save: Save, tmp_path: Path
) -> None:
    odd = os.fsencode(tmp_path) + b"/\xcd\xa8.json"
    save(report, "a.json").rename(os.fsdecode(odd))
    done = gongkai("read", os.fsdecode(odd))
    assert done.returncode == 0


def test_the_seeds_are_read(gongkai: Command, shared: Path) -> None:
    expected = json.loads((shared / "seeds/expected.json").read_text(encoding="utf-8"))["reports"]
    done = gongkai("read", shared / "seeds", "--json")
    assert done.returncode == 0, done.stderr
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(data["reading"]["source"]).stem for data in read] == sorted(expected)
    for data in read:
        wanted = expected[Path(data["reading"]["source"]).stem]
        for key in ("agency", "year", "edition", "proactive", "applications", "disputes"):
            assert data[key] == wanted[key], (data["reading"]["source"], key)
