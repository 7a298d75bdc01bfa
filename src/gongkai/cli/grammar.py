"""The parts of the command line's grammar: a parser that speaks Chinese, and the values it takes."""

import argparse
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

_WORDS = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\1 不能是 \2，可以是 \3"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"one of the arguments (.*) is required", r"应给出其中一项：\1"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 不能与 \2 同时使用"),
    (r"argument (.*): expected one argument", r"\1 后面缺少内容"),
    (r"argument (.*): expected at least one argument", r"\1 后面缺少内容"),
    (r"argument (.*): invalid \S+ value: (.*)", r"\1 的内容 \2 不对"),
    (r"argument (.*): (.*)", r"\1：\2"),
)


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Options in two groups, help and mistakes in Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, formatter_class=_Help, add_help=False, allow_abbrev=False)
        self.named = self.add_argument_group("参数")
        self.more = self.add_argument_group("选项")
        self.more.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """End with 2 and one Chinese sentence."""
        for pattern, words in _WORDS:
            message, changed = re.subn(f"^{pattern}$", words, message)
            if changed:
                break
        self.exit(2, f"✗ {message}\n用 {self.prog} --help 查看用法\n")


if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Parser]  # noqa: SLF001 - argparse has no public name for it


def add(names: "Commands", name: str, run: Callable[..., int], description: str, examples: str) -> Parser:
    """A command: its name, its function, one sentence about it and examples to copy."""
    parser: Parser = names.add_parser(
        name, help=description, description=f"{description}。", epilog=f"例子：\n{examples}"
    )
    parser.set_defaults(run=run)
    parser.more.add_argument("--debug", action="store_true", help="出现内部错误时显示详细信息")
    return parser


def positive(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}”应为正整数")
    return int(text)


def day(text: str) -> date:
    """A date like 2025-01-20."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2025-01-20 这样") from None
