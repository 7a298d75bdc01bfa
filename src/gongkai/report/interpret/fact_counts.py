"""Counts in a sentence: which fact a number with its unit states, if any."""

import re
from collections.abc import Iterator

from gongkai.report.interpret import fact_patterns as words
from gongkai.report.interpret.fact_scan import Number, Sentence
from gongkai.report.interpret.fact_stated import Scene, Stated

_CASES = {
    "received": "applications_received",
    "completed": "applications_completed",
    "pending": "applications_pending",
    "carried_in": "applications_carried_in",
    "carried_out": "applications_carried_out",
    "withdrawn": "applications_withdrawn",
}
_DISPUTES = {"reconsideration": "reconsiderations", "litigation": "litigations"}
_DECISIONS = {"licence": "licences", "penalty": "penalties", "coercive": "coercive_measures"}
_DISPUTE_PENDING = re.compile(r"尚未|未审结|未结|正在|审理中|办理中|在审|待审")
_BOTH_DISPUTES = re.compile(r"复议(?:案件|申请|案)?(?:、|和|及|与|以及|或|,)?(?:被)?(?:提起)?(?:行政)?诉讼")
_OUTCOME = re.compile(
    r"维持|纠正|撤销|驳回|审结|败诉|胜诉|终止|撤回|撤诉|确认|责令|调解|和解|其他结果|已结|办结|结果|支持"
)
_RECEIVED_AND = re.compile(r"并|及|、|和|与|且")
_ABOUT_DISCLOSURE = re.compile(r"信息公开|依申请|政务公开|申请公开|公开申请")
_GOVERNMENT = re.compile(r"政府$|省$|市$|区$|县$|旗$|州$|盟$|镇$|乡$")
_ENDS = re.compile(r"(?:案件|件|事项|的|办理|受理|情况)*")
#: Words that only applications are spoken of with.
_OF_APPLICATIONS = re.compile(r"新收|(?:上年度?|20\d\d年度?)(?:结转|转结)|结转(?:至|到)?下一?年")
_NEWLY = re.compile(r"(?:本年度?|今年|其中|年内).{0,4}新增|新增")
_VOLUME = re.compile(r"(?:发布|公开|更新)(?:总)?[量数]")
_WHOLE_YEAR = re.compile(r"全年|本年|整年|年度|20\d\d年")
#: How far back in a sentence words may bear on a number.
_REACH_BACK = 200
_NEW = re.compile(r"新收|新增|新接收|本年(?:度)?收|新受理")
_DECIDED = re.compile(r"作出|做出|办理|办结|下达|实施|处理|审批|核发|颁发|发放|立案|查处|决定|开出|作出的")
_SHOWN = re.compile(r"公开|公示|发布|公布|归集|上传|推送|录入|更新")
_ISSUED = re.compile(r"制发|制定|出台|印发|新制|下发|发文|制作|公开|发布")
_IN_FORCE = re.compile(r"现行有效|继续有效|有效|保留")
_REPEALED = re.compile(r"废止|失效|清理|修改|修订|备案|审查|审核|宣布")
_ATTENDED = re.compile(r"参加|参与|参训|出席|选派|派员")
_HELD = re.compile(r"举办|组织|开展|召开|举行|进行|主办|集中|专题|业务|安排")


def counted(sentence: Sentence, scene: Scene) -> Iterator[Stated]:
    """The facts that the numbers of a sentence state."""
    text = sentence.text
    years = [(m.start(), int(m.group(1))) for m in words.YEAR.finditer(text)] if "年" in text else []
    scene.totalled = False
    for index, number in enumerate(sentence.numbers):
        left = text[number.left : number.start]
        right = text[number.end : number.right]
        subject = _subject(text, number, left, right, scene)
        if not subject:
            subject = _leaning(sentence, index, left, scene)
        if subject:
            scene.subject = subject
        if _not_this_years(text, number, left, right, years, scene.year):
            continue
        clause = _Clause(sentence, number, index, left, right, subject, scene)
        for stated in _READERS.get(clause.subject, _published)(clause):
            if number.about or not isinstance(number.value, int):
                stated.whole = False
            if stated.name in ("applications_received", "published_items") and stated.whole:
                scene.last = stated
                scene.totalled = stated.name == "published_items"
            yield stated


