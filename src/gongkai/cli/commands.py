"""The five commands. Each calls a door, prints, and returns the exit code."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gongkai.cli import comparison, summary
from gongkai.cli.files import find, save
from gongkai.cli.pages import Pages
from gongkai.cli.screen import LEVELS, Screen, level_counts
from gongkai.kernel import Finding, GongkaiError, Level, UnreadableError
from gongkai.report import api
from gongkai.report.api import Report

if TYPE_CHECKING:
    from gongkai.report.api import Original, Rule

    Results = Iterator[tuple[str, "Result | UnreadableError"]]

Result = TypeVar("Result")

OK, FAULTY, UNREADABLE = 0, 1, 2


class _Files:
    """The files of one command: what was read, and the highest exit code so far."""

    def __init__(self, options: Namespace, screen: Screen) -> None:
        self.code = OK
        self._screen = screen
        self._jobs = options.jobs
        self.paths = find(options.files, self.refuse)
        self.several = len(self.paths) > 1 or any(Path(path).is_dir() for path in options.files)

    def refuse(self, error: GongkaiError, path: str = "") -> None:
        """Name on stderr what could not be read."""
        self.code = UNREADABLE
        self._screen.error(error, path)

    def raise_code(self, code: int) -> None:
        """The highest code over all files counts."""
        self.code = max(self.code, code)

    def each(self, what: str, read: "Callable[[list[str], int], Results[Result]]") -> "Results[Result]":
        """Each file with what ``read`` makes of it, in order."""
        if not self.paths:
            return
        with self._screen.progress(what, len(self.paths)) as advance:
            for path, result in read(self.paths, min(self._jobs, len(self.paths))):
                yield path, result
                advance()


def read(options: Namespace, screen: Screen) -> int:
    """``gongkai read``: 0, or 2 where a file cannot be read."""
    files = _Files(options, screen)
    for path, report in files.each("读取", lambda paths, jobs: api.read_many(paths, jobs=jobs)):
        if isinstance(report, UnreadableError):
            files.refuse(report, path)
            continue
        if options.json:
            screen.data(api.to_dict(report, cells=options.cells))
        elif files.several and not (options.full or options.cells):
            screen.line(("✓ ", "green"), f"{path}  ", *summary.one_line(report))
        else:
            _show_reading(report, options, screen)
    return files.code


def _show_reading(report: Report, options: Namespace, screen: Screen) -> None:
    for line in summary.lines(report):
        screen.line(*line)
    if options.cells:
        for line in summary.cell_lines(report):
            screen.line(*line)


def check(options: Namespace, screen: Screen) -> int:
    """``gongkai check``: 0, 1 where a report has errors, 2 where a file cannot be read."""
    files = _Files(options, screen)
    beside = _Beside(options, files)
    pages = Pages(options.html, files.several) if options.html else None

    def opened(paths: list[str], jobs: int) -> "Results[Original]":
        return api.open_many(paths, jobs=jobs, sources=pages is not None)

    for path, original in files.each("核查", opened):
        try:
            if isinstance(original, UnreadableError):
                raise original
            report = original.report
            findings = beside.check(report, path)
        except GongkaiError as error:
            files.refuse(error, path)
            if pages:
                pages.refuse(path, error)
            continue
        if any(finding.level is Level.ERROR for finding in findings):
            files.raise_code(FAULTY)
        if pages:
            pages.add(path, original, findings)
        _show_check(path, report, findings, options, screen, brief=files.several and not options.full)
    if pages and pages.finish():
        screen.note(f"核查页面：{pages.entrance}")
    return files.code


def _show_check(
    path: str,
    report: Report,
    findings: Sequence[Finding],
    options: Namespace,
    screen: Screen,
    *,
    brief: bool,
) -> None:
    if options.json:
        screen.data(api.findings_to_dict(report, findings))
    elif brief:
        counted = level_counts(summary.counts(findings)) or [("✓ 没有发现问题  ", "green")]
        screen.line(*counted, f"{path}  ", *summary.one_line(report))
    else:
        _show_findings(report, findings, screen)


def _show_findings(report: Report, findings: Sequence[Finding], screen: Screen) -> None:
    for line in summary.lines(report):
        screen.line(*line)
    for finding in findings:
        for line in summary.finding_lines(finding, report.edition):
            screen.line(*line)
    if not findings:
        screen.line(("  ✓ 没有发现问题", "green"))


class _Beside:
    """The reports that stand beside the ones being checked."""

    def __init__(self, options: Namespace, files: _Files) -> None:
        self._files = files
        self._published_on = options.published_on
        self._debug = options.debug
        self._single = not files.several
        self._previous = self._load(options.previous, options.jobs)
        self._subordinates = self._load(options.subordinates, options.jobs)
        self._others = self._load(options.others, options.jobs)

    def check(self, report: Report, path: str) -> tuple[Finding, ...]:
        """Every finding on ``report``; it is never compared with itself.

        Raises GongkaiError where a rule fails: findings that are not complete are no answer.
        """
        try:
            return api.check(
                report,
                previous=self._before(report),
                subordinates=_without(path, self._subordinates),
                others=_without(path, self._others),
                published_on=self._published_on,
            )
        except Exception as error:
            if self._debug:
                raise
            said = f"核查时出现内部错误（{type(error).__name__}：{error}），没有给出结果"
            remedy = "请加 --debug 重新运行，并把输出交给维护人员"
            raise GongkaiError(said, remedy=remedy, code="internal") from error

    def _load(self, arguments: Sequence[str], jobs: int) -> dict[str, Report]:
        reports: dict[str, Report] = {}
        for path, result in api.read_many(find(arguments, self._files.refuse), jobs=jobs):
            if isinstance(result, UnreadableError):
                self._files.refuse(result, path)
            else:
                reports[path] = result
        return reports

    def _before(self, report: Report) -> Report | None:
        """Last year's report of the same agency; the only one given, where one report is checked."""
        candidates = list(self._previous.values())
        if self._single and len(candidates) == 1:
            return candidates[0]
        same = [
            other
            for other in candidates
            if report.year and other.year == report.year - 1 and _same_agency(report.agency, other.agency)
        ]
        return same[0] if len(same) == 1 else None


