import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel import UnreadableError
from gongkai.report.read.json import is_json, load
from gongkai.report.read.own_csv import is_own_csv, load_csv


@pytest.mark.parametrize(
    "data", [b'{"a": 1}', b" \n{}", b"\xef\xbb\xbf[1, 2]", b'[{"a":1}]', '{"a":1}'.encode("utf-16")]
)
def test_json_is_known_by_its_beginning(data: bytes) -> None:
    assert is_json(data)


@pytest.mark.parametrize(
    "data", [b"", b"[bookmark: x]", "{某镇}".encode(), "[1]某镇".encode()[1:], b"<html>", b"{ x }"]
)
def test_text_with_brackets_is_no_json(data: bytes) -> None:
    assert not is_json(data)


def test_values_come_through() -> None:
    assert load('{"年": 2024, "表": [1, null, "甲"], "额": 1.5}'.encode()) == {
        "年": 2024,
        "表": [1, None, "甲"],
        "额": 1.5,
    }


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b'{"a": 1, "a": 2}', "json", "两次"),
        (b'{"a": {"b": [1, {"c": 1, "c": 1}]}}', "json", "两次"),
        (b'{"a": NaN}', "json", "NaN"),
        (b'{"a": -Infinity}', "json", "Infinity"),
        (b"[" * 100_000, "json", "嵌套"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "json", "嵌套"),
        (b'{"a": ' + b"9" * 5000 + b"}", "json", "过长"),
        (b'{"a": 1', "truncated", "没有收全"),
        (b'{"a": "x', "json", "语法"),
        (b'{"a": 1} x', "json", "语法"),
        ('{"a": "某镇"}'.encode("gb18030"), "json", "UTF-8"),
    ],
)
def test_bad_json_is_refused_in_words(data: bytes, code: str, word: str) -> None:
    with pytest.raises(UnreadableError, match=word) as caught:
        load(data)
    assert caught.value.code == code


def test_brackets_in_strings_are_no_nesting() -> None:
    assert load(b'{"a": "' + b"[" * 500 + b'\\""}') == {"a": "[" * 500 + '"'}


@given(st.binary(max_size=60))
def test_any_bytes_give_a_value_or_our_error(data: bytes) -> None:
    for loader in (load, load_csv):
        remedy = "-"
        try:
            loader(data)
        except UnreadableError as error:
            remedy = error.remedy
        assert remedy


CSV = (
    "path,label,value,raw,mark\r\nreport.schema,格式,gongkai.report.csv/1,,\r\nreport.agency,机关,'=某镇,,\r\n"
    "report.year,年度,2024,,\r\nreport.edition,格式版本,2021,,\r\nreport.title,标题,某镇报告,,\r\n"
    "applications.new.total,新收,12,12,number\r\nproactive.fees.amount_10k_yuan,费,0.50,0.50,number\r\n"
    'applications.new.business,企,,,blank\r\nsections.overview,一、总体情况,"第一行\n第二行",,\r\n'
)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-8", "gb18030"])
def test_csv_of_our_own_gives_the_wire_form(codec: str) -> None:
    data = CSV.encode(codec)
    assert is_own_csv(data)
    report = load_csv(data)
    assert report["agency"] == "=某镇"
    assert report["year"] == 2024
    assert report["applications"] == {"new": {"total": 12, "business": None}}
    assert report["proactive"] == {"fees": {"amount_10k_yuan": "0.50"}}
    assert report["sections"] == {"overview": "第一行\n第二行"}
    assert report["reading"]["headings"] == {"overview": "一、总体情况"}
    assert report["cells"]["applications.new.business"] == {"raw": "", "mark": "blank"}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("gongkai.report.csv/1", "other/1"), "格式"),
        (("applications.new.business,企,,,blank", "applications.new.total,企,,,blank"), "两次"),
        (("applications.new.business,企,,,blank", "applications.new,企,,,blank"), "路径"),
        (("applications.new.business,企,,,blank", "applications.new.business,企"), "不完整"),
        (('第二行"', "第二行"), "不完整"),
    ],
)
def test_bad_csv_of_our_own_is_refused(change: tuple[str, str], word: str) -> None:
    with pytest.raises(UnreadableError, match=word):
        load_csv(CSV.replace(*change).encode())


def test_other_csv_is_not_ours() -> None:
    assert not is_own_csv("名称,数\n规章,0\n".encode())