class _Clause:
    """A number with the words around it and what it counts."""

    __slots__ = ("index", "left", "number", "right", "scene", "sentence", "subject")

    def __init__(
        self,
        sentence: Sentence,
        number: Number,
        index: int,
        left: str,
        right: str,
        subject: str,
        scene: Scene,
    ) -> None:
        self.sentence, self.number, self.index = sentence, number, index
        self.left, self.right, self.subject, self.scene = left, right, subject, scene

    def state(self, name: str, scope: str = "", *, whole: bool = True, after: int = 0) -> Stated:
        """The fact ``name`` with this number; its words reach ``after`` characters behind the unit."""
        start, end = self.sentence.span(self.number.left, self.number.end + after)
        return Stated(name, self.number.value, start, end, scope, whole, number=self.index)

    @property
    def before(self) -> str:
        """The sentence up to the number, as far back as it may bear on it."""
        return self.sentence.text[max(0, self.number.start - _REACH_BACK) : self.number.start]

    def whole(self) -> bool:
        """Whether nothing limits the count to one office, a part of the year or somebody else's cases."""
        before = self.before
        if words.GUIDED.search(self.left) or _part_of_year(before):
            return False
        agency = self.scene.agency or ""
        if _GOVERNMENT.search(agency):
            return not words.OFFICE.search(before)
        return not (agency and words.WIDE.search(before))


def _part_of_year(before: str) -> bool:
    """Whether the last time named before a number is a part of the year."""
    last = None
    for last in words.PART_OF_YEAR.finditer(before):
        pass
    return last is not None and not _WHOLE_YEAR.search(before, last.end())


def _subject(text: str, number: Number, left: str, right: str, scene: Scene) -> str:
    """What the words right before the number, or else right behind it, say it counts; empty if they do not."""
    found = None
    for match in words.SUBJECT.finditer(left):
        if match.lastgroup != "weak" or found is None or found == "blocked":
            found = match.lastgroup
        if match.lastgroup == "weak" and found == "weak":
            found = _weak(text[: number.start], scene)
    if found and _both(left):
        return "both"
    if found:
        return found
    return _subject_behind(left, right, scene, text[: number.start])


def _subject_behind(left: str, right: str, scene: Scene, before: str) -> str:
    """What the words behind a number say it counts: 收到5件申请, 2件被申请行政复议."""
    match = words.SUBJECT.search(right)
    sued = re.search(r"被.{0,6}(?:(复议)|诉讼|起诉)", right)
    if sued:
        return "reconsideration" if sued.group(1) else "litigation"
    if match and match.start() <= 12 and not words.VERB.match(right) and not words.PUBLISH.search(left):
        return _weak(right, scene) if match.lastgroup == "weak" else match.lastgroup or ""
    if match and match.start() <= 8 and match.lastgroup not in ("weak", None):
        return match.lastgroup or ""
    if words.PUBLISH.search(left) and not words.VERB.search(left):
        return _channel(before) or "publish"
    return ""


def _channel(before: str) -> str:
    """The social channel that the sentence speaks of last, unless it speaks of a web site since."""
    found = max(before.rfind("微信"), before.rfind("公众号"))
    blog = before.rfind("微博")
    if max(found, blog) <= before.rfind("网站"):
        return ""
    return "wechat" if found > blog else "weibo"


def _leaning(sentence: Sentence, index: int, left: str, scene: Scene) -> str:
    """What a clause without a noun of its own counts: what the words before it are about."""
    if not words.leans(left):
        return ""
    number = sentence.numbers[index]
    start = sentence.numbers[index - 1].end if index else 0
    between = sentence.text[start : number.left]
    named = last_subject(between, scene) if between else ""
    if named:
        return named
    if not scene.subject and (scene.topic == "application" or _OF_APPLICATIONS.search(left)):
        return "application"
    return scene.subject


def last_subject(text: str, scene: Scene) -> str:
    """The last subject that words without a number name."""
    found = ""
    for match in words.SUBJECT.finditer(text):
        kind = match.lastgroup or ""
        found = _weak(text, scene) if kind == "weak" else kind
    return found


def _both(left: str) -> bool:
    return "诉讼" in left and "复议" in left and bool(_BOTH_DISPUTES.search(left))


def _weak(around: str, scene: Scene) -> str:
    """A bare 申请 is one for information where the talk is of information."""
    if scene.topic == "application" or scene.subject == "application" or _ABOUT_DISCLOSURE.search(around):
        return "application"
    return "blocked"


def _not_this_years(
    text: str, number: Number, left: str, right: str, years: list[tuple[int, int]], year: int | None
) -> bool:
    if words.NOT_A_COUNT_AFTER.match(right) or words.NOT_A_COUNT_BEFORE.search(left):
        return True
    carried = re.search(r"结转|转结|接转|遗留|转入", left + right)
    if words.COMPARED.search(left) and not carried:
        return True
    before = text[max(0, number.start - _REACH_BACK) : number.start]
    if words.CUMULATIVE.search(before):
        return True
    named = [named for at, named in years if at < number.start]
    return bool(year and named and named[-1] != year and not carried)


