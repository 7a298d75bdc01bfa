from decimal import Decimal
from random import Random

from hypothesis import given

from gongkai.report import api, form
from gongkai.report.compare import compare
from gongkai.report.model import Fact, Report
from tests.report.strategies import random_report, reports


@given(reports(), reports())
def test_every_figure_of_both_stands_once_and_differences_need_both(a: Report, b: Report) -> None:
    found = compare(a, b)
    paths = [row.path for row in found.figures]
    assert len(paths) == len(set(paths))
    assert set(paths) == set(a.figures) | set(b.figures)
    for row in found.figures:
        assert (row.a, row.b) == (a.value(row.path), b.value(row.path))
        if row.a is None or row.b is None:
            assert row.difference is None
        else:
            assert row.difference == row.b - row.a


@given(reports())
def test_a_report_equals_itself(report: Report) -> None:
    found = compare(report, report)
    assert all(row.difference in {0, None} for row in found.figures)
    assert [row.path for row in found.figures] == list(form.all_paths(report.edition, report.single_other))
    assert all(row.similarity in {1.0, None} for row in found.sections)


@given(reports(), reports())
def test_the_other_way_round_turns_the_signs(a: Report, b: Report) -> None:
    there = {row.path: row.difference for row in compare(a, b).figures}
    back = {row.path: row.difference for row in compare(b, a).figures}
    assert there == {path: None if value is None else -value for path, value in back.items()}


def test_both_editions_side_by_side_keep_the_order_of_the_tables() -> None:
    old = random_report(Random(1), "2019")
    new = random_report(Random(2), "2021", single_other=False)
    tables = [row.path.partition(".")[0] for row in compare(old, new).figures]
    assert tables == sorted(tables, key=["proactive", "applications", "disputes"].index)
    rows = {row.path: row for row in compare(old, new).figures}
    assert rows["applications.other.total"].b is None
    assert rows["applications.other_other.total"].a is None
    assert rows["proactive.procurement.items"].label == "政府集中采购，采购项目数量"


def test_wire_form_keeps_amounts_exact_and_blanks_null() -> None:
    a, b = random_report(Random(3)), random_report(Random(4), blanks=1.0)
    data = api.compare(a, b).to_dict()
    assert data["schema"] == "gongkai.comparison/1"
    assert data["a"]["year"] == a.year
    rows = {row["path"]: row for row in data["figures"]}
    fee = rows["proactive.fees.amount_10k_yuan"]
    value = a.value("proactive.fees.amount_10k_yuan")
    assert fee["a"] == (format(value, "f") if isinstance(value, Decimal) else value)
    for path, row in rows.items():
        assert (row["b"] is None) == (b.value(path) is None)


def test_stated_figures_of_a_part_are_not_compared() -> None:
    plain = random_report(Random(5))
    facts = (
        Fact("applications_received", 3, "区政府办收到3件", whole=False),
        Fact("applications_received", 21, "全区收到21件"),
    )
    stated = Report(
        plain.agency, plain.year, plain.edition, plain.figures, plain.sections, facts, plain.reading
    )
    (row,) = compare(stated, plain).facts
    assert (row.label, row.a, row.b) == ("收到申请", 21, None)
