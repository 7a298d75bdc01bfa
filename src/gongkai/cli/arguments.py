"""The command line's grammar, in Chinese."""

import argparse
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gongkai import __version__
from gongkai.cli import commands, law_arguments
from gongkai.cli.grammar import Parser, add, day, positive

if TYPE_CHECKING:
    from gongkai.cli.grammar import Commands

_FORMATS = ("html", "docx", "pdf", "xlsx", "csv", "json")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options; ``run`` is the command's function. Exits with 2 and a Chinese sentence on a mistake."""
    top = Parser(
        prog="gongkai",
        description="读取、核查、转换和比较政府信息公开工作年度报告；计算依申请公开的期限、收费和救济。",
        epilog=_EPILOG,
    )
    top.more.add_argument("--version", action="version", version=f"gongkai {__version__}", help="显示版本")
    names = top.add_subparsers(
        title="命令", dest="command", required=True, metavar="命令", parser_class=Parser
    )
    _read(names)
    _check(names)
    _convert(names)
    _compare(names)
    _rules(names)
    law_arguments.add_to(names)
    return top.parse_args(arguments)


def _files(parser: Parser) -> None:
    parser.named.add_argument("files", metavar="FILE", nargs="+", help="文件或文件夹，可以有多个")
    parser.more.add_argument("--json", action="store_true", help="每份报告输出一行 JSON")
    parser.more.add_argument(
        "--jobs",
        type=positive,
        default=os.cpu_count() or 1,
        metavar="N",
        help="同时使用的进程数（默认为处理器个数）",
    )
    parser.more.add_argument("--full", action="store_true", help="有多个文件时也逐份显示详情，而不是每份一行")


def _read(names: "Commands") -> None:
    parser = add(
        names,
        "read",
        commands.read,
        "读取年度报告中的数字和文字",
        "  gongkai read 昆阳镇2024年报.docx\n"
        "  gongkai read 昆阳镇2024年报.pdf --json --cells\n"
        "  gongkai read 年报文件夹 --json --jobs 4 > 年报.jsonl",
    )
    _files(parser)
    parser.more.add_argument("--cells", action="store_true", help="给出每个数字的原文和位置")


def _check(names: "Commands") -> None:
    parser = add(
        names,
        "check",
        commands.check,
        "按规则核查年度报告，有错误时退出码为 1",
        "  gongkai check 昆阳镇2024年报.docx\n"
        "  gongkai check 2024年报.pdf --previous 2023年报.pdf --html 核查.html\n"
        "  gongkai check 平阳县2024年报.docx --subordinates 各单位年报 --published-on 2025-03-28\n"
        "  gongkai check 年报文件夹 --json",
    )
    _files(parser)
    more = parser.more
    for option, metavar, words in (
        ("--previous", "FILE", "上一年度的报告；有多份时按机关和年度对应"),
        ("--subordinates", "DIR", "下级单位的报告，用来核对汇总数"),
        ("--others", "FILE", "用来比对文字是否雷同的其他报告"),
    ):
        more.add_argument(
            option, metavar=metavar, action="append", default=[], help=f"{words}（文件或文件夹，可重复使用）"
        )
    more.add_argument("--published-on", type=day, metavar="DATE", help="公布日期，如 2025-01-20")
    more.add_argument("--html", metavar="OUT", help="把核查结果写成网页；有多份报告时 OUT 是文件夹")


def _convert(names: "Commands") -> None:
    parser = add(
        names,
        "convert",
        commands.convert,
        "把年度报告转换成另一种格式",
        "  gongkai convert 昆阳镇2024年报.pdf --to docx -o 昆阳镇2024年报.docx\n"
        "  gongkai convert 昆阳镇2024年报.txt --to json -o -",
    )
    parser.set_defaults(formats=_FORMATS)
    parser.named.add_argument("file", metavar="FILE", help="要转换的文件")
    parser.more.add_argument(
        "--to", choices=_FORMATS, metavar="FORMAT", help=f"格式：{'、'.join(_FORMATS)}（默认看 OUT 的后缀）"
    )
    parser.more.add_argument(
        "-o", "--output", metavar="OUT", help="写入的文件，- 为标准输出（默认与原文件同名，放在当前文件夹）"
    )


def _compare(names: "Commands") -> None:
    parser = add(
        names,
        "compare",
        commands.compare,
        "把两份年度报告（两个年度或两个机关）并排比较",
        "  gongkai compare 2023年报.pdf 2024年报.pdf\n  gongkai compare 甲镇.docx 乙镇.docx --all\n"
        "  gongkai compare 2023年报.pdf 2024年报.pdf --json",
    )
    parser.named.add_argument("a", metavar="A", help="第一份报告")
    parser.named.add_argument("b", metavar="B", help="第二份报告")
    parser.more.add_argument("--json", action="store_true", help="输出 JSON")
    parser.more.add_argument("--all", action="store_true", help="也列出两边都是 0 或都空白的数字")


def _rules(names: "Commands") -> None:
    parser = add(
        names, "rules", commands.rules, "列出核查规则", "  gongkai rules\n  gongkai rules T3-BALANCE"
    )
    parser.named.add_argument("codes", metavar="CODE", nargs="*", help="规则代码；不给则列出全部")
    parser.more.add_argument("--json", action="store_true", help="每条规则输出一行 JSON")


_EPILOG = """例子：
  gongkai read 昆阳镇2024年报.docx
  gongkai check 昆阳镇2024年报.docx --previous 昆阳镇2023年报.docx --html 核查.html
  gongkai check 年报文件夹 --json
  gongkai convert 昆阳镇2024年报.txt --to docx -o 昆阳镇2024年报.docx
  gongkai compare 昆阳镇2023年报.docx 昆阳镇2024年报.docx
  gongkai rules T3-BALANCE
  gongkai law clock 申请事件.json --on 2024-03-01

退出码：0 没有错误；1 核查发现错误；2 有文件不能读取，事件为法律所不许，或命令有误。
用“gongkai 命令 --help”查看每个命令的选项。"""