def _application(clause: _Clause) -> Iterator[Stated]:
    if clause.number.unit not in words.CASE_UNITS or clause.number.unit == "元":
        return
    for kind, scope in _kinds(clause):
        whole = clause.whole()
        if kind in ("received", "completed") and not _NEW.search(clause.left):
            if words.CHANNEL.search(clause.left) and not words.SEVERAL_CHANNELS.search(clause.left):
                continue
            if kind == "received" and _is_part(clause):
                continue
        yield clause.state(_CASES[kind], scope, whole=whole, after=_reach(clause.right))


def _is_part(clause: _Clause) -> bool:
    """Whether the number is one of a 其中 list of received applications."""
    before = clause.before
    last = before.rfind("其中")
    return last >= 0 and clause.index > 0 and clause.sentence.numbers[clause.index - 1].end <= last + 40


def _reach(right: str) -> int:
    """How many characters behind the unit belong to the statement."""
    match = words.SUBJECT.match(right) or words.VERB.match(right)
    return match.end() if match else 0


def _kinds(clause: _Clause) -> list[tuple[str, str]]:
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
        if verbs[-2].group() not in ("办理", "处理") and len(between) <= 6 and _RECEIVED_AND.search(between):
            return [("received", verbs[-2].group()), ("completed", scope)]
    if kind == "completed" and re.search(r"率$|时限|期限", left):
        return []
    return [(kind, _scope_with_new(scope, left))]


def _with_earlier(verbs: list[re.Match[str]], left: str) -> list[tuple[str, str]]:
    """Of 收到、办理 … the first verb is what was done with all of them; 上年结转办理 stays carried in."""
    for verb in verbs:
        if verb.lastgroup in ("carried_in", "carried_out", "withdrawn", "pending"):
            return [(verb.lastgroup, verb.group())]
    if any(verb.lastgroup == "outcome" for verb in verbs):
        return []
    first = next(verb for verb in verbs if verb.lastgroup in ("received", "completed"))
    return [(first.lastgroup or "", _scope_with_new(first.group(), left))]


def _scope_with_new(scope: str, left: str) -> str:
    return f"新{scope}" if scope in ("收", "收到", "受理") and f"新{scope}" in left else scope


def _kinds_behind(clause: _Clause) -> list[tuple[str, str]]:
    """Without a verb before the number: the one behind it, or received where the subject stands right there."""
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
    if own or (mine and mine.lastgroup in ("application", "weak")):
        if re.search(r"公开(?:了)?$", left) and own is None:
            return []
        return [("received", "共" if "共" in left else "")]
    return []


def _dispute(clause: _Clause) -> Iterator[Stated]:
    name = _DISPUTES[clause.subject]
    if clause.number.unit not in words.CASE_UNITS or not _of_disclosure(clause):
        return
    around = clause.left + clause.right[:8]
    if _DISPUTE_PENDING.search(around):
        yield clause.state(f"{name}_pending", "尚未审结", whole=clause.whole())
        return
    own = words.SUBJECT.search(clause.left) or words.SUBJECT.search(clause.right[:12])
    if not own or _OUTCOME.search(clause.left) or _is_part(clause):
        return
    yield clause.state(name, _scope_of_dispute(around), whole=clause.whole(), after=_reach(clause.right))


def _of_disclosure(clause: _Clause) -> bool:
    """Whether the talk is of disputes about disclosure, not of those the agency decides on others' acts."""
    if clause.scene.topic in ("application", "disputes") or _ABOUT_DISCLOSURE.search(clause.sentence.text):
        return True
    return clause.scene.section == "overview" and bool(
        re.search(r"被|因|引[起发]|产生|发生|无", clause.before)
    )


def _scope_of_dispute(around: str) -> str:
    match = re.search(r"被申请|被提起|收到|受理|发生|产生|引发|引起|办理|提起", around)
    return match.group() if match else ""


def _both_disputes(clause: _Clause) -> Iterator[Stated]:
    """行政复议、行政诉讼均为0件 is a zero of both; any other number of both together says nothing of each."""
    if clause.number.value != 0 or _OUTCOME.search(clause.left):
        return
    for name in _DISPUTES.values():
        yield clause.state(name, "")
    if re.search(r"(?:申请|依申请公开)(?:件|数量?|情况)?[、和及]", clause.left):
        yield clause.state("applications_received", "")


def _assistance(clause: _Clause) -> Iterator[Stated]:
    if clause.number.unit not in words.CASE_UNITS:
        return
    verbs = [m.lastgroup for m in words.VERB.finditer(clause.left)]
    last = verbs[-1] if verbs else None
    if last == "completed":
        yield clause.state("assistance_completed", "办结")
    elif last in (None, "received") and words.SUBJECT.search(clause.left + clause.right):
        yield clause.state("assistance_requests", "收到" if last else "")


