"""The grammar of ``gongkai law``."""

import argparse
from typing import TYPE_CHECKING

from gongkai.cli import law
from gongkai.cli.grammar import Parser, add, day

if TYPE_CHECKING:
    from gongkai.cli.grammar import Commands


def add_to(names: "Commands") -> None:
    """``gongkai law`` with its commands."""
    parser = names.add_parser(
        "law",
        help="依申请公开的工作日、期限、收费和救济",
        description="计算依申请公开的工作日、答复期限、信息处理费和救济途径，并说明依据。",
        epilog=_EPILOG,
    )
    commands = parser.add_subparsers(
        title="命令", dest="law_command", required=True, metavar="命令", parser_class=Parser
    )
    _workdays(commands)
    _clock(commands)
    _fee(commands)
    _remedy(commands)
    _import_year(commands)


def _json(parser: Parser) -> None:
    parser.more.add_argument("--json", action="store_true", help="输出 JSON")


def _workdays(names: "Commands") -> None:
    parser = add(
        names,
        "workdays",
        law.workdays,
        "两个日期之间（含首尾两日）的工作日，已计调休",
        "  gongkai law workdays --from 2024-02-01 --to 2024-02-29",
    )
    parser.named.add_argument("--from", dest="start", type=day, required=True, metavar="D", help="起始日期")
    parser.named.add_argument("--to", dest="end", type=day, required=True, metavar="D", help="终止日期")
    _json(parser)


def _clock(names: "Commands") -> None:
    parser = add(
        names,
        "clock",
        law.clock,
        "一件申请的期限：逐日列出计或不计，以及依据",
        "  gongkai law clock 申请事件.json\n"
        "  gongkai law clock 申请事件.json --on 2024-03-01 --json\n"
        f"  gongkai law clock - <<< '{_EVENTS}'",
    )
    parser.epilog = f"{parser.epilog}\n\n{_FORMAT}"
    parser.named.add_argument("events", metavar="EVENTS.json", help="申请的事件，- 为标准输入")
    parser.more.add_argument("--on", type=day, metavar="D", help="截至哪一天（默认为最后一个事件之日）")
    _json(parser)


def _fee(names: "Commands") -> None:
    parser = add(
        names,
        "fee",
        law.fee,
        "信息处理费（国办函〔2020〕109号）：按件计一个自然月，按量计一件申请",
        "  gongkai law fee --items 31\n  gongkai law fee --pages 120 --json",
    )
    tariff = parser.named.add_mutually_exclusive_group(required=True)
    tariff.add_argument("--items", type=_count, metavar="N", help="同一申请人一个自然月内的件数")
    tariff.add_argument("--pages", type=_count, metavar="N", help="一件申请提供的页数")
    parser.more.add_argument("--on", type=day, metavar="D", help="收费通知的日期（默认为现行标准）")
    _json(parser)


def _remedy(names: "Commands") -> None:
    parser = add(
        names,
        "remedy",
        law.remedy,
        "某一办理结果的救济途径：是否复议前置、期限、告知的写法",
        "  gongkai law remedy --outcome denied_process --on 2025-07-01",
    )
    parser.named.add_argument("--outcome", required=True, metavar="ROW", help="表三中的办理结果，如 granted")
    parser.named.add_argument("--on", type=day, required=True, metavar="D", help="答复的日期")
    _json(parser)


def _import_year(names: "Commands") -> None:
    parser = add(
        names,
        "import-year",
        law.import_year,
        "导入国务院办公厅公布的一年放假安排",
        "  gongkai law import-year 2027.toml",
    )
    parser.named.add_argument("file", metavar="FILE", help="放假安排（TOML 或 JSON），- 为标准输入")
    _json(parser)


#: No agency counts so many items or pages; the amount could not be written out.
_MOST_DIGITS = 30


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"“{text}”应为 0 或正整数")
    if len(text) > _MOST_DIGITS:
        raise argparse.ArgumentTypeError(f"数字过大，最多{_MOST_DIGITS}位")
    return int(text)


_EVENTS = '{"channel": "in_person", "events": [{"on": "2024-01-31", "kind": "received"}]}'
_FORMAT = """EVENTS.json：
  channel   in_person 当面，signed_mail 需签收的邮寄，ordinary_mail 无需签收的邮寄，internet 互联网，fax 传真
  events    按日期先后，每个事件有 on（日期）和 kind，另可有：
    workdays  延长（extended）几个工作日；补正（correction_requested）限几个工作日
    party     征求谁的意见：third_party 第三方（默认），agency 其他机关
    ref       同时征求几方意见时的区分
    to        延迟答复（delayed）到哪一天
    excused   逾期补正、缴费有正当理由（true）
    reached   补正告知、收费通知、征求意见书何日送达；对方的期限自此起算，没有的自发出起算
    from_receipt  期限自送达起算、送达之日还不知道（true）：此前不起算，不因逾期视为放弃
  kind      received 收到，confirmed 双方确认，correction_requested 补正告知，corrected 收到补正，
            consultation_started 征求意见，consultation_ended 收到意见，extended 延长，
            reasons_requested 要求说明理由，reasons_given 说明理由，delayed 延迟答复，
            fee_notified 收费通知，fee_paid 缴费，withdrawn 撤回，replied 答复"""
_EPILOG = """例子：
  gongkai law workdays --from 2024-02-01 --to 2024-02-29
  gongkai law clock 申请事件.json --on 2024-03-01
  gongkai law fee --items 31
  gongkai law remedy --outcome denied_process --on 2025-07-01

退出码：0 完成；2 事件为法律所不许、年份未公布放假安排，或命令有误。"""
