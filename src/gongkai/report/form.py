"""The statutory form of the annual report, both editions, as data.

Edition 2019: 国办公开办函〔2019〕60号, for the years 2019 and 2020. Edition 2021: 国办公开办函〔2021〕30号,
from 2021. Labels are verbatim. Identities: REGULATION.md §3.4.
"""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Column:
    """A figure column: ``key`` in paths, ``label`` as printed."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of table 3. ``groups`` are the merged labels to its left, outermost first."""

    key: str
    label: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProactiveBlock:
    """One of table 2's blocks: the item of Art. 20 it reports on, its columns and rows."""

    item: str
    columns: tuple[Column, ...]
    rows: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the form. ``rows`` are table 3's rows in printed order."""

    code: str
    first_year: int
    last_year: int | None
    proactive: tuple[ProactiveBlock, ...]
    rows: tuple[Row, ...]


APPLICANTS = (
    Column("natural_person", "自然人"),
    Column("business", "商业企业"),
    Column("research", "科研机构"),
    Column("public_welfare", "社会公益组织"),
    Column("legal_service", "法律服务机构"),
    Column("other", "其他"),
)
TOTAL = Column("total", "总计")
COLUMNS = (*APPLICANTS, TOTAL)
ORGANISATIONS = "法人或其他组织"
APPLICANT_HEADER = "申请人情况"
IDENTITY_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

_RESULTS = "三、本年度办理结果"
_DENIED = (_RESULTS, "（三）不予公开")
_UNABLE = (_RESULTS, "（四）无法提供")
_DECLINED = (_RESULTS, "（五）不予处理")
_OTHER = (_RESULTS, "（六）其他处理")