def _same_agency(one: str | None, other: str | None) -> bool:
    """A short name (昆阳镇) and a full name (平阳县昆阳镇人民政府) are the same agency."""
    if not one or not other:
        return False
    short, long = sorted((one.removesuffix("人民政府"), other.removesuffix("人民政府")), key=len)
    return long.endswith(short)


def _without(path: str, reports: dict[str, Report]) -> list[Report]:
    here = Path(path).resolve()
    return [report for other, report in reports.items() if Path(other).resolve() != here]


def convert(options: Namespace, screen: Screen) -> int:
    """``gongkai convert``: 0, or 2 where the file cannot be read or written."""
    target = options.output or f"{Path(options.file).stem}.{options.to or ''}"
    kind = options.to or Path(target).suffix.lstrip(".").lower()
    if kind not in options.formats:
        known = "、".join(options.formats)
        raise GongkaiError("没有说明要转换成什么格式", remedy=f"请加 --to，可以是 {known}", code="usage")
    if target != "-" and Path(target).resolve() == Path(options.file).resolve():
        raise GongkaiError(
            "输出文件不能就是原文件", place=target, remedy="请用 -o 另给一个文件名", code="usage"
        )
    try:
        report = api.read(options.file)
    except UnreadableError as error:
        screen.error(error, options.file)
        return UNREADABLE
    blank = sum(str(figure.mark) in {"uncertain", "unreadable"} for figure in report.figures.values())
    if blank:
        screen.note(f"注意：有 {blank} 个数字不能确定，在结果中为空白")
    content = api.write(report, kind)
    if target == "-":
        sys.stdout.buffer.write(content)
        return OK
    save(Path(target), content)
    screen.note(f"已写入 {target}")
    return OK


def compare(options: Namespace, screen: Screen) -> int:
    """``gongkai compare``: 0, or 2 where a file cannot be read."""
    reports: list[Report] = []
    for path, result in api.read_many([options.a, options.b], jobs=2):
        if isinstance(result, UnreadableError):
            screen.error(result, path)
        else:
            reports.append(result)
    if len(reports) != 2:
        return UNREADABLE
    found = api.compare(*reports)
    if options.json:
        screen.data(found.to_dict())
    else:
        comparison.show(found, screen, everything=options.all)
    return OK


def rules(options: Namespace, screen: Screen) -> int:
    """``gongkai rules``: 0, or 2 where a code is unknown."""
    known = {rule.code: rule for rule in api.rules()}
    unknown = [code for code in options.codes if code.upper() not in known]
    if unknown:
        raise GongkaiError(
            f"没有规则 {'、'.join(unknown)}", remedy="用 gongkai rules 列出全部规则", code="rule"
        )
    chosen = [known[code.upper()] for code in options.codes] or list(known.values())
    for rule in chosen:
        word, style = LEVELS[rule.level]
        if options.json:
            screen.data(_rule_out(rule))
            continue
        screen.line((word, style), f"  {rule.code}  ", (rule.title, "bold"))
        if options.codes:
            for line in _rule_details(rule):
                screen.line(f"  {line}")
    return OK


def _rule_details(rule: "Rule") -> Iterable[str]:
    yield f"何时提出：{rule.fires}"
    if rule.silent:
        yield f"何时不提：{rule.silent}"
    yield f"依据：{rule.law}"
    yield f"适用格式：{'、'.join(f'{edition}年版' for edition in rule.editions)}"


def _rule_out(rule: "Rule") -> dict[str, object]:
    return {
        "code": rule.code,
        "title": rule.title,
        "level": str(rule.level),
        "law": str(rule.law),
        "fires": rule.fires,
        "silent": rule.silent,
        "editions": list(rule.editions),
    }
