"""The command line's grammar, in Chinese."""

import argparse
import os
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

from gongkai import __version__
from gongkai.cli import commands

_WORDS = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\1 不能是 \2，可以是 \3"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*): expected one argument", r"\1 后面缺少内容"),
    (r"argument (.*): expected at least one argument", r"\1 后面缺少内容"),
    (r"argument (.*): invalid \S+ value: (.*)", r"\1 的内容 \2 不对"),
    (r"argument (.*): (.*)", r"\1：\2"),
)
_FORMATS = ("html", "docx", "pdf", "xlsx", "csv", "json")


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options, formatter_class=_Help, add_help=False, allow_abbrev=False)
        self.named = self.add_argument_group("参数")
        self.more = self.add_argument_group("选项")
        self.more.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        for pattern, words in _WORDS:
            message, changed = re.subn(f"^{pattern}$", words, message)
            if changed:
                break
        self.exit(2, f"✗ {message}\n用 {self.prog} --help 查看用法\n")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options; ``run`` is the command's function. Exits with 2 and a Chinese sentence on a mistake."""
    top = _Parser(
        prog="gongkai", description="读取、核查、转换和比较政府信息公开工作年度报告。", epilog=_EPILOG
    )
    top.more.add_argument("--version", action="version", version=f"gongkai {__version__}", help="显示版本")
    names = top.add_subparsers(
        title="命令", dest="command", required=True, metavar="命令", parser_class=_Parser
    )
    _read(names)
    _check(names)
    _convert(names)
    _compare(names)
    _rules(names)
    return top.parse_args(arguments)


if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[_Parser]  # noqa: SLF001 - argparse has no public name for it


def _add(names: "Commands", name: str, run: Callable[..., int], description: str, examples: str) -> _Parser:
    parser: _Parser = names.add_parser(
        name, help=description, description=f"{description}。", epilog=f"例子：\n{examples}"
    )
    parser.set_defaults(run=run)
    parser.more.add_argument("--debug", action="store_true", help="出现内部错误时显示详细信息")
    return parser


def _files(parser: _Parser) -> None:
    parser.named.add_argument("files", metavar="FILE", nargs="+", help="文件或文件夹，可以有多个")
    parser.more.add_argument("--json", action="store_true", help="每份报告输出一行 JSON")
    parser.more.add_argument(
        "--jobs",
        type=_positive,
        default=os.cpu_count() or 1,
        metavar="N",
        help="同时使用的进程数（默认为处理器个数）",
    )
    parser.more.add_argument("--full", action="store_true", help="有多个文件时也逐份显示详情，而不是每份一行")


def _read(names: "Commands") -> None:
    parser = _add(
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
    parser = _add(
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
    more.add_argument("--published-on", type=_day, metavar="DATE", help="公布日期，如 2025-01-20")
    more.add_argument("--html", metavar="OUT", help="把核查结果写成网页；有多份报告时 OUT 是文件夹")


def _convert(names: "Commands") -> None:
    parser = _add(
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
    parser = _add(
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
    parser = _add(
        names, "rules", commands.rules, "列出核查规则", "  gongkai rules\n  gongkai rules T3-BALANCE"
    )
    parser.named.add_argument("codes", metavar="CODE", nargs="*", help="规则代码；不给则列出全部")
    parser.more.add_argument("--json", action="store_true", help="每条规则输出一行 JSON")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}”应为正整数")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2025-01-20 这样") from None


_EPILOG = """例子：
  gongkai read 昆阳镇2024年报.docx
  gongkai check 昆阳镇2024年报.docx --previous 昆阳镇2023年报.docx --html 核查.html
  gongkai check 年报文件夹 --json
  gongkai convert 昆阳镇2024年报.txt --to docx -o 昆阳镇2024年报.docx
  gongkai compare 昆阳镇2023年报.docx 昆阳镇2024年报.docx
  gongkai rules T3-BALANCE

退出码：0 没有错误；1 核查发现错误；2 有文件不能作为年度报告读取，或命令有误。
用“gongkai 命令 --help”查看每个命令的选项。"""
