"""Denials: 未收到, 没有, 无. A zero of what is denied, and of nothing else in the sentence."""

import re
from collections.abc import Iterator

from gongkai.report.interpret import fact_patterns as words
from gongkai.report.interpret.fact_scan import Sentence
from gongkai.report.interpret.fact_stated import Scene, Stated

_NAMES = {
    "application": "applications_received",
    "reconsideration": "reconsiderations",
    "litigation": "litigations",
}
_TOPIC_NAMES = {"application": ("applications_received",), "disputes": ("reconsiderations", "litigations")}
_CLAUSE = re.compile(r"[^,，;；:：()]+")
_ONLY_NONE = re.compile(
    r"(?:本年度?|全年|20\d\d年度?|我[局镇乡办委街道县区]{1,2}|本(?:单位|机关|局|镇))*(?:暂)?(?:均)?(?:无"
    r"|没有)"
)
_INFORMATION = re.compile(r"公开|依申请")


def denied(sentence: Sentence, scene: Scene) -> Iterator[Stated]:
    """The zeros that a sentence states by denying."""
    text = sentence.text
    if not words.DENIAL.search(text):
        return
    counts = [number.start for number in sentence.numbers if number.unit and not sentence.denied_one(number)]
    clauses = list(_CLAUSE.finditer(text))
    for index, clause in enumerate(clauses):
        start, end = clause.span()
        if any(start <= at < end for at in counts) or not words.DENIAL.search(clause.group()):
            continue
        if _another_year(text[:end], scene.year):
            continue
        before = clauses[index - 1] if index else None
        for name, begin in _in_clause(text, start, end, before, scene):
            first, last = sentence.span(begin, end)
            yield Stated(name, 0, first, last, _scope(text[begin:end]))
    if not counts and scene.topic in _TOPIC_NAMES and _ONLY_NONE.fullmatch(text):
        for name in _TOPIC_NAMES[scene.topic]:
            first, last = sentence.span(0, len(text))
            yield Stated(name, 0, first, last, "无")


def _scope(clause: str) -> str:
    found = re.search(r"收到|接到|受理|办理|发生|产生|存在|涉及|出现", clause)
    return ("未" + found.group()) if found else "无"


def _another_year(before: str, year: int | None) -> bool:
    named = [int(m.group(1)) for m in words.YEAR.finditer(before)]
    return bool(year and named and named[-1] != year) or bool(re.search(r"去年|上年(?!度?结转)", before))


def _in_clause(
    text: str, start: int, end: int, before: re.Match[str] | None, scene: Scene
) -> Iterator[tuple[str, int]]:
    """(fact, where its words begin) for every zero of the clause ``text[start:end]``."""
    clause = text[start:end]
    denial = words.DENIAL.search(clause)
    if not denial:
        return
    rest = clause[denial.end() :]
    if words.DENIAL_VOID.search(clause):
        return
    if "结转" in rest:
        name = "applications_carried_in" if re.search(r"上|去年", rest) else "applications_carried_out"
        if re.search(r"(?:申请|公开|件|办理|情况|年度?|事项|结转|的)$", rest):
            yield name, start
        return
    objects = _denied_at_end(rest, scene, clause)
    if objects:
        for kind in objects:
            yield _NAMES[kind], start
        return
    if words.DENIED_AFTER.fullmatch(clause, _after_start(clause)):
        yield from _denied_before(text, start, before, clause, scene)


def _after_start(clause: str) -> int:
    """Where the closing denial of a clause begins: 行政复议、行政诉讼|均无."""
    match = re.search(
        r"(?:均|都|全部|也|全年|年内|本年度?)*(?:为)?(?:无|零|没有|未发生|未产生|未出现|不存在|未收到"
        r"|未涉及)[^无零未没]*$",
        clause,
    )
    return match.start() if match else len(clause)


def _denied_before(
    text: str, start: int, before: re.Match[str] | None, clause: str, scene: Scene
) -> Iterator[tuple[str, int]]:
    """The objects before a closing denial: in its clause, or as a label before a colon."""
    head = clause[: _after_start(clause)]
    objects = _denied_at_end(head, scene, clause) if head else []
    begin = start
    if not objects and before and _label_before(text, before.end()):
        label = before.group()
        begin = before.start()
        objects = [] if words.DENIAL_VOID.search(label) else _denied_at_end(label, scene, label)
    for kind in objects:
        yield _NAMES[kind], begin


def _label_before(text: str, end: int) -> bool:
    return text[end : end + 1] in tuple(":：,，)")


def _denied_at_end(rest: str, scene: Scene, clause: str) -> list[str]:
    """The objects at the end of a denied phrase: the last, and those listed with it."""
    found = list(words.DENIED_OBJECT.finditer(rest))
    if not found or not words.DENIED_TAIL.fullmatch(rest, found[-1].end()):
        return []
    kinds: list[str] = []
    for position in range(len(found) - 1, -1, -1):
        match = found[position]
        if position < len(found) - 1:
            following = found[position + 1]
            if not words.DENIED_BETWEEN.fullmatch(rest, match.end(), following.start()):
                if following.lastgroup == "weak" and following.start() - match.end() <= 12:
                    kinds.pop()
                else:
                    break
        kind = match.lastgroup or ""
        if kind == "weak":
            kind = "application" if scene.topic == "application" or _INFORMATION.search(clause) else ""
        kinds.append(kind)
    return [kind for kind in dict.fromkeys(reversed(kinds)) if kind]
