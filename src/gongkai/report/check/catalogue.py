"""The catalogue of rules: ``python -m gongkai.report.check.catalogue --write docs/rules.md``.

Without an argument it goes to standard output; ``--check PATH`` compares, and exits 1 where the file is not
what the registry says.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from gongkai.kernel import Level
from gongkai.report import check
from gongkai.report.check.registry import RULES, Rule

#: The parts of the catalogue in order: the beginning of the codes, and what these rules look at.
GROUPS = (
    ("T3", "表三：收到和处理政府信息公开申请情况"),
    ("T4", "表四：行政复议、行政诉讼"),
    ("T2", "表二：主动公开"),
    ("YOY", "与上年报告比对"),
    ("ROLLUP", "与下级汇总比对"),
    ("TEXT", "正文与表格比对"),
    ("FORM", "格式"),
    ("UNIT", "单位"),
    ("CITE", "引用的文件"),
    ("DATE", "日期"),
    ("LANG", "语言文字"),
    ("PII", "个人信息"),
    ("SAME", "雷同"),
)
_HEAD = f"""# 核查规则

<!-- 由登记的规则生成，请勿手改：make docs -->

每条规则是一个函数，以编号登记。
“{Level.ERROR.word}”使 `gongkai check` 以 1 退出；“{Level.WARNING.word}”“{Level.INFO.word}”不影响退出码。
同一缺陷只报一次：读不准的表格报“读不出”，不报算术错误；不确定的数字不参与错误判断；多处同一问题合为一条并列出各处。
表中的级别是通常的级别，列在“不报或降级”里的情形会降级。
"""


def _group(code: str) -> int:
    prefix = code.partition("-")[0]
    return next((i for i, (known, _) in enumerate(GROUPS) if known == prefix), len(GROUPS))


def ordered() -> list[Rule]:
    """All rules: by group, within a group in the order they were registered."""
    if not RULES:
        raise RuntimeError(f"{check.__name__} registered no rule")
    return sorted(RULES.values(), key=lambda rule: _group(rule.code))


def _editions(rule: Rule) -> str:
    return "、".join(f"{edition}年格式" for edition in rule.editions)


def _overview(rules: Sequence[Rule]) -> list[str]:
    lines = ["| 编号 | 名称 | 级别 | 适用 |", "|---|---|---|---|"]
    lines += [
        f"| [{r.code}](#{r.code.lower()}) | {r.title} | {r.level.word} | {_editions(r)} |" for r in rules
    ]
    return lines


def _entry(rule: Rule) -> list[str]:
    return [
        f"### {rule.code}",
        "",
        f"**{rule.title}**（{rule.level.word}，{_editions(rule)}）",
        "",
        f"- 报：{rule.fires.rstrip('。')}。",
        f"- 不报或降级：{rule.silent.rstrip('。') or '无'}。",
        f"- 依据：{rule.law}",
        "",
    ]


def render() -> str:
    """The catalogue as Markdown, in Chinese."""
    rules = ordered()
    lines = [_HEAD, *_overview(rules), ""]
    for index, (_, title) in enumerate((*GROUPS, ("", "其他"))):
        group = [rule for rule in rules if _group(rule.code) == index]
        if group:
            lines += [f"## {title}", ""]
        for rule in group:
            lines += _entry(rule)
    return "\n".join(lines).rstrip("\n") + "\n"


def main(arguments: Sequence[str]) -> int:
    """Print the catalogue, write it (``--write PATH``) or compare it (``--check PATH``).

    Returns 0, 1 where the file differs, 2 for other arguments.
    """
    if not arguments:
        sys.stdout.write(render())
        return 0
    if len(arguments) != 2 or arguments[0] not in {"--check", "--write"}:
        sys.stderr.write("用法：python -m gongkai.report.check.catalogue [--check|--write docs/rules.md]\n")
        return 2
    path = Path(arguments[1])
    if arguments[0] == "--write":
        path.write_text(render(), "utf-8")
        return 0
    if path.is_file() and path.read_text("utf-8") == render():
        return 0
    sys.stderr.write(f"{path} 与登记的规则不一致，请运行 make docs\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