def _document(clause: _Clause) -> Iterator[Stated]:
    if clause.number.unit not in words.DOCUMENT_UNITS:
        return
    left, right = clause.left, clause.right
    if _IN_FORCE.search(left):
        yield clause.state("normative_documents_in_force", "现行有效", whole=clause.whole())
    elif not _REPEALED.search(left) and not re.search(r"解读|目录|类$", left + right):
        issued = _ISSUED.search(left)
        if issued:
            whole = clause.whole() and issued.group() not in ("公开", "发布")
            yield clause.state("normative_documents_issued", issued.group(), whole=whole)


def _decision(clause: _Clause) -> Iterator[Stated]:
    if clause.number.unit not in words.DECISION_UNITS:
        return
    subjects = {m.lastgroup for m in words.SUBJECT.finditer(clause.left)} & set(_DECISIONS)
    if len(subjects) > 1:
        return
    around = clause.left + clause.right
    shown, decided = _SHOWN.search(around), _DECIDED.search(around)
    if not shown and not decided:
        return
    scope = decided.group() if decided else shown.group() if shown else ""
    yield clause.state(
        _DECISIONS[clause.subject], scope, whole=bool(decided and not shown) and clause.whole()
    )


def _training(clause: _Clause) -> Iterator[Stated]:
    if clause.number.unit not in words.TRAINING_UNITS:
        return
    around = clause.left + clause.right
    before = clause.before[-40:] if "培训" in clause.left else around
    if "培训" not in around:
        return
    if _ATTENDED.search(clause.left) or (_ATTENDED.search(before) and not _HELD.search(clause.left)):
        yield clause.state("trainings_attended", "参加", after=_training_reach(clause.right))
    elif _HELD.search(around):
        yield clause.state("trainings_held", "举办", after=_training_reach(clause.right))


def _training_reach(right: str) -> int:
    at = right.find("培训")
    return at + 2 if 0 <= at <= 16 else 0


def _channel_posts(clause: _Clause) -> Iterator[Stated]:
    """What one social channel published; several channels together are published items."""
    at = max(clause.before.rfind("微信"), clause.before.rfind("公众号"), clause.before.rfind("微博"))
    about = clause.before[max(0, at - 24) :]
    if re.search(r"网站|抖音|微博.*微信|微信.*微博|两微|报纸|公示栏|公开栏|、.{0,8}等", about):
        yield from _published(clause)
        return
    unit = clause.number.unit
    if clause.subject == "weibo":
        if unit in words.POST_UNITS:
            yield clause.state("weibo_posts", "微博")
    elif unit in ("期", "期次"):
        yield clause.state("wechat_issues", "微信公众号")
    elif unit in words.POST_UNITS:
        yield clause.state("wechat_posts", "微信公众号")


def _fee(clause: _Clause) -> Iterator[Stated]:
    if clause.number.unit != "元" or not re.search(r"收取|收费|收|共|合计|金额|处理费", clause.left):
        return
    yield clause.state("processing_fee_yuan", "收取", whole=clause.whole())


def _published(clause: _Clause) -> Iterator[Stated]:
    number, left, right = clause.number, clause.left, clause.right
    if number.unit not in words.ITEM_UNITS or number.unit in ("项", "次", "个"):
        return
    if clause.subject not in ("publish", "wechat", "weibo", ""):
        return
    verb = words.PUBLISH.search(left) or _VOLUME.search(left) or words.PUBLISH.search(clause.before[-60:])
    if not verb:
        return
    noun = words.NOUN_AFTER.match(right)
    if clause.scene.totalled and re.search(r"类(?:的)?(?:信息|消息|稿件)|目录信息", left):
        return
    if words.NOUN_AT_END.search(left) or (noun and words.PUBLISH.search(left)):
        ever = "累计" in left and _NEWLY.search(clause.sentence.text, number.end)
        whole = clause.whole() and not ever
        yield clause.state("published_items", verb.group(), whole=whole, after=noun.end() if noun else 0)


def _nothing(_: _Clause) -> Iterator[Stated]:
    yield from ()


_READERS = {
    "application": _application,
    "reconsideration": _dispute,
    "litigation": _dispute,
    "both": _both_disputes,
    "assistance": _assistance,
    "document": _document,
    "licence": _decision,
    "penalty": _decision,
    "coercive": _decision,
    "training": _training,
    "wechat": _channel_posts,
    "weibo": _channel_posts,
    "fee": _fee,
    "blocked": _nothing,
    "part_of_suits": _nothing,
}
