"""Counts in a sentence: which fact a number with its unit states, if any."""

import re
from collections.abc import Iterator

from gongkai.report.interpret import fact_cases, fact_works
from gongkai.report.interpret import fact_patterns as words
from gongkai.report.interpret.fact_clause import REACH_BACK, Clause
from gongkai.report.interpret.fact_scan import Number, Sentence
from gongkai.report.interpret.fact_stated import Scene, Stated
from gongkai.report.interpret.fact_subjects import leaning, subject_of


def counted(sentence: Sentence, scene: Scene) -> Iterator[Stated]:
    """The facts that the numbers of a sentence state."""
    text = sentence.text
    years = [(m.start(), int(m.group(1))) for m in words.YEAR.finditer(text)] if "年" in text else []
    scene.totalled = False
    for index, number in enumerate(sentence.numbers):
        left = text[number.left : number.start]
        right = text[number.end : number.right]
        subject = subject_of(text, number, left, right, scene)
        if not subject:
            subject = leaning(sentence, index, left, scene)
        if subject:
            scene.subject = subject
        if sentence.denied_one(number) or _not_this_years(text, number, left, right, years, scene.year):
            continue
        clause = Clause(sentence, number, index, left, right, subject, scene)
        for stated in _READERS.get(clause.subject, fact_works.published)(clause):
            if number.about or not isinstance(number.value, int):
                stated.whole = False
            if stated.name in ("applications_received", "published_items") and stated.whole:
                scene.last = stated
                scene.totalled = stated.name == "published_items"
            yield stated


def _not_this_years(
    text: str, number: Number, left: str, right: str, years: list[tuple[int, int]], year: int | None
) -> bool:
    if words.NOT_A_COUNT_AFTER.match(right) or words.NOT_A_COUNT_BEFORE.search(left):
        return True
    carried = re.search(r"结转|转结|接转|遗留|转入", left + right)
    if words.COMPARED.search(left) and not carried:
        return True
    before = text[max(0, number.start - REACH_BACK) : number.start]
    if words.CUMULATIVE.search(before):
        return True
    named = [named for at, named in years if at < number.start]
    return bool(year and named and named[-1] != year and not carried)


def _nothing(_: Clause) -> Iterator[Stated]:
    yield from ()


_READERS = {
    "application": fact_cases.application,
    "reconsideration": fact_cases.dispute,
    "litigation": fact_cases.dispute,
    "both": fact_cases.both_disputes,
    "assistance": fact_cases.assistance,
    "document": fact_works.document,
    "licence": fact_works.decision,
    "penalty": fact_works.decision,
    "coercive": fact_works.decision,
    "training": fact_works.training,
    "wechat": fact_works.channel_posts,
    "weibo": fact_works.channel_posts,
    "fee": fact_works.fee,
    "blocked": _nothing,
    "part_of_suits": _nothing,
}
