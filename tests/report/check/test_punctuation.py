"""LANG-PUNCT: one remark on all the punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel import Level
from gongkai.report.check.punctuation import _unpaired
from tests.report.check.builders import findings, only, report
from tests.report.check.seeds import seed

HALF, TWICE, LONE = "半角标点", "标点重复", "括号、引号或书名号不成对"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公开信息,及时答复;定期更新:如下", {HALF: 3}),
        ("主动公开(含网站)", {HALF: 2}),
        ('落实"三审"制度', {HALF: 2}),
        ("公开信息。。及时，，答复", {TWICE: 2}),
        ("公开信息；。", {TWICE: 1}),
        ("落实《条例规定。", {LONE: 1}),
        ("落实条例》规定。", {LONE: 1}),
        ("落实“三审三校制度。", {LONE: 1}),
        ("公开（含网站，及时。", {LONE: 1}),
        ("落实《关于“公开的通知》。", {LONE: 1}),
        ("公开。, 及时", {TWICE: 1}),
    ],
)
def test_lang_punct_fires_with_counts(text: str, found: dict[str, int]) -> None:
    finding = only(report(texts={"overview": text}), "LANG-PUNCT")
    assert finding.level is Level.INFO
    assert finding.found == found


@pytest.mark.parametrize(
    "text",
    [
        "时间为8:30至17:00，占12.5%，共1,234条。",
        "网址http://www.qinghe.gov.cn/a,b?c=1;d!下载。",
        "1.主动公开；2.依申请公开；（3）平台建设。",
        "1）主动公开；2）依申请公开；一）管理。",
        "好吗？！共……条——完。",
        "见《关于“公开”的通知》（国办函〔2020〕109号）。",
        "公开“栏目\n建设”和（网站\n栏目）",
        "[bookmark: _GoBack]本报告。",
        "邮箱：a.b@qinghe.gov.cn。",
        "“我们‘公开’信息”",
    ],
)
def test_lang_punct_silent_on_what_is_right(text: str) -> None:
    assert findings(report(texts={"overview": text}), "LANG-PUNCT") == []


def test_lang_punct_does_not_pair_over_a_finished_sentence() -> None:
    given = report(texts={"overview": "落实《条例规定。\n公开条例》规定。"})
    assert only(given, "LANG-PUNCT").found == {LONE: 2}


def test_lang_punct_is_one_finding_for_the_whole_text() -> None:
    given = report(texts={"overview": "公开,信息,及时。。", "problems": "问题,《条例。"})
    finding = only(given, "LANG-PUNCT")
    assert finding.found == {HALF: 3, TWICE: 1, LONE: 1}
    assert finding.cells == ("sections.overview", "sections.problems")


_OPENING, _CLOSING = "（《“‘「『【〔", "）》”’」』】〕"


@st.composite
def nested(draw: st.DrawFn, depth: int = 3) -> str:
    """Text whose brackets are all paired."""
    text = draw(st.text("公开信息，", max_size=4))
    for _ in range(draw(st.integers(0, 3 if depth else 0))):
        kind = draw(st.integers(0, len(_OPENING) - 1))
        text += _OPENING[kind] + draw(nested(depth - 1)) + _CLOSING[kind]
    return text


@given(nested())
def test_paired_brackets_have_no_lone_one(text: str) -> None:
    assert list(_unpaired(text)) == []


@given(nested(), st.data())
def test_a_bracket_taken_away_is_missed(text: str, data: st.DataObject) -> None:
    places = [at for at, character in enumerate(text) if character in "（《“「『【〔"]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    assert list(_unpaired(text[:at] + text[at + 1 :]))


def test_lang_punct_on_the_seeds() -> None:
    for number in ("000", "001", "002", "003", "004"):
        assert set(only(seed(number), "LANG-PUNCT").found) == {HALF}
