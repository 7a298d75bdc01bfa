"""For every rule a report that it must find fault with and one that it must not.

``tests/architecture/test_rules.py`` runs them and fails where a rule has none: a new rule begins here. The
second report is a near miss, not an empty one: what an honest office writes that looks like the fault.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from gongkai.kernel import Period
from gongkai.report.model import Fact, LabelDeviation, Mark, Report
from tests.report.check.builders import busy, report, with_figures


class Case(NamedTuple):
    """A report, and what else the check is given with it."""

    report: Report
    context: Mapping[str, Any] = {}


class Pair(NamedTuple):
    """``fires`` must be found fault with by the rule, ``silent`` not at all."""

    fires: Callable[[], Case]
    silent: Callable[[], Case]


FEE = "proactive.fees.amount_10k_yuan"
NEW = "applications.new.total"


def _with(figures: Mapping[str, Any] | None = None, **more: Any) -> Case:
    return Case(report(figures, **more))


def _busy(figures: Mapping[str, Any]) -> Case:
    return Case(with_figures(busy(), figures))


def _text(key: str, text: str, **more: Any) -> Case:
    return Case(report(texts={key: text}, **more))


def _stating(name: str, value: Any, raw: str, figures: Mapping[str, Any] | None = None, **more: Any) -> Case:
    """A report whose section one states a figure; ``more`` goes to the fact."""
    fact = Fact(name, value, raw, section="overview", **more)
    return Case(report(figures, sums=True, facts=[fact]))


def _received(total: int, carried_in: int = 0) -> dict[str, Any]:
    """Figures of table 3 in which everything was granted."""
    return {
        "applications.new.natural_person": total,
        "applications.carried_in.natural_person": carried_in,
        "applications.granted.natural_person": total + carried_in,
    }


def _last_year(figures: Mapping[str, Any] | None = None) -> Report:
    return report(figures, year=2023)


_OWN_WORDS = (
    "（一）主动公开。补贴清册逐户张榜，同步上传专栏。（二）依申请公开。业务站所两日内提出初步意见，当面送达并留痕。"
    "（三）政府信息管理。每季度翻检一次旧稿，撤下失效公告。（四）平台建设。手机页面字号加大，老人不用放大也能看清。"
    "（五）监督保障。邀请十二名村民评议员打分。"
)
_OTHER_WORDS = (
    "（一）主动公开。许可决定七日内上网，处罚决定附文书摘要。（二）依申请公开。跨部门的申请先会商后答复，文书由专人审定。"
    "（三）政府信息管理。起草文件时同步填写公开属性。（四）平台建设。专栏改为按事项编排，检索结果可以导出。"
    "（五）监督保障。抽查答复书十份，结果在会上通报。"
)

CASES: dict[str, Pair] = {
    "T3-BALANCE": Pair(
        lambda: _busy({"applications.carried_out.natural_person": 3}),
        lambda: _busy(
            {"applications.carried_out.natural_person": None, "applications.carried_out.total": None}
        ),
    ),
    "T3-ROWSUM": Pair(
        lambda: _busy({"applications.partial.other": 1}),
        lambda: _busy({"applications.partial.total": None}),
    ),
    "T3-COLSUM": Pair(
        lambda: _busy({"applications.total.natural_person": 11, "applications.new.natural_person": 11}),
        lambda: _with({"applications.*.research": None}),
    ),
    "T4-SUM": Pair(
        lambda: _busy({"disputes.reconsideration.total": 5}),
        lambda: _busy({"disputes.reconsideration.upheld": None, "disputes.reconsideration.total": 5}),
    ),
    "T2-STOCK": Pair(
        lambda: _with(
            {"proactive.normative_documents.issued": 3, "proactive.normative_documents.in_force": 1}
        ),
        lambda: _with({"proactive.normative_documents.repealed": 5}),
    ),
    "YOY-CARRY": Pair(
        lambda: Case(report(), {"previous": _last_year({"applications.carried_out.business": 2})}),
        lambda: Case(
            report({"applications.carried_in.business": 2}),
            {"previous": _last_year({"applications.carried_out.business": 2})},
        ),
    ),
    "YOY-STOCK": Pair(
        lambda: Case(report(), {"previous": _last_year({"proactive.normative_documents.in_force": 4})}),
        lambda: Case(
            report({"proactive.normative_documents.repealed": 4}),
            {"previous": _last_year({"proactive.normative_documents.in_force": 4})},
        ),
    ),
    "ROLLUP-SUM": Pair(
        lambda: Case(
            report({NEW: 2}, agency="青禾县人民政府"),
            {"subordinates": [report({NEW: 3}, agency="青禾县财政局")]},
        ),
        lambda: Case(
            report({NEW: 3}, agency="青禾县人民政府"),
            {"subordinates": [report({NEW: 3}, agency="青禾县财政局")]},
        ),
    ),
    "TEXT-APPLICATIONS": Pair(
        lambda: _stating("applications_received", 9, "收到政府信息公开申请9件", _received(5), scope="收到"),
        lambda: _stating("applications_received", 5, "收到政府信息公开申请5件", _received(5), scope="收到"),
    ),
    "TEXT-COMPLETED": Pair(
        lambda: _stating("applications_completed", 9, "办结9件", _received(5), scope="办结"),
        lambda: _stating("applications_completed", 5, "办结5件", _received(5), scope="办结"),
    ),
    "TEXT-CARRY": Pair(
        lambda: _stating("applications_carried_in", 2, "上年结转2件", _received(5, 1), scope="上年结转"),
        lambda: _stating("applications_carried_in", 1, "上年结转1件", _received(5, 1), scope="上年结转"),
    ),
    "TEXT-RECONSIDERATION": Pair(
        lambda: _stating("reconsiderations", 4, "行政复议4件", {"disputes.reconsideration.upheld": 1}),
        lambda: _stating("reconsiderations", 1, "行政复议1件", {"disputes.reconsideration.upheld": 1}),
    ),
    "TEXT-LITIGATION": Pair(
        lambda: _stating("litigations", 122, "行政诉讼122件", {"disputes.direct_litigation.upheld": 2}),
        lambda: _stating(
            "litigations",
            3,
            "行政诉讼3件",
            {
                "disputes.direct_litigation.upheld": 2,
                "disputes.litigation_after_reconsideration.upheld": 1,
            },
        ),
    ),
    "TEXT-SHARES": Pair(
        lambda: _stating("shares", {"动态": 59, "民生": 21, "文件": 10}, "动态占59%，民生21%，文件10%"),
        lambda: _stating("shares", {"动态": 59, "民生": 21, "文件": 19}, "动态占59%，民生21%，文件19%"),
    ),
    "TEXT-SUM": Pair(
        lambda: _stating(
            "published_by_kind", {"动态": 50, "文件": 10}, "公开70条，其中动态50条，文件10条", of=70
        ),
        lambda: _stating(
            "published_by_kind", {"动态": 60, "文件": 10}, "公开70条，其中动态60条，文件10条", of=70
        ),
    ),
    "TEXT-PROACTIVE": Pair(
        lambda: _stating("licences", 12, "办理行政许可12件", {"proactive.licences.decisions": 7}),
        lambda: _stating("licences", 7, "办理行政许可7件", {"proactive.licences.decisions": 7}),
    ),
    "TEXT-FEE": Pair(
        lambda: _with({"applications.other_fee_unpaid.natural_person": 1}, sums=True),
        lambda: _with(
            {"applications.other_fee_unpaid.natural_person": 1},
            sums=True,
            texts={"others": "发出信息处理费缴费通知1件，申请人逾期未缴纳。"},
        ),
    ),
    "FORM-EDITION": Pair(lambda: _with(edition="2019", year=2023), lambda: _with(edition="2019", year=2020)),
    "FORM-SECTION": Pair(
        lambda: _with(texts={"problems": "无"}),
        lambda: _with(texts={"problems": "无重大问题，主要是解读形式单一，下一步增加图解。"}),
    ),
    "FORM-LABEL": Pair(
        lambda: _with(labels=[LabelDeviation("proactive.*.repealed", "本年废止件数", "本年度止件数")]),
        lambda: _with(labels=[LabelDeviation("proactive.licences.*", "行政许可", "行政 许可")]),
    ),
    "FORM-BLANK": Pair(
        lambda: _with({"applications.new.business": None}),
        lambda: _with({"applications.new.business": Mark.NONE}),
    ),
    "FORM-MARK": Pair(
        lambda: _with({"applications.new.business": Mark.NONE}),
        lambda: _with({"applications.new.business": 0}),
    ),
    "FORM-DUTY": Pair(
        lambda: _text("others", "无其他需要报告的事项。"),
        lambda: _text("others", "全年没有向申请人收取任何费用。"),
    ),
    "UNIT-FEE": Pair(
        lambda: Case(report({FEE: "35"}), {"previous": _last_year({FEE: "3.5"})}),
        lambda: Case(report({FEE: "34.9"}), {"previous": _last_year({FEE: "3.5"})}),
    ),
    "CITE-STALE": Pair(
        lambda: _text("overview", "按照2021年政务公开工作要点推进工作。"),
        lambda: _text("overview", "对上年《2023年政务公开工作要点》落实情况开展评估。"),
    ),
    "CITE-FORMAT": Pair(
        lambda: _text("others", "按照国办函2020109号规定，未收取处理费。"),
        lambda: _text("others", "按照国办函〔2020〕109号和国务院令第711号规定，未收取处理费。"),
    ),
    "DATE-PERIOD": Pair(
        lambda: _with(period=Period.of_year(2023)),
        lambda: _text("overview", "2023年公开信息10条，2024年公开信息12条。"),
    ),
    "DATE-LATE": Pair(
        lambda: _with(agency="青禾县教育局", published_on=date(2025, 2, 1)),
        lambda: _with(agency="青禾县人民政府", published_on=date(2025, 2, 1)),
    ),
    "LANG-LATIN": Pair(
        lambda: _text("overview", "多渠道进行宣传 and 解读。"),
        lambda: _text("overview", "通过“幸福柳溪in”公众号和APP解读。"),
    ),
    "LANG-PUNCT": Pair(
        lambda: _text("overview", "公开信息,及时答复。。"),
        lambda: _text("overview", "工作时间为8:30至17:00，办结率98.5%。"),
    ),
    "LANG-LOST": Pair(
        lambda: _text("overview", "共主动公开条。"),
        lambda: _text("overview", "未收到依申请公开件，严格执行条例，公开文件。"),
    ),
    "PII-LEAK": Pair(
        lambda: _text("overview", "申请人李小明不服答复，电话13800138000。"),
        lambda: _text("overview", "申请人李某不服答复，办公电话0571-60000001。"),
    ),
    "SAME-TEXT": Pair(
        lambda: Case(
            report(texts={"overview": _OWN_WORDS}),
            {"previous": report(year=2023, texts={"overview": _OWN_WORDS, "problems": "人手不足。"})},
        ),
        lambda: Case(
            report(texts={"overview": _OWN_WORDS}),
            {"previous": report(year=2023, texts={"overview": _OTHER_WORDS, "problems": "人手不足。"})},
        ),
    ),
}
