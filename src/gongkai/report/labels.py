"""Paths in the words of the form, and other words for messages and pages."""

from functools import cache

from gongkai.report import form
from gongkai.report.model import Reading

TABLES = {
    "proactive": "表二（主动公开政府信息情况）",
    "applications": "表三（收到和处理政府信息公开申请情况）",
    "disputes": "表四（政府信息公开行政复议、行政诉讼情况）",
}
#: Stated figures in the words of an office; a name that is not here stands for itself.
FACTS = {
    "published_items": "主动公开信息",
    "published_by_kind": "主动公开分类",
    "shares": "各类占比（%）",
    "breakdown": "其中",
    "applications_received": "收到申请",
    "applications_completed": "办结申请",
    "applications_pending": "尚未办结的申请",
    "applications_carried_in": "上年结转的申请",
    "applications_carried_out": "结转下年的申请",
    "applications_withdrawn": "撤回的申请",
    "reconsiderations": "行政复议",
    "reconsiderations_pending": "尚未审结的行政复议",
    "litigations": "行政诉讼",
    "litigations_pending": "尚未审结的行政诉讼",
    "assistance_requests": "协助查询",
    "assistance_completed": "已办结的协助查询",
    "wechat_posts": "微信公众号发布",
    "wechat_issues": "微信公众号期数",
    "weibo_posts": "微博发布",
    "trainings_held": "举办培训",
    "trainings_attended": "参加培训",
    "normative_documents_issued": "制发规范性文件",
    "normative_documents_in_force": "现行有效规范性文件",
    "licences": "行政许可",
    "penalties": "行政处罚",
    "coercive_measures": "行政强制",
    "processing_fee_yuan": "信息处理费（元）",
}
#: Formats whose usual name is not their abbreviation.
_FORMATS = {"text": "纯文本", "html": "网页", "image": "图片"}
#: How the tables stand in the source.
_LAYOUTS = {
    "ruled": "有框线的表格",
    "unruled": "没有框线的表格",
    "text": "没有画成表格的文字",
    "csv": "逗号分隔的表格",
    "tabs": "制表符分隔的表格",
    "pipes": "竖线分隔的表格",
    "lines": "每行一格的表格",
}
_SHORT = {"proactive": "表二", "applications": "表三", "disputes": "表四"}
_COLUMNS = {
    "applications": {column.key: column.label for column in form.COLUMNS},
    "disputes": {column.key: column.label for column in form.DISPUTE_COLUMNS},
}


@cache
def describe(path: str, edition: str = "2021") -> str:
    """A path in words; as it is where the form has no words for it.

    ``applications.new.total`` is a figure, ``applications.new`` or ``applications.new.*`` a row,
    ``applications.*.total`` a column, ``applications`` a table, ``sections.others`` a section.
    """
    table, *rest = path.split(".")
    if table == "sections":
        return _section(rest[0] if rest else "", path)
    if table not in TABLES:
        return path
    if set(rest) <= {"*"}:
        return TABLES[table]
    if rest[0] == "*":
        column = _COLUMNS.get(table, {}).get(rest[1])
        return f"{_SHORT[table]}“{column}”列" if column else path
    try:
        return form.path_label(path if len(rest) > 1 else f"{path}.*", edition)
    except (KeyError, ValueError):
        return path


def _section(key: str, path: str) -> str:
    if key == "head":
        return "首部说明"
    return form.SECTIONS.get(key) or path


def format_name(code: str) -> str:
    """What people call the format of a source: 网页, 纯文本, PDF."""
    return _FORMATS.get(code, code.upper())


def how_read(reading: Reading) -> str:
    """The format and the layout a report was read from, as ``PDF，有框线的表格``; empty where unknown."""
    kind = format_name(reading.format)
    return "，".join(part for part in (kind, _LAYOUTS.get(reading.layout, reading.layout)) if part)
