"""A report as JSON: ``gongkai.report/1`` with the cells, indented, UTF-8."""

import json

from gongkai.report import wire
from gongkai.report.model import Report


def write_json(report: Report) -> bytes:
    """Everything that is known of a report; read back it is the same report."""
    data = wire.to_dict(report, cells=True)
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
