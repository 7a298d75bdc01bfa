"""Paths in the words of the form, for messages and pages."""

from functools import cache

from gongkai.report import form

TABLES = {
    "proactive": "表二（主动公开政府信息情况）",
    "applications": "表三（收到和处理政府信息公开申请情况）",
    "disputes": "表四（政府信息公开行政复议、行政诉讼情况）",
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
