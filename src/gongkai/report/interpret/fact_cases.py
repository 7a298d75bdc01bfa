"""Counts of applications, disputes and requests for assistance."""

import re
from collections.abc import Iterator

from gongkai.report.interpret import fact_patterns as words
from gongkai.report.interpret.fact_clause import Clause
from gongkai.report.interpret.fact_stated import Stated
from gongkai.report.interpret.fact_subjects import ABOUT_DISCLOSURE

_CASES = {
    "received": "applications_received",
    "completed": "applications_completed",
    "pending": "applications_pending",
    "carried_in": "applications_carried_in",
    "carried_out": "applications_carried_out",
    "withdrawn": "applications_withdrawn",
}
_DISPUTES = {"reconsideration": "reconsiderations", "litigation": "litigations"}
_DISPUTE_PENDING = re.compile(r"尚未|未审结|未结|正在|审理中|办理中|在审|待审")
_OUTCOME = re.compile(
    r"维持|纠正|撤销|驳回|审结|败诉|胜诉|终止|撤回|撤诉|确认|责令|调解|和解|其他结果|已结|办结|结果|支持"
)
_DECIDED = re.compile(r"(?:已|均|法院|复议机关)*(?:作出|做出|做了|被判|判决|决定|裁定)")
_RECEIVED_AND = re.compile(r"并|及|、|和|与|且")
_ENDS = re.compile(r"(?:案件|件|事项|的|办理|受理|情况)*")
_SUM = re.compile(r"(?:合计|总计|共计)(?:为|申请)?")
#: 收到并答复12件，其中2件结转: not all of them were answered.
_STILL_OPEN = re.compile(r"其中\d+件(?:申请)?(?:结转|转入|尚未|正在|未|仍)")
_PERSONS = re.compile(r"自然人|公民|申请人|法人|企业|群众|市民|单位的")
_NEW = re.compile(r"新收|新增|新接收|本年(?:度)?收|新受理")


def application(clause: Clause) -> Iterator[Stated]:
    """What a count of applications says of them: received, answered, carried over, withdrawn."""
    if clause.number.unit not in words.CASE_UNITS or clause.number.unit == "元":
        return
    for kind, scope in _kinds(clause):
        whole = clause.whole() and not _PERSONS.match(clause.right)
        if kind in ("received", "completed") and not _NEW.search(clause.left):
            if words.CHANNEL.search(clause.left) and not words.SEVERAL_CHANNELS.search(clause.left):
                continue
            if kind == "received" and (_is_part(clause) or _summed_up_behind(clause)):
                continue
            whole = whole and not (kind == "completed" and _of_one_channel(clause))
        yield clause.state(_CASES[kind], scope, whole=whole, after=_reach(clause.right))


def _of_one_channel(clause: Clause) -> bool:
    """Whether the applications counted just before came by one channel: 网上申请65件，办结62件."""
    if not clause.index or re.search(r"共|全部|合计|总", clause.left):
        return False
    before = clause.sentence.numbers[clause.index - 1]
    said = clause.sentence.text[before.left : before.start]
    listed = clause.index > 1 and "其中" in clause.before
    return bool(
        not listed
        and words.CHANNEL.search(said)
        and not words.SEVERAL_CHANNELS.search(said)
        and not _NEW.search(said)
    )


def _summed_up_behind(clause: Clause) -> bool:
    """Whether a number soon behind is the sum of this one and others: 网上105件，快递17件，合计122件."""
    text, numbers = clause.sentence.text, clause.sentence.numbers
    return bool(words.CHANNEL.search(clause.left)) and any(
        _SUM.fullmatch(text[other.left : other.start]) and other.value > clause.number.value
        for other in numbers[clause.index + 1 : clause.index + 5]
    )


def _is_part(clause: Clause) -> bool:
    """Whether the number is one of a 其中 list of received applications."""
    before = clause.before
    last = before.rfind("其中")
    return last >= 0 and clause.index > 0 and clause.sentence.numbers[clause.index - 1].end <= last + 40


def _reach(right: str) -> int:
    """How many characters behind the unit belong to the statement."""
    match = words.SUBJECT.match(right) or words.VERB.match(right)
    return match.end() if match else 0


def _kinds(clause: Clause) -> list[tuple[str, str]]:
    """What happened to the applications counted: one kind, or received and completed at once."""
    left, right = clause.left, clause.right
    verbs = list(words.VERB.finditer(left))
    if not verbs:
        return _kinds_behind(clause)
    last = verbs[-1]
    kind, scope = last.lastgroup or "", last.group()
    if kind == "outcome":
        return []
    if kind == "received":
        behind = words.VERB.match(right)
        if behind and behind.lastgroup in ("pending", "carried_out", "withdrawn") and left.endswith(scope):
            return [(behind.lastgroup, behind.group())]
        return _with_earlier(verbs, left)
    if kind == "completed" and len(verbs) > 1 and verbs[-2].lastgroup == "received":
        between = left[verbs[-2].end() : last.start()]
        first = ("received", verbs[-2].group())
        if first[1] not in ("办理", "处理") and len(between) <= 6:
            if not between and scope in ("答复", "回复"):
                return [first]
            if _RECEIVED_AND.search(between):
                open_ = _STILL_OPEN.search(clause.sentence.text, clause.number.end)
                return [first] if open_ else [first, ("completed", scope)]
    if kind == "completed" and re.search(r"率$|(?:时限|期限)(?!内)", left):
        return []
    return [(kind, _scope_with_new(scope, left))]


