"""The text's figures on applications against table 3 (REGULATION §7, 4)."""

from collections.abc import Iterator

from gongkai.kernel import Finding, Level
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.check.text_statements import (
    ACCOUNT,
    Compared,
    differs,
    explained,
    first_number,
    known,
    partial,
    statements,
)
from gongkai.report.model import Fact, Report

_NEW = "applications.new.total"
_IN = "applications.carried_in.total"
_DONE = "applications.total.total"
_OUT = "applications.carried_out.total"
_NEW_NAME = "表三“一、本年新收政府信息公开申请数量”总计"
_BOTH_NAME = "表三“一、本年新收”与“二、上年结转”之和"
_DONE_NAME = "表三“（七）总计”"
#: Words that say plainly that only this year's new applications are meant.
_NEW_WORDS = ("新收", "新增", "新接收", "新收到", "新受理")
#: Words that may count new and carried-in applications together.
_ALL_WORDS = ("受理", "收办", "办理", "处理", "承办", "共", "登记", "")
#: Words that may count what was handled.
_HANDLED = ("办理", "处理", "承办", "收办")


@rule(
    "TEXT-APPLICATIONS",
    title="正文申请数与表三不一致",
    level=Level.ERROR,
    law=ACCOUNT,
    fires="正文写明的收到（受理）申请数与表三“一、本年新收”总计不同",
    silent=(
        "用“受理”“收办”“办理”等词且等于“一”加“二”的；只说本级、某一机构或者某一时段的，只作说明；"
        "表中数字空白或者位置无法确定的"
    ),
)
def received(rule: Rule, context: Context) -> Iterator[Finding]:
    """Stated received = 一; with carried-in cases 一 + 二 where the word allows it (§7, 4)."""
    report = context.report
    new = known(report, _NEW_NAME, _NEW)
    if new is None:
        return
    for fact in statements(report, "applications_received"):
        found = _received(rule, report, fact, new)
        if found:
            yield found
    for fact in partial(report, "applications_received"):
        if fact.value != new.value:
            cause = "两个数的统计范围不同（正文只说其中一部分，表三是全部），不作为错误。"
            yield differs(rule, report, fact, new, "建议在正文写明统计范围。", cause)


def _received(rule: Rule, report: Report, fact: Fact, new: Compared) -> Finding | None:
    if fact.value == new.value:
        return None
    both = known(report, _BOTH_NAME, _NEW, _IN)
    plain_new = fact.scope in _NEW_WORDS
    if both is None and not plain_new and _may_be_more(fact, new):
        return None
    if both is not None and fact.value == both.value and not plain_new:
        if fact.scope in _ALL_WORDS or fact.scope.startswith("共"):
            return None
        cause = f"差额正好是“二、上年结转”的{both.value - new.value}件，正文可能把上年结转的也算在内。"
        return differs(rule, report, fact, new, "建议在正文把新收和结转分开写。", cause)
    if fact.scope in _HANDLED and fact.value == report.value(_DONE):
        return None
    advice = "请核对登记台账：表三错了改表三，正文错了改正文；如统计范围不同，请在正文写明。"
    return differs(rule, report, fact, new, advice)


def _may_be_more(fact: Fact, new: Compared) -> bool:
    """Whether unknown carried-in cases may be the difference."""
    return not isinstance(fact.value, dict) and fact.value > new.value  # type: ignore[operator]


@rule(
    "TEXT-COMPLETED",
    title="正文办结数与表三不一致",
    level=Level.ERROR,
    law=ACCOUNT,
    fires="正文写明的办结（答复）数与表三“（七）总计”不同",
    silent="差额等于上年结转数或者撤回数的，只作说明；表中数字空白或者位置无法确定的",
)
def completed(rule: Rule, context: Context) -> Iterator[Finding]:
    """Stated answered or closed = （七）; carried-in and withdrawn cases may explain a difference (§7, 4)."""
    report = context.report
    done = known(report, _DONE_NAME, _DONE)
    if done is None:
        return
    carried = report.value(_IN)
    withdrawn = first_number(report, "applications_withdrawn")
    causes = [
        (carried, f"差额正好是“二、上年结转”的{carried}件，正文可能没有把（或者另外把）结转件算在内。"),
        (withdrawn, f"差额正好是正文所说撤回的{withdrawn}件。"),
        ((carried or 0) + (withdrawn or 0), "差额正好是上年结转与撤回的件数之和。"),
    ]
    for fact in statements(report, "applications_completed"):
        if fact.value == done.value or (carried is None and not isinstance(fact.value, dict)):
            continue
        cause = explained(fact.value, done.value, causes)  # type: ignore[arg-type]
        advice = (
            "建议在正文写明办结数是否包括上年结转和撤回的申请。"
            if cause
            else ("请核对办理台账，把正文和表三改为一致。")
        )
        yield differs(rule, report, fact, done, advice, cause)


@rule(
    "TEXT-CARRY",
    title="正文结转数与表三不一致",
    level=Level.ERROR,
    law=ACCOUNT,
    fires="正文写明的上年结转数、结转下年度数与表三“二”“四”总计不同",
    silent="正文没有写；表中数字空白或者位置无法确定的",
)
def carried(rule: Rule, context: Context) -> Iterator[Finding]:
    """Stated carried in = 二, stated carried out = 四 (§7, 4)."""
    report = context.report
    for name, path, label in (
        ("applications_carried_in", _IN, "表三“二、上年结转政府信息公开申请数量”总计"),
        ("applications_carried_out", _OUT, "表三“四、结转下年度继续办理”总计"),
    ):
        cell = known(report, label, path)
        if cell is None:
            continue
        for fact in statements(report, name):
            if fact.value != cell.value:
                yield differs(rule, report, fact, cell, "请核对登记台账，把正文和表三改为一致。")
