"""What each change of an annual report is called in the agency's log."""

from collections.abc import Mapping
from typing import Final

ACTION_LABELS: Final[Mapping[str, str]] = {
    "reporting.accept_finding": "认可核查问题",
    "reporting.amend": "修改年度报告",
    "reporting.ask_about_intake": "询问文件归属",
    "reporting.begin_reading": "开始读取",
    "reporting.confirm": "确认年度报告",
    "reporting.correct": "更正数字",
    "reporting.correct_as_suggested": "按建议更正",
    "reporting.discard": "删除年度报告",
    "reporting.fail_reading": "读取失败",
    "reporting.file_intake": "文件归档",
    "reporting.finish_reading": "读取完成",
    "reporting.keep_published": "保留已发布的年度报告",
    "reporting.publish": "发布年度报告",
    "reporting.recheck": "重新核查",
    "reporting.request_withdrawal": "申请撤回年度报告",
    "reporting.reread": "重新读取",
    "reporting.return": "退回年度报告",
    "reporting.sign": "签批年度报告",
    "reporting.take_in": "收到文件",
    "reporting.unaccept_finding": "撤销对核查问题的认可",
    "reporting.undo_correction": "撤销更正",
    "reporting.upload": "上传年度报告",
    "reporting.withdraw": "撤回年度报告",
}
