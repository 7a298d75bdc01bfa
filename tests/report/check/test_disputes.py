"""T4-SUM: the three blocks of table 4."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.kernel import Level
from gongkai.report import form
from gongkai.report.model import Mark
from tests.report.check.builders import busy, codes, findings, only, report, with_figures


@pytest.mark.parametrize("block", [block.key for block in form.DISPUTE_BLOCKS])
def test_wrong_total_of_a_block(block: str) -> None:
    finding = only(report({f"disputes.{block}.upheld": 1}), "T4-SUM")
    assert finding.level is Level.ERROR
    assert finding.where == f"disputes.{block}.*"
    assert (finding.expected, finding.found) == (1, 0)
    assert "结果维持1＋结果纠正0＋其他结果0＋尚未审结0＝1" in finding.message
    assert finding.place is not None


def test_each_block_is_judged_by_itself() -> None:
    wrong = {"disputes.reconsideration.total": 9, "disputes.direct_litigation.total": 0}
    assert len(findings(with_figures(busy(), wrong), "T4-SUM")) == 2


def test_blocks_of_litigation_are_not_mixed() -> None:
    finding = only(with_figures(busy(), {"disputes.direct_litigation.total": 3}), "T4-SUM")
    assert "行政诉讼（未经复议直接起诉）" in finding.message


@pytest.mark.parametrize("mark", [Mark.BLANK, Mark.UNCERTAIN, Mark.UNREADABLE, Mark.MISSING])
@pytest.mark.parametrize("column", [column.key for column in form.DISPUTE_COLUMNS])
def test_silent_where_one_of_the_five_is_not_read(column: str, mark: Mark) -> None:
    wrong = with_figures(busy(), {"disputes.reconsideration.total": 9})
    assert findings(with_figures(wrong, {f"disputes.reconsideration.{column}": mark}), "T4-SUM") == []


def test_none_marks_are_zeros() -> None:
    given_report = report({"disputes.reconsideration.*": Mark.NONE, "disputes.reconsideration.total": 1})
    assert only(given_report, "T4-SUM").expected == 0


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=12, max_size=12), st.data())
def test_sums_hold_until_one_cell_is_changed(numbers: list[int], data: st.DataObject) -> None:
    paths = [path for path in form.dispute_paths() if not path.endswith(".total")]
    made = report(dict(zip(paths, numbers, strict=True)), sums=True)
    assert codes(made, "T4-") == set()
    path = data.draw(st.sampled_from(form.dispute_paths()))
    changed = with_figures(made, {path: int(made.value(path) or 0) + data.draw(st.integers(1, 9))})
    assert only(changed, "T4-SUM").where == f"{path.rpartition('.')[0]}.*"
