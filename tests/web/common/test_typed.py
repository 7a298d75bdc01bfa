"""What is typed, as it is kept."""

import pytest

from gongkai.web.common import typed


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "\u200b\u2060 \ufeff", "\u3164", "\u2800", "\u00ad", "\u200d", "\u202e"]
)
def test_what_nobody_sees_is_nothing(text: str) -> None:
    assert typed.one_line(text) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" 陈一心\u200b", "陈一心"), ("阿卜杜拉·买买提", "阿卜杜拉·买买提"), ("A\u202eB", "AB"),
        ("陈\t一心", "陈 一心"),
        ("葛\U000e0100城", "葛\U000e0100城"), ("𠮷野", "𠮷野"), ("نۇر\u200cگۈل", "نۇر\u200cگۈل"),
    ],
)  # fmt: skip
def test_what_is_seen_stays(text: str, kept: str) -> None:
    assert typed.one_line(text) == kept
    assert not typed.breaks(kept)


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\v", "\x1b", "\u2028", "\u2029", "\x85"])
def test_breaks(sign: str) -> None:
    assert typed.breaks(f"陈{sign}一心")


@pytest.mark.parametrize(
    "text", ["", " \n ", "\u200b\u2800", "\u200b\r\n\u3164", "\u202e", "\x1b", "\x00", "\ud800"]
)
def test_lines_nobody_sees_are_nothing(text: str) -> None:
    assert typed.lines(text) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("甲\r\n乙\r丙\n\n丁", "甲\n乙\n丙\n\n丁"), ("甲\x0b乙\u2028丙\x85丁", "甲\n乙\n丙\n丁"),
        ("\u202eabc\u202c", "abc"), ("\u2066甲\u2069\x1b[2J", "甲[2J"), ("甲\t乙", "甲 乙"),
        (" 甲\n 乙 ", "甲\n 乙"), ("نۇر\u200cگۈل", "نۇر\u200cگۈل"), ("𠮷\ud800", "𠮷"),
    ],
)  # fmt: skip
def test_lines_keep_what_is_seen(text: str, kept: str) -> None:
    assert typed.lines(text) == kept
    assert typed.lines(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "BS白公开〔2026〕6号", "bs白公开（2026）6号", "BS白公开(2026)6号", "ＢＳ白公开【２０２６】６号",
        " bs 白公开[2026] 6 号 ", "BS白公开〔2026〕6号\u200b",
    ],
)  # fmt: skip
def test_a_number_is_compared_however_it_is_typed(text: str) -> None:
    assert typed.folded(text) == "BS白公开(2026)6号"
    assert typed.folded("2026–0006") == typed.folded("２０２６－０００６") == "2026-0006"
    assert typed.folded("\u200b") == ""


def test_half_width() -> None:
    assert typed.half_width("１１０（Ｘ）　ａ") == "110(X) a"