def _with_earlier(verbs: list[re.Match[str]], left: str) -> list[tuple[str, str]]:
    """Of 收到、办理 … the first verb is what was done with all of them; 上年结转办理 stays carried in."""
    if verbs[-1].lastgroup == "received" and _NEW.search(left, max(0, verbs[-1].start() - 2)):
        return [("received", _scope_with_new(verbs[-1].group(), left))]
    for verb in verbs:
        if verb.lastgroup in ("carried_in", "carried_out", "withdrawn", "pending"):
            return [(verb.lastgroup, verb.group())]
    if any(verb.lastgroup == "outcome" for verb in verbs):
        return []
    first = next(verb for verb in verbs if verb.lastgroup in ("received", "completed"))
    return [(first.lastgroup or "", _scope_with_new(first.group(), left))]


def _scope_with_new(scope: str, left: str) -> str:
    return f"新{scope}" if scope in ("收", "收到", "受理") and f"新{scope}" in left else scope


def _kinds_behind(clause: Clause) -> list[tuple[str, str]]:
    """Without a verb before the number: the one behind it, or received where its subject is there."""
    left, right = clause.left, clause.right
    own = words.SUBJECT.search(left)
    behind = re.match(r"(?:的)?(?:依?申请)?(?:件)?(?:均|都|已|全部|仍|还|未|正|按|将|被|申请人)*", right)
    verb = words.VERB.match(right, behind.end() if behind else 0) or words.VERB.match(right)
    if verb and not own:
        kind = verb.lastgroup or ""
        return [(kind, verb.group())] if kind not in ("outcome", "received", "carried_in") else []
    mine = words.SUBJECT.match(right)
    if mine and not own and not _ENDS.fullmatch(right, mine.end()):
        return []
    if _SUM.fullmatch(left) and clause.index and words.CHANNEL.search(clause.before):
        return [("received", left[:2])]
    if own or (mine and mine.lastgroup in ("application", "weak")):
        if re.search(r"公开(?:了)?$", left) and own is None:
            return []
        return [("received", "共" if "共" in left else "")]
    return []


def dispute(clause: Clause) -> Iterator[Stated]:
    """A count of reconsiderations or of litigation about disclosure."""
    name = _DISPUTES[clause.subject]
    if clause.number.unit not in words.CASE_UNITS or not _of_disclosure(clause):
        return
    clause.scene.of_disclosure = True
    around = clause.left + clause.right[:8]
    if _DISPUTE_PENDING.search(around):
        yield clause.state(f"{name}_pending", "尚未审结", whole=clause.whole())
        return
    own = words.SUBJECT.search(clause.left) or words.SUBJECT.search(clause.right[:12])
    if not own or _OUTCOME.search(clause.left) or _DECIDED.match(clause.right) or _is_part(clause):
        return
    yield clause.state(name, _scope_of_dispute(around), whole=clause.whole(), after=_reach(clause.right))


def _of_disclosure(clause: Clause) -> bool:
    """Whether the talk is of disputes about disclosure, not of those the agency decides on others' acts."""
    if clause.scene.of_disclosure or clause.scene.topic in ("application", "disputes"):
        return True
    if ABOUT_DISCLOSURE.search(clause.sentence.text):
        return True
    return clause.scene.section == "overview" and bool(
        re.search(r"被|因|引[起发]|产生|发生|无", clause.before)
    )


def _scope_of_dispute(around: str) -> str:
    match = re.search(r"被申请|被提起|收到|受理|发生|产生|引发|引起|办理|提起", around)
    return match.group() if match else ""


def both_disputes(clause: Clause) -> Iterator[Stated]:
    """行政复议、行政诉讼均为0件 is a zero of both; any other number of both together says nothing of each."""
    if clause.number.value != 0 or _OUTCOME.search(clause.left):
        return
    for name in _DISPUTES.values():
        yield clause.state(name, "")
    if re.search(r"(?:申请|依申请公开)(?:件|数量?|情况)?[、和及]", clause.left):
        yield clause.state("applications_received", "")


def assistance(clause: Clause) -> Iterator[Stated]:
    """Requests of other bodies to look something up, which are no applications."""
    if clause.number.unit not in words.CASE_UNITS:
        return
    verbs = [m.lastgroup for m in words.VERB.finditer(clause.left)]
    last = verbs[-1] if verbs else None
    if last == "completed":
        yield clause.state("assistance_completed", "办结")
    elif last in (None, "received") and words.SUBJECT.search(clause.left + clause.right):
        yield clause.state("assistance_requests", "收到" if last else "")
