"""The last day to publish the annual report (Art. 49)."""

from datetime import date
from typing import Literal

from gongkai.law.dated import NotCoveredError, in_force, rows

Body = Literal["department", "government"]


def report_deadline(year: int, body: Body) -> date:
    """The last day to publish the report on ``year`` (Art. 49), both kinds of body.

    31 January of the next year for a department, 31 March for a government at county level or above.
    Raises NotCoveredError for years before the regulation in force.
    """
    for row in rows("report_deadlines"):
        if row["body"] == body and in_force(row, year):
            return date(year + 1, row["month"], row["day"])
    raise NotCoveredError(
        f"没有{year}年度年报公布期限的数据", remedy="请核对年度；无误的，请更新到收录了它的版本"
    )