NEW = Row("new", "一、本年新收政府信息公开申请数量")
CARRIED_IN = Row("carried_in", "二、上年结转政府信息公开申请数量")
RESULT_TOTAL = Row("total", "（七）总计", (_RESULTS,))
CARRIED_OUT = Row("carried_out", "四、结转下年度继续办理")
_COMMON_OUTCOMES = (
    Row("granted", "（一）予以公开", (_RESULTS,)),
    Row("partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (_RESULTS,)),
    Row("denied_state_secret", "1.属于国家秘密", _DENIED),
    Row("denied_by_law", "2.其他法律行政法规禁止公开", _DENIED),
    Row("denied_safety_stability", "3.危及“三安全一稳定”", _DENIED),
    Row("denied_third_party", "4.保护第三方合法权益", _DENIED),
    Row("denied_internal", "5.属于三类内部事务信息", _DENIED),
    Row("denied_process", "6.属于四类过程性信息", _DENIED),
    Row("denied_enforcement_file", "7.属于行政执法案卷", _DENIED),
    Row("denied_registry_query", "8.属于行政查询事项", _DENIED),
    Row("unable_not_held", "1.本机关不掌握相关政府信息", _UNABLE),
    Row("unable_needs_making", "2.没有现成信息需要另行制作", _UNABLE),
    Row("unable_still_unclear", "3.补正后申请内容仍不明确", _UNABLE),
    Row("declined_petition", "1.信访举报投诉类申请", _DECLINED),
    Row("declined_repeat", "2.重复申请", _DECLINED),
    Row("declined_publication", "3.要求提供公开出版物", _DECLINED),
    Row("declined_abusive", "4.无正当理由大量反复申请", _DECLINED),
    Row("declined_reissue", "5.要求行政机关确认或重新出具已获取信息", _DECLINED),
)
SINGLE_OTHER = (Row("other", "（六）其他处理", (_RESULTS,)),)
THREE_OTHER = (
    Row(
        "other_not_corrected",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        _OTHER,
    ),
    Row(
        "other_fee_unpaid",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        _OTHER,
    ),
    Row("other_other", "3.其他", _OTHER),
)


@cache
def application_rows(single_other: bool) -> tuple[Row, ...]:
    """Table 3's rows, with 其他处理 as one row (2019, 23 rows) or three (2021, 25 rows)."""
    others = SINGLE_OTHER if single_other else THREE_OTHER
    return (NEW, CARRIED_IN, *_COMMON_OUTCOMES, *others, RESULT_TOTAL, CARRIED_OUT)


@cache
def outcome_keys(single_other: bool) -> tuple[str, ...]:
    """Keys of the result rows that add up to （七）总计 (H2)."""
    others = SINGLE_OTHER if single_other else THREE_OTHER
    return tuple(row.key for row in (*_COMMON_OUTCOMES, *others))


DISPUTE_BLOCKS = (
    Column("reconsideration", "行政复议"),
    Column("direct_litigation", "未经复议直接起诉"),
    Column("litigation_after_reconsideration", "复议后起诉"),
)
LITIGATION = "行政诉讼"
DISPUTE_OUTCOMES = (
    Column("upheld", "结果维持"),
    Column("corrected", "结果纠正"),
    Column("other", "其他结果"),
    Column("pending", "尚未审结"),
)
DISPUTE_COLUMNS = (*DISPUTE_OUTCOMES, TOTAL)

_STOCK_2021 = (
    Column("issued", "本年制发件数"),
    Column("repealed", "本年废止件数"),
    Column("in_force", "现行有效件数"),
)
_DECISIONS = (Column("decisions", "本年处理决定数量"),)
_STOCK_2019 = (
    Column("made", "本年新制作数量"),
    Column("newly_disclosed", "本年新公开数量"),
    Column("disclosed_total", "对外公开总数量"),
)
_ITEMS_2019 = (
    Column("items_last_year", "上一年项目数量"),
    Column("change", "本年增/减"),
)
_ITEMS_DECISIONS_2019 = (*_ITEMS_2019, Column("decisions", "处理决定数量"))

EDITION_2021 = Edition(
    "2021",
    2021,
    None,
    (
        ProactiveBlock(
            "第二十条第（一）项",
            _STOCK_2021,
            (Column("regulations", "规章"), Column("normative_documents", "行政规范性文件")),
        ),
        ProactiveBlock("第二十条第（五）项", _DECISIONS, (Column("licences", "行政许可"),)),
        ProactiveBlock(
            "第二十条第（六）项",
            _DECISIONS,
            (Column("penalties", "行政处罚"), Column("coercive_measures", "行政强制")),
        ),
        ProactiveBlock(
            "第二十条第（八）项",
            (Column("amount_10k_yuan", "本年收费金额（单位：万元）"),),
            (Column("fees", "行政事业性收费"),),
        ),
    ),
    application_rows(False),
)
EDITION_2019 = Edition(
    "2019",
    2019,
    2020,
    (
        ProactiveBlock(
            "第二十条第（一）项",
            _STOCK_2019,
            (Column("regulations", "规章"), Column("normative_documents", "规范性文件")),
        ),
        ProactiveBlock(
            "第二十条第（五）项",
            _ITEMS_DECISIONS_2019,
            (Column("licences", "行政许可"), Column("other_services", "其他对外管理服务事项")),
        ),
        ProactiveBlock(
            "第二十条第（六）项",
            _ITEMS_DECISIONS_2019,
            (Column("penalties", "行政处罚"), Column("coercive_measures", "行政强制")),
        ),
        ProactiveBlock("第二十条第（八）项", _ITEMS_2019, (Column("fees", "行政事业性收费"),)),
        ProactiveBlock(
            "第二十条第（九）项",
            (Column("items", "采购项目数量"), Column("amount_10k_yuan", "采购总金额")),
            (Column("procurement", "政府集中采购"),),
        ),
    ),
    application_rows(True),
)
EDITIONS = {"2019": EDITION_2019, "2021": EDITION_2021}
PROACTIVE_LABEL = "信息内容"

#: Columns whose values are amounts in 万元 (decimals allowed); everything else is an integer (H5).
AMOUNT_KEYS = frozenset({"amount_10k_yuan"})
#: Columns whose values may be negative (H5).
SIGNED_KEYS = frozenset({"change"})

SECTIONS = {
    "head": "",
    "overview": "一、总体情况",
    "proactive": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "disputes": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "others": "六、其他需要报告的事项",
}


def edition_for(year: int) -> Edition | None:
    """The edition in force for a report on ``year``; None before 2019, when no national form bound."""
    for edition in EDITIONS.values():
        if edition.first_year <= year and (edition.last_year is None or year <= edition.last_year):
            return edition
    return None


@cache
def proactive_paths(edition: str) -> tuple[str, ...]:
    """Paths of table 2's figures in printed order."""
    return tuple(
        f"proactive.{row.key}.{column.key}"
        for block in EDITIONS[edition].proactive
        for row in block.rows
        for column in block.columns
    )


@cache
def application_paths(single_other: bool) -> tuple[str, ...]:
    """Paths of table 3's figures: 175, or 161 with a single 其他处理 row."""
    return tuple(
        f"applications.{row.key}.{column.key}" for row in application_rows(single_other) for column in COLUMNS
    )


@cache
def dispute_paths() -> tuple[str, ...]:
    """Paths of table 4's 15 figures."""
    return tuple(
        f"disputes.{block.key}.{column.key}" for block in DISPUTE_BLOCKS for column in DISPUTE_COLUMNS
    )


@cache
def all_paths(edition: str, single_other: bool) -> tuple[str, ...]:
    """Every figure's path of a report in printed order."""
    return (*proactive_paths(edition), *application_paths(single_other), *dispute_paths())


@cache
def path_label(path: str, edition: str = "2021") -> str:
    """A path in the form's own words: ``三、本年度办理结果（七）总计，自然人``."""
    table, row, column = path.split(".")
    if table == "applications":
        rows = {r.key: r for r in (*application_rows(False), *SINGLE_OTHER)}
        columns = {c.key: c.label for c in COLUMNS}
        found = rows[row]
        label = "".join((*found.groups, found.label))
        return f"{label}，{columns[column]}" if column != "*" else label
    if table == "disputes":
        blocks = {b.key: b.label for b in DISPUTE_BLOCKS}
        columns = {c.key: c.label for c in DISPUTE_COLUMNS}
        label = blocks[row] if row == "reconsideration" else f"{LITIGATION}（{blocks[row]}）"
        return f"{label}，{columns[column]}" if column != "*" else label
    for block in EDITIONS[edition].proactive:
        for r in block.rows:
            if r.key == row:
                columns = {c.key: c.label for c in block.columns}
                return f"{r.label}，{columns[column]}" if column != "*" else r.label
    raise KeyError(path)
