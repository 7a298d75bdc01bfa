"""Lists in the text: shares that should reach 100 %, and 其中 lists that should reach their total."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain

from gongkai.kernel import Finding, Level
from gongkai.report.check.cells import plain, text_of
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.check.text_statements import ACCOUNT, distance, quoted
from gongkai.report.model import Fact, Number, Report

_TAILS = ("信息类", "类信息", "信息", "类")


def _where(fact: Fact) -> str:
    return f"sections.{fact.section}" if fact.section else "sections"


def _unit(values: Mapping[str, Number]) -> Decimal:
    """One unit of the last digit that any of the shares shows."""
    places = max(
        (-int(value.as_tuple().exponent) for value in values.values() if isinstance(value, Decimal)),
        default=0,
    )
    return Decimal(1).scaleb(-max(places, 0))


@rule(
    "TEXT-SHARES",
    title="正文占比有误",
    level=Level.WARNING,
    law=ACCOUNT,
    fires="各项占比加起来不是100%，或者某项占比与它的件数除以总数不符",
    silent="相差在末位一个单位以内的（四舍五入、舍去尾数）；没有列全的",
)
def shares(rule: Rule, context: Context) -> Iterator[Finding]:
    """Shares of a closed list are 100 % and each is count ÷ total, up to one unit of the last digit."""
    report = context.report
    for fact in report.facts_named("shares"):
        if not isinstance(fact.value, Mapping):
            continue
        total: Number = sum(fact.value.values(), Decimal(0))
        slack = _unit(fact.value) * max(1, len(fact.value) // 2)
        if distance(total, 100) > slack and (fact.closed or total > 100):
            yield rule.finding(
                _where(fact),
                f"{quoted(fact)}，各项占比合计{text_of(total)}%，不是100%。请核对各项占比；没有列全的，"
                f"请补上“其他”。",
                expected=100,
                found=plain(total),
                place=fact.place,
            )
            continue
        yield from _quotients(rule, report, fact, fact.value)


def _quotients(rule: Rule, report: Report, fact: Fact, shares: Mapping[str, Number]) -> Iterator[Finding]:
    """Shares that are not count ÷ total, as one finding."""
    unit = _unit(shares)
    counts, total = _counts(report, fact.section, shares)
    if not total:
        return
    wrong: list[str] = []
    first: tuple[Decimal, Number] | None = None
    for label, share in shares.items():
        count = counts.get(_core(label))
        if count is None:
            continue
        exact = Decimal(count) * 100 / Decimal(total)
        if abs(exact - share) > unit:
            wrong.append(
                f"“{label}”{text_of(count)}÷{text_of(total)}应约为{exact.quantize(unit)}%，"
                f"写的是{text_of(share)}%"
            )
            first = first or (exact.quantize(unit), share)
    if first:
        yield rule.finding(
            _where(fact),
            f"{quoted(fact)}：{'；'.join(wrong)}。请核对件数和占比。",
            expected=plain(first[0]),
            found=plain(first[1]),
            place=fact.place,
        )


def _core(label: str) -> str:
    for tail in _TAILS:
        if label.endswith(tail) and len(label) > len(tail) + 1:
            return label[: -len(tail)]
    return label


def _counts(
    report: Report, section: str, shares: Mapping[str, Number]
) -> tuple[dict[str, Number], Number | None]:
    """The counts given for the same labels, and what they are counts of."""
    for other in chain(report.facts_named("published_by_kind"), report.facts_named("breakdown")):
        if isinstance(other.value, Mapping) and other.section == section:
            counts = {_core(label): value for label, value in other.value.items()}
            if any(_core(label) in counts for label in shares):
                return counts, other.of
    return {}, None


@rule(
    "TEXT-SUM",
    title="正文“其中”各项与总数不符",
    level=Level.WARNING,
    law=ACCOUNT,
    fires="“其中”列全了的各项相加不等于总数，或者超过总数",
    silent="只列举一部分的；总数或者某一项是约数的",
)
def sums(rule: Rule, context: Context) -> Iterator[Finding]:
    """A closed 其中 list sums to the total it divides."""
    report = context.report
    for fact in chain(report.facts_named("published_by_kind"), report.facts_named("breakdown")):
        if not isinstance(fact.value, Mapping) or fact.of is None or not fact.whole:
            continue
        total: Number = sum(fact.value.values())
        if total == fact.of or (total < fact.of and not fact.closed):
            continue
        more = "多" if total > fact.of else "少"
        yield rule.finding(
            _where(fact),
            f"{quoted(fact)}，各项相加是{text_of(total)}，总数写的是{text_of(fact.of)}，"
            f"{more}{text_of(distance(total, fact.of))}。"
            "请核对各项和总数；有重复计算的，请在正文说明。",
            expected=plain(fact.of),
            found=plain(total),
            place=fact.place,
        )
